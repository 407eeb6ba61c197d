package workspace_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/asbuilt/asbuilt/internal/git/gittest"
	"github.com/asbuilt/asbuilt/internal/workspace"
)

// What git ignores is not looked into, but for packages that were seen there or are asked for; and what is no longer
// ignored is.
func TestWatchedIgnores(t *testing.T) {
	dir := smallProject(t)
	gittest.Run(t, dir, "init", "-q")
	write := func(name, text string) {
		require.NoError(t, os.MkdirAll(filepath.Dir(filepath.Join(dir, name)), 0o755))
		require.NoError(t, os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644))
	}
	write(".gitignore", "/build\n/gen\nlater/\n/pictures\n")
	write("gen/seen/g.go", "package seen\n")
	write("build/notes/readme.txt", "nothing\n")
	write("b/b.go", "package b\nimport _ \"small.example/a\"\nimport _ \"small.example/gen/missing\"\n")
	folders := 0
	w := watchIn(t, dir, workspace.Watching{Check: true, Ready: func(n int) { folders = n }})
	w.until("the first", wrote)
	require.Equal(t, 6, folders, "the project, a, b, the pictures, and in gen those of packages")
	one := func(what string) workspace.Build {
		t.Helper()
		return w.until(what, func(workspace.Build) bool { return true })
	}

	w.write("build/x/x.go", "package x\n")
	w.write("c/later/deep/x.go", "package x\n")
	w.write("gen/seen/g.go", "package seen\nimport _ \"small.example/b\"\n")
	b := one("a package that was seen in a folder that is ignored")
	require.Contains(t, uses(t, b, "small.example/gen/seen"), "go:small.example/b")

	w.write("gen/missing/m.go", "package missing\n")
	b = one("one that was missing")
	require.True(t, sees(t, b, "gen/missing"))

	w.write("build/new/y.go", "package y\n")
	w.write(".gitignore", "/gen\n/pictures\n")
	w.until("no longer ignored", func(b workspace.Build) bool { return sees(t, b, "build/new") })
	w.write("build/new/y.go", "package y\nimport _ \"small.example/b\"\n")
	w.until("a save there", func(b workspace.Build) bool { return len(uses(t, b, "small.example/build/new")) > 0 })
	w.write("c/later/deep/x.go", "package x\nimport _ \"small.example/b\"\n")
	w.until("and in a folder that was made as it was ignored", func(b workspace.Build) bool { return len(uses(t, b, "small.example/c/later/deep")) > 0 })
	require.Empty(t, w.said)
}

// uses are the packages that one imports.
func uses(t *testing.T, b workspace.Build, from string) (to []string) {
	t.Helper()
	graph, err := b.Of.Evidence()
	require.NoError(t, err)
	for _, e := range graph.Edges {
		if strings.HasPrefix(e.From, "go:"+from) {
			to = append(to, e.To)
		}
	}
	return to
}

// A folder of any size that git ignores costs one folder's name.
func TestWatchedIgnoresAreNotEntered(t *testing.T) {
	dir := smallProject(t)
	gittest.Run(t, dir, "init", "-q")
	require.NoError(t, os.WriteFile(filepath.Join(dir, ".gitignore"), []byte("out/\n"), 0o644))
	for i := range 50 {
		require.NoError(t, os.MkdirAll(filepath.Join(dir, fmt.Sprintf("out/%d/deep", i)), 0o755))
	}
	folders := 0
	w := watchIn(t, dir, workspace.Watching{Ready: func(n int) { folders = n }})
	require.NoError(t, os.MkdirAll(filepath.Join(w.dir, "c/out/1/2"), 0o755))
	w.until("the first", wrote)
	require.Equal(t, 4, folders, "the project, a, b, the pictures")
}
