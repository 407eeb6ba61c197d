// Package policy sets the policy of an older state of an architecture against a change: the older policy
// judges the change's elements, edges and code, and whatever the change loosens is a finding of its own. So a
// change cannot let its own drift pass.
//
// Policy is what decides whether something passes: rules, kinds, waivers, the baseline, severities, strict,
// edges, what observers read, what elements expose and may import, and whether they are shared or roots. All
// else – elements, edges, which code belongs to whom – is the model, and may change freely.
package policy

import (
	"fmt"
	"strings"

	"github.com/asbuilt/asbuilt/internal/baseline"
	"github.com/asbuilt/asbuilt/pkg/arch"
	"github.com/asbuilt/asbuilt/pkg/evidence"
	"github.com/asbuilt/asbuilt/pkg/finding"
	"github.com/asbuilt/asbuilt/pkg/source"
)

// Input is an older policy and a change. Places in Old are those of the older files.
type Input struct {
	Ref      string // how the older state is called: origin/main
	Old, New *arch.Model

	// Rules are the rules of Old with their sets evaluated over New. What they say of elements that Old does not
	// have counts; of the others, Old's own sets do. Nil: the rules of New stand in where names agree.
	Rules []*arch.Rule

	// Before and After give the owner of each package of the code as it is now, under the patterns of
	// Old and of New.
	Before, After map[string]string

	Gone     func(path string) bool // a folder that old settings name is not there any more
	Accepted Accepted
	Comments []evidence.Waiver // comments in code that accept findings and that the older state does not have
}

// Accepted is what the baselines of both states hold.
type Accepted struct {
	Old, New []baseline.Entry
}

// comparison is one run.
type comparison struct {
	Input
	names names
	out   []finding.Finding
}

// Weakened says each way in which the change loosens the policy. Severities and waivers are not applied yet.
func Weakened(in Input) []finding.Finding {
	c := &comparison{Input: in, names: newNames(in)}
	c.architecture()
	c.severities()
	c.observers()
	c.kinds()
	c.rules()
	c.waivers()
	c.comments()
	c.baseline()
	c.elements()
	c.packages()
	return c.out
}

// loosening is one way in which a change loosens the policy.
type loosening struct {
	subject finding.Subject
	at      source.Range // in the new files; zero: the thing is gone
	was     source.Range // in the old files; zero: it was a default
	old     string       // what the old place said
	message string
	owner   string // a team's address, where the thing has an owner
}

// say adds a finding.
func (c *comparison) say(l loosening) { c.out = append(c.out, c.finding("gate/weakened", l)) }

func (c *comparison) finding(rule string, l loosening) finding.Finding {
	f := finding.Finding{
		Rule: rule, Subject: l.subject, At: l.at, Message: l.message,
		Fix: &finding.Fix{Message: fmt.Sprintf("take it back, or land it in a change of its own, without code, that %s agrees to", c.who(l))},
	}
	if f.At.IsZero() {
		f.At = c.somewhere(l.was)
	}
	if l.was.IsZero() {
		f.Message += fmt.Sprintf("; in %s, %s", c.Ref, l.old)
		return f
	}
	// The line is one of the older file: a frame of today's would show another one.
	f.Related = []finding.Related{{
		Message: fmt.Sprintf("%s:%s:%d: %s", c.Ref, l.was.File, l.was.Start.Line, l.old),
		At:      source.Range{File: l.was.File},
	}}
	return f
}

// who has to agree.
func (c *comparison) who(l loosening) string {
	if t := c.Old.Team(l.owner); t != nil {
		if t.Codeowners != "" {
			return t.Codeowners
		}
		return t.Address
	}
	return "whoever answers for the architecture"
}

// somewhere is a place in the new files for what stands nowhere in them any more.
func (c *comparison) somewhere(was source.Range) source.Range {
	switch {
	case !c.New.Architecture.At.IsZero():
		return c.New.Architecture.At
	case len(c.New.Elements) > 0:
		return source.Range{File: c.New.Elements[0].At.File}
	}
	return source.Range{File: was.File}
}

// element is the subject of a setting of an element, a rule, a waiver or another block.
func element(address, setting string) finding.Subject {
	return finding.Subject{Element: address, Path: setting}
}

// list writes the first of many names.
func list(names []string) string {
	const most = 4
	if len(names) > most {
		return strings.Join(names[:most], ", ") + fmt.Sprintf(" and %d more", len(names)-most)
	}
	return strings.Join(names, ", ")
}

// written is a list of patterns as it stands in a file.
func written(patterns []arch.Pattern) string {
	var all []string
	for _, p := range patterns {
		all = append(all, fmt.Sprintf("%q", p.Text))
	}
	return "[" + list(all) + "]"
}
