package golang

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/tools/go/packages"

	"github.com/asbuilt/asbuilt/internal/files"
	"github.com/asbuilt/asbuilt/internal/process"
	"github.com/asbuilt/asbuilt/pkg/evidence"
	"github.com/asbuilt/asbuilt/pkg/source"
)

// Exact mode asks the go command, or a build system's driver, which import path a folder has and which
// package an import means. Lines and conditions still come from our own reading, of all files of a folder:
// so nothing is lost that belongs to another platform. This is the one door to go/packages, which starts
// the go command or the driver itself.

// ErrNoGo is returned in exact mode when the go command is not there.
var ErrNoGo = errors.New("exact mode runs the go command, and there is none on PATH: install Go, or remove exact = true")

// exactSystems are asked one after the other; what is only built elsewhere is still read, by the rules
// of the default mode.
var exactSystems = [...]string{"linux/amd64", "windows/amd64", "darwin/arm64"}

const exactMode = packages.NeedName | packages.NeedFiles | packages.NeedImports | packages.NeedDeps |
	packages.NeedModule | packages.NeedForTest

// buildView is what the build system says.
type buildView struct {
	roots   []string            // names of the tree's own folder
	paths   map[string]string   // folder → import path
	imports map[lookupIn]string // import, as written in a folder → import path
	folders map[string]string   // import path → folder of the tree
	modules map[string]string   // import path → module path
	unseen  map[string][]string // folder → import paths in files outside the tree
	gaps    map[string]evidence.Gap
}

// lookupIn is an import path as a file in a folder writes it.
type lookupIn struct{ dir, path string }

func observeExact(ctx context.Context, tree *files.Tree, o Options) (evidence.Graph, error) {
	s := newSurvey(ctx, tree, o)
	if err := s.walk(); err != nil {
		return evidence.Graph{}, err
	}
	s.placeModules()
	if err := s.ask(); err != nil {
		return evidence.Graph{}, err
	}
	if err := s.readAll(); err != nil {
		return evidence.Graph{}, err
	}
	return s.graph()
}

// ask fills s.build: module by module from the go command, root by root from a driver.
func (s *survey) ask() error {
	s.build = &buildView{
		paths: map[string]string{}, imports: map[lookupIn]string{}, folders: map[string]string{},
		modules: map[string]string{}, unseen: map[string][]string{}, gaps: map[string]evidence.Gap{},
		roots: []string{s.tree.Abs()},
	}
	if resolved, err := filepath.EvalSymlinks(s.tree.Abs()); err == nil && resolved != s.tree.Abs() {
		s.build.roots = append(s.build.roots, resolved)
	}
	if s.options.Driver != "" {
		if err := s.checkDriver(); err != nil {
			return err
		}
		for _, root := range s.options.Roots {
			if err := s.load(root, "GOPACKAGESDRIVER="+s.options.Driver); err != nil {
				return err
			}
		}
		return nil
	}
	if _, err := exec.LookPath("go"); err != nil {
		return ErrNoGo
	}
	for _, m := range s.walkedModules() {
		work := "GOWORK=off"
		if m.space != nil {
			work = "GOWORK=" + filepath.Join(s.tree.Abs(), filepath.FromSlash(m.space.dir), "go.work")
		}
		for _, port := range exactSystems {
			system, processor, _ := strings.Cut(port, "/")
			if err := s.load(m.dir, "GOPACKAGESDRIVER=off", work, "GOOS="+system, "GOARCH="+processor, s.modFlags(m)); err != nil {
				return err
			}
		}
	}
	return nil
}

// walkedModules are the modules with a folder that is to be read, by path.
func (s *survey) walkedModules() []*module {
	var out []*module
	for _, f := range s.folders {
		if f.module != nil && f.module.path != "" && !s.isExcluded(f) && !slices.Contains(out, f.module) {
			out = append(out, f.module)
		}
	}
	slices.SortFunc(out, func(a, b *module) int { return cmp.Compare(a.dir, b.dir) })
	return out
}

