package check

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/asbuilt/asbuilt/internal/compare"
	"github.com/asbuilt/asbuilt/pkg/arch"
	"github.com/asbuilt/asbuilt/pkg/evidence"
)

// large is a tree of packages in elements of a hundred each, every package with eighteen imports of earlier
// ones, and a rule of every kind over it.
func large(packages int) Input {
	const each, imports = 100, 18
	var m arch.Model
	for i := range packages / each {
		m.Elements = append(m.Elements, &arch.Element{
			Address: fmt.Sprintf("component.e%04d", i), Type: arch.TypeComponent, Name: fmt.Sprintf("e%04d", i), Root: true,
			Code: &arch.Code{
				Go:      []arch.Pattern{{Text: fmt.Sprintf("./e%04d/...", i)}},
				Exposes: &arch.Patterns{List: []arch.Pattern{{Text: fmt.Sprintf("./e%04d/p000000", i)}, {Text: fmt.Sprintf("./e%04d/...", i)}}},
				Modules: &arch.Patterns{},
			},
		})
	}
	set := func(from, to int) *arch.Set {
		var s arch.Set
		for _, e := range m.Elements[from:to] {
			s.Elements = append(s.Elements, e.Address)
		}
		return &s
	}
	n := len(m.Elements)
	m.Rules = []*arch.Rule{
		{Name: "layers", Kind: arch.RuleLayers, Layers: []arch.Set{*set(n/2, n), *set(0, n/2)}},
		{Name: "acyclic", Kind: arch.RuleAcyclic, Members: set(0, n)},
		{Name: "apart", Kind: arch.RuleIndependent, Members: set(0, 2)},
		{Name: "only", Kind: arch.RuleOnly, Only: set(0, n-1), MayUse: set(0, 1)},
		{Name: "deny", Kind: arch.RuleDeny, Denials: []arch.Denial{
			{Imports: []arch.Pattern{{Text: "os/exec"}}},
			{From: set(n-1, n), Imports: []arch.Pattern{{Text: "plugin"}}, Transitive: true},
			{From: set(0, 1), To: set(1, 3), Transitive: true},
		}},
	}
	var g evidence.Graph
	id := func(i int) string { return fmt.Sprintf("go:m/e%04d/p%06d", i/each, i) }
	for i := range packages {
		g.Nodes = append(g.Nodes, evidence.Node{ID: id(i), Kind: evidence.Package, Dir: id(i)[len("go:m/"):], Module: "m", Files: 1})
		seen := map[int]bool{}
		for j := range imports {
			to := i - 1 - (i*31+j*j*977)%max(1, i)
			if to < 0 || seen[to] {
				continue
			}
			seen[to] = true
			g.Edges = append(g.Edges, evidence.Edge{
				From: id(i), To: id(to), Kind: evidence.KindImport, Grade: evidence.Proven, Scope: evidence.Code,
				Witnesses: []evidence.Witness{{File: id(i), Line: j + 3}},
			})
		}
	}
	g.Edges = evidence.MergeEdges(g.Edges)
	model := arch.New(m)
	return Input{Model: model, Graph: g, Result: compare.Reflexion(model, g), Standard: []string{"os/exec", "plugin"}}
}

func BenchmarkRules(b *testing.B) {
	for _, packages := range []int{500, 5_000, 50_000} {
		in := large(packages)
		b.Run(fmt.Sprint(packages), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				rules(in)
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(len(in.Graph.Edges)), "ns/edge")
		})
	}
}

// TestManyPackagesBreakFewRules holds the made-up tree to what it is: imports lead to earlier packages only.
func TestManyPackagesBreakFewRules(t *testing.T) {
	ids := map[string]int{}
	for _, f := range rules(large(5_000)) {
		ids[f.Rule]++
	}
	require.Equal(t, 0, ids["code/cycle"])
	require.Equal(t, 0, ids["code/layer"])
	require.Positive(t, ids["code/independent"])
	require.Positive(t, ids["code/inverse"])
}
