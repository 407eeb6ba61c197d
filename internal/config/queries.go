package config

import (
	"slices"

	"github.com/asbuilt/asbuilt/pkg/arch"
)

// This file holds what the set functions ask the graph. Results are in any order and may repeat: the value
// made of them is sorted.

func (g *graph) all([][]*arch.Element) []*arch.Element   { return slices.Clone(g.model.Elements) }
func (g *graph) allEdges([][]*arch.Element) []*arch.Edge { return slices.Clone(g.model.Edges) }

func ofType(t string) func(*graph, [][]*arch.Element) []*arch.Element {
	return func(g *graph, _ [][]*arch.Element) []*arch.Element {
		var out []*arch.Element
		for _, e := range g.model.Elements {
			if e.Type == t {
				out = append(out, e)
			}
		}
		return out
	}
}

func (g *graph) ancestors(sets [][]*arch.Element) []*arch.Element {
	var out []*arch.Element
	for _, e := range sets[0] {
		all := g.model.Ancestors(e)
		g.looked += 1 + len(all)
		out = append(out, all...)
	}
	return out
}

func (g *graph) children(sets [][]*arch.Element) []*arch.Element {
	var out []*arch.Element
	for _, e := range sets[0] {
		all := g.model.Children(e.Address)
		g.looked += 1 + len(all)
		out = append(out, all...)
	}
	return out
}

func (g *graph) descendants(sets [][]*arch.Element) []*arch.Element {
	return g.list(g.inside(g.children(sets)))
}

func (g *graph) outgoing(sets [][]*arch.Element) []*arch.Edge { return g.leaving(g.inside(sets[0])) }

func (g *graph) incoming(sets [][]*arch.Element) []*arch.Edge { return g.entering(g.inside(sets[0])) }

func (g *graph) neighbors(sets [][]*arch.Element) []*arch.Element {
	in := g.inside(sets[0])
	var out []*arch.Element
	for _, e := range g.leaving(in) {
		out = append(out, g.model.Element(e.To))
	}
	for _, e := range g.entering(in) {
		out = append(out, g.model.Element(e.From))
	}
	return out
}

// between returns the edges from one set to the other or back.
func (g *graph) between(sets [][]*arch.Element) []*arch.Edge {
	a, b := g.inside(sets[0]), g.inside(sets[1])
	var out []*arch.Edge
	for address := range a {
		for _, e := range g.from(address) {
			if b[e.To] {
				out = append(out, e)
			}
		}
		for _, e := range g.into(address) {
			if b[e.From] {
				out = append(out, e)
			}
		}
	}
	return out
}

// inside returns the addresses of elements and of all that is in them.
func (g *graph) inside(elements []*arch.Element) map[string]bool {
	in := map[string]bool{}
	for _, e := range elements {
		g.enter(e, in)
	}
	return in
}

func (g *graph) enter(e *arch.Element, in map[string]bool) {
	if in[e.Address] {
		return
	}
	in[e.Address] = true
	g.looked++
	for _, c := range g.model.Children(e.Address) {
		g.enter(c, in)
	}
}

func (g *graph) list(in map[string]bool) []*arch.Element {
	out := make([]*arch.Element, 0, len(in))
	for address := range in {
		out = append(out, g.model.Element(address))
	}
	return out
}

func (g *graph) from(address string) []*arch.Edge {
	all := g.model.EdgesFrom(address)
	g.looked += len(all)
	return all
}

func (g *graph) into(address string) []*arch.Edge {
	all := g.to[address]
	g.looked += len(all)
	return all
}

// leaving returns the edges that begin in a set and end outside.
func (g *graph) leaving(in map[string]bool) []*arch.Edge {
	var out []*arch.Edge
	for address := range in {
		for _, e := range g.from(address) {
			if !in[e.To] {
				out = append(out, e)
			}
		}
	}
	return out
}

// entering returns the edges that begin outside a set and end in it.
func (g *graph) entering(in map[string]bool) []*arch.Edge {
	var out []*arch.Edge
	for address := range in {
		for _, e := range g.into(address) {
			if !in[e.From] {
				out = append(out, e)
			}
		}
	}
	return out
}
