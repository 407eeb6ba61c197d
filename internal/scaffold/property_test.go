package scaffold_test

import (
	"path"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/asbuilt/asbuilt/internal/scaffold"
	"github.com/asbuilt/asbuilt/pkg/evidence"
	"github.com/asbuilt/asbuilt/pkg/reflexion"
)

// segments are folder names, plain and odd.
var segments = []string{
	"a", "b", "c", "A", "a-b", "a_b", "internal", "cmd", "pkg", "services", "apps", "testdata", "landscape",
	"for", "if", "in", "null", "true", "component", "each", "2d", "a.b", "v2", ".hidden", "_x", "-", "日本", "é",
	"e\u0301", "with space", "a$b", "${x}", "%{y}", "q\"q", "a...b", "back\\slash", "new\nline", "tab\t", "\xff",
}

// graphs are trees of packages in modules, as an observer would report them.
func graphs(t *rapid.T) evidence.Graph {
	folder := rapid.Custom(func(t *rapid.T) string {
		return path.Join(append([]string{"."}, rapid.SliceOfN(rapid.SampledFrom(segments), 0, 4).Draw(t, "segments")...)...)
	})
	roots := rapid.SliceOfNDistinct(folder, 1, 4, rapid.ID[string]).Draw(t, "modules")
	dirs := rapid.SliceOfNDistinct(folder, 0, 40, rapid.ID[string]).Draw(t, "packages")
	slices.Sort(dirs)
	var g evidence.Graph
	for _, dir := range dirs {
		if n, ok := node(t, roots, dir); ok {
			g.Nodes = append(g.Nodes, n)
		}
	}
	g.Nodes = append(g.Nodes, evidence.Node{ID: "go:fmt", Kind: evidence.Standard},
		evidence.Node{ID: "go:example.org/other", Kind: evidence.ThirdParty, Module: "example.org/other"})
	slices.SortFunc(g.Nodes, func(a, b evidence.Node) int { return strings.Compare(a.ID, b.ID) })
	for range rapid.IntRange(0, 80).Draw(t, "edges") {
		from := rapid.SampledFrom(g.Nodes).Draw(t, "from")
		to := rapid.SampledFrom(g.Nodes).Draw(t, "to")
		if from.Kind != evidence.Package || from.ID == to.ID {
			continue
		}
		g.Edges = append(g.Edges, evidence.Edge{
			From: from.ID, To: to.ID, Kind: evidence.KindImport, Grade: evidence.Proven, Variants: []string{},
			Scope:     rapid.SampledFrom([]evidence.Scope{evidence.Code, evidence.Code, evidence.Test, evidence.Ignored}).Draw(t, "scope"),
			Witnesses: []evidence.Witness{{File: path.Join(from.Dir, "a.go"), Line: 1}},
		})
	}
	g.Edges = evidence.MergeEdges(g.Edges)
	return g
}

// node is the package of a folder: in the nearest module upwards, or none.
func node(t *rapid.T, roots []string, dir string) (evidence.Node, bool) {
	root := ""
	for _, r := range roots {
		if (r == "." || dir == r || strings.HasPrefix(dir, r+"/")) && len(r) > len(root) {
			root = r
		}
	}
	if root == "" {
		return evidence.Node{}, false
	}
	module := path.Join("example.com", root)
	below := strings.TrimPrefix(strings.TrimPrefix(dir, root), "/")
	if root == "." {
		below = dir
	}
	n := evidence.Node{ID: "go:" + path.Join(module, below), Kind: evidence.Package, Dir: dir, Module: module}
	n.Main = rapid.Bool().Draw(t, "main")
	n.Files = rapid.IntRange(1, 9).Draw(t, "files")
	if rapid.IntRange(0, 9).Draw(t, "unread") == 0 {
		n.Kind, n.Main, n.Files = evidence.Unread, false, 0
	}
	return n, true
}

// TestProposePasses: whatever the tree, each package is owned, each use between components is declared once,
// nothing else is declared, and check has nothing to say.
func TestProposePasses(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		g := graphs(t)
		text := scaffold.Propose(scaffold.Input{Graph: g, ModuleName: rapid.SampledFrom(segments).Draw(t, "name")})
		model, result := passes(t, g, text)
		packages := 0
		for _, n := range g.Nodes {
			if n.Kind == evidence.Package {
				packages++
				require.NotEmpty(t, result.Owners[n.ID], "%s is owned", n.ID)
			}
		}
		require.Empty(t, result.Ambiguous)
		owned := map[string]bool{}
		for _, owner := range result.Owners {
			owned[owner] = true
		}
		for _, e := range model.Elements {
			require.Equal(t, e.Code != nil, owned[e.Address], "%s owns something", e.Address)
		}
		require.Equal(t, packages == 0, len(owned) == 0)

		want := map[[2]string]bool{}
		for _, e := range g.Edges {
			from, to := result.Owners[e.From], result.Owners[e.To]
			if e.Scope == evidence.Code && from != "" && to != "" && from != to {
				want[[2]string{from, to}] = true
			}
		}
		for _, e := range model.Edges {
			require.True(t, want[[2]string{e.From, e.To}], "%s uses %s", e.From, e.To)
			delete(want, [2]string{e.From, e.To})
		}
		require.Empty(t, want, "all is declared")
		for _, a := range result.Arrows {
			require.True(t, a.Verdict == reflexion.Convergence || a.Scope == evidence.Test, "%s -> %s", a.From, a.To)
		}
	})
}

// TestProposeIsDeterministic: the order of the evidence, and who asks when, change nothing.
func TestProposeIsDeterministic(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		g := graphs(t)
		want := scaffold.Propose(scaffold.Input{Graph: g, ModuleName: "x"})
		g.Nodes = rapid.Permutation(g.Nodes).Draw(t, "nodes")
		g.Edges = rapid.Permutation(g.Edges).Draw(t, "edges")
		require.Equal(t, string(want), string(scaffold.Propose(scaffold.Input{Graph: g, ModuleName: "x"})))
	})
}
