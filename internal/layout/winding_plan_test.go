package layout_test

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/asbuilt/asbuilt/internal/layout"
)

// An arrow that leads down, around and up again says nothing that a straight one would not. Where cards or other arrows
// are in the way, some must.
func TestRoutesSeldomWind(t *testing.T) {
	p := newPool(t, layout.Options{})
	all, wind := 0, 0
	for _, r := range samples() {
		plan, err := p.Layout(t.Context(), r)
		require.NoError(t, err)
		for i, e := range plan.Edges {
			if r.Edges[i].From == r.Edges[i].To {
				continue
			}
			all++
			line, long := walk(e.Points), 0.0
			for j, at := range line[1:] {
				long += math.Hypot(at.X-line[j].X, at.Y-line[j].Y)
			}
			if first, last := line[0], line[len(line)-1]; long > 1.5*math.Hypot(first.X-last.X, first.Y-last.Y) {
				wind++
			}
		}
	}
	t.Logf("of %d routes %d are half as long again as the straight line", all, wind)
	require.Less(t, wind*100, all)
}
