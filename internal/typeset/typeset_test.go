package typeset

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/asbuilt/asbuilt/internal/font"
	"github.com/asbuilt/asbuilt/internal/geometry"
	"github.com/asbuilt/asbuilt/internal/sheet"
	"github.com/asbuilt/asbuilt/pkg/diagram"
)

func node(change func(*diagram.Node)) diagram.Node {
	n := diagram.Node{Address: "component.checkout", Group: -1, Type: "component", Title: "Checkout", Technology: "Go"}
	if change != nil {
		change(&n)
	}
	return n
}

func texts(lines []sheet.Line) []string {
	var out []string
	for _, l := range lines {
		out = append(out, l.Text)
	}
	return out
}

func TestCardWords(t *testing.T) {
	for _, c := range []struct {
		name  string
		node  diagram.Node
		width float64
		lines []string
		chips []string
	}{
		{"plain", node(nil), 168, []string{"Checkout", "Component · Go"}, nil},
		{"everything", node(func(n *diagram.Node) {
			n.Description, n.Owner, n.Status, n.Badges = "Turns a cart into a paid order", "Commerce", "planned", []int{0, 2}
		}), 168, []string{"Checkout", "Component · planned · Go", "Turns a cart into a paid", "order"}, []string{"Commerce", "A", "C"}},
		{
			"a longer title takes a wider card", node(func(n *diagram.Node) { n.Title = "Fulfilment worker pool" }), 208,
			[]string{"Fulfilment worker pool", "Component · Go"},
			nil,
		},
		{
			"a title of two lines", node(func(n *diagram.Node) { n.Title = "Fulfilment worker pool of the north and the south" }), 256,
			[]string{"Fulfilment worker pool of the", "north and the south", "Component · Go"},
			nil,
		},
		{
			"a title that is cut", node(func(n *diagram.Node) { n.Title = strings.Repeat("Fulfilment worker pool ", 5) }), 256,
			[]string{"Fulfilment worker pool", "Fulfilment worker pool…", "Component · Go"},
			nil,
		},
		{
			"a description that is cut", node(func(n *diagram.Node) { n.Description = strings.Repeat("turns a cart into an order ", 9) }), 256,
			[]string{"Checkout", "Component · Go", "turns a cart into an order turns a cart into", "an order turns a cart into an order turns a", "cart into an order turns a cart into an…"},
			nil,
		},
		{"hidden characters show", node(func(n *diagram.Node) { n.Title = "a\u202eb\x1b\nc" }), 168, []string{`a\u{202e}b\x1b c`, "Component · Go"}, nil},
		{"piled marks show", node(func(n *diagram.Node) { n.Title = "e\u0301\u0302\u0303" }), 168, []string{"é\u0302\\u{303}", "Component · Go"}, nil},
		{"nothing but a type", diagram.Node{Type: "external"}, 168, []string{"External"}, nil},
	} {
		got := card(&c.node, 0)
		require.Equal(t, c.width, got.Size.W, c.name)
		require.Equal(t, c.lines, texts(got.Lines), c.name)
		var chips []string
		for _, chip := range got.Chips {
			chips = append(chips, chip.Line.Text)
		}
		require.Equal(t, c.chips, chips, c.name)
	}
}

func TestLabelWords(t *testing.T) {
	for _, c := range []struct {
		name  string
		edge  diagram.Edge
		drift bool
		want  []string
	}{
		{"silent", diagram.Edge{Verdict: "declared"}, false, nil},
		{"words", diagram.Edge{Labels: []string{"charges the card"}, Technology: "HTTPS"}, false, []string{"charges the card", "HTTPS"}},
		{"balanced", diagram.Edge{Labels: []string{"asks for the prices of all goods"}}, false, []string{"asks for the prices", "of all goods"}},
		{"divergence", diagram.Edge{Verdict: "divergence", Count: 12}, true, []string{"undeclared · 12 imports"}},
		{"a rule", diagram.Edge{Verdict: "divergence", Breaks: []string{"rule.layers"}, Count: 1}, true, []string{"breaks rule.layers,", "1 import"}},
		{"rules", diagram.Edge{Verdict: "divergence", Breaks: []string{"rule.a", "rule.b"}}, true, []string{"breaks rule.a and 1 more"}},
		{"a waived rule", diagram.Edge{Verdict: "waived", Breaks: []string{"rule.a"}}, true, []string{"waived"}},
		{"one import", diagram.Edge{Verdict: "waived", Count: 1}, true, []string{"waived · 1 import"}},
		{"absence", diagram.Edge{Labels: []string{"reads"}, Verdict: "absence"}, true, []string{"reads", "absent"}},
		{"quiet verdicts", diagram.Edge{Verdict: "convergence", Count: 3}, true, nil},
		{"verdicts are not shown", diagram.Edge{Verdict: "divergence", Count: 3}, false, nil},
	} {
		got := label(&c.edge, c.drift)
		require.Equal(t, c.want, texts(got.Lines), c.name)
		require.Equal(t, c.drift && (c.edge.Verdict == "divergence" || c.edge.Verdict == "waived"), got.Stray, c.name)
		require.Equal(t, c.want == nil, got.Size == geometry.Size{}, c.name)
	}
}

