package report

import (
	"cmp"
	"fmt"
	"html"
	"regexp"
	"slices"
	"strings"

	"github.com/asbuilt/asbuilt/internal/console"
	"github.com/asbuilt/asbuilt/internal/markup"
	"github.com/asbuilt/asbuilt/internal/phrase"
	"github.com/asbuilt/asbuilt/pkg/finding"
)

const (
	mostMarkdown = 60_000 // bytes: a comment on GitHub holds 65,536 characters
	mostArrows   = 40     // that a drawing stays readable with
)

// Markdown writes a report for a comment or a step summary: counts, a drawing of the arrows that should not
// be, findings by pair of elements. Words of the user's files stand in code spans, where nothing of them is
// markup, a mention or a link.
func Markdown(p *console.Printer, findings []finding.Finding, o Options) {
	m := &markdown{}
	m.line("### Architecture: %s", totals(findings, o.Verbose, o.Failure))
	if o.Failure != "" {
		m.line("\n**No verdict was reached:** %s", prose(o.Failure))
	}
	if o.Part != nil {
		m.line("\n%s", prose(leftOut(o.Part)))
	}
	if o.Failure == "" {
		m.against(o.Against)
	}
	m.table(findings)
	m.drawing(findings)
	left := 0
	for _, g := range byPair(findings, o.Verbose) {
		left += m.group(g)
	}
	left += m.accepted(findings)
	if left > 0 {
		m.line("\n%s more did not fit in here: `asbuilt check` lists all.", phrase.Count(left, "finding"))
	}
	p.Text(m.String())
}

type markdown struct{ strings.Builder }

func (m *markdown) line(format string, args ...any) { fmt.Fprintf(m, format+"\n", args...) }

// room writes a text if it fits.
func (m *markdown) room(text string) bool {
	if m.Len()+len(text) > mostMarkdown {
		return false
	}
	m.WriteString(text)
	return true
}

// table counts the findings that fail, or may, by rule.
func (m *markdown) table(findings []finding.Finding) {
	type row struct {
		severity finding.Severity
		rule     string
	}
	counts := map[row]int{}
	var rows []row
	for i := range findings {
		if f := &findings[i]; f.Active() {
			r := row{f.Severity, f.Rule}
			if counts[r]++; counts[r] == 1 {
				rows = append(rows, r)
			}
		}
	}
	if len(rows) == 0 {
		return
	}
	slices.SortFunc(rows, func(a, b row) int {
		return cmp.Or(cmp.Compare(b.severity.Rank(), a.severity.Rank()), cmp.Compare(a.rule, b.rule))
	})
	m.line("\n| severity | rule | findings |\n| --- | --- | ---: |")
	for _, r := range rows {
		if !m.room(fmt.Sprintf("| %s | %s | %d |\n", r.severity, strings.ReplaceAll(code(r.rule), "|", `\|`), counts[r])) {
			break
		}
	}
}

// drawing shows, as GitHub draws it, the arrows of the code that nobody wanted and the declared ones that the
// code lacks.
func (m *markdown) drawing(findings []finding.Finding) {
	type arrow struct {
		pair   finding.Pair
		absent bool
	}
	counts := map[arrow]int{}
	var arrows []arrow
	for i := range findings {
		f := &findings[i]
		if f.Between == nil || !f.Active() || f.Severity == finding.Note {
			continue
		}
		a := arrow{*f.Between, f.Rule == "code/absent"}
		if counts[a]++; counts[a] == 1 {
			arrows = append(arrows, a)
		}
	}
	if len(arrows) == 0 {
		return
	}
	shown := arrows[:min(len(arrows), mostArrows)]
	ids := map[string]string{}
	var nodes, edges, styles strings.Builder
	node := func(address string) string {
		if ids[address] == "" {
			ids[address] = fmt.Sprintf("n%d", len(ids))
			fmt.Fprintf(&nodes, "  %s[\"%s\"]\n", ids[address], markup.MermaidLabel(address))
		}
		return ids[address]
	}
	for i, a := range shown {
		from, to := node(a.pair.From), node(a.pair.To)
		if a.absent {
			fmt.Fprintf(&edges, "  %s -.->|\"absent\"| %s\n", from, to)
			fmt.Fprintf(&styles, "  linkStyle %d stroke:#757575\n", i)
			continue
		}
		fmt.Fprintf(&edges, "  %s -->|\"%d\"| %s\n", from, counts[a], to)
		fmt.Fprintf(&styles, "  linkStyle %d stroke:#c62828\n", i)
	}
	text := "\n```mermaid\nflowchart LR\n" + nodes.String() + edges.String() + styles.String() + "```\n\n" +
		"Red: what the code does and should not, with the number of findings. Dashed: declared, and the code lacks it.\n"
	if !m.room(text) {
		shown = nil
	}
	if n := len(arrows) - len(shown); n > 0 {
		m.line("%s more not drawn.", phrase.Count(n, "arrow"))
	}
}

// byPair gathers findings about the same two elements, the same element, or neither.
func byPair(findings []finding.Finding, verbose bool) [][]*finding.Finding {
	var out [][]*finding.Finding
	index := map[string]int{}
	for i := range findings {
		f := &findings[i]
		if !f.Active() || f.Severity == finding.Note && !verbose {
			continue
		}
		k := heading(f)
		at, ok := index[k]
		if !ok {
			at = len(out)
			index[k] = at
			out = append(out, nil)
		}
		out[at] = append(out[at], f)
	}
	return out
}

