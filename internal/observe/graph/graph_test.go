package graph_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"
	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/asbuilt/asbuilt/internal/files"
	"github.com/asbuilt/asbuilt/internal/observe/graph"
	"github.com/asbuilt/asbuilt/pkg/evidence"
	"github.com/asbuilt/asbuilt/pkg/source"
)

var update = flag.Bool("update", false, "rewrite what the tests compare with")

func schema(t testing.TB) *jsonschema.Schema {
	t.Helper()
	compiler := jsonschema.NewCompiler()
	s, err := compiler.Compile("../../../docs/evidence.schema.json")
	require.NoError(t, err)
	return s
}

// accepts reports whether the JSON Schema takes a document.
func accepts(t testing.TB, s *jsonschema.Schema, data []byte) bool {
	t.Helper()
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(data))
	return err == nil && s.Validate(doc) == nil
}

func TestMistakes(t *testing.T) {
	const name = "testdata/mistakes.txtar"
	archive, err := txtar.ParseFile(name)
	require.NoError(t, err)
	s := schema(t)
	var got strings.Builder
	last := len(archive.Files) - 1
	for _, f := range archive.Files[:last] {
		g := graph.Parse(f.Name, f.Data)
		require.NotEmpty(t, g.Gaps, f.Name)
		for _, gap := range g.Gaps {
			fmt.Fprintf(&got, "%s: %s (%s)\n", gap.At, gap.Reason, gap.Fix)
		}
		if accepts(t, s, f.Data) {
			got.WriteString("  schema: passes\n")
		}
		requireSound(t, g)
	}
	if *update {
		archive.Files[last].Data = []byte(got.String())
		require.NoError(t, os.WriteFile(name, txtar.Format(archive), 0o644))
		return
	}
	require.Equal(t, string(archive.Files[last].Data), got.String())
}

func TestBounds(t *testing.T) {
	deep := `{"schema_version": 1, "nodes": [{"id": "js:a"}], "edges": [], "later": ` + strings.Repeat("[", 5000) + strings.Repeat("]", 5000) + "}"
	g := graph.Parse("deep.json", []byte(deep))
	require.Contains(t, g.Gaps[0].Reason, "nests deeper")

	many := `{"schema_version": 1, "nodes": [` + strings.Repeat(`{"id": ""},`, 1000) + `{"id": "js:a"}], "edges": []}`
	g = graph.Parse("many.json", []byte(many))
	require.Len(t, g.Gaps, 21)
	require.Contains(t, g.Gaps[20].Reason, "more mistakes")

	g = graph.Parse("latin.json", []byte("{\n \"observer\": \"caf\xe9\"}"))
	require.Equal(t, "latin.json:2:18", g.Gaps[0].At.String())
	require.Contains(t, g.Gaps[0].Reason, "UTF-8")
}

// TestUnknownFields holds the promise that a schema version only grows.
func TestUnknownFields(t *testing.T) {
	g := graph.Parse("a.json", []byte(`{"$schema": "x", "schema_version": 1, "later": {"a": [1, {"b": null}]},
		"nodes": [{"id": "js:a", "more": []}, {"id": "js:b"}], "edges": [{"to": "js:b", "weight": 3.5, "from": "js:a"}]}`))
	require.Empty(t, g.Gaps)
	require.Len(t, g.Nodes, 2)
	require.Equal(t, []evidence.Witness{{File: "a.json", Line: 2}}, g.Edges[0].Witnesses, "the edge's own line shows it")
}

func TestFiles(t *testing.T) {
	dir := t.TempDir()
	require.NoError(t, os.Mkdir(filepath.Join(dir, "folder.json"), 0o755))
	require.NoError(t, os.Truncate(write(t, dir, "large.json"), 65<<20))
	tree, err := files.Open(dir, "sub")
	require.NoError(t, err)
	defer tree.Close()
	for name, reason := range map[string]string{
		"none.json": "does not exist", "folder.json": "not a regular file", "large.json": "larger than 64 MiB", "../x": "cannot be read",
	} {
		g := graph.Observe(tree, name)
		require.Len(t, g.Gaps, 1, name)
		require.Contains(t, g.Gaps[0].Reason, reason)
		require.Equal(t, "sub/"+name, g.Gaps[0].At.File)
	}
}

func write(t *testing.T, dir, name string) string {
	t.Helper()
	full := filepath.Join(dir, name)
	require.NoError(t, os.WriteFile(full, nil, 0o644))
	return full
}

// requireSound checks what everything after the observers relies on.
func requireSound(t require.TestingT, g evidence.Graph) {
	nodes := map[string]bool{}
	for i, n := range g.Nodes {
		require.True(t, i == 0 || g.Nodes[i-1].ID < n.ID, n.ID)
		nodes[n.ID] = true
	}
	for i, e := range g.Edges {
		require.True(t, nodes[e.From] && nodes[e.To] && e.From != e.To, "%+v", e)
		require.True(t, i == 0 || evidence.CompareEdges(g.Edges[i-1], e) < 0, "%+v", e)
		require.NotNil(t, e.Variants)
		require.NotEmpty(t, e.Witnesses)
		for _, w := range e.Witnesses {
			require.False(t, strings.HasPrefix(w.File, "/") || strings.HasPrefix(w.File, ".."), w.File)
		}
	}
}

