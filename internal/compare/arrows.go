package compare

import (
	"cmp"
	"slices"
	"strings"

	"github.com/asbuilt/asbuilt/internal/builds"
	"github.com/asbuilt/asbuilt/pkg/arch"
	"github.com/asbuilt/asbuilt/pkg/evidence"
	"github.com/asbuilt/asbuilt/pkg/reflexion"
)

// judgement is what the declaration says about uses of one kind between two elements.
type judgement struct {
	edges  []*arch.Edge // the most specific ones that cover it; several only when they have the same ends
	reason reflexion.Reason
}

type useKey struct {
	from, to *arch.Element
	kind     kind
}

type reachKey struct {
	from *arch.Element
	kind kind
}

// judge looks for what allows x to use y. It depends on the two elements and the kind alone.
func (c *comparison) judge(x, y *arch.Element, k kind) judgement {
	k = meant(k, y)
	key := useKey{x, y, k}
	if j, ok := c.verdicts[key]; ok {
		return j
	}
	j := c.decide(x, y, k)
	c.verdicts[key] = j
	return j
}

// meant is what a call is to the one that is called: an observer of addresses sees only that something is
// connected to.
func meant(k kind, to *arch.Element) kind {
	switch {
	case k == calls && to.Type == arch.TypeDatastore:
		return data
	case k == calls && to.Type == arch.TypeQueue:
		return events
	}
	return k
}

func (c *comparison) decide(x, y *arch.Element, k kind) judgement {
	if edges := c.covering(x, y, k); len(edges) > 0 {
		return judgement{edges, reflexion.Declared}
	}
	switch {
	case c.model.IsRoot(x):
		return judgement{reason: reflexion.Root}
	case c.model.IsShared(y):
		return judgement{reason: reflexion.Shared}
	case c.model.Architecture.Edges == arch.EdgesOpen:
		return judgement{reason: reflexion.Open}
	case c.model.Architecture.Edges == arch.EdgesTransitive && c.implied(x, y, k):
		return judgement{reason: reflexion.Implied}
	}
	return judgement{reason: reflexion.Undeclared}
}

// covering returns the declared edges that cover a use of y by x and are the most specific.
func (c *comparison) covering(x, y *arch.Element, k kind) []*arch.Edge {
	var best []*arch.Edge
	for _, from := range c.around(x) { // nearest first: the first end that has an edge is the most specific
		for _, to := range c.around(y) {
			for _, e := range c.model.EdgesBetween(from.Address, to.Address) {
				if covers(e, to, k) {
					best = append(best, e)
				}
			}
			if len(best) == 0 && k == calls {
				best = c.callsOfAPIs(from, to)
			}
			if len(best) > 0 {
				return best
			}
		}
	}
	return nil
}

// callsOfAPIs returns the declared edges to what an element offers: whoever sees only that it is called
// cannot see which of its apis is.
func (c *comparison) callsOfAPIs(from, provider *arch.Element) []*arch.Edge {
	var out []*arch.Edge
	for _, api := range c.model.Children(provider.Address) {
		if api.Type != arch.TypeAPI {
			continue
		}
		for _, e := range c.model.EdgesBetween(from.Address, api.Address) {
			if covers(e, api, calls) {
				out = append(out, e)
			}
		}
	}
	return out
}

func (c *comparison) around(e *arch.Element) []*arch.Element {
	return append([]*arch.Element{e}, c.model.Ancestors(e)...)
}

// covers reports whether an edge to an element covers uses, of one kind, of what that element, or one inside
// it, owns. A call, an event or data never covers an import, but for the packages of an api, queue or
// datastore itself: its generated client.
func covers(e *arch.Edge, to *arch.Element, k kind) bool {
	own := e.Kind
	switch to.Type {
	case arch.TypeAPI:
		own = cmp.Or(own, arch.EdgeCall)
	case arch.TypeQueue:
		own = cmp.Or(own, arch.EdgeEvent)
	case arch.TypeDatastore:
		own = cmp.Or(own, arch.EdgeData)
	default:
		return own == arch.EdgePlain || own == k.declared()
	}
	return k == imports || own == k.declared()
}

// implied reports whether declared edges lead from x to y over several steps.
func (c *comparison) implied(x, y *arch.Element, k kind) bool {
	key := reachKey{x, k}
	reached, ok := c.reach[key]
	if !ok {
		reached = c.reachable(x, k)
		c.reach[key] = reached
	}
	for _, e := range c.around(y) {
		if reached[e.Address] {
			return true
		}
	}
	return false
}

func (c *comparison) reachable(x *arch.Element, k kind) map[string]bool {
	reached := map[string]bool{}
	visited := map[string]bool{}
	queue := c.around(x)
	for len(queue) > 0 {
		e := queue[0]
		queue = queue[1:]
		if visited[e.Address] {
			continue
		}
		visited[e.Address] = true
		for _, edge := range c.model.EdgesFrom(e.Address) {
			to := c.model.Element(edge.To)
			if to == nil || !covers(edge, to, k) {
				continue
			}
			reached[to.Address] = true
			queue = append(append(queue, c.around(to)...), c.model.Descendants(to.Address)...)
		}
	}
	return reached
}

