package compare

import (
	"slices"

	"github.com/asbuilt/asbuilt/pkg/arch"
	"github.com/asbuilt/asbuilt/pkg/evidence"
)

// kind is a kind of edge by number.
type kind uint8

const (
	imports kind = iota
	calls
	events
	data
	kinds = iota
)

func (k kind) String() string {
	return [...]string{evidence.KindImport, evidence.KindCall, evidence.KindEvent, evidence.KindData}[k]
}

// declared is how a model names the kind.
func (k kind) declared() arch.EdgeKind { return arch.EdgeKind(k.String()) }

func kindOf(name string) (kind, bool) {
	switch name {
	case evidence.KindImport:
		return imports, true
	case evidence.KindCall:
		return calls, true
	case evidence.KindEvent:
		return events, true
	case evidence.KindData:
		return data, true
	}
	return 0, false
}

// class is a kind with the worth of the evidence: twice the kind, and one more where it alone shows no use.
// A weak way must not hide a strong one behind it.
type class uint8

const (
	hint    class = 1
	classes       = 2 * kinds
)

func classOf(k kind, g evidence.Grade) class {
	if g.ShowsUse() {
		return class(2 * k)
	}
	return class(2*k) | hint
}

func (c class) kind() kind { return kind(c / 2) }

// then is the class of a way that goes on with an edge: what last was no import says its kind, for who imports
// a client that calls a service calls it.
func (c class) then(next class) class {
	k := next.kind()
	if k == imports {
		k = c.kind()
	}
	return class(2*k) | (c|next)&hint
}

// walker finds, from one owned node, the owned nodes that it uses.
type walker struct {
	*observation
	seen  [classes][]int32 // by class of the way and node: the round in which it was reached
	round int32
	queue []step
	found []step
}

// step is a node that was reached, by which edge from which earlier step.
type step struct {
	node, edge int32
	class      class // of the whole way
	before     int   // index in the queue, -1 at the start
}

func newWalker(o *observation) *walker { return &walker{observation: o} }

// from lists the owned nodes that a node uses directly or through unowned ones, each by a shortest way of
// every class, until it is asked again. Tests count on the first hop only: nobody imports a package's tests.
func (w *walker) from(start int32) []step {
	w.round++
	w.queue, w.found = w.queue[:0], w.found[:0]
	visit := func(node int32, before int, tests bool) {
		for _, e := range w.out[node] {
			if !tests && w.graph.Edges[e].Scope == evidence.Test {
				continue
			}
			way := w.class[e]
			if before >= 0 {
				way = w.queue[before].class.then(way)
			}
			to := w.to[e]
			if to == start || !w.arrive(way, to) {
				continue
			}
			s := step{to, e, way, before}
			if w.owner[to] != nil {
				w.found = append(w.found, s)
			} else {
				w.queue = append(w.queue, s)
			}
		}
	}
	visit(start, -1, true)
	for i := 0; i < len(w.queue); i++ {
		visit(w.queue[i].node, i, false)
	}
	return w.found
}

// arrive marks a node, and reports whether this round reached it by such a way for the first time.
func (w *walker) arrive(way class, node int32) bool {
	if w.seen[way] == nil {
		w.seen[way] = make([]int32, len(w.graph.Nodes))
	}
	if w.seen[way][node] == w.round {
		return false
	}
	w.seen[way][node] = w.round
	return true
}

// hops is the way to a step that from found in this round. One edge alone, which most ways are, is not copied.
func (w *walker) hops(s step) []evidence.Edge {
	if s.before < 0 {
		return w.graph.Edges[s.edge : s.edge+1 : s.edge+1]
	}
	var out []evidence.Edge
	for {
		out = append(out, w.graph.Edges[s.edge])
		if s.before < 0 {
			slices.Reverse(out)
			return out
		}
		s = w.queue[s.before]
	}
}
