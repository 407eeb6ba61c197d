// Package files is the one file layer: every read and write of the program goes through it.
//
// What is read was written by a stranger, so a Tree never leaves its root (os.Root resolves every
// component), reads regular files only (a FIFO, socket or device is an error, never a hang), and
// caps sizes. Writes are atomic. Paths given to a Tree are relative to its root and use slashes.
package files

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
)

// Errors that callers tell apart.
var (
	ErrNotRegular = errors.New("not a regular file")
	ErrTooLarge   = errors.New("file is too large")
)

// Leaves reports whether an error is of a path that leads out of a tree.
func Leaves(err error) bool {
	var perr *fs.PathError // the error inside has no name
	return errors.As(err, &perr) && strings.Contains(perr.Err.Error(), "escapes")
}

// Tree is a folder that is read from and written to.
type Tree struct {
	root   *os.Root
	prefix string // printed before every path: "" or "services/shop/"
	abs    string
	noting func(dir string) // see Noting; or nil
}

// Open opens a folder. prefix is the folder's own printed name ("" when paths are printed relative
// to it).
func Open(dir, prefix string) (*Tree, error) {
	abs, err := filepath.Abs(dir)
	if err != nil {
		return nil, err
	}
	root, err := os.OpenRoot(abs)
	if err != nil {
		return nil, err
	}
	if prefix == "." {
		prefix = ""
	}
	if prefix != "" && !strings.HasSuffix(prefix, "/") {
		prefix += "/"
	}
	return &Tree{root: root, prefix: prefix, abs: abs}, nil
}

// Create opens a folder that the user named, made when it is missing and create is set.
func Create(dir, prefix string, create bool) (*Tree, error) {
	if create {
		if err := os.MkdirAll(dir, 0o755); err != nil {
			return nil, err
		}
	}
	return Open(dir, prefix)
}

// Close releases the folder.
func (t *Tree) Close() error { return t.root.Close() }

// Noting is the same folder, and calls note for each folder in it in which something is looked for, found or not: what
// it gives depends on these. It is called by several goroutines when the tree is.
func (t *Tree) Noting(note func(dir string)) *Tree {
	noting := *t
	noting.noting = note
	return &noting
}

func (t *Tree) note(dir string) {
	if t.noting != nil {
		t.noting(path.Clean(dir))
	}
}

// Stands reports whether the folder is where it was opened: neither moved nor removed, nor another one in its place.
func (t *Tree) Stands() bool {
	own, err := t.root.Stat(".")
	there, failed := os.Stat(t.abs)
	return err == nil && failed == nil && os.SameFile(own, there)
}

// Abs is the folder's absolute path in the system's form. It is for subprocesses and links between
// folders, never for output.
func (t *Tree) Abs() string { return t.abs }

// Name is the printed name of a path: what a source.Range carries.
func (t *Tree) Name(p string) string {
	if p == "." || p == "" {
		if t.prefix == "" {
			return "."
		}
		return strings.TrimSuffix(t.prefix, "/")
	}
	return t.prefix + p
}

// Path is the reverse of Name; ok is false for a name outside the tree.
func (t *Tree) Path(name string) (p string, ok bool) { return strings.CutPrefix(name, t.prefix) }

// Read returns the content of a regular file of at most limit bytes. A symbolic link is followed
// when it stays inside the root.
func (t *Tree) Read(p string, limit int64) ([]byte, error) {
	t.note(path.Dir(p))
	return readIn(t.root, filepath.FromSlash(p), limit)
}

// Stat describes what a path leads to, links followed inside the root.
func (t *Tree) Stat(p string) (fs.FileInfo, error) {
	t.note(path.Dir(p))
	return t.root.Stat(filepath.FromSlash(p))
}

// Lstat describes a path itself.
func (t *Tree) Lstat(p string) (fs.FileInfo, error) { return t.root.Lstat(filepath.FromSlash(p)) }

// IsDir reports whether a path leads to a folder inside the root.
func (t *Tree) IsDir(p string) bool {
	info, err := t.Stat(p)
	return err == nil && info.IsDir()
}

