package layout

import (
	"math"
	"slices"

	"github.com/asbuilt/asbuilt/internal/geometry"
)

// mostStrips is into how many columns and rows a plane is cut, at most.
const mostStrips = 64

// fences are boxes in the way of lines, found by the cells of a plane in which they lie, so that a line looks at few of them.
// The plane is cut where boxes are: one that stands far away makes no cell large.
type fences struct {
	boxes         []geometry.Rect
	columns, rows []float64 // where each but the first begins
	cells         [][]int32 // row by row: which boxes lie there
	looks         int       // whether a line runs through a box
}

// fence spreads boxes over a plane. The zero box is in nobody's way. No line is asked to keep farther from a box than most.
func fence(boxes []geometry.Rect, most float64) *fences {
	f := &fences{boxes: boxes}
	var x, y []float64
	for _, box := range boxes {
		if box != (geometry.Rect{}) {
			x, y = append(x, box.X), append(y, box.Y)
		}
	}
	f.columns, f.rows = cuts(x), cuts(y)
	f.cells = make([][]int32, (len(f.columns)+1)*(len(f.rows)+1))
	for i, box := range boxes {
		if box == (geometry.Rect{}) {
			continue
		}
		box = grow(box, most)
		for row := strip(f.rows, box.Y); row <= strip(f.rows, box.Y+box.H); row++ {
			for column := strip(f.columns, box.X); column <= strip(f.columns, box.X+box.W); column++ {
				at := f.cell(row, column)
				f.cells[at] = append(f.cells[at], int32(i))
			}
		}
	}
	return f
}

// cuts are the borders of strips in which about equally many boxes begin: as many as there are boxes in each.
func cuts(starts []float64) []float64 {
	slices.Sort(starts)
	strips := 1
	for strips*strips < len(starts) && strips < mostStrips {
		strips++
	}
	var out []float64
	for i := 1; i < strips; i++ {
		out = append(out, starts[i*len(starts)/strips])
	}
	return slices.Compact(out)
}

// strip is the column or row of a place.
func strip(cuts []float64, at float64) int {
	i, found := slices.BinarySearch(cuts, at)
	if found {
		i++
	}
	return i
}

func (f *fences) cell(row, column int) int { return row*(len(f.columns)+1) + column }

// crossed visits the boxes to which a straight piece comes nearer than berth, some more than once, until visit says no.
func (f *fences) crossed(piece [2]geometry.Point, berth float64, visit func(box int) bool) {
	for row, last := strip(f.rows, min(piece[0].Y, piece[1].Y)), strip(f.rows, max(piece[0].Y, piece[1].Y)); row <= last; row++ {
		top, bottom := math.Inf(-1), math.Inf(1)
		if row > 0 {
			top = f.rows[row-1] - 1 // a pixel more than it takes: rounding may not lose a cell
		}
		if row < len(f.rows) {
			bottom = f.rows[row] + 1
		}
		from, to, _ := crossing(piece, top, bottom)
		for column, end := strip(f.columns, from-1), strip(f.columns, to+1); column <= end; column++ {
			for _, i := range f.cells[f.cell(row, column)] {
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
	left, right := strip(f.columns, by.X), strip(f.columns, by.X+by.W)
	for row, last := strip(f.rows, by.Y), strip(f.rows, by.Y+by.H); row <= last; row++ {
		for column := left; column <= right; column++ {
			for _, i := range f.cells[f.cell(row, column)] {
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
