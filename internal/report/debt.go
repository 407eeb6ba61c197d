package report

import (
	"fmt"
	"strings"

	"github.com/asbuilt/asbuilt/internal/console"
	"github.com/asbuilt/asbuilt/internal/phrase"
	"github.com/asbuilt/asbuilt/pkg/finding"
)

// unknown stands where a register knows nothing.
const unknown = "unknown"

// DebtJSON writes a register for scripts.
func DebtJSON(p *console.Printer, debts []finding.Debt) {
	if debts == nil {
		debts = []finding.Debt{}
	}
	p.JSON(struct {
		SchemaVersion int            `json:"schema_version"`
		Debts         []finding.Debt `json:"debts"`
	}{SchemaVersion, debts})
}

// DebtText writes a register for people, what weighs most first.
func DebtText(p *console.Printer, debts []finding.Debt) {
	for i, d := range debts {
		p.Printf("%3d. ", i+1)
		p.Styled(console.Bold, "%s", about(d))
		p.Styled(console.Faint, " [%s]", d.Rule)
		p.Printf("\n     %s at %s", acceptedBy(d), d.At)
		p.Printf(", owner %s", orUnknown(d.Owner))
		if d.Ticket != "" {
			p.Printf(", %s", d.Ticket)
		}
		switch {
		case d.Expired:
			p.Styled(console.Error, ", expired %s", d.Expires)
		case d.Expires != "":
			p.Printf(", until %s", d.Expires)
		}
		p.Printf("\n     %s\n", weight(d))
		if d.Reason != "" {
			p.Printf("     %s\n", d.Reason)
		}
	}
	if len(debts) > 0 {
		p.Printf("\n")
	}
	p.Printf("%s\n", debtSum(debts))
}

// DebtMarkdown writes a register as a table. Words of the user's files stand in code spans.
func DebtMarkdown(p *console.Printer, debts []finding.Debt) {
	var b strings.Builder
	fmt.Fprintf(&b, "# Debt\n\n%s\n", debtSum(debts))
	if len(debts) > 0 {
		b.WriteString("\n| # | what | rule | reach | files | findings | since | owner | until | ticket | reason | accepted by |\n")
		b.WriteString("| --: | --- | --- | --: | --: | --: | --- | --- | --- | --- | --- | --- |\n")
	}
	for i, d := range debts {
		until := d.Expires
		if d.Expired {
			until += " (expired)"
		}
		fmt.Fprintf(&b, "| %d |", i+1)
		for _, cell := range []string{
			cellOf(about(d)), cellOf(d.Rule), fmt.Sprint(d.Reach), fmt.Sprint(d.Files), fmt.Sprint(d.Findings), since(d), cellOf(d.Owner),
			cellOf(until), cellOf(d.Ticket), cellOf(d.Reason), cellOf(acceptedBy(d) + " at " + d.At.String()),
		} {
			b.WriteString(" " + cell + " |")
		}
		b.WriteString("\n")
	}
	p.Text(b.String())
}

// cellOf is a text as a cell of a table: a bar would end the cell even in a code span.
func cellOf(s string) string {
	if s = console.Clean(s); s == "" {
		return ""
	}
	return strings.ReplaceAll(code(s), "|", `\|`)
}

// acceptedBy says what accepts a debt; its place names the file.
func acceptedBy(d finding.Debt) string {
	switch d.Kind {
	case finding.DebtComment:
		return "a comment"
	case finding.DebtBaseline:
		return "the baseline"
	}
	return d.By
}

// about says what a debt is about.
func about(d finding.Debt) string {
	switch {
	case d.Findings == 0:
		return "nothing any more"
	case d.Between != nil:
		return d.Between.From + " -> " + d.Between.To
	case d.Findings > 1:
		return phrase.Count(d.Findings, "finding")
	case d.Subject.From != "" || d.Subject.To != "":
		return d.Subject.From + " -> " + d.Subject.To
	case d.Subject.Element != "":
		return d.Subject.Element
	}
	return d.Subject.Path
}

func weight(d finding.Debt) string {
	return fmt.Sprintf("%s through it, in %s, %s; since %s", reached(d.Reach), phrase.Count(d.Files, "file"), phrase.Count(d.Findings, "finding"), since(d))
}

func reached(n int) string {
	if n == 1 {
		return "1 element reaches"
	}
	return fmt.Sprintf("%d elements reach", n)
}

func since(d finding.Debt) string {
	switch {
	case d.Since == nil:
		return unknown
	case d.Before:
		return fmt.Sprintf("before %s (over %s)", *d.Since, phrase.Count(*d.Days, "day"))
	}
	return fmt.Sprintf("%s (%s)", *d.Since, phrase.Count(*d.Days, "day"))
}

func orUnknown(s string) string {
	if s == "" {
		return unknown
	}
	return s
}

func debtSum(debts []finding.Debt) string {
	count, expired := map[string]int{}, 0
	for _, d := range debts {
		count[d.Kind]++
		if d.Expired {
			expired++
		}
	}
	text := fmt.Sprintf("%s: %s, %s in code, %s of the baseline", phrase.Count(len(debts), "debt"), phrase.Count(count[finding.DebtWaiver], "waiver"),
		phrase.Count(count[finding.DebtComment], "waiver"), phrase.Count(count[finding.DebtBaseline], "edge"))
	if expired > 0 {
		text += fmt.Sprintf("; %d expired", expired)
	}
	return text
}
