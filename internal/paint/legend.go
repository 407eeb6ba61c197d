package paint

import (
	"cmp"

	"github.com/asbuilt/asbuilt/internal/geometry"
	"github.com/asbuilt/asbuilt/internal/sheet"
	"github.com/asbuilt/asbuilt/pkg/diagram"
)

// legend draws a row of samples with their meanings, or several.
func (p *painter) legend() {
	if len(p.page.rows) == 0 {
		return
	}
	p.open(elemGroup, att("aria-label", "Legend"), att("class", "ab-legend"), att("role", "graphics-object group"), p.at(p.page.legend.X, p.page.legend.Y, 1))
	for i, r := range p.page.rows {
		x := 0.0
		for _, e := range p.page.entries[r.from:r.to] {
			p.open(elemGroup, p.at(x, float64(i)*rowHeight, 1))
			p.sample(e.Sample)
			p.line(e.Line, roleColor(e.Line.Role))
			p.close(elemGroup)
			x += e.Size.W + sheet.EntrySpacing
		}
	}
	p.close(elemGroup)
}

func (p *painter) sample(s sheet.Sample) {
	middle := sheet.EntryHeight / 2
	switch s.Kind {
	case sheet.TypeSample:
		p.icon(s.Icon, p.hueOf(s.Name, s.Color).Color(mark), geometry.Rect{Y: middle - sheet.IconSize/2, W: sheet.IconSize, H: sheet.IconSize})
	case sheet.LookSample:
		p.swatch(s, middle)
	case sheet.BadgeSample:
		p.mark(s.Name, geometry.Point{X: sheet.MarkSize / 2, Y: middle}, 4)
	case sheet.NumberSample:
		p.mark(s.Name, geometry.Point{X: sheet.MarkSize / 2, Y: middle}, sheet.MarkSize/2)
	default:
		p.route(straight(geometry.Point{Y: middle}, geometry.Point{X: sheet.SampleWidth, Y: middle}), p.samplePen(s))
	}
}

// swatch is a card without words; where the borders of cards have no colour, it looks as the field of an icon.
func (p *painter) swatch(s sheet.Sample, middle float64) {
	const height = 14.0
	h := p.hueOf("", s.Color)
	inside, line := h.Color(fill), h.Color(outline)
	if marked := h.Color(mark); p.colors.Tone(line).Light != p.colors.Tone(marked).Light {
		inside, line = h.Color(field), marked
	}
	attrs := dashed(p.area(inside, line, cmp.Or(s.Width, thin), ""), styleDashes[s.Line])
	p.leaf(elemRect, append(attrs, num("x", 1), num("y", middle-height/2), num("width", sheet.SwatchWidth-2), num("height", height), num("rx", 3))...)
}

func (p *painter) samplePen(s sheet.Sample) pen {
	switch s.Kind {
	case sheet.VerdictSample:
		return p.penOf(diagram.Edge{Verdict: s.Name}, true)
	case sheet.StatusSample:
		return p.penOf(diagram.Edge{Status: s.Name, Crosses: p.allCross(s.Name)}, false)
	case sheet.LineSample:
		return p.penOf(diagram.Edge{Look: s.Look}, false)
	}
	switch s.Name {
	case sheet.SignalSample:
		return p.messagePen(diagram.Edge{Async: true})
	case sheet.ReplySample:
		return p.messagePen(diagram.Edge{Reply: true})
	}
	if s.Name == sheet.ReachSample {
		return p.penOf(diagram.Edge{Reaches: true, Verdict: "divergence"}, true)
	}
	return p.penOf(diagram.Edge{Async: s.Name == "async", Crosses: s.Name == "crosses"}, false)
}

// allCross reports whether every line of a status leads from one team to another: then they all have that colour.
func (p *painter) allCross(status string) bool {
	some := false
	for _, e := range p.diagram.Edges {
		if e.Status == status && !e.Crosses {
			return false
		}
		some = some || e.Status == status
	}
	return some
}

func straight(a, b geometry.Point) []geometry.Point {
	return []geometry.Point{a, between(a, b, 1.0/3), between(a, b, 2.0/3), b}
}
