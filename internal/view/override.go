package view

import (
	"cmp"

	"github.com/asbuilt/asbuilt/internal/icon"
	"github.com/asbuilt/asbuilt/pkg/arch"
	"github.com/asbuilt/asbuilt/pkg/diagram"
)

// said is an edge with what the view says of it, and whether its words were taken away on purpose.
type said struct {
	*arch.Edge
	silent bool // nor is the api's name said instead
	mute   bool // the same of its technology
}

// edgeKey tells the edges of a model apart: no two of the same ends have the same kind and label.
type edgeKey struct {
	from, to, label string
	kind            arch.EdgeKind
}

func keyOf(e *arch.Edge) edgeKey { return edgeKey{e.From, e.To, e.Label, e.Kind} }

// overriddenEdges are the edges that the view says something else of, a later override over an earlier one.
func overriddenEdges(v *arch.View) map[edgeKey]said {
	out := map[edgeKey]said{}
	for _, o := range v.EdgeOverrides {
		for _, e := range o.Of {
			s, again := out[keyOf(e)]
			if !again {
				c := *e
				s.Edge = &c
			}
			if o.Label != nil {
				s.Label, s.silent = *o.Label, *o.Label == ""
			}
			if o.Technology != nil {
				s.Technology = *o.Technology
				s.mute = *o.Technology == ""
			}
			out[keyOf(e)] = s
		}
	}
	return out
}

// override applies what the view says of some elements alone, a later one over an earlier one.
func override(d *diagram.Diagram, v *arch.View, st *stage, nodes map[*arch.Element]int) {
	for _, o := range v.Overrides {
		for e := range st.at(o.Of) {
			i, drawn := nodes[e]
			if !drawn {
				continue
			}
			n := &d.Nodes[i]
			n.Title = cmp.Or(o.Title, n.Title)
			l := look{shape: n.Shape, icon: n.Icon, named: n.Icon != icon.OfShape(n.Shape), Look: n.Look}.under(o.Look)
			n.Shape, n.Icon, n.Look = l.shape, l.icon, l.Look
			n.Note, n.View = cmp.Or(o.Note, n.Note), cmp.Or(o.View, n.View)
			if o.Description != nil {
				n.Description = *o.Description
			}
			if o.Technology != nil {
				n.Technology = *o.Technology
			}
		}
	}
}
