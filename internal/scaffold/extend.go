package scaffold

import (
	"path"
	"slices"
	"strings"

	"github.com/asbuilt/asbuilt/internal/hcltext"
	"github.com/asbuilt/asbuilt/pkg/arch"
	"github.com/asbuilt/asbuilt/pkg/evidence"
	"github.com/asbuilt/asbuilt/pkg/reflexion"
	"github.com/asbuilt/asbuilt/pkg/source"
)

// Extension is what an architecture lacks: a component for each folder whose packages no element owns.
type Extension struct {
	Components []*arch.Element
	File       string   // the file that holds the components' neighbours
	Unnamed    []string // folders that no pattern can name
}

// Extend proposes components for folders whose packages no element of a model owns, named as Propose names them.
func Extend(m *arch.Model, g evidence.Graph, unassigned []reflexion.Unassigned) Extension {
	var out Extension
	taken := hcltext.Names{}
	for _, e := range m.Elements {
		if e.Type == arch.TypeComponent {
			taken[strings.ToLower(e.Name)] = true
		}
	}
	files := map[string]int{}
	for _, u := range unassigned {
		dir := u.Dir
		if hcltext.Nameable(dir) != dir {
			out.Unnamed = append(out.Unnamed, dir)
			continue
		}
		p := &part{dir: dir, exact: !reaches(g, u)}
		title := path.Base(dir)
		if dir == "." {
			title = shortName(moduleOf(g, u.Packages[0]))
		} else if taken[strings.ToLower(identifier(title))] {
			title = dir
		}
		e := &arch.Element{Type: arch.TypeComponent, Name: taken.Claim(identifier(title)), Bindings: []string{"go"}}
		if e.Name != title {
			e.Title = title
		}
		e.Address = e.Type + "." + e.Name
		e.Code = &arch.Code{Go: []arch.Pattern{{Text: p.pattern()}}}
		parent, near := neighbour(m, dir)
		e.Parent = parent
		files[near]++
		out.Components = append(out.Components, e)
	}
	most := 0
	for _, e := range m.Elements { // in order, so that the first of equals wins
		if n := files[e.At.File]; n > most {
			most, out.File = n, e.At.File
		}
	}
	for _, e := range out.Components {
		e.At = source.Range{File: out.File}
	}
	return out
}

// reaches reports whether the packages are all that a folder holds: then its pattern may reach down.
func reaches(g evidence.Graph, u reflexion.Unassigned) bool {
	return !slices.ContainsFunc(g.Nodes, func(n evidence.Node) bool {
		return n.Kind == evidence.Package && below(n.Dir, u.Dir) && !slices.Contains(u.Packages, n.ID)
	})
}

// moduleOf is the module of a package.
func moduleOf(g evidence.Graph, id string) string {
	for _, n := range g.Nodes {
		if n.ID == id {
			return n.Module
		}
	}
	return ""
}

// neighbour finds the component whose code lies nearest to a folder: what it is in, and the file that declares it.
func neighbour(m *arch.Model, dir string) (parent, file string) {
	best := -1
	parents := map[string]bool{}
	for _, e := range m.Elements {
		if e.Type != arch.TypeComponent || e.Code == nil || strings.Contains(e.Parent, "[") {
			continue
		}
		parents[e.Parent] = true
		for _, p := range e.Code.Go {
			if n := common(strings.TrimSuffix(path.Clean(p.Text), "/..."), dir); n > best {
				best, parent, file = n, e.Parent, e.At.File
			}
		}
	}
	if best > 0 || len(parents) == 1 {
		return parent, file
	}
	if file == "" && len(m.Elements) > 0 {
		file = m.Elements[0].At.File
	}
	return "", file
}

// common counts the first segments that two folders share.
func common(a, b string) int {
	x, y := strings.Split(a, "/"), strings.Split(b, "/")
	n := 0
	for n < len(x) && n < len(y) && x[n] == y[n] {
		n++
	}
	return n
}

func below(dir, outer string) bool {
	return dir != outer && (outer == "." || strings.HasPrefix(dir, outer+"/"))
}
