package digraph_test

import (
	"math"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"gonum.org/v1/gonum/graph"
	"gonum.org/v1/gonum/graph/path"
	"gonum.org/v1/gonum/graph/simple"
	"gonum.org/v1/gonum/graph/topo"
	"pgregory.net/rapid"

	"github.com/asbuilt/asbuilt/internal/digraph"
)

// drawn is a random graph, as ours and as the oracle's. The oracle takes no edge from a node to itself.
func drawn(t *rapid.T) (*digraph.Graph, *simple.DirectedGraph) {
	n := rapid.IntRange(1, 9).Draw(t, "nodes")
	node := rapid.IntRange(0, n-1)
	edges := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) digraph.Edge {
		return digraph.Edge{From: node.Draw(t, "from"), To: node.Draw(t, "to")}
	}), 0, 24).Draw(t, "edges")
	edges = slices.DeleteFunc(edges, func(e digraph.Edge) bool { return e.From == e.To })
	oracle := simple.NewDirectedGraph()
	for i := range n {
		oracle.AddNode(simple.Node(i))
	}
	for _, e := range edges {
		oracle.SetEdge(simple.Edge{F: simple.Node(e.From), T: simple.Node(e.To)})
	}
	return digraph.New(n, edges), oracle
}

func ints(nodes []graph.Node) []int {
	out := make([]int, len(nodes))
	for i, n := range nodes {
		out[i] = int(n.ID())
	}
	return out
}

func TestGraphIsTheEdges(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		g, oracle := drawn(t)
		require.Equal(t, oracle.Nodes().Len(), g.Len())
		require.Equal(t, oracle.Edges().Len(), g.Size())
		for _, e := range g.Edges() {
			require.True(t, oracle.HasEdgeFromTo(int64(e.From), int64(e.To)))
			require.True(t, g.Has(e.From, e.To))
			require.True(t, g.Reverse().Has(e.To, e.From))
			require.Equal(t, g, g.Reverse().Reverse())
			require.False(t, g.Without(e).Has(e.From, e.To))
			require.Equal(t, g.Size()-1, g.Without(e).Size())
		}
		require.True(t, slices.IsSortedFunc(g.Edges(), digraph.Edge.Compare))
		shuffled := rapid.Permutation(g.Edges()).Draw(t, "another order")
		require.Equal(t, g, digraph.New(g.Len(), append(shuffled, g.Edges()...)))
	})
}

func TestComponents(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		g, oracle := drawn(t)
		var want [][]int
		for _, c := range topo.TarjanSCC(oracle) {
			if len(c) > 1 {
				nodes := ints(c)
				slices.Sort(nodes)
				want = append(want, nodes)
			}
		}
		slices.SortFunc(want, slices.Compare)
		require.Equal(t, want, g.Components())
	})
}

func TestSelfLoopIsAComponentAndACycle(t *testing.T) {
	g := digraph.New(3, []digraph.Edge{{From: 0, To: 1}, {From: 1, To: 1}, {From: 1, To: 2}})
	require.Equal(t, [][]int{{1}}, g.Components())
	require.Equal(t, []int{1}, g.Cycle([]int{1}))
}

func TestShortestCycle(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		g, oracle := drawn(t)
		all := topo.DirectedCyclesIn(oracle)
		for _, component := range g.Components() {
			cycle := g.Cycle(component)
			shortest := math.MaxInt
			for _, c := range all {
				if slices.Contains(component, int(c[0].ID())) {
					shortest = min(shortest, len(c)-1) // the oracle repeats the first node
				}
			}
			require.Len(t, cycle, shortest)
			require.Equal(t, slices.Min(cycle), cycle[0])
			for _, e := range digraph.Hops(cycle) {
				require.True(t, g.Has(e.From, e.To))
				require.Contains(t, component, e.From)
			}
		}
	})
}

func TestPaths(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		g, oracle := drawn(t)
		all := path.DijkstraAllPaths(oracle)
		for from := range g.Len() {
			reachable := g.Reachable(from)
			for to := range g.Len() {
				ways, length := all.AllBetween(int64(from), int64(to))
				require.Equal(t, !math.IsInf(length, 1), reachable[to])
				var want [][]int
				for _, w := range ways {
					want = append(want, ints(w))
				}
				slices.SortFunc(want, slices.Compare)
				got, more := g.Paths(from, to, 1000)
				require.Equal(t, want, got)
				require.False(t, more)
				if len(want) == 0 {
					require.Nil(t, g.Path(from, to))
					continue
				}
				require.Equal(t, want[0], g.Path(from, to))
				got, more = g.Paths(from, to, len(want)-1)
				require.Len(t, got, len(want)-1)
				require.True(t, more, "a way was left out")
			}
		}
	})
}

func TestWalkIsBreadthFirst(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		g, _ := drawn(t)
		reached := g.Reachable(0)
		last := 0
		g.Walker().Walk([]int{0}, func(node, before int) bool {
			require.True(t, reached[node])
			reached[node] = false
			length := len(g.Path(0, node))
			require.GreaterOrEqual(t, length, last)
			last = length
			if before >= 0 {
				require.Len(t, g.Path(0, before), length-1)
			}
			return true
		})
		require.NotContains(t, reached, true, "every node is visited, once")
	})
}

func TestWalkGoesThroughSomeNodesOnly(t *testing.T) {
	g := digraph.New(4, []digraph.Edge{{From: 0, To: 1}, {From: 1, To: 2}, {From: 0, To: 3}})
	var seen []int
	g.Walker().Walk([]int{0}, func(node, _ int) bool {
		seen = append(seen, node)
		return node != 1
	})
	require.Equal(t, []int{0, 1, 3}, seen)
}

func TestCut(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		g, oracle := drawn(t)
		for _, e := range g.Edges() {
			oracle.RemoveEdge(int64(e.From), int64(e.To))
			var want []digraph.Edge
			for from := range g.Len() {
				for to := range g.Len() {
					if from != to && g.Reachable(from)[to] && !topo.PathExistsIn(oracle, simple.Node(from), simple.Node(to)) {
						want = append(want, digraph.Edge{From: from, To: to})
					}
				}
			}
			oracle.SetEdge(simple.Edge{F: simple.Node(e.From), T: simple.Node(e.To)})
			got, more := g.Cut(e, 1000)
			require.Equal(t, want, got)
			require.False(t, more)
			if len(want) > 0 {
				got, more = g.Cut(e, len(want)-1)
				require.Len(t, got, len(want)-1)
				require.True(t, more)
			}
		}
	})
}

func TestWeakest(t *testing.T) {
	edges := []digraph.Edge{{From: 2, To: 0}, {From: 1, To: 2}, {From: 0, To: 1}}
	require.Equal(t, digraph.Edge{From: 1, To: 2},
		digraph.Weakest(edges, func(e digraph.Edge) int { return []int{5, 1, 1}[e.From] }), "of equal ones the first in order")
}

// TestLongChain holds the graph to its promise that nothing recurses: a circle of a million nodes.
func TestLongChain(t *testing.T) {
	const n = 1_000_000
	edges := make([]digraph.Edge, n)
	for i := range edges {
		edges[i] = digraph.Edge{From: i, To: (i + 1) % n}
	}
	g := digraph.New(n, edges)
	components := g.Components()
	require.Len(t, components, 1)
	require.Len(t, components[0], n)
	cycle := g.Cycle(components[0])
	require.Len(t, cycle, n)
	require.Equal(t, 0, cycle[0])
	require.Len(t, g.Path(0, n-1), n)
}
