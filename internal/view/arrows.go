package view

import (
	"cmp"
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/asbuilt/asbuilt/pkg/arch"
	"github.com/asbuilt/asbuilt/pkg/diagram"
	"github.com/asbuilt/asbuilt/pkg/source"
)

// mostLabels is how many labels one arrow carries, mostEvidence how many pairs of packages.
const (
	mostLabels   = 3
	mostEvidence = 10
)

// relationships are what an arrow stands for, as conditions are asked about them.
func (a *arrow) relationships(st *stage) []arch.Subject {
	out := make([]arch.Subject, len(a.uses))
	for i, u := range a.uses {
		out[i] = u.subject(st.real(u.from), st.real(u.to))
	}
	return out
}

// edges turns the arrows into the diagram's, ordered by the cards at their ends.
func (sc *scene) edges(in Input, nodes map[*arch.Element]int, w *wardrobe) []diagram.Edge {
	prefix := commonPrefix(sc.arrows)
	out := make([]diagram.Edge, 0, len(sc.arrows))
	for e, a := range sc.arrows {
		edge := a.words(sc.stage)
		edge.From, edge.To = nodes[e.from], nodes[e.to]
		edge.Look = w.arrow(a.relationships(sc.stage))
		edge.Evidence, edge.Breaks = a.evidence(prefix), a.broken()
		out = append(out, edge)
	}
	slices.SortFunc(out, func(a, b diagram.Edge) int {
		return cmp.Or(cmp.Compare(a.From, b.From), cmp.Compare(a.To, b.To))
	})
	return out
}

// words is the edge without its place and evidence.
func (a *arrow) words(st *stage) diagram.Edge {
	m := st.model
	words := a.said(st)
	return diagram.Edge{
		Labels:     a.labels(m, words),
		Technology: a.technology(m, words),
		Async:      len(words) > 0 && !slices.ContainsFunc(words, func(s said) bool { return !asynchronous(s.Edge) }),
		Status:     status(m, a.uses),
		Reaches:    !slices.ContainsFunc(a.uses, func(u use) bool { return !u.reaches }),
		Verdict:    string(a.worst()),
		Count:      a.count(),
	}
}

// said lists the declared edges whose words the arrow carries, in the order they were written: those
// declared between exactly these two when any of them has a label, else all that were lifted.
func (a *arrow) said(st *stage) []said {
	from, to := st.real(a.from), st.real(a.to)
	var all, exact []said
	labelled := false
	for _, u := range a.uses {
		if u.edge == nil {
			continue
		}
		s, other := st.edges[keyOf(u.edge)]
		if !other {
			s.Edge = u.edge
		}
		all = append(all, s)
		if from != nil && to != nil && u.edge.From == from.Address && u.edge.To == to.Address {
			exact = append(exact, s)
			labelled = labelled || s.Label != ""
		}
	}
	if labelled {
		all = exact
	}
	slices.SortStableFunc(all, func(x, y said) int { return source.Compare(x.At, y.At) })
	return all
}

// offered is the API that an edge is to, where only the element that offers it is drawn; else nil.
func (a *arrow) offered(m *arch.Model, e *arch.Edge) *arch.Element {
	if to := m.Element(e.To); to.Type == arch.TypeAPI && to != a.to {
		return to
	}
	return nil
}

// labels are what the edges are for. An edge without a label to an API that is not drawn is for that API.
func (a *arrow) labels(m *arch.Model, edges []said) []string {
	var out []string
	for _, e := range edges {
		l := e.Label
		if api := a.offered(m, e.Edge); l == "" && !e.silent && api != nil {
			l = api.Label()
		}
		if l != "" && !slices.Contains(out, l) {
			out = append(out, l)
		}
	}
	if more := len(out) - mostLabels; more > 0 {
		out = append(out[:mostLabels], fmt.Sprintf("and %d more", more))
	}
	return out
}

func (a *arrow) technology(m *arch.Model, edges []said) string {
	var out []string
	for _, e := range edges {
		t := e.Technology
		if api := a.offered(m, e.Edge); t == "" && !e.mute && api != nil {
			t = elementTechnology(api)
		}
		if t != "" && !slices.Contains(out, t) {
			out = append(out, t)
		}
	}
	return strings.Join(out, ", ")
}

func asynchronous(e *arch.Edge) bool { return e.Async || e.Kind == arch.EdgeEvent }

// status is what all uses of an arrow have in common; a use of what is planned is planned.
func status(m *arch.Model, uses []use) string {
	var common arch.Status
	for i, u := range uses {
		s := arch.StatusCurrent
		switch {
		case u.edge == nil:
		case elementStatus(m, u.from) == arch.StatusPlanned, elementStatus(m, u.to) == arch.StatusPlanned:
			s = arch.StatusPlanned
		default:
			s = u.edge.Status
		}
		if i > 0 && s != common {
			return ""
		}
		common = s
	}
	return string(common)
}

// behind lists the pairs of packages that the arrow's verdict is about: none for a quiet one.
func (a *arrow) behind() []pair {
	worst := a.worst()
	var out pairs
	for _, u := range a.uses {
		if u.verdict != worst {
			continue
		}
		for _, p := range u.pairs {
			out.add(p)
		}
	}
	slices.SortFunc(out, func(x, y pair) int {
		return cmp.Or(strings.Compare(x.from, y.from), strings.Compare(x.to, y.to), slices.Compare(x.way, y.way))
	})
	return out
}

// count is that of the imports behind the arrow: what is only declared is none, and so is a way over others.
func (a *arrow) count() int {
	n := 0
	for _, p := range a.behind() {
		if isNode(p.from) && len(p.way) == 0 {
			n++
		}
	}
	return n
}

// broken lists the rules that what the arrow stands for breaks.
func (a *arrow) broken() []string {
	var out []string
	for _, p := range a.behind() {
		out = append(out, p.rules...)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

func (a *arrow) evidence(prefix string) []string {
	var out []string
	for _, p := range a.behind() {
		if len(out) == mostEvidence {
			break
		}
		line := short(p.from, prefix)
		for _, next := range append(slices.Clip(p.way), p.to) {
			line += " → " + short(next, prefix)
		}
		if len(p.rules) > 0 {
			line += " breaks " + strings.Join(p.rules, ", ")
		}
		out = append(out, line)
	}
	return out
}

// commonPrefix is the folder that all packages named as evidence in this picture are in, so that each
// is written without it; "" when they have none in common.
func commonPrefix(arrows map[ends]*arrow) string {
	var common []string
	first := true
	for _, a := range arrows {
		for _, p := range a.behind() {
			for _, id := range []string{p.from, p.to} {
				if !isNode(id) {
					continue
				}
				segments := strings.Split(path.Dir(importPath(id)), "/")
				if first {
					common, first = segments, false
				}
				common = common[:shared(common, segments)]
			}
		}
	}
	return strings.Join(common, "/")
}

func shared(a, b []string) int {
	n := 0
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	return n
}

// importPath is a package's name without its world.
func importPath(id string) string {
	_, name, _ := strings.Cut(id, ":")
	return name
}

func short(id, prefix string) string {
	if !isNode(id) {
		return id
	}
	if prefix == "" {
		return importPath(id)
	}
	return strings.TrimPrefix(importPath(id), prefix+"/")
}
