//go:build unix

package files

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func openTemp(t *testing.T, prefix string) (*Tree, string) {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "root")
	require.NoError(t, os.Mkdir(dir, 0o755))
	tree, err := Open(dir, prefix)
	require.NoError(t, err)
	t.Cleanup(func() { tree.Close() })
	return tree, dir
}

func TestReadsRegularFilesInsideTheRootOnly(t *testing.T) {
	tree, dir := openTemp(t, "")
	outside := filepath.Join(filepath.Dir(dir), "root_sibling")
	require.NoError(t, os.Mkdir(outside, 0o755))
	require.NoError(t, os.WriteFile(filepath.Join(outside, "secret"), []byte("secret"), 0o644))
	require.NoError(t, os.WriteFile(filepath.Join(dir, "file"), []byte("content"), 0o644))
	require.NoError(t, os.Mkdir(filepath.Join(dir, "folder"), 0o755))
	require.NoError(t, os.Symlink("file", filepath.Join(dir, "inside")))
	require.NoError(t, os.Symlink("../root_sibling/secret", filepath.Join(dir, "outside")))
	require.NoError(t, os.Symlink(filepath.Join(outside, "secret"), filepath.Join(dir, "absolute")))
	require.NoError(t, os.Symlink("loop", filepath.Join(dir, "loop")))
	require.NoError(t, os.Symlink("../root_sibling", filepath.Join(dir, "sibling")))
	require.NoError(t, syscall.Mkfifo(filepath.Join(dir, "fifo"), 0o644))
	require.NoError(t, os.Symlink("fifo", filepath.Join(dir, "to-fifo")))

	for _, p := range []string{"file", "inside", "./file", "folder/../file"} {
		data, err := tree.Read(p, 100)
		require.NoError(t, err, p)
		require.Equal(t, "content", string(data), p)
	}
	for _, p := range []string{
		"outside", "absolute", "loop", "sibling/secret", "fifo", "to-fifo", "folder", "missing", "..", "../root_sibling/secret",
		"/etc/hostname", "folder/../../root_sibling/secret", "", "file/x", "fifo/x", "./../root/file",
	} {
		data, err := tree.Read(p, 100)
		require.Error(t, err, p)
		require.Empty(t, data, p)
	}
	_, err := tree.Read("fifo", 100)
	require.ErrorIs(t, err, ErrNotRegular)
}

func TestReadRefusesLargeFiles(t *testing.T) {
	tree, dir := openTemp(t, "")
	require.NoError(t, os.WriteFile(filepath.Join(dir, "ten"), bytes.Repeat([]byte("x"), 10), 0o644))
	data, err := tree.Read("ten", 10)
	require.NoError(t, err)
	require.Len(t, data, 10)
	_, err = tree.Read("ten", 9)
	require.ErrorIs(t, err, ErrTooLarge)
}

func TestNamesArePrinted(t *testing.T) {
	tree, _ := openTemp(t, "services/shop")
	require.Equal(t, "services/shop/a.go", tree.Name("a.go"))
	require.Equal(t, "services/shop", tree.Name("."))
	p, ok := tree.Path("services/shop/a.go")
	require.True(t, ok)
	require.Equal(t, "a.go", p)
	_, ok = tree.Path("services/shopping/a.go")
	require.False(t, ok)
	bare, _ := openTemp(t, "")
	require.Equal(t, ".", bare.Name("."))
}

func TestWriteIsAtomicAndStaysInside(t *testing.T) {
	tree, dir := openTemp(t, "")
	require.NoError(t, tree.Write("a/b/c.svg", []byte("one")))
	require.NoError(t, tree.Write("a/b/c.svg", []byte("two")))
	data, err := tree.Read("a/b/c.svg", 10)
	require.NoError(t, err)
	require.Equal(t, "two", string(data))
	entries, err := tree.Entries("a/b")
	require.NoError(t, err)
	require.Len(t, entries, 1, "no temporary file is left")

	outside := t.TempDir()
	require.NoError(t, os.Symlink(outside, filepath.Join(dir, "away")))
	require.NoError(t, os.Symlink("a/b/c.svg", filepath.Join(dir, "link.svg")))
	for _, p := range []string{"away/x", "../x", "/x", "link.svg", "a"} {
		require.Error(t, tree.Write(p, []byte("bad")), p)
	}
	left, err := os.ReadDir(outside)
	require.NoError(t, err)
	require.Empty(t, left)
	data, err = tree.Read("a/b/c.svg", 10)
	require.NoError(t, err)
	require.Equal(t, "two", string(data), "a link is not written through")
}

func TestWriteRemovesWhatAKilledProcessLeft(t *testing.T) {
	tree, dir := openTemp(t, "")
	old := filepath.Join(dir, tempPrefix+"dead"+tempSuffix)
	fresh := filepath.Join(dir, tempPrefix+"live"+tempSuffix)
	for _, p := range []string{old, fresh} {
		require.NoError(t, os.WriteFile(p, nil, 0o644))
	}
	require.NoError(t, os.Chtimes(old, time.Time{}, time.Now().Add(-2*staleAfter)))
	require.NoError(t, tree.Write("x", []byte("x")))
	_, err := os.Stat(old)
	require.ErrorIs(t, err, fs.ErrNotExist)
	_, err = os.Stat(fresh)
	require.NoError(t, err, "another process may be writing it")
}

func TestRemove(t *testing.T) {
	tree, dir := openTemp(t, "")
	require.NoError(t, tree.Write("x", []byte("x")))
	require.NoError(t, tree.Remove("x"))
	require.True(t, errors.Is(tree.Remove("x"), fs.ErrNotExist))
	require.NoError(t, os.Mkdir(filepath.Join(dir, "d"), 0o755))
	require.ErrorIs(t, tree.Remove("d"), ErrNotRegular)
}

// FuzzPaths: whatever the path, nothing outside the root is read or written.
func FuzzPaths(f *testing.F) {
	for _, p := range []string{"a", "../secret", "a/../../secret", "/etc/passwd", "x\x00y", "link/secret", strings.Repeat("a/", 300)} {
		f.Add(p)
	}
	f.Fuzz(func(t *testing.T, p string) {
		base := t.TempDir()
		dir := filepath.Join(base, "root")
		if os.Mkdir(dir, 0o755) != nil || os.WriteFile(filepath.Join(base, "secret"), []byte("secret"), 0o644) != nil ||
			os.Symlink("..", filepath.Join(dir, "link")) != nil {
			t.Fatal("set-up")
		}
		tree, err := Open(dir, "")
		require.NoError(t, err)
		defer tree.Close()
		data, _ := tree.Read(p, 100)
		require.NotEqual(t, "secret", string(data))
		_ = tree.Write(p, []byte("written"))
		entries, err := os.ReadDir(base)
		require.NoError(t, err)
		require.Len(t, entries, 2)
		kept, err := os.ReadFile(filepath.Join(base, "secret"))
		require.NoError(t, err)
		require.Equal(t, "secret", string(kept))
	})
}
