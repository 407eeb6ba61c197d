package check

import (
	"fmt"
	"slices"
	"strings"

	"github.com/asbuilt/asbuilt/internal/pattern"
	"github.com/asbuilt/asbuilt/pkg/arch"
	"github.com/asbuilt/asbuilt/pkg/evidence"
	"github.com/asbuilt/asbuilt/pkg/finding"
)

// node finds a node of the evidence.
func (q *inquiry) node(id string) evidence.Node {
	i, ok := slices.BinarySearchFunc(q.Graph.Nodes, id, func(n evidence.Node, id string) int { return strings.Compare(n.ID, id) })
	if !ok {
		return evidence.Node{ID: id}
	}
	return q.Graph.Nodes[i]
}

// exposed reports whether one of some patterns means a node.
func exposed(patterns []pattern.Pattern, n evidence.Node) bool {
	return slices.ContainsFunc(patterns, func(p pattern.Pattern) bool { return p.Means(n.Dir, evidence.Name(n.ID)) || p.Means("", n.ID) })
}

func compiled(patterns []arch.Pattern) []pattern.Pattern {
	out := make([]pattern.Pattern, len(patterns))
	for i, p := range patterns {
		out[i] = pattern.New(p.Text)
	}
	return out
}

// bypasses finds imports of packages that their element does not expose.
func (q *inquiry) bypasses() []finding.Finding {
	exposes := map[int32][]pattern.Pattern{}
	for i, e := range q.elements {
		if e.Code != nil && e.Code.Exposes != nil {
			exposes[int32(i)] = compiled(e.Code.Exposes.List)
		}
	}
	if len(exposes) == 0 {
		return nil
	}
	open := map[string]bool{}
	var out []finding.Finding
	for i := range q.uses {
		u := &q.uses[i]
		patterns, closed := exposes[u.to]
		if !closed || u.seen == nil || !u.is(kindImport) {
			continue
		}
		allowed, known := open[u.seen.To]
		if !known {
			allowed = exposed(patterns, q.node(u.seen.To))
			open[u.seen.To] = allowed
		}
		if allowed {
			continue
		}
		e := q.elements[u.to]
		l := law{id: "code/bypass", name: e.Address, header: e.At, at: e.Code.Exposes.At}
		out = append(out, q.broken(l, u, "bypassing what it exposes", "import one of the packages that it exposes, or add this one to exposes"))
	}
	return out
}

// deprecated finds new uses of what nobody should start to use. An edge that is marked itself acknowledges an
// old use.
func (q *inquiry) deprecated() []finding.Finding {
	var old []int32
	for i, e := range q.elements {
		if e.Status == arch.StatusDeprecated {
			old = append(old, int32(i))
		}
	}
	if len(old) == 0 {
		return nil
	}
	nearest := q.within(old)
	var out []finding.Finding
	for i := range q.uses {
		u := &q.uses[i]
		at := nearest[u.to]
		if at == none || u.edge != nil && u.edge.Status == arch.StatusDeprecated || u.absent || !u.is(kindAny) {
			continue
		}
		e := q.elements[at]
		l := law{id: "code/deprecated", name: e.Address, header: e.At, at: e.At, text: e.Address + " is deprecated"}
		why := "which is deprecated"
		if at != u.to {
			why = "which is in " + e.Address + ", and that is deprecated"
		}
		out = append(out, q.broken(l, u, why, `use what replaces it; a use from before is acknowledged by uses { to = …, status = "deprecated" }`))
	}
	return out
}

// modules finds third-party modules that an element uses beyond its list, and entries of the list that it does
// not use.
func (q *inquiry) modules() []finding.Finding {
	var out []finding.Finding
	for i, e := range q.elements {
		if e.Code != nil && e.Code.Modules != nil {
			out = append(out, q.modulesOf(int32(i))...)
		}
	}
	return out
}

