package answer

import (
	"cmp"
	"slices"
	"strings"

	"github.com/asbuilt/asbuilt/internal/builds"
	"github.com/asbuilt/asbuilt/internal/digraph"
	"github.com/asbuilt/asbuilt/pkg/arch"
	"github.com/asbuilt/asbuilt/pkg/evidence"
	"github.com/asbuilt/asbuilt/pkg/reflexion"
	"github.com/asbuilt/asbuilt/pkg/source"
)

// mostPaths bounds the shortest ways that are listed, mostCut the pairs of elements that a cut names.
const (
	mostPaths = 20
	mostCut   = 1000
)

// Why says whether and how one thing uses another.
type Why struct {
	From      string        `json:"from"`
	To        string        `json:"to"`
	Declared  bool          `json:"declared"` // an edge covers the use
	By        []Declaration `json:"by"`       // which edges
	Breaks    []Breach      `json:"breaks"`   // the rules that uses between the two break, declared ones included
	Verdicts  []Verdict     `json:"verdicts"` // what the check says of direct uses between the two
	Paths     [][]Hop       `json:"paths"`    // all shortest observed ways
	MorePaths bool          `json:"more_paths,omitempty"`
	Weakest   *Weakest      `json:"weakest"` // null when nothing was observed
}

// Declaration is an edge that covers a use.
type Declaration struct {
	From string       `json:"from"`
	To   string       `json:"to"`
	Kind string       `json:"kind,omitempty"`
	At   source.Range `json:"at"`
}

// Breach is a rule that a use breaks.
type Breach struct {
	Rule    string       `json:"rule"` // rule.NAME, or the id of a built-in one
	Message string       `json:"message"`
	At      source.Range `json:"at"` // where the use is declared, else what it breaks
}

// Verdict is one arrow of the comparison.
type Verdict struct {
	From    string `json:"from"`
	To      string `json:"to"`
	Verdict string `json:"verdict"`
	Reason  string `json:"reason"`
	Imports int    `json:"imports"` // pairs of packages
}

// Hop is one step of a way.
type Hop struct {
	From      string             `json:"from"`
	To        string             `json:"to"`
	Kind      string             `json:"kind"`
	Variants  []string           `json:"variants,omitempty"`
	Witnesses []evidence.Witness `json:"witnesses"`
}

// Weakest is the step whose removal costs least: it lies on a shortest way and, where there is one, on all of
// them; then the one with the fewest witnesses.
type Weakest struct {
	Hop
	Separates bool   `json:"separates"` // without it the one does not reach the other any more
	Cuts      []Pair `json:"cuts"`      // the pairs of elements that only ways over it connect
	More      bool   `json:"more_cuts,omitempty"`
}

// Pair is two elements.
type Pair struct {
	From string `json:"from"`
	To   string `json:"to"`
}

// Explain answers why from uses to.
func Explain(in Input, from, to Thing) Why {
	w := Why{From: from.Name, To: to.Name, By: declarations(in.Model, from, to), Breaks: breaches(in, from, to), Verdicts: verdicts(in, from, to), Paths: [][]Hop{}}
	w.Declared = len(w.By) > 0
	n := newNodes(in)
	paths, more := n.between(n.of(from), n.of(to))
	w.MorePaths = more
	for _, p := range paths {
		w.Paths = append(w.Paths, n.hops(p))
	}
	if len(paths) > 0 {
		w.Weakest = n.weakest(paths, n.of(from), n.of(to))
	}
	return w
}

// declarations lists the edges that cover uses from one thing to the other, or between parts of them.
func declarations(m *arch.Model, from, to Thing) []Declaration {
	out := []Declaration{}
	if from.Element == "" || to.Element == "" || m.Related(from.Element, to.Element) {
		return out
	}
	covers := func(t Thing, end string) bool {
		return m.Within(t.Element, end) || !t.isNode && m.Within(end, t.Element)
	}
	for _, e := range m.Edges {
		if covers(from, e.From) && covers(to, e.To) {
			out = append(out, Declaration{e.From, e.To, string(e.Kind), e.At})
		}
	}
	return out
}

// breaches lists the rules that uses from one thing to the other break, each with its first place.
func breaches(in Input, from, to Thing) []Breach {
	out := []Breach{}
	touches := func(t Thing, element, node string) bool {
		return t.isNode && node == t.Name || !t.isNode && element != "" && in.Model.Within(element, t.Element)
	}
	for _, f := range in.Broken {
		ends := f.Between
		if ends == nil || !touches(from, ends.From, f.Subject.From) || !touches(to, ends.To, f.Subject.To) {
			continue
		}
		b := Breach{cmp.Or(f.By, f.Rule), f.Message, f.At}
		if !slices.ContainsFunc(out, func(o Breach) bool { return o.Rule == b.Rule }) {
			out = append(out, b)
		}
	}
	return out
}

// verdicts lists what the comparison says of direct uses between two things.
func verdicts(in Input, from, to Thing) []Verdict {
	out := []Verdict{}
	touches := func(t Thing, element, node string) bool {
		if t.isNode {
			return node == t.Name
		}
		return in.Model.Within(element, t.Element)
	}
	for _, a := range in.Result.Arrows {
		count := 0
		for _, imp := range a.Imports {
			if touches(from, in.Result.Owners[imp.From], imp.From) && touches(to, in.Result.Owners[imp.To], imp.To) {
				count++
			}
		}
		unseen := len(a.Imports) == 0 && !from.isNode && !to.isNode && in.Model.Within(a.From, from.Element) && in.Model.Within(a.To, to.Element)
		if count > 0 || unseen {
			out = append(out, Verdict{a.From, a.To, string(a.Verdict), string(a.Reason), count})
		}
	}
	slices.SortStableFunc(out, func(a, b Verdict) int {
		return cmp.Or(strings.Compare(a.From, b.From), strings.Compare(a.To, b.To), strings.Compare(a.Verdict, b.Verdict))
	})
	return out
}

