package golang

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"strconv"
	"strings"

	"github.com/asbuilt/asbuilt/pkg/source"
	"golang.org/x/mod/modfile"
)

// maxModFile bounds go.mod and go.work.
const maxModFile = 4 << 20

// defaultMinor is the N of the go1.N that a go.mod without a go line means.
const defaultMinor = 16

// module is a folder with a go.mod.
type module struct {
	path     string // empty when its go.mod could not be read
	dir      string
	minor    int // N of the go1.N that it requires
	requires map[string]bool
	replaces map[string][]string // module path → folders inside the tree, of all its versions
	outside  map[string][]*outsider
	vendors  []string       // vendor folders that a build of it may use
	known    []string       // paths of modules that its go.mod and go.sum name, sorted; nil until asked for
	newer    []source.Range // lines that ask for a Go we do not know
	ignore   []ignored
	space    *workspace   // the nearest go.work at or above it, if that uses it, or nil
	others   []*workspace // other ones of the tree that use it: a build may name them
}

// ignored is a folder that a go.mod tells patterns to pass over.
type ignored struct {
	path string
	at   source.Range
}

// workspace is a go.work.
type workspace struct {
	dir      string
	uses     []string // folders inside the tree
	replaces map[string][]string
	outside  map[string][]*outsider
	hidden   []*outsider     // of modules whose path cannot be read
	requires map[string]bool // of all its modules
	modules  map[string]*module
	known    []string // as of a module, from go.work and go.work.sum too
	newer    []source.Range
}

// moduleAt reads the go.mod of a folder; nil when there is none. It is for goroutines: it changes
// nothing of the survey but its gaps.
func (s *survey) moduleAt(dir string) *module {
	name := path.Join(dir, "go.mod")
	data, err := s.tree.Read(name, maxModFile)
	if errors.Is(err, fs.ErrNotExist) || err != nil && s.tree.IsDir(name) {
		return nil
	}
	m := &module{
		dir: dir, minor: defaultMinor,
		requires: map[string]bool{}, replaces: map[string][]string{}, outside: map[string][]*outsider{},
	}
	if err != nil {
		s.gapModFile(dir, name, 0, readFailure(err, maxModFile))
		return m
	}
	f, err := modfile.Parse(name, data, nil)
	if err != nil {
		s.gapModFile(dir, name, errorLine(err), "does not parse: "+errorText(err))
		if f, err = modfile.ParseLax(name, data, nil); err != nil {
			m.path = modfile.ModulePath(data)
			return m
		}
	}
	if f.Module == nil || f.Module.Mod.Path == "" {
		s.gapModFile(dir, name, 0, "has no module line")
		return m
	}
	s.fill(m, f)
	return m
}

func (s *survey) fill(m *module, f *modfile.File) {
	m.path = f.Module.Mod.Path
	if f.Go != nil {
		m.minor = minorVersion(f.Go.Version)
	}
	m.newer = s.newer(path.Join(m.dir, "go.mod"), f.Go, f.Toolchain)
	for _, r := range f.Require {
		m.requires[r.Mod.Path] = true
	}
	s.addReplaces(m.replaces, m.outside, path.Join(m.dir, "go.mod"), f.Replace)
	for _, i := range f.Ignore {
		m.ignore = append(m.ignore, ignored{i.Path, source.At(s.tree.Name(path.Join(m.dir, "go.mod")), i.Syntax.Start.Line)})
	}
}

// gapModFile reports a broken go.mod, unless its folder is excluded.
func (s *survey) gapModFile(dir, name string, line int, reason string) {
	if s.covered(dir, "") {
		return
	}
	s.gaps.add(source.At(s.tree.Name(name), line), reason,
		"repair it: go mod edit -json shows what the go command makes of it")
}

// addReplaces keeps the replacements by folders that a file, named in the tree, lists. A version on the left is not
// looked at: what may be built is read.
func (s *survey) addReplaces(inside map[string][]string, outside map[string][]*outsider, file string, list []*modfile.Replace) {
	for _, r := range list {
		if r.New.Version != "" {
			continue
		}
		if dir, _ := s.locate(path.Dir(file), r.New.Path); dir != "" {
			inside[r.Old.Path] = append(inside[r.Old.Path], dir)
			continue
		}
		o := s.outsider(file, r.New.Path, r.Syntax.Start.Line)
		o.path = r.Old.Path
		outside[o.path] = append(outside[o.path], o)
	}
}

