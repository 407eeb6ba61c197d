// Package raster draws areas and lines as dots, and writes them as PNG. All is done in whole numbers once the
// corners are known, in 256ths of a dot: the same picture is the same bytes on every machine.
//
// A picture is kept as the dots that outlines cross, by row; whole rows are put together only when they are written.
// So its size costs next to nothing, and the time goes where there is something to see.
package raster

import (
	"image/color"
	"slices"

	"github.com/asbuilt/asbuilt/internal/geometry"
)

// Image is a picture that is being drawn.
type Image struct {
	width, height int // dots
	scale         float64
	colors        []color.RGBA   // of the areas, in their order
	blocks        [][]cell       // all but the last are full: what has been noted is never moved
	holed         map[int32]bool // areas that are not filled where they overlap themselves
	flat          flattener
	scribe        scribe
}

// one is a dot in the units of corners.
const one = 256

// cell is what an outline does to a dot: how much of its row it covers from here on, and how much of that lies
// left of the line within the dot.
type cell struct {
	y, x        int32
	area        int32 // index of its colour
	cover, left int32
}

// New makes a picture of a size in pixels, each scale × scale dots.
func New(size geometry.Size, scale float64) *Image {
	m := &Image{width: dots(size.W, scale), height: dots(size.H, scale), scale: scale}
	m.flat.tolerance = flatness / scale
	m.blocks = [][]cell{make([]cell, 0, blockCells)}
	m.scribe.glyphs = map[glyph][]outline{}
	return m
}

func dots(length, scale float64) int {
	whole := int(length * scale)
	if float64(whole) < length*scale {
		whole++
	}
	return whole
}

// Fill draws an area. Where outlines overlap, it is filled once.
func (m *Image) Fill(p geometry.Path, c color.RGBA) {
	m.begin(c)
	for _, piece := range m.flat.pieces(p) {
		m.polygon(piece.points)
	}
}

// FillEvenOdd draws an area with a hole wherever outlines overlap.
func (m *Image) FillEvenOdd(p geometry.Path, c color.RGBA) {
	m.Fill(p, c)
	if m.holed == nil {
		m.holed = map[int32]bool{}
	}
	m.holed[int32(len(m.colors)-1)] = true
}

// Stroke draws along a path.
func (m *Image) Stroke(p geometry.Path, pen geometry.Pen, c color.RGBA) {
	m.begin(c)
	s := stroker{image: m, pen: pen, radius: pen.Width / 2}
	for _, piece := range m.flat.pieces(p) {
		for _, dash := range dashed(piece, pen.Dash) {
			s.draw(dash)
		}
	}
}

func (m *Image) begin(c color.RGBA) { m.colors = append(m.colors, c) }

// polygon adds an outline in pixels.
func (m *Image) polygon(points []geometry.Point) {
	if len(points) < 3 {
		return
	}
	lastX, lastY := m.unit(points[len(points)-1])
	for _, p := range points {
		x, y := m.unit(p)
		m.edge(lastX, lastY, x, y)
		lastX, lastY = x, y
	}
}

func (m *Image) unit(p geometry.Point) (x, y int) { return unit(p.X * m.scale), unit(p.Y * m.scale) }

// unit rounds dots to 256ths.
func unit(v float64) int { return floor(float64(v*one) + 0.5) }

func floor(v float64) int {
	whole := int(v)
	if float64(whole) > v {
		whole--
	}
	return whole
}

// edge adds a line of an outline, row by row.
func (m *Image) edge(x0, y0, x1, y1 int) {
	if y0 == y1 {
		return
	}
	dx, dy := x1-x0, y1-y0
	for x, y := x0, y0; y != y1; {
		row := y >> 8
		next := (row + 1) << 8
		if dy < 0 {
			if y&(one-1) == 0 {
				row--
			}
			next = row << 8
		}
		nextX := x1
		if dy > 0 && next < y1 || dy < 0 && next > y1 {
			nextX = x0 + divide(dx*(next-y0), dy)
		} else {
			next = y1
		}
		if row >= 0 && row < m.height {
			m.row(row, x, y, nextX, next)
		}
		x, y = nextX, next
	}
}

// row adds a line that stays in a row, dot by dot.
func (m *Image) row(row, x0, y0, x1, y1 int) {
	dx, dy := x1-x0, y1-y0
	for x, y := x0, y0; ; {
		column := x >> 8
		if dx < 0 && x&(one-1) == 0 && x != x1 {
			column--
		}
		end := (column + 1) << 8
		if dx < 0 {
			end = column << 8
		}
		if dx >= 0 && end >= x1 || dx < 0 && end <= x1 {
			m.add(row, column, x+x1-2*column<<8, y1-y)
			return
		}
		endY := y0 + divide(dy*(end-x0), dx)
		m.add(row, column, x+end-2*column<<8, endY-y)
		x, y = end, endY
	}
}

