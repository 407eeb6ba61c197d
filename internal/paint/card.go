package paint

import (
	"github.com/asbuilt/asbuilt/internal/geometry"
	"github.com/asbuilt/asbuilt/internal/sheet"
)

const (
	thin  = 1.25 // a card's border
	thick = 2.5  // the border of what the view is about
)

// dashes tells borders and edges apart that are not plain: what is outside, not yet or no longer there.
var dashes = map[string]string{
	"external":   "6 4",
	"planned":    "2 3",
	"deprecated": "10 3 2 3",
}

// card draws a node.
func (p *painter) card(i int) {
	n, c, box := p.diagram.Nodes[i], p.words.Cards[i], p.plan.Nodes[i]
	target := n.Link
	if n.View != "" {
		target = n.View + ".svg"
	}
	end := p.link(target)
	p.open(elemGroup, att("aria-label", nodeName(n)), att("class", "ab-node"), att("data-address", clean(n.Address)),
		att("role", "graphics-symbol img"), p.at(box.X, box.Y, 1))
	p.text(elemTitle, nodeHint(n))
	h := hueOf(n.Type, n.Color)
	p.outline(n.Type, n.Status, c.Shape, look{hue: h, size: geometry.Size{W: box.W, H: box.H}, subject: n.Subject})
	p.icon(n.Type, h.color(outline), c.Icon)
	for _, l := range c.Lines {
		p.line(l, cardColor(l.Role, h))
	}
	for _, chip := range c.Chips {
		p.chip(chip, h)
	}
	p.close(elemGroup)
	end()
}

// link opens a link around what follows when the target is safe, and returns what ends it.
func (p *painter) link(target string) func() {
	href, ok := safeLink(target)
	if !ok {
		return func() {}
	}
	p.open(elemLink, att("href", href))
	return func() { p.close(elemLink) }
}

// look is how an outline is drawn.
type look struct {
	hue     hue
	size    geometry.Size
	subject bool
}

func (p *painter) outline(nodeType, status string, shape sheet.Shape, l look) {
	border, inner := outlineOf(shape, l.size)
	width := thin
	if l.subject {
		width = thick
	}
	attrs := p.area(l.hue.color(fill), l.hue.color(outline), width, "ab-outline")
	dash := dashes[nodeType]
	if status != "" {
		dash = dashes[status]
	}
	if dash != "" {
		attrs = append(attrs, att("stroke-dasharray", dash))
	}
	p.path(border, attrs...)
	if inner == nil {
		return
	}
	attrs = p.stroke(l.hue.color(outline), 1, "")
	if dash != "" {
		attrs = append(attrs, att("stroke-dasharray", dash))
	}
	p.path(inner, attrs...)
}

func cardColor(r sheet.Role, h hue) color {
	switch r {
	case sheet.Title:
		return ink
	case sheet.Kind:
		return h.color(word)
	}
	return body
}

func (p *painter) chip(c sheet.Chip, h hue) {
	if c.Kind == sheet.BadgeChip {
		p.mark(c.Line.Text, c.Box.Center(), 4)
		return
	}
	attrs := p.fill(h.color(field))
	if c.Kind == sheet.NoteChip {
		attrs = p.area(canvas, h.color(outline), 1, "")
	}
	p.leaf(elemRect, append(attrs, num("x", c.Box.X), num("y", c.Box.Y), num("width", c.Box.W), num("height", c.Box.H), num("rx", c.Box.H/2))...)
	p.line(c.Line, h.color(word))
}
