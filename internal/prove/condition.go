package prove

import (
	"fmt"
	"strings"

	"github.com/asbuilt/asbuilt/pkg/arch"
)

// fewSubjects is how many subjects of a condition are changed, one after the other, until it is false for one.
const fewSubjects = 5

// condition proves a rule that asks something of each subject: what the condition reads is changed until it
// is false, and the check must say so.
func (r *run) condition(rule *arch.Rule) error {
	if len(rule.ForEach) == 0 || rule.Holds == nil {
		r.green(rule.Address(), rule.ForEachAt, "nothing could be put in", "it asks about nothing")
		return nil
	}
	reads := rule.Holds.Reads()
	if len(reads) == 0 {
		r.green(rule.Address(), rule.Holds.At(), "nothing could be put in", "its condition reads nothing of what it asks about: "+rule.Holds.String())
		return nil
	}
	for _, subject := range rule.ForEach[:min(len(rule.ForEach), fewSubjects)] {
		if holds, err := rule.Holds.Holds(subject); err != nil || !holds {
			continue // broken already
		}
		for _, change := range changesOf(r.Model, subject, reads) {
			model, changed := change.in(r.Model, subject)
			holds, err := rule.Holds.In(model).Holds(changed)
			if err != nil || holds {
				continue
			}
			return r.try([]violation{{
				Proof: Proof{Rule: rule.Address(), Injected: change.said(subject), At: rule.Holds.At()},
				model: asked(model, changed),
				want:  want{by: rule.Address()},
			}})
		}
	}
	r.green(rule.Address(), rule.Holds.At(), fmt.Sprintf("%s was changed in every way known", strings.Join(reads, ", ")),
		"the condition holds all the same: "+rule.Holds.String())
	return nil
}

// asked is a model whose conditions are asked about it, the changed subject in place of the one before.
func asked(m *arch.Model, changed arch.Subject) *arch.Model {
	return m.With(func(c *arch.Model) {
		for i, rule := range c.Rules {
			if rule.Kind != arch.RuleCondition {
				continue
			}
			again := *rule
			again.Holds = rule.Holds.In(m)
			if rule.Message != nil {
				again.Message = rule.Message.In(m)
			}
			again.ForEach = make([]arch.Subject, len(rule.ForEach))
			for j, s := range rule.ForEach {
				again.ForEach[j] = current(m, s, changed)
			}
			c.Rules[i] = &again
		}
	})
}

// current is a subject as a changed model has it.
func current(m *arch.Model, s, changed arch.Subject) arch.Subject {
	switch {
	case s.Element != nil:
		if e := m.Element(s.Element.Address); e != nil {
			return arch.Subject{Element: e}
		}
	case changed.Edge != nil && s.Edge.From == changed.Edge.From && s.Edge.To == changed.Edge.To && s.Edge.At == changed.Edge.At:
		return changed
	}
	return s
}

// change is one way to make a condition false.
type change struct {
	what    string
	element func(*arch.Model, *arch.Element) // changes a copy of the element, or what surrounds it
	edge    func(*arch.Edge)                 // changes a copy of the edge
	end     string                           // of an edge: "source" or "target" when the element there is changed
}

func (c change) said(s arch.Subject) string {
	if s.Element != nil {
		return s.Element.Address + " " + c.what
	}
	return s.Edge.From + " → " + s.Edge.To + " " + c.what
}

// in makes the change in a copy of the model.
func (c change) in(m *arch.Model, s arch.Subject) (*arch.Model, arch.Subject) {
	var out arch.Subject
	changed := m.With(func(m *arch.Model) {
		if c.edge != nil {
			e := *s.Edge
			c.edge(&e)
			for i := range m.Edges {
				if m.Edges[i] == s.Edge || m.Edges[i].From == s.Edge.From && m.Edges[i].To == s.Edge.To && m.Edges[i].At == s.Edge.At {
					m.Edges[i] = &e
				}
			}
			out.Edge = &e
			return
		}
		address := ""
		switch {
		case s.Element != nil:
			address = s.Element.Address
		case c.end == "source":
			address, out.Edge = s.Edge.From, s.Edge
		default:
			address, out.Edge = s.Edge.To, s.Edge
		}
		for i := range m.Elements {
			if m.Elements[i].Address != address {
				continue
			}
			e := *m.Elements[i]
			c.element(m, &e)
			m.Elements[i] = &e
			if s.Element != nil {
				out.Element = &e
			}
		}
	})
	return changed, out
}

// changesOf lists what may make a condition false, by what it reads: each attribute alone, then all taken
// away at once.
func changesOf(m *arch.Model, s arch.Subject, reads []string) []change {
	var out []change
	for _, read := range reads {
		name, end := attribute(read)
		switch {
		case s.Element != nil || end != "":
			for _, c := range elementChanges(m, name) {
				c.end = end
				out = append(out, c)
			}
		default:
			out = append(out, edgeChanges(name)...)
		}
	}
	var together []func(*arch.Model, *arch.Element)
	for _, c := range out {
		if c.element != nil && strings.HasPrefix(c.what, "without ") {
			together = append(together, c.element)
		}
	}
	if len(together) > 1 && s.Element != nil {
		out = append(out, change{what: "without any of what the condition reads", element: func(m *arch.Model, e *arch.Element) {
			for _, f := range together {
				f(m, e)
			}
		}})
	}
	return out
}

// attribute is what a read is about, and at which end of an edge: self.owner.title is about owner,
// outgoing(self) about outgoing, self.target.tags (of an edge) about tags at the target.
func attribute(read string) (name, end string) {
	if before, after, found := strings.Cut(read, "("); found {
		_, end = attribute(strings.TrimSuffix(after, ")"))
		return before + "()", end
	}
	parts := strings.Split(read, ".")
	if len(parts) > 1 && parts[0] == "self" && (parts[1] == "source" || parts[1] == "target") {
		parts = parts[1:]
	}
	if parts[0] != "self" {
		end = parts[0]
	}
	if len(parts) == 1 {
		return "", end
	}
	return parts[1], end
}
