//go:build linux || darwin

package workspace

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/asbuilt/asbuilt/internal/files"
)

// A file that was written over with as many bytes, and its time put back, is another.
func TestScanSeesThroughTimes(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "x.go")
	old := time.Now().Add(-time.Hour)
	save := func(text string) {
		require.NoError(t, os.WriteFile(file, []byte(text), 0o644))
		require.NoError(t, os.Chtimes(file, old, old))
	}
	save("package a\n")
	later := func() time.Time { return time.Now().Add(time.Hour) }
	s := newScan(later, func(string) {}, &own{}, &ignores{})
	s.set([]area{{tree: opened(t, dir), dir: ".", here: inCode}})
	require.Zero(t, s.lookAround().changed)
	for before := statOf(t, file); statOf(t, file) == before; { // the system's clock may not have moved
		save("package b\n")
	}
	require.Equal(t, ofCode, s.lookAround().changed)
}

func statOf(t *testing.T, file string) files.Stamp {
	info, err := os.Stat(file)
	require.NoError(t, err)
	return files.StampOf(info)
}

// What comes to be watched, and was written since the build began that read it, counts as changed.
func TestScanOfWhatWasRead(t *testing.T) {
	dir := t.TempDir()
	tree := opened(t, dir)
	began := time.Now().Add(-time.Minute)
	for name, at := range map[string]time.Time{"old": began.Add(-time.Hour), "new": time.Now()} {
		require.NoError(t, os.MkdirAll(filepath.Join(dir, name), 0o755))
		file := filepath.Join(dir, name, "x.go")
		require.NoError(t, os.WriteFile(file, []byte("package x\n"), 0o644))
		require.NoError(t, os.Chtimes(file, at, at))
	}
	s := newScan(time.Now, func(string) {}, &own{}, &ignores{})
	s.since = began
	areas := []area{{tree: tree, dir: "old", here: inCode}}
	changed, _ := s.set(areas)
	require.Zero(t, changed)
	changed, _ = s.set(append(areas, area{tree: tree, dir: "new", here: inCode}))
	require.Equal(t, ofCode, changed)
	changed, _ = s.set(areas)
	require.Zero(t, changed)
}
