package workspace_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/asbuilt/asbuilt/internal/workspace"
)

// A watch goes on whatever is wrong with its files: each is said, the last good pictures stay, and what is mended is
// drawn.
func TestWatchGoesOn(t *testing.T) {
	dir := smallProject(t)
	w := watchIn(t, dir, workspace.Watching{Formats: []string{"svg"}})
	w.until("the first", wrote)
	read := func(name string) string {
		data, err := os.ReadFile(filepath.Join(dir, name))
		require.NoError(t, err)
		return string(data)
	}
	picture, lock := read("pictures/all.svg"), read("asbuilt.lock.hcl")
	w.write("icons/no.svg", "no picture")
	for _, bad := range []struct{ what, file, text string }{
		{"a lock from a newer version", "asbuilt.lock.hcl", strings.Replace(lock, "format = 1", "format = 99", 1)},
		{"a lock that is none", "asbuilt.lock.hcl", "node {{{\n"},
		{"a view that shows nothing", "m.arch.hcl", strings.Replace(small, "drift = true", "include = []", 1)},
		{"an icon that is no picture", "m.arch.hcl", strings.Replace(small, "title = \"Alpha\"", "icon = \"icons/no.svg\"", 1)},
		{"an icon that is not there", "m.arch.hcl", strings.Replace(small, "title = \"Alpha\"", "icon = \"icons/none.svg\"", 1)},
		{"text that does not parse", "m.arch.hcl", small + "component {"},
		{"text that is too large", "m.arch.hcl", "#" + strings.Repeat("x", 3<<20)},
		{"text that nobody may read", "m.arch.hcl", "\x00\xff"},
	} {
		good := read(bad.file)
		w.write(bad.file, bad.text)
		b := w.until(bad.what, func(b workspace.Build) bool { return b.Broken || b.Err != nil })
		require.True(t, len(b.Findings) > 0 || b.Err != nil, bad.what)
		require.Empty(t, b.Written, bad.what)
		require.Equal(t, picture, read("pictures/all.svg"), bad.what)
		w.write(bad.file, good)
		b = w.until(bad.what+" is mended", func(b workspace.Build) bool { return !b.Broken && b.Err == nil })
		require.Empty(t, b.Written, bad.what)
	}
	w.write("m.arch.hcl", strings.Replace(small, "Alpha", "Omega", 1))
	w.until("a good one", wrote)
	require.Contains(t, read("pictures/all.svg"), "Omega")
	require.Empty(t, w.said)
}
