package check

import (
	"fmt"
	"strings"

	"github.com/asbuilt/asbuilt/internal/digraph"
	"github.com/asbuilt/asbuilt/pkg/arch"
	"github.com/asbuilt/asbuilt/pkg/finding"
)

// paths finds the ways of elements that lead to denied ones where packages cannot show them: one end has no
// code. They follow declared edges and observed uses.
//
// An element is two nodes of the graph: where its uses begin, and where those of others arrive. What arrives at
// an element goes on from there, from everything inside it, and from the provider of an api.
func (d *denial) paths() []finding.Finding {
	n := len(d.elements)
	steps := map[digraph.Edge]*use{}
	var edges []digraph.Edge
	for i := range d.uses {
		u := &d.uses[i]
		if u.kinds&every(d.rule) == 0 {
			continue
		}
		back := digraph.Edge{From: n + int(u.to), To: int(u.from)}
		if steps[back] == nil {
			steps[back] = u
			edges = append(edges, back)
		}
	}
	for i, e := range d.elements {
		edges = append(edges, digraph.Edge{From: i, To: n + i})
		for at := d.parents[i]; at != none; at = d.parents[at] {
			edges = append(edges, digraph.Edge{From: i, To: n + int(at)})
		}
		if e.Type == arch.TypeAPI && d.parents[i] != none {
			edges = append(edges, digraph.Edge{From: int(d.parents[i]), To: n + i})
		}
	}
	g := digraph.New(2*n, edges)
	reached := g.Reverse().Reachable(positions(d.from)...)
	walker := g.Walker()
	var out []finding.Finding
	for _, target := range positions(d.to) {
		if !reached[n+target] {
			continue
		}
		walker.Walk([]int{n + target}, func(node, before int) bool {
			if before < 0 {
				return true
			}
			if node >= n || !d.from[node] || steps[digraph.Edge{From: before, To: node}] == nil {
				return reached[node] && !d.excepted[node%n]
			}
			if way := along(steps, walker.Back(node)); len(way) > 1 && d.byElements(int32(node), int32(target)) {
				out = append(out, d.path(way, int32(node), int32(target)))
			}
			return false
		})
	}
	return out
}

func positions(chosen []bool) []int {
	var out []int
	for i, ok := range chosen {
		if ok {
			out = append(out, i)
		}
	}
	return out
}

// byElements reports whether a way between two elements is one of elements: with code at both ends, packages say it.
func (d *denial) byElements(from, to int32) bool {
	return !(d.coded[from] && d.coded[to]) && !d.related(from, to)
}

// along are the uses on a way.
func along(uses map[digraph.Edge]*use, way []int) []*use {
	var out []*use
	for i, node := range way[1:] {
		if u := uses[digraph.Edge{From: node, To: way[i]}]; u != nil {
			out = append(out, u)
		}
	}
	return out
}

func (d *denial) path(way []*use, from, to int32) finding.Finding {
	f := finding.Finding{
		Rule: "code/denied", By: d.rule.Address(), Because: d.rule.Because, At: d.To.At,
		Subject: finding.Subject{From: d.address(from), To: d.address(to)},
		Between: &finding.Pair{From: d.address(from), To: d.address(to)},
		Fix:     &finding.Fix{Message: denialFix},
	}
	names := []string{d.address(from)}
	for i, u := range way {
		step := d.address(u.from) + " -> " + d.address(u.to)
		names = append(names, d.address(u.to))
		if u.seen == nil {
			f.Related = append(f.Related, finding.Related{Message: step + ": declared", At: u.edge.At, Hop: i + 1})
			continue
		}
		first := witnesses(*u.seen)[:1]
		f.Related = append(f.Related, finding.Related{Message: step + ": " + first[0].Message, At: first[0].At, Hop: i + 1})
	}
	f.Related = append(f.Related, finding.Related{Message: d.rule.Address(), At: d.rule.At})
	f.Way = names
	f.Message = fmt.Sprintf("%s reaches %s, %s: %s", d.address(from), d.address(to), d.denies(), strings.Join(names, " -> "))
	return f
}
