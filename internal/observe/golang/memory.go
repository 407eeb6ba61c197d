package golang

import (
	"bytes"
	"io/fs"
	"slices"
	"strings"
	"sync/atomic"
	"time"

	"github.com/asbuilt/asbuilt/internal/files"
)

// Memory is what one observation read, for the next one of the same tree. Nobody's word is taken for what did not
// change: a folder is listed again, and a file read again, unless the file system says of each that it is as it was; see
// files.Stamp. What follows from what was read is worked out anew.
type Memory struct {
	now     func() time.Time
	folders map[string]recollection // by path
	reads   reads                   // of the last observation
}

// NewMemory is one that remembers nothing. now is the clock of the file system.
func NewMemory(now func() time.Time) *Memory { return &Memory{now: now} }

// reads counts what was not remembered.
type reads struct{ folders, files atomic.Int64 }

// recollection is a folder, as it was read.
type recollection struct {
	listing listing
	files   map[string]*page
}

// listing is what counts of the entries of a folder.
type listing struct {
	stamp   files.Stamp // zero: it is not to be remembered
	module  bool        // it has a go.mod
	space   bool        // and a go.work
	files   []entry     // that are named as Go files are
	folders []string    // that patterns enter
}

// page is the top of a file.
type page struct {
	stamp    files.Stamp
	header   header
	preamble []byte // where it is tagged
}

// lister is a tree, in either way of walking it.
type lister interface {
	Entries(p string) ([]fs.DirEntry, error)
	Lstat(p string) (fs.FileInfo, error)
}

// list lists a folder, or remembers it. It runs on several goroutines.
func (s *survey) list(dir string, in lister) (listing, error) {
	var stamp files.Stamp
	if s.options.Memory != nil {
		if info, err := in.Lstat(dir); err == nil && info.IsDir() {
			stamp = s.lasting(info)
		}
		if known, ok := s.options.Memory.folders[dir]; ok && known.listing.stamp == stamp && stamp != (files.Stamp{}) {
			return known.listing, nil
		}
		s.reads.folders.Add(1)
	}
	entries, err := in.Entries(dir)
	if err != nil {
		return listing{}, err
	}
	l := listingOf(entries)
	l.stamp = stamp
	return l, nil
}

// lasting is the stamp of what was described, or zero when it was fresh as the observation began.
func (s *survey) lasting(info fs.FileInfo) files.Stamp {
	if stamp := files.StampOf(info); stamp.Holds(s.began) {
		return stamp
	}
	return files.Stamp{}
}

func listingOf(entries []fs.DirEntry) listing {
	var l listing
	for _, e := range entries {
		name := e.Name()
		switch {
		case e.IsDir():
			if isWalked(name) {
				l.folders = append(l.folders, name)
			}
			l.module = l.module || name == "go.mod"
		case name == "go.mod":
			l.module = true
		case name == "go.work":
			l.space = true
		case strings.HasSuffix(name, ".go") && name[0] != '.' && name[0] != '_':
			l.files = append(l.files, entry{name, e.Type()&fs.ModeSymlink != 0})
		}
	}
	return l
}

// recall fills r.header from memory, and returns what readHeader would as far as newFile asks for it.
func (r *reader) recall(f *folder, name string, stamp files.Stamp) (src []byte, ok bool) {
	if stamp == (files.Stamp{}) {
		return nil, false
	}
	known := r.options.Memory.folders[f.dir].files[name]
	if known == nil || known.stamp != stamp {
		return nil, false
	}
	own := r.header.imports
	r.header = known.header
	r.header.imports = append(own[:0], known.header.imports...) // which the next header is written over
	return known.preamble, true
}

// stamp is that of a file that can be remembered; zero for others. What a link leads to, and what lies beside the tree,
// is always read.
func (r *reader) stamp(f *folder, dir *files.Dir, e entry) files.Stamp {
	if r.options.Memory == nil || e.link || f.beside {
		return files.Stamp{}
	}
	info, err := dir.Lstat(e.name)
	if err != nil || !info.Mode().IsRegular() {
		return files.Stamp{}
	}
	return r.lasting(info)
}

// page is r.header to be remembered; nil when it cannot be.
func (r *reader) page(stamp files.Stamp, src []byte) *page {
	if stamp == (files.Stamp{}) {
		return nil
	}
	p := &page{stamp: stamp, header: r.header, preamble: []byte{}}
	p.header.imports = slices.Clone(r.header.imports)
	if r.header.tagged {
		p.preamble = bytes.Clone(src[:r.header.preamble])
	}
	return p
}

// take remembers what an observation read, and nothing else.
func (m *Memory) take(s *survey) {
	m.folders = make(map[string]recollection, len(s.listings))
	m.reads.folders.Store(s.reads.folders.Load())
	m.reads.files.Store(s.reads.files.Load())
	for dir, l := range s.listings {
		m.folders[dir] = recollection{listing: l}
	}
	for _, f := range s.done {
		if f.beside {
			continue
		}
		known := recollection{listing: m.folders[f.dir].listing, files: make(map[string]*page, len(f.pages))}
		for i, p := range f.pages {
			if p != nil {
				known.files[f.entries[i].name] = p
			}
		}
		m.folders[f.dir] = known
	}
}
