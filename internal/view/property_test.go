package view_test

import (
	"fmt"
	"math/rand"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/asbuilt/asbuilt/internal/view"
	"github.com/asbuilt/asbuilt/pkg/arch"
	"github.com/asbuilt/asbuilt/pkg/diagram"
	"github.com/asbuilt/asbuilt/pkg/source"
)

// Whatever the model, a diagram is well formed, loses no edge between two cards, and does not depend on
// the order in which the model was written.
func TestAnyModel(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := drawModel(t)
		v := drawView(t, m)
		d, problems := build(m, v)
		if d == nil {
			require.Len(t, problems, 1)
			return
		}
		wellFormed(t, d)
		nest(t, v.Groups, d)
		keepsEdges(t, arch.New(m), d)

		seed := rapid.Int64().Draw(t, "seed")
		again, _ := build(shuffled(m, seed), v)
		require.Equal(t, d, again)
	})
}

func build(m arch.Model, v arch.View) (*diagram.Diagram, []string) {
	d, findings := view.Build(view.Input{Model: arch.New(m), View: &v})
	var messages []string
	for _, f := range findings {
		messages = append(messages, f.Message)
	}
	return d, messages
}

func drawModel(t *rapid.T) arch.Model {
	m := arch.Model{Architecture: arch.Architecture{Name: "any"}}
	types := []string{arch.TypeSystem, arch.TypeComponent, arch.TypeAPI, arch.TypeExternal, arch.TypePerson}
	for i := range rapid.IntRange(1, 12).Draw(t, "elements") {
		e := &arch.Element{
			Type:   rapid.SampledFrom(types).Draw(t, "type"),
			Name:   fmt.Sprintf("e%02d", i),
			Shared: rapid.IntRange(0, 4).Draw(t, "shared") == 0,
		}
		e.Address = e.Type + "." + e.Name
		if i > 0 && (e.Type == arch.TypeAPI || rapid.Bool().Draw(t, "inside")) {
			e.Parent = m.Elements[rapid.IntRange(0, i-1).Draw(t, "parent")].Address
		}
		m.Elements = append(m.Elements, e)
	}
	for i := range rapid.IntRange(0, 15).Draw(t, "edges") {
		from := rapid.SampledFrom(m.Elements).Draw(t, "from")
		to := rapid.SampledFrom(m.Elements).Draw(t, "to")
		m.Edges = append(m.Edges, &arch.Edge{
			From: from.Address, To: to.Address, At: source.At("m", i+1),
			Label: rapid.SampledFrom([]string{"", "one", "two"}).Draw(t, "label"),
		})
	}
	return m
}

func drawView(t *rapid.T, m arch.Model) arch.View {
	v := arch.View{
		Name: "v",
		Kind: rapid.SampledFrom([]string{"landscape", "context", "container", "component", "team"}).Draw(t, "kind"),
	}
	some := func(name string) []string {
		var out []string
		for _, e := range m.Elements {
			if rapid.Bool().Draw(t, name) {
				out = append(out, e.Address)
			}
		}
		return out
	}
	if rapid.Bool().Draw(t, "of") {
		v.Of = rapid.SampledFrom(m.Elements).Draw(t, "subject").Address
	}
	if rapid.Bool().Draw(t, "chosen") {
		v.Include = append([]string{}, some("include")...)
	}
	if rapid.Bool().Draw(t, "without") {
		v.Exclude = some("exclude")
	}
	if rapid.Bool().Draw(t, "more") {
		v.Also = some("also")
	}
	in := &v.Groups
	for i := range rapid.IntRange(0, 4).Draw(t, "groups") {
		*in = append(*in, arch.ViewGroup{Title: fmt.Sprintf("g%d", i), Members: some("member")})
		if rapid.Bool().Draw(t, "inside") {
			in = &(*in)[len(*in)-1].Groups
		}
	}
	return v
}

// nest reads groups in groups backwards: where both are frames, the inner one stands in the outer one.
func nest(t require.TestingT, groups []arch.ViewGroup, d *diagram.Diagram) {
	frame := func(g arch.ViewGroup) int {
		return slices.IndexFunc(d.Groups, func(x diagram.Group) bool { return x.Address == "group."+g.Title })
	}
	for _, outer := range groups {
		for _, inner := range outer.Groups {
			o, i := frame(outer), frame(inner)
			if o < 0 || i < 0 {
				continue
			}
			for i >= 0 && i != o {
				i = d.Groups[i].Parent
			}
			require.Equal(t, o, i, "%s in %s", inner.Title, outer.Title)
		}
		nest(t, outer.Groups, d)
	}
}

func shuffled(m arch.Model, seed int64) arch.Model {
	r := rand.New(rand.NewSource(seed))
	r.Shuffle(len(m.Elements), func(i, j int) { m.Elements[i], m.Elements[j] = m.Elements[j], m.Elements[i] })
	r.Shuffle(len(m.Edges), func(i, j int) { m.Edges[i], m.Edges[j] = m.Edges[j], m.Edges[i] })
	return m
}

func wellFormed(t require.TestingT, d *diagram.Diagram) {
	require.NotEmpty(t, d.Nodes)
	for i, g := range d.Groups {
		require.Less(t, g.Parent, i, "a parent stands before its children")
		require.True(t, holdsCard(d, i), "the frame %s is empty", g.Address)
	}
	for i, n := range d.Nodes {
		require.Less(t, n.Group, len(d.Groups))
		if i > 0 {
			require.Less(t, d.Nodes[i-1].Address, n.Address)
		}
	}
	for i, e := range d.Edges {
		require.NotEqual(t, e.From, e.To)
		if i > 0 {
			before := d.Edges[i-1]
			require.True(t, before.From < e.From || before.From == e.From && before.To < e.To, "edges are sorted, one a pair")
		}
	}
}

func holdsCard(d *diagram.Diagram, group int) bool {
	for _, n := range d.Nodes {
		for g := n.Group; g >= 0; g = d.Groups[g].Parent {
			if g == group {
				return true
			}
		}
	}
	return false
}

// keepsEdges reads the rule of lifting backwards: an edge declared between two drawn cards is there.
func keepsEdges(t require.TestingT, m *arch.Model, d *diagram.Diagram) {
	card := map[string]int{}
	for i, n := range d.Nodes {
		card[n.Address] = i
	}
	drawn := map[[2]int]bool{}
	for _, e := range d.Edges {
		drawn[[2]int{e.From, e.To}] = true
	}
	frame := map[string]bool{}
	for _, g := range d.Groups {
		frame[g.Address] = true
	}
	for _, e := range m.Edges {
		from, fromDrawn := card[e.From]
		to, toDrawn := card[e.To]
		if !fromDrawn || !toDrawn || m.Related(e.From, e.To) || frame[e.From] || frame[e.To] {
			continue
		}
		require.True(t, drawn[[2]int{from, to}], "%s -> %s is not drawn", e.From, e.To)
	}
}
