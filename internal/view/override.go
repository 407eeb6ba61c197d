package view

import (
	"cmp"

	"github.com/asbuilt/asbuilt/internal/icon"
	"github.com/asbuilt/asbuilt/pkg/arch"
	"github.com/asbuilt/asbuilt/pkg/diagram"
)

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
			n.View = cmp.Or(o.View, n.View)
			if o.Description != nil {
				n.Description = *o.Description
			}
			if o.Technology != nil {
				n.Technology = *o.Technology
			}
		}
	}
}
