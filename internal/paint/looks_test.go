package paint_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/asbuilt/asbuilt/internal/icon"
	"github.com/asbuilt/asbuilt/internal/paint"
	"github.com/asbuilt/asbuilt/internal/palette"
	"github.com/asbuilt/asbuilt/internal/typeset"
	"github.com/asbuilt/asbuilt/pkg/diagram"
)

var shapes = strings.Fields("box component cylinder queue person hexagon cloud browser mobile bucket document")

// dressed has a card of every shape, with every icon, in every kind of line, and one of the user's.
func dressed(theme string) *diagram.Diagram {
	d := &diagram.Diagram{
		Name: "looks", Kind: "landscape", Title: "Looks", Direction: "down", Theme: theme,
		Colors: []diagram.Color{{Name: "brand", Light: "#e2001a", Dark: "#ff6b70"}},
		Icons: []diagram.Icon{{Name: "icons/own.svg", Parts: []diagram.IconPart{
			{Data: "M0 0L24 0L24 24Z", Fill: "own", EvenOdd: true}, {Data: "M0 0L24 24", Stroke: "#00ff00", Width: 2}, {Data: "M1 1L2 2", Stroke: "own", Width: 1},
		}}},
		Keys: []diagram.Key{{Title: "ours", Look: diagram.Look{Color: "brand"}}, {Title: "till", Icon: "icons/own.svg"}, {Title: "money", Edges: true, Look: diagram.Look{Color: "green", Width: 3}}},
	}
	some := 40
	icons := append(icon.Names(), "icons/own.svg", "none", "")
	for i := range max(len(shapes), len(icons)) {
		d.Nodes = append(d.Nodes, diagram.Node{
			Address: fmt.Sprintf("component.n%02d", i), Type: "component", Title: "N", Group: -1, Kind: "Service", Shape: shapes[i%len(shapes)], Icon: icons[i%len(icons)],
			Look: diagram.Look{Color: []string{"", "brand", "pink"}[i%3], Line: []string{"", "solid", "dashed", "dotted"}[i%4], Width: float64(i % 3), Opacity: []*int{nil, &some}[i%2]},
		})
		if i > 0 {
			d.Edges = append(d.Edges, diagram.Edge{From: i - 1, To: i, Verdict: "declared", Look: d.Nodes[i].Look})
		}
	}
	return d
}

// Every look is drawn in every theme, as text and as dots, of the closed list of elements alone.
func TestLooksAreDrawn(t *testing.T) {
	for _, theme := range palette.Themes() {
		d := dressed(theme)
		words := typeset.Set(d, nil)
		plan := grid(words.Request())
		svg, err := paint.SVG(d, words, plan)
		require.NoError(t, err)
		for _, e := range elementsOf(t, svg) {
			require.Contains(t, elements, e.name)
		}
		for _, want := range []string{"ab-f-own-brand-field", "#00ff00", `fill-rule="evenodd"`, `fill-opacity="0.4"`, `stroke-dasharray="0.1 4.5"`, ">Service<", ">ours<", ">money<"} {
			require.Contains(t, string(svg), want, theme)
		}
		_, err = paint.PNG(d, words, plan, 1)
		require.NoError(t, err)
		_, err = paint.PDF(d, words, plan)
		require.NoError(t, err)
	}
}

// The legend shows the colour of a style in every theme, in those too in which the borders of cards have none.
func TestLegendShowsColors(t *testing.T) {
	for _, theme := range palette.Themes() {
		d := &diagram.Diagram{Name: "one", Theme: theme, Nodes: []diagram.Node{{Address: "component.a", Type: "component", Title: "A", Group: -1}}, Keys: []diagram.Key{{Title: "ours", Look: diagram.Look{Color: "green"}}}}
		colors := palette.New(theme, nil)
		green, _ := colors.Hue("green")
		_, legend, _ := strings.Cut(string(draw(t, d)), `"Legend"`)
		require.Contains(t, legend, fmt.Sprintf(`stroke="%s"`, colors.Tone(green.Color(palette.Mark)).Light), theme)
	}
}

// No two shapes have the same outline.
func TestShapesAreToldApart(t *testing.T) {
	seen := map[string]string{}
	for _, s := range shapes {
		d := &diagram.Diagram{Name: "one", Nodes: []diagram.Node{{Address: "component.a", Type: "component", Title: "A", Group: -1, Shape: s, Icon: "none"}}}
		var outline string
		for _, e := range elementsOf(t, draw(t, d)) {
			if strings.Contains(e.attr("class"), "ab-outline") {
				outline = e.attr("d")
			}
		}
		require.NotEmpty(t, outline)
		require.NotContains(t, seen, outline, "%s and %s", s, seen[outline])
		seen[outline] = s
	}
}

// What is planned is drawn so, too, where verdicts are shown: nothing of it is expected to be seen. Once it is, that is
// drawn.
func TestWhatIsPlannedLooksPlanned(t *testing.T) {
	dash := func(verdict string, drift bool) string {
		d := &diagram.Diagram{Name: "planned", Drift: drift, Nodes: []diagram.Node{{Address: "component.a", Type: "component", Title: "A", Group: -1}, {Address: "component.b", Type: "component", Title: "B", Group: -1}}}
		d.Edges = []diagram.Edge{{From: 0, To: 1, Verdict: verdict, Status: "planned"}}
		for _, e := range elementsOf(t, draw(t, d)) {
			if dash := e.attr("stroke-dasharray"); dash != "" {
				return dash
			}
		}
		return ""
	}
	planned := dash("declared", false)
	require.NotEmpty(t, planned)
	require.Equal(t, planned, dash("unknown", true))
	require.NotEqual(t, planned, dash("absence", true))
}

// What was found outranks a style; what is quiet looks as the style says.
func TestFactsOutrankStyles(t *testing.T) {
	look := diagram.Look{Color: "green", Width: 5, Line: "dotted"}
	for verdict, styled := range map[string]bool{"declared": true, "convergence": true, "divergence": false, "waived": false, "absence": false, "unknown": false} {
		d := &diagram.Diagram{Name: "facts", Drift: verdict != "declared", Nodes: []diagram.Node{{Address: "component.a", Type: "component", Title: "A", Group: -1}, {Address: "component.b", Type: "component", Title: "B", Group: -1}}}
		d.Edges = []diagram.Edge{{From: 0, To: 1, Verdict: verdict, Look: look}}
		require.Equal(t, styled, strings.Contains(string(draw(t, d)), "ab-way ab-s-green-mark"), verdict)
	}
}
