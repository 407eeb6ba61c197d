package layout

import (
	"cmp"
	"math"
	"slices"

	"github.com/asbuilt/asbuilt/internal/geometry"
)

const (
	clearance = 1  // pixels between a label and whatever it must not touch, at least
	beside    = 4  // pixels between a label and the line beside which it is put
	perCurve  = 16 // points of a curve that are looked at
)

// labels moves the labels that touch a card, a frame's title or another label. The engine reserves room
// for most of them, but not for those between cards of one row.
func labels(r geometry.Request, p *geometry.Plan) {
	placed := slices.Clone(p.Nodes)
	for _, t := range p.Titles {
		if t != (geometry.Rect{}) {
			placed = append(placed, grow(t, titleTop))
		}
	}
	var moved []int
	for i, e := range p.Edges {
		switch {
		case r.Edges[i].Label == (geometry.Size{}):
		case e.Label != (geometry.Rect{}) && free(e.Label, placed):
			placed = append(placed, e.Label)
		default:
			moved = append(moved, i)
		}
	}
	for _, i := range moved {
		e := &p.Edges[i]
		e.Label = place(e.Points, r.Edges[i].Label, placed)
		placed = append(placed, e.Label)
	}
}

func free(label geometry.Rect, placed []geometry.Rect) bool {
	for _, other := range placed {
		if overlap(label, other, -clearance) {
			return false
		}
	}
	return true
}

// place finds room for a label: beside its line, the nearer to the middle the better, else on a ring
// around the middle, the narrower the better. Far enough out there is always room.
func place(points []geometry.Point, size geometry.Size, placed []geometry.Rect) geometry.Rect {
	line := fromMiddle(walk(points))
	dx, dy := size.W/2+beside, size.H/2+beside
	for _, at := range line {
		for _, shift := range [...]geometry.Point{{X: dx}, {X: -dx}, {Y: -dy}, {Y: dy}, {}} {
			if box := around(geometry.Point{X: at.X + shift.X, Y: at.Y + shift.Y}, size); free(box, placed) {
				return box
			}
		}
	}
	for ring := 1.0; ; ring++ {
		for _, way := range [...]geometry.Point{{X: 1}, {X: -1}, {Y: -1}, {Y: 1}, {X: 1, Y: -1}, {X: 1, Y: 1}, {X: -1, Y: 1}, {X: -1, Y: -1}} {
			at := geometry.Point{X: line[0].X + float64(way.X*ring*dx), Y: line[0].Y + float64(way.Y*ring*dy)}
			if box := around(at, size); free(box, placed) {
				return box
			}
		}
	}
}

// fromMiddle orders the points of a line by how far along the line they are from its middle.
func fromMiddle(line []geometry.Point) []geometry.Point {
	type mark struct {
		at  geometry.Point
		way float64 // from the line's start
	}
	marks := []mark{{at: line[0]}}
	for i, at := range line[1:] {
		marks = append(marks, mark{at, marks[i].way + distance(line[i], at)})
	}
	half := marks[len(marks)-1].way / 2
	slices.SortStableFunc(marks, func(a, b mark) int {
		return cmp.Compare(math.Abs(a.way-half), math.Abs(b.way-half))
	})
	ordered := make([]geometry.Point, len(marks))
	for i, m := range marks {
		ordered[i] = m.at
	}
	return ordered
}

// walk is the points along a route.
func walk(points []geometry.Point) []geometry.Point {
	line := make([]geometry.Point, 0, len(points)/3*perCurve+1)
	for i := 0; i+3 < len(points); i += 3 {
		for step := range perCurve {
			line = append(line, bezier(points[i:i+4], float64(step)/perCurve))
		}
	}
	return append(line, points[len(points)-1])
}
