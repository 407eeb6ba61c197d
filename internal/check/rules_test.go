package check

import (
	"cmp"
	"fmt"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"gonum.org/v1/gonum/graph/simple"
	"gonum.org/v1/gonum/graph/topo"
	"pgregory.net/rapid"

	"github.com/asbuilt/asbuilt/internal/compare"
	"github.com/asbuilt/asbuilt/pkg/arch"
	"github.com/asbuilt/asbuilt/pkg/evidence"
	"github.com/asbuilt/asbuilt/pkg/finding"
)

// tree is a random import graph, its packages owned by the elements e0, e1 and e2, or by nobody (-1).
type tree struct {
	owner []int
	uses  map[[2]int]bool
}

func drawTree(t *rapid.T) tree {
	n := rapid.IntRange(2, 9).Draw(t, "packages")
	out := tree{owner: make([]int, n), uses: map[[2]int]bool{}}
	for i := range out.owner {
		out.owner[i] = rapid.IntRange(-1, 2).Draw(t, "owner")
	}
	node := rapid.IntRange(0, n-1)
	for range rapid.IntRange(0, 20).Draw(t, "imports") {
		if from, to := node.Draw(t, "from"), node.Draw(t, "to"); from != to {
			out.uses[[2]int{from, to}] = true
		}
	}
	return out
}

func id(i int) string { return fmt.Sprintf("go:m/p%d", i) }

func element(i int) string { return fmt.Sprintf("component.e%d", i) }

// judged gives what the rules say of a tree. Every element is a root: nothing is undeclared.
func (x tree) judged(rules ...*arch.Rule) []finding.Finding {
	var m arch.Model
	for e := range 3 {
		code := &arch.Code{}
		for p, owner := range x.owner {
			if owner == e {
				code.Go = append(code.Go, arch.Pattern{Text: fmt.Sprintf("m/p%d", p)})
			}
		}
		if len(code.Go) == 0 {
			code = nil
		}
		m.Elements = append(m.Elements, &arch.Element{Address: element(e), Type: arch.TypeComponent, Name: fmt.Sprintf("e%d", e), Root: true, Code: code})
	}
	m.Rules = rules
	var g evidence.Graph
	for p := range x.owner {
		g.Nodes = append(g.Nodes, evidence.Node{ID: id(p), Kind: evidence.Package, Dir: fmt.Sprintf("p%d", p), Module: "m"})
	}
	for use := range x.uses {
		g.Edges = append(g.Edges, evidence.Edge{
			From: id(use[0]), To: id(use[1]), Kind: evidence.KindImport, Grade: evidence.Proven, Scope: evidence.Code,
			Witnesses: []evidence.Witness{{File: id(use[0]), Line: use[1] + 1}},
		})
	}
	slices.SortFunc(g.Edges, evidence.CompareEdges)
	model := arch.New(m)
	found := Findings(Input{Model: model, Graph: g, Result: compare.Reflexion(model, g), Name: func(dir string) string { return dir }})
	return slices.DeleteFunc(found, func(f finding.Finding) bool { return f.Rule == "map/unassigned" })
}

// distance is the number of imports on a shortest way from a package to one of an element, inner packages all
// admitted; 0 when there is none.
func (x tree) distance(from, goal int, admitted func(p int) bool) int {
	seen := map[int]bool{from: true}
	level := []int{from}
	for steps := 1; len(level) > 0; steps++ {
		var next []int
		for _, p := range level {
			for q := range x.owner {
				switch {
				case !x.uses[[2]int{p, q}] || seen[q]:
				case x.owner[q] == goal:
					return steps
				case admitted(q):
					seen[q] = true
					next = append(next, q)
				}
			}
		}
		level = next
	}
	return 0
}

