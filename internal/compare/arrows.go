package compare

import (
	"cmp"
	"slices"
	"strings"

	"github.com/asbuilt/asbuilt/pkg/arch"
	"github.com/asbuilt/asbuilt/pkg/evidence"
	"github.com/asbuilt/asbuilt/pkg/reflexion"
)

// judgement is what the declaration says about imports between two elements.
type judgement struct {
	edges  []*arch.Edge // the most specific ones that cover it; several only when they have the same ends
	reason reflexion.Reason
}

// judge looks for what allows imports from x to y. It depends on the two elements alone.
func (c *comparison) judge(x, y *arch.Element) judgement {
	key := [2]*arch.Element{x, y}
	if j, ok := c.verdicts[key]; ok {
		return j
	}
	j := c.decide(x, y)
	c.verdicts[key] = j
	return j
}

func (c *comparison) decide(x, y *arch.Element) judgement {
	if edges := c.covering(x, y); len(edges) > 0 {
		return judgement{edges, reflexion.Declared}
	}
	switch {
	case c.model.IsRoot(x):
		return judgement{reason: reflexion.Root}
	case c.model.IsShared(y):
		return judgement{reason: reflexion.Shared}
	case c.model.Architecture.Edges == arch.EdgesOpen:
		return judgement{reason: reflexion.Open}
	case c.model.Architecture.Edges == arch.EdgesTransitive && c.implied(x, y):
		return judgement{reason: reflexion.Implied}
	}
	return judgement{reason: reflexion.Undeclared}
}

// covering returns the declared edges that cover imports from x to y and are the most specific.
func (c *comparison) covering(x, y *arch.Element) []*arch.Edge {
	var best []*arch.Edge
	froms := c.around(x)
	tos := c.around(y)
	for _, from := range froms { // nearest first: the first end that has an edge is the most specific
		for _, to := range tos {
			for _, e := range c.model.EdgesBetween(from.Address, to.Address) {
				if permitsImports(e, to) {
					best = append(best, e)
				}
			}
			if len(best) > 0 {
				return best
			}
		}
	}
	return nil
}

func (c *comparison) around(e *arch.Element) []*arch.Element {
	return append([]*arch.Element{e}, c.model.Ancestors(e)...)
}

// permitsImports reports whether an edge covers imports of packages that its target, or an element
// inside it, owns. A call, an event or data never does, but for the packages of an api, queue or
// datastore itself: its generated client.
func permitsImports(e *arch.Edge, to *arch.Element) bool {
	switch to.Type {
	case arch.TypeAPI, arch.TypeQueue, arch.TypeDatastore:
		return true
	}
	return e.Kind == arch.EdgePlain || e.Kind == arch.EdgeImport
}

// implied reports whether declared edges lead from x to y over several steps.
func (c *comparison) implied(x, y *arch.Element) bool {
	reached, ok := c.reach[x]
	if !ok {
		reached = c.reachable(x)
		c.reach[x] = reached
	}
	for _, e := range c.around(y) {
		if reached[e.Address] {
			return true
		}
	}
	return false
}

func (c *comparison) reachable(x *arch.Element) map[string]bool {
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
			if to == nil || !permitsImports(edge, to) {
				continue
			}
			reached[to.Address] = true
			queue = append(append(queue, c.around(to)...), c.model.Descendants(to.Address)...)
		}
	}
	return reached
}

// arrows gathers import pairs by what they witness.
type arrows struct {
	model *arch.Model
	seen  map[*arch.Edge]*reflexion.Arrow
	other map[arrowKey]*reflexion.Arrow
}

type arrowKey struct {
	from, to string
	reason   reflexion.Reason
}

func newArrows(m *arch.Model) *arrows {
	return &arrows{m, map[*arch.Edge]*reflexion.Arrow{}, map[arrowKey]*reflexion.Arrow{}}
}

func (a *arrows) add(p pair, j judgement) {
	if len(j.edges) == 0 {
		key := arrowKey{p.from.Address, p.to.Address, j.reason}
		arrow := a.other[key]
		if arrow == nil {
			arrow = &reflexion.Arrow{From: key.from, To: key.to, Reason: j.reason, Verdict: reflexion.Convergence}
			if j.reason == reflexion.Undeclared {
				arrow.Verdict = reflexion.Divergence
			}
			a.other[key] = arrow
		}
		arrow.Imports = append(arrow.Imports, p.Import)
		return
	}
	for _, e := range j.edges {
		arrow := a.seen[e]
		if arrow == nil {
			arrow = &reflexion.Arrow{From: e.From, To: e.To, Edge: e, Reason: reflexion.Declared, Verdict: reflexion.Convergence}
			a.seen[e] = arrow
		}
		arrow.Imports = append(arrow.Imports, p.Import)
	}
}

// finish adds the declared edges that nothing witnesses, and sorts.
func (a *arrows) finish(c *comparison) []reflexion.Arrow {
	var out []reflexion.Arrow
	for _, e := range a.model.Edges {
		if arrow := a.seen[e]; arrow != nil {
			out = append(out, *arrow)
			continue
		}
		out = append(out, reflexion.Arrow{From: e.From, To: e.To, Edge: e, Reason: reflexion.Declared, Verdict: c.unseen(e)})
	}
	for _, arrow := range a.other {
		out = append(out, *arrow)
	}
	for i := range out {
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
	for _, imp := range a.Imports {
		if imp.Scope != a.Scope {
			continue
		}
		if len(imp.Variants) == 0 {
			a.Variants = nil
			return
		}
		a.Variants = append(a.Variants, imp.Variants...)
	}
	slices.Sort(a.Variants)
	a.Variants = slices.Compact(a.Variants)
}

// worlds in which a binding can be observed at all.
var boundWorlds = [...]string{"compose", "kubernetes", "otel"}

// unseen judges a declared edge without a witness. It is absent only when an observer of imports could
// have seen it, read everything, and no other world could show it.
func (c *comparison) unseen(e *arch.Edge) reflexion.Verdict {
	from, to := c.model.Element(e.From), c.model.Element(e.To)
	switch {
	case from == nil || to == nil, c.model.Related(e.From, e.To):
		return reflexion.Unknown
	case c.planned(e, from, to):
		return reflexion.Unknown
	case !permitsImports(e, to), !c.model.Binds(from, "go"), !c.model.Binds(to, "go"):
		return reflexion.Unknown
	case len(c.graph.Gaps) > 0, c.ownsUnread(e.From):
		return reflexion.Unknown
	}
	if e.Kind != arch.EdgeImport {
		for _, world := range boundWorlds {
			if c.model.Binds(from, world) && c.model.Binds(to, world) {
				return reflexion.Unknown
			}
		}
	}
	return reflexion.Absence
}

func (c *comparison) planned(e *arch.Edge, ends ...*arch.Element) bool {
	if e.Status == arch.StatusPlanned {
		return true
	}
	for _, end := range ends {
		for _, x := range c.around(end) {
			if x.Status == arch.StatusPlanned {
				return true
			}
		}
	}
	return false
}

// ownsUnread reports whether code of an element was excluded or missing, so that nothing can be said
// about what it does not use.
func (c *comparison) ownsUnread(address string) bool {
	for i, n := range c.graph.Nodes {
		if n.Kind == evidence.Unread && c.owner[i] != nil && c.model.Within(c.owner[i].Address, address) {
			return true
		}
	}
	return false
}
