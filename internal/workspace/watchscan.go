package workspace

import (
	"crypto/sha256"
	"errors"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/asbuilt/asbuilt/internal/files"
)

// area is a folder that is watched.
type area struct {
	tree *files.Tree
	dir  string          // in the tree
	here interest        // in the files of the folder itself
	deep interest        // in those of all folders below, too
	also map[string]bool // names of single files in it
	link bool            // links in the folder of the architecture lead here
}

// sees reports whether as much is seen of a folder in either way.
func (a area) sees(b area) bool {
	return a.here == b.here && a.deep == b.deep && maps.Equal(a.also, b.also) && a.link == b.link
}

func (a area) abs() string { return filepath.Join(a.tree.Abs(), filepath.FromSlash(a.dir)) }

// entry is one file as a look found it.
type entry struct {
	kind kind
	info fs.FileInfo // what the name leads to; nil when that cannot be said
	link bool
	sum  [sha256.Size]byte // of the content, where it was read
	read bool
	racy bool   // so young when it was looked at that a later write may leave the same time
	text []byte // of files of the architecture
	err  error
}

// folder is one folder as a look found it.
type folder struct {
	area
	was     interest    // at the last look
	info    fs.FileInfo // nil: it is not there
	entries map[string]entry
	below   []string // watched folders in it, absolute
}

// scan knows what stands in the watched folders. Events are hints; this is the truth.
type scan struct {
	now     func() time.Time
	folders map[string]*folder // by absolute path
	areas   map[string]area
	watch   func(abs string) // is called before a folder is read for the first time
	own     *own
	ignores *ignores
	since   time.Time // the beginning of the last build: what it read may have changed since
	anew    bool      // the plan is new although it says the same
}

func newScan(now func() time.Time, watch func(string), own *own, ignores *ignores) *scan {
	return &scan{now: now, folders: map[string]*folder{}, areas: map[string]area{}, watch: watch, own: own, ignores: ignores}
}

// seen is what a look saw.
type seen struct {
	changed kind
	steady  bool     // nothing that changed is so young, or so empty, that it may be half-written
	linked  bool     // of what changed, all is reached by links, which have no events
	first   bool     // what was not of interest before is no change
	about   []string // new folders that git was asked about
}

// set says which folders are watched from now on, and looks at those that are new, or of which more is to be seen. What
// changed in the latter since the last look is returned, and whether some folders are no longer watched.
func (s *scan) set(areas []area) (changed kind, fewer bool) {
	merged := map[string]area{}
	for _, a := range areas {
		abs := a.abs()
		m, ok := merged[abs]
		if !ok {
			m = area{tree: a.tree, dir: a.dir, also: map[string]bool{}}
		}
		m.here |= a.here | a.deep
		m.deep |= a.deep
		m.link = m.link || a.link
		maps.Copy(m.also, a.also)
		merged[abs] = m
	}
	if !s.anew && maps.EqualFunc(merged, s.areas, func(a, b area) bool {
		return a.tree == b.tree && a.sees(b)
	}) {
		return 0, false
	}
	before := s.folders
	s.areas, s.folders = merged, map[string]*folder{}
	round := seen{first: true}
	for _, abs := range slices.Sorted(maps.Keys(merged)) {
		s.enter(merged[abs], before, &round)
	}
	for abs := range before {
		fewer = fewer || s.folders[abs] == nil
	}
	return round.changed, fewer
}

// enter adds a folder and those below it.
func (s *scan) enter(a area, before map[string]*folder, round *seen) {
	abs := a.abs()
	old := s.folders[abs]
	if old != nil && old.here&a.here == a.here && old.deep&a.deep == a.deep {
		return
	}
	if own, ok := s.areas[abs]; ok {
		a.here, a.deep, a.also = a.here|own.here, a.deep|own.deep, own.also
		a.link = own.link
	}
	f := &folder{area: a}
	if old == nil {
		old = before[abs]
	}
	if old != nil && old.sees(a) && !s.anew {
		old.area = a
		s.folders[abs] = old
		for _, below := range old.below {
			s.enter(old.child(filepath.Base(below)), before, round)
		}
		return
	}
	if old != nil {
		f.was, f.info, f.entries, f.below = old.was, old.info, old.entries, old.below
	}
	s.folders[abs] = f
	s.watch(abs)
	s.read(f, before, round)
}

