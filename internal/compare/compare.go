// Package compare sets the declared architecture against the evidence: the reflexion comparison of
// G. C. Murphy, D. Notkin, K. Sullivan (FSE 1995). It says what is so, never whether that is bad.
package compare

import (
	"cmp"
	"slices"
	"strings"

	"github.com/asbuilt/asbuilt/pkg/arch"
	"github.com/asbuilt/asbuilt/pkg/evidence"
	"github.com/asbuilt/asbuilt/pkg/reflexion"
)

// How an observer's tests count: the values of observe.tests.
const (
	TestsLabel   = "label"
	TestsIgnore  = "ignore"
	TestsEnforce = "enforce"
)

// Scoped returns a graph as one observer's `tests` setting wants it judged: edges of tests left out
// ("ignore"), counted as code ("enforce"), or labelled as they are.
func Scoped(g evidence.Graph, tests string) evidence.Graph {
	if tests != TestsIgnore && tests != TestsEnforce {
		return g
	}
	edges := make([]evidence.Edge, 0, len(g.Edges))
	for _, e := range g.Edges {
		if e.Scope == evidence.Test {
			if tests == TestsIgnore {
				continue
			}
			e.Scope = evidence.Code
		}
		edges = append(edges, e)
	}
	g.Edges = evidence.MergeEdges(edges)
	return g
}

// Reflexion compares a model with the evidence.
func Reflexion(m *arch.Model, g evidence.Graph) *reflexion.Result {
	c := newComparison(m, g)
	result := &reflexion.Result{
		Owners:     map[string]string{},
		Gaps:       g.Gaps,
		Empty:      emptyClaims(c.claims, g.Nodes),
		Ambiguous:  c.ambiguous,
		Unassigned: unassigned(g.Nodes, func(i int) bool { return c.owner[i] != nil }),
	}
	for i, e := range c.owner {
		if e != nil {
			result.Owners[g.Nodes[i].ID] = e.Address
		}
	}
	arrows := newArrows(m)
	for _, imp := range c.imports() {
		arrows.add(imp, c.judge(imp.from, imp.to))
	}
	result.Arrows = arrows.finish(c)
	return result
}

// comparison is the evidence by index, with the owner of each node.
type comparison struct {
	model       *arch.Model
	graph       evidence.Graph
	claims      *claims
	index       map[string]int32
	owner       []*arch.Element // by node
	testSupport []bool          // by node
	out         [][]int32       // by node: indices of the judged edges that leave it, code before test
	ambiguous   []reflexion.Ambiguous
	verdicts    map[[2]*arch.Element]judgement
	reach       map[*arch.Element]map[string]bool // what declared edges imply, by source
}

func newComparison(m *arch.Model, g evidence.Graph) *comparison {
	c := &comparison{
		model: m, graph: g, claims: newClaims(m),
		index:       make(map[string]int32, len(g.Nodes)),
		owner:       make([]*arch.Element, len(g.Nodes)),
		testSupport: make([]bool, len(g.Nodes)),
		out:         make([][]int32, len(g.Nodes)),
		verdicts:    map[[2]*arch.Element]judgement{},
		reach:       map[*arch.Element]map[string]bool{},
	}
	for i, n := range g.Nodes {
		c.index[n.ID] = int32(i)
		c.assign(i, n)
	}
	for _, scope := range []evidence.Scope{evidence.Code, evidence.Test} {
		for i, e := range g.Edges {
			if e.Scope == scope && e.Kind == evidence.KindImport {
				from := c.index[e.From]
				c.out[from] = append(c.out[from], int32(i))
			}
		}
	}
	return c
}

// assign gives a node to the element whose pattern claims it most strongly.
func (c *comparison) assign(i int, n evidence.Node) {
	best := c.claims.own(n)
	if len(best) == 0 {
		return
	}
	c.owner[i], c.testSupport[i] = best[0].element, best[0].testSupport
	for _, other := range best[1:] {
		if other.element == best[0].element {
			c.testSupport[i] = c.testSupport[i] || other.testSupport // listed twice: the narrower word holds
			continue
		}
		amb := reflexion.Ambiguous{Package: n.ID}
		for _, cl := range best {
			amb.Claims = append(amb.Claims, reflexion.Claim{Element: cl.element.Address, Pattern: cl.pattern})
		}
		slices.SortFunc(amb.Claims, func(a, b reflexion.Claim) int {
			return cmp.Or(strings.Compare(a.Element, b.Element), strings.Compare(a.Pattern.Text, b.Pattern.Text))
		})
		c.ambiguous = append(c.ambiguous, amb)
		return
	}
}

