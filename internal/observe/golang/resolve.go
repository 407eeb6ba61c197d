package golang

import (
	"cmp"
	"errors"
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/asbuilt/asbuilt/pkg/evidence"
	"github.com/asbuilt/asbuilt/pkg/source"
)

// nodeID is the id of a package by its import path.
func nodeID(importPath string) string { return "go:" + importPath }

// target is what an import leads to: one for every node id.
type target struct {
	id     string
	kind   string
	dir    string
	module string
	folder *folder // when its files are in the tree
	rank   int     // among all nodes, by id
}

// lookup is an import path as a package of a module writes it.
type lookup struct {
	from *module
	path string
}

// resolution is what a lookup gave.
type resolution struct {
	target  *target // nil where the import path has a fault
	fault   string
	others  []*target // what it means in other builds: of another go.work, or of none
	missing bool      // the package lies inside an observed module, and has no Go file
	also    []*folder // foreign folders that a build may take it from
	refused *outsider // the module outside that it lies in, and that cannot be read
}

// candidate is a module that an import path may belong to.
type candidate struct {
	dir    string
	module *module // nil when the folder has no go.mod
	firm   bool    // the go command looks nowhere else
}

// resolve finds what an import path means in a module; nil stands for no module.
func (s *survey) resolve(from *module, importPath string) resolution {
	key := lookup{from, importPath}
	r, ok := s.resolved[key]
	if !ok {
		r = s.withForeign(from, importPath, s.find(from, importPath))
		s.resolved[key] = r
	}
	return r
}

func (s *survey) find(from *module, importPath string) resolution {
	if fault := invalidImport(importPath); fault != "" {
		return resolution{fault: fault}
	}
	if t := s.findInGOROOT(from, importPath); t != nil {
		return resolution{target: t}
	}
	if IsStandard(importPath) {
		return resolution{target: s.leaf(target{id: nodeID(importPath), kind: evidence.Standard})}
	}
	return s.findInModules(from, importPath)
}

// findInModules tries the modules whose path begins the import path, the longest first. A package that is
// in the tree wins; else the longest path says where it should have been.
func (s *survey) findInModules(from *module, importPath string) resolution {
	var expected *candidate
	var excluded *folder
	var found resolution
	outside := ""
	for prefix := importPath; prefix != "."; prefix = path.Dir(prefix) {
		rest := strings.TrimPrefix(importPath[len(prefix):], "/")
		required := s.requires(from, prefix)
		for _, c := range s.candidates(from, prefix) {
			f := s.folderIn(c.module, path.Join(c.dir, rest))
			switch {
			case f == nil || !c.firm && (f.excluded || found.target != nil):
			case found.target == nil:
				found.target = s.local(f)
			case f != found.target.folder:
				found.others = append(found.others, s.local(f))
			}
			excluded = cmp.Or(excluded, f)
			if expected == nil && outside == "" && (c.firm || !required) {
				expected = &candidate{path.Join(c.dir, rest), c.module, c.firm}
			}
		}
		if expected == nil && outside == "" && required {
			outside = prefix
		}
	}
	if found.target != nil {
		return found
	}
	if excluded != nil {
		return resolution{target: s.local(excluded)}
	}
	if expected == nil {
		if outside == "" { // needed by what it requires, and imported without being required itself
			outside = s.moduleAround(from, importPath)
		}
		return resolution{target: s.leaf(target{id: nodeID(importPath), kind: evidence.ThirdParty, module: outside})}
	}
	return s.absent(importPath, *expected)
}

// absent is a package that should be in a folder of the tree, and is not. Where the folder is excluded
// nothing is said about that: it may be generated elsewhere.
func (s *survey) absent(importPath string, at candidate) resolution {
	t := target{id: nodeID(importPath), kind: evidence.Unread, dir: at.dir}
	if at.module != nil {
		t.module = at.module.path
	}
	if s.covered(at.dir, importPath) {
		s.passedOver[importPath] = at.dir
		return resolution{target: s.leaf(t)}
	}
	return resolution{target: s.leaf(t), missing: true}
}

