package config

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/asbuilt/asbuilt/internal/phrase"
	"github.com/asbuilt/asbuilt/pkg/arch"
)

// reserved are names that one operating system keeps for devices.
var reserved = regexp.MustCompile(`^(?i:con|prn|aux|nul|com[0-9]|lpt[0-9])$`)

// viewOf decodes a view on top of the one that it extends; nil: none.
func (f *frame) viewOf(base *arch.View) *arch.View {
	b := f.block
	v := &arch.View{
		Kind: b.labels[0], Name: b.labels[1],
		Title: f.text("title"), Description: f.text("description"), Of: f.one("of"),
		Environment: f.reference("environment", "environment"), Depth: f.whole("depth"),
		Include: f.set("include"), Exclude: f.set("exclude"), Drift: f.flag("drift"), At: f.report.place(b.header()),
	}
	if reserved.MatchString(v.Name) {
		f.wrong(ruleValue, b.hcl.LabelRanges[1], fmt.Sprintf("a view cannot be called %q: some systems keep that name for a device", v.Name), "choose another name")
	}
	v.Theme = f.theme("theme")
	f.stylesOf(v)
	f.layout(v)
	v.Groups = f.groups(1)
	apart := f.toldApart(v.Groups)
	f.overrides(v)
	for _, name := range []string{"of", "environment"} {
		if b.attrs[name] != nil {
			v.OfAt = f.report.place(f.at(name))
		}
	}
	if base != nil {
		f.inherit(v, base)
		_ = apart && f.toldApart(v.Groups)
	}
	v.Direction = cmp.Or(v.Direction, "down")
	f.conditions(v)
	f.subject(v)
	f.sequence(v)
	return v
}

// conditions decodes where and where_edges, besides those that were inherited.
func (f *frame) conditions(v *arch.View) {
	if p := f.predicate("where", elementSubjects(f.graph.elements(v.Include))); p != nil {
		v.Where = append(v.Where, p)
	}
	if p := f.predicate("where_edges", f.edgeSortsIf("where_edges")); p != nil {
		v.WhereEdges = append(v.WhereEdges, p)
	}
	asks := func(p arch.Predicate) bool { return slices.Contains(p.Reads(), "self.verdict") }
	if v.Drift || v.Kind == viewDrift || !slices.ContainsFunc(v.WhereEdges, asks) {
		return
	}
	at := f.block.header()
	if f.block.attrs["where_edges"] != nil {
		at = f.at("where_edges")
	}
	f.wrong(ruleValue, at, "this view shows no drift, so that no relationship has a verdict", "say drift = true")
}

// ofSome are the element types that a kind of view can be of, where it takes not all.
var ofSome = map[string][]string{
	"context": {"system", "component", "external"}, viewContainer: {"system", "component", "external"},
	"component": {"system", "component", "external"}, viewTeam: {"system", "component"},
}

// subject checks what the picture is about, and what only some kinds have.
func (f *frame) subject(v *arch.View) {
	b := f.block
	elementType, _, _ := strings.Cut(v.Of, ".")
	switch types := ofSome[v.Kind]; {
	case v.Kind == viewLandscape && v.Of != "":
		f.wrong(ruleValue, f.at("of"), "a landscape is of everything", "leave of out, or make it a context view")
	case v.Kind == viewDeployment && v.Of != "":
		f.wrong(ruleValue, f.at("of"), "a deployment view is of an environment", "leave of out; include draws a part")
	case v.Of != "" && types != nil && !slices.Contains(types, elementType):
		f.wrong(rulePlace, f.at("of"), fmt.Sprintf("a %s view is of no %s", v.Kind, elementType), "what may stand here: "+phrase.Choice(types))
	case v.Kind == viewDeployment && v.Environment == "" && b.attrs["environment"] == nil:
		f.lacks("environment", "say where: environment = environment.NAME")
	case (v.Kind == viewImpact || v.Kind == viewCode) && v.Of == "" && b.attrs["of"] == nil:
		f.lacks("of", map[string]string{viewImpact: "say what fails: of = …", viewCode: "say whose packages are drawn: of = …"}[v.Kind])
	}
	if v.Kind == viewDrift {
		if b.attrs["drift"] != nil && !v.Drift {
			f.wrong(ruleValue, f.at("drift"), "a drift view draws what the check found", "leave drift out")
		}
		v.Drift = true
	}
}

// lacks reports a view without what its kind needs.
func (f *frame) lacks(name, fix string) {
	f.wrong(ruleMissing, f.block.header(), fmt.Sprintf("a view of kind %q has no %s", f.block.labels[0], name), fix)
}

func (f *frame) layout(v *arch.View) {
	b := f.block.first("layout")
	if b == nil {
		return
	}
	n := f.inner(b)
	v.Direction = n.word("direction")
	v.SameRank = n.ranks("same_rank")
}

// ranks decodes a list of lists of elements.
func (f *frame) ranks(name string) [][]string {
	a := f.block.attrs[name]
	if a == nil {
		return nil
	}
	v, ok := f.value(name)
	if !ok {
		return nil
	}
	if _, kind := identify(v); kind != thingList {
		f.wrong(ruleType, f.at(name), fmt.Sprintf("%s takes a list of lists of elements, not %s", name, typeName(v)), "write [[…], […]]")
		return nil
	}
	items := f.items(name)
	var out [][]string
	for it := v.ElementIterator(); it.Next(); {
		_, x := it.Element()
		m := member{at: f.at(name)}
		if len(items) == v.LengthInt() {
			m.at = items[len(out)].Range()
		}
		if _, kind := identify(x); kind == thingElement {
			f.wrong(ruleType, m.at, name+" takes a list of lists of elements; this is one element", "write [[…], […]]")
			return nil
		}
		rank := gathered{bare: true}
		if !f.flatten(name, x, m, &rank) {
			return nil
		}
		out = append(out, rank.set())
	}
	return out
}

// edgeSortsIf asks for the edges that a condition is tried on only when it is written.
func (f *frame) edgeSortsIf(name string) subjects {
	if f.block.attrs[name] == nil {
		return subjects{edges: true}
	}
	sorts := f.edgeSorts()
	f.count(&f.made.members, len(sorts.list), f.at(name))
	return sorts
}
