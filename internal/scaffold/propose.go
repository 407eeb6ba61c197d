// Package scaffold proposes a first architecture for code that has none: the components that the folders
// suggest, with every use between them declared, so that check passes at once and drift begins from there.
package scaffold

import (
	"path"
	"slices"
	"strings"

	"github.com/asbuilt/asbuilt/pkg/evidence"
)

// Input is what there is to make a proposal from.
type Input struct {
	Graph evidence.Graph // of the Go code under the root
	// ModuleName names the architecture where no single module does: the root folder's name.
	ModuleName string
	// Ignored are patterns of packages that the version control ignores. They are excluded and make no component: in
	// another clone they may not be there.
	Ignored []string
}

// Propose writes one formatted *.arch.hcl file. Every package of the graph belongs to exactly one component,
// and every use between packages of two components that code (not tests alone) shows is declared. Without
// packages it is a skeleton to fill.
func Propose(in Input) []byte {
	in.Graph = without(in.Graph, in.Ignored)
	p := newProposal(in.Graph)
	p.connect(in.Graph)
	p.ignored = in.Ignored
	p.name(in.ModuleName)
	w := &writer{}
	w.proposal(p, len(in.Graph.Gaps))
	return w.Bytes()
}

// proposal is the proposed architecture.
type proposal struct {
	title   string
	systems []*system // by root folder
	parts   map[string]*part
	ignored []string // patterns
}

// without is a graph without the packages of some patterns: of ./folder alone, or of ./folder/... with all below it.
func without(g evidence.Graph, patterns []string) evidence.Graph {
	g.Nodes = slices.DeleteFunc(slices.Clone(g.Nodes), func(n evidence.Node) bool {
		return slices.ContainsFunc(patterns, func(p string) bool {
			folder, below := strings.CutSuffix(strings.TrimPrefix(p, "./"), "/...")
			return n.Dir == folder || below && strings.HasPrefix(n.Dir, folder+"/")
		})
	})
	return g
}

// system is one module.
type system struct {
	name, title  string
	module, root string
	parts        []*part // by folder
}

// part is a proposed component: a folder with what is below it, unless a deeper component owns that.
type part struct {
	name, title string
	dir         string // relative to the code root, "." for the root itself
	exact       bool   // the folder alone, nothing below it
	system      *system
	packages    []evidence.Node
	uses        []*part // by name
}

func (p *part) files() int {
	n := 0
	for _, node := range p.packages {
		n += node.Files
	}
	return n
}

// height is that of the highest package.
func (p *part) height(of map[string]int) int {
	highest := 0
	for _, node := range p.packages {
		highest = max(highest, of[node.ID])
	}
	return highest
}

func (p *part) isMain() bool {
	return slices.ContainsFunc(p.packages, func(n evidence.Node) bool { return n.Main && n.Dir == p.dir })
}

// isRest reports whether deeper parts own some of what the part's pattern matches.
func (p *part) isRest() bool {
	return !p.exact && slices.ContainsFunc(p.system.parts, func(q *part) bool {
		return q != p && (p.dir == "." || strings.HasPrefix(q.dir, p.dir+"/"))
	})
}

// pattern is the Go package pattern that owns the part's packages.
func (p *part) pattern() string {
	switch {
	case p.dir == "." && p.exact:
		return "."
	case p.dir == ".":
		return "./..."
	case p.exact:
		return "./" + p.dir
	}
	return "./" + p.dir + "/..."
}

func newProposal(g evidence.Graph) *proposal {
	p := &proposal{parts: map[string]*part{}}
	modules := modulesOf(g.Nodes)
	height := heights(g)
	for _, m := range modules {
		for _, c := range divide(m, len(modules), height) {
			p.add(m, c)
		}
	}
	return p
}

// add takes a module's part in. Where a folder's name fits no pattern, two modules can meet in the folder
// above; the part is the first one's then.
func (p *proposal) add(m *module, c *part) {
	if have := p.parts[c.dir]; have != nil {
		have.packages = append(have.packages, c.packages...)
		have.exact = have.exact && c.exact
		return
	}
	p.parts[c.dir] = c
	i := slices.IndexFunc(p.systems, func(s *system) bool { return s.module == m.path })
	if i < 0 {
		i = len(p.systems)
		p.systems = append(p.systems, &system{module: m.path, root: m.root})
	}
	c.system = p.systems[i]
	c.system.parts = append(c.system.parts, c)
}

// owner is the part whose pattern owns a folder: the nearest one upwards, as check decides it.
func (p *proposal) owner(dir string) *part {
	if dir == "" {
		return nil
	}
	for d := dir; ; d = path.Dir(d) {
		if found := p.parts[d]; found != nil && (d == dir || !found.exact) {
			return found
		}
		if d == "." {
			return nil
		}
	}
}

// connect declares what code shows, also over packages that are not ours. A use that only tests show is none of the
// architecture's.
func (p *proposal) connect(g evidence.Graph) {
	owners := make(map[string]*part, len(g.Nodes))
	for _, n := range g.Nodes {
		if strings.HasPrefix(n.ID, worldGo) {
			owners[n.ID] = p.owner(n.Dir)
		}
	}
	foreign := map[string][]string{} // what packages use that are not ours
	for _, e := range g.Edges {
		if isUse(e) && owners[e.From] == nil {
			foreign[e.From] = append(foreign[e.From], e.To)
		}
	}
	seen := map[[2]*part]bool{}
	for _, e := range g.Edges {
		from := owners[e.From]
		if !isUse(e) || from == nil {
			continue
		}
		for _, id := range beyond(e.To, foreign) {
			if to := owners[id]; to != nil && to != from && !seen[[2]*part{from, to}] {
				seen[[2]*part{from, to}] = true
				from.uses = append(from.uses, to)
			}
		}
	}
}

// beyond lists a node and what lies behind it over packages that are not ours.
func beyond(id string, foreign map[string][]string) []string {
	ids := []string{id}
	for i := 0; i < len(ids); i++ {
		for _, next := range foreign[ids[i]] {
			if !slices.Contains(ids, next) {
				ids = append(ids, next)
			}
		}
	}
	return ids
}

// sorted lists all parts, system by system.
func (p *proposal) sorted() []*part {
	var out []*part
	for _, s := range p.systems {
		out = append(out, s.parts...)
	}
	return out
}

func byName(a, b *part) int { return strings.Compare(a.name, b.name) }
