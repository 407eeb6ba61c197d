package view_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/asbuilt/asbuilt/internal/view"
	"github.com/asbuilt/asbuilt/pkg/arch"
	"github.com/asbuilt/asbuilt/pkg/diagram"
	"github.com/asbuilt/asbuilt/pkg/reflexion"
	"github.com/asbuilt/asbuilt/pkg/source"
)

// Of what is said about a card the nearer holds: type, kind, styles, the element itself, styles of the view, overrides. A
// shape brings its icon, unless one was named.
func TestNearerLooksHold(t *testing.T) {
	at := source.At("test.arch.hcl", 1)
	everything := tagged{"!none", at}
	named := func(name string) arch.Look { return arch.Look{Icon: &arch.Icon{Name: name}} }
	m := arch.Model{
		Elements: []*arch.Element{{Address: "component.a", Type: "component", Name: "a", At: at}},
		Views:    []*arch.View{{Kind: "landscape", Name: "v", Include: []string{"component.a"}, At: at}},
	}
	card := func() diagram.Node {
		model := arch.New(m)
		d, told := view.Build(view.Input{Model: model, View: model.Views[0], Icons: map[string]diagram.Icon{"own.svg": {Name: "own.svg"}}})
		require.Empty(t, told)
		require.Equal(t, d.Nodes[0].Icon == "own.svg", len(d.Icons) == 1, "a picture holds the icons that it draws")
		return d.Nodes[0]
	}
	require.Empty(t, card().Icon)

	m.Elements[0].Kind = "page"
	m.Kinds = []*arch.Kind{{Name: "web_page", Of: "component"}, {Name: "page", Of: "component", Look: arch.Look{Shape: "browser", Color: "teal"}}}
	n := card()
	require.Equal(t, []string{"Page", "browser", "browser", "teal", ""}, []string{n.Kind, n.Shape, n.Icon, n.Color, n.KindIcon})
	require.Equal(t, "Web page", (&arch.Kind{Name: "web_page"}).Label())

	m.Styles = []*arch.Style{{Name: "s", Match: everything, Look: named("chart")}}
	n = card()
	require.Equal(t, []string{"chart", "browser"}, []string{n.Icon, n.KindIcon})

	m.Elements[0].Icon = &arch.Icon{Name: "own.svg", File: true}
	require.Equal(t, "own.svg", card().Icon)

	m.Views[0].Styles = []*arch.Style{{Name: "s", Match: everything, Look: arch.Look{Shape: "mobile"}}}
	n = card()
	require.Equal(t, []string{"mobile", "own.svg"}, []string{n.Shape, n.Icon})
	m.Views[0].Styles = []*arch.Style{{Name: "s", Match: everything, Look: named("none")}}
	require.Equal(t, "none", card().Icon)

	m.Views[0].Overrides = []arch.Override{{Of: []string{"component.a"}, Look: named("cart")}}
	require.Equal(t, "cart", card().Icon)
}

// A package is none of the kind of what it is part of: it has the colours of that, and its own word, shape and icon. The frame
// around packages says the kind.
func TestPackagesAreOfNoKind(t *testing.T) {
	at := source.At("test.arch.hcl", 1)
	cart := arch.Look{Icon: &arch.Icon{Name: "cart"}}
	m := arch.New(arch.Model{
		Elements: []*arch.Element{{Address: "component.a", Type: "component", Name: "a", Kind: "page", Icon: cart.Icon, At: at}},
		Kinds:    []*arch.Kind{{Name: "page", Of: "component", Look: arch.Look{Shape: "browser", Color: "teal"}}},
		Views:    []*arch.View{{Kind: "code", Name: "v", Of: "component.a", At: at}},
	})
	result := &reflexion.Result{Owners: map[string]string{"go:m/a": "component.a"}}
	d, told := view.Build(view.Input{Model: m, View: m.Views[0], Result: result})
	require.Empty(t, told)
	n := d.Nodes[0]
	require.Equal(t, []string{"package", "", "box", "", "teal"}, []string{n.Type, n.Kind, n.Shape, n.Icon, n.Color})
	require.Equal(t, []string{"component", "Page"}, []string{d.Groups[0].Type, d.Groups[0].Kind})

	m.Styles = []*arch.Style{{Name: "s", Match: tagged{"!none", at}, Look: cart}}
	d, _ = view.Build(view.Input{Model: m, View: m.Views[0], Result: result})
	require.Equal(t, "cart", d.Nodes[0].Icon, "a style is asked about what the package stands for")
}

// A style of relationships holds for an arrow when it holds for one that the arrow stands for; the legend says it when
// something wears it.
func TestStylesOfArrows(t *testing.T) {
	at := source.At("test.arch.hcl", 1)
	m := arch.New(arch.Model{
		Elements: []*arch.Element{
			{Address: "system.s", Type: "system", Name: "s", At: at},
			{Address: "component.a", Type: "component", Name: "a", Parent: "system.s", At: at},
			{Address: "component.b", Type: "component", Name: "b", Parent: "system.s", At: at},
			{Address: "external.x", Type: "external", Name: "x", At: at},
		},
		Edges: []*arch.Edge{{From: "component.a", To: "external.x", Label: "asks", At: at}, {From: "component.b", To: "external.x", Label: "pays", At: at}},
		Styles: []*arch.Style{
			{Name: "money", Title: "money", MatchEdges: edgesWith{"pays", at}, Look: arch.Look{Color: "green", Width: 3}, At: source.At("test.arch.hcl", 2)},
			{Name: "nothing", Title: "nothing", MatchEdges: edgesWith{"sings", at}, Look: arch.Look{Color: "red"}, At: source.At("test.arch.hcl", 3)},
		},
		Views: []*arch.View{{Kind: "landscape", Name: "v", At: at}},
	})
	d, told := view.Build(view.Input{Model: m, View: m.Views[0]})
	require.Empty(t, told)
	require.Len(t, d.Edges, 1)
	require.Equal(t, diagram.Look{Color: "green", Width: 3}, d.Edges[0].Look)
	require.Equal(t, []diagram.Key{{Title: "money", Edges: true, Look: diagram.Look{Color: "green", Width: 3}}}, d.Keys)
}
