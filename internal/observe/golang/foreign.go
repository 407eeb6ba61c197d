package golang

import (
	"cmp"
	"path"
	"slices"
	"strings"

	"github.com/asbuilt/asbuilt/pkg/evidence"
	"github.com/asbuilt/asbuilt/pkg/source"
)

// Foreign folders hold packages that the tree is built with and that are not its own: in a vendor folder, or in a module
// beside the tree in the same work tree. They are read as far as they are imported, since they may import what is the
// tree's own: of a third party's package the ways that lead back are kept, and nothing else.
//
// Whether a build takes a vendor folder is for its flags to say, and its go.mod: so it is read whenever it is there. One
// may also hold a copy of a package that is in the tree, and a build takes the copy: what it imports beyond the package
// itself is kept as the package's own.

// place is a folder of the tree, or of the work tree around it.
type place struct {
	dir    string
	beside bool
}

// placeVendors finds the vendor folders that builds of a module may use: its own, and its workspace's. The standard
// library's are the toolchain's, and known.
func (s *survey) placeVendors(m *module) {
	if s.goroot != nil && contains(s.goroot.dir, m.dir) {
		return
	}
	dirs := []string{path.Join(m.dir, "vendor")}
	for _, w := range m.workspaces() {
		dirs = append(dirs, path.Join(w.dir, "vendor"))
	}
	slices.Sort(dirs)
	for _, dir := range slices.Compact(dirs) {
		if !leaves(dir) && s.tree.IsDir(dir) || leaves(dir) && s.options.Around.IsDir(path.Join(s.options.Inside, dir)) {
			m.vendors = append(m.vendors, dir)
		}
	}
}

// withForeign adds the foreign folders that an import may lead to.
func (s *survey) withForeign(from *module, importPath string, r resolution) resolution {
	if from == nil || r.target == nil || r.target.kind == evidence.Standard {
		return r
	}
	add := func(p place) {
		if f := s.foreignAt(from, p, importPath, r.target); f != nil {
			r.also, r.missing = append(r.also, f), false
		}
	}
	for _, dir := range from.vendors {
		if p := (place{dir: path.Join(dir, importPath)}); leaves(dir) {
			add(place{path.Join(s.options.Inside, p.dir), true})
		} else {
			add(p)
		}
	}
	outside := from.outsidersOf(importPath)
	for _, o := range outside {
		if o.dir != "" {
			add(place{path.Join(o.dir, o.rest), true})
		}
	}
	if r.also != nil || r.target.folder != nil || r.missing || s.passesOver(importPath) {
		return r
	}
	switch {
	case len(outside) == 0:
		r.refused = from.hiddenFrom(r.target)
	case outside[0].dir == "":
		r.refused = outside[0].outsider
	default:
		r.missing = true
	}
	if r.refused != nil && s.leavesOut(place{beside: true}, importPath) {
		r.refused = nil
	}
	return r
}

// foreignAt returns the foreign folder in a place, or nil when it holds no Go file or is excluded.
func (s *survey) foreignAt(from *module, p place, importPath string, t *target) *folder {
	f, known := s.foreign[p]
	if known {
		return f
	}
	s.foreign[p] = nil
	if p.beside && contains(s.options.Inside, p.dir) { // that is the tree
		return nil
	}
	f = &folder{dir: p.dir, beside: p.beside}
	entries, err := s.treeOf(f).Entries(p.dir)
	if err != nil {
		if !isAbsent(err) {
			s.gaps.add(source.At(s.treeOf(f).Name(p.dir), 0), "the folder "+readFailure(err, 0), "make it readable, or exclude it")
		}
		return nil
	}
	if f = newFolder(p.dir, from, listingOf(entries)); f == nil {
		return nil
	}
	f.entries = slices.DeleteFunc(f.entries, func(e entry) bool { return strings.HasSuffix(e.name, "_test.go") }) // nobody imports tests
	f.id, f.foreign, f.beside = t.id, true, p.beside
	switch {
	case len(f.entries) == 0:
		return nil
	case s.leavesOut(p, importPath):
		return nil
	}
	s.foreign[p] = f
	return f
}

func (s *survey) passesOver(importPath string) bool {
	_, ok := s.passedOver[importPath]
	return ok
}

// leavesOut reports whether an exclude pattern covers a foreign package, and counts it then. Folders beside the tree have
// no name that a pattern of folders could mean.
func (s *survey) leavesOut(p place, importPath string) bool {
	for _, e := range s.excludes {
		if !p.beside && e.Covers(p.dir, importPath) || p.beside && e.Means("", importPath) {
			s.passedOver[importPath] = p.dir
			return true
		}
	}
	return false
}

// isOwn reports whether a target belongs to the tree, read or not.
func (t *target) isOwn() bool { return t.kind == evidence.Package || t.kind == evidence.Unread }

// prune takes out of foreign packages what leads nowhere into the tree, and the nodes that nothing else leads to.
func (s *survey) prune() {
	if !slices.ContainsFunc(s.done, func(f *folder) bool { return f.foreign }) {
		return
	}
	back := s.leadingBack()
	kept := map[*target]bool{}
	for _, f := range s.done {
		if self := s.targets[f.id]; f.foreign && self.isOwn() {
			f.dropKnown(self.folder)
		} else if f.foreign {
			f.uses = slices.DeleteFunc(f.uses, func(u use) bool { return !u.target.isOwn() && !back[u.target] })
		}
		for _, u := range f.uses {
			kept[u.target] = true
		}
	}
	for id, t := range s.targets {
		if t.folder == nil && !kept[t] {
			delete(s.targets, id)
		}
	}
}

// leadingBack finds the third-party packages from which a way leads into the tree.
func (s *survey) leadingBack() map[*target]bool {
	users := map[*target][]*target{}
	back := map[*target]bool{}
	var next []*target
	for _, f := range s.done {
		self := s.targets[f.id]
		if !f.foreign || self.isOwn() {
			continue
		}
		for _, u := range f.uses {
			users[u.target] = append(users[u.target], self)
			if u.target.isOwn() && !back[self] {
				back[self] = true
				next = append(next, self)
			}
		}
	}
	for len(next) > 0 {
		t := next[len(next)-1]
		next = next[:len(next)-1]
		for _, user := range users[t] {
			if !back[user] {
				back[user] = true
				next = append(next, user)
			}
		}
	}
	return back
}

// dropKnown takes out what the package itself, of which the folder holds a copy, uses as well.
func (f *folder) dropKnown(itself *folder) {
	if itself == nil {
		return
	}
	type known struct {
		target *target
		scope  evidence.Scope
	}
	have := map[known]bool{}
	for _, u := range itself.uses {
		have[known{u.target, itself.scope(u)}] = true
	}
	f.uses = slices.DeleteFunc(f.uses, func(u use) bool { return have[known{u.target, f.scope(u)}] })
}

// byID orders folders by what they are nodes of.
func byID(a, b *folder) int {
	return cmp.Or(cmp.Compare(a.id, b.id), cmp.Compare(a.dir, b.dir))
}
