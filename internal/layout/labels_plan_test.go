package layout_test

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/asbuilt/asbuilt/internal/geometry"
	"github.com/asbuilt/asbuilt/internal/layout"
)

// Whoever reads a label takes it for the nearest line's. Where five lines meet there may be no other place.
func TestLabelsStandByTheirOwnLines(t *testing.T) {
	p := newPool(t, layout.Options{})
	all, misread, apart := 0, 0, 0
	for _, r := range samples() {
		plan, err := p.Layout(t.Context(), r)
		require.NoError(t, err)
		for i, e := range plan.Edges {
			if e.Label == (geometry.Rect{}) {
				continue
			}
			all++
			own := fromLine(e.Label, e.Points)
			if own > 30 {
				apart++
			}
			for j, other := range plan.Edges {
				if j != i && fromLine(e.Label, other.Points) < own+1 {
					misread++
					break
				}
			}
		}
	}
	t.Logf("of %d labels %d stand nearer to a foreign line, %d over 30 pixels from their own", all, misread, apart)
	require.Less(t, misread*100, all*10)
	require.Less(t, apart*100, all)
}

// fromLine is how far a box is from a route, about.
func fromLine(box geometry.Rect, points []geometry.Point) float64 {
	nearest := math.Inf(1)
	for _, at := range walk(points) {
		dx, dy := max(box.X-at.X, at.X-box.X-box.W, 0), max(box.Y-at.Y, at.Y-box.Y-box.H, 0)
		nearest = min(nearest, math.Hypot(dx, dy))
	}
	return nearest
}
