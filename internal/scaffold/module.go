package scaffold

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"github.com/asbuilt/asbuilt/pkg/evidence"
)

// worldGo begins the ids of Go packages.
const worldGo = "go:"

// module is a Go module with its packages, sorted by folder.
type module struct {
	path, root string
	packages   []evidence.Node
}

// modulesOf lists the modules that hold packages, by root folder.
func modulesOf(nodes []evidence.Node) []*module {
	byPath := map[string]*module{}
	for _, n := range nodes {
		if n.Kind != evidence.Package || n.Dir == "" || !strings.HasPrefix(n.ID, worldGo) {
			continue
		}
		root := moduleRoot(n)
		m := byPath[n.Module]
		if m == nil {
			m = &module{path: n.Module, root: root}
			byPath[n.Module] = m
		}
		if compareDirs(root, m.root) < 0 {
			m.root = root
		}
		m.packages = append(m.packages, n)
	}
	for _, m := range byPath {
		slices.SortFunc(m.packages, func(a, b evidence.Node) int {
			return cmp.Or(compareDirs(a.Dir, b.Dir), strings.Compare(a.ID, b.ID))
		})
	}
	return slices.SortedFunc(maps.Values(byPath), func(a, b *module) int {
		return cmp.Or(compareDirs(a.root, b.root), strings.Compare(a.path, b.path))
	})
}

// moduleRoot is the folder of a package's module; the root of the code where that cannot be told.
func moduleRoot(n evidence.Node) string {
	below, inside := strings.CutPrefix(strings.TrimPrefix(n.ID, worldGo), n.Module)
	if inside && below == "" {
		return n.Dir
	}
	if root, ok := strings.CutSuffix("/"+n.Dir, below); inside && ok && root != "" {
		return root[1:]
	}
	return "."
}

// compareDirs orders folders, the root first.
func compareDirs(a, b string) int {
	return cmp.Or(compareBools(a != ".", b != "."), strings.Compare(a, b))
}
