package geometry

import "math"

// Path is lines and cubic Bézier curves, in pieces that each begin with a move.
type Path struct{ Steps []Step }

// Step is one line, curve, or move of a path.
type Step struct {
	Kind StepKind
	A, B Point // the handles of a curve
	To   Point // where it leads; nowhere for an end
}

// StepKind is what a step does.
type StepKind uint8

// The kinds of step.
const (
	Move StepKind = iota
	Line
	Curve
	End // closes the piece
)

// Pen is how a line is drawn.
type Pen struct {
	Width     float64
	Dash      []float64 // lengths of dashes and gaps in turn; nil for a solid line
	RoundCap  bool      // else the line ends flat
	RoundJoin bool      // else the corners are pointed
}

// Move begins a piece.
func (p *Path) Move(to Point) { p.Steps = append(p.Steps, Step{Kind: Move, To: to}) }

// Line goes straight on.
func (p *Path) Line(to Point) { p.Steps = append(p.Steps, Step{Kind: Line, To: to}) }

// Curve goes on in a curve with two handles.
func (p *Path) Curve(a, b, to Point) {
	p.Steps = append(p.Steps, Step{Kind: Curve, A: a, B: b, To: to})
}

// End closes the piece.
func (p *Path) End() { p.Steps = append(p.Steps, Step{Kind: End}) }

// Arc goes on from a point along an ellipse of the given radii, on the shorter way around, as SVG's A does. Radii
// that are too small grow until they reach. It uses no function that machines round differently.
func (p *Path) Arc(from Point, rx, ry float64, clockwise bool, to Point) {
	if rx <= 0 || ry <= 0 || from == to {
		p.Line(to)
		return
	}
	// On the unit circle the two ends are u and v, half of the chord is h.
	hx, hy := (to.X-from.X)/2/rx, (to.Y-from.Y)/2/ry
	half := math.Sqrt(float64(hx*hx) + float64(hy*hy))
	if half > 1 {
		rx, ry, hx, hy, half = rx*half, ry*half, hx/half, hy/half, 1
	}
	rise := math.Sqrt(max(0, 1-float64(half*half))) / half
	nx, ny := -float64(hy*rise), float64(hx*rise) // from the middle of the chord to the centre
	if !clockwise {
		nx, ny = -nx, -ny
	}
	center := Point{(from.X+to.X)/2 + float64(nx*rx), (from.Y+to.Y)/2 + float64(ny*ry)}
	u, v := Point{-hx - nx, -hy - ny}, Point{hx - nx, hy - ny}
	turn := 1.0
	if !clockwise {
		turn = -1
	}
	a := arc{path: p, center: center, rx: rx, ry: ry, turn: turn}
	mid := a.between(u, v)
	a.quarter(u, mid)
	a.quarter(mid, v)
}

// arc draws on an ellipse; places are on the unit circle.
type arc struct {
	path   *Path
	center Point
	rx, ry float64
	turn   float64 // 1 clockwise, as y grows downwards, else -1
}

// between is the middle of the way from u to v, which is at most half of the circle.
func (a arc) between(u, v Point) Point {
	x, y := u.X+v.X, u.Y+v.Y
	length := math.Sqrt(float64(x*x) + float64(y*y))
	if length < 1e-6 {
		return Point{-a.turn * u.Y, a.turn * u.X}
	}
	return Point{x / length, y / length}
}

// quarter is a curve over at most a quarter of the circle.
func (a arc) quarter(u, v Point) {
	cos := float64(u.X*v.X) + float64(u.Y*v.Y)
	half := math.Sqrt(max(0, (1-cos)/(1+cos))) // tan of half the angle
	k := 0.0
	if half > 0 {
		k = a.turn * 4 / 3 * (math.Sqrt(1+float64(half*half)) - 1) / half
	}
	a.path.Curve(a.at(u.X-float64(k*u.Y), u.Y+float64(k*u.X)), a.at(v.X+float64(k*v.Y), v.Y-float64(k*v.X)), a.at(v.X, v.Y))
}

func (a arc) at(x, y float64) Point {
	return Point{a.center.X + float64(x*a.rx), a.center.Y + float64(y*a.ry)}
}

// Box is a rectangle with rounded corners.
func (p *Path) Box(r Rect, radius float64) {
	radius = min(radius, r.W/2, r.H/2)
	left, top, right, bottom := r.X, r.Y, r.X+r.W, r.Y+r.H
	if radius <= 0 {
		p.Move(Point{left, top})
		p.Line(Point{right, top})
		p.Line(Point{right, bottom})
		p.Line(Point{left, bottom})
		p.End()
		return
	}
	corner := func(from, to Point) {
		p.Line(from)
		p.Arc(from, radius, radius, true, to)
	}
	p.Move(Point{left + radius, top})
	corner(Point{right - radius, top}, Point{right, top + radius})
	corner(Point{right, bottom - radius}, Point{right - radius, bottom})
	corner(Point{left + radius, bottom}, Point{left, bottom - radius})
	corner(Point{left, top + radius}, Point{left + radius, top})
	p.End()
}
