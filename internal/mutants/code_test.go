//go:build mutants

package mutants

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/asbuilt/asbuilt/pkg/arch"
	"github.com/asbuilt/asbuilt/pkg/evidence"
	"github.com/asbuilt/asbuilt/pkg/reflexion"
)

// A kind of mutant: what it does to a tree, and what its clean twin does. Each returns what it did.
type kind struct {
	name    string
	against bool // judged with the policy of the commit before
	mutant  func(s *tree, i int) string
	twin    func(s *tree, i int) string
}

var codeKinds = []kind{
	{name: "new edge", mutant: newEdge(false), twin: newEdge(true)},
	{name: "dropped edge", mutant: droppedEdge, twin: movedWitness},
	{name: "edge behind a tag", mutant: taggedEdge, twin: ignoredEdge},
	{name: "edge in a test", mutant: testEdge(false), twin: testEdge(true)},
	{name: "edge through an alias", mutant: aliasEdge(false), twin: aliasEdge(true)},
	{name: "edge over a folder of nobody", mutant: laundered, twin: detour},
	{name: "edge in hidden folders", mutant: hidden(true), twin: hidden(false)},
	{name: "edge behind a symbolic link", mutant: linked(false), twin: linked(true)},
	{name: "edge in a nested module", mutant: nested(false), twin: nested(true)},
	{name: "renamed folder of an element", mutant: renamedElement, twin: renamedPackage},
	{name: "file moved to another element", mutant: movedFile, twin: renamedFile},
	{name: "source that cannot be read", mutant: broken, twin: strangeBody},
}

func newEdge(allowed bool) func(*tree, int) string {
	return func(s *tree, _ int) string {
		p := s.choose(allowed)
		f := s.file(p.from)
		s.write(f, s.withImport(f, fmt.Sprintf("_ %q", importPath(p.to))))
		return f + " imports " + p.to.ID
	}
}

func aliasEdge(allowed bool) func(*tree, int) string {
	return func(s *tree, i int) string {
		p := s.choose(allowed)
		f := s.file(p.from)
		path := fmt.Sprintf("%q", importPath(p.to))
		spec := []string{"mutant " + path, ". " + path, "(\n\tmutant " + path + "\n)", "mutant `" + importPath(p.to) + "`"}[i%4]
		s.write(f, s.withImport(f, spec))
		return f + " imports " + spec
	}
}

func taggedEdge(s *tree, i int) string {
	p := s.choose(false)
	tag := []string{"windows", "!linux", "mutant && arm64", "plan9 || js", "cgo && !race"}[i%5]
	f := path.Join(p.from.Dir, "zz_mutant.go")
	s.write(f, fmt.Sprintf("//go:build %s\n\npackage %s\n\nimport _ %q\n", tag, s.packageName(p.from), importPath(p.to)))
	return f + " imports under " + tag + ": " + p.to.ID
}

// ignoredEdge is in a file that no build reads.
func ignoredEdge(s *tree, _ int) string {
	p := s.choose(false)
	f := path.Join(p.from.Dir, "zz_mutant.go")
	s.write(f, fmt.Sprintf("//go:build ignore\n\npackage main\n\nimport _ %q\n", importPath(p.to)))
	return f + " is ignored"
}

// testEdge makes the gate count tests as code, and adds an edge in one.
func testEdge(allowed bool) func(*tree, int) string {
	return func(s *tree, i int) string {
		p := s.choose(allowed)
		f := path.Join(p.from.Dir, "zz_mutant_test.go")
		name := s.packageName(p.from)
		if i%2 == 1 {
			name += "_test"
		}
		s.enforceTests()
		s.write(f, fmt.Sprintf("package %s\n\nimport _ %q\n", name, importPath(p.to)))
		return f + " imports " + p.to.ID
	}
}

// laundered leads an edge over a package that no element owns.
func laundered(s *tree, _ int) string {
	p := s.choose(false)
	prefix := s.modulePrefix(p.from)
	s.write(path.Join(prefix.dir, "zz_nobody", "nobody.go"), fmt.Sprintf("package nobody\n\nimport _ %q\n", importPath(p.to)))
	f := s.file(p.from)
	s.write(f, s.withImport(f, fmt.Sprintf("_ %q", path.Join(prefix.path, "zz_nobody"))))
	return f + " over zz_nobody to " + p.to.ID
}

// detour leads an allowed edge over a new package of the element itself.
func detour(s *tree, _ int) string {
	for {
		p := s.choose(true)
		if !s.ownsBelow(p.from) {
			continue
		}
		s.write(path.Join(p.from.Dir, "zz_own", "own.go"), fmt.Sprintf("package own\n\nimport _ %q\n", importPath(p.to)))
		f := s.file(p.from)
		s.write(f, s.withImport(f, fmt.Sprintf("_ %q", path.Join(importPath(p.from), "zz_own"))))
		return f + " over its own zz_own to " + p.to.ID
	}
}

