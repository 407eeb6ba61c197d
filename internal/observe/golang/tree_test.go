package golang

import (
	"bytes"
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/tools/txtar"

	"github.com/asbuilt/asbuilt/internal/files"
	"github.com/asbuilt/asbuilt/pkg/evidence"
	"github.com/asbuilt/asbuilt/pkg/source"
)

var update = flag.Bool("update", false, "rewrite the graphs in testdata")

// treeCase is one testdata/*.txtar: a tree, what to do with it, what must hold, and the whole graph.
//
// Directives stand in its comment: "roots: a b", "exclude: x/... ./y", "at: arch.hcl:3",
// "link: name -> target", "fifo: name", "size: name bytes", "outside: name content", "inside: dir" (the tree is
// that folder of the work tree that the files are). The section assert is read by check, the section graph is the golden.
type treeCase struct {
	dir     string
	options Options
	asserts []string
	golden  string
	archive *txtar.Archive
	path    string
}

func loadCase(t *testing.T, path string) *treeCase {
	t.Helper()
	archive, err := txtar.ParseFile(path)
	require.NoError(t, err)
	c := &treeCase{dir: filepath.Join(t.TempDir(), "tree"), archive: archive, path: path}
	require.NoError(t, os.Mkdir(c.dir, 0o755))
	for _, f := range archive.Files {
		switch f.Name {
		case "assert":
			c.asserts = strings.Split(strings.TrimSpace(string(f.Data)), "\n")
		case "graph":
			c.golden = string(f.Data)
		default:
			c.write(t, f.Name, f.Data)
		}
	}
	for line := range strings.Lines(string(archive.Comment)) {
		if name, value, ok := strings.Cut(strings.TrimSpace(line), ": "); ok {
			c.direct(t, name, value)
		}
	}
	return c
}

func (c *treeCase) write(t *testing.T, name string, data []byte) string {
	t.Helper()
	full := filepath.Join(c.dir, filepath.FromSlash(name))
	require.NoError(t, os.MkdirAll(filepath.Dir(full), 0o755))
	if data != nil {
		require.NoError(t, os.WriteFile(full, data, 0o644))
	}
	return full
}

func (c *treeCase) direct(t *testing.T, name, value string) {
	t.Helper()
	first, rest, _ := strings.Cut(value, " ")
	switch name {
	case "roots":
		c.options.Roots = strings.Fields(value)
	case "exclude":
		c.options.Exclude = strings.Fields(value)
	case "at":
		file, line, _ := strings.Cut(value, ":")
		n, err := strconv.Atoi(line)
		require.NoError(t, err)
		c.options.At = source.At(file, n)
	case "link":
		require.NoError(t, os.Symlink(strings.TrimPrefix(rest, "-> "), c.write(t, first, nil)))
	case "fifo":
		require.NoError(t, mkfifo(c.write(t, first, nil)))
	case "size":
		n, err := strconv.ParseInt(rest, 10, 64)
		require.NoError(t, err)
		require.NoError(t, os.Truncate(c.write(t, first, []byte("package p\n")), n))
	case "inside":
		around, err := files.Open(c.dir, "")
		require.NoError(t, err)
		t.Cleanup(func() { around.Close() })
		c.options.Around, c.options.Inside = around, value
	case "outside":
		c.write(t, "../"+first, []byte(rest+"\n"))
	}
}

// lines is the graph as text: one JSON value a line.
func lines(t *testing.T, g evidence.Graph) string {
	t.Helper()
	var out strings.Builder
	line := func(kind string, value any) {
		var b bytes.Buffer
		e := json.NewEncoder(&b)
		e.SetEscapeHTML(false)
		require.NoError(t, e.Encode(value))
		out.WriteString(kind + " " + b.String())
	}
	for _, n := range g.Nodes {
		line("node", n)
	}
	for _, e := range g.Edges {
		line("edge", e)
	}
	for _, gap := range g.Gaps {
		line("gap", gap)
	}
	for _, c := range g.Coverage {
		line("coverage", c)
	}
	for _, w := range g.Waivers {
		line("waiver", w)
	}
	return out.String()
}

