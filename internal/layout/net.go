package layout

import (
	"math"
	"slices"

	"github.com/asbuilt/asbuilt/internal/geometry"
)

// mesh is the size of a net's cells, in pixels: about a label's.
const mesh = 64

// net finds the lines that run through a box without looking at all: it knows which pieces lie in which cell.
type net map[[2]int][]thread

// thread is a straight piece of a line.
type thread struct {
	line int
	ends [2]geometry.Point
}

// spread is a net of lines.
func spread(lines [][]geometry.Point) net {
	n := net{}
	for i, line := range lines {
		n.add(i, line)
	}
	return n
}

// add puts a line into a net.
func (n net) add(index int, line []geometry.Point) {
	for j, to := range line[1:] {
		from, steps := line[j], max(math.Ceil(distance(line[j], to)/mesh), 1)
		for step := 0.0; step < steps; step++ { // a long piece lies in few of the cells of the box around it
			ends := [2]geometry.Point{along(from, to, step/steps), along(from, to, (step+1)/steps)}
			for cell := range cells(hull(ends[:])) {
				n[cell] = append(n[cell], thread{index, ends})
			}
		}
	}
}

// count is how many lines but one run through a box.
func (n net) count(box geometry.Rect, but int) int {
	var found []int
	for cell := range cells(box) {
		for _, t := range n[cell] {
			if t.line == but || slices.Contains(found, t.line) {
				continue
			}
			if from, to, ok := crossing(t.ends, box.Y, box.Y+box.H); ok && from < box.X+box.W && to > box.X {
				found = append(found, t.line)
			}
		}
	}
	return len(found)
}

// cells are the cells in which a box lies.
func cells(box geometry.Rect) func(yield func([2]int) bool) {
	cell := func(at float64) int { return int(math.Floor(at / mesh)) }
	return func(yield func([2]int) bool) {
		for x := cell(box.X); x <= cell(box.X+box.W); x++ {
			for y := cell(box.Y); y <= cell(box.Y+box.H); y++ {
				if !yield([2]int{x, y}) {
					return
				}
			}
		}
	}
}
