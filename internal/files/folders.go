package files

import (
	"io/fs"
	"path"
)

// Folders opens the folders of a tree one after the other. A folder beside the last one costs one open, not one for
// every component of its path. It is for one goroutine; close it after use.
type Folders struct {
	tree  *Tree
	above *Dir // around the last one; nil before the first
}

// Folders makes one.
func (t *Tree) Folders() *Folders { return &Folders{tree: t} }

// Close releases what is kept open.
func (f *Folders) Close() error {
	if f.above == nil {
		return nil
	}
	err := f.above.Close()
	f.above = nil
	return err
}

// Dir is Tree.Dir.
func (f *Folders) Dir(p string) (*Dir, error) {
	if above, name := f.around(p); above != nil {
		if d, err := above.Dir(name); err == nil {
			return d, nil
		}
	}
	return f.tree.Dir(p) // a link may lead out of the folder around it, and stay in the tree
}

// Entries is Tree.Entries.
func (f *Folders) Entries(p string) ([]fs.DirEntry, error) {
	if above, name := f.around(p); above != nil {
		if entries, err := entriesIn(above.root, name); err == nil {
			return entries, nil
		}
	}
	return f.tree.Entries(p)
}

// Lstat is Tree.Lstat.
func (f *Folders) Lstat(p string) (fs.FileInfo, error) {
	if above, name := f.around(p); above != nil {
		if info, err := above.root.Lstat(name); err == nil {
			return info, nil
		}
	}
	return f.tree.Lstat(p)
}

// around opens the folder around a path, unless it is open; nil when there is none.
func (f *Folders) around(p string) (above *Dir, name string) {
	p = path.Clean(p)
	dir, name := path.Split(p)
	if dir = path.Clean(dir); dir == "." || name == ".." {
		return nil, ""
	}
	if f.above != nil && f.above.path == dir {
		return f.above, name
	}
	f.Close() // only read from: nothing is lost by a failure
	d, err := f.tree.Dir(dir)
	if err != nil {
		return nil, ""
	}
	f.above = d
	return d, name
}