// check holds a graph against one line of a case's assert section:
//
//	edge FROM TO [test|ignored] [VARIANTS]   the edge, code and unconditional unless said otherwise
//	not FROM TO                              no edge of any scope
//	node ID KIND                             the node
//	none ID                                  no such node
//	gap PLACE TEXT                           a gap at a place whose reason holds a text
//	gaps N                                   how many there are
//	modules N                                how many modules the first root has
//	known MODULE...                          the modules that its build lists name
//	newer PLACE...                           the lines that ask for a newer Go
//	outside PLACE...                         the lines that name a module which is not read and not imported
//	ignored PLACE...                         the lines of go.mod that took folders out
//	witness FROM TO PLACE...                 the lines that show an edge of code
//	waiver PLACE LINE RULE UNTIL REASON      a comment that accepts a finding; - for what is missing
func check(t *testing.T, g evidence.Graph, assert string) {
	t.Helper()
	verb, rest, _ := strings.Cut(assert, " ")
	words := strings.Fields(rest)
	switch verb {
	case "edge":
		checkEdge(t, g, assert, words)
	case "not":
		for _, e := range g.Edges {
			require.False(t, e.From == words[0] && e.To == words[1], assert)
		}
	case "node":
		i := slices.IndexFunc(g.Nodes, func(n evidence.Node) bool { return n.ID == words[0] })
		require.GreaterOrEqual(t, i, 0, assert)
		require.Equal(t, words[1], g.Nodes[i].Kind, assert)
	case "none":
		require.False(t, slices.ContainsFunc(g.Nodes, func(n evidence.Node) bool { return n.ID == words[0] }), assert)
	case "gap":
		_, text, _ := strings.Cut(rest, " ")
		require.True(t, slices.ContainsFunc(g.Gaps, func(gap evidence.Gap) bool {
			return gap.At.String() == words[0] && strings.Contains(gap.Reason, text)
		}), "%s\n%+v", assert, g.Gaps)
	case "gaps":
		require.Equal(t, words[0], strconv.Itoa(len(g.Gaps)), "%+v", g.Gaps)
	case "modules":
		require.Equal(t, words[0], strconv.Itoa(len(g.Coverage[0].Modules)), "%v", g.Coverage[0].Modules)
	case "known":
		require.Equal(t, rest, strings.Join(g.Coverage[0].Known, " "))
	case "waiver":
		reason := strings.SplitN(rest, " ", 5)[4]
		require.True(t, slices.ContainsFunc(g.Waivers, func(w evidence.Waiver) bool {
			return w.At.String() == words[0] && strconv.Itoa(w.Line) == words[1] && orDash(w.Rule) == words[2] &&
				orDash(w.Until) == words[3] && orDash(w.Reason) == reason
		}), "%s\n%+v", assert, g.Waivers)
	case "newer":
		require.Equal(t, words, printed(g.Coverage[0].Newer))
	case "outside":
		require.Equal(t, words, printed(g.Coverage[0].Outside))
	case "ignored":
		require.Equal(t, words, printed(g.Coverage[0].Ignored))
	case "witness":
		i := slices.IndexFunc(g.Edges, func(e evidence.Edge) bool { return e.From == words[0] && e.To == words[1] && e.Scope == evidence.Code })
		require.GreaterOrEqual(t, i, 0, assert)
		var at []source.Range
		for _, w := range g.Edges[i].Witnesses {
			at = append(at, w.At())
		}
		require.Equal(t, words[2:], printed(at))
	case "waivers":
		require.Equal(t, words[0], strconv.Itoa(len(g.Waivers)), "%+v", g.Waivers)
	default:
		t.Fatalf("unknown assertion %q", assert)
	}
}

func printed(all []source.Range) []string {
	var out []string
	for _, at := range all {
		out = append(out, at.String())
	}
	return out
}

