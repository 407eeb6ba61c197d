package files_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/asbuilt/asbuilt/internal/files"
)

func TestGlob(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"deps.json", "a/deps.json", "a/b/deps.json", "a/b/other.yaml", "../outside.json"} {
		full := filepath.Join(dir, "root", filepath.FromSlash(name))
		require.NoError(t, os.MkdirAll(filepath.Dir(full), 0o755))
		require.NoError(t, os.WriteFile(full, nil, 0o644))
	}
	tree, err := files.Open(filepath.Join(dir, "root"), "")
	require.NoError(t, err)
	defer tree.Close()
	for pattern, want := range map[string]string{
		"*.json":                "deps.json",
		"./*.json":              "deps.json",
		"**/*.json":             "a/b/deps.json a/deps.json deps.json",
		"{a/b,c}/*.json":        "a/b/deps.json",
		"a/?/[n-p]*":            "a/b/other.yaml",
		"a/*":                   "a/deps.json",
		"../*.json":             "",
		"**/none":               "",
		"a/../*.json":           "deps.json",
		strings.Repeat("*", 99): "deps.json",
	} {
		got, err := tree.Glob(pattern, 10)
		require.NoError(t, err, pattern)
		require.Equal(t, want, strings.Join(got, " "), pattern)
	}
	for _, pattern := range []string{"[", "{a", strings.Repeat("{a,b}", 5)} {
		_, err := tree.Glob(pattern, 10)
		require.ErrorIs(t, err, files.ErrPattern, pattern)
	}
	_, err = tree.Glob("**", 2)
	require.ErrorIs(t, err, files.ErrTooLarge)
}