// lookAround looks at all folders again.
func (s *scan) lookAround() seen {
	all := make(map[string]bool, len(s.folders))
	for abs := range s.folders {
		all[abs] = true
	}
	return s.look(all)
}

// look looks at folders again.
func (s *scan) look(dirty map[string]bool) seen {
	round := seen{steady: true, linked: true}
	for _, abs := range slices.Sorted(maps.Keys(dirty)) {
		if f := s.folders[abs]; f != nil { // it may have gone with the one above
			s.read(f, nil, &round)
		}
	}
	return round
}

// read looks at one folder, and at those in it that are new.
func (s *scan) read(f *folder, before map[string]*folder, round *seen) {
	written := s.own.unseen(f.abs())
	dir, err := f.tree.Dir(f.dir)
	var listed []fs.DirEntry
	if err == nil {
		defer dir.Close()
		listed, err = dir.Entries()
	}
	info, staterr := f.tree.Stat(f.dir)
	if err != nil || staterr != nil {
		info = nil
	}
	if info != nil && f.info != nil && !os.SameFile(info, f.info) { // another folder of the same name
		s.watch(f.abs())
		for _, abs := range f.below {
			s.drop(abs, round)
		}
		f.below = nil
	}
	absent := f.info == nil // what came with it had no event that was asked for
	f.info = info
	entries := make(map[string]entry, len(f.entries))
	var below []string
	for _, e := range listed {
		switch k := f.kindOf(e.Name()); {
		case e.IsDir():
			if f.deep != 0 && f.deep.enters(e.Name()) {
				below = append(below, f.child(e.Name()).abs())
			}
		case k != 0:
			entries[e.Name()] = s.file(f, e, k)
		}
	}
	below = s.included(f, below, round)
	linked := round.linked
	s.compare(f, entries, round)
	s.miss(f, written, entries, round)
	if absent {
		round.linked = linked
	}
	f.entries, f.was = entries, f.here
	for _, abs := range f.below {
		if !slices.Contains(below, abs) {
			s.drop(abs, round)
		}
	}
	f.below = below
	for _, abs := range below {
		s.enter(f.child(filepath.Base(abs)), before, round)
	}
}

// child is a folder in one all of whose folders are watched.
func (f *folder) child(name string) area {
	return area{tree: f.tree, dir: f.join(name), here: f.deep, deep: f.deep}
}

// included leaves out the folders that git ignores. Of those that are new it is asked, once for all that is in them.
func (s *scan) included(f *folder, below []string, round *seen) []string {
	var fresh []string
	for _, abs := range below {
		if s.folders[abs] == nil && !round.first && !round.asked(abs) {
			fresh = append(fresh, filepath.Base(abs))
			round.about = append(round.about, abs)
		}
	}
	if fresh != nil {
		s.ignores.ask(f.abs(), fresh...)
	}
	return slices.DeleteFunc(below, func(abs string) bool { return s.ignores.folders[abs] })
}

// asked reports whether git was asked about a folder around another in this look.
func (r *seen) asked(abs string) bool {
	return slices.ContainsFunc(r.about, func(around string) bool {
		return strings.HasPrefix(abs, around+string(filepath.Separator))
	})
}

func (f *folder) kindOf(name string) kind {
	k := f.here.kindOf(name)
	if f.also[name] {
		k |= ofAside
	}
	return k
}

