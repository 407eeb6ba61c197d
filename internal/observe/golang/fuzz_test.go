package golang

import (
	"context"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/tools/txtar"
)

// FuzzTree: whatever is in a tree, the graph is sorted and whole, every file that could be a source is
// counted or has a gap, and the same bytes come out with other goroutines.
func FuzzTree(f *testing.F) {
	paths, err := filepath.Glob("testdata/*.txtar")
	require.NoError(f, err)
	for _, path := range paths {
		text, err := os.ReadFile(path)
		require.NoError(f, err)
		f.Add(text, ".", "./examples/...")
	}
	f.Fuzz(func(t *testing.T, text []byte, root, exclude string) {
		archive := txtar.Parse(text)
		if len(archive.Files) == 0 || len(archive.Files) > 30 || len(exclude) > 100 {
			return
		}
		dir := t.TempDir()
		for _, file := range archive.Files {
			if !fs.ValidPath(file.Name) || file.Name == "." || len(file.Name) > 100 {
				return
			}
			full := filepath.Join(dir, filepath.FromSlash(file.Name))
			if os.MkdirAll(filepath.Dir(full), 0o755) != nil || os.WriteFile(full, file.Data, 0o644) != nil {
				return
			}
		}
		options := Options{Roots: []string{root}, Exclude: []string{exclude}}
		g, err := Observe(context.Background(), openTree(t, dir), options)
		require.NoError(t, err)
		requireSound(t, g)
		options.Jobs = 5
		again, err := Observe(context.Background(), openTree(t, dir), options)
		require.NoError(t, err)
		require.Equal(t, lines(t, g), lines(t, again))
		if len(g.Nodes) == 0 {
			require.NotEmpty(t, g.Gaps, "no data and no gap")
		}
	})
}
