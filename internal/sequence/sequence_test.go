package sequence_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/asbuilt/asbuilt/internal/geometry"
	"github.com/asbuilt/asbuilt/internal/sequence"
	"github.com/asbuilt/asbuilt/internal/typeset"
	"github.com/asbuilt/asbuilt/pkg/diagram"
)

// Whatever happens in a sequence: no words overlap, everything is on the page, what is in a fragment is in its frame,
// and messages lead down the page in their order.
func TestAnySequence(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) { check(t, draw(t)) })
}

// As many lifelines and steps as the language takes, in as many fragments.
func TestTheLargestSequence(t *testing.T) {
	d := &diagram.Diagram{Name: "large", Kind: diagram.KindSequence, Title: "Large"}
	for i := range 100 {
		d.Nodes = append(d.Nodes, diagram.Node{Address: fmt.Sprintf("component.c%d", i), Group: -1, Title: fmt.Sprintf("C%d", i), Type: "component"})
	}
	inner := &d.Steps
	for i := range 2000 - 16 {
		*inner = append(*inner, diagram.Step{Kind: diagram.StepMessage, Edge: i})
		d.Edges = append(d.Edges, diagram.Edge{From: i % 100, To: i * 7 % 100, Verdict: "declared", Labels: []string{"says something"}})
		if i < 16 {
			*inner = append(*inner, diagram.Step{Kind: diagram.StepLoop, Edge: -1, Text: "again", Steps: []diagram.Step{}})
			inner = &(*inner)[len(*inner)-1].Steps
		}
	}
	check(t, d)
}

// check holds the layout of a sequence against what every one must be.
func check(t require.TestingT, d *diagram.Diagram) {
	s := typeset.Set(d, nil)
	p := sequence.Layout(s)
	page := geometry.Rect{X: p.Corner.X, Y: p.Corner.Y, W: p.Size.W, H: p.Size.H}
	words := slices.Clone(p.Nodes)
	last := 0.0
	for i, e := range p.Edges {
		require.Zero(t, (len(e.Points)-1)%3)
		y := e.Points[0].Y
		require.Greater(t, y, last, "message %d", i)
		last = y
		from, to := p.Nodes[s.Labels[i].From], p.Nodes[s.Labels[i].To]
		require.InDelta(t, from.Center().X, e.Points[0].X, 0.01)
		require.InDelta(t, to.Center().X, e.Points[len(e.Points)-1].X, 0.01)
		for _, at := range e.Points {
			require.True(t, inside(page, geometry.Rect{X: at.X, Y: at.Y}), "message %d", i)
		}
		if e.Label.W > 0 {
			words = append(words, e.Label)
		}
	}
	for i, step := range s.Steps {
		part := p.Steps[i]
		for _, r := range []geometry.Rect{part.Tab, part.Text} {
			if r.W > 0 && r.H > 0 {
				words = append(words, r)
			}
		}
		if step.Parent >= 0 {
			frame := p.Steps[step.Parent].Box
			if step.Edge >= 0 {
				require.True(t, inside(frame, p.Edges[step.Edge].Label) || p.Edges[step.Edge].Label.W == 0, "%v in %v", p.Edges[step.Edge].Label, frame)
			} else {
				require.True(t, inside(frame, part.Box), "%v in %v", part.Box, frame)
			}
		}
	}
	for i, a := range words {
		require.True(t, inside(page, a), "%v on %v", a, page)
		for _, b := range words[:i] {
			require.False(t, meet(a, b), "%v and %v", a, b)
		}
	}
}

func inside(outer, r geometry.Rect) bool {
	const slack = 0.01
	return r.X >= outer.X-slack && r.Y >= outer.Y-slack && r.X+r.W <= outer.X+outer.W+slack && r.Y+r.H <= outer.Y+outer.H+slack
}

func meet(a, b geometry.Rect) bool {
	const slack = 0.01
	return a.X+slack < b.X+b.W && b.X+slack < a.X+a.W && a.Y+slack < b.Y+b.H && b.Y+slack < a.Y+a.H
}

var texts = rapid.SampledFrom([]string{
	"", "ok", "asks for today's price", "Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz",
	"a long sentence that nobody wants to read on one line, and that goes on and on until it has said everything twice",
	"注文を確定する", "🚀🚀🚀",
})

func draw(t *rapid.T) *diagram.Diagram {
	d := &diagram.Diagram{Name: "any", Kind: diagram.KindSequence, Title: "Any"}
	for i := range rapid.IntRange(1, 20).Draw(t, "lifelines") {
		d.Nodes = append(d.Nodes, diagram.Node{
			Address: fmt.Sprintf("component.c%d", i), Group: -1, Title: "C" + texts.Draw(t, "title"),
			Type: rapid.SampledFrom([]string{"person", "component", "datastore", "queue", "external", "api", "system"}).Draw(t, "type"),
		})
	}
	d.Steps = steps(t, d, rapid.IntRange(0, 4).Draw(t, "depth"))
	return d
}

func steps(t *rapid.T, d *diagram.Diagram, depth int) []diagram.Step {
	node := rapid.IntRange(0, len(d.Nodes)-1)
	kinds := []diagram.StepKind{diagram.StepMessage, diagram.StepMessage, diagram.StepNote}
	if depth > 0 {
		kinds = append(kinds, diagram.StepAlt, diagram.StepOpt, diagram.StepLoop, diagram.StepPar)
	}
	var out []diagram.Step
	for range rapid.IntRange(1, 6).Draw(t, "steps") {
		s := diagram.Step{Kind: rapid.SampledFrom(kinds).Draw(t, "kind"), Edge: -1, Text: texts.Draw(t, "text")}
		switch s.Kind {
		case diagram.StepMessage:
			s.Edge = len(d.Edges)
			e := diagram.Edge{From: node.Draw(t, "from"), To: node.Draw(t, "to"), Verdict: rapid.SampledFrom([]string{"declared", "divergence"}).Draw(t, "verdict")}
			if s.Text != "" {
				e.Labels = []string{s.Text}
			}
			s.Text = ""
			d.Edges = append(d.Edges, e)
		case diagram.StepNote:
			s.Nodes = []int{node.Draw(t, "over"), node.Draw(t, "over")}
			slices.Sort(s.Nodes)
			s.Nodes = slices.Compact(s.Nodes)
		case diagram.StepPar:
			s.Steps = []diagram.Step{
				{Kind: diagram.StepBranch, Edge: -1, Steps: steps(t, d, depth-1)},
				{Kind: diagram.StepBranch, Edge: -1, Text: texts.Draw(t, "branch"), Steps: steps(t, d, depth-1)},
			}
		case diagram.StepAlt:
			s.Steps = append(steps(t, d, depth-1), diagram.Step{Kind: diagram.StepElse, Edge: -1, Text: texts.Draw(t, "else"), Steps: steps(t, d, depth-1)})
		default:
			s.Steps = steps(t, d, depth-1)
		}
		out = append(out, s)
	}
	return out
}