// minorVersion returns the N of 1.N, 1.N.P or 1.NrcP.
func minorVersion(version string) int {
	digits, ok := strings.CutPrefix(version, "1.")
	if !ok {
		return defaultMinor
	}
	end := strings.IndexFunc(digits, func(r rune) bool { return r < '0' || r > '9' })
	if end >= 0 {
		digits = digits[:end]
	}
	n, err := strconv.Atoi(digits)
	if err != nil {
		return defaultMinor
	}
	return n
}

const fixWork = "repair it: go work edit -json shows what the go command makes of it"

// workspaceAt reads the go.work of a folder; nil when there is none.
func (s *survey) workspaceAt(dir string) *workspace {
	if w, ok := s.workspaces[dir]; ok {
		return w
	}
	w := s.readWorkspace(dir)
	s.workspaces[dir] = w
	return w
}

func (s *survey) readWorkspace(dir string) *workspace {
	name := path.Join(dir, "go.work")
	data, err := s.tree.Read(name, maxModFile)
	if errors.Is(err, fs.ErrNotExist) || err != nil && s.tree.IsDir(name) {
		return nil
	}
	if err != nil {
		s.gaps.add(source.At(s.tree.Name(name), 0), readFailure(err, maxModFile), fixWork)
		return nil
	}
	f, err := modfile.ParseWork(name, data, nil)
	if err != nil {
		s.gaps.add(source.At(s.tree.Name(name), errorLine(err)), "does not parse: "+errorText(err), fixWork)
		return nil
	}
	return s.newWorkspace(name, f)
}

// newWorkspace takes over what a go.work says, named in the tree.
func (s *survey) newWorkspace(name string, f *modfile.WorkFile) *workspace {
	w := &workspace{
		dir: path.Dir(name), replaces: map[string][]string{}, requires: map[string]bool{}, modules: map[string]*module{},
		outside: map[string][]*outsider{},
	}
	for _, u := range f.Use {
		inside, _ := s.locate(w.dir, u.Path)
		if inside == "" {
			s.useOutside(w, name, u)
			continue
		}
		if !s.tree.IsFile(path.Join(inside, "go.mod")) {
			s.gaps.add(source.At(s.printed(name), u.Syntax.Start.Line),
				fmt.Sprintf("uses %s, which has no go.mod", u.Path), "remove the line, or add the module")
			continue
		}
		w.uses = append(w.uses, inside)
	}
	s.addReplaces(w.replaces, w.outside, name, f.Replace)
	w.newer = s.newer(name, f.Go, f.Toolchain)
	return w
}

// newer lists the lines that ask for a Go whose standard library is not known here.
func (s *survey) newer(name string, version *modfile.Go, toolchain *modfile.Toolchain) []source.Range {
	var out []source.Range
	if version != nil && minorVersion(version.Version) > standardMinor {
		out = append(out, source.At(s.printed(name), version.Syntax.Start.Line))
	}
	if toolchain != nil && minorVersion(strings.TrimPrefix(toolchain.Name, "go")) > standardMinor {
		out = append(out, source.At(s.printed(name), toolchain.Syntax.Start.Line))
	}
	return out
}

func errorLine(err error) int {
	if list := modfile.ErrorList(nil); errors.As(err, &list) && len(list) > 0 {
		return list[0].Pos.Line
	}
	return 0
}

// errorText is the first error without its place.
func errorText(err error) string {
	list := modfile.ErrorList(nil)
	if !errors.As(err, &list) || len(list) == 0 {
		return err.Error()
	}
	first := list[0]
	first.Filename, first.Pos = "", modfile.Position{}
	return first.Error()
}

// importPath names the package in a folder of the module.
func (m *module) importPath(dir string) string {
	rest := within(m.dir, dir)
	if rest == "" {
		return m.path
	}
	return m.path + "/" + rest
}

// ignores returns the line by which the module's go.mod tells patterns to pass over a folder, or nil.
func (m *module) ignores(dir string) *ignored {
	rest := within(m.dir, dir)
	if rest == "" {
		return nil
	}
	slashed := "/" + rest + "/"
	for i := range m.ignore {
		anchored, ok := strings.CutPrefix(m.ignore[i].path, "./")
		want := "/" + strings.Trim(anchored, "/") + "/"
		if ok && strings.HasPrefix(slashed, want) || !ok && strings.Contains(slashed, want) {
			return &m.ignore[i]
		}
	}
	return nil
}

// within returns the path of dir below outer; empty when they are the same.
func within(outer, dir string) string {
	switch {
	case dir == outer:
		return ""
	case outer == ".":
		return dir
	}
	return strings.TrimPrefix(dir, outer+"/")
}

// contains reports whether dir is outer or below it.
func contains(outer, dir string) bool {
	return outer == "." || dir == outer || strings.HasPrefix(dir, outer+"/")
}
