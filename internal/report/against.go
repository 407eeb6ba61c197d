package report

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/asbuilt/asbuilt/internal/console"
	"github.com/asbuilt/asbuilt/pkg/finding"
)

// mostNews is how many added or removed parts people are shown.
const mostNews = 30

// against tells people what a change adds to the model that it is held against.
func against(p *console.Printer, a *finding.Against) {
	if a == nil {
		return
	}
	p.Styled(console.Bold, "against %s", a.Ref)
	p.Styled(console.Faint, " (%.12s)", a.Commit)
	switch {
	case a.Note != "":
		p.Printf(": %s\n\n", a.Note)
		return
	case a.Same():
		p.Printf(": the same elements and edges\n\n")
		return
	}
	p.Printf("\n")
	lines := slices.Concat(free(a.Free), news("+", a.Added), news("-", a.Removed), moves(a.Moved))
	for _, line := range lines[:min(len(lines), mostNews)] {
		p.Printf("  %s\n", line)
	}
	if more := len(lines) - mostNews; more > 0 {
		p.Styled(console.Faint, "  … %d more: --format json lists all\n", more)
	}
	p.Printf("\n")
}

func news(sign string, parts finding.Parts) []string {
	var out []string
	for _, e := range parts.Elements {
		out = append(out, sign+" "+e)
	}
	for _, u := range parts.Edges {
		kind := ""
		if u.Kind != "" {
			kind = " (" + u.Kind + ")"
		}
		out = append(out, fmt.Sprintf("%s %s -> %s%s", sign, u.From, u.To, kind))
	}
	return out
}

// moves are lines about what stands elsewhere now.
func moves(all []finding.Move) []string {
	const most = 3
	var out []string
	for _, m := range all {
		if m.Element != "" {
			out = append(out, fmt.Sprintf("~ %s: in %s, was in %s", m.Element, cmp.Or(m.To, "nothing"), cmp.Or(m.From, "nothing")))
			continue
		}
		var names []string
		for _, id := range m.Packages[:min(len(m.Packages), most)] {
			names = append(names, strings.TrimPrefix(id, "go:"))
		}
		what := strings.Join(names, ", ")
		if more := len(m.Packages) - most; more > 0 {
			what += fmt.Sprintf(" and %d more", more)
		}
		out = append(out, fmt.Sprintf("~ %s: of %s, was of %s", what, m.To, m.From))
	}
	return out
}

// free are lines about new elements that need no declared edges.
func free(all []finding.Free) []string {
	var out []string
	for _, f := range all {
		switch {
		case f.Shared && f.Root:
			out = append(out, fmt.Sprintf("! %s is shared and a root: uses of it and by it need no declaration", f.Element))
		case f.Shared:
			out = append(out, fmt.Sprintf("! %s is shared: uses of it need no declaration", f.Element))
		default:
			out = append(out, fmt.Sprintf("! %s is a root: uses by it need no declaration", f.Element))
		}
	}
	return out
}

// against tells in Markdown what a change adds to the model that it is held against.
func (m *markdown) against(a *finding.Against) {
	if a == nil {
		return
	}
	held := fmt.Sprintf("Against %s (%s)", code(a.Ref), code(fmt.Sprintf("%.12s", a.Commit)))
	switch {
	case a.Note != "":
		m.line("\n%s: %s", held, prose(a.Note))
		return
	case a.Same():
		m.line("\n%s: the same elements and edges.", held)
		return
	}
	m.line("\n%s:\n", held)
	lines := slices.Concat(free(a.Free), news("added", a.Added), news("removed", a.Removed), moves(a.Moved))
	for _, line := range lines[:min(len(lines), mostNews)] {
		sign, what, _ := strings.Cut(line, " ")
		m.line("- %s %s", cmp.Or(map[string]string{"~": "moved", "!": "note"}[sign], sign), code(what))
	}
	if more := len(lines) - mostNews; more > 0 {
		m.line("- and %d more", more)
	}
}
