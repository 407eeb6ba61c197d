package files

import (
	"crypto/rand"
	"encoding/hex"
	"errors"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
	"time"
)

// tempPrefix and tempSuffix mark a write that is under way. A file so named and older than staleAfter
// was left by a process that was killed.
const (
	tempPrefix = ".asbuilt-"
	tempSuffix = ".tmp"
	staleAfter = time.Minute
)

// Write replaces a file at once: whoever reads it sees the old content or the new, never a part,
// also when the process is killed. The folder is created when it is missing. A path that leads to
// something other than a regular file is an error.
func (t *Tree) Write(p string, data []byte) (err error) {
	dir := path.Dir(p)
	if err := t.root.MkdirAll(filepath.FromSlash(dir), 0o755); err != nil {
		return err
	}
	mode := fs.FileMode(0o644)
	switch info, err := t.root.Lstat(filepath.FromSlash(p)); {
	case err == nil && !info.Mode().IsRegular():
		return t.unwritten(p, ErrNotRegular)
	case err == nil:
		mode = info.Mode().Perm()
	case !errors.Is(err, fs.ErrNotExist):
		return err
	}
	t.removeStale(dir)
	var random [8]byte
	rand.Read(random[:])
	temp := filepath.FromSlash(path.Join(dir, tempPrefix+hex.EncodeToString(random[:])+tempSuffix))
	f, err := t.root.OpenFile(temp, os.O_WRONLY|os.O_CREATE|os.O_EXCL, mode)
	if err != nil {
		return t.unwritten(p, err)
	}
	defer func() {
		if err != nil {
			f.Close()
			t.root.Remove(temp)
			err = t.unwritten(p, err)
		}
	}()
	if _, err = f.Write(data); err != nil {
		return err
	}
	if err = f.Sync(); err != nil {
		return err
	}
	if err = f.Close(); err != nil {
		return err
	}
	return t.root.Rename(temp, filepath.FromSlash(p))
}

// unwritten is the error of a write. It names the file, and not what was to become it, which has another name each time.
func (t *Tree) unwritten(p string, err error) error {
	var ofPath *fs.PathError
	var ofLink *os.LinkError
	switch {
	case errors.As(err, &ofPath):
		err = ofPath.Err
	case errors.As(err, &ofLink):
		err = ofLink.Err
	}
	return &fs.PathError{Op: "write", Path: t.Name(p), Err: err}
}

// Remove deletes a regular file.
func (t *Tree) Remove(p string) error {
	info, err := t.root.Lstat(filepath.FromSlash(p))
	if err != nil {
		return err
	}
	if !info.Mode().IsRegular() {
		return &fs.PathError{Op: "remove", Path: p, Err: ErrNotRegular}
	}
	return t.root.Remove(filepath.FromSlash(p))
}

func (t *Tree) removeStale(dir string) {
	entries, err := t.Entries(dir)
	if err != nil {
		return
	}
	for _, e := range entries {
		if !strings.HasPrefix(e.Name(), tempPrefix) || !strings.HasSuffix(e.Name(), tempSuffix) || !e.Type().IsRegular() {
			continue
		}
		if info, err := e.Info(); err == nil && time.Since(info.ModTime()) > staleAfter {
			t.root.Remove(filepath.FromSlash(path.Join(dir, e.Name())))
		}
	}
}