// IsFile reports whether a path leads to a regular file inside the root.
func (t *Tree) IsFile(p string) bool {
	info, err := t.Stat(p)
	return err == nil && info.Mode().IsRegular()
}

// Dir opens a folder for reading many of its files: each then costs one open, not one for every
// component of its path.
func (t *Tree) Dir(p string) (*Dir, error) {
	t.note(p)
	root, err := t.root.OpenRoot(filepath.FromSlash(p))
	if err != nil {
		return nil, err
	}
	return &Dir{root: root, path: path.Clean(p)}, nil
}

// Sub opens a folder of the tree as a tree of its own, created when it is missing.
func (t *Tree) Sub(p string, create bool) (*Tree, error) {
	local := filepath.FromSlash(p)
	if create {
		if err := t.root.MkdirAll(local, 0o755); err != nil {
			return nil, err
		}
	}
	root, err := t.root.OpenRoot(local)
	if err != nil {
		return nil, err
	}
	prefix := t.Name(path.Clean(p)) + "/"
	if prefix == "./" {
		prefix = ""
	}
	return &Tree{root: root, prefix: prefix, abs: filepath.Join(t.abs, local)}, nil
}

// Entries lists a folder, sorted by name, without following links.
func (t *Tree) Entries(p string) ([]fs.DirEntry, error) {
	t.note(p)
	return entriesIn(t.root, filepath.FromSlash(p))
}

// Dir is one open folder of a tree. Close it after use.
type Dir struct {
	root *os.Root
	path string
}

// Path is the folder's path in its tree.
func (d *Dir) Path() string { return d.path }

// Close releases the folder.
func (d *Dir) Close() error { return d.root.Close() }

// Entries lists the folder, sorted by name, without following links.
func (d *Dir) Entries() ([]fs.DirEntry, error) { return entriesIn(d.root, ".") }

// Read returns the content of a regular file in the folder, of at most limit bytes. Links are not
// followed out of this folder: use Tree.Read for a link.
func (d *Dir) Read(name string, limit int64) ([]byte, error) { return readIn(d.root, name, limit) }

// Lstat describes what is in the folder, links themselves.
func (d *Dir) Lstat(name string) (fs.FileInfo, error) { return d.root.Lstat(name) }

// Dir opens a folder inside this one.
func (d *Dir) Dir(name string) (*Dir, error) {
	root, err := d.root.OpenRoot(name)
	if err != nil {
		return nil, err
	}
	return &Dir{root: root, path: path.Join(d.path, name)}, nil
}

func entriesIn(root *os.Root, name string) ([]fs.DirEntry, error) {
	f, err := root.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	entries, err := f.ReadDir(-1)
	slices.SortFunc(entries, func(a, b fs.DirEntry) int { return strings.Compare(a.Name(), b.Name()) })
	return entries, err
}

// readIn opens without blocking, so that a FIFO cannot hang the program, and looks at what it
// opened, so that nothing can be swapped in between.
func readIn(root *os.Root, name string, limit int64) ([]byte, error) {
	f, err := root.OpenFile(name, os.O_RDONLY|syscall.O_NONBLOCK, 0)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, &fs.PathError{Op: "read", Path: name, Err: ErrNotRegular}
	}
	if info.Size() > limit {
		return nil, &fs.PathError{Op: "read", Path: name, Err: tooLarge(limit)}
	}
	buf := make([]byte, info.Size()+1) // one more, to see growth and the end in one read
	n, err := io.ReadFull(f, buf)
	switch {
	case err == io.ErrUnexpectedEOF || err == io.EOF:
		return buf[:n], nil
	case err != nil:
		return nil, err
	}
	// The file grew while it was read.
	rest, err := io.ReadAll(io.LimitReader(f, limit+1-int64(n)))
	if err != nil {
		return nil, err
	}
	if int64(n+len(rest)) > limit {
		return nil, &fs.PathError{Op: "read", Path: name, Err: tooLarge(limit)}
	}
	return append(buf, rest...), nil
}

func tooLarge(limit int64) error { return fmt.Errorf("%w (over %d bytes)", ErrTooLarge, limit) }
