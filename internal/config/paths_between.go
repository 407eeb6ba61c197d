package config

import "github.com/asbuilt/asbuilt/pkg/arch"

// paths returns the edges on the ways from one set to another: those that begin where the first leads, and lead to the
// second.
func (g *graph) paths(sets [][]*arch.Element) []*arch.Edge {
	ahead := g.ahead(sets[0])
	var out []*arch.Edge
	for _, e := range g.leadingTo(sets[1]) {
		if ahead[e.From] {
			out = append(out, e)
		}
	}
	return out
}

// ahead is all that elements, and what is inside of them, lead to.
func (g *graph) ahead(start []*arch.Element) map[string]bool {
	reached := map[string]bool{}
	var next []*arch.Element
	land := func(e *arch.Element) {
		if e.Type == arch.TypeAPI {
			reached[e.Address] = true
			e = g.model.Parent(e)
		}
		if e != nil && !reached[e.Address] {
			g.enter(e, reached)
			next = append(append(next, e), g.model.Descendants(e.Address)...)
		}
	}
	for _, e := range start {
		land(e)
	}
	for len(next) > 0 {
		e := next[0]
		next = next[1:]
		for _, edge := range g.from(e.Address) {
			land(g.model.Element(edge.To))
		}
	}
	return reached
}

// leadingTo are the edges by which elements, and what is inside of them, can be reached.
func (g *graph) leadingTo(end []*arch.Element) []*arch.Edge {
	var out []*arch.Edge
	asked, known := map[string]bool{}, g.inside(end)
	next := g.list(known)
	for len(next) > 0 {
		e := next[0]
		next = next[1:]
		for x := e; x != nil && !asked[x.Address]; x = g.model.Parent(x) { // a use of what is around it leads to it
			asked[x.Address] = true
			into := g.into(x.Address)
			for _, c := range g.model.Children(x.Address) {
				if c.Type == arch.TypeAPI && !asked[c.Address] {
					asked[c.Address] = true
					into = append(into[:len(into):len(into)], g.into(c.Address)...)
				}
			}
			for _, edge := range into {
				out = append(out, edge)
				if !known[edge.From] {
					known[edge.From] = true
					next = append(next, g.model.Element(edge.From))
				}
			}
		}
	}
	return out
}
