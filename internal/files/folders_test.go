//go:build unix

package files

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestFoldersIsTheTree: in any order, folders open and list as the tree itself does.
func TestFoldersIsTheTree(t *testing.T) {
	tree, dir := openTemp(t, "")
	for _, name := range []string{"a/b/c", "a/b/d", "a/e", "f"} {
		full := filepath.Join(dir, filepath.FromSlash(name))
		require.NoError(t, os.MkdirAll(full, 0o755))
		require.NoError(t, os.WriteFile(filepath.Join(full, "in-"+filepath.Base(name)), nil, 0o644))
	}
	require.NoError(t, os.Symlink("../../f", filepath.Join(dir, "a", "b", "up")))
	require.NoError(t, os.Symlink("c", filepath.Join(dir, "a", "b", "beside")))
	require.NoError(t, os.Symlink("../../../..", filepath.Join(dir, "a", "b", "out")))
	folders := tree.Folders()
	t.Cleanup(func() { require.NoError(t, folders.Close()) })
	for _, p := range []string{
		"a/b/c", "a/b/d", "a/b/beside", "a/b/up", "a/b/out", "a/b/missing", "a/b/c/in-c", "a", ".", "f", "a/e", "a/b/c", "a/b", "a/b/..", "..", "a/../..", "a/b/../e",
	} {
		want, wantErr := tree.Entries(p)
		entries, err := folders.Entries(p)
		require.Equal(t, wantErr, err, p)
		require.Len(t, entries, len(want), p)
		for i, e := range entries {
			require.Equal(t, want[i].Name(), e.Name(), p)
		}
		d, err := folders.Dir(p)
		if wantErr != nil {
			require.Error(t, err, p)
			continue
		}
		require.NoError(t, err, p)
		listed, err := d.Entries()
		require.NoError(t, err, p)
		require.Len(t, listed, len(want), p)
		require.NoError(t, d.Close())
	}
}
