package golang

import (
	"cmp"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/asbuilt/asbuilt/internal/files"
	"github.com/asbuilt/asbuilt/internal/pattern"
	"github.com/asbuilt/asbuilt/pkg/source"
)

// visit is a folder to enter.
type visit struct {
	dir    string
	module *module // of the folder around it
}

// visited is what a visit found.
type visited struct {
	dir      string
	listing  listing
	folder   *folder        // nil without Go files
	module   *module        // the folder's own go.mod, or nil
	ignored  []source.Range // the lines of a go.mod that kept from entering a folder
	children []visit
}

// walk finds the folders with Go files below the roots, and the modules. A folder is walked once.
func (s *survey) walk() error {
	var level []visit
	for _, root := range s.options.Roots {
		level = append(level, s.enter(root)...)
	}
	seen := map[string]bool{}
	for len(level) > 0 {
		level = slices.DeleteFunc(level, func(v visit) bool {
			known := seen[v.dir]
			seen[v.dir] = true
			return known
		})
		found := make([]visited, len(level))
		if err := s.each(len(level), func(folders *files.Folders) func(int) {
			return func(i int) { found[i] = s.visit(level[i], folders) }
		}); err != nil {
			return err
		}
		level = level[:0]
		for _, f := range found {
			s.keep(f)
			level = append(level, f.children...)
		}
	}
	return nil
}

func (s *survey) keep(f visited) {
	if f.module != nil {
		s.modules[f.module.dir] = f.module
	}
	if f.listing.space {
		s.spaces = append(s.spaces, f.dir)
	}
	s.ignored = append(s.ignored, f.ignored...)
	if f.folder != nil {
		s.folders[f.folder.dir] = f.folder
	}
	s.remember(f.dir, f.listing)
}

// remember keeps what can be remembered of a folder.
func (s *survey) remember(dir string, l listing) {
	if l.stamp != (files.Stamp{}) {
		s.listings[dir] = l
	}
}

// enter starts a root: in the module around it, and with the modules that its go.work uses.
func (s *survey) enter(root string) []visit {
	if !fs.ValidPath(root) {
		s.gapRoot(root, "lies outside the tree", "name a folder inside it, or observe another tree with --code")
		return nil
	}
	if !s.tree.IsDir(root) {
		s.gapRoot(root, "is no folder", "correct the path: it is relative to the project root")
		return nil
	}
	visits := []visit{{dir: root, module: s.above(root)}}
	for dir := root; ; dir = path.Dir(dir) {
		if w := s.workspaceAt(dir); w != nil {
			for _, use := range w.uses {
				if contains(root, use) {
					visits = append(visits, visit{dir: use})
				}
			}
			break
		}
		if dir == "." {
			break
		}
	}
	return visits
}

// above returns the module that a root lies in when it has no go.mod of its own.
func (s *survey) above(root string) *module {
	if root == "." {
		return nil
	}
	return s.enclosing(path.Dir(root))
}

// enclosing returns the module whose go.mod is the nearest at or above a folder.
func (s *survey) enclosing(dir string) *module {
	for ; ; dir = path.Dir(dir) {
		if m := s.knownModule(dir); m != nil {
			return m
		}
		if dir == "." {
			return nil
		}
	}
}

// knownModule reads the go.mod of a folder once.
func (s *survey) knownModule(dir string) *module {
	if m, ok := s.modules[dir]; ok {
		return m
	}
	m := s.moduleAt(dir)
	if m != nil {
		s.modules[dir] = m
	}
	return m
}

// visit lists one folder. It runs on several goroutines.
func (s *survey) visit(v visit, folders *files.Folders) visited {
	l, err := s.list(v.dir, folders)
	if err != nil {
		s.gaps.add(source.At(s.tree.Name(v.dir), 0), "the folder "+readFailure(err, 0), "make it readable, or exclude it")
		return visited{}
	}
	out := visited{dir: v.dir, listing: l}
	module := v.module
	if l.module {
		if out.module = s.moduleOf(v.dir); out.module != nil {
			module = out.module
		}
	}
	out.folder = newFolder(v.dir, module, l)
	for _, name := range l.folders {
		dir := path.Join(v.dir, name)
		if module != nil {
			if line := module.ignores(dir); line != nil {
				out.ignored = append(out.ignored, line.at)
				continue
			}
		}
		out.children = append(out.children, visit{dir, module})
	}
	return out
}