// checkDriver refuses a driver that whoever can change the tree can change.
func (s *survey) checkDriver() error {
	found, err := exec.LookPath(s.options.Driver)
	if err != nil {
		return fmt.Errorf("the driver %q cannot be run: %w", s.options.Driver, err)
	}
	if resolved, err := filepath.EvalSymlinks(found); err == nil {
		found = resolved
	}
	if _, inside := s.inTree(found); inside || !filepath.IsAbs(found) {
		return fmt.Errorf("the driver %q lies inside the observed tree, where a change under review could replace it: "+
			"give the absolute path of a copy outside", s.options.Driver)
	}
	return nil
}

// modFlags makes the go command use a vendor folder where there is one; it changes no file in either case.
func (s *survey) modFlags(m *module) string {
	dir := m.dir
	if m.space != nil {
		dir = m.space.dir
	}
	if s.isFile(path.Join(dir, "vendor/modules.txt")) {
		return "GOFLAGS=-mod=vendor -buildvcs=false"
	}
	return "GOFLAGS=-mod=readonly -buildvcs=false"
}

// exactEnv is the environment of the go command: nothing that compiles, downloads, or reads the caller's
// settings; see `go help environment`.
func exactEnv(more ...string) []string {
	env := process.Environ("GOROOT", "GOPATH", "GOMODCACHE", "GOCACHE")
	env = append(env, "CGO_ENABLED=0", "GOTOOLCHAIN=local", "GOPROXY=off", "GOSUMDB=off", "GOVCS=*:off", "GOENV=off", "GO111MODULE=on")
	return append(env, more...)
}

// load asks about the packages below one folder.
func (s *survey) load(dir string, env ...string) error {
	loaded, err := packages.Load(&packages.Config{
		Context: s.ctx,
		Mode:    exactMode,
		Dir:     filepath.Join(s.tree.Abs(), filepath.FromSlash(dir)),
		Env:     exactEnv(env...),
		Tests:   true,
	}, "./...")
	if ctxErr := s.ctx.Err(); ctxErr != nil {
		return ctxErr
	}
	if err != nil {
		s.build.gap(source.At(s.tree.Name(dir), 0), "cannot be loaded exactly: "+s.withoutPaths(err.Error()))
		return nil
	}
	var all []*packages.Package
	packages.Visit(loaded, nil, func(p *packages.Package) { all = append(all, p) })
	slices.SortFunc(all, func(a, b *packages.Package) int { return cmp.Compare(a.ID, b.ID) })
	for _, p := range all {
		s.note(p)
		for _, e := range p.Errors {
			s.noteError(p, dir, e)
		}
	}
	return nil
}

// note takes down what is known of one package, or of one with its tests.
func (s *survey) note(p *packages.Package) {
	b := s.build
	dir, inside := s.folderOf(p)
	if p.Module != nil {
		b.modules[p.PkgPath] = p.Module.Path
	}
	if !inside {
		return
	}
	if p.ForTest == "" {
		b.folders[p.PkgPath] = dir
		if b.paths[dir] == "" || p.Module != nil && p.Module.Main { // not the name that a replacement gives it
			b.paths[dir] = p.PkgPath
		}
	}
	seesAll := true
	for _, name := range p.GoFiles {
		_, in := s.inTree(name)
		seesAll = seesAll && in
	}
	for written, imported := range p.Imports {
		b.imports[lookupIn{dir, written}] = imported.PkgPath
		if !seesAll {
			b.unseen[dir] = append(b.unseen[dir], written)
		}
	}
}

// folderOf returns the folder of a package of the tree. A vendored package is none, nor is the command
// that the go command makes up for tests.
func (s *survey) folderOf(p *packages.Package) (string, bool) {
	if strings.HasSuffix(p.ID, ".test") || p.Module != nil && !p.Module.Main && p.Module.Replace == nil {
		return "", false
	}
	dir := p.Dir
	if dir == "" && len(p.GoFiles) > 0 {
		dir = filepath.Dir(p.GoFiles[0])
	}
	in, ok := s.inTree(dir)
	return in, ok && !slices.Contains(strings.Split(in, "/"), "vendor")
}

// inTree returns the path in the tree of an absolute one.
func (s *survey) inTree(abs string) (string, bool) {
	for _, root := range s.build.roots {
		rel, err := filepath.Rel(root, abs)
		if err == nil && filepath.IsLocal(rel) {
			return filepath.ToSlash(rel), true
		}
	}
	return "", false
}