// heading is the line of a group, as HTML: the summary of a details block reads no Markdown.
func heading(f *finding.Finding) string {
	name := func(s string) string { return "<code>" + html.EscapeString(console.Clean(s)) + "</code>" }
	switch {
	case f.Between != nil:
		return name(f.Between.From) + " → " + name(f.Between.To)
	case f.Subject.Element != "":
		return name(f.Subject.Element)
	}
	return "elsewhere"
}

// group writes findings that stand together, and returns how many did not fit.
func (m *markdown) group(g []*finding.Finding) (left int) {
	const end = "\n</details>\n"
	if !m.room(fmt.Sprintf("\n<details><summary>%s: %s</summary>\n\n", heading(g[0]), phrase.Count(len(g), "finding"))) {
		return len(g)
	}
	for i, f := range g {
		if text := item(f); m.Len()+len(text)+len(end) > mostMarkdown {
			left = len(g) - i
			break
		} else {
			m.WriteString(text)
		}
	}
	m.WriteString(end)
	return left
}

// item is one finding: what, where, and the next step.
func item(f *finding.Finding) string {
	var b strings.Builder
	fmt.Fprintf(&b, "- **%s** %s: %s\n", f.Severity, code(f.Rule), prose(f.Message))
	if !f.At.IsZero() {
		fmt.Fprintf(&b, "  - %s\n", code(f.At.String()))
	}
	shown, hop := 0, 0
	for _, r := range f.Related {
		if shown < mostPlaces || r.Hop > hop { // a way is shown whole
			fmt.Fprintf(&b, "  - %s %s\n", code(r.At.String()), prose(r.Message))
			shown++
		}
		hop = max(hop, r.Hop)
	}
	if n := len(f.Related) - shown; n > 0 {
		fmt.Fprintf(&b, "  - %s\n", phrase.Count(n, "more place"))
	}
	if why := reason(f); why != "" {
		fmt.Fprintf(&b, "  - %s\n", prose(why))
	}
	if f.Fix != nil {
		fmt.Fprintf(&b, "  - fix: %s\n", prose(f.Fix.Message))
		if lines := patch(f.Fix); lines != nil {
			fence := strings.Repeat("`", max(3, longestRun(f.Fix.Patch)+1))
			fmt.Fprintf(&b, "\n    %shcl\n    %s\n    %s\n", fence, strings.Join(lines, "\n    "), fence)
		}
	}
	return b.String()
}

// accepted lists what waivers and the baseline accept, and returns how many did not fit.
func (m *markdown) accepted(findings []finding.Finding) (left int) {
	var items []string
	for i := range findings {
		if f := &findings[i]; !f.Active() {
			items = append(items, fmt.Sprintf("- %s: %s (%s)\n", code(f.Rule), prose(f.Message), prose(accepted(f))))
		}
	}
	if len(items) == 0 {
		return 0
	}
	const end = "\n</details>\n"
	if !m.room(fmt.Sprintf("\n<details><summary>accepted: %s</summary>\n\n", phrase.Count(len(items), "finding"))) {
		return len(items)
	}
	for i, text := range items {
		if m.Len()+len(text)+len(end) > mostMarkdown {
			left = len(items) - i
			break
		}
		m.WriteString(text)
	}
	m.WriteString(end)
	return left
}

// prose writes a sentence: plain words as they are, every other word in a code span, neighbours in one.
func prose(s string) string {
	var out []string
	var span []string
	flush := func(end string) {
		if len(span) > 0 {
			out = append(out, code(strings.Join(span, " "))+end)
			span = nil
		}
	}
	for _, word := range strings.Fields(console.Clean(s)) {
		core, end := word, ""
		if bare := strings.TrimRight(word, ",:;.)"); bare != "" {
			core, end = bare, word[len(bare):]
		}
		if plainWord.MatchString(core) && !hash.MatchString(core) {
			flush("")
			out = append(out, word)
			continue
		}
		if strings.HasPrefix(core, "(") && len(core) > 1 { // begins a span of its own
			flush("")
		}
		if span = append(span, core); end != "" {
			flush(end)
		}
	}
	flush("")
	return strings.Join(out, " ")
}

var (
	plainWord = regexp.MustCompile(`^\(?[A-Za-z]+$`)
	hash      = regexp.MustCompile(`^[a-f]{7,}$`) // GitHub links what may be a commit
)

// code writes a text as a code span.
func code(s string) string {
	s = console.Clean(s)
	if s == "" {
		return ""
	}
	fence := strings.Repeat("`", longestRun(s)+1)
	if strings.Trim(s, " ") == "" {
		return fence + s + fence
	}
	if s[0] == '`' || s[len(s)-1] == '`' || s[0] == ' ' && s[len(s)-1] == ' ' {
		s = " " + s + " "
	}
	return fence + s + fence
}

// longestRun is the length of the longest run of backticks.
func longestRun(s string) int {
	longest, run := 0, 0
	for _, r := range s {
		if run++; r != '`' {
			run = 0
		}
		longest = max(longest, run)
	}
	return longest
}