// candidates are the modules of a path as a module sees them: itself, those of its workspaces, replaced ones, then
// any other of the tree.
func (s *survey) candidates(from *module, modulePath string) []candidate {
	var out []candidate
	add := func(dir string, firm bool) {
		if !slices.ContainsFunc(out, func(c candidate) bool { return c.dir == dir }) {
			out = append(out, candidate{dir, s.modules[dir], firm})
		}
	}
	if from != nil {
		if from.path == modulePath {
			add(from.dir, true)
		}
		for _, w := range from.workspaces() {
			if m := w.modules[modulePath]; m != nil {
				add(m.dir, true)
			}
			for _, dir := range w.replaces[modulePath] {
				add(dir, true)
			}
		}
		for _, dir := range from.replaces[modulePath] {
			add(dir, true)
		}
	}
	for _, m := range s.byPath[modulePath] {
		add(m.dir, false)
	}
	return out
}

// requires reports whether a module's build list names a module path.
func (s *survey) requires(from *module, modulePath string) bool {
	switch {
	case from == nil:
		return false
	case from.space != nil:
		return from.space.requires[modulePath]
	}
	return from.requires[modulePath]
}

// findInGOROOT resolves as the standard library and the commands beside it do; nil elsewhere.
func (s *survey) findInGOROOT(from *module, importPath string) *target {
	if s.goroot == nil || from == nil {
		return nil
	}
	first, _, _ := strings.Cut(importPath, "/")
	if strings.Contains(first, ".") && s.hasGoFile(path.Join(from.dir, "vendor", importPath)) {
		t := target{id: nodeID(path.Join(within(s.goroot.dir, from.dir), "vendor", importPath)), kind: evidence.ThirdParty}
		if IsStandard(strings.TrimPrefix(t.id, nodeID(""))) {
			t.kind = evidence.Standard
		}
		return s.leaf(t)
	}
	if f := s.folderIn(s.goroot, path.Join(s.goroot.dir, importPath)); f != nil {
		return s.local(f)
	}
	return nil
}

// folderIn returns a folder of a module that holds Go files, also one that no walk enters; nil when
// there is none, or when it belongs to another module.
func (s *survey) folderIn(m *module, dir string) *folder {
	if m == nil {
		return nil
	}
	f, known := s.folders[dir]
	if !known {
		if s.isNested(m, dir) {
			return nil
		}
		f = s.discover(m, dir)
		s.folders[dir] = f
	}
	if f == nil || f.module != m {
		return nil
	}
	return f
}

// isNested reports whether a folder of a module belongs to another one inside it.
func (s *survey) isNested(m *module, dir string) bool {
	for ; dir != m.dir; dir = path.Dir(dir) {
		if s.tree.IsFile(path.Join(dir, "go.mod")) {
			return true
		}
	}
	return false
}

// discover looks into a folder that an import names and no walk entered.
func (s *survey) discover(m *module, dir string) *folder {
	l, err := s.list(dir, s.tree)
	if err != nil {
		if !isAbsent(err) {
			s.gaps.add(source.At(s.tree.Name(dir), 0), "the folder "+readFailure(err, 0), "make it readable, or exclude it")
		}
		return nil
	}
	s.remember(dir, l)
	f := newFolder(dir, m, l)
	if f != nil {
		s.place(f)
	}
	return f
}

func (s *survey) hasGoFile(dir string) bool {
	has, known := s.vendored[dir]
	if !known {
		entries, err := s.tree.Entries(dir)
		has = err == nil && listingOf(entries).files != nil
		s.vendored[dir] = has
	}
	return has
}

func isAbsent(err error) bool { return errors.Is(err, fs.ErrNotExist) }

// local returns the target of a folder.
func (s *survey) local(f *folder) *target {
	t := s.targets[f.id]
	if t == nil {
		t = &target{id: f.id}
		s.targets[f.id] = t
	}
	if t.folder == nil {
		t.kind, t.dir, t.module, t.folder = evidence.Package, f.dir, "", f
		if f.excluded {
			t.kind = evidence.Unread
		}
		if f.module != nil {
			t.module = f.module.path
		}
	}
	return t
}

// leaf returns the target of a package that is not read. What one module takes from elsewhere may be in
// the tree for another: then the tree wins.
func (s *survey) leaf(t target) *target {
	if f := s.named[t.id]; f != nil {
		return s.local(f)
	}
	if known := s.targets[t.id]; known != nil {
		return known
	}
	s.targets[t.id] = &t
	return &t
}
