package view

import (
	"maps"

	"github.com/asbuilt/asbuilt/pkg/arch"
	"github.com/asbuilt/asbuilt/pkg/finding"
)

// set is a set of elements.
type set map[*arch.Element]bool

func (s set) add(elements ...*arch.Element) {
	for _, e := range elements {
		s[e] = true
	}
}

// selection is what a view shows.
type selection struct {
	shown    set
	chosen   set // what the view names itself
	excluded set
	// rejected are the frames around what is shown for which `where` does not hold: they get no card.
	rejected set
}

func (s *selection) remove(elements []*arch.Element) {
	for _, e := range elements {
		delete(s.shown, e)
	}
}

// selectElements applies include (or the kind's natural default), exclude and where, in this order.
func selectElements(v *arch.View, st *stage) (*selection, []finding.Finding) {
	s := &selection{shown: set{}, chosen: st.at(v.Include), excluded: st.at(v.Exclude), rejected: set{}}
	wanted := s.chosen
	if v.Include == nil {
		s.chosen = st.at(v.Also)
		wanted = maps.Clone(st.natural)
		maps.Copy(wanted, s.chosen)
	}
	for e := range wanted {
		if !s.excluded[e] && (st.admits == nil || st.admits(e)) {
			s.shown.add(e)
		}
	}
	for _, where := range v.Where {
		if problems := s.filter(v, where, st); problems != nil {
			return nil, problems
		}
	}
	return s, nil
}

// filter takes out what a condition does not hold for.
func (s *selection) filter(v *arch.View, where arch.Predicate, st *stage) []finding.Finding {
	around := set{}
	for e := range s.shown {
		around.add(st.model.Ancestors(e)...)
	}
	for _, e := range st.model.Elements { // in the model's order, so that the first failure is always the same one
		real := st.real(e)
		if real == nil || !s.shown[e] && !around[e] {
			continue
		}
		holds, err := where.Holds(arch.Subject{Element: real})
		if err != nil {
			return []finding.Finding{problem(v, where.At(), err.Error(), "change the condition "+where.String())}
		}
		if !holds {
			delete(s.shown, e)
			s.rejected.add(e)
		}
	}
	return nil
}

// natural is what a view shows when it does not say: the level of the C4 model that its kind names.
//
//	landscape  what stands at the top: persons, systems, externals
//	context    one system, and around it what it has to do with
//	container  what is directly inside a system, and around it what that has to do with
//	component  the same of a component
//
// Without `of`, a context shows the top, a container view opens every system, and a component view
// opens everything.
func natural(m *arch.Model, v *arch.View, uses []use) set {
	of := m.Element(v.Of)
	if of == nil || v.Kind == kindLandscape {
		return opened(m, v.Kind)
	}
	out := set{}
	if v.Kind == kindContext {
		out.add(of)
	} else {
		out.add(inside(m, of)...)
	}
	out.add(neighbors(m, of, uses)...)
	return out
}

// opened is the natural default without `of`.
func opened(m *arch.Model, kind string) set {
	out := set{}
	for _, e := range m.Children("") {
		switch {
		case kind == kindContainer && e.Type == arch.TypeSystem:
			out.add(inside(m, e)...)
		case kind == kindComponent:
			out.add(leaves(m, e)...)
		default:
			out.add(e)
		}
	}
	return out
}

// inside is what is directly in an element, or the element itself when there is nothing.
func inside(m *arch.Model, e *arch.Element) []*arch.Element {
	if children := m.Children(e.Address); len(children) > 0 {
		return children
	}
	return []*arch.Element{e}
}

// leaves is everything in an element that has nothing but APIs inside.
func leaves(m *arch.Model, e *arch.Element) []*arch.Element {
	var out []*arch.Element
	for _, c := range m.Children(e.Address) {
		if c.Type != arch.TypeAPI {
			out = append(out, leaves(m, c)...)
		}
	}
	if out == nil {
		return []*arch.Element{e}
	}
	return out
}

// neighbors is what uses something in an element or is used by it, each lifted until it stands beside
// the element or beside one of its ancestors: a component of another system is shown as that system.
func neighbors(m *arch.Model, of *arch.Element, uses []use) []*arch.Element {
	var out []*arch.Element
	for _, u := range uses {
		from, to := m.Within(u.from.Address, of.Address), m.Within(u.to.Address, of.Address)
		switch {
		case from && !to:
			out = append(out, beside(m, u.to, of))
		case to && !from:
			out = append(out, beside(m, u.from, of))
		}
	}
	return out
}

// beside lifts e until its parent is an ancestor of `of` too, or none.
func beside(m *arch.Model, e, of *arch.Element) *arch.Element {
	for p := m.Parent(e); p != nil && !m.Within(of.Address, p.Address); p = m.Parent(e) {
		e = p
	}
	return e
}
