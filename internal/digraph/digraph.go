// Package digraph is a small directed graph: nodes are 0 … n-1, never changed after New, and every answer
// depends on the edges alone, not on the order in which they came. Nothing in it recurses, so that a chain
// of a million nodes costs no stack.
package digraph

import (
	"cmp"
	"slices"
)

// Edge leads from one node to another.
type Edge struct{ From, To int }

// Graph keeps the targets of all nodes in one slice, sorted, each node's part between two starts.
type Graph struct {
	starts []int32 // one more than there are nodes
	to     []int32
}

// New makes a graph of n nodes. An edge given twice is one edge.
func New(n int, edges []Edge) *Graph {
	starts := make([]int32, n+1)
	for _, e := range edges {
		starts[e.From+1]++
	}
	for i := range n {
		starts[i+1] += starts[i]
	}
	to := make([]int32, len(edges))
	next := slices.Clone(starts[:n])
	for _, e := range edges {
		to[next[e.From]] = int32(e.To)
		next[e.From]++
	}
	kept := int32(0)
	for i := range n {
		part := to[starts[i]:starts[i+1]]
		slices.Sort(part)
		part = slices.Compact(part)
		starts[i] = kept
		kept += int32(copy(to[kept:], part))
	}
	starts[n] = kept
	return &Graph{starts, slices.Clip(to[:kept])}
}

// Len is the number of nodes.
func (g *Graph) Len() int { return len(g.starts) - 1 }

// Size is the number of edges.
func (g *Graph) Size() int { return len(g.to) }

// From lists the nodes that edges of a node lead to, sorted. The caller must not change it.
func (g *Graph) From(node int) []int32 { return g.to[g.starts[node]:g.starts[node+1]] }

// Has reports whether there is an edge.
func (g *Graph) Has(from, to int) bool {
	_, ok := slices.BinarySearch(g.From(from), int32(to))
	return ok
}

// Edges lists all edges, sorted.
func (g *Graph) Edges() []Edge {
	out := make([]Edge, 0, len(g.to))
	for i := range g.Len() {
		for _, j := range g.From(i) {
			out = append(out, Edge{i, int(j)})
		}
	}
	return out
}

// Reverse is the graph with every edge turned round.
func (g *Graph) Reverse() *Graph {
	starts := make([]int32, len(g.starts))
	for _, to := range g.to {
		starts[to+1]++
	}
	for i := range g.Len() {
		starts[i+1] += starts[i]
	}
	next := slices.Clone(starts)
	to := make([]int32, len(g.to))
	for from := range g.Len() { // in order, so that each part is sorted
		for _, node := range g.From(from) {
			to[next[node]] = int32(from)
			next[node]++
		}
	}
	return &Graph{starts, to}
}

// Without is the graph without one edge.
func (g *Graph) Without(e Edge) *Graph {
	return New(g.Len(), slices.DeleteFunc(g.Edges(), func(x Edge) bool { return x == e }))
}

// Compare orders edges by their ends.
func (e Edge) Compare(other Edge) int {
	return cmp.Or(cmp.Compare(e.From, other.From), cmp.Compare(e.To, other.To))
}
