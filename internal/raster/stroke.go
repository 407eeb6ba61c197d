package raster

import "github.com/asbuilt/asbuilt/internal/geometry"

// miterLimit is SVG's: a corner that reaches further, in line widths, is cut off.
const miterLimit = 4

// stroker draws along straight lines: a box for each, and what fills the corner to the next. All parts turn the
// same way, so that where they overlap they are filled once.
type stroker struct {
	image  *Image
	pen    geometry.Pen
	radius float64
}

func (s *stroker) draw(l polyline) {
	points := l.points
	n := len(points)
	if n == 1 {
		if s.pen.RoundCap {
			s.dot(points[0])
		}
		return
	}
	last := n - 1
	if l.closed {
		last = n
	}
	for i := range last {
		s.box(points[i], points[(i+1)%n])
	}
	for i := range n {
		switch inside := i > 0 && i < n-1; {
		case inside || l.closed && n > 2:
			s.corner(points[(i+n-1)%n], points[i], points[(i+1)%n])
		case s.pen.RoundCap && !l.closed && i == 0:
			d := s.side(points[0], points[1])
			s.wedge(points[0], plus(points[0], d, 1), plus(points[0], d, -1))
		case s.pen.RoundCap && !l.closed:
			d := s.side(points[i-1], points[i])
			s.wedge(points[i], plus(points[i], d, -1), plus(points[i], d, 1))
		}
	}
}

// side is the way from the middle of a line to its right border.
func (s *stroker) side(a, b geometry.Point) geometry.Point {
	dx, dy := b.X-a.X, b.Y-a.Y
	l := length(dx, dy)
	return geometry.Point{X: -dy / l * s.radius, Y: dx / l * s.radius}
}

func (s *stroker) box(a, b geometry.Point) {
	d := s.side(a, b)
	s.part(plus(a, d, -1), plus(b, d, -1), plus(b, d, 1), plus(a, d, 1))
}

func (s *stroker) corner(before, at, after geometry.Point) {
	in, out := s.side(before, at), s.side(at, after)
	cross, dot := float64(in.X*out.Y)-float64(in.Y*out.X), float64(in.X*out.X)+float64(in.Y*out.Y)
	square := s.radius * s.radius
	if cross == 0 && dot > 0 {
		return
	}
	outer := 1.0 // the outer side of the corner
	if cross > 0 {
		outer = -1
	}
	a, b := plus(at, in, outer), plus(at, out, outer)
	if s.pen.RoundJoin {
		if outer < 0 {
			s.wedge(at, a, b)
		} else {
			s.wedge(at, b, a)
		}
		return
	}
	// The tip stands at (in+out) / (1+cos); its distance in line widths is 1/cos of half the angle.
	if cos := dot / square; (1+cos)*miterLimit*miterLimit >= 2 {
		tip := geometry.Point{X: in.X + out.X, Y: in.Y + out.Y}
		s.part(at, a, plus(at, tip, outer/(1+cos)), b)
		return
	}
	s.part(at, a, b)
}

// part adds a polygon without turns back, always in the same direction.
func (s *stroker) part(points ...geometry.Point) {
	area := 0.0
	for i, p := range points {
		q := points[(i+1)%len(points)]
		area += float64(p.X*q.Y) - float64(p.Y*q.X)
	}
	if area < 0 {
		for i, j := 0, len(points)-1; i < j; i, j = i+1, j-1 {
			points[i], points[j] = points[j], points[i]
		}
	}
	s.image.polygon(points)
}

// wedge is a part of a disc, clockwise from one point of its border to another.
func (s *stroker) wedge(at, from, to geometry.Point) {
	var p geometry.Path
	p.Move(at)
	p.Line(from)
	p.Arc(from, s.radius, s.radius, true, to)
	p.End()
	for _, piece := range s.image.flat.pieces(p) {
		s.part(piece.points...)
	}
}

// dot is a whole disc.
func (s *stroker) dot(at geometry.Point) {
	var p geometry.Path
	p.Box(geometry.Rect{X: at.X - s.radius, Y: at.Y - s.radius, W: 2 * s.radius, H: 2 * s.radius}, s.radius)
	for _, piece := range s.image.flat.pieces(p) {
		s.part(piece.points...)
	}
}

func plus(p, d geometry.Point, times float64) geometry.Point {
	return geometry.Point{X: p.X + float64(d.X*times), Y: p.Y + float64(d.Y*times)}
}
