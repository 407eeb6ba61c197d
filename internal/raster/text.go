package raster

import (
	"image/color"

	"github.com/asbuilt/asbuilt/internal/font"
	"github.com/asbuilt/asbuilt/internal/geometry"
)

// scribe has the outlines of the characters that a picture uses.
type scribe struct {
	faces  font.Faces
	glyphs map[glyph][]outline
}

// glyph is a character in a style.
type glyph struct {
	style font.Style
	r     rune
}

// outline is one of a character's, in units from its origin.
type outline [][2]int

// Write writes a line whose baseline begins at a point. A character that the font lacks is a box of its width.
func (m *Image) Write(style font.Style, at geometry.Point, text string, c color.RGBA) error {
	m.begin(c)
	y := unit(at.Y * m.scale)
	for _, g := range font.Set(style, text) {
		if g.Rune == 0 {
			m.missing(style, geometry.Point{X: at.X + g.X, Y: at.Y}, g.Width)
			continue
		}
		outlines, err := m.outlines(glyph{style, g.Rune})
		if err != nil {
			return err
		}
		x := unit((at.X + g.X) * m.scale)
		for _, o := range outlines {
			last := o[len(o)-1]
			for _, p := range o {
				m.edge(x+last[0], y+last[1], x+p[0], y+p[1])
				last = p
			}
		}
	}
	return nil
}

func (m *Image) outlines(g glyph) ([]outline, error) {
	if known, ok := m.scribe.glyphs[g]; ok {
		return known, nil
	}
	path, err := m.scribe.faces.Outline(g.style.Bold, g.r)
	if err != nil {
		return nil, err
	}
	size := g.style.Size * m.scale
	var out []outline
	for _, piece := range (flattener{tolerance: flatness / size}).pieces(path) {
		var o outline
		for _, p := range piece.points {
			o = append(o, [2]int{unit(p.X * size), unit(p.Y * size)})
		}
		out = append(out, o)
	}
	m.scribe.glyphs[g] = out
	return out, nil
}

// missing stands for what the font does not have.
func (m *Image) missing(style font.Style, at geometry.Point, width float64) {
	box, line := font.Missing(style, at, width)
	if box.W == 0 {
		return
	}
	var p geometry.Path
	p.Box(box, 0)
	pen := stroker{image: m, pen: geometry.Pen{Width: line}, radius: line / 2}
	for _, piece := range m.flat.pieces(p) {
		pen.draw(piece)
	}
}
