package paint

import (
	"github.com/asbuilt/asbuilt/internal/geometry"
	"github.com/asbuilt/asbuilt/internal/sheet"
	"github.com/asbuilt/asbuilt/pkg/diagram"
)

// pen is how an edge is drawn.
type pen struct {
	color color
	width float64
	dash  string
	open  bool // the head of an asynchronous edge
}

// penOf is how an edge looks: by its verdict where the view shows drift, else by what was declared.
func penOf(e diagram.Edge, drift bool) pen {
	p := pen{color: way, width: 1.5, dash: dashes[e.Status], open: e.Async}
	if e.Async && p.dash == "" {
		p.dash = "6 4"
	}
	if !drift {
		return p
	}
	switch e.Verdict {
	case "divergence":
		p.color, p.width, p.dash = divergence, 2.25, ""
	case "waived":
		p.color, p.width = waived, 2
	case "absence":
		p.color, p.dash = absence, "4 4"
	case "unknown":
		p.color, p.dash = absence, "0.1 4"
	}
	return p
}

// edge draws an edge with its label.
func (p *painter) edge(i int) {
	e, l, route := p.diagram.Edges[i], p.words.Labels[i], p.plan.Edges[i]
	attrs := []attr{
		att("aria-label", edgeName(p.diagram, e)), att("class", "ab-edge"), att("role", "graphics-symbol img"),
		att("data-from", clean(p.diagram.Nodes[e.From].Address)), att("data-to", clean(p.diagram.Nodes[e.To].Address)),
		att("data-verdict", e.Verdict),
	}
	if len(e.Evidence) > 0 {
		attrs = append(attrs, att("tabindex", "0"))
	}
	p.open(elemGroup, attrs...)
	p.text(elemTitle, edgeHint(p.diagram, e))
	p.route(p.onOutlines(e, route.Points), penOf(e, p.diagram.Drift))
	if len(l.Lines) > 0 {
		p.label(l, route.Label, penOf(e, p.diagram.Drift).color)
	}
	p.close(elemGroup)
}

// onOutlines moves the ends of a route from the boxes of its cards to their outlines.
func (p *painter) onOutlines(e diagram.Edge, route []geometry.Point) []geometry.Point {
	points := append([]geometry.Point(nil), route...)
	n := len(points)
	for _, end := range [...]struct{ node, tip, handle int }{{e.From, 0, 1}, {e.To, n - 1, n - 2}} {
		d := gap(p.words.Cards[end.node].Shape, p.plan.Nodes[end.node], points[end.tip])
		for _, k := range [...]int{end.tip, end.handle} {
			points[k].X += d.X
			points[k].Y += d.Y
		}
	}
	return points
}

// route draws a line with its head at the end.
func (p *painter) route(points []geometry.Point, pen pen) {
	tip := points[len(points)-1]
	short := shorten(points, headLength)
	base := short[len(short)-1]
	if pen.open {
		short = points
	}
	attrs := p.stroke(pen.color, pen.width, "ab-way")
	if pen.dash != "" {
		attrs = append(attrs, att("stroke-dasharray", pen.dash), att("stroke-linecap", dashCap(pen.dash)))
	}
	p.path(curves(short), attrs...)
	if pen.open {
		attrs = append(p.stroke(pen.color, max(pen.width, 1.75)), att("stroke-linecap", "round"), att("stroke-linejoin", "round"))
		p.path(openHead(base, tip), attrs...)
		return
	}
	p.path(closedHead(base, tip), p.fill(pen.color)...)
}

// dashCap makes dashes of no length dots.
func dashCap(dash string) string {
	if dash[0] == '0' {
		return "round"
	}
	return "butt"
}

// label writes on a plate in the colour of the ground, so that no line runs through the words. The count
// behind a verdict has the edge's own colour.
func (p *painter) label(l sheet.Label, box geometry.Rect, own color) {
	if box == (geometry.Rect{}) {
		return
	}
	x, y := box.X+(box.W-l.Size.W)/2, box.Y+(box.H-l.Size.H)/2
	p.open(elemGroup, p.at(x, y, 1))
	plate := p.fill(p.ground(box.Center()))
	p.leaf(elemRect, append(plate, num("width", l.Size.W), num("height", l.Size.H), num("rx", 3))...)
	for _, line := range l.Lines {
		c := roleColor(line.Role)
		if line.Role == sheet.EdgeCount {
			c = own
		}
		p.line(line, c)
	}
	p.close(elemGroup)
}
