package compare

import (
	"cmp"
	"iter"
	"slices"
	"strings"

	"github.com/asbuilt/asbuilt/pkg/arch"
	"github.com/asbuilt/asbuilt/pkg/evidence"
	"github.com/asbuilt/asbuilt/pkg/reflexion"
)

// observation is one observer's graph by index, with the owner of each node.
type observation struct {
	*comparison
	graph       *evidence.Graph
	number      int             // among the observations
	owner       []*arch.Element // by node
	testSupport []bool          // by node
	out         [][]int32       // by node: indices of the judged edges that leave it, code before test
	to          []int32         // by edge: the node it leads to
	class       []class         // by edge
	ambiguous   []reflexion.Ambiguous
	unread      map[*arch.Element]bool // elements that own, directly or inside, what was excluded or is missing
	proves      [kinds]bool            // by kind: that no edge of it is here means that there is none
}

func (c *comparison) observe(g *evidence.Graph, number int) *observation {
	o := &observation{
		comparison: c, graph: g, number: number,
		owner:       make([]*arch.Element, len(g.Nodes)),
		testSupport: make([]bool, len(g.Nodes)),
		out:         make([][]int32, len(g.Nodes)),
		to:          make([]int32, len(g.Edges)),
		class:       make([]class, len(g.Edges)),
		unread:      map[*arch.Element]bool{},
	}
	index := make(map[string]int32, len(g.Nodes))
	for i, n := range g.Nodes {
		index[n.ID] = int32(i)
		o.assign(i, n)
	}
	for k := range o.proves {
		o.proves[k] = slices.Contains(g.Kinds, kind(k).String())
	}
	for _, scope := range []evidence.Scope{evidence.Code, evidence.Test} {
		for i := range g.Edges {
			e := &g.Edges[i]
			if e.Scope != scope {
				continue
			}
			k, ok := kindOf(e.Kind)
			if !ok {
				continue
			}
			from := index[e.From]
			o.out[from] = append(o.out[from], int32(i))
			o.to[i] = index[e.To]
			o.class[i] = classOf(k, e.Grade)
			if e.Grade == evidence.Observed {
				o.proves[k] = false // what happened while somebody looked is never all that can happen
			}
		}
	}
	o.compiled()
	return o
}

// compiled takes the mark of test support from what is built into a program: a program itself, and what code without
// the mark imports. So the mark hides nothing but what tests alone import.
func (o *observation) compiled() {
	var next []int32
	for n := range o.graph.Nodes {
		if !o.testSupport[n] || o.graph.Nodes[n].Main {
			o.testSupport[n] = false
			next = append(next, int32(n))
		}
	}
	for len(next) > 0 {
		n := next[len(next)-1]
		next = next[:len(next)-1]
		for _, e := range o.out[n] {
			if to := o.to[e]; o.testSupport[to] && o.graph.Edges[e].Scope == evidence.Code {
				o.testSupport[to] = false
				next = append(next, to)
			}
		}
	}
}

// assign gives a node to the element whose pattern claims it most strongly.
func (o *observation) assign(i int, n evidence.Node) {
	best := o.claims.own(n)
	if len(best) == 0 {
		return
	}
	o.owner[i], o.testSupport[i] = best[0].element, best[0].testSupport
	if n.Kind == evidence.Unread {
		for _, e := range o.around(best[0].element) {
			o.unread[e] = true
		}
	}
	for _, other := range best[1:] {
		if other.element == best[0].element {
			o.testSupport[i] = o.testSupport[i] || other.testSupport // listed twice: the narrower word holds
			continue
		}
		amb := reflexion.Ambiguous{Package: n.ID}
		for _, cl := range best {
			amb.Claims = append(amb.Claims, reflexion.Claim{Element: cl.element.Address, Pattern: cl.pattern})
		}
		slices.SortFunc(amb.Claims, func(a, b reflexion.Claim) int {
			return cmp.Or(strings.Compare(a.Element, b.Element), strings.Compare(a.Pattern.Text, b.Pattern.Text))
		})
		o.ambiguous = append(o.ambiguous, amb)
		return
	}
}

// pairs are the uses between nodes of different elements: direct ones, and those that lead through nodes
// nobody owns, so that an unowned folder launders nothing.
func (o *observation) pairs() iter.Seq[pair] {
	w := newWalker(o)
	return func(yield func(pair) bool) {
		for i, from := range o.owner {
			if from == nil {
				continue
			}
			for _, s := range w.from(int32(i)) {
				to := o.owner[s.node]
				if o.model.Related(from.Address, to.Address) {
					continue
				}
				if !yield(pair{from, to, s.class.kind(), o.witnessed(int32(i), s, w.hops(s))}) {
					return
				}
			}
		}
	}
}

// witnessed is a way from one owned node to another.
func (o *observation) witnessed(from int32, s step, hops []evidence.Edge) reflexion.Import {
	scope := hops[0].Scope
	if o.testSupport[from] {
		scope = evidence.Test
	}
	return reflexion.Import{
		From: o.graph.Nodes[from].ID, To: o.graph.Nodes[s.node].ID,
		Observer: o.graph.Observer, Kind: s.class.kind().String(), Grade: weakest(hops),
		Scope: scope, Variants: conjunction(hops), Hops: hops,
	}
}

func weakest(hops []evidence.Edge) evidence.Grade {
	grade := hops[0].Grade
	for _, h := range hops[1:] {
		if h.Grade.Rank() < grade.Rank() {
			grade = h.Grade
		}
	}
	return grade
}
