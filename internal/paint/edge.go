package paint

import (
	"cmp"

	"github.com/asbuilt/asbuilt/internal/geometry"
	"github.com/asbuilt/asbuilt/internal/sheet"
	"github.com/asbuilt/asbuilt/pkg/diagram"
)

const (
	grip       = 12.0 // width in which the pointer finds an edge
	plateInset = 3.0  // between a label's room and the plate under its words
)

// pen is how an edge is drawn.
type pen struct {
	color color
	width float64
	dash  string
	open  bool // the head of an asynchronous edge
}

// penOf is how an edge looks: by its verdict where the view shows that something is wrong, else by its style and by
// what was declared.
func (b *brush) penOf(e diagram.Edge, drift bool) pen {
	usual := ""
	if e.Async {
		usual = dashedLine
	}
	p := pen{color: way, width: 1.5, dash: dashOf(e.Status, e.Line, usual), open: e.Async}
	if e.Crosses {
		p.color, p.width = crossing, 2.25
	}
	p = b.styled(p, e.Look)
	if !drift {
		return p
	}
	switch e.Verdict {
	case "divergence":
		p.color, p.width, p.dash = divergence, 2.25, reach(e)
	case "waived":
		p.color, p.width = waived, 2
		p.dash = cmp.Or(reach(e), p.dash)
	case "absence":
		p.color, p.dash = absence, "4 4"
	case "unknown":
		if e.Status != "planned" { // else nobody expects to see it
			p.color, p.width, p.dash = absence, 2, "0.1 6"
		}
	}
	return p
}

// styled is a pen as a style wants it.
func (b *brush) styled(p pen, l diagram.Look) pen {
	if h, ok := b.colors.Hue(l.Color); ok {
		p.color = h.Color(mark)
	}
	p.width = cmp.Or(l.Width, p.width)
	if l.Opacity != nil {
		p.color = b.colors.Faded(p.color, *l.Opacity)
	}
	return p
}

// reach is the dash of a denied way over others; "" for a use.
func reach(e diagram.Edge) string {
	if e.Reaches {
		return "12 4"
	}
	return ""
}

// edge draws an edge without its words.
func (p *painter) edge(i int) {
	e := p.diagram.Edges[i]
	attrs := append(p.ends(e), att("aria-label", edgeName(p.diagram, e)), att("class", "ab-edge"), att("role", "graphics-symbol img"))
	if len(e.Evidence) > 0 {
		attrs = append(attrs, att("tabindex", "0"))
	}
	p.open(elemGroup, attrs...)
	p.text(elemTitle, edgeHint(p.diagram, e))
	points := p.onOutlines(e, p.plan.Edges[i].Points)
	p.path(curves(points), att("fill", "none"), att("pointer-events", "stroke"), num("stroke-width", grip))
	p.route(points, p.penOf(e, p.diagram.Drift))
	p.close(elemGroup)
}

func (p *painter) ends(e diagram.Edge) []attr {
	return []attr{
		att("data-from", clean(p.diagram.Nodes[e.From].Address)), att("data-to", clean(p.diagram.Nodes[e.To].Address)),
		att("data-verdict", e.Verdict),
	}
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
	head := headOf(pen.width)
	short := shorten(points, head.length)
	base := short[len(short)-1]
	if pen.open {
		short = points
	}
	attrs := p.stroke(pen.color, pen.width, "ab-way")
	p.path(curves(short), dashed(attrs, pen.dash)...)
	if pen.open {
		attrs = append(p.stroke(pen.color, max(pen.width, 1.75), ""), att("stroke-linecap", "round"), att("stroke-linejoin", "round"))
		p.path(openHead(base, tip, head), attrs...)
		return
	}
	p.path(closedHead(base, tip, head), p.fill(pen.color)...)
}

// label writes the words of an edge on a plate in the colours of the ground. The verdict has the edge's
// own colour. A screen reader has read the words with the edge.
func (p *painter) label(i int) {
	e, l, box := p.diagram.Edges[i], p.words.Labels[i], p.plan.Edges[i].Label
	if len(l.Lines) == 0 || homeless(l, p.plan.Edges[i]) {
		return
	}
	x, y := box.X+(box.W-l.Size.W)/2, box.Y+(box.H-l.Size.H)/2
	p.open(elemGroup, att("aria-hidden", "true"), att("class", "ab-label"), p.at(x, y, 1))
	p.text(elemTitle, edgeHint(p.diagram, e))
	p.grounds(geometry.Rect{X: x + plateInset, Y: y + plateInset, W: l.Size.W - 2*plateInset, H: l.Size.H - 2*plateInset}, geometry.Point{X: x, Y: y})
	for _, line := range l.Lines {
		c := roleColor(line.Role)
		if line.Role == sheet.EdgeVerdict {
			c = p.penOf(e, p.diagram.Drift).color
		}
		p.line(line, c)
	}
	p.close(elemGroup)
}
