package golang

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/mod/modfile"

	"github.com/asbuilt/asbuilt/pkg/source"
)

// outsider is a module outside the tree that a go.mod or go.work names. Its packages are read where it lies in the
// work tree around; else they are a gap as soon as a package that is read imports one.
type outsider struct {
	path    string // of the module; "" where its go.mod cannot be read
	dir     string // in the work tree; "" where it cannot be read
	written string
	at      source.Range // the line that names it

	importer source.Range // the first import of it that could not be followed
	imported string
	count    int
}

// locate resolves a path as written in a go.mod or go.work of a folder: to a folder of the tree, or to one of the work
// tree around.
func (s *survey) locate(dir, written string) (inside, beside string) {
	slashed := filepath.ToSlash(written)
	if path.IsAbs(slashed) || filepath.IsAbs(written) {
		return "", ""
	}
	joined := path.Join(dir, slashed)
	if !leaves(joined) {
		return joined, ""
	}
	whole := path.Join(s.options.Inside, joined)
	switch {
	case s.options.Around == nil || leaves(whole):
		return "", ""
	case contains(s.options.Inside, whole):
		return path.Join(".", within(s.options.Inside, whole)), ""
	}
	return "", whole
}

func leaves(p string) bool { return p == ".." || strings.HasPrefix(p, "../") }

// outsider makes one of a line in a file, named in the tree.
func (s *survey) outsider(file, written string, line int) *outsider {
	_, dir := s.locate(path.Dir(file), written)
	return &outsider{dir: dir, written: written, at: source.At(s.printed(file), line)}
}

// printed is the printed name of a file of the tree, or of one above it.
func (s *survey) printed(name string) string {
	if leaves(name) {
		return s.options.Around.Name(path.Join(s.options.Inside, name))
	}
	return s.tree.Name(name)
}

// readAny reads a file of the tree, or one above it.
func (s *survey) readAny(name string, limit int64) ([]byte, error) {
	switch {
	case !leaves(name):
		return s.tree.Read(name, limit)
	case s.options.Around == nil:
		return nil, fs.ErrNotExist
	}
	return s.options.Around.Read(path.Join(s.options.Inside, name), limit)
}

// isFile reports whether there is a file in the tree, or above it.
func (s *survey) isFile(name string) bool {
	if leaves(name) {
		return s.options.Around.IsFile(path.Join(s.options.Inside, name))
	}
	return s.tree.IsFile(name)
}

// useOutside takes in a module outside the tree that a go.work uses. What it replaces counts for the whole workspace.
// Where its go.mod cannot be read its path is not known: then it is kept under none.
func (s *survey) useOutside(w *workspace, name string, use *modfile.Use) {
	o := s.outsider(name, use.Path, use.Syntax.Start.Line)
	f := s.modFileBeside(o.dir)
	if f == nil {
		o.dir = ""
		w.hidden = append(w.hidden, o)
		return
	}
	o.path = f.Module.Mod.Path
	w.outside[o.path] = append(w.outside[o.path], o)
	s.addReplaces(w.replaces, w.outside, path.Join(path.Dir(name), filepath.ToSlash(use.Path), "go.mod"), f.Replace)
}

// modFileBeside reads the go.mod of a module beside the tree; nil when it cannot be read, or has no path.
func (s *survey) modFileBeside(dir string) *modfile.File {
	if dir == "" {
		return nil
	}
	data, err := s.options.Around.Read(path.Join(dir, "go.mod"), maxModFile)
	if err != nil {
		return nil
	}
	f, err := modfile.Parse("go.mod", data, nil) // not lax: what a member of a workspace replaces counts
	if err != nil || f.Module == nil {
		return nil
	}
	return f
}

// workspaceAbove reads the go.work nearest above the tree, in the work tree around it; nil where there is none, or
// where it uses nothing of the tree.
func (s *survey) workspaceAbove() *workspace {
	if s.options.Around == nil || s.options.Inside == "." {
		return nil
	}
	for name, dir := "../go.work", s.options.Inside; ; name, dir = "../"+name, path.Dir(dir) {
		data, err := s.readAny(name, maxModFile)
		switch {
		case err == nil:
			return s.parseAbove(name, data)
		case !errors.Is(err, fs.ErrNotExist):
			s.gaps.add(source.At(s.printed(name), 0), readFailure(err, maxModFile), fixWork)
			return nil
		case path.Dir(dir) == ".":
			return nil
		}
	}
}