func TestFrameWords(t *testing.T) {
	got := frame(diagram.Group{Parent: 3, Type: "system", Title: "Shop", Owner: "Commerce", Status: "planned"})
	require.Equal(t, []string{"Shop", "System · planned · Commerce"}, texts(got.Lines))
	require.Equal(t, 3, got.Parent)
	require.Equal(t, []string{"Web", "Service · Commerce"}, texts(frame(diagram.Group{Type: "component", Kind: "Service", Title: "Web", Owner: "Commerce"}).Lines))
	require.Equal(t, []string{"PCI scope"}, texts(frame(diagram.Group{Type: "set", Title: "PCI scope"}).Lines))
}

// The legend explains what occurs and nothing else.
func TestLegend(t *testing.T) {
	d := &diagram.Diagram{
		Nodes:  []diagram.Node{{Type: "queue"}, {Type: "component", Status: "planned"}},
		Edges:  []diagram.Edge{{Verdict: "convergence"}, {Verdict: "absence", Async: true}},
		Badges: []diagram.Badge{{Title: "PCI scope"}},
	}
	read := func() []string {
		var out []string
		for _, e := range legend(d) {
			out = append(out, e.Line.Text)
		}
		return out
	}
	require.Equal(t, []string{"Component", "Queue", "planned", "asynchronous", "PCI scope"}, read())
	d.Drift = true
	require.Equal(t, []string{"Component", "Queue", "planned", "declared and in the code", "declared, not in the code", "asynchronous", "PCI scope"}, read())
	d.Edges = []diagram.Edge{{Verdict: "unknown", Status: "planned"}} // is drawn as planned
	require.Equal(t, []string{"Component", "Queue", "planned", "PCI scope"}, read())
}

func TestHeaderAndFooter(t *testing.T) {
	d := &diagram.Diagram{Name: "shop", Kind: "container", Architecture: "Web shop", Version: "1.4.0"}
	require.Equal(t, []string{"shop"}, texts(header(d).Lines))
	require.Equal(t, []string{"Web shop 1.4.0 · container view shop · " + d.Digest()}, texts(footer(d).Lines))
	d.Title, d.Description, d.Architecture = "Inside", "What runs.", strings.Repeat("Web shop ", 20)
	require.Equal(t, []string{"Inside", "What runs."}, texts(header(d).Lines))
	require.Equal(t, "container view shop · "+d.Digest(), footer(d).Lines[1].Text)
}

// Whatever the words: cards have one of three widths and a height of whole steps, and every line and chip
// stands inside; the request says the same sizes.
func TestEverythingFits(t *testing.T) {
	words := rapid.StringOf(rapid.RuneFrom([]rune("abc WMi.-/é注🚀\u0301\u202e\n")))
	rapid.Check(t, func(t *rapid.T) {
		d := &diagram.Diagram{Nodes: []diagram.Node{{
			Group: -1, Type: rapid.SampledFrom([]string{"person", "system", "component", "api", "datastore", "queue", "external"}).Draw(t, "type"),
			Shape: rapid.SampledFrom([]string{"", "box", "cloud", "cylinder", "queue", "person", "hexagon", "component"}).Draw(t, "shape"),
			Title: words.Draw(t, "title"), Technology: words.Draw(t, "technology"), Description: words.Draw(t, "description"),
			Owner: words.Draw(t, "owner"), Badges: make([]int, rapid.IntRange(0, 9).Draw(t, "badges")),
		}}, Edges: []diagram.Edge{{Labels: []string{words.Draw(t, "label")}, Technology: words.Draw(t, "edge technology")}}}
		s := Set(d, nil)
		c := s.Cards[0]
		require.Contains(t, widths, c.Size.W)
		require.Zero(t, int(c.Size.H)%heightStep)
		for _, l := range c.Lines {
			requireInside(t, l, geometry.Rect{W: c.Size.W, H: c.Size.H})
		}
		for _, chip := range c.Chips {
			requireInside(t, chip.Line, chip.Box)
			require.LessOrEqual(t, chip.Box.Y+chip.Box.H, c.Size.H)
		}
		for _, l := range s.Labels[0].Lines {
			requireInside(t, l, geometry.Rect{W: s.Labels[0].Size.W, H: s.Labels[0].Size.H})
		}
		r := s.Request()
		require.Equal(t, c.Size, r.Nodes[0].Size)
		require.Equal(t, s.Labels[0].Size, r.Edges[0].Label)
	})
}

func requireInside(t require.TestingT, l sheet.Line, box geometry.Rect) {
	left := l.At.X
	if l.Middle {
		left -= l.Width / 2
	}
	s := l.Role.Setting().Font
	require.GreaterOrEqual(t, left, box.X-0.01, l.Text)
	require.LessOrEqual(t, left+l.Width, box.X+box.W+0.01, l.Text)
	require.GreaterOrEqual(t, l.At.Y-font.CapHeight*s.Size, box.Y, l.Text)
	require.LessOrEqual(t, l.At.Y+font.Descent*s.Size, box.Y+box.H, l.Text)
}
