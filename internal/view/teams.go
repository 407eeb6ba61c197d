package view

import (
	"fmt"
	"slices"

	"github.com/asbuilt/asbuilt/pkg/arch"
	"github.com/asbuilt/asbuilt/pkg/diagram"
	"github.com/asbuilt/asbuilt/pkg/finding"
)

// Types of what is drawn and is no element.
const (
	typeTeam    = "team"
	typeNode    = "node"
	typePackage = "package"
)

// teams sets the parts of a system, or of everything, into the teams that own them. A part is what has code or runs;
// what is inside of one is a part of its own only where another team owns it.
func teams(in Input) (*stage, []finding.Finding) {
	m := in.Model
	owned := parts(m, in.View.Of)
	st := &stage{natural: set{}, reals: map[*arch.Element]*arch.Element{}, whole: true}
	frames := map[string]*arch.Element{}
	copies := map[string]*arch.Element{}
	for _, e := range owned {
		c := *e
		c.Owner = m.OwnerOf(e.Address)
		c.Parent = c.Owner
		copies[c.Address] = &c
		st.natural.add(&c)
		if t := m.Team(c.Owner); t != nil && frames[t.Address] == nil {
			f := &arch.Element{Address: t.Address, Type: typeTeam, Name: t.Name, Title: t.Title, At: t.At}
			frames[t.Address] = f
			st.reals[f] = nil
		}
	}
	st.model = m.With(func(m *arch.Model) {
		for i, e := range m.Elements {
			if c := copies[e.Address]; c != nil {
				m.Elements[i] = c
			}
		}
		for _, f := range frames {
			m.Elements = append(m.Elements, f)
		}
	})
	in.Model = st.model
	st.uses = usesOf(in)
	st.remark = func(d *diagram.Diagram, cards []*arch.Element) {
		for i := range d.Nodes { // the frame says it
			if d.Nodes[i].Group >= 0 && d.Groups[d.Nodes[i].Group].Type == typeTeam {
				d.Nodes[i].Owner = ""
			}
			if st.natural[cards[i]] && cards[i].Owner == "" {
				d.Nodes[i].Note = "no owner"
			}
		}
		crossing := 0
		for i := range d.Edges {
			e := &d.Edges[i]
			from, to := st.model.OwnerOf(cards[e.From].Address), st.model.OwnerOf(cards[e.To].Address)
			if e.Crosses = from != "" && to != "" && from != to; e.Crosses {
				crossing++
			}
		}
		if d.Description == "" && len(d.Edges) > 0 {
			d.Description = fmt.Sprintf("%d of %d arrows lead from one team to another.", crossing, len(d.Edges))
		}
	}
	return st, nil
}

// parts lists what teams own, in the order of the model.
func parts(m *arch.Model, of string) []*arch.Element {
	var out []*arch.Element
	var visit func(e, around *arch.Element)
	visit = func(e, around *arch.Element) {
		if slices.Contains([]string{arch.TypePerson, arch.TypeExternal, arch.TypeAPI}, e.Type) {
			return
		}
		part := len(e.Bindings) > 0 || e.Code != nil || len(leaves(m, e)) == 1 && leaves(m, e)[0] == e
		apart := around == nil || m.OwnerOf(around.Address) != m.OwnerOf(e.Address)
		if part && apart && (of == "" || m.Within(e.Address, of)) {
			out = append(out, e)
			around = e
		}
		for _, c := range m.Children(e.Address) {
			visit(c, around)
		}
	}
	for _, e := range m.Children("") {
		visit(e, nil)
	}
	return out
}
