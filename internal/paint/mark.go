package paint

import (
	"strconv"

	"github.com/asbuilt/asbuilt/internal/geometry"
	"github.com/asbuilt/asbuilt/internal/sheet"
)

// mark draws a letter or number on a small field around a point; the radius is of the field's corners.
func (p *painter) mark(text string, at geometry.Point, radius float64) {
	const size = sheet.MarkSize - 1
	attrs := p.area(canvas, ink, 1, "")
	p.leaf(elemRect, append(attrs, num("x", at.X-size/2), num("y", at.Y-size/2), num("width", size), num("height", size), num("rx", radius))...)
	s := sheet.Badge.Setting()
	p.line(sheet.Line{Text: text, Role: sheet.Badge, At: geometry.Point{X: at.X, Y: at.Y - s.Height/2 + s.Baseline()}, Middle: true}, ink)
}

// homeless reports an edge whose words found no room in the drawing: the legend says them, beside a number.
func homeless(l sheet.Label, r geometry.Route) bool {
	return len(l.Lines) > 0 && r.Label == (geometry.Rect{})
}

// numbered lists the legend's entries for the words that found no room, in the order of the edges.
func numbered(s *sheet.Sheet, plan geometry.Plan) []sheet.Entry {
	var out []sheet.Entry
	for i, l := range s.Labels {
		if !homeless(l, plan.Edges[i]) {
			continue
		}
		number := sheet.Sample{Kind: sheet.NumberSample, Name: strconv.Itoa(len(out) + 1)}
		out = append(out, sheet.NewEntry(number, l.Text))
	}
	return out
}

// numbers puts the numbers on their edges.
func (p *painter) numbers() {
	n := 0
	for i, l := range p.words.Labels {
		if route := p.plan.Edges[i]; homeless(l, route) {
			n++
			p.mark(strconv.Itoa(n), route.Number, sheet.MarkSize/2)
		}
	}
}