// noteError keeps what the build system could not resolve: it is said at the import, or else at the
// package's folder. Syntax errors are seen by our own reading, and files of other platforms are read by it.
// Places are relative to the folder that was asked about.
func (s *survey) noteError(p *packages.Package, asked string, e packages.Error) {
	if e.Kind == packages.ParseError || e.Kind == packages.TypeError ||
		strings.Contains(e.Msg, "build constraints exclude all Go files") {
		return
	}
	reason := "is not resolved: " + s.withoutPaths(e.Msg)
	if name, rest, ok := strings.Cut(e.Pos, ".go:"); ok {
		if !filepath.IsAbs(name) {
			name = filepath.Join(s.tree.Abs(), filepath.FromSlash(asked), name)
		}
		if in, inside := s.inTree(name + ".go"); inside {
			number, _, _ := strings.Cut(rest, ":")
			line, _ := strconv.Atoi(number) // 0, "not known", when it is none
			s.build.gap(source.At(s.tree.Name(in), line), reason)
			return
		}
	}
	if dir, inside := s.folderOf(p); inside {
		s.build.gap(source.At(s.tree.Name(dir), 0), reason)
	}
}

// gap keeps the first place of a reason.
func (b *buildView) gap(at source.Range, reason string) {
	known, ok := b.gaps[reason]
	if !ok || source.Compare(at, known.At) < 0 {
		b.gaps[reason] = evidence.Gap{At: at, Reason: reason, Fix: "make the build work offline first: go mod download, or the driver's own command"}
	}
}

var absolutePath = regexp.MustCompile(`(^|[\s"'(=])(?:[A-Za-z]:)?[/\\](?:[^\s:/\\]+[/\\])+`)

// withoutPaths takes the machine's paths out of a message, and keeps its first line.
func (s *survey) withoutPaths(message string) string {
	for _, root := range s.build.roots {
		message = strings.ReplaceAll(message, root+string(filepath.Separator), "")
	}
	line, _, _ := strings.Cut(strings.TrimSpace(message), "\n")
	return absolutePath.ReplaceAllString(line, "${1}…/")
}

// resolveExactly answers from the build system's view; ok is false where it says nothing.
func (s *survey) resolveExactly(f *folder, written string) (r resolution, ok bool) {
	if s.build == nil {
		return resolution{}, false
	}
	importPath, ok := s.build.imports[lookupIn{f.dir, written}]
	if !ok {
		return resolution{}, false
	}
	if dir, inside := s.build.folders[importPath]; inside {
		if in := s.folderAt(dir); in != nil {
			return s.withForeign(f.module, written, resolution{target: s.local(in)}), true
		}
		return resolution{}, false
	}
	t := target{id: nodeID(importPath), kind: evidence.ThirdParty, module: s.build.modules[importPath]}
	if IsStandard(importPath) {
		t.kind = evidence.Standard
	}
	return s.withForeign(f.module, written, resolution{target: s.leaf(t)}), true
}

// folderAt returns a folder that the build system knows, also one that no walk entered.
func (s *survey) folderAt(dir string) *folder {
	f, known := s.folders[dir]
	if !known {
		if entries, err := s.tree.Entries(dir); err == nil {
			if f = newFolder(dir, s.enclosing(dir), listingOf(entries)); f != nil {
				s.place(f)
			}
		}
		s.folders[dir] = f
	}
	return f
}

// followUnseen adds the imports of generated files outside the tree: their witness is the folder.
func (s *survey) followUnseen(f *folder) []importSpec {
	if s.build == nil {
		return nil
	}
	seen := map[string]bool{}
	for _, file := range f.files {
		for _, spec := range file.imports {
			seen[spec.path] = true
		}
	}
	var out []importSpec
	for _, written := range s.build.unseen[f.dir] {
		if !seen[written] {
			seen[written] = true
			out = append(out, importSpec{path: written})
		}
	}
	slices.SortFunc(out, func(a, b importSpec) int { return cmp.Compare(a.path, b.path) })
	return out
}