// hidden puts an edge into a folder that the go command's patterns pass over; only when it is imported is it
// compiled.
func hidden(imported bool) func(*tree, int) string {
	return func(s *tree, i int) string {
		p := s.choose(false)
		folder := []string{"testdata/zz", "_zz", ".zz"}[i%3]
		s.write(path.Join(p.from.Dir, folder, "zz.go"), fmt.Sprintf("package zz\n\nimport _ %q\n", importPath(p.to)))
		if !imported {
			return path.Join(p.from.Dir, folder) + " is not imported"
		}
		f := s.file(p.from)
		s.write(f, s.withImport(f, fmt.Sprintf("_ %q", path.Join(importPath(p.from), folder))))
		return f + " imports " + folder + ", which imports " + p.to.ID
	}
}

// linked puts an edge into a file that is a symbolic link to one elsewhere in the project.
func linked(allowed bool) func(*tree, int) string {
	return func(s *tree, _ int) string {
		p := s.choose(allowed)
		s.write("zz_linked.txt", fmt.Sprintf("package %s\n\nimport _ %q\n", s.packageName(p.from), importPath(p.to)))
		depth := strings.Count(p.from.Dir, "/") + 1
		if p.from.Dir == "." {
			depth = 0
		}
		f := path.Join(p.from.Dir, "zzmutant.go")
		s.link(f, strings.Repeat("../", depth)+"zz_linked.txt")
		return f + " is a link and imports " + p.to.ID
	}
}

// nested makes a folder of an element a module of its own, with an edge in it.
func nested(allowed bool) func(*tree, int) string {
	return func(s *tree, _ int) string {
		for {
			p := s.choose(allowed)
			if !s.ownsBelow(p.from) {
				continue
			}
			dir := path.Join(p.from.Dir, "zz_nested")
			s.write(dir+"/go.mod", "module zz.example/nested\n\ngo 1.26\n")
			s.write(dir+"/nested.go", fmt.Sprintf("package nested\n\nimport _ %q\n", importPath(p.to)))
			return dir + " imports " + p.to.ID
		}
	}
}

// droppedEdge takes the last witnesses of a declared edge away.
func droppedEdge(s *tree, _ int) string {
	a, ok := s.arrow(func(a reflexion.Arrow, lines int) bool { return lines <= 8 })
	if !ok {
		return "" // whatever this tree declares, other worlds than imports could show it too
	}
	for _, imp := range a.Imports {
		s.removeImports(imp)
	}
	return a.From + " → " + a.To + " has no witness"
}

// movedWitness takes all but one away.
func movedWitness(s *tree, _ int) string {
	a, ok := s.arrow(func(a reflexion.Arrow, lines int) bool {
		return len(a.Imports) > 1 && slices.ContainsFunc(a.Imports[1:], func(i reflexion.Import) bool { return i.Scope == evidence.Code && len(i.Variants) == 0 })
	})
	if !ok {
		return ""
	}
	keep := -1
	for i, imp := range a.Imports {
		if imp.Scope == evidence.Code && len(imp.Variants) == 0 {
			keep = i
		}
	}
	for i, imp := range a.Imports {
		if i != keep && s.sameElements(imp, a) {
			s.removeImports(imp)
		}
	}
	return a.From + " → " + a.To + " has one witness"
}

func (s *tree) sameElements(imp reflexion.Import, a reflexion.Arrow) bool {
	return s.result.Owners[imp.From] == a.From && s.result.Owners[imp.To] == a.To
}

// arrow picks a declared edge that code shows, between two packages each time, that can be absent, and whose
// ends are no ends of other edges that the same imports show.
func (s *tree) arrow(fits func(a reflexion.Arrow, lines int) bool) (reflexion.Arrow, bool) {
	s.Helper()
	var all []reflexion.Arrow
	for _, a := range s.result.Arrows {
		if a.Edge == nil || a.Verdict != reflexion.Convergence || a.Edge.Status != arch.StatusCurrent || a.Scope != evidence.Code || !s.absentWithout(a) {
			continue
		}
		lines := 0
		direct := true
		for _, imp := range a.Imports {
			direct = direct && len(imp.Hops) == 1
			lines += len(imp.Hops[0].Witnesses)
		}
		if direct && fits(a, lines) {
			all = append(all, a)
		}
	}
	if len(all) == 0 {
		return reflexion.Arrow{}, false
	}
	return all[s.random.IntN(len(all))], true
}

// absentWithout reports whether an edge without a witness is absent, not unknown.
func (s *tree) absentWithout(a reflexion.Arrow) bool {
	from, to := s.model.Element(a.From), s.model.Element(a.To)
	return to.Type == arch.TypeComponent && from.Code != nil && to.Code != nil && a.Edge.Kind == arch.EdgePlain &&
		!slices.ContainsFunc(from.Bindings, func(b string) bool { return b != "go" && slices.Contains(to.Bindings, b) })
}

