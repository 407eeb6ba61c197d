package answer

import (
	"cmp"
	"slices"
	"strings"

	"github.com/asbuilt/asbuilt/internal/digraph"
	"github.com/asbuilt/asbuilt/pkg/arch"
	"github.com/asbuilt/asbuilt/pkg/evidence"
	"github.com/asbuilt/asbuilt/pkg/reflexion"
)

// Stats is how an architecture is built.
type Stats struct {
	Elements map[string]int `json:"elements"` // by block type
	Edges    EdgeStats      `json:"edges"`
	Packages PackageStats   `json:"packages"`
	Parts    []Part         `json:"parts"`  // the elements that own code, by address
	Cycles   [][]string     `json:"cycles"` // elements that reach each other, each sorted
	Floors   int            `json:"floors"` // how many there are
}

// EdgeStats sets what is declared against what could be.
type EdgeStats struct {
	Declared   int `json:"declared"`
	Possible   int `json:"possible"`   // ordered pairs of elements with code, neither inside the other
	Allowed    int `json:"allowed"`    // of the possible ones: declared, or to a library, or from a root
	Used       int `json:"used"`       // of the possible ones: seen in code
	Undeclared int `json:"undeclared"` // used and not allowed
	Absent     int `json:"absent"`     // declared edges that nothing shows
}

// PackageStats says how much of what was read belongs to an element.
type PackageStats struct {
	Read       int `json:"read"`
	Owned      int `json:"owned"`
	Files      int `json:"files"`
	Generated  int `json:"generated"` // of the files
	Unassigned int `json:"unassigned"`
}

// Part is one element that owns code. Afferent and efferent coupling and instability are those of
// R. C. Martin, "OO Design Quality Metrics" (1994), counted in elements.
type Part struct {
	Element     string  `json:"element"`
	Packages    int     `json:"packages"`
	FanIn       int     `json:"fan_in"`      // elements that use it (Ca)
	FanOut      int     `json:"fan_out"`     // elements that it uses (Ce)
	Instability float64 `json:"instability"` // Ce / (Ca + Ce), from 0 to 1; 0 without any use
	Floor       int     `json:"floor"`       // 0 uses no other; else one above the highest that it uses; a cycle is one
	Cyclic      bool    `json:"cyclic,omitempty"`
}

// Measure counts.
func Measure(in Input) Stats {
	s := Stats{Elements: map[string]int{}, Parts: []Part{}, Cycles: [][]string{}}
	for _, e := range in.Model.Elements {
		s.Elements[e.Type]++
	}
	s.Packages = packages(in)
	owned := map[string]int{}
	for _, n := range in.Graph.Nodes {
		if owner := in.Result.Owners[n.ID]; owner != "" {
			owned[owner]++
		}
	}
	var parts []*arch.Element
	for _, e := range in.Model.Elements {
		if owned[e.Address] > 0 {
			parts = append(parts, e)
		}
	}
	used := uses(in)
	s.Edges = edges(in, parts, used)
	s.Parts, s.Cycles, s.Floors = structure(parts, owned, used)
	return s
}

func packages(in Input) PackageStats {
	var p PackageStats
	for _, n := range in.Graph.Nodes {
		if n.Kind == evidence.Standard || n.Kind == evidence.ThirdParty || n.Kind == evidence.Unread {
			continue
		}
		p.Read++
		p.Files += n.Files
		p.Generated += n.Generated
		if in.Result.Owners[n.ID] != "" {
			p.Owned++
		} else {
			p.Unassigned++
		}
	}
	return p
}

// uses are the pairs of elements of which the first uses the second in code that is built.
func uses(in Input) map[Pair]bool {
	out := map[Pair]bool{}
	for _, a := range in.Result.Arrows {
		for _, imp := range a.Imports {
			if imp.Scope == evidence.Code {
				out[Pair{in.Result.Owners[imp.From], in.Result.Owners[imp.To]}] = true
			}
		}
	}
	return out
}

