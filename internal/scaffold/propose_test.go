package scaffold_test

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/hashicorp/hcl/v2/hclwrite"
	"github.com/rogpeppe/go-internal/txtar"
	"github.com/stretchr/testify/require"

	"github.com/asbuilt/asbuilt/internal/cases"
	"github.com/asbuilt/asbuilt/internal/check"
	"github.com/asbuilt/asbuilt/internal/compare"
	"github.com/asbuilt/asbuilt/internal/config"
	"github.com/asbuilt/asbuilt/internal/files"
	"github.com/asbuilt/asbuilt/internal/observe/golang"
	"github.com/asbuilt/asbuilt/internal/scaffold"
	"github.com/asbuilt/asbuilt/pkg/arch"
	"github.com/asbuilt/asbuilt/pkg/evidence"
	"github.com/asbuilt/asbuilt/pkg/finding"
	"github.com/asbuilt/asbuilt/pkg/reflexion"
)

var update = flag.Bool("update", false, "rewrite what the tests compare with")

// testingT is what *testing.T and *rapid.T share.
type testingT interface {
	require.TestingT
	Helper()
}

// passes checks a proposal as the program would: it is formatted, it loads, and nothing weighs more than a note.
func passes(t testingT, g evidence.Graph, text []byte) (*arch.Model, *reflexion.Result) {
	t.Helper()
	require.Equal(t, string(hclwrite.Format(text)), string(text), "formatted")
	model, told := config.Load([]config.File{{Name: "a.arch.hcl", Data: text}}, config.Options{Rules: check.RuleIDs()})
	require.Empty(t, told, "%s", text)
	result := compare.Reflexion(model, g)
	for _, f := range check.Findings(check.Input{
		Model: model, Result: result, Coverage: g.Coverage, Name: func(dir string) string { return dir },
	}) {
		require.Equal(t, finding.Note, f.Severity, "%s: %s\n%s", f.Rule, f.Message, text)
	}
	return model, result
}

// TestPropose runs the cases of testdata: a tree of files, and the proposal for it in `want`.
func TestPropose(t *testing.T) {
	cases.Run(t, "testdata/*.txtar", runCase)
}

func runCase(t *testing.T, name string, archive *txtar.Archive) {
	last := &archive.Files[len(archive.Files)-1]
	require.Equal(t, "want", last.Name)
	dir := t.TempDir()
	for _, f := range archive.Files[:len(archive.Files)-1] {
		at := filepath.Join(dir, filepath.FromSlash(f.Name))
		require.NoError(t, os.MkdirAll(filepath.Dir(at), 0o777))
		require.NoError(t, os.WriteFile(at, f.Data, 0o666))
	}
	g := observe(t, dir)
	got := scaffold.Propose(scaffold.Input{Graph: g, ModuleName: "the folder"})
	if *update {
		last.Data = got
		require.NoError(t, os.WriteFile(name, txtar.Format(archive), 0o666))
	}
	require.Equal(t, string(last.Data), string(got))
	if strings.Contains(string(got), "observe") {
		passes(t, g, got)
		return
	}
	_, told := config.Load([]config.File{{Name: "a.arch.hcl", Data: got}}, config.Options{})
	require.Empty(t, told, "a skeleton is valid")
}

func observe(t *testing.T, dir string) evidence.Graph {
	t.Helper()
	tree, err := files.Open(dir, "")
	require.NoError(t, err)
	defer tree.Close()
	g, err := golang.Observe(t.Context(), tree, golang.Options{})
	require.NoError(t, err)
	return g
}

// What is ignored makes no component; where nothing else is there, the skeleton excludes it too.
func TestIgnored(t *testing.T) {
	node := func(dir string) evidence.Node {
		return evidence.Node{ID: "go:example.com/m/" + dir, Kind: evidence.Package, Dir: dir, Module: "example.com/m", Files: 1}
	}
	g := evidence.Graph{Nodes: []evidence.Node{node("gen/a"), node("genuine"), node("scratch"), node("scratch/kept")}}
	text := string(scaffold.Propose(scaffold.Input{Graph: g, ModuleName: "m", Ignored: []string{"./gen/...", "./scratch"}}))
	require.Contains(t, text, `exclude = ["./gen/...", "./scratch"]`)
	require.Contains(t, text, "./genuine")
	require.Contains(t, text, `code { go = ["./scratch/..."] }`)
	require.NotContains(t, text, "./gen/a")

	text = string(scaffold.Propose(scaffold.Input{Graph: evidence.Graph{Nodes: g.Nodes[:1]}, ModuleName: "m", Ignored: []string{"./gen/..."}}))
	require.Contains(t, text, `exclude = ["./gen/..."]`)
}
