package paint

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/asbuilt/asbuilt/internal/geometry"
	"github.com/asbuilt/asbuilt/internal/sheet"
)

// Wherever on the border of its box a route meets a hexagon, it is led onto the outline, by less than the tip is long.
func TestRoutesMeetHexagons(t *testing.T) {
	box := geometry.Rect{X: 100, Y: 50, W: 160, H: 60}
	at := func(x, y float64) geometry.Point { return geometry.Point{X: box.X + x, Y: box.Y + y} }
	for n := 0.0; n <= box.W; n += 2 {
		border := []geometry.Point{at(n, 0), at(n, box.H)}
		if n <= box.H {
			border = append(border, at(0, n), at(box.W, n))
		}
		for _, p := range border {
			d := gap(sheet.Hexagon, box, p)
			require.LessOrEqual(t, math.Hypot(d.X, d.Y), sheet.HexagonTip, "%v", p)
			x, y := p.X+d.X-box.X, p.Y+d.Y-box.Y
			slant := sheet.HexagonTip * math.Abs(y-box.H/2) / (box.H / 2) // where the outline begins at this height
			onSide := math.Abs(x-slant) < 0.01 || math.Abs(x-(box.W-slant)) < 0.01
			onTop := (y == 0 || y == box.H) && x >= slant && x <= box.W-slant
			require.True(t, onSide || onTop, "%v leads to %v, %v", p, x, y)
		}
	}
}
