package prove

import (
	"path"
	"slices"
	"strings"

	"github.com/asbuilt/asbuilt/internal/pattern"
	"github.com/asbuilt/asbuilt/pkg/arch"
	"github.com/asbuilt/asbuilt/pkg/evidence"
	"github.com/asbuilt/asbuilt/pkg/finding"
)

// places knows where in the evidence an element can use something.
type places struct {
	model  *arch.Model
	graphs []evidence.Graph
	owned  []map[string][]string // by graph: element address → nodes that it owns itself, sorted
	owners map[string]string
	edges  []map[[2]string]bool // by graph: what is there already
	kinds  []string             // by graph: the kind of use that it shows
	said   map[[2]string]bool   // uses that the check says already
}

func newPlaces(in Input) *places {
	p := &places{model: in.Model, graphs: in.Graphs, owners: in.Owners}
	for _, g := range in.Graphs {
		owned := map[string][]string{}
		for _, n := range g.Nodes {
			e := in.Model.Element(in.Owners[n.ID])
			if e == nil || n.Kind == evidence.Standard || n.Kind == evidence.Unread || isTestSupport(e, n) {
				continue
			}
			owned[e.Address] = append(owned[e.Address], n.ID)
		}
		edges := make(map[[2]string]bool, len(g.Edges))
		for _, e := range g.Edges {
			if e.Scope == evidence.Code {
				edges[[2]string{e.From, e.To}] = true
			}
		}
		p.owned, p.edges = append(p.owned, owned), append(p.edges, edges)
		kind := evidence.KindImport
		if len(g.Edges) > 0 {
			kind = g.Edges[0].Kind
		}
		p.kinds = append(p.kinds, kind)
	}
	return p
}

// hear takes in the uses that the check says already, over whatever way.
func (p *places) hear(base []finding.Finding) {
	p.said = map[[2]string]bool{}
	for i := range base {
		p.said[[2]string{base[i].Subject.From, base[i].Subject.To}] = true
	}
}

// isTestSupport reports whether a package is one that only tests import: what it uses is judged as a test's.
func isTestSupport(e *arch.Element, n evidence.Node) bool {
	return e.Code != nil && anyMeans(e.Code.TestSupport, n)
}

// anyMeans reports whether one of some patterns means a package.
func anyMeans(patterns []arch.Pattern, n evidence.Node) bool {
	return slices.ContainsFunc(patterns, func(p arch.Pattern) bool {
		read := pattern.New(p.Text)
		return read.Means(n.Dir, evidence.Name(n.ID)) || read.Means("", n.ID)
	})
}

// within lists the nodes that an element or one inside it owns in a graph.
func (p *places) within(graph int, address string) []string {
	out := slices.Clone(p.owned[graph][address])
	for _, e := range p.model.Descendants(address) {
		out = append(out, p.owned[graph][e.Address]...)
	}
	return out
}

// use is an edge to put into a graph.
type use struct {
	graph    int
	from, to string
	kind     string
}

func (u use) edge() evidence.Edge {
	_, name, _ := strings.Cut(u.from, ":")
	return evidence.Edge{
		From: u.from, To: u.to, Kind: u.kind, Grade: evidence.Proven, Scope: evidence.Code, Variants: []string{},
		Witnesses: []evidence.Witness{{File: path.Join("injected", path.Base(name)), Line: 1}},
	}
}

// graphNode is a node to put into a graph.
type graphNode struct {
	graph int
	evidence.Node
}

// most is how many nodes of an element are tried as an end of a use.
const most = 40

// between finds a use from one element to another, or what is inside them, that is not in the evidence yet.
func (p *places) between(from, to string) (use, bool) {
	for g := range p.graphs {
		if u, ok := p.free(g, p.within(g, from), p.within(g, to), nil); ok {
			return u, true
		}
	}
	return use{}, false
}

// linked reports whether the evidence has a use from one element to another that a rule means.
func (p *places) linked(rule *arch.Rule, from, to string) bool {
	for g := range p.graphs {
		if !means(rule, p.kinds[g]) {
			continue
		}
		for _, f := range head(p.within(g, from)) {
			if slices.ContainsFunc(head(p.within(g, to)), func(t string) bool { return p.edges[g][[2]string{f, t}] }) {
				return true
			}
		}
	}
	return false
}

// ownUse is a use between what two elements own themselves, in one graph.
func (p *places) ownUse(graph int, from, to string) (use, bool) {
	return p.free(graph, p.owned[graph][from], p.owned[graph][to], p.said)
}

// free finds a use that is not there yet, nor among those that a direct one would say nothing new of.
func (p *places) free(graph int, from, to []string, said map[[2]string]bool) (use, bool) {
	for _, f := range head(from) {
		for _, t := range head(to) {
			if pair := [2]string{f, t}; f != t && !p.edges[graph][pair] && !said[pair] {
				return use{graph, f, t, p.kinds[graph]}, true
			}
		}
	}
	return use{}, false
}

func head(s []string) []string { return s[:min(len(s), most)] }

// any finds a node that an element, or one inside it, owns.
func (p *places) any(address string) (graph int, id string, ok bool) {
	for g := range p.graphs {
		if nodes := p.within(g, address); len(nodes) > 0 {
			return g, nodes[0], true
		}
	}
	return 0, "", false
}

// observed lists the elements that own nodes of a graph themselves, by address.
func (p *places) observed(graph int) []*arch.Element {
	var out []*arch.Element
	for _, e := range p.model.Elements {
		if len(p.owned[graph][e.Address]) > 0 {
			out = append(out, e)
		}
	}
	return out
}
