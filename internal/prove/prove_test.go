package prove_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/txtar"
	"github.com/stretchr/testify/require"

	"github.com/asbuilt/asbuilt/internal/check"
	"github.com/asbuilt/asbuilt/internal/compare"
	"github.com/asbuilt/asbuilt/internal/config"
	"github.com/asbuilt/asbuilt/internal/files"
	"github.com/asbuilt/asbuilt/internal/observe/golang"
	"github.com/asbuilt/asbuilt/internal/prove"
	"github.com/asbuilt/asbuilt/pkg/arch"
	"github.com/asbuilt/asbuilt/pkg/evidence"
	"github.com/asbuilt/asbuilt/pkg/finding"
	"github.com/asbuilt/asbuilt/pkg/reflexion"
)

// gate is a project under test.
type gate struct {
	prove.Input
	coverage []evidence.Coverage
	today    time.Time
}

func open(t *testing.T, file string) gate {
	t.Helper()
	archive, err := txtar.ParseFile(file)
	require.NoError(t, err)
	dir := t.TempDir()
	var texts []config.File
	for _, f := range archive.Files {
		name := filepath.Join(dir, filepath.FromSlash(f.Name))
		require.NoError(t, os.MkdirAll(filepath.Dir(name), 0o755))
		require.NoError(t, os.WriteFile(name, f.Data, 0o644))
		if strings.HasSuffix(f.Name, ".arch.hcl") {
			texts = append(texts, config.File{Name: f.Name, Data: f.Data})
		}
	}
	model, told := config.Load(texts, config.Options{HasGo: true, Rules: check.RuleIDs()})
	require.Empty(t, told)
	tree, err := files.Open(dir, "")
	require.NoError(t, err)
	defer tree.Close()
	graph, err := golang.Observe(context.Background(), tree, golang.Options{})
	require.NoError(t, err)
	require.Empty(t, graph.Gaps)
	return gate{
		prove.Input{Model: model, Graphs: []evidence.Graph{graph}, Owners: compare.Reflexion(model, graph).Owners},
		graph.Coverage, time.Date(2026, 6, 1, 0, 0, 0, 0, time.UTC),
	}
}

// judge is the check with a comparison of the caller's.
func (g gate) judge(compared func(*arch.Model, ...evidence.Graph) *reflexion.Result) prove.Judge {
	return func(m *arch.Model, graphs []evidence.Graph) ([]finding.Finding, error) {
		return check.Drift(check.Input{
			Model: m, Result: compared(m, graphs...), Graph: evidence.Merge(graphs...), Standard: golang.Standard(),
			Coverage: g.coverage, Today: g.today,
			Name: func(dir string) string { return dir },
		}), nil
	}
}

func TestEveryRuleCanGoRed(t *testing.T) {
	g := open(t, "testdata/gate.txtar")
	proofs, err := prove.Run(g.Input, g.judge(compare.Reflexion))
	require.NoError(t, err)
	require.NotEmpty(t, proofs)
	rules := map[string]bool{}
	for _, p := range proofs {
		require.True(t, p.Caught, "%s: %s: %s", p.Rule, p.Injected, p.Why)
		rules[p.Rule] = true
	}
	want := []string{"code/undeclared", "map/unassigned"}
	for _, r := range g.Model.Rules {
		want = append(want, r.Address())
	}
	for _, rule := range want {
		require.True(t, rules[rule], "no violation of %s was tried", rule)
	}
	require.Empty(t, prove.Findings(proofs))
}

// With the comparison switched off nothing is caught: the violations go in before it, not into its result.
func TestNothingIsProvenWithoutTheComparison(t *testing.T) {
	g := open(t, "testdata/gate.txtar")
	off, err := prove.Run(g.Input, g.judge(func(*arch.Model, ...evidence.Graph) *reflexion.Result { return nil }))
	require.NoError(t, err)
	on, err := prove.Run(g.Input, g.judge(compare.Reflexion))
	require.NoError(t, err)
	require.Len(t, off, len(on), "what must be proven does not depend on the comparison")
	for i, p := range off {
		require.Equal(t, on[i].Injected, p.Injected)
		require.False(t, p.Caught, "%s: %s", p.Rule, p.Injected)
	}
	require.Len(t, prove.Findings(off), len(off))
}

// With a comparison that sees nothing, only what the model alone breaks is caught.
func TestOnlyTheModelIsProvenByAComparisonThatSeesNothing(t *testing.T) {
	g := open(t, "testdata/gate.txtar")
	proofs, err := prove.Run(g.Input, g.judge(func(*arch.Model, ...evidence.Graph) *reflexion.Result { return &reflexion.Result{} }))
	require.NoError(t, err)
	caught := 0
	for _, p := range proofs {
		if p.Caught {
			caught++
			require.True(t, ofTheModel(g.Model, p), "%s: %s", p.Rule, p.Injected)
		}
	}
	require.NotZero(t, caught)
}

// ofTheModel reports whether a violation was put into the model.
func ofTheModel(m *arch.Model, p prove.Proof) bool {
	if strings.HasPrefix(p.Rule, "kind.") || strings.Contains(p.Injected, "declare") {
		return true
	}
	for _, r := range m.Rules {
		if r.Address() == p.Rule {
			return r.Kind == arch.RuleCondition || len(r.Via) > 0
		}
	}
	return false
}

// A comparison that takes everything for declared proves no border.
func TestNoBorderIsProvenByAComparisonThatAllowsAll(t *testing.T) {
	g := open(t, "testdata/gate.txtar")
	g.Model = g.Model.With(func(m *arch.Model) { m.Rules = nil }) // they say what they see all the same
	proofs, err := prove.Run(g.Input, g.judge(func(m *arch.Model, graphs ...evidence.Graph) *reflexion.Result {
		r := compare.Reflexion(m, graphs...)
		for i := range r.Arrows {
			r.Arrows[i].Verdict = reflexion.Convergence
		}
		return r
	}))
	require.NoError(t, err)
	borders := 0
	for _, p := range proofs {
		if p.Rule == "code/undeclared" {
			borders++
			require.False(t, p.Caught, p.Injected)
		}
	}
	require.NotZero(t, borders)
}
