package layout

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/asbuilt/asbuilt/internal/geometry"
)

// upright is a plan of lines that run down side by side, at the given x, each with a label wanted for the first alone.
func upright(at ...float64) (geometry.Request, *geometry.Plan) {
	var r geometry.Request
	p := &geometry.Plan{}
	for _, x := range at {
		r.Edges = append(r.Edges, geometry.Link{})
		p.Edges = append(p.Edges, geometry.Route{Points: straight(geometry.Point{X: x}, geometry.Point{X: x, Y: 100})})
	}
	r.Edges[0].Label = geometry.Size{W: 30, H: 10}
	return r, p
}

func TestALabelStandsBesideTheMiddleOfItsLine(t *testing.T) {
	r, p := upright(0)
	labels(r, p, true)
	require.InDelta(t, berthOfLabels, p.Edges[0].Label.X, 1e-9, "at its right")
	require.InDelta(t, 45, p.Edges[0].Label.Y, 7)
}

// Else it would be read as the other line's.
func TestALabelKeepsAwayFromForeignLines(t *testing.T) {
	r, p := upright(0, 10)
	labels(r, p, true)
	require.InDelta(t, -berthOfLabels-30, p.Edges[0].Label.X, 1e-9, "at its left, since another line runs at its right")

	r, p = upright(0, 10)
	p.Edges[0].Label = geometry.Rect{X: 8, Y: 45, W: 30, H: 10}
	labels(r, p, true)
	require.InDelta(t, -berthOfLabels-30, p.Edges[0].Label.X, 1e-9, "even where the engine had room for it")

	r, p = upright(0, 10, -10)
	labels(r, p, false)
	require.Equal(t, geometry.Size{W: 30, H: 10}, geometry.Size{W: p.Edges[0].Label.W, H: p.Edges[0].Label.H}, "it is never lost")
}

// A frame's border under a label says that the label is the frame's.
func TestALabelKeepsAwayFromBordersOfFrames(t *testing.T) {
	r, p := upright(0)
	p.Groups = []geometry.Rect{{X: -100, Y: -300, W: 200, H: 350}}
	labels(r, p, true)
	label := p.Edges[0].Label
	require.True(t, label.Y+label.H <= 50 || label.Y >= 50, "%v", label)
	require.Less(t, label.Y, 70.0, "but it stays near the middle")
	require.Greater(t, label.Y, 20.0)
}

// An arrow whose head is hidden leads nowhere.
func TestALabelHidesNoHead(t *testing.T) {
	r, p := upright(0)
	r.Nodes = make([]geometry.Box, 6)
	for x := range 2 { // room for the label at the head alone, on it
		left := float64(-210 + 220*x)
		p.Nodes = append(p.Nodes, geometry.Rect{X: left, Y: -20, W: 200, H: 104}, geometry.Rect{X: float64(-220 + 240*x), Y: 84, W: 200, H: 40})
	}
	labels(r, p, true)
	require.Zero(t, p.Edges[0].Label, "a number stands for it")
	require.NotZero(t, p.Edges[0].Number)
	labels(r, p, false)
	require.Greater(t, fromLine(walk(p.Edges[0].Points), p.Edges[0].Label), 0.0)
}

// On a foreign line a label would be read as that line's.
func TestALabelHidesNoForeignLine(t *testing.T) {
	r, p := upright(0, 9, -9, 24, -24)
	labels(r, p, true)
	require.Zero(t, p.Edges[0].Label, "a number stands for it")
	require.NotZero(t, p.Edges[0].Number)
	labels(r, p, false)
	require.NotZero(t, p.Edges[0].Label)
}
