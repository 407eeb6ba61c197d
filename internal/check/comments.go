package check

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/asbuilt/asbuilt/internal/catalog"
	"github.com/asbuilt/asbuilt/pkg/arch"
	"github.com/asbuilt/asbuilt/pkg/evidence"
	"github.com/asbuilt/asbuilt/pkg/finding"
)

// comments are the waivers that stand in sources. One accepts a finding only where it stands: a finding is waived
// when each line that witnesses it is covered, so that a comment in one file says nothing for another.
type comments struct {
	in      Input
	all     []evidence.Waiver
	matched []bool
	byFile  map[string][]int              // indexes of all
	rules   map[string]bool               // that they name
	edges   map[evidence.Witness][]int    // which edges of the evidence a line witnesses, in files that findings show
	targets map[evidence.Witness][]string // what a line imports
}

func newComments(in Input, findings []finding.Finding) *comments {
	c := &comments{
		in: in, all: in.Graph.Waivers, matched: make([]bool, len(in.Graph.Waivers)), byFile: map[string][]int{}, rules: map[string]bool{},
		edges: map[evidence.Witness][]int{}, targets: map[evidence.Witness][]string{},
	}
	for i, w := range c.all {
		c.byFile[w.At.File] = append(c.byFile[w.At.File], i)
		c.rules[w.Rule] = true
	}
	shown := map[string]bool{} // files
	for i := range findings {
		if f := &findings[i]; c.mayBeAbout(f) {
			for _, r := range f.Related {
				shown[r.At.File] = true
			}
		}
	}
	for i := range in.Graph.Edges {
		e := &in.Graph.Edges[i]
		for _, w := range e.Witnesses {
			if shown[w.File] {
				c.edges[w] = append(c.edges[w], i)
			}
			if c.byFile[w.File] != nil {
				c.targets[w] = append(c.targets[w], e.To)
			}
		}
	}
	return c
}

// waiveInCode marks the findings that comments accept, and says what is wrong with the comments themselves.
func waiveInCode(in Input, findings []finding.Finding) []finding.Finding {
	if len(in.Graph.Waivers) == 0 {
		return nil
	}
	c := newComments(in, findings)
	for i := range findings {
		c.accept(&findings[i])
	}
	return c.problems()
}

// mayBeAbout reports whether some comment names the rule of a finding that comments can accept.
func (c *comments) mayBeAbout(f *finding.Finding) bool {
	if !c.rules[f.Rule] && (f.By == "" || !c.rules[f.By]) || f.Subject.From == "" || f.Subject.To == "" {
		return false
	}
	rule, _ := catalog.Lookup(f.Rule)
	return !rule.Fatal
}

// accept marks a finding when every line that witnesses it is covered.
func (c *comments) accept(f *finding.Finding) {
	if !c.mayBeAbout(f) {
		return
	}
	whole := true
	var first, until *evidence.Waiver // the first that covers a line, and the one that ends first
	for _, line := range c.lines(f) {
		best := c.covering(f, line)
		if best == nil {
			whole = false
			continue
		}
		if first == nil {
			first = best
		}
		if until == nil || best.Until != "" && best.Until < until.Until {
			until = best
		}
	}
	switch {
	case first == nil || f.Waived != nil:
	case whole:
		f.Waived = &finding.Waived{By: first.At.File, Expires: until.Until, Reason: first.Reason}
	default:
		f.Related = append(f.Related, finding.Related{Message: "waived here, and not at every line that shows it", At: first.At})
	}
}

// covering is the comment that covers a line longest; one that has expired, or does not say why and until when, covers
// nothing.
func (c *comments) covering(f *finding.Finding, line evidence.Witness) *evidence.Waiver {
	var best *evidence.Waiver
	for _, i := range c.byFile[line.File] {
		w := &c.all[i]
		if !named(w.Rule, f) || w.Line != 0 && w.Line != line.Line {
			continue
		}
		c.matched[i] = true
		if w.Reason != "" && w.Until != "" && !past(w.Until, c.in.Today) && (best == nil || best.Until < w.Until) {
			best = w
		}
	}
	return best
}

