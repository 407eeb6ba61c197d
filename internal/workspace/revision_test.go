package workspace_test

import (
	"context"
	"os"
	"path/filepath"
	"regexp"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/txtar"
	"github.com/stretchr/testify/require"

	"github.com/asbuilt/asbuilt/internal/workspace"
)

const stale = `
-- go.mod --
module m
-- a/a.go --
package a
-- a.arch.hcl --
component "a" {
  depends_on = [component.b]
  code { go = ["./a"] }
}
-- b/b.go --
package b
-- b.arch.hcl --
component "b" {
  depends_on = [component.c]
  code { go = ["./b"] }
}
-- c/c.go --
package c
-- c.arch.hcl --
component "c" {
  code { go = ["./c"] }
}
`

// TestARevisionIsWrittenAsAWholeOrNotAtAll changes a file between plan and writing.
func TestARevisionIsWrittenAsAWholeOrNotAtAll(t *testing.T) {
	dir := t.TempDir()
	require.NoError(t, txtar.Write(txtar.Parse([]byte(stale)), dir))
	w, err := workspace.Open(workspace.Env{Dir: dir, Today: time.Date(2026, 6, 1, 0, 0, 0, 0, time.UTC)})
	require.NoError(t, err)
	defer w.Close()
	s := w.Snapshot(context.Background())
	r, wrong, err := s.Fix()
	require.NoError(t, err)
	require.Empty(t, wrong)
	require.Len(t, r.Files, 2)
	read := func(name string) string {
		data, err := os.ReadFile(filepath.Join(dir, name))
		require.NoError(t, err)
		return string(data)
	}
	before := read("a.arch.hcl")
	require.NoError(t, os.WriteFile(filepath.Join(dir, "b.arch.hcl"), []byte("# someone else was here\n"), 0o644))
	require.ErrorContains(t, s.WriteRevision(r), "nothing was written: b.arch.hcl changed meanwhile")
	require.Equal(t, before, read("a.arch.hcl"))
	require.Equal(t, "# someone else was here\n", read("b.arch.hcl"))

	require.NoError(t, os.WriteFile(filepath.Join(dir, "b.arch.hcl"), r.Files[1].Before, 0o644))
	require.NoError(t, s.WriteRevision(r))
	require.NotContains(t, read("a.arch.hcl"), "depends_on")
	findings, err := s.Again().Findings()
	require.NoError(t, err)
	require.Empty(t, findings)
}

// TestAdoptingTheShopGivesItsEdgesBack takes every list of depends_on out of the example, and adopts.
func TestAdoptingTheShopGivesItsEdgesBack(t *testing.T) {
	dir := t.TempDir()
	require.NoError(t, os.CopyFS(dir, os.DirFS("../../examples/shop")))
	open := func() *workspace.Snapshot {
		w, err := workspace.Open(workspace.Env{Dir: dir, Today: time.Date(2026, 6, 1, 0, 0, 0, 0, time.UTC)})
		require.NoError(t, err)
		t.Cleanup(func() { w.Close() })
		return w.Snapshot(context.Background())
	}
	files, err := filepath.Glob(filepath.Join(dir, "*.arch.hcl"))
	require.NoError(t, err)
	stripped := 0
	list := regexp.MustCompile(`(?m)^  depends_on *= \[[^\]]*\].*\n`)
	for _, name := range files {
		data, err := os.ReadFile(name)
		require.NoError(t, err)
		stripped += len(list.FindAll(data, -1))
		require.NoError(t, os.WriteFile(name, list.ReplaceAll(data, nil), 0o644))
	}
	require.Greater(t, stripped, 5)
	undeclared := func(s *workspace.Snapshot) int {
		findings, err := s.Findings()
		require.NoError(t, err)
		n := 0
		for _, f := range findings {
			if f.Active() && f.Rule == "code/undeclared" {
				n++
			}
		}
		return n
	}
	s := open()
	require.Positive(t, undeclared(s))
	r, wrong, err := s.Adopt(nil)
	require.NoError(t, err)
	require.Empty(t, wrong)
	require.Empty(t, r.ByHand)
	require.NoError(t, s.WriteRevision(r))
	s = open()
	require.Zero(t, undeclared(s))
	r, _, err = s.Adopt(nil)
	require.NoError(t, err)
	require.Empty(t, r.Files, "a second time there is nothing to adopt")
}
