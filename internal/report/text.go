package report

import (
	"fmt"
	"strings"

	"github.com/asbuilt/asbuilt/internal/console"
	"github.com/asbuilt/asbuilt/internal/phrase"
	"github.com/asbuilt/asbuilt/pkg/finding"
	"github.com/asbuilt/asbuilt/pkg/source"
)

// mostPlaces is how many witnesses of one pair of elements the text report shows.
const mostPlaces = 3

// Text writes findings with a frame of the declared place and of the evidence, and counts at the end.
// Findings of one rule between the same two elements are told together.
func Text(p *console.Printer, findings []finding.Finding, o Options) {
	if o.Failure == "" { // else nothing was compared
		against(p, o.Against)
	}
	t := &text{Printer: p, frames: newFrames(o)}
	for _, g := range grouped(findings, o.Verbose) {
		t.group(g)
	}
	t.Printf("%s\n", totals(findings, o.Verbose, o.Failure))
	LeftOut(p, o.Part)
}

// LeftOut says what a report on a part does not show; nil leaves out nothing.
func LeftOut(p *console.Printer, part *finding.Part) {
	if part != nil {
		p.Printf("%s\n", leftOut(part))
	}
}

// grouped gathers what is told together, in the order of the first of each.
func grouped(findings []finding.Finding, verbose bool) [][]finding.Finding {
	type key struct {
		rule string
		pair finding.Pair
		at   source.Range
	}
	var out [][]finding.Finding
	index := map[key]int{}
	for _, f := range findings {
		if !f.Active() || f.Severity == finding.Note && !verbose {
			continue
		}
		if f.Between == nil {
			out = append(out, []finding.Finding{f})
			continue
		}
		k := key{f.Rule, *f.Between, f.At}
		i, ok := index[k]
		if !ok {
			i = len(out)
			index[k] = i
			out = append(out, nil)
		}
		out[i] = append(out[i], f)
	}
	return out
}

type text struct {
	*console.Printer
	frames *frames
}

func styleOf(s finding.Severity) console.Style {
	switch s {
	case finding.Error:
		return console.Error
	case finding.Warning:
		return console.Warning
	}
	return console.Note
}

// group writes the findings of one group: the first whole, the places of the rest.
func (t *text) group(g []finding.Finding) {
	f := g[0]
	t.Styled(styleOf(f.Severity), "%s", string(f.Severity))
	t.Styled(console.Faint, "[%s]", f.Rule)
	t.Printf(" %s", f.Message)
	if len(g) > 1 {
		t.Printf(" (and %d more between the two)", len(g)-1)
	}
	t.Printf("\n")
	t.frame(f.At, "")
	shown, total, hop := 0, 0, 0
	for i, each := range g {
		for _, r := range each.Related {
			if each.By != "" && r.Message == each.By { // the header of the rule, which the reason names
				continue
			}
			total++
			if shown < mostPlaces || i == 0 && r.Hop > hop { // a way is shown whole
				t.frame(r.At, r.Message)
				shown++
			}
			if i == 0 {
				hop = max(hop, r.Hop)
			}
		}
	}
	if total > shown {
		t.Styled(console.Faint, "   … %s: --format json lists all\n", phrase.Count(total-shown, "more place"))
	}
	if why := reason(&f); why != "" {
		t.Printf("   %s\n", why)
	}
	t.fix(f.Fix)
	t.Printf("\n")
}

func (t *text) fix(fix *finding.Fix) {
	if fix == nil {
		return
	}
	t.Styled(console.Good, "   fix: ")
	t.Printf("%s", fix.Message)
	if fix.Patch != "" {
		t.Printf("\n        ")
		t.Styled(console.Bold, "%s", fix.Patch)
	}
	t.Printf("\n")
}

// frame shows the line of a place with a caret under what is meant.
func (t *text) frame(at source.Range, label string) {
	if at.IsZero() {
		return
	}
	t.Styled(console.Faint, "   --> ")
	t.Printf("%s", at)
	if label != "" {
		t.Styled(console.Faint, "  %s", label)
	}
	t.Printf("\n")
	line, ok := t.frames.line(at)
	if !ok {
		return
	}
	number := fmt.Sprintf("%6d", at.Start.Line)
	t.Styled(console.Faint, "%s | ", number)
	shown, before, marked := excerpt(line, at)
	t.Printf("%s\n", shown)
	if marked > 0 {
		t.Printf("%s   %s", strings.Repeat(" ", len(number)), strings.Repeat(" ", before))
		t.Styled(console.Warning, "%s\n", strings.Repeat("^", marked))
	}
}

func leftOut(p *finding.Part) string {
	if p.LeftOut == (finding.Summary{}) {
		return "this is about " + p.Whose() + "; there is nothing about others"
	}
	return "this is about " + p.Whose() + "; left out of others: " + counts(p.LeftOut, "")
}

// totals is the counts in one line. verbose tells that notes are shown.
func totals(findings []finding.Finding, verbose bool, failure string) string {
	hint := ""
	if !verbose {
		hint = " (-v shows them)"
	}
	text := counts(finding.Summarize(findings), hint)
	if failure != "" {
		text = "no verdict, " + text
	}
	return text
}

// counts is a summary in words. hint stands behind the notes.
func counts(s finding.Summary, hint string) string {
	parts := []string{phrase.Count(s.Error, "error"), phrase.Count(s.Warning, "warning")}
	if s.Note > 0 {
		parts = append(parts, phrase.Count(s.Note, "note")+hint)
	}
	if s.Waived > 0 {
		parts = append(parts, fmt.Sprintf("%d waived", s.Waived))
	}
	if s.Baselined > 0 {
		parts = append(parts, fmt.Sprintf("%d in the baseline", s.Baselined))
	}
	return strings.Join(parts, ", ")
}
