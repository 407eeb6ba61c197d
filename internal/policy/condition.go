package policy

import (
	"fmt"
	"slices"
	"strings"

	"github.com/asbuilt/asbuilt/pkg/arch"
)

// condition compares two conditions by asking both: about what is, and, where their text differs and nothing
// that is tells them apart, about what might be.
func (c *comparison) condition(was, is *arch.Rule) []loosening {
	now := map[string]bool{}
	for _, s := range is.ForEach {
		now[subjectKey(s)] = true
	}
	var lost, passing []string
	var both []arch.Subject
	for _, s := range was.ForEach {
		switch {
		case !now[subjectKey(s)]:
			lost = append(lost, subjectName(s))
			continue
		case !holds(was.Holds, c.New, s) && holds(is.Holds, c.New, s):
			passing = append(passing, subjectName(s))
		}
		both = append(both, s)
	}
	var out []loosening
	if len(lost) > 0 {
		out = append(out, loosening{
			subject: element("", "for_each"), at: is.ForEachAt, was: was.ForEachAt, old: "for_each held them",
			message: fmt.Sprintf("is not asked about %s any more: no longer in for_each", list(lost)),
		})
	}
	message := ""
	switch {
	case len(passing) > 0:
		message = fmt.Sprintf("lets %s pass: the new condition holds where the old one does not", list(passing))
	case sameText(was.Text, is.Text) || len(both) == 0:
		return out
	default:
		switch where, told := c.probe(was.Holds, is.Holds, both); {
		case where != "":
			message = "holds where the old condition does not: " + where
		case !told:
			message = "has another condition, and nothing tells which of the two is the stricter one"
		default:
			return out
		}
	}
	return append(out, loosening{
		subject: element("", "condition"), at: is.Holds.At(), was: was.Holds.At(), old: "the condition was " + was.Text,
		message: message,
	})
}

func sameText(a, b string) bool { return slices.Equal(strings.Fields(a), strings.Fields(b)) }

// holds asks a condition; one that fails does not hold.
func holds(p arch.Predicate, m *arch.Model, s arch.Subject) bool {
	ok, err := p.In(m).Holds(s)
	return err == nil && ok
}

func subjectName(s arch.Subject) string {
	if s.Element != nil {
		return s.Element.Address
	}
	return s.Edge.From + " → " + s.Edge.To
}

// What is tried: some subjects, and no large model, since every question costs a part of the budget of
// evaluation.
const (
	mostProbed      = 3
	mostElements    = 300
	mostUses        = 256 // further uses of one element
	probedLabel     = "probe "
	probedAttribute = "asbuilt-probe"
)

// probe looks for a change to a subject under which the new condition holds and the old one does not, and says
// it. told reports whether anything told the two apart: then the new one is stricter.
func (c *comparison) probe(was, is arch.Predicate, subjects []arch.Subject) (where string, told bool) {
	if len(c.New.Elements) > mostElements {
		return "", false
	}
	for _, s := range subjects[:min(len(subjects), mostProbed)] {
		for _, v := range variants(c.New, s) {
			before, after := holds(was, v.model, v.subject), holds(is, v.model, v.subject)
			switch {
			case after && !before:
				return v.what, true
			case before && !after:
				told = true
			}
		}
		if s.Element == nil {
			continue
		}
		for _, outgoing := range []bool{true, false} {
			before, after := c.bound(was, s.Element, outgoing), c.bound(is, s.Element, outgoing)
			switch {
			case after > before:
				return fmt.Sprintf("with %d more %s %s", before, direction(outgoing), s.Element.Address), true
			case after < before:
				told = true
			}
		}
	}
	return "", told
}

func direction(outgoing bool) string {
	if outgoing {
		return "uses by"
	}
	return "uses of"
}

// bound is the smallest number of further uses with which a condition does not hold.
func (c *comparison) bound(p arch.Predicate, e *arch.Element, outgoing bool) int {
	fails := func(n int) bool {
		m := c.New.With(func(m *arch.Model) { m.Edges = append(m.Edges, further(m, e, outgoing, n)...) })
		return !holds(p, m, arch.Subject{Element: m.Element(e.Address)})
	}
	low, high := 0, 1 // fails(low) is false, beyond 0
	for ; !fails(high); low, high = high, high*2 {
		if high >= mostUses {
			return 2 * mostUses
		}
	}
	for high-low > 1 {
		if middle := (low + high) / 2; fails(middle) {
			high = middle
		} else {
			low = middle
		}
	}
	return high
}