// between lists the shortest ways from one of some nodes to one of others.
func (n *nodes) between(from, to []int) (paths [][]int, more bool) {
	if len(from) == 0 || len(to) == 0 {
		return nil, false
	}
	start, end := n.graph.Len(), n.graph.Len()+1
	paths, more = n.joined(from, to).Paths(start, end, mostPaths)
	for i, p := range paths {
		paths[i] = p[1 : len(p)-1]
	}
	return slices.DeleteFunc(paths, func(p []int) bool { return len(p) < 2 }), more
}

// joined is the graph with a node that leads to all of some nodes, and one that all of others lead to.
func (n *nodes) joined(from, to []int) *digraph.Graph {
	start, end := n.graph.Len(), n.graph.Len()+1
	edges := n.graph.Edges()
	for _, i := range from {
		edges = append(edges, digraph.Edge{From: start, To: i})
	}
	for _, i := range to {
		edges = append(edges, digraph.Edge{From: i, To: end})
	}
	return digraph.New(n.graph.Len()+2, edges)
}

func (n *nodes) hops(p []int) []Hop {
	var out []Hop
	for i := 1; i < len(p); i++ {
		out = append(out, n.hop(digraph.Edge{From: p[i-1], To: p[i]}))
	}
	return out
}

func (n *nodes) hop(e digraph.Edge) Hop {
	seen := n.edges[e]
	return Hop{seen.From, seen.To, seen.Kind, builds.Any(seen.Variants), seen.Witnesses}
}

// weakest finds the step to remove among those on shortest ways.
func (n *nodes) weakest(paths [][]int, from, to []int) *Weakest {
	on := map[digraph.Edge]int{} // step → how many shortest ways lead over it
	for _, p := range paths {
		for i := 1; i < len(p); i++ {
			on[digraph.Edge{From: p[i-1], To: p[i]}]++
		}
	}
	var steps []digraph.Edge
	for e := range on {
		steps = append(steps, e)
	}
	slices.SortFunc(steps, digraph.Edge.Compare)
	joined := n.joined(from, to)
	separates := map[digraph.Edge]bool{}
	for _, e := range steps {
		if on[e] == len(paths) { // else another shortest way remains
			separates[e] = joined.Without(e).Path(n.graph.Len(), n.graph.Len()+1) == nil
		}
	}
	best := digraph.Weakest(steps, func(e digraph.Edge) int {
		w := 2 * len(n.edges[e].Witnesses)
		if !separates[e] {
			w += 1 << 30 // first of all it should separate the two
		}
		if on[e] < len(paths) {
			w++
		}
		return w
	})
	w := &Weakest{Hop: n.hop(best), Separates: separates[best]}
	w.Cuts, w.More = n.cuts(best)
	return w
}

// cuts names the pairs of elements between which nothing is left when a step is removed.
func (n *nodes) cuts(e digraph.Edge) (pairs []Pair, more bool) {
	lost, more := n.graph.Cut(e, mostCut)
	seen := map[Pair]bool{}
	for _, p := range lost {
		pair := Pair{n.Result.Owners[n.Graph.Nodes[p.From].ID], n.Result.Owners[n.Graph.Nodes[p.To].ID]}
		if pair.From == "" || pair.To == "" || n.Model.Related(pair.From, pair.To) {
			continue
		}
		seen[pair] = true
	}
	still := n.elementReach(e, seen)
	pairs = []Pair{}
	for pair := range seen {
		if !still[pair] {
			pairs = append(pairs, pair)
		}
	}
	slices.SortFunc(pairs, func(a, b Pair) int { return cmp.Or(strings.Compare(a.From, b.From), strings.Compare(a.To, b.To)) })
	return pairs, more
}

// elementReach tells which of some pairs of elements are connected by other packages of theirs without a step.
func (n *nodes) elementReach(without digraph.Edge, pairs map[Pair]bool) map[Pair]bool {
	rest := n.graph.Without(without)
	reach := map[string]map[string]bool{}
	still := map[Pair]bool{}
	for pair := range pairs {
		if reach[pair.From] == nil {
			reached := map[string]bool{}
			for i, ok := range rest.Reachable(n.owned(pair.From)...) {
				if ok {
					reached[n.Result.Owners[n.Graph.Nodes[i].ID]] = true
				}
			}
			reach[pair.From] = reached
		}
		still[pair] = reach[pair.From][pair.To]
	}
	return still
}

// owned lists the nodes that an element owns itself.
func (n *nodes) owned(element string) []int {
	var out []int
	for i, node := range n.Graph.Nodes {
		if n.Result.Owners[node.ID] == element {
			out = append(out, i)
		}
	}
	return out
}

// Direct reports whether the first of two things uses the second itself, in the code.
func (w Why) Direct() bool {
	return slices.ContainsFunc(w.Paths, func(p []Hop) bool { return len(p) == 1 })
}

// Agrees reports whether everything that was observed between the two is allowed.
func (w Why) Agrees() bool {
	return !slices.ContainsFunc(w.Verdicts, func(v Verdict) bool { return v.Verdict == string(reflexion.Divergence) })
}
