//go:build mutants

package mutants

import (
	"go/parser"
	"go/token"
	"os"
	"path"
	"slices"
	"strings"

	"github.com/stretchr/testify/require"

	"github.com/asbuilt/asbuilt/pkg/arch"
	"github.com/asbuilt/asbuilt/pkg/evidence"
)

// pair is a package that could import another.
type pair struct{ from, to *evidence.Node }

// allowed reports whether the declaration lets one element import another. It is told from the model alone.
func (s *tree) allowed(from, to *arch.Element) bool {
	if from == to || s.model.Related(from.Address, to.Address) || s.model.IsRoot(from) || s.model.IsShared(to) {
		return true
	}
	return slices.ContainsFunc(s.model.Edges, func(e *arch.Edge) bool {
		plain := e.Kind == arch.EdgePlain || e.Kind == arch.EdgeImport || to.Type != arch.TypeComponent
		return plain && s.model.Within(from.Address, e.From) && s.model.Within(to.Address, e.To)
	})
}

// choose picks two packages of different elements between which an import is allowed, or is not; then
// there is none yet.
func (s *tree) choose(allowed bool) pair {
	s.Helper()
	elements := s.elements()
	for range 100_000 {
		from, to := s.any(elements), s.any(elements)
		if from == to || s.model.Related(from.Address, to.Address) || s.allowed(from, to) != allowed || s.model.IsRoot(from) {
			continue
		}
		if allowed && !s.uses(from, to) { // a rule may forbid what the declaration allows
			continue
		}
		p := pair{s.anyPackage(from), s.anyPackage(to)}
		if p.from.Main || p.to.Main || p.from.Module != p.to.Module || !allowed && s.imports[[2]string{p.from.ID, p.to.ID}] != nil || !s.hasSource(p.from) {
			continue
		}
		return p
	}
	s.Fatalf("%s: no pair of packages to choose (allowed %v) among %d elements", s.name, allowed, len(elements))
	return pair{}
}

// elements lists those that own packages, in order.
func (s *tree) elements() []*arch.Element {
	var out []*arch.Element
	for _, e := range s.model.Elements {
		if len(s.owned[e.Address]) > 0 {
			out = append(out, e)
		}
	}
	return out
}

func (s *tree) any(elements []*arch.Element) *arch.Element {
	return elements[s.random.IntN(len(elements))]
}

func (s *tree) anyPackage(e *arch.Element) *evidence.Node {
	all := s.owned[e.Address]
	return all[s.random.IntN(len(all))]
}

// importPath is how source names a package.
func importPath(n *evidence.Node) string { return strings.TrimPrefix(n.ID, "go:") }

// sources lists the files of a package that every build reads, in order.
func (s *tree) sources(n *evidence.Node) []string {
	s.Helper()
	entries, err := os.ReadDir(s.path(n.Dir))
	require.NoError(s, err)
	var out []string
	for _, e := range entries {
		name := e.Name()
		if !e.Type().IsRegular() || !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") || strings.Contains(name, "_") {
			continue
		}
		if text := s.text(path.Join(n.Dir, name)); !strings.Contains(text, "//go:build") {
			out = append(out, path.Join(n.Dir, name))
		}
	}
	return out
}

func (s *tree) hasSource(n *evidence.Node) bool { return len(s.sources(n)) > 0 }

// file picks a source of a package.
func (s *tree) file(n *evidence.Node) string {
	all := s.sources(n)
	return all[s.random.IntN(len(all))]
}

// packageName is the name in the package clause.
func (s *tree) packageName(n *evidence.Node) string {
	s.Helper()
	f, err := parser.ParseFile(token.NewFileSet(), "", s.text(s.file(n)), parser.PackageClauseOnly)
	require.NoError(s, err)
	return f.Name.Name
}

// withImport is a source with one more import after its package clause.
func (s *tree) withImport(name, spec string) string {
	s.Helper()
	text := s.text(name)
	set := token.NewFileSet()
	f, err := parser.ParseFile(set, "", text, parser.PackageClauseOnly)
	require.NoError(s, err)
	end := set.Position(f.Name.End()).Offset
	return text[:end] + "\n\nimport " + spec + "\n" + text[end:]
}