func (s *survey) parseAbove(name string, data []byte) *workspace {
	f, err := modfile.ParseWork(name, data, nil)
	if err != nil {
		s.gaps.add(source.At(s.printed(name), errorLine(err)), "does not parse: "+errorText(err), fixWork)
		return nil
	}
	for _, u := range f.Use {
		if inside, _ := s.locate(path.Dir(name), u.Path); inside != "" {
			return s.newWorkspace(name, f)
		}
	}
	return nil
}

// lodging is a package in a module outside the tree.
type lodging struct {
	*outsider
	rest string // its path in the module
}

// outsidersOf returns the modules outside the tree that hold a package as a module sees it, in the builds that there are.
func (m *module) outsidersOf(importPath string) []lodging {
	var out []lodging
	add := func(outside map[string][]*outsider) {
		for prefix := importPath; len(outside) > 0 && prefix != "."; prefix = path.Dir(prefix) {
			for _, o := range outside[prefix] {
				if l := (lodging{o, strings.TrimPrefix(importPath[len(prefix):], "/")}); !slices.Contains(out, l) {
					out = append(out, l)
				}
			}
			if outside[prefix] != nil {
				return
			}
		}
	}
	for _, w := range m.workspaces() {
		add(w.outside)
	}
	add(m.outside)
	return out
}

// hiddenFrom returns the module of unknown path that may hold a package which no module with a known path holds.
func (m *module) hiddenFrom(t *target) *outsider {
	for _, w := range m.workspaces() {
		if len(w.hidden) > 0 && t.module == "" {
			return w.hidden[0]
		}
	}
	return nil
}

// outsiders are those that builds of a module may take in.
func (m *module) outsiders() []*outsider {
	out := slices.Concat(slices.Collect(maps.Values(m.outside))...)
	for _, w := range m.workspaces() {
		out = append(append(out, slices.Concat(slices.Collect(maps.Values(w.outside))...)...), w.hidden...)
	}
	return out
}

// unneeded are the lines that name modules which cannot be read and which nothing imports.
func (m *module) unneeded() []source.Range {
	var out []source.Range
	for _, o := range m.outsiders() {
		if o.dir == "" && o.count == 0 {
			out = append(out, o.at)
		}
	}
	return out
}

// gapOutsiders reports the modules outside that are imported and cannot be read. What they import is not known, and may
// be the tree's own.
func (s *survey) gapOutsiders() {
	said := map[*outsider]bool{}
	for _, m := range s.modules {
		if m == nil {
			continue
		}
		for _, o := range m.outsiders() {
			if o.count == 0 || said[o] {
				continue
			}
			said[o] = true
			times := ""
			if o.count > 1 {
				times = fmt.Sprintf(" (%d imports of it)", o.count)
			}
			exclude := o.imported
			if o.path != "" {
				exclude = o.path + "/..."
			}
			s.gaps.add(o.at, fmt.Sprintf("leads to %s, which is not read, and %s imports %q from there%s", shown(o.written), o.importer, o.imported, times),
				fmt.Sprintf("observe a folder that holds both (--code), vendor it, or take it for a third party's: exclude = [%q]", exclude))
		}
	}
}

// shown is a path as written, without a machine's folders.
func shown(written string) string {
	if slashed := filepath.ToSlash(written); path.IsAbs(slashed) || filepath.IsAbs(written) {
		return "an absolute path"
	}
	return written
}

// refused notes an import that leads to a module that cannot be read.
func (o *outsider) refused(at source.Range, imported string) {
	if o.count == 0 || source.Compare(at, o.importer) < 0 {
		o.importer, o.imported = at, imported
	}
	o.count++
}

// reportLoose says that packages belong to a module above the tree: as their import paths are not known, what imports them
// cannot be followed.
func (s *survey) reportLoose() {
	for _, f := range s.done {
		if f.foreign || f.module != nil || s.build != nil && s.build.paths[f.dir] != "" {
			continue
		}
		if name := s.moduleAbove(); name != "" {
			s.gaps.add(source.At(name, 0), fmt.Sprintf("is the module of %s and lies above what is observed, so that import paths lead nowhere", s.tree.Name(f.dir)),
				"observe the folder of the go.mod (--code, or an architecture there)")
		}
		return
	}
}

// moduleAbove is the printed name of the nearest go.mod above the tree, in the work tree around it; "" without one.
func (s *survey) moduleAbove() string {
	if s.options.Around == nil {
		return ""
	}
	for dir := s.options.Inside; dir != "."; dir = path.Dir(dir) {
		if name := path.Join(path.Dir(dir), "go.mod"); s.options.Around.IsFile(name) {
			return s.options.Around.Name(name)
		}
	}
	return ""
}
