package compare

import (
	"cmp"
	"math"
	"path"
	"slices"
	"strings"

	"github.com/asbuilt/asbuilt/pkg/arch"
	"github.com/asbuilt/asbuilt/pkg/evidence"
)

// worldGo is the world of Go packages.
const worldGo = "go"

// claim is one pattern of one element.
type claim struct {
	element     *arch.Element
	pattern     arch.Pattern
	world       string // of the nodes that it claims
	testSupport bool
	relative    bool     // the pattern is a folder, not an import path
	segments    []string // of the pattern, "..." for any
	literal     int      // how many of them are literal
	exact       bool     // no "..." at all
	matched     bool
}

// claims finds the patterns that match a node: plain and trailing-wildcard patterns by their literal
// path, so that the cost is the depth of the node, not the number of patterns.
type claims struct {
	all    []*claim
	byPath map[table]map[string][]*claim // literal path → patterns "path" and "path/..."
	odd    map[table][]*claim            // a wildcard elsewhere
	worlds map[*arch.Element][]string    // in which an element, or one inside it, has a binding
}

// table is what patterns are compared with: the names of a world, or the folders of Go packages.
type table struct {
	world    string
	relative bool
}

// runtime are the facts that bind an element to a node of what runs.
var runtime = map[string]func(name string) (world, path string){
	"runtime.compose":    func(name string) (world, path string) { return "compose", name },
	"runtime.kubernetes": workload,
	"runtime.otel":       func(name string) (world, path string) { return "otel", name },
}

// workload turns KIND/NAMESPACE/NAME, as kubectl writes it, into the order of ids: NAMESPACE/KIND/NAME. Without a
// namespace it is the one that Kubernetes takes then.
func workload(name string) (world, path string) {
	parts := strings.Split(name, "/")
	switch len(parts) {
	case 3:
		parts[0], parts[1] = parts[1], parts[0]
	case 2:
		parts = []string{"default", parts[0], parts[1]}
	}
	return "kube", strings.Join(parts, "/")
}

// isRuntime reports whether the nodes of a world are what runs, not code.
func isRuntime(world string) bool { return world == "compose" || world == "kube" || world == "otel" }

func newClaims(m *arch.Model) *claims {
	cs := &claims{
		byPath: map[table]map[string][]*claim{}, odd: map[table][]*claim{}, worlds: map[*arch.Element][]string{},
	}
	for _, e := range m.Elements {
		for _, c := range claimsOf(e) {
			cs.add(c)
			if c.testSupport {
				continue
			}
			for x := e; x != nil; x = m.Parent(x) {
				if !slices.Contains(cs.worlds[x], c.world) {
					cs.worlds[x] = append(cs.worlds[x], c.world)
				}
			}
		}
	}
	return cs
}

func claimsOf(e *arch.Element) []*claim {
	var out []*claim
	if e.Code != nil {
		for _, p := range e.Code.Go {
			out = append(out, golang(e, p))
		}
		for _, p := range e.Code.TestSupport {
			c := golang(e, p)
			c.testSupport = true
			out = append(out, c)
		}
		for _, p := range e.Code.Nodes {
			world, name := evidence.Split(p.Text)
			out = append(out, newClaim(e, p, world, name))
		}
	}
	for _, f := range e.Facts {
		bind, name := runtime[f.Name], ""
		if name, _ = f.Value.(string); bind == nil || name == "" {
			continue
		}
		world, id := bind(name)
		c := newClaim(e, arch.Pattern{Text: world + ":" + id, At: f.At}, world, "")
		c.segments = segments(id) // a name, not a pattern
		c.literal, c.exact = len(c.segments), true
		out = append(out, c)
	}
	return out
}

func golang(e *arch.Element, p arch.Pattern) *claim {
	c := newClaim(e, p, worldGo, p.Text)
	c.relative = p.Text == "." || p.Text == "..." || strings.HasPrefix(p.Text, "./")
	return c
}

func newClaim(e *arch.Element, p arch.Pattern, world, text string) *claim {
	c := &claim{element: e, pattern: p, world: world, segments: segments(path.Clean(text))}
	for _, s := range c.segments {
		if !strings.Contains(s, "...") {
			c.literal++
		}
	}
	c.exact = c.literal == len(c.segments)
	return c
}

func (cs *claims) add(c *claim) {
	cs.all = append(cs.all, c)
	t := table{c.world, c.relative}
	if len(c.segments)-c.literal > 1 || !c.exact && c.segments[len(c.segments)-1] != "..." {
		cs.odd[t] = append(cs.odd[t], c)
		return
	}
	if cs.byPath[t] == nil {
		cs.byPath[t] = map[string][]*claim{}
	}
	key := path.Join(c.segments[:c.literal]...)
	cs.byPath[t][key] = append(cs.byPath[t][key], c)
}

func segments(p string) []string {
	if p == "." || p == "" {
		return nil
	}
	return strings.Split(p, "/")
}

// own returns the strongest claims on a node: none, one, or several equally strong ones.
func (cs *claims) own(n evidence.Node) []*claim {
	world, name := evidence.Split(n.ID)
	// A folder pattern and an import path pattern are compared on one scale: segments of the import path.
	offset := len(segments(name)) - len(segments(n.Dir))
	var best []*claim
	bestRank := rank{math.MinInt, false} // below zero: a folder deeper than its import path is long, in a nested module
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
	cs.offer(table{world, false}, name, consider)
	if world == worldGo && n.Dir != "" {
		cs.offer(table{world, true}, n.Dir, consider)
	}
	return best
}

// offer offers the patterns of a table that match a path.
func (cs *claims) offer(t table, p string, consider func(*claim)) {
	cs.walk(t, p, consider)
	for _, c := range cs.odd[t] {
		if matches(c.segments, segments(p)) {
			consider(c)
		}
	}
}

// walk offers the patterns whose literal path is p (exact, or followed by "...") or lies above it.
func (cs *claims) walk(t table, p string, consider func(*claim)) {
	patterns := cs.byPath[t]
	if len(patterns) == 0 {
		return
	}
	p = strings.TrimPrefix(path.Clean(p), "./")
	if p == "." {
		p = ""
	}
	for first := true; ; first = false {
		for _, c := range patterns[p] {
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
