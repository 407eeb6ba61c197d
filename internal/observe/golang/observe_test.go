package golang

import (
	"context"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/asbuilt/asbuilt/internal/files"
)

// writeTree writes files, by slash-separated name, into a new folder.
func writeTree(t testing.TB, contents map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, content := range contents {
		full := filepath.Join(dir, filepath.FromSlash(name))
		require.NoError(t, os.MkdirAll(filepath.Dir(full), 0o755))
		require.NoError(t, os.WriteFile(full, []byte(content), 0o644))
	}
	return dir
}

// TestPrintedNames: witnesses and gaps carry printed names, folders of nodes do not.
func TestPrintedNames(t *testing.T) {
	dir := writeTree(t, map[string]string{
		"go.mod":   "module m\n",
		"m.go":     "package m\n\nimport _ \"m/a\"\n",
		"a/a.go":   "package a\n",
		"a/bad.go": "pakcage a\n",
	})
	tree, err := files.Open(dir, "services/shop")
	require.NoError(t, err)
	defer tree.Close()
	g, err := Observe(context.Background(), tree, Options{Roots: []string{".", "none"}})
	require.NoError(t, err)
	require.Equal(t, "services/shop/m.go", g.Edges[0].Witnesses[0].File)
	require.Equal(t, "services/shop/a/bad.go:1", g.Gaps[0].At.String())
	require.Equal(t, "services/shop/none", g.Gaps[1].At.String())
	require.Equal(t, "a", g.Nodes[1].Dir)
}

func TestCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	_, err := Observe(ctx, openTree(t, writeTree(t, map[string]string{"go.mod": "module m\n", "m.go": "package m\n"})), Options{})
	require.ErrorIs(t, err, context.Canceled)
}

// TestLongHeaders: where the header does not end in what is read at first, more is read; beyond a
// limit it is a gap.
func TestLongHeaders(t *testing.T) {
	imports := func(n int) string {
		return "package m\n\nimport (\n" + strings.Repeat("\t_ \"fmt\"\n", n) + "\t_ \"os/exec\"\n)\n"
	}
	code := strings.Repeat("var _ = 0\n", maxHeader/8)
	comment := func(n int) string { return "/*\n" + strings.Repeat("x\n", n) + "*/\n" }
	for name, c := range map[string]struct {
		src  string
		line int // of the import of os/exec; 0: a gap
	}{
		"short":                {imports(1), 5},
		"long comment":         {comment(headSize) + imports(1), headSize + 7},
		"many imports":         {imports(headSize), headSize + 4},
		"much code":            {imports(1) + code, 5},
		"unusual and large":    {"package m; import \"\\x6fs/exec\"\n" + code, 1},
		"beyond the limit":     {comment(maxHeader) + imports(1), 0},
		"imports on the limit": {imports(maxHeader / 8), 0},
	} {
		t.Run(name, func(t *testing.T) {
			dir := writeTree(t, map[string]string{"go.mod": "module m\n", "m.go": c.src})
			g, err := Observe(context.Background(), openTree(t, dir), Options{})
			require.NoError(t, err)
			if c.line == 0 {
				require.Len(t, g.Gaps, 1)
				require.Empty(t, g.Edges)
				return
			}
			require.Empty(t, g.Gaps)
			last := g.Edges[len(g.Edges)-1]
			require.Equal(t, "go:os/exec", last.To)
			require.Equal(t, c.line, last.Witnesses[0].Line)
		})
	}
}

// TestStandardList: the embedded list names every package that the toolchain lists, nothing that is not
// in its source, and is sorted. Rewrite it with -update after a new Go release.
func TestStandardList(t *testing.T) {
	require.Equal(t, standardMinor, minorVersion(strings.TrimPrefix(runtime.Version(), "go")))
	src := goroot(t)
	g, err := Observe(context.Background(), openTree(t, src), Options{Exclude: []string{"./cmd/...", "./builtin"}})
	require.NoError(t, err)
	var want []string
	for _, n := range g.Nodes {
		path := strings.TrimPrefix(n.ID, "go:")
		if n.Dir != "" && n.Dir != "." && n.Files > 0 && !strings.Contains("/"+path, "/_") {
			want = append(want, path)
		}
	}
	require.NoError(t, filepath.WalkDir(filepath.Join(src, "vendor"), func(path string, d fs.DirEntry, err error) error {
		if err == nil && strings.HasSuffix(path, ".go") && !strings.Contains(path, "testdata") {
			path, err = filepath.Rel(src, filepath.Dir(path))
			want = append(want, filepath.ToSlash(path))
		}
		return err
	}))
	for _, system := range []string{"linux", "windows", "js"} {
		cmd := exec.Command("go", "list", "std")
		cmd.Env = append(os.Environ(), "GOOS="+system, "GOARCH="+map[string]string{"js": "wasm"}[system])
		out, err := cmd.Output()
		require.NoError(t, err)
		want = append(want, strings.Fields(string(out))...)
	}
	slices.Sort(want)
	want = slices.Compact(want)
	if *update {
		require.NoError(t, os.WriteFile("std.txt", []byte(strings.Join(want, "\n")+"\n"), 0o644))
	}
	require.Empty(t, cmp.Diff(want, strings.Fields(standardList)))
	require.True(t, IsStandard("net/http"))
	require.False(t, IsStandard("golang.org/x/net/html"))
	require.False(t, IsStandard("cmd/go"))
	require.False(t, IsStandard(""))
}
