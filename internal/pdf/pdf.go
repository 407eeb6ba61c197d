// Package pdf draws areas, lines and words on one page of a PDF, as large as the picture. The words stay words: they
// are set in the font that was measured, of which the file holds the characters that it uses. The same picture is the
// same bytes: the file knows no time and no number of its own.
package pdf

import (
	"bytes"
	"fmt"
	"image/color"
	"math"
	"time"

	"codeberg.org/go-pdf/fpdf"

	"github.com/asbuilt/asbuilt/internal/font"
	"github.com/asbuilt/asbuilt/internal/geometry"
)

const (
	pointsPerPixel = 0.75    // 72 of 96 to the inch
	mostPoints     = 14400.0 // the width and height that readers open
	family         = "Liberation Sans"
)

// Page is a page that is being drawn. Places are in pixels.
type Page struct {
	doc   *fpdf.Fpdf
	scale float64
	used  [2]bool // weights that words were written in
}

// New makes a page. One that would be larger than a PDF can have is shrunk to what it can.
func New(size geometry.Size) *Page {
	scale := min(pointsPerPixel, mostPoints/max(size.W, size.H))
	page := fpdf.SizeType{Wd: size.W * scale, Ht: size.H * scale}
	doc := fpdf.NewCustom(&fpdf.InitType{UnitStr: "pt", Size: page})
	doc.SetCatalogSort(true)
	doc.SetCreationDate(epoch)
	doc.SetModificationDate(epoch)
	doc.SetAutoPageBreak(false, 0)
	doc.AddPageFormat("P", page)
	doc.RawWriteStr("4 M\n") // a corner is cut off where SVG cuts it
	return &Page{doc: doc, scale: scale}
}

// About says what the file is.
func (p *Page) About(title, summary string) {
	p.doc.SetTitle(title, true)
	p.doc.SetSubject(summary, true)
	p.doc.SetProducer("asbuilt", true)
}

// Fill draws an area.
func (p *Page) Fill(area geometry.Path, c color.RGBA) { p.fill(area, c, "F") }

// FillEvenOdd draws an area with a hole wherever outlines overlap.
func (p *Page) FillEvenOdd(area geometry.Path, c color.RGBA) { p.fill(area, c, "F*") }

func (p *Page) fill(area geometry.Path, c color.RGBA, how string) {
	p.trace(area)
	p.doc.SetFillColor(int(c.R), int(c.G), int(c.B))
	if c.A == 255 {
		p.doc.DrawPath(how)
		return
	}
	p.doc.SetAlpha(float64(c.A)/255, "Normal")
	p.doc.DrawPath(how)
	p.doc.SetAlpha(1, "Normal")
}

// Stroke draws along a path.
func (p *Page) Stroke(line geometry.Path, pen geometry.Pen, c color.RGBA) {
	p.doc.SetDrawColor(int(c.R), int(c.G), int(c.B))
	p.doc.SetLineWidth(pen.Width * p.scale)
	p.doc.SetLineCapStyle(style(pen.RoundCap, "butt"))
	p.doc.SetLineJoinStyle(style(pen.RoundJoin, "miter"))
	dash := make([]float64, len(pen.Dash))
	for i, length := range pen.Dash {
		dash[i] = length * p.scale
	}
	p.doc.SetDashPattern(dash, 0)
	p.trace(line)
	p.doc.DrawPath("D")
}

func style(round bool, flat string) string {
	if round {
		return "round"
	}
	return flat
}

// trace goes along a path without drawing.
func (p *Page) trace(path geometry.Path) {
	k := p.scale
	for _, s := range path.Steps {
		switch s.Kind {
		case geometry.Move:
			p.doc.MoveTo(s.To.X*k, s.To.Y*k)
		case geometry.Line:
			p.doc.LineTo(s.To.X*k, s.To.Y*k)
		case geometry.Curve:
			p.doc.CurveBezierCubicTo(s.A.X*k, s.A.Y*k, s.B.X*k, s.B.Y*k, s.To.X*k, s.To.Y*k)
		case geometry.End:
			p.doc.ClosePath()
		}
	}
}

// Link makes a box lead somewhere.
func (p *Page) Link(target string, box geometry.Rect) {
	p.doc.LinkString(box.X*p.scale, box.Y*p.scale, box.W*p.scale, box.H*p.scale, target)
}

// Write writes a line whose baseline begins at a point. A character that the font lacks is a box of its width.
func (p *Page) Write(s font.Style, at geometry.Point, text string, c color.RGBA) error {
	p.doc.SetTextColor(int(c.R), int(c.G), int(c.B))
	weight, i := "", 0
	if s.Bold {
		weight, i = "B", 1
	}
	if !p.used[i] {
		p.doc.AddUTF8FontFromBytes(family, weight, font.File(s.Bold))
		p.used[i] = true
	}
	p.doc.SetFont(family, weight, s.Size*p.scale)
	for _, part := range parts(s, font.Set(s, text)) {
		if part.text == "" {
			p.missing(s, geometry.Point{X: at.X + part.x, Y: at.Y}, part.width, c)
			continue
		}
		p.doc.Text((at.X+part.x)*p.scale, at.Y*p.scale, part.text)
	}
	return p.doc.Error()
}

// missing stands for what the font does not have.
func (p *Page) missing(s font.Style, at geometry.Point, width float64, c color.RGBA) {
	box, line := font.Missing(s, at, width)
	if box.W > 0 {
		var path geometry.Path
		path.Box(box, 0)
		p.Stroke(path, geometry.Pen{Width: line}, c)
	}
}

// part is characters of a line that follow one another as the font has them, or the place of one that it lacks.
type part struct {
	text  string
	x     float64
	width float64 // of what is lacking
}

// parts puts characters together again, with the spaces between them.
func parts(s font.Style, glyphs []font.Glyph) []part {
	space := font.Width(s, " ")
	var out []part
	end := math.Inf(-1) // of the part before
	for _, g := range glyphs {
		if g.Rune == 0 {
			out = append(out, part{x: g.X, width: g.Width})
			end = math.Inf(-1)
			continue
		}
		gap := g.X - end
		spaces := int(math.Round(gap / space))
		switch {
		case math.Abs(gap) < 0.001:
			out[len(out)-1].text += string(g.Rune)
		case spaces > 0 && spaces < 4 && math.Abs(gap-float64(spaces)*space) < 0.001:
			for range spaces {
				out[len(out)-1].text += " "
			}
			out[len(out)-1].text += string(g.Rune)
		default:
			out = append(out, part{x: g.X, text: string(g.Rune)})
		}
		end = g.X + font.Width(s, string(g.Rune))
	}
	return out
}

// epoch is not now.
var epoch = time.Unix(0, 0).UTC()

// Bytes finishes the file, with words of ours about it in a comment on the second line.
func (p *Page) Bytes(about string) ([]byte, error) {
	var out bytes.Buffer
	if err := p.doc.Output(&out); err != nil {
		return nil, fmt.Errorf("the PDF: %w", err)
	}
	return commented(timeless(out.Bytes()), about)
}
