package raster

import (
	"math"

	"github.com/asbuilt/asbuilt/internal/geometry"
)

// polyline is a piece of a path in straight lines.
type polyline struct {
	points []geometry.Point
	closed bool
}

// flatness is how far, in dots, lines may stray from curves.
const flatness = 0.05

// flattener makes curves straight lines that stray from them by no more than a tolerance.
type flattener struct{ tolerance float64 }

func (f flattener) pieces(p geometry.Path) []polyline {
	var out []polyline
	var at polyline
	flush := func() {
		if len(at.points) > 1 {
			out = append(out, at)
		}
		at = polyline{}
	}
	for _, s := range p.Steps {
		switch s.Kind {
		case geometry.Move:
			flush()
			at.points = []geometry.Point{s.To}
		case geometry.Line:
			at.to(s.To)
		case geometry.Curve:
			f.curve(&at, s)
		case geometry.End:
			at.closed = true
			if n := len(at.points); n > 1 && at.points[n-1] == at.points[0] {
				at.points = at.points[:n-1]
			}
			flush()
		}
	}
	flush()
	return out
}

// to goes on; a line of no length says nothing.
func (l *polyline) to(p geometry.Point) {
	if n := len(l.points); n > 0 && l.points[n-1] == p {
		return
	}
	l.points = append(l.points, p)
}

func (f flattener) curve(l *polyline, s geometry.Step) {
	from := l.points[len(l.points)-1]
	bend := max(length(from.X-2*s.A.X+s.B.X, from.Y-2*s.A.Y+s.B.Y), length(s.A.X-2*s.B.X+s.To.X, s.A.Y-2*s.B.Y+s.To.Y))
	n := 1 + min(int(math.Sqrt(bend*0.75/f.tolerance)), 200)
	for i := 1; i < n; i++ {
		t := float64(i) / float64(n)
		u := 1 - t
		a, b, c, d := u*u*u, 3*u*u*t, 3*u*t*t, t*t*t
		l.to(geometry.Point{
			X: float64(a*from.X) + float64(b*s.A.X) + float64(c*s.B.X) + float64(d*s.To.X),
			Y: float64(a*from.Y) + float64(b*s.A.Y) + float64(c*s.B.Y) + float64(d*s.To.Y),
		})
	}
	l.to(s.To)
}

func length(x, y float64) float64 { return math.Sqrt(float64(x*x) + float64(y*y)) }

// dashed cuts a piece into its dashes.
func dashed(l polyline, dash []float64) []polyline {
	period := 0.0
	for _, d := range dash {
		period += d
	}
	if period <= 0 {
		return []polyline{l}
	}
	points := l.points
	if l.closed {
		points = append(points[:len(points):len(points)], points[0])
	}
	var out []polyline
	on, i, left := true, 0, dash[0]
	at := polyline{points: []geometry.Point{points[0]}}
	for k := 1; k < len(points); k++ {
		from, to := points[k-1], points[k]
		whole := length(to.X-from.X, to.Y-from.Y)
		done := 0.0
		for ; whole-done > left; left = dash[i%len(dash)] {
			done += left
			t := done / whole
			cut := geometry.Point{X: from.X + float64(t*(to.X-from.X)), Y: from.Y + float64(t*(to.Y-from.Y))}
			at.to(cut)
			if on {
				out = append(out, at)
			}
			on, i = !on, i+1
			at = polyline{points: []geometry.Point{cut}}
		}
		left -= whole - done
		at.to(to)
	}
	if on {
		out = append(out, at)
	}
	return out
}