func (q *inquiry) modulesOf(position int32) []finding.Finding {
	e := q.elements[position]
	list := e.Code.Modules.List
	allowed := compiled(list)
	used := make([]bool, len(list))
	var out []finding.Finding
	q.foreign(position, func(way []int, judged bool) {
		p := q.packages(kindImport)
		n := p.all.Nodes[way[len(way)-1]]
		found := false
		for i, a := range allowed {
			if permits(a, n) {
				used[i], found = true, true
			}
		}
		if !found && judged {
			out = append(out, q.unpermitted(e, p, way))
		}
	})
	out = once(out)
	for i, entry := range list {
		if !used[i] {
			out = append(out, finding.Finding{
				Rule: "code/module-unused", At: entry.At, Subject: finding.Subject{Element: e.Address, Path: entry.Text},
				Message: fmt.Sprintf("%s permits module %s and uses nothing of it", e.Address, entry.Text),
				Fix:     &finding.Fix{Message: "remove the entry"},
			})
		}
	}
	return out
}

// permits reports whether an entry of a list of modules means the module of a package, by whole segments.
func permits(entry pattern.Pattern, n evidence.Node) bool {
	if n.Module != "" {
		return entry.Matches(n.Module)
	}
	return pattern.Under(evidence.Name(n.ID), entry.Base())
}

func (q *inquiry) unpermitted(e *arch.Element, p *packages, way []int) finding.Finding {
	imp := p.way(way)
	n := p.all.Nodes[way[len(way)-1]]
	module := n.Module
	if module == "" {
		module = evidence.Name(n.ID)
	}
	world, _, _ := strings.Cut(n.ID, ":")
	f := finding.Finding{
		Rule: "code/module", At: e.Code.Modules.At,
		Subject: finding.Subject{From: imp.From, To: world + ":" + module},
		Between: &finding.Pair{From: e.Address, To: q.Result.Owners[n.ID]},
		Message: fmt.Sprintf("%s uses module %s, which its list of modules does not permit: %s", e.Address, module, route(imp)),
		Related: append(chain(imp), finding.Related{Message: e.Address, At: e.At}),
		Fix:     &finding.Fix{Message: fmt.Sprintf("remove the import, or add %q to modules", module)},
	}
	return f
}

// foreign offers the ways from packages of an element to third-party packages: direct ones, and those through
// packages that nobody owns. One that only tests take is not judged, but uses an entry all the same.
func (q *inquiry) foreign(position int32, offer func(way []int, judged bool)) {
	p := q.packages(kindImport)
	own := p.own[position]
	third := func(node int) bool { return p.all.Nodes[node].Kind == evidence.ThirdParty }
	for _, node := range own {
		for _, to := range p.graph.From(node) {
			if third(int(to)) {
				offer([]int{node, int(to)}, !p.support[node])
			}
		}
	}
	p.forward.Walk(own, func(node, from int) bool {
		if from < 0 {
			return true
		}
		if third(node) && p.unowned(from) {
			way := p.forward.Back(node)
			slices.Reverse(way)
			offer(way, !p.support[way[0]])
		}
		return p.unowned(node)
	})
	q.inTests(own, offer)
}

// inTests offers the third-party packages that only tests of some packages import.
func (q *inquiry) inTests(own []int, offer func(way []int, judged bool)) {
	for _, node := range own {
		id := q.Graph.Nodes[node].ID
		i, _ := slices.BinarySearchFunc(q.Graph.Edges, id, func(e evidence.Edge, id string) int { return strings.Compare(e.From, id) })
		for ; i < len(q.Graph.Edges) && q.Graph.Edges[i].From == id; i++ {
			if e := &q.Graph.Edges[i]; e.Scope == evidence.Test {
				if to, ok := q.indexOf(e.To); ok && q.Graph.Nodes[to].Kind == evidence.ThirdParty {
					offer([]int{node, to}, false)
				}
			}
		}
	}
}

func (q *inquiry) indexOf(id string) (int, bool) {
	return slices.BinarySearchFunc(q.Graph.Nodes, id, func(n evidence.Node, id string) int { return strings.Compare(n.ID, id) })
}
