package policy

import (
	"fmt"
	"slices"

	"github.com/asbuilt/asbuilt/pkg/arch"
)

// carried is an old rule in today's names; over is what it says of elements that are new.
func (n names) carried(old, over *arch.Rule) *arch.Rule {
	if over == nil || over.Kind != old.Kind {
		over = &arch.Rule{}
	}
	r := *old
	r.Layers = nil
	for i := range old.Layers {
		r.Layers = append(r.Layers, *n.binding(&old.Layers[i], layer(over, i)))
	}
	r.Members = n.binding(old.Members, over.Members)
	r.MayUse = n.binding(old.MayUse, over.MayUse)
	r.Only = n.excepting(old.Only, over.Only)
	r.Denials = nil
	for i, d := range old.Denials {
		var new arch.Denial
		if i < len(over.Denials) {
			new = over.Denials[i]
		}
		d.From, d.To, d.Except = n.binding(d.From, new.From), n.binding(d.To, new.To), n.excepting(d.Except, new.Except)
		r.Denials = append(r.Denials, d)
	}
	r.ForEach = n.subjects(old.ForEach, over.ForEach)
	return &r
}

func layer(r *arch.Rule, i int) *arch.Set {
	if i < len(r.Layers) {
		return &r.Layers[i]
	}
	return nil
}

// subjects are what a condition was asked about, in today's names, and of what is new, what its expression
// picks.
func (n names) subjects(old, over []arch.Subject) []arch.Subject {
	var out []arch.Subject
	seen := map[string]bool{}
	add := func(s arch.Subject) {
		if key := subjectKey(s); !seen[key] {
			seen[key] = true
			out = append(out, s)
		}
	}
	had := map[string]bool{}
	for _, s := range old {
		switch {
		case s.Element != nil:
			for _, a := range n.next[s.Element.Address] {
				add(arch.Subject{Element: n.new.Element(a)})
			}
		case s.Edge != nil:
			for _, e := range n.edges(s.Edge) {
				add(arch.Subject{Edge: e})
			}
		}
	}
	for _, e := range n.old.Edges {
		for _, same := range n.edges(e) {
			had[subjectKey(arch.Subject{Edge: same})] = true
		}
	}
	for _, s := range over {
		if s.Element != nil {
			if _, known := n.prev[s.Element.Address]; !known {
				add(arch.Subject{Element: n.new.Element(s.Element.Address)})
			}
		} else if s.Edge != nil && !had[subjectKey(s)] {
			add(s)
		}
	}
	return out
}

// edges are the edges of today between the ends of an old one, of its kind and label.
func (n names) edges(old *arch.Edge) []*arch.Edge {
	var out []*arch.Edge
	for _, from := range n.next[old.From] {
		for _, to := range n.next[old.To] {
			for _, e := range n.new.EdgesBetween(from, to) {
				if e.Kind == old.Kind && e.Label == old.Label {
					out = append(out, e)
				}
			}
		}
	}
	return out
}

func subjectKey(s arch.Subject) string {
	if s.Element != nil {
		return s.Element.Address
	}
	return s.Edge.From + "\x00" + s.Edge.To + "\x00" + string(s.Edge.Kind) + "\x00" + s.Edge.Label
}

// belongs is when an element counts as one of a set.
type belongs func(e *arch.Element, set map[string]bool) bool

// same is the element itself, or all of its parts where it has no code of its own.
func (n names) same(e *arch.Element, set map[string]bool) bool {
	if set[e.Address] {
		return true
	}
	parts := n.new.Children(e.Address)
	if e.Code != nil || len(parts) == 0 {
		return false
	}
	return !slices.ContainsFunc(parts, func(p *arch.Element) bool { return !n.same(p, set) })
}

// inside is an element of the set, one inside of it, or one all of whose parts are.
func (n names) inside(e *arch.Element, set map[string]bool) bool {
	if n.under(e, set) {
		return true
	}
	parts := n.new.Children(e.Address)
	if e.Code != nil || len(parts) == 0 {
		return false
	}
	return !slices.ContainsFunc(parts, func(p *arch.Element) bool { return !n.inside(p, set) })
}

func (n names) under(e *arch.Element, set map[string]bool) bool {
	for ; e != nil; e = n.new.Parent(e) {
		if set[e.Address] {
			return true
		}
	}
	return false
}

func members(s *arch.Set) map[string]bool {
	out := map[string]bool{}
	if s != nil {
		for _, a := range s.Elements {
			out[a] = true
		}
	}
	return out
}

// narrowed says which elements stand in a set no more.
func (c *comparison) narrowed(setting string, was, is *arch.Set, belongs belongs) []loosening {
	if was == nil {
		return nil
	}
	set := members(is)
	var lost []string
	for _, a := range was.Elements {
		if e := c.New.Element(a); e != nil && !belongs(e, set) {
			lost = append(lost, a)
		}
	}
	if len(lost) == 0 {
		return nil
	}
	l := loosening{
		subject: element("", setting), was: was.At, old: fmt.Sprintf("%s was %s", setting, was.Text),
		message: fmt.Sprintf("does not hold %s any more: no longer in %s", list(lost), setting),
	}
	if is != nil {
		l.at = is.At
	}
	return []loosening{l}
}

// grown says which elements a set lets pass that did not pass before.
func (c *comparison) grown(setting string, was, is *arch.Set) []loosening {
	if is == nil {
		return nil
	}
	set := members(was)
	var won []string
	for _, a := range is.Elements {
		if e := c.New.Element(a); e != nil && !c.names.inside(e, set) {
			won = append(won, a)
		}
	}
	if len(won) == 0 {
		return nil
	}
	return []loosening{{
		subject: element("", setting), at: is.At, was: was.At, old: fmt.Sprintf("%s was %s", setting, was.Text),
		message: fmt.Sprintf("lets %s pass now: new in %s", list(won), setting),
	}}
}