// TestDenialsFindEveryWay holds direct and transitive denials against a plain search from each package.
func TestDenialsFindEveryWay(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		x := drawTree(t)
		transitive := rapid.Bool().Draw(t, "transitive")
		admitted := func(p int) bool { return x.owner[p] == -1 }
		if transitive {
			admitted = func(p int) bool { return x.owner[p] != 0 }
		}
		want := map[string]int{}
		for p, owner := range x.owner {
			if owner == 0 {
				if d := x.distance(p, 1, admitted); d > 0 {
					want[id(p)] = d
				}
			}
		}
		got := map[string]int{}
		for _, f := range x.judged(&arch.Rule{Name: "r", Kind: arch.RuleDeny, Denials: []arch.Denial{{
			From: &arch.Set{Elements: []string{element(0)}}, To: &arch.Set{Elements: []string{element(1)}}, Transitive: transitive,
		}}}) {
			require.Equal(t, "code/denied", f.Rule)
			require.Equal(t, "rule.r", f.By)
			require.Equal(t, &finding.Pair{From: element(0), To: element(1)}, f.Between)
			hops := 1
			for _, r := range f.Related {
				hops = max(hops, r.Hop)
			}
			if before := got[f.Subject.From]; before == 0 || hops < before { // a direct denial says each pair of packages
				got[f.Subject.From] = hops
			}
		}
		require.Equal(t, want, got)
	})
}

// TestCyclesAreFound holds acyclic against the components that another library finds.
func TestCyclesAreFound(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		x := drawTree(t)
		oracle := simple.NewDirectedGraph()
		for e := range 3 {
			oracle.AddNode(simple.Node(e))
		}
		for p, from := range x.owner {
			for to := range 3 {
				if from >= 0 && from != to && x.distance(p, to, func(q int) bool { return x.owner[q] == -1 }) > 0 {
					oracle.SetEdge(simple.Edge{F: simple.Node(from), T: simple.Node(to)})
				}
			}
		}
		var want []string
		for _, component := range topo.TarjanSCC(oracle) {
			if len(component) < 2 {
				continue
			}
			var names []string
			for _, n := range component {
				names = append(names, element(int(n.ID())))
			}
			slices.Sort(names)
			text := names[0]
			for _, n := range names[1:] {
				text += " " + n
			}
			want = append(want, text)
		}
		var got []string
		for _, f := range x.judged(&arch.Rule{Name: "r", Kind: arch.RuleAcyclic, Members: &arch.Set{Elements: []string{element(0), element(1), element(2)}}}) {
			require.Equal(t, "code/cycle", f.Rule)
			require.NotEqual(t, "", f.Between.From)
			got = append(got, f.Subject.Path)
		}
		require.Equal(t, want, got)
	})
}

// TestRulesSayTheSameWhateverTheOrder turns a tree's rules round: each says what it said.
func TestRulesSayTheSameWhateverTheOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		x := drawTree(t)
		set := func(e ...int) *arch.Set {
			var s arch.Set
			for _, i := range e {
				s.Elements = append(s.Elements, element(i))
			}
			return &s
		}
		rules := []*arch.Rule{
			{Name: "apart", Kind: arch.RuleIndependent, Members: set(0, 1, 2)},
			{Name: "layers", Kind: arch.RuleLayers, Layers: []arch.Set{*set(2), *set(1), *set(0)}, Closed: true},
			{Name: "only", Kind: arch.RuleOnly, Only: set(1), MayUse: set(2)},
		}
		said := x.judged(rules...)
		for i := range said {
			require.NotContains(t, []string{"code/undeclared", "gate/vacuous"}, said[i].Rule)
		}
		require.Equal(t, said, x.judged(rapid.Permutation(rules).Draw(t, "order")...))
		direct := 0
		for p, from := range x.owner {
			for to := range 3 {
				if from >= 0 && from != to && x.distance(p, to, func(q int) bool { return x.owner[q] == -1 }) > 0 {
					direct++
				}
			}
		}
		apart := slices.DeleteFunc(said, func(f finding.Finding) bool { return f.By != "rule.apart" })
		require.GreaterOrEqual(t, len(apart), direct, "at least one finding for each package and element that it uses")
		require.Equal(t, cmp.Compare(direct, 0), cmp.Compare(len(apart), 0))
	})
}