// further are uses that the model does not have.
func further(m *arch.Model, e *arch.Element, outgoing bool, n int) []*arch.Edge {
	var others []*arch.Element
	for _, o := range m.Elements {
		if o.Address != e.Address {
			others = append(others, o)
		}
	}
	if len(others) == 0 {
		return nil
	}
	var out []*arch.Edge
	for i := range n {
		edge := &arch.Edge{From: e.Address, To: others[i%len(others)].Address, Label: probedLabel + fmt.Sprint(i)}
		if !outgoing {
			edge.From, edge.To = edge.To, edge.From
		}
		out = append(out, edge)
	}
	return out
}

// variant is a model in which one subject is other than it is.
type variant struct {
	what    string
	model   *arch.Model
	subject arch.Subject
}

func variants(m *arch.Model, s arch.Subject) []variant {
	if s.Edge != nil {
		return edgeVariants(m, s.Edge)
	}
	var out []variant
	edit := func(what string, change func(*arch.Element)) {
		e := *s.Element
		change(&e)
		v := m.With(func(m *arch.Model) {
			for i := range m.Elements {
				if m.Elements[i].Address == e.Address {
					m.Elements[i] = &e
				}
			}
		})
		out = append(out, variant{what + " of " + e.Address, v, arch.Subject{Element: v.Element(e.Address)}})
	}
	edit("without the owner", func(e *arch.Element) { e.Owner = "" })
	for _, t := range m.Teams {
		if t.Address != s.Element.Owner {
			edit("with another owner", func(e *arch.Element) { e.Owner = t.Address })
			break
		}
	}
	edit("without the tags", func(e *arch.Element) { e.Tags = nil })
	edit("with other tags", func(e *arch.Element) { e.Tags = []string{probedAttribute} })
	edit("without the title", func(e *arch.Element) { e.Title = "" })
	edit("without the description", func(e *arch.Element) { e.Description = "" })
	edit("without the technology", func(e *arch.Element) { e.Technology = "" })
	edit("with another technology", func(e *arch.Element) { e.Technology = probedAttribute })
	edit("without the docs", func(e *arch.Element) { e.Docs = "" })
	edit("without the facts", func(e *arch.Element) { e.Facts = nil })
	edit("with another status", func(e *arch.Element) { e.Status = arch.StatusDeprecated })
	bare := m.With(func(m *arch.Model) {
		m.Edges = slices.DeleteFunc(m.Edges, func(e *arch.Edge) bool { return e.From == s.Element.Address || e.To == s.Element.Address })
	})
	return append(out, variant{"without the uses of " + s.Element.Address, bare, arch.Subject{Element: bare.Element(s.Element.Address)}})
}

func edgeVariants(m *arch.Model, edge *arch.Edge) []variant {
	var out []variant
	edit := func(what string, change func(*arch.Edge)) {
		e := *edge
		change(&e)
		v := m.With(func(m *arch.Model) {
			for i := range m.Edges {
				if m.Edges[i] == edge {
					m.Edges[i] = &e
				}
			}
		})
		out = append(out, variant{what + " of " + e.From + " → " + e.To, v, arch.Subject{Edge: &e}})
	}
	edit("without the label", func(e *arch.Edge) { e.Label = "" })
	edit("without the technology", func(e *arch.Edge) { e.Technology = "" })
	edit("with another technology", func(e *arch.Edge) { e.Technology = probedAttribute })
	edit("without the tags", func(e *arch.Edge) { e.Tags = nil })
	edit("with the opposite of async", func(e *arch.Edge) { e.Async = !e.Async })
	for _, k := range []arch.EdgeKind{arch.EdgePlain, arch.EdgeImport, arch.EdgeCall, arch.EdgeEvent, arch.EdgeData} {
		edit("with another kind", func(e *arch.Edge) { e.Kind = k })
	}
	return out
}
