package compare

import (
	"cmp"
	"path"
	"slices"
	"strings"

	"github.com/agext/levenshtein"

	"github.com/asbuilt/asbuilt/pkg/arch"
	"github.com/asbuilt/asbuilt/pkg/evidence"
	"github.com/asbuilt/asbuilt/pkg/reflexion"
)

// worldGo begins the ids of Go packages.
const worldGo = "go:"

// claim is one code pattern of one element.
type claim struct {
	element     *arch.Element
	pattern     arch.Pattern
	testSupport bool
	relative    bool     // the pattern is a folder, not an import path
	segments    []string // of the pattern, "..." for any
	literal     int      // how many of them are literal
	exact       bool     // no "..." at all
	matched     bool
}

// claims finds the patterns that match a package: plain and trailing-wildcard patterns by their literal
// path, so that the cost is the depth of the package, not the number of patterns.
type claims struct {
	all    []*claim
	byPath map[bool]map[string][]*claim // relative or not → literal path → patterns "path" and "path/..."
	odd    []*claim                     // a wildcard elsewhere
}

func newClaims(m *arch.Model) *claims {
	cs := &claims{byPath: map[bool]map[string][]*claim{true: {}, false: {}}}
	for _, e := range m.Elements {
		if e.Code == nil {
			continue
		}
		for _, p := range e.Code.Go {
			cs.add(&claim{element: e, pattern: p})
		}
		for _, p := range e.Code.TestSupport {
			cs.add(&claim{element: e, pattern: p, testSupport: true})
		}
	}
	return cs
}

func (cs *claims) add(c *claim) {
	text := c.pattern.Text
	c.relative = text == "." || text == "..." || strings.HasPrefix(text, "./")
	text = path.Clean(text)
	c.segments = segments(text)
	for _, s := range c.segments {
		if !strings.Contains(s, "...") {
			c.literal++
		}
	}
	c.exact = c.literal == len(c.segments)
	cs.all = append(cs.all, c)
	if len(c.segments)-c.literal > 1 || !c.exact && c.segments[len(c.segments)-1] != "..." {
		cs.odd = append(cs.odd, c)
		return
	}
	key := path.Join(c.segments[:c.literal]...)
	cs.byPath[c.relative][key] = append(cs.byPath[c.relative][key], c)
}

func segments(p string) []string {
	if p == "." || p == "" {
		return nil
	}
	return strings.Split(p, "/")
}

// own returns the strongest claims on a package: none, one, or several equally strong ones.
func (cs *claims) own(n evidence.Node) []*claim {
	importPath, ok := strings.CutPrefix(n.ID, worldGo)
	if !ok {
		return nil
	}
	// A folder pattern and an import path pattern are compared on one scale: segments of the import path.
	offset := len(segments(importPath)) - len(segments(n.Dir))
	var best []*claim
	bestRank := rank{-1, false}
	consider := func(c *claim) {
		c.matched = true
		r := rank{c.literal, c.exact}
		if c.relative {
			r.literal += offset
		}
		switch d := r.compare(bestRank); {
		case d > 0:
			best, bestRank = []*claim{c}, r
		case d == 0:
			best = append(best, c)
		}
	}
	cs.walk(false, importPath, consider)
	if n.Dir != "" {
		cs.walk(true, n.Dir, consider)
	}
	for _, c := range cs.odd {
		subject := importPath
		if c.relative {
			if n.Dir == "" {
				continue
			}
			subject = n.Dir
		}
		if matches(c.segments, segments(subject)) {
			consider(c)
		}
	}
	return best
}

// walk offers the patterns whose literal path is p (exact, or followed by "...") or lies above it.
func (cs *claims) walk(relative bool, p string, consider func(*claim)) {
	table := cs.byPath[relative]
	if len(table) == 0 {
		return
	}
	p = strings.TrimPrefix(path.Clean(p), "./")
	if p == "." {
		p = ""
	}
	for first := true; ; first = false {
		for _, c := range table[p] {
			if first || !c.exact {
				consider(c)
			}
		}
		if p == "" {
			return
		}
		if i := strings.LastIndexByte(p, '/'); i >= 0 {
			p = p[:i]
		} else {
			p = ""
		}
	}
}