// pair is an import between packages of two elements.
type pair struct {
	from, to *arch.Element
	reflexion.Import
}

// imports lists the uses between packages of different elements: direct ones, and those that lead
// through packages nobody owns, so that an unowned folder launders nothing.
func (c *comparison) imports() []pair {
	var out []pair
	w := newWalker(c)
	for i := range c.graph.Nodes {
		from := c.owner[i]
		if from == nil {
			continue
		}
		for _, step := range w.from(int32(i)) {
			to := c.owner[step.node]
			if c.model.Related(from.Address, to.Address) {
				continue
			}
			imp := reflexion.Import{From: c.graph.Nodes[i].ID, To: c.graph.Nodes[step.node].ID, Hops: w.hops(step)}
			imp.Scope = imp.Hops[0].Scope
			if c.testSupport[i] {
				imp.Scope = evidence.Test
			}
			imp.Variants = conjunction(imp.Hops)
			out = append(out, pair{from, to, imp})
		}
	}
	slices.SortFunc(out, func(a, b pair) int {
		return cmp.Or(strings.Compare(a.Import.From, b.Import.From), strings.Compare(a.Import.To, b.Import.To))
	})
	return out
}

// conjunction is when all hops exist: nothing when each is unconditional.
func conjunction(hops []evidence.Edge) []string {
	conditions := []string{}
	for _, h := range hops {
		if len(h.Variants) == 0 {
			continue
		}
		if len(conditions) == 0 {
			conditions = h.Variants
			continue
		}
		var both []string
		for _, a := range conditions {
			for _, b := range h.Variants {
				both = append(both, and(a, b))
			}
		}
		slices.Sort(both)
		conditions = slices.Compact(both)
	}
	return conditions
}

func and(a, b string) string {
	if a == b {
		return a
	}
	return parenthesized(a) + " && " + parenthesized(b)
}

func parenthesized(s string) string {
	if strings.Contains(s, "||") {
		return "(" + s + ")"
	}
	return s
}

// walker finds, from one owned package, the owned packages that it uses.
type walker struct {
	c     *comparison
	seen  []int32 // by node: the round in which it was reached
	round int32
	queue []step
}

// step is a node that was reached, by which edge from which earlier step.
type step struct {
	node, edge int32
	before     int // index in the queue, -1 at the start
}

func newWalker(c *comparison) *walker {
	return &walker{c: c, seen: make([]int32, len(c.graph.Nodes))}
}

// from lists the owned packages that a package imports directly or through unowned ones, each by a
// shortest way. Tests count on the first hop only: nobody imports a package's tests.
func (w *walker) from(start int32) []step {
	w.round++
	w.queue = w.queue[:0]
	w.seen[start] = w.round
	var found []step
	visit := func(node int32, before int, tests bool) {
		for _, e := range w.c.out[node] {
			edge := &w.c.graph.Edges[e]
			if edge.Scope == evidence.Test && !tests {
				continue
			}
			to := w.c.index[edge.To]
			if w.seen[to] == w.round {
				continue
			}
			w.seen[to] = w.round
			s := step{to, e, before}
			if w.c.owner[to] != nil {
				found = append(found, s)
			} else {
				w.queue = append(w.queue, s)
			}
		}
	}
	visit(start, -1, true)
	for i := 0; i < len(w.queue); i++ {
		visit(w.queue[i].node, i, false)
	}
	return found
}

// hops is the way to a step that from found in this round.
func (w *walker) hops(s step) []evidence.Edge {
	var out []evidence.Edge
	for {
		out = append(out, w.c.graph.Edges[s.edge])
		if s.before < 0 {
			slices.Reverse(out)
			return out
		}
		s = w.queue[s.before]
	}
}
