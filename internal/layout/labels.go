package layout

import (
	"cmp"
	"math"
	"slices"

	"github.com/asbuilt/asbuilt/internal/geometry"
)

const (
	clearance     = 1  // pixels between a label and whatever it must not touch, at least
	berthOfLabels = 3  // pixels between a label and the line beside which it is put
	perCurve      = 16 // points of a curve that are looked at, at least
	mostPerCurve  = 96
	perStep       = 40 // pixels between two of them, where the curve is long
)

// labels moves the labels that touch a card, a frame's title or another label. The engine reserves room
// for most of them, but not for those between cards of one row. Where cards hold their places there may be no room
// near its line: strictly, such a label gets none, and the painter puts a number there.
func labels(r geometry.Request, p *geometry.Plan, strictly bool) {
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
		box, ok := near(p, i, r.Edges[i].Label, placed)
		switch {
		case ok:
		case strictly:
			e.Label = geometry.Rect{}
			continue
		default:
			box = far(e.Points, r.Edges[i].Label, placed)
		}
		e.Label = box
		placed = append(placed, box)
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

// near finds room for a label beside its line or on it, the nearer to the middle the better: clear of other lines
// where that can be had.
func near(p *geometry.Plan, edge int, size geometry.Size, placed []geometry.Rect) (geometry.Rect, bool) {
	var second geometry.Rect
	line := walk(p.Edges[edge].Points)
	for _, i := range fromMiddle(line) {
		for _, box := range beside(line, i, size) {
			switch {
			case !free(box, placed):
			case !crossed(p, edge, box):
				return box, true
			case second == (geometry.Rect{}):
				second = box
			}
		}
	}
	return second, second != (geometry.Rect{})
}

// beside are the places of a label at a point of its line: above or right of it, below or left, on it.
func beside(line []geometry.Point, i int, size geometry.Size) [3]geometry.Rect {
	from, to := line[max(i-1, 0)], line[min(i+1, len(line)-1)]
	length := distance(from, to)
	if length == 0 {
		length = 1
	}
	normal := geometry.Point{X: (to.Y - from.Y) / length, Y: (from.X - to.X) / length}
	upright := math.Abs(normal.X) > math.Abs(normal.Y)
	if upright && normal.X < 0 || !upright && normal.Y > 0 {
		normal = geometry.Point{X: -normal.X, Y: -normal.Y}
	}
	off := float64(math.Abs(normal.X)*size.W/2) + float64(math.Abs(normal.Y)*size.H/2) + berthOfLabels
	at := func(by float64) geometry.Rect {
		return around(geometry.Point{X: line[i].X + float64(normal.X*by), Y: line[i].Y + float64(normal.Y*by)}, size)
	}
	return [3]geometry.Rect{at(off), at(-off), at(0)}
}

// crossed reports whether another line than its own runs behind a label.
func crossed(p *geometry.Plan, edge int, label geometry.Rect) bool {
	for i, e := range p.Edges {
		if i == edge || !overlap(hull(e.Points), label, -clearance) {
			continue
		}
		for _, piece := range pieces(e.Points) {
			if from, to, ok := crossing(piece, label.Y, label.Y+label.H); ok && from < label.X+label.W && to > label.X {
				return true
			}
		}
	}
	return false
}

// hull is a box around a route.
func hull(points []geometry.Point) geometry.Rect {
	all := geometry.Rect{X: points[0].X, Y: points[0].Y}
	for _, at := range points[1:] {
		all = union(all, geometry.Rect{X: at.X, Y: at.Y})
	}
	return all
}

// far finds room for a label on a ring around the middle of its line, the narrower the better. Far enough out
// there is always room.
func far(points []geometry.Point, size geometry.Size, placed []geometry.Rect) geometry.Rect {
	line := walk(points)
	middle := line[fromMiddle(line)[0]]
	dx, dy := size.W/2+berthOfLabels, size.H/2+berthOfLabels
	for ring := 1.0; ; ring++ {
		for _, way := range [...]geometry.Point{{X: 1}, {X: -1}, {Y: -1}, {Y: 1}, {X: 1, Y: -1}, {X: 1, Y: 1}, {X: -1, Y: 1}, {X: -1, Y: -1}} {
			at := geometry.Point{X: middle.X + float64(way.X*ring*dx), Y: middle.Y + float64(way.Y*ring*dy)}
			if box := around(at, size); free(box, placed) {
				return box
			}
		}
	}
}

// fromMiddle orders the points of a line, by index, by how far along the line they are from its middle.
func fromMiddle(line []geometry.Point) []int {
	way := make([]float64, len(line)) // from the line's start
	order := make([]int, len(line))
	for i := 1; i < len(line); i++ {
		way[i] = way[i-1] + distance(line[i-1], line[i])
		order[i] = i
	}
	half := way[len(way)-1] / 2
	slices.SortStableFunc(order, func(a, b int) int {
		return cmp.Compare(math.Abs(way[a]-half), math.Abs(way[b]-half))
	})
	return order
}

// walk is points along a route, near enough to each other that no card slips between two.
func walk(points []geometry.Point) []geometry.Point {
	line := make([]geometry.Point, 0, len(points)/3*perCurve+1)
	for i := 0; i+3 < len(points); i += 3 {
		curve := points[i : i+4]
		extent := hull(curve)
		steps := min(max(perCurve, int((extent.W+extent.H)/perStep)), mostPerCurve)
		for step := range steps {
			line = append(line, bezier(curve, float64(step)/float64(steps)))
		}
	}
	return append(line, points[len(points)-1])
}
