package check

import (
	"cmp"
	"slices"
	"strings"

	"github.com/asbuilt/asbuilt/internal/digraph"
	"github.com/asbuilt/asbuilt/pkg/evidence"
	"github.com/asbuilt/asbuilt/pkg/finding"
	"github.com/asbuilt/asbuilt/pkg/reflexion"
)

// packages is the evidence of production code as a graph, for rules that follow packages.
type packages struct {
	kinds   kinds
	all     evidence.Graph
	owners  []int32 // by node
	own     [][]int // by element: its nodes
	support []bool  // by node: imported by tests only
	graph   *digraph.Graph
	forward *digraph.Walker
	back    *digraph.Walker // from what is used to its users
}

// packages gives the graph of some kinds of edge. It is built once for the same edges.
func (q *inquiry) packages(k kinds) *packages {
	k &= q.observed
	if p := q.graphs[k]; p != nil {
		return p
	}
	nodes := q.Graph.Nodes
	p := &packages{
		kinds: k, all: q.Graph,
		owners: make([]int32, len(nodes)), own: make([][]int, len(q.elements)), support: make([]bool, len(nodes)),
	}
	index := make(map[string]int, len(nodes))
	for i, n := range nodes {
		index[n.ID] = i
		p.owners[i] = none
		if owner, ok := q.Result.Owners[n.ID]; ok {
			p.owners[i] = q.position(owner)
		}
		if owner := p.owners[i]; owner != none {
			p.own[owner] = append(p.own[owner], i)
		}
		p.support[i] = q.Result.TestSupport[n.ID]
	}
	edges := make([]digraph.Edge, 0, len(q.Graph.Edges))
	for i := range q.Graph.Edges {
		if e := &q.Graph.Edges[i]; p.counts(e) {
			edges = append(edges, digraph.Edge{From: index[e.From], To: index[e.To]})
		}
	}
	p.graph = digraph.New(len(nodes), edges)
	p.forward, p.back = p.graph.Walker(), p.graph.Reverse().Walker()
	q.graphs[k] = p
	return p
}

func (p *packages) counts(e *evidence.Edge) bool {
	return e.Scope == evidence.Code && e.Grade.ShowsUse() && observedKind(e.Kind)&p.kinds != 0
}

// edge finds the evidence behind an edge of the graph.
func (p *packages) edge(from, to int) evidence.Edge {
	want := evidence.Edge{From: p.all.Nodes[from].ID, To: p.all.Nodes[to].ID}
	i, _ := slices.BinarySearchFunc(p.all.Edges, want, func(e, want evidence.Edge) int {
		return cmp.Or(strings.Compare(e.From, want.From), strings.Compare(e.To, want.To))
	})
	for ; i < len(p.all.Edges); i++ {
		if p.counts(&p.all.Edges[i]) {
			break
		}
	}
	return p.all.Edges[i]
}

// way is the use along some nodes.
func (p *packages) way(nodes []int) reflexion.Import {
	out := reflexion.Import{Scope: evidence.Code}
	for i, node := range nodes[1:] {
		out.Hops = append(out.Hops, p.edge(nodes[i], node))
	}
	last := out.Hops[len(out.Hops)-1]
	out.From, out.To, out.Kind, out.Grade = out.Hops[0].From, last.To, last.Kind, last.Grade
	return out
}

// unowned reports whether a node is a package that nobody owns: a way through it launders nothing.
func (p *packages) unowned(node int) bool {
	return p.owners[node] == none && p.all.Nodes[node].Kind == evidence.Package
}

// reach walks back from goals, through the nodes that through admits, and offers each node of which stops
// holds with a shortest way to a goal.
func (p *packages) reach(goals []int, stops, through func(node int) bool, offer func(way []int)) {
	p.back.Walk(goals, func(node, before int) bool {
		switch {
		case before < 0:
			return true
		case stops(node):
			offer(p.back.Back(node))
			return false
		}
		return through(node)
	})
}

// chain are the places of a way, the first line of each step.
func chain(imp reflexion.Import) []finding.Related {
	if len(imp.Hops) == 1 {
		return witnesses(imp)
	}
	var out []finding.Related
	for i, h := range imp.Hops {
		for _, w := range h.Witnesses[:min(1, len(h.Witnesses))] {
			out = append(out, finding.Related{Message: evidence.Name(h.From) + " " + verb(h.Kind) + " " + evidence.Name(h.To), At: w.At(), Hop: i + 1})
		}
	}
	return out
}