func edges(in Input, parts []*arch.Element, used map[Pair]bool) EdgeStats {
	e := EdgeStats{Declared: len(in.Model.Edges), Used: len(used)}
	covered := coverage(in.Model)
	for _, from := range parts {
		for _, to := range parts {
			if from == to || in.Model.Related(from.Address, to.Address) {
				continue
			}
			e.Possible++
			if in.Model.IsRoot(from) || in.Model.IsShared(to) || covered(from, to) {
				e.Allowed++
			}
		}
	}
	undeclared := map[Pair]bool{}
	for _, a := range in.Result.Arrows {
		switch a.Verdict {
		case reflexion.Absence:
			e.Absent++
		case reflexion.Divergence:
			if a.Scope == evidence.Code {
				undeclared[Pair{a.From, a.To}] = true
			}
		}
	}
	e.Undeclared = len(undeclared)
	return e
}

// coverage tells whether a declared edge leads from an element, or one around it, to another.
func coverage(m *arch.Model) func(from, to *arch.Element) bool {
	ends := make(map[Pair]bool, len(m.Edges))
	for _, e := range m.Edges {
		ends[Pair{e.From, e.To}] = true
	}
	return func(from, to *arch.Element) bool {
		for f := from; f != nil; f = m.Parent(f) {
			for t := to; t != nil; t = m.Parent(t) {
				if ends[Pair{f.Address, t.Address}] {
					return true
				}
			}
		}
		return false
	}
}

// structure measures the graph of elements that use each other.
func structure(parts []*arch.Element, packages map[string]int, used map[Pair]bool) (out []Part, cycles [][]string, floors int) {
	index := map[string]int{}
	for i, e := range parts {
		index[e.Address] = i
		out = append(out, Part{Element: e.Address, Packages: packages[e.Address]})
	}
	var edges []digraph.Edge
	for p := range used {
		from, okFrom := index[p.From]
		to, okTo := index[p.To]
		if okFrom && okTo {
			edges = append(edges, digraph.Edge{From: from, To: to})
			out[from].FanOut++
			out[to].FanIn++
		}
	}
	g := digraph.New(len(parts), edges)
	knot := make([]int, len(parts)) // by element: its cycle, from 1
	cycles = [][]string{}
	for i, c := range g.Components() {
		var names []string
		for _, node := range c {
			knot[node], out[node].Cyclic = i+1, true
			names = append(names, parts[node].Address)
		}
		cycles = append(cycles, names)
	}
	for i, floor := range floorsOf(g, knot) {
		out[i].Floor = floor
		floors = max(floors, floor+1)
	}
	for i := range out {
		if all := out[i].FanIn + out[i].FanOut; all > 0 {
			out[i].Instability = float64(out[i].FanOut) / float64(all)
		}
	}
	slices.SortFunc(out, func(a, b Part) int { return strings.Compare(a.Element, b.Element) })
	return out, cycles, floors
}

// floorsOf gives each node its floor: the longest way down, in which a cycle counts as one node.
func floorsOf(g *digraph.Graph, knot []int) []int {
	n := g.Len()
	cycles := slices.Max(append([]int{0}, knot...))
	of := func(node int) int { // a node of the graph without cycles
		if knot[node] > 0 {
			return n + knot[node] - 1
		}
		return node
	}
	var edges []digraph.Edge
	for _, e := range g.Edges() {
		if of(e.From) != of(e.To) {
			edges = append(edges, digraph.Edge{From: of(e.From), To: of(e.To)})
		}
	}
	flat := digraph.New(n+cycles, edges)
	above := flat.Reverse()
	floor, left := make([]int, flat.Len()), make([]int, flat.Len())
	var ready []int
	for i := range flat.Len() {
		if left[i] = len(flat.From(i)); left[i] == 0 {
			ready = append(ready, i)
		}
	}
	for len(ready) > 0 {
		node := ready[0]
		ready = ready[1:]
		for _, up := range above.From(node) {
			floor[up] = max(floor[up], floor[node]+1)
			if left[up]--; left[up] == 0 {
				ready = append(ready, int(up))
			}
		}
	}
	out := make([]int, n)
	for i := range out {
		out[i] = floor[of(i)]
	}
	return out
}

// ByFloor orders parts for the eye: the highest first, then the most unstable, then by address.
func ByFloor(a, b Part) int {
	return cmp.Or(cmp.Compare(b.Floor, a.Floor), cmp.Compare(b.Instability, a.Instability), strings.Compare(a.Element, b.Element))
}