// moduleOf returns the module that enclosing has already read, else reads it.
func (s *survey) moduleOf(dir string) *module {
	if m, ok := s.modules[dir]; ok { // only written between levels
		return m
	}
	return s.moduleAt(dir)
}

// isWalked reports whether patterns of the go command enter a folder of this name.
func isWalked(name string) bool {
	return name != "testdata" && name != "vendor" && !strings.HasPrefix(name, ".") && !strings.HasPrefix(name, "_")
}

// newFolder returns nil when no entry is a Go file. Every entry that could be one counts: what is
// wrong with it is said when it is read.
func newFolder(dir string, module *module, l listing) *folder {
	if l.files == nil {
		return nil
	}
	return &folder{dir: dir, module: module, entries: l.files}
}

// classify names the folders, takes the excluded ones out, and returns the others by path.
func (s *survey) classify() []*folder {
	var in, out []*folder
	for _, f := range s.folders {
		if s.isExcluded(f) {
			out = append(out, f)
		} else {
			in = append(in, f)
		}
	}
	byDir := func(a, b *folder) int { return cmp.Compare(a.dir, b.dir) }
	slices.SortFunc(in, byDir)
	slices.SortFunc(out, byDir)
	for _, f := range slices.Concat(in, out) { // what is read comes first, should two have one name
		s.place(f)
	}
	return in
}

func (s *survey) isExcluded(f *folder) bool { return s.covered(f.dir, s.nameOf(f)) }

// covered reports whether an exclude pattern covers a package.
func (s *survey) covered(dir, importPath string) bool {
	return slices.ContainsFunc(s.excludes, func(e pattern.Pattern) bool { return e.Covers(dir, importPath) })
}

// place gives a folder its id and its root, and finds out whether it is excluded. Two folders of one
// import path are two packages: the later one's id carries its folder. As patterns of import paths then
// mean only one of them, that is a gap.
func (s *survey) place(f *folder) {
	f.excluded = s.isExcluded(f)
	f.root = s.rootOf(f.dir)
	f.id = nodeID(s.nameOf(f))
	if other := s.named[f.id]; other != nil && !f.excluded && !other.excluded {
		s.reportClash(f, other)
	}
	for s.named[f.id] != nil {
		f.id += "@" + f.dir
	}
	s.named[f.id] = f
}

// reportClash says that two folders have one import path, once for two modules.
func (s *survey) reportClash(f, other *folder) {
	if s.clashes[[2]*module{f.module, other.module}] {
		return
	}
	s.clashes[[2]*module{f.module, other.module}] = true
	at := f.dir
	if f.module != nil {
		at = path.Join(f.module.dir, "go.mod")
	}
	s.gaps.add(source.At(s.tree.Name(at), 0),
		fmt.Sprintf("gives %s the import path of %s, too", s.tree.Name(f.dir), s.tree.Name(other.dir)),
		"give one of the modules another path, or exclude it")
}

// rootOf returns the index of the root that a folder counts for: the innermost around it, else the first.
func (s *survey) rootOf(dir string) int {
	best := -1
	for i, root := range s.options.Roots {
		if contains(root, dir) && (best < 0 || contains(s.options.Roots[best], root)) {
			best = i
		}
	}
	return max(best, 0)
}

// nameOf returns the import path of a folder, by the build system where one is asked.
func (s *survey) nameOf(f *folder) string {
	if s.build != nil && s.build.paths[f.dir] != "" {
		return s.build.paths[f.dir]
	}
	return s.importPath(f.module, f.dir)
}

// importPath names the package in a folder. Outside a module it has the go command's local form.
func (s *survey) importPath(m *module, dir string) string {
	switch {
	case m == nil || m.path == "":
		if dir == "." {
			return "."
		}
		return "./" + dir
	case m == s.goroot && dir != m.dir:
		return within(m.dir, dir)
	}
	return m.importPath(dir)
}

func (s *survey) gapRoot(root, reason, fix string) {
	at := s.options.At
	if at.IsZero() {
		at = source.At(s.tree.Name(root), 0)
	}
	s.gaps.add(at, fmt.Sprintf("the root %q %s", root, reason), fix)
}