// drop forgets a folder that is gone, unless it is an area of its own.
func (s *scan) drop(abs string, round *seen) {
	f := s.folders[abs]
	if f == nil {
		return
	}
	for _, below := range f.below {
		s.drop(below, round)
	}
	s.compare(f, nil, round)
	s.miss(f, s.own.unseen(abs), nil, round)
	f.entries, f.below, f.info = nil, nil, nil
	if _, ok := s.areas[abs]; !ok {
		delete(s.folders, abs)
	}
}

// file looks at one file. What is read whole is compared by its content; of the rest, what is young.
func (s *scan) file(f *folder, e fs.DirEntry, k kind) entry {
	out := entry{kind: k, link: e.Type()&fs.ModeSymlink != 0}
	p := path.Join(f.dir, e.Name())
	if out.link {
		out.info, out.err = f.tree.Stat(p)
	} else {
		out.info, out.err = e.Info()
	}
	old, known := f.entries[e.Name()]
	if out.err == nil {
		out.racy = s.now().Sub(out.info.ModTime()) < racyFor
	}
	if k&^ofCode == 0 && !out.link && !out.racy && !(known && old.racy) {
		return out
	}
	data, err := f.tree.Read(p, limitOf(k))
	if out.err = err; err == nil {
		out.sum, out.read = sha256.Sum256(data), true
		if k&ofText != 0 {
			out.text = data
		}
	}
	return out
}

// racyFor is how long a file is young: a write to it may leave size and time as they were.
const racyFor = 2 * time.Second

func limitOf(k kind) int64 {
	if k&ofText != 0 {
		return hclLimit
	}
	return pictureLimit
}

// compare notes how the files of a folder differ from what was known.
func (s *scan) compare(f *folder, entries map[string]entry, round *seen) {
	now := s.now()
	for name, e := range entries {
		old, known := f.entries[name]
		age := time.Duration(most)
		if e.info != nil {
			age = now.Sub(e.info.ModTime()).Abs()
			if e.info.Size() == 0 && age < unsteady {
				round.steady = false
			}
		}
		if known && e.same(old) || e.read && e.kind&ofAside != 0 && s.own.take(filepath.Join(f.abs(), name), e.sum) {
			continue
		}
		if age < again || errors.Is(e.err, fs.ErrNotExist) { // listed, and gone when it was read: it may be about to come back
			round.steady = false
		}
		if round.first && !e.after(s.since) {
			round.changed |= e.kind & f.was.kindOf(name)
			continue
		}
		round.changed |= e.kind
		round.linked = round.linked && (e.link || known && old.link)
	}
	for name, old := range f.entries {
		if _, ok := entries[name]; !ok {
			round.changed |= old.kind
			round.linked = false
			if old.kind&ofText != 0 { // it may be about to come back
				round.steady = false
			}
		}
	}
}

// after reports whether a file was written after a time, or may have been: clocks of file systems move in steps.
func (e entry) after(since time.Time) bool {
	return e.info != nil && !since.IsZero() && e.info.ModTime().After(since.Add(-again))
}

// miss notes what we wrote into a folder and is no longer there.
func (s *scan) miss(f *folder, written []string, entries map[string]entry, round *seen) {
	for _, name := range written {
		if _, ok := entries[name]; !ok {
			s.own.forget(filepath.Join(f.abs(), name))
			round.changed |= ofAside
			round.linked = false
		}
	}
}

func (e entry) same(old entry) bool {
	switch {
	case e.kind != old.kind || (e.err == nil) != (old.err == nil):
		return false
	case e.err != nil:
		return errors.Is(e.err, files.ErrTooLarge) == errors.Is(old.err, files.ErrTooLarge)
	case e.read && old.read:
		return e.sum == old.sum
	}
	if stamp := files.StampOf(e.info); stamp != (files.Stamp{}) { // times can be put back; this one cannot
		return stamp == files.StampOf(old.info)
	}
	return e.info.Size() == old.info.Size() && e.info.ModTime().Equal(old.info.ModTime()) && os.SameFile(e.info, old.info)
}
