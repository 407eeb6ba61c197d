package config

import (
	"fmt"
	"slices"
	"strings"

	"github.com/asbuilt/asbuilt/pkg/arch"
)

// maxLifelines is how many stand side by side: more make a picture that nobody can read.
const maxLifelines = 100

func (f *frame) sequence(v *arch.View) {
	if v.Kind != viewSequence {
		return
	}
	all, _ := f.members("lifelines")
	for _, m := range all {
		if !slices.Contains(v.Lifelines, m.address) {
			v.Lifelines = append(v.Lifelines, m.address)
		}
	}
	v.Steps = f.steps(0)
	if len(v.Steps) == 0 {
		f.wrong(ruleMissing, f.block.header(), fmt.Sprintf("the sequence %q has no step", v.Name), "add step { … }")
	}
	if n := lifelines(v); n > maxLifelines {
		f.wrong(ruleBudget, f.block.header(), fmt.Sprintf("the sequence %q has %d lifelines, more than %d", v.Name, n, maxLifelines),
			"split it, or let a whole system stand for its parts")
	}
}

// lifelines counts whom a sequence is about.
func lifelines(v *arch.View) int {
	all := slices.Clone(v.Lifelines)
	arch.Walk(v.Steps, func(s *arch.Step) { all = append(append(all, s.From, s.To), s.Over...) })
	slices.Sort(all)
	all = slices.Compact(all)
	return len(slices.DeleteFunc(all, func(address string) bool { return address == "" }))
}

// steps decodes the blocks of a sequence, or of a fragment in it, in the order written.
func (f *frame) steps(depth int) []*arch.Step {
	var out []*arch.Step
	var before *arch.Step // the last one: what follows an else belongs to nothing
	for _, b := range f.block.blocks {
		if !isStepBlock(b.spec.Type) {
			continue
		}
		n := f.inner(b)
		if !f.count(&f.made.steps, 1, b.header()) {
			return nil
		}
		if depth > maxNested {
			n.wrong(ruleBudget, b.header(), "more fragments inside one another than can be followed", "draw the inner ones as a sequence of their own")
			return nil
		}
		s := n.step(depth)
		if before != nil && before.Kind == arch.StepElse && s.Kind != arch.StepElse {
			n.wrong(rulePlace, b.header(), "a "+b.spec.Type+" after the else of its alt", "put it before the else, into it, or after the alt")
		}
		before = s
		out = append(out, s)
	}
	return out
}

func (f *frame) step(depth int) *arch.Step {
	b := f.block
	s := &arch.Step{Kind: arch.StepKind(b.spec.Type), At: f.report.place(b.header())}
	switch s.Kind {
	case arch.StepMessage:
		s.From, s.To = f.one("from"), f.one("to")
		s.Text, s.Async, s.Reply = f.text("label"), f.flag("async"), f.flag("reply")
		f.said(s)
	case arch.StepNote:
		s.Over, s.Text = f.set("over"), f.text("text")
		if s.Over != nil && len(s.Over) == 0 {
			f.wrong(ruleValue, f.at("over"), "the note is about nothing", "name an element")
		}
	default:
		if len(b.labels) > 0 {
			s.Text = strings.TrimSpace(b.labels[0])
			if problem := textProblem(s.Text, false); problem != "" {
				f.wrong(ruleValue, b.hcl.LabelRanges[0], "the title "+problem, "write it on one line, as it is read")
			}
			if s.Text == "" {
				f.wrong(ruleValue, b.hcl.LabelRanges[0], "the title is empty", "say when these steps happen")
			}
		}
		if s.Kind != arch.StepElse && s.Kind != arch.StepBranch { // these are parts of the fragment around them
			depth++
		}
		s.Steps = f.steps(depth)
		if len(s.Steps) == 0 {
			f.wrong(ruleMissing, b.header(), "nothing happens in this "+b.spec.Type, "add a step, or take it out")
		}
	}
	return s
}

// said checks a message as a whole.
func (f *frame) said(s *arch.Step) {
	switch {
	case s.Async && s.Reply:
		f.wrong(ruleValue, f.at("async"), "a reply that nobody waits for", "leave out async, or reply")
	case s.Text == "" && !s.Reply && f.block.attrs["label"] == nil:
		f.wrong(ruleMissing, f.block.header(), "the step does not say what happens", `add label = "…"`)
	}
}
