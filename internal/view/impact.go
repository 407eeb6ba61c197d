package view

import (
	"fmt"
	"maps"
	"slices"

	"github.com/asbuilt/asbuilt/pkg/arch"
	"github.com/asbuilt/asbuilt/pkg/diagram"
	"github.com/asbuilt/asbuilt/pkg/evidence"
	"github.com/asbuilt/asbuilt/pkg/finding"
	"github.com/asbuilt/asbuilt/pkg/reflexion"
)

// impact draws what fails when one element does, over declared edges and observed uses, and by how many hops.
func impact(in Input) (*stage, []finding.Finding) {
	m := in.Model
	of := m.Element(in.View.Of)
	if of == nil {
		return nil, ofProblem(in.View, fmt.Sprintf("the view %q is of nothing", in.View.Name), "say of = …: what fails first")
	}
	var all []use
	if in.Result == nil {
		all = declaredUses(in)
	} else {
		all = everyUse(in)
	}
	spread := newSpread(m, of, all)
	hops := spread.from(of, in.View.Depth, func(use) bool { return true })
	prompt := spread.from(of, in.View.Depth, func(u use) bool { return u.edge == nil || !asynchronous(u.edge) })
	st := &stage{model: m, natural: set{}, whole: true}
	for _, u := range all {
		if _, hit := hops.hit(m, u.to); hops[u.from] > 0 && hit {
			st.uses = append(st.uses, u)
		}
	}
	st.natural.add(of)
	for e := range hops {
		if !m.Within(e.Address, of.Address) {
			st.natural.add(beside(m, e, of))
		}
	}
	st.admits = func(e *arch.Element) bool { _, fails := hops.nearest(m, e); return fails }
	st.remark = func(d *diagram.Diagram, cards []*arch.Element) {
		for i, e := range cards {
			n, _ := hops.nearest(m, e)
			if n == 0 {
				d.Nodes[i].Note = "fails"
				continue
			}
			d.Nodes[i].Note = hopWords(n)
			if _, now := prompt.nearest(m, e); !now {
				d.Nodes[i].Note += ", async"
			}
		}
		if len(d.SameRank) == 0 {
			d.SameRank = waves(m, hops, cards)
		}
		if len(st.natural) == 1 && d.Description == "" {
			d.Description = "Nothing else fails with it."
		}
	}
	return st, nil
}

// mostAbreast is how many cards are set side by side for a reason: more make a picture that is too wide to read.
const mostAbreast = 10

// waves are the cards that fail at the same hop: they stand side by side.
func waves(m *arch.Model, h hops, cards []*arch.Element) [][]int {
	at := map[int][]int{}
	for i, e := range cards {
		n, _ := h.nearest(m, e)
		at[n] = append(at[n], i)
	}
	var out [][]int
	for _, n := range slices.Sorted(maps.Keys(at)) {
		if len(at[n]) > 1 && len(at[n]) <= mostAbreast {
			out = append(out, at[n])
		}
	}
	return out
}

func hopWords(n int) string {
	if n == 1 {
		return "1 hop"
	}
	return fmt.Sprintf("%d hops", n)
}

// everyUse lists the uses that failure may spread over: all that is declared, and what code was seen to do, of libraries
// and composition roots too. Verdicts show where the view asks for them, and where nothing was declared.
func everyUse(in Input) []use {
	drawn := map[*reflexion.Arrow]use{}
	for _, u := range usesOf(in) {
		drawn[u.arrow] = u
	}
	var out []use
	for i := range in.Result.Arrows {
		a := &in.Result.Arrows[i]
		u, ok := drawn[a]
		if !ok {
			u = use{from: in.Model.Element(a.From), to: in.Model.Element(a.To), edge: a.Edge, verdict: a.Verdict, arrow: a}
		}
		if u.from == nil || u.to == nil || u.edge == nil && a.Scope != evidence.Code {
			continue
		}
		if !in.View.Drift && (u.edge != nil || quiet(u.verdict)) {
			u.verdict, u.pairs = declared, nil
		}
		out = append(out, u)
	}
	return drawable(in, out)
}

// hops are how far from the first failure elements fail: 0 for it and all inside.
type hops map[*arch.Element]int

// hit is at which hop what e is used for fails: e itself, or something inside of it. A use of an API is one of whoever
// offers it.
func (h hops) hit(m *arch.Model, e *arch.Element) (int, bool) {
	if p := m.Parent(e); e.Type == arch.TypeAPI && p != nil {
		e = p
	}
	return h.nearest(m, e)
}

// nearest is the least hop of e and of what is inside.
func (h hops) nearest(m *arch.Model, e *arch.Element) (int, bool) {
	least, ok := h[e]
	for _, c := range m.Children(e.Address) {
		if n, fails := h.nearest(m, c); fails && (!ok || n < least) {
			least, ok = n, true
		}
	}
	return least, ok
}

// spread knows who uses what, as failure spreads.
type spread struct {
	model *arch.Model
	of    *arch.Element
	users map[*arch.Element][]use // by what is used, and by all around it
}

func newSpread(m *arch.Model, of *arch.Element, uses []use) *spread {
	s := &spread{m, of, map[*arch.Element][]use{}}
	for _, u := range uses {
		to := u.to
		if p := m.Parent(to); to.Type == arch.TypeAPI && p != nil {
			s.users[to] = append(s.users[to], u)
			to = p
		}
		s.users[to] = append(s.users[to], u)
	}
	return s
}

// from follows the uses that conduct backwards, at most depth hops (0: all).
func (s *spread) from(first *arch.Element, depth int, conducts func(use) bool) hops {
	out := hops{}
	asked := set{}
	wave := s.fail(first, 0, out)
	for n := 1; len(wave) > 0 && (depth == 0 || n <= depth); n++ {
		var next []*arch.Element
		for _, e := range wave {
			for x := e; x != nil && !asked[x]; x = s.model.Parent(x) { // a use of what is around it is one of it
				asked.add(x)
				for _, u := range s.users[x] {
					inside := s.model.Within(s.of.Address, u.from.Address)
					if _, failed := out[u.from]; !failed && !inside && conducts(u) {
						next = append(next, s.fail(u.from, n, out)...)
					}
				}
			}
		}
		wave = next
	}
	return out
}

// fail notes that an element and all inside of it fails.
func (s *spread) fail(e *arch.Element, n int, out hops) []*arch.Element {
	if _, failed := out[e]; failed {
		return nil
	}
	out[e] = n
	all := []*arch.Element{e}
	for _, c := range s.model.Children(e.Address) {
		all = append(all, s.fail(c, n, out)...)
	}
	return all
}