// arrows gathers uses by what they witness.
type arrows struct {
	model     *arch.Model
	observers int
	seen      map[*arch.Edge]*arrow
	other     map[arrowKey]*arrow
}

type arrowKey struct {
	from, to string
	reason   reflexion.Reason
}

// arrow is one that is still growing.
type arrow struct {
	reflexion.Arrow
	sights []sight // by observation
}

// sight is what an observation shows of an arrow.
type sight uint8

const (
	nothing sight = iota
	allowed       // it may be: nothing about whether it is
	hinted
	shown
)

func sightOf(g evidence.Grade) sight {
	switch {
	case g.ShowsUse():
		return shown
	case g == evidence.Weak:
		return hinted
	}
	return allowed
}

func newArrows(m *arch.Model, observers int) *arrows {
	return &arrows{m, observers, map[*arch.Edge]*arrow{}, map[arrowKey]*arrow{}}
}

// add takes in what an observation saw.
func (a *arrows) add(p pair, observation int, j judgement) {
	if len(j.edges) == 0 {
		key := arrowKey{p.from.Address, p.to.Address, j.reason}
		grow(a, a.other, key, reflexion.Arrow{From: key.from, To: key.to, Reason: j.reason}).add(p.Import, observation)
		return
	}
	for _, e := range j.edges {
		grow(a, a.seen, e, reflexion.Arrow{From: e.From, To: e.To, Edge: e, Reason: reflexion.Declared}).add(p.Import, observation)
	}
}

func grow[K comparable](a *arrows, in map[K]*arrow, key K, fresh reflexion.Arrow) *arrow {
	out := in[key]
	if out == nil {
		out = &arrow{fresh, make([]sight, a.observers)}
		in[key] = out
	}
	return out
}

func (a *arrow) add(imp reflexion.Import, observation int) {
	a.sights[observation] = max(a.sights[observation], sightOf(imp.Grade))
	a.Imports = append(a.Imports, imp)
}

// finish gives every arrow its verdict, adds the declared edges that nothing witnesses, and sorts.
func (a *arrows) finish(c *comparison) []reflexion.Arrow {
	var out []reflexion.Arrow
	for _, e := range a.model.Edges {
		declared := grow(a, a.seen, e, reflexion.Arrow{From: e.From, To: e.To, Edge: e, Reason: reflexion.Declared})
		c.judgeDeclared(declared)
		out = append(out, declared.Arrow)
	}
	for _, arrow := range a.other {
		c.judgeUndeclared(arrow)
		out = append(out, arrow.Arrow)
	}
	for i := range out {
		out[i].Imports = joined(out[i].Imports)
		summarize(&out[i])
	}
	slices.SortStableFunc(out, func(x, y reflexion.Arrow) int {
		d := cmp.Or(strings.Compare(x.From, y.From), strings.Compare(x.To, y.To), strings.Compare(string(x.Reason), string(y.Reason)))
		if d == 0 && x.Edge != nil && y.Edge != nil {
			d = arch.CompareEdges(x.Edge, y.Edge)
		}
		return d
	})
	return out
}

// joined sorts imports and joins what several observers, or several ways, say of one pair of nodes and kind:
// the strongest evidence stays, and it is in tests alone, or under a condition alone, only where all are.
func joined(list []reflexion.Import) []reflexion.Import {
	slices.SortStableFunc(list, func(a, b reflexion.Import) int {
		return cmp.Or(comparePairs(a, b), cmp.Compare(b.Grade.Rank(), a.Grade.Rank()))
	})
	out := list[:0]
	for _, imp := range list {
		n := len(out) - 1
		if n < 0 || comparePairs(out[n], imp) != 0 {
			out = append(out, imp)
			continue
		}
		first := &out[n]
		switch {
		case !imp.Grade.ShowsUse():
		case imp.Scope == evidence.Code && first.Scope == evidence.Test:
			first.Scope, first.Variants = imp.Scope, imp.Variants
		case imp.Scope == first.Scope && len(imp.Variants) == 0:
			first.Variants = imp.Variants
		}
	}
	return slices.Clone(out) // without the room that growing left: a large code base has a million of them
}

func comparePairs(a, b reflexion.Import) int {
	return cmp.Or(strings.Compare(a.From, b.From), strings.Compare(a.To, b.To), strings.Compare(a.Kind, b.Kind))
}

// summarize sets an arrow's scope and variants from its imports.
func summarize(a *reflexion.Arrow) {
	if len(a.Imports) == 0 {
		return
	}
	a.Scope = evidence.Test
	for _, imp := range a.Imports {
		if imp.Scope == evidence.Code {
			a.Scope = evidence.Code
		}
	}
	var variants [][]string
	for _, imp := range a.Imports {
		if imp.Scope != a.Scope {
			continue
		}
		if len(imp.Variants) == 0 {
			return // one that always exists is enough
		}
		variants = append(variants, imp.Variants)
	}
	a.Variants = builds.Any(variants...)
}
