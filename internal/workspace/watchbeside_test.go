package workspace_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/asbuilt/asbuilt/internal/git/gittest"
	"github.com/asbuilt/asbuilt/internal/workspace"
)

// What code is built with beside it, and what says so above it, is watched, too: a save there can make a way.
func TestWatchedBeside(t *testing.T) {
	top := t.TempDir()
	gittest.Run(t, top, "init", "-q")
	write := func(name, text string) {
		require.NoError(t, os.MkdirAll(filepath.Dir(filepath.Join(top, name)), 0o755))
		require.NoError(t, os.WriteFile(filepath.Join(top, name), []byte(text), 0o644))
	}
	require.NoError(t, os.Rename(smallProject(t), filepath.Join(top, "project")))
	write("project/b/b.go", "package b\nimport _ \"beside.example/x\"\n")
	write("beside/go.mod", "module beside.example\n\ngo 1.26\n")
	write("beside/x/x.go", "package x\n")
	write("elsewhere/e.go", "package elsewhere\n")
	w := watchIn(t, filepath.Join(top, "project"), workspace.Watching{Check: true})
	leads := func(b workspace.Build) bool { return len(uses(t, b, "beside.example/x")) > 0 }
	b := w.until("the first", wrote)
	require.False(t, leads(b))

	write("elsewhere/e.go", "package elsewhere // nobody asks for it\n")
	write("go.work", "go 1.26\n\nuse (\n\t./project\n\t./beside\n)\n")
	w.until("a go.work above", func(workspace.Build) bool { return true })
	write("beside/x/x.go", "package x\nimport _ \"small.example/a\"\n")
	b = w.until("an import there", leads)
	require.Equal(t, []string{"go:small.example/a"}, uses(t, b, "beside.example/x"))
	write("beside/x/x.go", "package x\n")
	w.until("and none", func(b workspace.Build) bool { return !leads(b) })
	require.Empty(t, w.said)
}