// divide rounds down.
func divide(a, b int) int {
	q := a / b
	if a%b != 0 && (a < 0) != (b < 0) {
		q--
	}
	return q
}

// add notes what a line does in a dot. What lies left of the picture counts from its border, what lies right of
// it for nothing.
func (m *Image) add(row, column, twice, cover int) {
	if cover == 0 || column >= m.width {
		return
	}
	if column < 0 {
		column, twice = 0, 0
	}
	area := int32(len(m.colors) - 1)
	block := &m.blocks[len(m.blocks)-1]
	if n := len(*block); n > 0 {
		if last := &(*block)[n-1]; last.area == area && int(last.y) == row && int(last.x) == column {
			last.cover += int32(cover)
			last.left += int32(twice * cover)
			return
		}
	}
	if len(*block) == cap(*block) {
		m.blocks = append(m.blocks, make([]cell, 0, blockCells))
		block = &m.blocks[len(m.blocks)-1]
	}
	*block = append(*block, cell{int32(row), int32(column), area, int32(cover), int32(twice * cover)})
}

const blockCells = 1 << 14

// ordered is the dots of a picture by row, by area, from left to right.
type ordered struct {
	cells  []cell
	starts []int // where a row's dots begin
}

func (o ordered) row(y int) []cell { return o.cells[o.starts[y]:o.starts[y+1]] }

func (m *Image) sorted() ordered {
	starts := make([]int, m.height+1)
	n := 0
	for _, block := range m.blocks {
		n += len(block)
		for _, c := range block {
			starts[c.y+1]++
		}
	}
	for i := range m.height {
		starts[i+1] += starts[i]
	}
	out := ordered{make([]cell, n), starts}
	at := slices.Clone(starts)
	for _, block := range m.blocks {
		for _, c := range block {
			out.cells[at[c.y]] = c
			at[c.y]++
		}
	}
	var s sorter
	for y := range m.height {
		row := out.row(y)
		for from := 0; from < len(row); {
			to := from + 1
			for to < len(row) && row[to].area == row[from].area {
				to++
			}
			s.sort(row[from:to])
			from = to
		}
	}
	return out
}

// paint puts the areas of a row over each other.
func (m *Image) paint(row []byte, cells []cell) {
	for i := 0; i < len(cells); {
		area, cover := cells[i].area, int32(0)
		c, covered := m.colors[area], strength
		if m.holed[area] {
			covered = oddStrength
		}
		for i < len(cells) && cells[i].area == area {
			x, left := cells[i].x, int32(0)
			for ; i < len(cells) && cells[i].area == area && cells[i].x == x; i++ {
				cover += cells[i].cover
				left += cells[i].left
			}
			blend(row[3*x:3*x+3], c, covered(cover*2*one-left))
			if i < len(cells) && cells[i].area == area && cover != 0 {
				blend(row[3*(x+1):3*cells[i].x], c, covered(cover*2*one))
			}
		}
		if cover != 0 { // the right side lies beyond the picture
			blend(row[3*(cells[i-1].x+1):], c, covered(cover*2*one))
		}
	}
}

// strength is how much of a dot is covered, of 255, from twice the area in units.
func strength(twice int32) uint32 {
	if twice < 0 {
		twice = -twice
	}
	return min(uint32(twice)>>9, 255)
}

// oddStrength is strength where what is covered twice is not covered.
func oddStrength(twice int32) uint32 {
	const whole = 2 * one * one
	if twice < 0 {
		twice = -twice
	}
	if twice %= 2 * whole; twice > whole {
		twice = 2*whole - twice
	}
	return strength(twice)
}

// blend paints dots.
func blend(dots []byte, c color.RGBA, strength uint32) {
	if c.A != 255 {
		strength = strength * uint32(c.A) / 255
	}
	if strength == 0 || len(dots) == 0 {
		return
	}
	if strength == 255 {
		dots[0], dots[1], dots[2] = c.R, c.G, c.B
		for n := 3; n < len(dots); n *= 2 {
			copy(dots[n:], dots[:n])
		}
		return
	}
	for i := 0; i+2 < len(dots); i += 3 {
		dots[i] = mixed(dots[i], c.R, strength)
		dots[i+1] = mixed(dots[i+1], c.G, strength)
		dots[i+2] = mixed(dots[i+2], c.B, strength)
	}
}

func mixed(under, over byte, strength uint32) byte {
	return byte((uint32(under)*(255-strength) + uint32(over)*strength + 127) / 255)
}
