// Package cases runs the cases of tests: txtar files, each with what goes in and what must come out.
package cases

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"
	"github.com/stretchr/testify/require"
)

// Run runs a test for each file that a pattern means, under the file's name.
func Run(t *testing.T, pattern string, run func(t *testing.T, file string, archive *txtar.Archive)) {
	t.Helper()
	each(t, pattern, func(file string, archive *txtar.Archive) {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) { run(t, file, archive) })
	})
}

// Seed offers each file to a fuzz test.
func Seed(f *testing.F, pattern string, add func(archive *txtar.Archive)) {
	f.Helper()
	each(f, pattern, func(_ string, archive *txtar.Archive) { add(archive) })
}

func each(t testing.TB, pattern string, do func(file string, archive *txtar.Archive)) {
	t.Helper()
	files, err := filepath.Glob(pattern)
	require.NoError(t, err)
	require.NotEmpty(t, files, pattern)
	for _, file := range files {
		archive, err := txtar.ParseFile(file)
		require.NoError(t, err)
		do(file, archive)
	}
}