func orDash(s string) string {
	if s == "" {
		return "-"
	}
	return s
}

func checkEdge(t *testing.T, g evidence.Graph, assert string, words []string) {
	t.Helper()
	scope, variants := evidence.Code, words[2:]
	if len(variants) > 0 && (variants[0] == "test" || variants[0] == "ignored") {
		scope, variants = evidence.Scope(variants[0]), variants[1:]
	}
	i := slices.IndexFunc(g.Edges, func(e evidence.Edge) bool {
		return e.From == words[0] && e.To == words[1] && e.Scope == scope
	})
	require.GreaterOrEqual(t, i, 0, assert)
	require.Equal(t, strings.Join(variants, " "), strings.Join(g.Edges[i].Variants, ", "), assert)
	require.Equal(t, evidence.KindImport, g.Edges[i].Kind)
	require.Equal(t, evidence.Proven, g.Edges[i].Grade)
	require.NotEmpty(t, g.Edges[i].Witnesses)
}

func TestTrees(t *testing.T) { runTrees(t, "testdata/*.txtar") }

func runTrees(t *testing.T, pattern string) {
	t.Helper()
	paths, err := filepath.Glob(pattern)
	require.NoError(t, err)
	require.NotEmpty(t, paths)
	for _, path := range paths {
		t.Run(strings.TrimSuffix(filepath.Base(path), ".txtar"), func(t *testing.T) {
			c := loadCase(t, path)
			g, err := Observe(context.Background(), c.open(t), c.options)
			require.NoError(t, err)
			requireSound(t, g)
			got := lines(t, g)
			if *update {
				c.rewrite(t, got)
				c.golden = got
			}
			for _, assert := range c.asserts {
				check(t, g, assert)
			}
			require.NotEmpty(t, c.asserts, "say in words of the section assert what the case is about")
			require.Equal(t, c.golden, got)
			require.NotContains(t, got, c.dir, "a machine's path")

			c.options.Jobs = 7
			again, err := Observe(context.Background(), c.open(t), c.options)
			require.NoError(t, err)
			require.Equal(t, got, lines(t, again), "with other goroutines")
		})
	}
}

func (c *treeCase) open(t *testing.T) *files.Tree {
	t.Helper()
	tree, err := files.Open(filepath.Join(c.dir, filepath.FromSlash(c.options.Inside)), c.options.Inside)
	require.NoError(t, err)
	t.Cleanup(func() { tree.Close() })
	return tree
}

func (c *treeCase) rewrite(t *testing.T, graph string) {
	t.Helper()
	i := slices.IndexFunc(c.archive.Files, func(f txtar.File) bool { return f.Name == "graph" })
	if i < 0 {
		i = len(c.archive.Files)
		c.archive.Files = append(c.archive.Files, txtar.File{Name: "graph"})
	}
	c.archive.Files[i].Data = []byte(graph)
	require.NoError(t, os.WriteFile(c.path, txtar.Format(c.archive), 0o644))
}

// requireSound checks what holds for every graph: sorted, unique, and no edge without nodes.
func requireSound(t *testing.T, g evidence.Graph) {
	t.Helper()
	nodes := map[string]bool{}
	for i, n := range g.Nodes {
		require.False(t, nodes[n.ID], n.ID)
		require.True(t, i == 0 || g.Nodes[i-1].ID < n.ID, n.ID)
		nodes[n.ID] = true
	}
	key := func(e evidence.Edge) string { return fmt.Sprint(e.From, "\x00", e.To, "\x00", e.Kind, "\x00", e.Scope) }
	for i, e := range g.Edges {
		require.True(t, nodes[e.From] && nodes[e.To] && e.From != e.To, "%+v", e)
		require.True(t, i == 0 || key(g.Edges[i-1]) < key(e), "%+v", e)
		require.NotNil(t, e.Variants)
		require.True(t, slices.IsSorted(e.Variants), "%+v", e)
		require.NotEmpty(t, e.Witnesses)
	}
}
