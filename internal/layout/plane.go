package layout

import (
	"math"

	"github.com/asbuilt/asbuilt/internal/geometry"
)

func finite(v float64) bool { return !math.IsNaN(v) && !math.IsInf(v, 0) }

// around is a box of a size about its middle.
func around(c geometry.Point, s geometry.Size) geometry.Rect {
	return geometry.Rect{X: c.X - s.W/2, Y: c.Y - s.H/2, W: s.W, H: s.H}
}

// straight is a cubic Bézier curve that is a straight line.
func straight(a, b geometry.Point) []geometry.Point {
	return []geometry.Point{a, along(a, b, 1.0/3), along(a, b, 2.0/3), b}
}

// along is the point that divides the line from a to b at t.
func along(a, b geometry.Point, t float64) geometry.Point {
	return geometry.Point{X: a.X + float64((b.X-a.X)*t), Y: a.Y + float64((b.Y-a.Y)*t)}
}

// bezier is the point of a cubic Bézier curve at t, by de Casteljau's construction.
func bezier(c []geometry.Point, t float64) geometry.Point {
	ab, bc, cd := along(c[0], c[1], t), along(c[1], c[2], t), along(c[2], c[3], t)
	return along(along(ab, bc, t), along(bc, cd, t), t)
}

func grow(r geometry.Rect, by float64) geometry.Rect {
	return geometry.Rect{X: r.X - by, Y: r.Y - by, W: r.W + 2*by, H: r.H + 2*by}
}

// union is the smallest box around two.
func union(a, b geometry.Rect) geometry.Rect {
	x, y := min(a.X, b.X), min(a.Y, b.Y)
	return geometry.Rect{X: x, Y: y, W: max(a.X+a.W, b.X+b.W) - x, H: max(a.Y+a.H, b.Y+b.H) - y}
}

// overlap reports whether two boxes share more than a border of slack pixels.
func overlap(a, b geometry.Rect, slack float64) bool {
	return a.X+slack < b.X+b.W && b.X+slack < a.X+a.W && a.Y+slack < b.Y+b.H && b.Y+slack < a.Y+a.H
}

// toBorder is the point of a box's border nearest to p.
func toBorder(r geometry.Rect, p geometry.Point) geometry.Point {
	q := geometry.Point{X: min(max(p.X, r.X), r.X+r.W), Y: min(max(p.Y, r.Y), r.Y+r.H)}
	if q != p {
		return q // it stood outside
	}
	left, right, up, down := p.X-r.X, r.X+r.W-p.X, p.Y-r.Y, r.Y+r.H-p.Y
	switch min(left, right, up, down) {
	case left:
		q.X = r.X
	case right:
		q.X = r.X + r.W
	case up:
		q.Y = r.Y
	default:
		q.Y = r.Y + r.H
	}
	return q
}

// distance is exact to the last bit on every machine, which math.Hypot is not.
func distance(a, b geometry.Point) float64 {
	dx, dy := a.X-b.X, a.Y-b.Y
	return math.Sqrt(float64(dx*dx) + float64(dy*dy))
}