// removeImports blanks the lines that show an import, in code and tests.
func (s *tree) removeImports(imp reflexion.Import) {
	for _, e := range s.graph.Edges {
		if e.From != imp.From || e.To != imp.To {
			continue
		}
		for _, w := range e.Witnesses {
			lines := strings.Split(s.text(w.File), "\n")
			lines[w.Line-1] = ""
			s.write(w.File, strings.Join(lines, "\n"))
		}
	}
}

// renamedElement renames the folder that an element's only pattern names.
func renamedElement(s *tree, _ int) string {
	var all []string
	for _, e := range s.elements() {
		if len(e.Code.Go) != 1 {
			continue
		}
		dir, found := strings.CutPrefix(strings.TrimSuffix(e.Code.Go[0].Text, "/..."), "./")
		if found && dir != "" && dir != "internal" && dir != "vendor" && !strings.Contains(dir, "...") {
			all = append(all, dir)
		}
	}
	dir := all[s.random.IntN(len(all))]
	s.rename(dir, dir+"zz")
	return dir + " is now " + dir + "zz"
}

// renamedPackage renames a package's folder below an element's pattern, in every import too.
func renamedPackage(s *tree, _ int) string {
	for {
		e := s.any(s.elements())
		n := s.anyPackage(e)
		if n.Main || !s.ownsAbove(n) || s.hasChildren(n) || strings.Contains("/"+n.Dir+"/", "/internal/") || s.namedByHCL(n) {
			continue
		}
		old, renamed := importPath(n), importPath(n)+"zz"
		done := map[string]bool{}
		for _, edge := range s.graph.Edges {
			if edge.To != n.ID {
				continue
			}
			for _, w := range edge.Witnesses {
				if !done[w.File] {
					done[w.File] = true
					s.write(w.File, strings.ReplaceAll(s.text(w.File), fmt.Sprintf("%q", old), fmt.Sprintf("%q", renamed)))
				}
			}
		}
		s.rename(n.Dir, n.Dir+"zz")
		return old + " is now " + renamed
	}
}

// movedFile moves a file with an allowed import to an element that may not import it.
func movedFile(s *tree, _ int) string {
	for range 100_000 {
		p := s.choose(false)
		var users []*evidence.Edge
		for _, e := range s.imports {
			if e.To == p.to.ID && e.Scope == evidence.Code && len(e.Variants) == 0 && s.byID[e.From].Module == p.from.Module && s.result.Owners[e.From] != s.result.Owners[p.from.ID] {
				users = append(users, e)
			}
		}
		if len(users) == 0 {
			continue
		}
		slices.SortFunc(users, func(a, b *evidence.Edge) int { return strings.Compare(a.From, b.From) })
		user := users[s.random.IntN(len(users))]
		from := user.Witnesses[0].File
		if !s.hasSource(s.byID[user.From]) || strings.Contains(s.text(from), "//go:build") {
			continue
		}
		to := path.Join(p.from.Dir, "zzmoved.go")
		s.write(to, strings.Replace(s.text(from), "package "+s.packageName(s.byID[user.From]), "package "+s.packageName(p.from), 1))
		s.remove(from)
		return from + " moved to " + to
	}
	s.Fatalf("%s: no file to move", s.name)
	return ""
}

func renamedFile(s *tree, _ int) string {
	n := s.anyPackage(s.any(s.elements()))
	for !s.hasSource(n) {
		n = s.anyPackage(s.any(s.elements()))
	}
	f := s.file(n)
	s.rename(f, strings.TrimSuffix(f, ".go")+"zz.go")
	return f + " has another name"
}

// broken makes a source one that cannot be read to the end of its imports.
func broken(s *tree, i int) string {
	n := s.anyPackage(s.any(s.elements()))
	f := path.Join(n.Dir, "zzbroken.go")
	text := []string{"package\n", "package zz\n\nimport (\n\t\"fmt\n)\n", "package zz\n\nimport \"\"\n", "package zz\n\nimport fmt\n"}[i%4]
	s.write(f, text)
	return f + fmt.Sprintf(": %q", text)
}

// strangeBody has odd text where no import can stand.
func strangeBody(s *tree, i int) string {
	for {
		n := s.anyPackage(s.any(s.elements()))
		if !s.hasSource(n) {
			continue
		}
		f := s.file(n)
		s.write(f, s.text(f)+[]string{"\n// import \"os/exec\"\n", "\nconst zz = `import \"unsafe\"`\n", "\n/*\nimport _ \"plugin\"\n*/\n", "\n\n\n"}[i%4])
		return f + " says import in words"
	}
}
