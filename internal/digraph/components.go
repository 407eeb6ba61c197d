package digraph

import (
	"cmp"
	"slices"
)

// Components lists the strongly connected components that hold a circle: those of several nodes, and
// single nodes with an edge to themselves. Each is sorted, and they stand in the order of their first nodes.
// It is the algorithm of R. Tarjan, "Depth-first search and linear graph algorithms", SIAM J. Comput. 1 (1972).
func (g *Graph) Components() [][]int {
	t := tarjan{g: g, order: make([]int32, g.Len()), low: make([]int32, g.Len()), open: make([]bool, g.Len())}
	for node := range g.Len() {
		if t.order[node] == 0 {
			t.search(int32(node))
		}
	}
	slices.SortFunc(t.found, func(a, b []int) int { return cmp.Compare(a[0], b[0]) })
	return t.found
}

type tarjan struct {
	g     *Graph
	count int32
	order []int32 // by node: when it was first seen, from 1
	low   []int32 // by node: the earliest open node that it leads to
	open  []bool  // by node: it lies on the stack of nodes without a component yet
	stack []int32
	calls []call
	found [][]int
}

// call is one level of the search: a node, and how many of its edges were followed.
type call struct{ node, done int32 }

func (t *tarjan) enter(node int32) {
	t.count++
	t.order[node], t.low[node], t.open[node] = t.count, t.count, true
	t.stack = append(t.stack, node)
	t.calls = append(t.calls, call{node: node})
}

func (t *tarjan) search(start int32) {
	t.enter(start)
	for len(t.calls) > 0 {
		c := &t.calls[len(t.calls)-1]
		targets := t.g.From(int(c.node))
		if int(c.done) < len(targets) {
			next := targets[c.done]
			c.done++
			switch {
			case t.order[next] == 0:
				t.enter(next)
			case t.open[next]:
				t.low[c.node] = min(t.low[c.node], t.order[next])
			}
			continue
		}
		node := c.node
		t.calls = t.calls[:len(t.calls)-1]
		if n := len(t.calls); n > 0 {
			caller := t.calls[n-1].node
			t.low[caller] = min(t.low[caller], t.low[node])
		}
		if t.low[node] == t.order[node] {
			t.close(node)
		}
	}
}

// close takes a finished component from the stack.
func (t *tarjan) close(root int32) {
	from := len(t.stack) - 1
	for t.stack[from] != root {
		from--
	}
	var component []int
	for _, node := range t.stack[from:] {
		t.open[node] = false
		component = append(component, int(node))
	}
	t.stack = t.stack[:from]
	if len(component) > 1 || t.g.Has(int(root), int(root)) {
		slices.Sort(component)
		t.found = append(t.found, component)
	}
}
