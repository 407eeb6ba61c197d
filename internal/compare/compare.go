// Package compare sets the declared architecture against the evidence: the reflexion comparison of
// G. C. Murphy, D. Notkin, K. Sullivan (FSE 1995). It says what is so, never whether that is bad.
//
// Every observer's graph is compared by itself, for each sees other worlds and could have seen other things;
// the arrows join what they say.
package compare

import (
	"slices"
	"strings"

	"github.com/asbuilt/asbuilt/internal/builds"
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

// Reflexion compares a model with what each observer saw.
func Reflexion(m *arch.Model, graphs ...evidence.Graph) *reflexion.Result {
	c := &comparison{
		model: m, claims: newClaims(m),
		verdicts: map[useKey]judgement{},
		reach:    map[reachKey]map[string]bool{},
	}
	result := &reflexion.Result{Owners: map[string]string{}, TestSupport: map[string]bool{}}
	arrows := newArrows(m, len(graphs))
	for i := range graphs {
		o := c.observe(&graphs[i], i)
		c.observations = append(c.observations, o)
		for n, e := range o.owner {
			if e != nil {
				result.Owners[o.graph.Nodes[n].ID] = e.Address
				if o.testSupport[n] {
					result.TestSupport[o.graph.Nodes[n].ID] = true
				}
			}
		}
		result.Gaps = append(result.Gaps, o.graph.Gaps...)
		result.Ambiguous = append(result.Ambiguous, o.ambiguous...)
		for p := range o.pairs() {
			arrows.add(p, i, c.judge(p.from, p.to, p.kind))
		}
	}
	result.Ambiguous = distinct(result.Ambiguous)
	result.Blind = slices.ContainsFunc(c.observations, (*observation).sawNothing)
	result.Empty = c.empty(result.Blind)
	result.Unassigned = c.unassigned()
	result.Arrows = arrows.finish(c)
	return result
}

// comparison is the model and what every observer saw.
type comparison struct {
	model        *arch.Model
	claims       *claims
	observations []*observation
	verdicts     map[useKey]judgement
	reach        map[reachKey]map[string]bool // what declared edges imply
}

// distinct sorts by node and keeps one of what several observers saw.
func distinct(all []reflexion.Ambiguous) []reflexion.Ambiguous {
	slices.SortStableFunc(all, func(a, b reflexion.Ambiguous) int { return strings.Compare(a.Package, b.Package) })
	return slices.CompactFunc(all, func(a, b reflexion.Ambiguous) bool { return a.Package == b.Package })
}

// pair is a use between nodes of two elements.
type pair struct {
	from, to *arch.Element
	kind     kind
	reflexion.Import
}

// conjunction is when all hops exist: nothing when each is unconditional.
func conjunction(hops []evidence.Edge) []string {
	variants := make([][]string, len(hops))
	for i, h := range hops {
		variants[i] = h.Variants
	}
	return append([]string{}, builds.All(variants...)...)
}
