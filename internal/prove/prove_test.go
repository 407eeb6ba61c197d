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
			Model: m, Result: compared(m, graphs...), Coverage: g.coverage, Today: g.today,
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
	nothing := func(*arch.Model, ...evidence.Graph) *reflexion.Result { return &reflexion.Result{} }
	off, err := prove.Run(g.Input, g.judge(nothing))
	require.NoError(t, err)
	on, err := prove.Run(g.Input, g.judge(compare.Reflexion))
	require.NoError(t, err)
	require.Len(t, off, len(on), "what must be proven does not depend on the comparison")
	for i, p := range off {
		require.Equal(t, on[i].Injected, p.Injected)
		if declared[kindOf(g.Model, p.Rule)] {
			continue
		}
		require.False(t, p.Caught, "%s: %s", p.Rule, p.Injected)
	}
	require.NotEmpty(t, prove.Findings(off))
}

// A comparison that takes everything for declared proves nothing either.
func TestNothingIsProvenByAComparisonThatAllowsAll(t *testing.T) {
	g := open(t, "testdata/gate.txtar")
	proofs, err := prove.Run(g.Input, g.judge(func(m *arch.Model, graphs ...evidence.Graph) *reflexion.Result {
		r := compare.Reflexion(m, graphs...)
		for i := range r.Arrows {
			r.Arrows[i].Verdict = reflexion.Convergence
		}
		return r
	}))
	require.NoError(t, err)
	for _, p := range proofs {
		if p.Rule == "code/undeclared" {
			require.False(t, p.Caught, p.Injected)
		}
	}
}

// declared are the kinds of rule that the model alone can break, without any comparison.
var declared = map[arch.RuleKind]bool{arch.RuleCondition: true}

func kindOf(m *arch.Model, rule string) arch.RuleKind {
	for _, r := range m.Rules {
		if r.Address() == rule {
			return r.Kind
		}
	}
	return ""
}
