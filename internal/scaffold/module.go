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

// heights tells, for each package by id, the most imports in a row that lead down from it to a package that
// uses no other of ours. What is in a circle, or above one, is higher than everything else.
func heights(g evidence.Graph) map[string]int {
	users := map[string][]string{}
	open := map[string]int{} // how many uses are not measured yet
	for _, n := range g.Nodes {
		if n.Kind == evidence.Package {
			open[n.ID] = 0
		}
	}
	for _, e := range g.Edges {
		if _, ours := open[e.To]; ours && isUse(e) {
			users[e.To] = append(users[e.To], e.From)
			open[e.From]++
		}
	}
	height := make(map[string]int, len(open))
	var queue []string
	for id, uses := range open {
		height[id] = len(open)
		if uses == 0 {
			height[id] = 0
			queue = append(queue, id)
		}
	}
	reached := map[string]int{}
	for len(queue) > 0 {
		id := queue[0]
		queue = queue[1:]
		for _, user := range users[id] {
			reached[user] = max(reached[user], height[id]+1)
			if open[user]--; open[user] == 0 {
				height[user] = reached[user]
				queue = append(queue, user)
			}
		}
	}
	return height
}

// isUse reports whether an edge counts: code shows it, not tests alone, nor files that no build reads.
func isUse(e evidence.Edge) bool { return e.Scope == evidence.Code && e.Kind == evidence.KindImport }
