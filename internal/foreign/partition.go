package foreign

import (
	"path"
	"slices"
	"strings"
)

// fresh is the name of a folder that does not exist yet: what a rule says about it, it says about packages to come.
const fresh = "zz-to-come"

// partition gives every package folder to a class, and finds the code patterns that say so: dir/... where
// packages to come below a folder belong to its class too, else the folder alone. "" is no class.
func (t *tree) partition(dirs []string, classOf func(dir string) string) map[string][]claimed {
	children := map[string][]string{}
	own := map[string]bool{}
	for _, dir := range dirs {
		own[dir] = true
		for d := dir; d != "."; d = path.Dir(d) {
			up := path.Dir(d)
			if slices.Contains(children[up], d) {
				break
			}
			children[up] = append(children[up], d)
		}
	}
	out := map[string][]claimed{}
	var walk func(dir, inherited string)
	walk = func(dir, inherited string) {
		below := classOf(path.Join(dir, fresh))
		if below != classOf(path.Join(dir, fresh, fresh)) {
			below = ""
		}
		if below != "" && below != inherited {
			out[below] = append(out[below], claimed{dir, true})
			inherited = below
		}
		if own[dir] {
			if class := classOf(dir); class != "" && class != inherited {
				out[class] = append(out[class], claimed{dir, false})
			}
		}
		slices.Sort(children[dir])
		for _, child := range children[dir] {
			walk(child, inherited)
		}
	}
	walk(".", "")
	return out
}

// claimed is a folder that a class owns, with all below it unless another class claims that.
type claimed struct {
	dir   string
	below bool
}

// patterns writes claims as code patterns.
func (t *tree) patterns(claims []claimed) []string {
	var out []string
	for _, c := range claims {
		out = append(out, t.pattern(c.dir, c.below))
	}
	return out
}

// dotted compresses import paths that share a property: p/... where every known path from p downwards has it
// and one to come below p would have it, else the path alone.
func dotted(known []string, holds func(importPath string) bool) []string {
	slices.Sort(known)
	known = slices.Compact(known)
	all := func(p string) bool {
		for i, _ := slices.BinarySearch(known, p); i < len(known); i++ {
			if known[i] != p && !strings.HasPrefix(known[i], p+"/") {
				if strings.HasPrefix(known[i], p) {
					continue // p-suffix sorts before p/
				}
				break
			}
			if !holds(known[i]) {
				return false
			}
		}
		return holds(p + "/" + fresh)
	}
	var out []string
	for _, p := range known {
		if !holds(p) || slices.ContainsFunc(out, func(o string) bool { return coveredBy(o, p) }) {
			continue
		}
		if all(p) {
			out = append(out, p+"/...")
			continue
		}
		out = append(out, p)
	}
	return out
}

// coveredBy reports whether a pattern matches an import path.
func coveredBy(pattern, importPath string) bool {
	prefix, below := strings.CutSuffix(pattern, "/...")
	return importPath == prefix || below && strings.HasPrefix(importPath, prefix+"/")
}
