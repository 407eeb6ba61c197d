package git

import (
	"bytes"
	"encoding/hex"
	"errors"
	"io/fs"
	"path"
	"slices"
	"strings"
)

// Tree is a folder of a commit, read as files.Tree reads one on disk: paths have slashes and are relative to
// it, and links are followed inside it only.
type Tree struct {
	repo   *Repository
	hash   string
	prefix string // printed before every path
	known  map[string][]entry
	before map[string][]entry // what a newer commit knew: most of its folders are the same
}

// entry is one line of a tree object.
type entry struct {
	name, mode, hash string
}

// The modes that matter; everything else is a file.
const (
	modeFolder    = "40000"
	modeLink      = "120000"
	modeSubmodule = "160000"
)

// Errors that a path can meet.
var (
	ErrOutside    = errors.New("a link that leads out of the project")
	ErrNotRegular = errors.New("not a regular file")
	ErrSubmodule  = errors.New("in a submodule, which is a repository of its own")
	errLinks      = errors.New("links that lead in circles")
	errDamaged    = errors.New("a damaged tree object")
)

// Tree opens a folder of a commit, "." for the whole. The error is fs.ErrNotExist when it is not there.
func (r *Repository) Tree(commit, folder string) (*Tree, error) {
	o, err := r.ask(commit+"^{tree}", objectLimit)
	if err != nil {
		return nil, r.unread(err)
	}
	top := &Tree{repo: r, hash: o.hash, known: map[string][]entry{}}
	if folder == "." || folder == "" {
		return top, nil
	}
	// Links on the way to the project are not followed: they stand outside it.
	hash := top.hash
	for _, name := range strings.Split(folder, "/") {
		e, err := top.find(hash, name)
		if err == nil && e.mode != modeFolder {
			err = fs.ErrNotExist
		}
		if err != nil {
			return nil, &fs.PathError{Op: "open", Path: folder, Err: err}
		}
		hash = e.hash
	}
	return &Tree{repo: r, hash: hash, prefix: folder + "/", known: top.known}, nil
}

// unread is what it means that an object that another one names is not there.
func (r *Repository) unread(err error) error {
	if errors.Is(err, errMissing) {
		return errors.New("the object is not in this clone, which holds a part of the repository only; fetch without --filter")
	}
	return err
}

// Name is the printed name of a path.
func (t *Tree) Name(p string) string {
	if p == "." || p == "" {
		return path.Clean(t.prefix)
	}
	return t.prefix + path.Clean(p)
}

// Entries lists the names in a folder, sorted.
func (t *Tree) Entries(p string) ([]string, error) {
	e, err := t.lookup(p)
	if err == nil && e.mode != modeFolder {
		err = fs.ErrNotExist
	}
	var all []entry
	if err == nil {
		all, err = t.list(e.hash)
	}
	if err != nil {
		return nil, &fs.PathError{Op: "list", Path: p, Err: err}
	}
	var names []string
	for _, e := range all {
		names = append(names, e.name)
	}
	slices.Sort(names)
	return names, nil
}

// Read returns the content of a file of at most limit bytes, as it was committed: no filter and no
// conversion of line ends.
func (t *Tree) Read(p string, limit int64) ([]byte, error) {
	e, err := t.lookup(p)
	if err == nil && e.mode == modeFolder {
		err = ErrNotRegular
	}
	var o object
	if err == nil {
		o, err = t.repo.ask(e.hash, limit)
		err = t.repo.unread(err)
	}
	if err != nil {
		return nil, &fs.PathError{Op: "read", Path: p, Err: err}
	}
	return o.data, nil
}

// IsFile reports whether a path leads to a file inside the tree.
func (t *Tree) IsFile(p string) bool {
	e, err := t.lookup(p)
	return err == nil && e.mode != modeFolder
}

// mostLinks is how many links one path may lead over.
const mostLinks = 40

// lookup finds what a path leads to.
func (t *Tree) lookup(p string) (entry, error) {
	todo := steppingStones(p)
	at := []entry{{mode: modeFolder, hash: t.hash}} // the folders on the way, the tree itself first
	links := 0
	for len(todo) > 0 {
		name := todo[0]
		todo = todo[1:]
		if name == ".." {
			if len(at) == 1 {
				return entry{}, ErrOutside
			}
			at = at[:len(at)-1]
			continue
		}
		here := at[len(at)-1]
		if here.mode != modeFolder {
			return entry{}, fs.ErrNotExist
		}
		e, err := t.find(here.hash, name)
		switch {
		case err != nil:
			return entry{}, err
		case e.mode == modeSubmodule:
			return entry{}, ErrSubmodule
		case e.mode != modeLink:
			at = append(at, e)
			continue
		}
		if links++; links > mostLinks {
			return entry{}, errLinks
		}
		target, err := t.repo.ask(e.hash, 4096)
		if err != nil {
			return entry{}, t.repo.unread(err)
		}
		if strings.HasPrefix(string(target.data), "/") {
			return entry{}, ErrOutside
		}
		todo = append(steppingStones(string(target.data)), todo...)
	}
	return at[len(at)-1], nil
}

// steppingStones splits a path; what stays in place is left out.
func steppingStones(p string) []string {
	return slices.DeleteFunc(strings.Split(p, "/"), func(s string) bool { return s == "" || s == "." })
}

func (t *Tree) find(folder, name string) (entry, error) {
	all, err := t.list(folder)
	if err != nil {
		return entry{}, err
	}
	for _, e := range all {
		if e.name == name {
			return e, nil
		}
	}
	return entry{}, fs.ErrNotExist
}

// list reads a tree object: "MODE NAME\0HASH" again and again, the hash as bytes, as long as the
// repository's hashes are.
func (t *Tree) list(hash string) ([]entry, error) {
	if all, ok := t.known[hash]; ok {
		return all, nil
	}
	if all, ok := t.before[hash]; ok {
		t.known[hash] = all
		return all, nil
	}
	o, err := t.repo.ask(hash, objectLimit)
	if err != nil {
		return nil, t.repo.unread(err)
	}
	var all []entry
	size := len(hash) / 2
	for rest := o.data; len(rest) > 0; {
		head, tail, ok := bytes.Cut(rest, []byte{0})
		mode, name, spaced := strings.Cut(string(head), " ")
		if !ok || !spaced || len(tail) < size {
			return nil, errDamaged
		}
		all = append(all, entry{name, mode, hex.EncodeToString(tail[:size])})
		rest = tail[size:]
	}
	t.known[hash] = all
	return all, nil
}

// mostWalked is how many folders of a commit are looked through.
const mostWalked = 200_000

// Walk visits every folder of the tree with the names in it, in the order of paths. Links and submodules are not
// entered.
func (t *Tree) Walk(visit func(folder string, names []string)) error {
	left := mostWalked
	return t.walk(".", t.hash, &left, visit)
}

func (t *Tree) walk(folder, hash string, left *int, visit func(string, []string)) error {
	if *left--; *left < 0 {
		return errors.New("the commit has more folders than are looked through")
	}
	all, err := t.list(hash)
	if err != nil {
		return err
	}
	var names []string
	for _, e := range all {
		names = append(names, e.name)
	}
	visit(folder, names)
	for _, e := range all {
		if e.mode != modeFolder {
			continue
		}
		if err := t.walk(path.Join(folder, e.name), e.hash, left, visit); err != nil {
			return err
		}
	}
	return nil
}
