package scaffold_test

import (
	"fmt"
	"path"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/asbuilt/asbuilt/internal/scaffold"
	"github.com/asbuilt/asbuilt/pkg/arch"
	"github.com/asbuilt/asbuilt/pkg/evidence"
)

// tree is a graph of packages in one module; each uses the one before it. A folder that ends in ! is a command.
func tree(dirs ...string) evidence.Graph {
	var g evidence.Graph
	for i, dir := range dirs {
		dir, main := strings.CutSuffix(dir, "!")
		id := "go:" + path.Join("example.com/m", dir)
		g.Nodes = append(g.Nodes, evidence.Node{ID: id, Kind: evidence.Package, Dir: dir, Module: "example.com/m", Main: main, Files: 1})
		if i > 0 {
			g.Edges = append(g.Edges, evidence.Edge{
				From: id, To: g.Nodes[i-1].ID, Kind: evidence.KindImport, Grade: evidence.Proven, Scope: evidence.Code,
				Witnesses: []evidence.Witness{{File: path.Join(dir, "a.go"), Line: 3}},
			})
		}
	}
	slices.SortFunc(g.Nodes, func(a, b evidence.Node) int { return strings.Compare(a.ID, b.ID) })
	g.Edges = evidence.MergeEdges(g.Edges)
	return g
}

// many is count folders below one.
func many(parent string, count int, mark string) []string {
	out := make([]string, count)
	for i := range out {
		out[i] = path.Join(parent, fmt.Sprintf("p%03d", i)) + mark
	}
	return out
}

func patterns(m *arch.Model) []string {
	var out []string
	for _, e := range m.Elements {
		if e.Code != nil {
			out = append(out, e.Code.Go[0].Text)
		}
	}
	slices.Sort(out)
	return out
}

func TestComponents(t *testing.T) {
	for _, c := range []struct {
		name string
		dirs []string
		want []string
	}{
		{"the root alone", []string{"."}, []string{"."}},
		{"a command at the root", []string{".!", "a", "b"}, []string{".", "./a/...", "./b/..."}},
		{"one folder is opened", []string{"src/m/a", "src/m/b", "src/m/c"}, []string{"./src/m/a/...", "./src/m/b/...", "./src/m/c/..."}},
		{"one package is not", []string{"a/b/c"}, []string{"./a/..."}},
		{
			"folders that say nothing",
			[]string{"cmd", "cmd/x!", "internal/a", "internal/b/c", "pkg/d"},
			[]string{"./cmd/...", "./cmd/x/...", "./internal/a/...", "./internal/b/...", "./pkg/d/..."},
		},
		{
			"a service is one program",
			[]string{"services/a/cmd/server!", "services/a/store", "services/b!", "apps/c/d!"},
			[]string{"./apps/c/...", "./services/a/...", "./services/b/..."},
		},
		{
			"a command has what is below it",
			[]string{"tools/gen!", "tools/gen/parse", "tools/lib", "x"},
			[]string{"./tools/...", "./tools/gen/...", "./x/..."},
		},
		{"a folder that no pattern names", []string{"a/b c", "a/d", "e", "f"}, []string{"./a/...", "./e/...", "./f/..."}},
		{"a top folder that no pattern names", []string{"a b/c", "d", "e", "f"}, []string{"./...", "./d/...", "./e/...", "./f/..."}},
	} {
		t.Run(c.name, func(t *testing.T) {
			g := tree(c.dirs...)
			model, _ := passes(t, g, scaffold.Propose(scaffold.Input{Graph: g, ModuleName: "m"}))
			require.Equal(t, c.want, patterns(model))
		})
	}
}

// TestManyFolders: a proposal stays readable, and what is put together makes no circle.
func TestManyFolders(t *testing.T) {
	for _, c := range []struct {
		name  string
		dirs  []string
		want  int
		keeps string
	}{
		{"many folders of internal", append(many("internal", 100, ""), "cmd/x!"), 25, "./cmd/x/..."},
		{"many commands", append(many("internal", 10, ""), many("cmd", 100, "!")...), 25, "./cmd/p099/..."},
		{"many top folders", append(many(".", 100, ""), "."), 60, "./..."},
		{"many top folders are few enough", many(".", 40, ""), 40, "./p000/..."},
	} {
		t.Run(c.name, func(t *testing.T) {
			g := tree(c.dirs...)
			text := scaffold.Propose(scaffold.Input{Graph: g, ModuleName: "m"})
			model, _ := passes(t, g, text)
			require.Len(t, patterns(model), c.want)
			require.Contains(t, patterns(model), c.keeps)
		})
	}
	g := tree(append(many("internal", 100, ""), "cmd/x!")...)
	text := string(scaffold.Propose(scaffold.Input{Graph: g, ModuleName: "m"}))
	require.NotContains(t, text, "Debt")
	require.Contains(t, text, `code { go = ["./internal/..."] } # what no longer pattern owns`)
}

func TestCircles(t *testing.T) {
	g := tree("a/x", "b/x", "c/x", "a/y", "c/y", "d")
	text := string(scaffold.Propose(scaffold.Input{Graph: g, ModuleName: "m"}))
	require.Contains(t, text, "#   a -> c -> a (1 more in circles with them)\n")
}

func TestGapsAreSaid(t *testing.T) {
	g := tree("a", "b", "c")
	g.Gaps = []evidence.Gap{{Reason: "could not be read"}}
	require.Contains(t, string(scaffold.Propose(scaffold.Input{Graph: g})), "# Places of the code that could not be read: 1.")
}

func TestTitlesAreTheTrueNames(t *testing.T) {
	g := tree("a${x}", "2d", "日本", "for", "x/y", "x/z!", "pkg/z", "z")
	model, _ := passes(t, g, scaffold.Propose(scaffold.Input{Graph: g, ModuleName: "m"}))
	titles := map[string]string{}
	for _, e := range model.Elements {
		titles[e.Address] = e.Title
	}
	require.Equal(t, map[string]string{
		"system.m": "", "component.m": "", "component._2d": "2d", "component.part": "日本", "component.for": "", "component.x": "",
		"component.x_z": "x/z", "component.pkg_z": "pkg/z", "component.z": "",
	}, titles)
}
