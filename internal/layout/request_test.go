package layout_test

import (
	"math/rand/v2"

	"github.com/asbuilt/asbuilt/internal/geometry"
)

// sample is what a random request is like.
type sample struct {
	nodes, groups, edges int
	direction            string
	rows                 int // sets of the same rank
}

// random makes a request that depends on its seed alone: cards of three widths, groups nested up to three
// deep, most edges between neighbours, some loops and parallel edges, two of three with a label.
func random(seed uint64, s sample) geometry.Request {
	rng := rand.New(rand.NewPCG(seed, 1))
	r := geometry.Request{Direction: s.direction}
	depth := make([]int, s.groups)
	for i := range s.groups {
		f := geometry.Frame{Parent: -1, Title: geometry.Size{W: float64(60 + rng.IntN(200)), H: 24}}
		if i > 0 && rng.IntN(2) == 0 {
			if p := rng.IntN(i); depth[p] < 2 {
				f.Parent, depth[i] = p, depth[p]+1
			}
		}
		r.Groups = append(r.Groups, f)
	}
	for i := range s.nodes {
		group := rng.IntN(s.groups+1) - 1
		if i < s.groups {
			group = i // no group stays empty
		}
		r.Nodes = append(r.Nodes, geometry.Box{Group: group, Size: geometry.Size{
			W: []float64{180, 220, 280}[rng.IntN(3)], H: 60 + 14.5*float64(rng.IntN(5)),
		}})
	}
	for range s.edges {
		from, to := rng.IntN(s.nodes), rng.IntN(s.nodes)
		if rng.IntN(4) > 0 {
			to = min(from+1+rng.IntN(4), s.nodes-1)
		}
		e := geometry.Link{From: from, To: to}
		if rng.IntN(3) > 0 {
			e.Label = geometry.Size{W: float64(30+rng.IntN(120)) + 0.5, H: []float64{16, 32}[rng.IntN(2)]}
		}
		r.Edges = append(r.Edges, e)
		if rng.IntN(12) == 0 {
			r.Edges = append(r.Edges, e)
		}
	}
	for range s.rows {
		r.SameRank = append(r.SameRank, rng.Perm(s.nodes)[:2+rng.IntN(2)])
	}
	return r
}
