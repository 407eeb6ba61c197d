package digraph

import "slices"

// patience bounds the edges that one answer about cycles and cuts follows: an exact answer about a knot of
// tens of thousands of nodes would cost its square.
const patience = 1 << 25

// Cycle is a shortest cycle inside a strongly connected component, its smallest node first and not repeated
// at the end. In a component too large to try every node, it is the shortest of those that were found.
func (g *Graph) Cycle(component []int) []int {
	inside := make([]bool, g.Len())
	for _, node := range component {
		inside[node] = true
	}
	if c := g.short(component, inside); c != nil {
		return c
	}
	s := cycleSearch{g: g, inside: inside, seen: make([]int32, g.Len()), before: make([]int32, g.Len())}
	for i, node := range component {
		s.try(int32(node), int32(i)+1)
		if len(s.best) == 3 || s.work > patience {
			break
		}
	}
	return rotated(s.best)
}

// short looks for the first cycle of one or two nodes, which most knots have.
func (g *Graph) short(component []int, inside []bool) []int {
	var two []int
	for _, node := range component {
		if g.Has(node, node) {
			return []int{node}
		}
		if two != nil {
			continue
		}
		for _, next := range g.From(node) {
			if inside[next] && g.Has(int(next), node) {
				two = []int{node, int(next)}
				break
			}
		}
	}
	return rotated(two)
}

type cycleSearch struct {
	g      *Graph
	inside []bool
	seen   []int32 // by node: the round in which it was reached
	before []int32
	best   []int
	work   int
}

// try looks for a cycle through a node that is shorter than the best.
func (s *cycleSearch) try(start, round int32) {
	s.seen[start] = round
	level := []int32{start}
	for depth := 1; len(level) > 0 && (s.best == nil || depth < len(s.best)); depth++ {
		var next []int32
		for _, node := range level {
			for _, to := range s.g.From(int(node)) {
				s.work++
				if to == start {
					s.best = s.back(node, start)
					return
				}
				if s.inside[to] && s.seen[to] != round {
					s.seen[to], s.before[to] = round, node
					next = append(next, to)
				}
			}
		}
		level = next
	}
}

// back is the way that led from start to a node.
func (s *cycleSearch) back(node, start int32) []int {
	var out []int
	for ; node != start; node = s.before[node] {
		out = append(out, int(node))
	}
	out = append(out, int(start))
	slices.Reverse(out)
	return out
}

// rotated begins a cycle at its smallest node.
func rotated(cycle []int) []int {
	if len(cycle) == 0 {
		return cycle
	}
	at := slices.Index(cycle, slices.Min(cycle))
	return slices.Concat(cycle[at:], cycle[:at])
}

// Hops are the edges of a cycle, the one that closes it last.
func Hops(cycle []int) []Edge {
	out := make([]Edge, len(cycle))
	for i, node := range cycle {
		out[i] = Edge{node, cycle[(i+1)%len(cycle)]}
	}
	return out
}

// Weakest is the edge that weighs least, the first of those in order; edges must not be empty.
func Weakest(edges []Edge, weight func(Edge) int) Edge {
	best := edges[0]
	for _, e := range edges[1:] {
		if d := weight(e) - weight(best); d < 0 || d == 0 && e.Compare(best) < 0 {
			best = e
		}
	}
	return best
}

// Cut lists the pairs of different nodes that only ways over an edge connect: what its removal cuts. They are
// sorted, at most so many; more reports whether there are others, or may be in a graph too large to tell.
func (g *Graph) Cut(e Edge, most int) (pairs []Edge, more bool) {
	if !g.Has(e.From, e.To) {
		return nil, false
	}
	rest := g.Without(e)
	if rest.Reachable(e.From)[e.To] {
		return nil, false
	}
	sources := g.Reverse().Reachable(e.From)
	targets := g.Reachable(e.To)
	work := 0
	for from, ok := range sources {
		if !ok {
			continue
		}
		if work > patience {
			return pairs, true
		}
		still := rest.Reachable(from)
		work += g.Size() + g.Len()
		for to, ok := range targets {
			if !ok || still[to] || to == from {
				continue
			}
			if len(pairs) == most {
				return pairs, true
			}
			pairs = append(pairs, Edge{from, to})
		}
	}
	return pairs, false
}
