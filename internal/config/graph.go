package config

import (
	"slices"
	"strings"

	"github.com/zclconf/go-cty/cty"

	"github.com/asbuilt/asbuilt/pkg/arch"
)

// graph is the frozen model as the set functions see it. An element or edge that is asked for has one value,
// made once.
type graph struct {
	model         *arch.Model
	to            map[string][]*arch.Edge // edges by the element they end at
	values        map[string]cty.Value    // by address
	relationships map[*arch.Edge]cty.Value
	sorts         map[*arch.Edge]subjectSort
	byEnds        map[[2]string]*arch.Edge // for values of relationships, nil where there are several; made when it is asked for
	byKey         map[edgeKey]*arch.Edge   // those of which there are several
	attrs         map[string]cty.Value     // scratch, for the next value
	whole         map[string]cty.Value     // what functions without arguments give, by name
	answers       map[question]answer      // what was asked of one element
	looked        int                      // elements and edges looked at since the last answer was charged
}

// freeze ends the phase in which the model is made.
func (l *loader) freeze(m *arch.Model) {
	l.graph = newGraph(arch.New(arch.Model{Teams: m.Teams, Elements: m.Elements, Edges: m.Edges}))
}

func newGraph(frozen *arch.Model) *graph {
	g := &graph{
		model: frozen, to: map[string][]*arch.Edge{},
		values: map[string]cty.Value{}, relationships: map[*arch.Edge]cty.Value{},
		sorts: map[*arch.Edge]subjectSort{}, whole: map[string]cty.Value{}, answers: map[question]answer{}, attrs: map[string]cty.Value{},
	}
	for _, e := range frozen.Edges {
		g.to[e.To] = append(g.to[e.To], e)
	}
	return g
}

// value is the value of an element or team.
func (g *graph) value(address string) (cty.Value, bool) {
	if v, ok := g.values[address]; ok {
		return v, true
	}
	switch e, t := g.model.Element(address), g.model.Team(address); {
	case e != nil:
		owner, ok := g.value(e.Owner)
		if !ok {
			owner = cty.NullVal(teamType)
		}
		clear(g.attrs)
		g.values[address] = elementValue(e, owner, g.attrs)
	case t != nil:
		g.values[address] = teamValue(t)
	default:
		return cty.NilVal, false
	}
	return g.values[address], true
}

// element is the value of an element that exists.
func (g *graph) element(address string) cty.Value {
	v, _ := g.value(address)
	return v
}

// elements are the elements of addresses; those that had a finding are left out.
func (g *graph) elements(addresses []string) []*arch.Element {
	out := make([]*arch.Element, 0, len(addresses))
	for _, a := range addresses {
		if e := g.model.Element(a); e != nil {
			out = append(out, e)
		}
	}
	return out
}

// relationship is the value of an edge.
func (g *graph) relationship(e *arch.Edge) cty.Value {
	if v, ok := g.relationships[e]; ok {
		return v
	}
	from, to := g.element(e.From), g.element(e.To)
	clear(g.attrs)
	a := g.attrs
	a["source"], a["target"] = from, to
	a["kind"], a["label"], a["technology"] = cty.StringVal(string(e.Kind)), cty.StringVal(e.Label), cty.StringVal(e.Technology)
	a["async"], a["tags"], a["status"] = cty.BoolVal(e.Async), textList(e.Tags), cty.StringVal(string(e.Status))
	a["metadata"] = metadataValue(e.Metadata)
	v := cty.ObjectVal(a)
	g.relationships[e] = v
	return v
}

// edgeKey tells the edges of a model apart: no two uses of one element have the same kind and label.
type edgeKey struct {
	from, to, kind, label string
}

// edgesOf finds the edges behind values of relationships: sorted, each once.
func (g *graph) edgesOf(values []cty.Value) []*arch.Edge {
	if g.byEnds == nil {
		g.indexEdges()
	}
	out := make([]*arch.Edge, 0, len(values))
	for _, v := range values {
		from, _ := identifyTyped(v.GetAttr("source"), thingElement)
		to, _ := identifyTyped(v.GetAttr("target"), thingElement)
		e, known := g.byEnds[[2]string{from, to}]
		if known && e == nil {
			e = g.byKey[edgeKey{from, to, v.GetAttr("kind").AsString(), v.GetAttr("label").AsString()}]
		}
		if e != nil {
			out = append(out, e)
		}
	}
	slices.SortFunc(out, arch.CompareEdges)
	return slices.Compact(out)
}

func (g *graph) indexEdges() {
	g.byEnds, g.byKey = make(map[[2]string]*arch.Edge, len(g.model.Edges)), map[edgeKey]*arch.Edge{}
	add := func(e *arch.Edge) { g.byKey[edgeKey{e.From, e.To, string(e.Kind), e.Label}] = e }
	for _, e := range g.model.Edges {
		ends := [2]string{e.From, e.To}
		other, several := g.byEnds[ends]
		if !several {
			g.byEnds[ends] = e
			continue
		}
		if other != nil {
			add(other)
			g.byEnds[ends] = nil
		}
		add(e)
	}
}

// elementList is the value of a set of elements: sorted by address, each once.
func (g *graph) elementList(elements []*arch.Element) cty.Value {
	if len(elements) == 0 {
		return cty.ListValEmpty(elementType)
	}
	return cty.ListVal(g.elementValues(elements))
}

// elementValues are the values of elements, sorted by address, each once.
func (g *graph) elementValues(elements []*arch.Element) []cty.Value {
	slices.SortFunc(elements, func(a, b *arch.Element) int { return strings.Compare(a.Address, b.Address) })
	elements = slices.Compact(elements)
	out := make([]cty.Value, len(elements))
	for i, e := range elements {
		out[i] = g.element(e.Address)
	}
	return out
}

// edgeList is the value of a set of relationships.
func (g *graph) edgeList(edges []*arch.Edge) cty.Value {
	if len(edges) == 0 {
		return cty.ListValEmpty(relationshipType)
	}
	slices.SortFunc(edges, arch.CompareEdges)
	edges = slices.Compact(edges)
	out := make([]cty.Value, len(edges))
	for i, e := range edges {
		out[i] = g.relationship(e)
	}
	return cty.ListVal(out)
}
