package config

import "github.com/asbuilt/asbuilt/pkg/arch"

// overrides decodes what a view says of some elements and relationships alone.
func (f *frame) overrides(v *arch.View) {
	for _, b := range f.block.of("override") {
		n := f.inner(b)
		o := arch.Override{
			Of: n.set("of"), Title: n.text("title"), Look: n.look(), Note: n.text("note"), View: n.viewName("view"), At: f.report.place(b.header()),
		}
		if s, ok := n.textOK("description"); ok {
			o.Description = &s
		}
		if s, ok := n.textOK("technology"); ok {
			o.Technology = &s
		}
		v.Overrides = append(v.Overrides, o)
	}
	for _, b := range f.block.of("override_edges") {
		n := f.inner(b)
		o := arch.EdgeOverride{Of: n.relationships("of"), At: f.report.place(b.header())}
		if s, ok := n.textOK("label"); ok {
			o.Label = &s
		}
		if s, ok := n.textOK("technology"); ok {
			o.Technology = &s
		}
		v.EdgeOverrides = append(v.EdgeOverrides, o)
	}
}

// relationships decodes a set of relationships.
func (f *frame) relationships(name string) []*arch.Edge {
	v, ok := f.value(name)
	if !ok {
		return nil
	}
	_, kind := identify(v)
	empty := kind == thingList && v.LengthInt() == 0
	switch {
	case empty:
		return []*arch.Edge{}
	case kind == thingOther || kind == thingTeam:
		f.notAnElement(name, v, f.at(name), "relationships")
		return nil
	case !areRelationships(v.Type()):
		f.wrong(ruleType, f.at(name), name+" takes relationships, not elements", "write between(…), incoming(…), outgoing(…) or paths(…)")
		return nil
	}
	values, err := f.flatRelationships(v)
	if f.overBudget(f.at(name)) || err != nil || !f.count(&f.made.members, len(values), f.at(name)) {
		return nil
	}
	return f.graph.edgesOf(values)
}
