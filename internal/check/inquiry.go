package check

import (
	"strings"

	"github.com/asbuilt/asbuilt/pkg/arch"
	"github.com/asbuilt/asbuilt/pkg/evidence"
	"github.com/asbuilt/asbuilt/pkg/reflexion"
)

// kinds is a set of kinds of edge.
type kinds uint8

const (
	kindImport kinds = 1 << iota
	kindCall
	kindEvent
	kindData
	kindAny = kindImport | kindCall | kindEvent | kindData
)

// kindsOf are the kinds that a declared edge may show itself in. What an observer does not name is an import.
func kindsOf(k arch.EdgeKind) kinds {
	switch k {
	case arch.EdgeImport:
		return kindImport
	case arch.EdgeCall:
		return kindCall
	case arch.EdgeEvent:
		return kindEvent
	case arch.EdgeData:
		return kindData
	}
	return kindAny
}

func observedKind(kind string) kinds {
	if kind == "" {
		return kindImport
	}
	return kindsOf(arch.EdgeKind(kind))
}

// none is the position of no element.
const none = int32(-1)

// use is a use between two elements of which neither contains the other: observed, or only declared.
type use struct {
	from, to int32             // positions: the owners of the packages, or the ends of the edge
	kinds    kinds             // what it may be
	shown    kinds             // of a declared edge: the kinds for which observed uses speak
	seen     *reflexion.Import // nil when it is only declared
	edge     *arch.Edge        // what declares it; nil when nothing does
	absent   bool              // declared, and nothing shows it
}

// is reports whether a use is of one of some kinds, and no observed one says so already.
func (u *use) is(k kinds) bool { return u.kinds&k != 0 && u.shown&k == 0 }

// inquiry is the case as the rules ask about it: elements by position and the uses between them.
type inquiry struct {
	Input
	elements []*arch.Element
	index    map[string]int32 // by address
	parents  []int32          // by element
	coded    []bool           // by element: it, or one inside it, has code
	uses     []use
	observed kinds // that observers look for, or the evidence has edges of
	graphs   map[kinds]*packages
}

func newInquiry(in Input) *inquiry {
	q := &inquiry{
		Input: in, elements: in.Model.Elements, index: map[string]int32{},
		parents: make([]int32, len(in.Model.Elements)), coded: make([]bool, len(in.Model.Elements)),
		graphs: map[kinds]*packages{},
	}
	for i, e := range q.elements {
		q.index[e.Address] = int32(i)
	}
	for i, e := range q.elements {
		q.parents[i] = q.position(e.Parent)
	}
	for i, e := range q.elements {
		if e.Code == nil {
			continue
		}
		for at := int32(i); at != none && !q.coded[at]; at = q.parents[at] {
			q.coded[at] = true
		}
	}
	for i := range in.Graph.Edges {
		q.observed |= observedKind(in.Graph.Edges[i].Kind)
	}
	for _, kind := range in.Graph.Kinds {
		q.observed |= observedKind(kind)
	}
	q.gather()
	return q
}

// position finds an element by its address.
func (q *inquiry) position(address string) int32 {
	if i, ok := q.index[address]; ok {
		return i
	}
	return none
}

func (q *inquiry) address(position int32) string {
	if position == none {
		return ""
	}
	return q.elements[position].Address
}

func (q *inquiry) related(a, b int32) bool {
	return q.Model.Related(q.elements[a].Address, q.elements[b].Address)
}

// gather lists the uses in the order of the arrows. An import that several declared edges of the same ends
// cover is one use.
func (q *inquiry) gather() {
	arrows := q.Result.Arrows
	n := len(arrows)
	for i := range arrows {
		n += len(arrows[i].Imports)
	}
	q.uses = make([]use, 0, n)
	for start := 0; start < len(arrows); {
		end := start + 1
		for end < len(arrows) && arrows[end].From == arrows[start].From && arrows[end].To == arrows[start].To {
			end++
		}
		q.gatherGroup(arrows[start:end])
		start = end
	}
}

type importKey struct{ from, to, kind string }

// gatherGroup takes in the arrows of one pair of ends.
func (q *inquiry) gatherGroup(group []reflexion.Arrow) {
	var first map[importKey]int
	if len(group) > 1 {
		first = map[importKey]int{}
	}
	for i := range group {
		a := &group[i]
		shown := kinds(0)
		for j := range a.Imports {
			imp := &a.Imports[j]
			if imp.Scope != evidence.Code || !imp.Grade.ShowsUse() {
				continue
			}
			kind := observedKind(imp.Kind)
			shown |= kind
			if first != nil {
				key := importKey{imp.From, imp.To, imp.Kind}
				if at, seen := first[key]; seen {
					if a.Edge != nil && a.Edge.Status == arch.StatusDeprecated {
						q.uses[at].edge = a.Edge // one that acknowledges the use is enough
					}
					continue
				}
				first[key] = len(q.uses)
			}
			if from, to := q.ends(a, imp); from != none && to != none {
				q.uses = append(q.uses, use{from: from, to: to, kinds: kind, seen: imp, edge: a.Edge})
			}
		}
		q.declared(a, shown)
	}
}

// ends are the owners of a pair of packages.
func (q *inquiry) ends(a *reflexion.Arrow, imp *reflexion.Import) (from, to int32) {
	if a.Edge == nil { // the arrow is between the owners themselves
		return q.position(a.From), q.position(a.To)
	}
	return q.position(q.Result.Owners[imp.From]), q.position(q.Result.Owners[imp.To])
}

func (q *inquiry) declared(a *reflexion.Arrow, shown kinds) {
	if a.Edge == nil || q.Model.Related(a.From, a.To) {
		return
	}
	from, to := q.position(a.From), q.position(a.To)
	if from == none || to == none {
		return
	}
	q.uses = append(q.uses, use{
		from: from, to: to, kinds: kindsOf(a.Edge.Kind), shown: shown, edge: a.Edge, absent: a.Verdict == reflexion.Absence,
	})
}

// members lists the positions of a set's elements, in order. An address of a block with for_each stands for
// its instances.
func (q *inquiry) members(set *arch.Set) []int32 {
	var out []int32
	for _, address := range set.Elements {
		if i := q.position(address); i != none {
			out = append(out, i)
			continue
		}
		for i, e := range q.elements {
			if e.Key != "" && strings.HasPrefix(e.Address, address+"[") {
				out = append(out, int32(i))
			}
		}
	}
	return out
}

// within gives, for each element, the nearest of some members that it is or is inside of, or none.
func (q *inquiry) within(members []int32) []int32 {
	is := make([]bool, len(q.elements))
	for _, m := range members {
		is[m] = true
	}
	out := make([]int32, len(q.elements))
	for i := range out {
		at := int32(i)
		for at != none && !is[at] {
			at = q.parents[at]
		}
		out[i] = at
	}
	return out
}

// via are the kinds that a rule names, 0 when it leaves them open.
func via(r *arch.Rule) kinds {
	var out kinds
	for _, k := range r.Via {
		out |= kindsOf(k)
	}
	return out
}

// every are the kinds of a rule that means all of them unless it narrows them.
func every(r *arch.Rule) kinds {
	if k := via(r); k != 0 {
		return k
	}
	return kindAny
}

// means are the kinds of a rule about the order of members: imports where both have code, for a client that
// calls a server which imports the client is no cycle.
func (q *inquiry) means(r *arch.Rule, a, b int32) kinds {
	if k := via(r); k != 0 {
		return k
	}
	if q.coded[a] && q.coded[b] {
		return kindImport
	}
	return kindAny
}
