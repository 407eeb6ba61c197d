package paint

import (
	"math"

	"github.com/asbuilt/asbuilt/internal/geometry"
	"github.com/asbuilt/asbuilt/internal/sheet"
)

const (
	margin     = 24.0
	sectionGap = 24.0 // between title, drawing and legend
	footerGap  = 14.0
	leastWidth = 320.0
	rowHeight  = sheet.EntryHeight + 2
)

// page is where the parts of a picture stand: title, drawing, legend, imprint, one under the other.
type page struct {
	size    geometry.Size
	header  geometry.Point
	drawing geometry.Point
	legend  geometry.Point
	footer  geometry.Point
	entries []sheet.Entry // of the legend
	rows    []row
}

// row is a row of legend entries.
type row struct{ from, to int }

func newPage(s *sheet.Sheet, plan geometry.Plan) page {
	width := math.Ceil(max(plan.Size.W, s.Header.Size.W, s.Footer.Size.W, leastWidth))
	p := page{entries: append(s.Legend[:len(s.Legend):len(s.Legend)], numbered(s, plan)...)}
	for _, e := range p.entries {
		width = max(width, e.Size.W)
	}
	y := margin
	p.header = geometry.Point{X: margin, Y: y}
	if s.Header.Size.H > 0 {
		y += s.Header.Size.H + sectionGap
	}
	p.drawing = geometry.Point{X: margin + math.Floor((width-plan.Size.W)/2), Y: y}
	y += math.Ceil(plan.Size.H)
	if p.rows = rows(p.entries, width); len(p.rows) > 0 {
		y += sectionGap
		p.legend = geometry.Point{X: margin, Y: y}
		y += float64(len(p.rows)) * rowHeight
	}
	y += footerGap
	p.footer = geometry.Point{X: margin, Y: y}
	p.size = geometry.Size{W: width + 2*margin, H: y + s.Footer.Size.H + margin - 6}
	return p
}

// rows breaks the legend into rows of a width.
func rows(entries []sheet.Entry, width float64) []row {
	var out []row
	x := 0.0
	for i, e := range entries {
		if i == 0 || x+e.Size.W > width {
			out = append(out, row{i, i})
			x = 0
		}
		out[len(out)-1].to = i + 1
		x += e.Size.W + sheet.EntrySpacing
	}
	return out
}

func (p page) viewBox() string {
	b := []byte("0 0 ")
	b = append(appendNumber(b, p.size.W), ' ')
	return string(appendNumber(b, p.size.H))
}