// matches is the general case: "..." in a segment stands for any text, slashes included, as in
// `go help packages`; a trailing "/..." also matches the path before it.
func matches(pattern, subject []string) bool {
	if len(pattern) == 0 {
		return len(subject) == 0
	}
	if pattern[0] == "..." {
		for i := 0; i <= len(subject); i++ {
			if matches(pattern[1:], subject[i:]) {
				return true
			}
		}
		return false
	}
	return len(subject) > 0 && matchSegment(pattern[0], subject[0]) && matches(pattern[1:], subject[1:])
}

// matchSegment matches one segment with "..." inside it.
func matchSegment(pattern, s string) bool {
	before, after, found := strings.Cut(pattern, "...")
	if !found {
		return pattern == s
	}
	rest, ok := strings.CutPrefix(s, before)
	if !ok {
		return false
	}
	for i := 0; i <= len(rest); i++ {
		if matchSegment(after, rest[i:]) {
			return true
		}
	}
	return false
}

type rank struct {
	literal int
	exact   bool
}

func (r rank) compare(o rank) int {
	if d := cmp.Compare(r.literal, o.literal); d != 0 {
		return d
	}
	switch {
	case r.exact == o.exact:
		return 0
	case r.exact:
		return 1
	}
	return -1
}

// emptyClaims lists the patterns that matched nothing, with the most similar folder.
func emptyClaims(cs *claims, nodes []evidence.Node) []reflexion.Empty {
	var out []reflexion.Empty
	for _, c := range cs.all {
		if !c.matched {
			out = append(out, reflexion.Empty{Element: c.element.Address, Pattern: c.pattern, Nearest: nearest(c, nodes)})
		}
	}
	return out
}

// nearest is the pattern, of the folders and import paths that exist, which is most like the one that
// matches nothing; "" when none is alike.
func nearest(c *claim, nodes []evidence.Node) string {
	want := path.Join(c.segments[:min(c.literal, len(c.segments))]...)
	best, bestDistance := "", len(want)/2+1
	for _, n := range nodes {
		have := n.Dir
		if !c.relative {
			have = strings.TrimPrefix(n.ID, worldGo)
		}
		if have == "" || n.Kind == evidence.Standard {
			continue
		}
		for ; have != "." && have != ""; have = path.Dir(have) {
			if d := len(have) - len(want); d >= bestDistance || -d >= bestDistance {
				continue
			}
			if d := levenshtein.Distance(want, have, nil); d < bestDistance || d == bestDistance && best != "" && have < best {
				best, bestDistance = have, d
			}
		}
	}
	if best == "" {
		return ""
	}
	if c.relative {
		best = "./" + best
	}
	if !c.exact {
		best += "/..."
	}
	return best
}

// unassigned groups the packages that nobody owns by the largest folder without an owned package.
func unassigned(nodes []evidence.Node, owned func(i int) bool) []reflexion.Unassigned {
	ownedBelow := map[string]int{}
	for i, n := range nodes {
		if !owned(i) || n.Dir == "" {
			continue
		}
		for d := n.Dir; ; d = path.Dir(d) {
			ownedBelow[d]++
			if d == "." {
				break
			}
		}
	}
	byDir := map[string][]string{}
	for i, n := range nodes {
		if owned(i) || n.Kind != evidence.Package {
			continue
		}
		dir := n.Dir
		for dir != "." && ownedBelow[path.Dir(dir)] == 0 {
			dir = path.Dir(dir)
		}
		byDir[dir] = append(byDir[dir], n.ID)
	}
	var out []reflexion.Unassigned
	for dir, packages := range byDir {
		out = append(out, reflexion.Unassigned{Dir: dir, Packages: packages})
	}
	slices.SortFunc(out, func(a, b reflexion.Unassigned) int { return strings.Compare(a.Dir, b.Dir) })
	return out
}
