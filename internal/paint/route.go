package paint

import (
	"math"

	"github.com/asbuilt/asbuilt/internal/geometry"
)

// split divides a cubic Bézier curve at t (de Casteljau).
func split(c [4]geometry.Point, t float64) (first, second [4]geometry.Point) {
	ab, bc, cd := between(c[0], c[1], t), between(c[1], c[2], t), between(c[2], c[3], t)
	abc, bcd := between(ab, bc, t), between(bc, cd, t)
	at := between(abc, bcd, t)
	return [4]geometry.Point{c[0], ab, abc, at}, [4]geometry.Point{at, bcd, cd, c[3]}
}

func between(a, b geometry.Point, t float64) geometry.Point {
	return geometry.Point{X: mix(a.X, b.X, t), Y: mix(a.Y, b.Y, t)}
}

func distance(a, b geometry.Point) float64 {
	dx, dy := b.X-a.X, b.Y-a.Y
	return math.Sqrt(float64(dx*dx) + float64(dy*dy))
}

// shorten cuts a length off the end of a route and returns the rest; its end is where the cut was made. Of a
// route that is shorter than that its beginning is left.
func shorten(points []geometry.Point, length float64) []geometry.Point {
	n := len(points)
	tip := points[n-1]
	for n > 4 && distance(points[n-4], tip) <= length {
		n -= 3
	}
	var last [4]geometry.Point
	copy(last[:], points[n-4:n])
	lo, hi := 0.0, 1.0
	for range 24 { // the distance to the tip falls along the end of the curve
		t := (lo + hi) / 2
		first, _ := split(last, t)
		if distance(first[3], tip) > length {
			lo = t
		} else {
			hi = t
		}
	}
	first, _ := split(last, lo)
	return append(append([]geometry.Point(nil), points[:n-4]...), first[:]...)
}

// curves is a route as path data.
func curves(points []geometry.Point) *path {
	p := new(path).move(points[0].X, points[0].Y)
	for i := 1; i+2 < len(points); i += 3 {
		p.curve(points[i], points[i+1], points[i+2])
	}
	return p
}

// head is the size of an arrow head.
type head struct{ length, width float64 }

// headOf is the head of a line of a width: thick lines have larger ones.
func headOf(width float64) head {
	s := max(1, width/2.5)
	return head{float64(9 * s), float64(8 * s)}
}

// closedHead is a filled arrow head between its base and its tip.
func closedHead(base, tip geometry.Point, h head) *path {
	a, b := headCorners(base, tip, h)
	return new(path).move(tip.X, tip.Y).line(a.X, a.Y).line(b.X, b.Y).end()
}

// openHead is two strokes that meet at the tip.
func openHead(base, tip geometry.Point, h head) *path {
	a, b := headCorners(base, tip, h)
	return new(path).move(a.X, a.Y).line(tip.X, tip.Y).line(b.X, b.Y)
}

func headCorners(base, tip geometry.Point, h head) (a, b geometry.Point) {
	length := max(distance(base, tip), 0.01)
	ux, uy := (tip.X-base.X)/length, (tip.Y-base.Y)/length
	foot := geometry.Point{X: tip.X - float64(ux*h.length), Y: tip.Y - float64(uy*h.length)}
	dx, dy := float64(-uy*h.width/2), float64(ux*h.width/2)
	return geometry.Point{X: foot.X + dx, Y: foot.Y + dy}, geometry.Point{X: foot.X - dx, Y: foot.Y - dy}
}
