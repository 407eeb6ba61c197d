package layout_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/asbuilt/asbuilt/internal/geometry"
	"github.com/asbuilt/asbuilt/internal/layout"
)

// behindTitles counts the routes that run behind the words of a title.
func behindTitles(p geometry.Plan) (n int) {
	for _, e := range p.Edges {
		for _, t := range p.Titles {
			for _, at := range walk(e.Points) {
				if meet(t, geometry.Rect{X: at.X - 0.5, Y: at.Y - 0.5, W: 1, H: 1}) {
					n++
					break
				}
			}
		}
	}
	return n
}

// No route runs behind a frame's title, in pictures of a size whose routes are mended.
func TestRoutesPassTitles(t *testing.T) {
	p := newPool(t, layout.Options{})
	requests := samples()
	for seed := range uint64(24) {
		requests = append(requests, random(seed, sample{nodes: 30, groups: 8, edges: 60, direction: []string{"down", "right", "up", "left"}[seed%4]}))
	}
	titles, behind := 0, 0
	for seed, r := range requests {
		plan, err := p.Layout(t.Context(), r)
		require.NoError(t, err)
		titles += len(plan.Titles)
		if n := behindTitles(plan); n > 0 {
			behind += n
			t.Logf("request %d (%s): %d", seed, r.Direction, n)
		}
	}
	t.Logf("%d of routes behind %d titles", behind, titles)
	require.Zero(t, behind)
}
