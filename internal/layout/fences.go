package layout

import (
	"math"

	"github.com/asbuilt/asbuilt/internal/geometry"
)

// mostFences is how many cells a plane of fences has along each side, at most.
const mostFences = 64

// fences are boxes in the way of lines, found by the cells of a plane in which they lie, so that a line looks at few of them.
type fences struct {
	boxes []geometry.Rect
	whole geometry.Rect // around all of them
	side  int           // cells along each side
	cells [][]int32     // row by row: which boxes lie there
	looks int           // whether a line runs through a box
}

// fence spreads boxes over a plane. The zero box is in nobody's way. No line is asked to keep farther from a box than most.
func fence(boxes []geometry.Rect, most float64) *fences {
	f := &fences{boxes: boxes, side: 1}
	count := 0
	for _, box := range boxes {
		if box == (geometry.Rect{}) {
			continue
		}
		if count++; count == 1 {
			f.whole = grow(box, most)
		}
		f.whole = union(f.whole, grow(box, most))
	}
	for f.side*f.side < count && f.side < mostFences {
		f.side++
	}
	f.cells = make([][]int32, f.side*f.side)
	for i, box := range boxes {
		if box == (geometry.Rect{}) {
			continue
		}
		box = grow(box, most)
		for row := f.row(box.Y); row <= f.row(box.Y+box.H); row++ {
			for column := f.column(box.X); column <= f.column(box.X+box.W); column++ {
				at := row*f.side + column
				f.cells[at] = append(f.cells[at], int32(i))
			}
		}
	}
	return f
}

func (f *fences) row(y float64) int { return f.cell((y - f.whole.Y) / f.whole.H) }

func (f *fences) column(x float64) int { return f.cell((x - f.whole.X) / f.whole.W) }

func (f *fences) cell(part float64) int {
	return int(min(max(math.Floor(part*float64(f.side)), 0), float64(f.side-1))) // beside the plane there is nothing
}

// crossed visits the boxes to which a straight piece comes nearer than berth, some more than once, until visit says no.
func (f *fences) crossed(piece [2]geometry.Point, berth float64, visit func(box int) bool) {
	if f.whole == (geometry.Rect{}) {
		return
	}
	height := f.whole.H / float64(f.side)
	for row, last := f.row(min(piece[0].Y, piece[1].Y)), f.row(max(piece[0].Y, piece[1].Y)); row <= last; row++ {
		top := f.whole.Y + float64(float64(row)*height)
		from, to, ok := crossing(piece, top-1, top+height+1) // a pixel more than it takes: rounding may not lose a cell
		if !ok {
			continue
		}
		for column, end := f.column(from), f.column(to); column <= end; column++ {
			for _, i := range f.cells[row*f.side+column] {
				f.looks++
				if runsThrough(piece, grow(f.boxes[i], berth)) && !visit(int(i)) {
					return
				}
			}
		}
	}
}

// holds reports whether one of the wanted boxes shares more than a border with a box.
func (f *fences) holds(by geometry.Rect, wanted func(box int) bool) bool {
	for row, last := f.row(by.Y), f.row(by.Y+by.H); row <= last; row++ {
		for column, end := f.column(by.X), f.column(by.X+by.W); column <= end; column++ {
			for _, i := range f.cells[row*f.side+column] {
				if overlap(by, f.boxes[i], 0) && wanted(int(i)) {
					return true
				}
			}
		}
	}
	return false
}

// runsThrough reports whether a straight piece runs through a box or along its border.
func runsThrough(piece [2]geometry.Point, box geometry.Rect) bool {
	from, to, ok := crossing(piece, box.Y, box.Y+box.H)
	return ok && from < box.X+box.W && to > box.X
}

// clear reports whether a straight piece keeps berth from all boxes but two.
func (f *fences) clear(piece [2]geometry.Point, berth float64, but [2]int) bool {
	clear := true
	f.crossed(piece, berth, func(box int) bool {
		clear = box == but[0] || box == but[1]
		return clear
	})
	return clear
}