// printed is a graph as the program prints it.
func printed(t require.TestingT, g evidence.Graph) []byte {
	var out bytes.Buffer
	require.NoError(t, json.NewEncoder(&out).Encode(struct {
		SchemaVersion int `json:"schema_version"`
		evidence.Graph
	}{1, g}))
	return out.Bytes()
}

// TestRoundTrip reads back what was printed.
func TestRoundTrip(t *testing.T) {
	s := schema(t)
	rapid.Check(t, func(r *rapid.T) {
		g := drawGraph(r)
		data := printed(r, g)
		require.True(r, accepts(t, s, data), "%s", data)
		got := graph.Parse("e.json", data)
		got.Coverage = nil
		require.Empty(r, cmp.Diff(g, got))
	})
}

func drawGraph(r *rapid.T) evidence.Graph {
	word := rapid.StringMatching(`[a-z]{1,3}(/[a-zé]{1,3})?`)
	g := evidence.Graph{
		Observer: "tool", Worlds: []string{"js"}, Kinds: []string{"call", "import"},
	}
	for _, name := range rapid.SliceOfNDistinct(word, 1, 6, rapid.ID).Draw(r, "names") {
		g.Nodes = append(g.Nodes, evidence.Node{
			ID: "js:" + name, Kind: rapid.SampledFrom([]string{"package", "service", "third-party", "unread", "standard"}).Draw(r, "kind"),
			Dir: rapid.SampledFrom([]string{"", ".", "a/b"}).Draw(r, "dir"), Module: rapid.SampledFrom([]string{"", "m"}).Draw(r, "module"),
			Main: rapid.Bool().Draw(r, "main"), Files: rapid.IntRange(0, 3).Draw(r, "files"),
		})
	}
	slices.SortFunc(g.Nodes, func(a, b evidence.Node) int { return strings.Compare(a.ID, b.ID) })
	node := rapid.SampledFrom(g.Nodes)
	for range rapid.IntRange(0, 8).Draw(r, "edges") {
		e := evidence.Edge{
			From: node.Draw(r, "from").ID, To: node.Draw(r, "to").ID,
			Kind:     rapid.SampledFrom([]string{"import", "call", "event", "data"}).Draw(r, "kind"),
			Grade:    rapid.SampledFrom([]evidence.Grade{evidence.Proven, evidence.Strong, evidence.Weak, evidence.Allowed, evidence.Observed}).Draw(r, "grade"),
			Scope:    rapid.SampledFrom([]evidence.Scope{evidence.Code, evidence.Test, evidence.Ignored}).Draw(r, "scope"),
			Variants: rapid.SampledFrom([][]string{{}, {"linux"}, {"darwin && cgo", "windows"}}).Draw(r, "variants"),
		}
		if e.From == e.To {
			continue
		}
		e.Witnesses = []evidence.Witness{{File: word.Draw(r, "file"), Line: rapid.IntRange(0, 9).Draw(r, "line")}}
		g.Edges = append(g.Edges, e)
	}
	g.Edges = evidence.MergeEdges(g.Edges)
	for range rapid.IntRange(0, 2).Draw(r, "gaps") {
		p := source.Pos{Line: rapid.IntRange(0, 9).Draw(r, "line")}
		g.Gaps = append(g.Gaps, evidence.Gap{At: source.Range{File: word.Draw(r, "file"), Start: p, End: p}, Reason: "no", Fix: "do"})
		g.Waivers = append(g.Waivers, evidence.Waiver{Node: g.Nodes[0].ID, Line: 3, Rule: "code/undeclared", Until: "2027-01-31", Reason: "so", At: source.At("f", 1)})
	}
	return g
}

// FuzzParse holds that what is read is sound, that a document without a gap reads the same once printed, and that
// what the reader takes the schema takes.
func FuzzParse(f *testing.F) {
	archive, err := txtar.ParseFile("testdata/mistakes.txtar")
	require.NoError(f, err)
	for _, file := range archive.Files {
		f.Add(file.Data)
	}
	f.Add([]byte(`{"schema_version":1,"nodes":[{"id":"js:a"},{"id":"js:b"}],"edges":[{"from":"js:a","to":"js:b"}],"gaps":[{"at":{"file":"x"}}]}`))
	s := schema(f)
	f.Fuzz(func(t *testing.T, data []byte) {
		g := graph.Parse("e.json", data)
		requireSound(t, g)
		if len(g.Gaps) > 0 {
			return
		}
		require.True(t, accepts(t, s, data))
		again := graph.Parse("e.json", printed(t, g))
		require.Equal(t, printed(t, g), printed(t, again))
	})
}