// lines are all lines that witness what a finding is about: not only those that it shows. Lines of tests count
// when only tests show it.
func (c *comments) lines(f *finding.Finding) []evidence.Witness {
	var edges []int
	for _, r := range f.Related {
		edges = append(edges, c.edges[evidence.Witness{File: r.At.File, Line: r.At.Start.Line}]...)
	}
	slices.Sort(edges)
	edges = slices.Compact(edges)
	isCode := func(i int) bool { return c.in.Graph.Edges[i].Scope == evidence.Code }
	if slices.ContainsFunc(edges, isCode) {
		edges = slices.DeleteFunc(edges, func(i int) bool { return !isCode(i) })
	}
	var out []evidence.Witness
	for _, i := range edges {
		out = append(out, c.in.Graph.Edges[i].Witnesses...)
	}
	return out
}

// waiverForm is how a waiver in a source is written.
const waiverForm = "//asbuilt:waive RULE until YYYY-MM-DD: reason"

// problems says which comments are incomplete, match nothing, or have expired.
func (c *comments) problems() []finding.Finding {
	var out []finding.Finding
	for i := range c.all {
		w := &c.all[i]
		say := func(rule, message, fix string) {
			out = append(out, finding.Finding{
				Rule: rule, Severity: severity(c.in.Model, rule), At: w.At, Message: message,
				Subject: c.subject(w), Fix: &finding.Fix{Message: fix},
			})
		}
		if w.Written != "" {
			say("waiver/incomplete", fmt.Sprintf("%q begins no waiver, and accepts nothing", w.Written), "write "+waiverForm)
			continue
		}
		if missing := c.missing(w); len(missing) > 0 {
			fix := "write " + waiverForm + ", in a package that an element with an owner owns"
			if element := c.element(w); element != "" && slices.Equal(missing, []string{"owner"}) {
				fix = "its owner is that of " + element + ", whose package this is: say who owns it"
			}
			say("waiver/incomplete", "this waiver has no "+strings.Join(missing, ", no "), fix)
		}
		switch {
		case !c.matched[i]:
			say("waiver/stale", c.staleness(w), c.insteadOf(w))
		case past(w.Until, c.in.Today):
			say("waiver/expired", fmt.Sprintf("this waiver of %s held until %s, and what it accepts is still there", w.Rule, w.Until),
				"pay the debt, or agree on a new date with the owner")
		}
	}
	return out
}

// staleness says why a comment accepts nothing. One about a rule that comments cannot accept never did.
func (c *comments) staleness(w *evidence.Waiver) string {
	rule, known := catalog.Lookup(w.Rule)
	switch {
	case rule.Fatal:
		return w.Rule + " cannot be waived: it means that nothing could be judged"
	case known && !isOfImports(w.Rule):
		return "a comment cannot waive " + w.Rule + ", which is about no import"
	case !known && !slices.ContainsFunc(c.in.Model.Rules, func(r *arch.Rule) bool { return r.Address() == w.Rule }):
		return fmt.Sprintf("there is no rule %q to waive", w.Rule)
	}
	return fmt.Sprintf("this waiver of %s matches no finding any more", w.Rule)
}

// insteadOf is what to do with a comment that accepts nothing.
func (c *comments) insteadOf(w *evidence.Waiver) string {
	switch rule, known := catalog.Lookup(w.Rule); {
	case rule.Fatal:
		return "remove the comment; repair what was not read, or exclude its folder from what is observed"
	case known && !isOfImports(w.Rule):
		return "remove the comment; a waiver block in the architecture can accept it"
	}
	return "remove the comment"
}

// isOfImports reports whether findings of a built-in rule are shown by lines of code.
func isOfImports(rule string) bool {
	switch rule {
	case "code/absent", "code/cycle", "code/module-unused":
		return false
	case "kind/endpoint", "rule/condition", "service/weak":
		return true
	}
	return strings.HasPrefix(rule, "code/")
}

// subject identifies a comment without its line: by file, rule and the import that it is about.
func (c *comments) subject(w *evidence.Waiver) finding.Subject {
	s := finding.Subject{Path: w.At.File + "#" + cmp.Or(w.Rule, w.Written)}
	if w.Line > 0 {
		if to := c.targets[evidence.Witness{File: w.At.File, Line: w.Line}]; len(to) > 0 {
			s.From, s.To = w.Node, to[0]
		}
	}
	return s
}

func (c *comments) missing(w *evidence.Waiver) []string {
	return absentFields(field{"reason", w.Reason}, field{"date", w.Until}, field{"owner", c.in.Model.OwnerOf(c.element(w))})
}

// element owns the package that holds a comment; "" when none does.
func (c *comments) element(w *evidence.Waiver) string {
	if c.in.Result == nil {
		return ""
	}
	return c.in.Result.Owners[w.Node]
}
