package paint

import (
	"cmp"

	"github.com/asbuilt/asbuilt/internal/geometry"
	"github.com/asbuilt/asbuilt/internal/sheet"
	"github.com/asbuilt/asbuilt/pkg/diagram"
)

const (
	thin  = 1.25 // a card's border
	thick = 2.5  // the border of what the view is about
)

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
	h := p.hueOf(n.Type, n.Color)
	p.outline(n, c.Shape, geometry.Size{W: box.W, H: box.H})
	p.tile(c, h)
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

// outline draws the border of a card and what it is filled with.
func (p *painter) outline(n diagram.Node, shape sheet.Shape, size geometry.Size) {
	border, inner := outlineOf(shape, size)
	width := cmp.Or(n.Width, thin)
	if n.Subject {
		width = max(width, thick)
	}
	h, dash := p.hueOf(n.Type, n.Color), dashOf(n.Status, n.Line, dashes[n.Type])
	attrs := dashed(p.area(h.Color(fill), h.Color(outline), width, "ab-outline"), dash)
	if n.Opacity != nil {
		attrs = append(attrs, num("fill-opacity", float64(*n.Opacity)/100))
	}
	p.path(border, attrs...)
	if inner != nil {
		p.path(inner, dashed(append(p.stroke(h.Color(outline), min(width, 1), ""), att("stroke-linejoin", "round")), dash)...)
	}
}

// tile draws the icon of a card on a small field.
func (p *painter) tile(c sheet.Card, h hue) {
	if c.Icon.W == 0 || !p.hasIcon(c.Mark) {
		return
	}
	const pad = (sheet.TileSize - sheet.IconSize) / 2
	attrs := p.fill(h.Color(field))
	p.leaf(elemRect, append(attrs, num("x", c.Icon.X-pad), num("y", c.Icon.Y-pad), num("width", sheet.TileSize), num("height", sheet.TileSize), num("rx", 7))...)
	p.icon(c.Mark, h.Color(mark), c.Icon)
}

func cardColor(r sheet.Role, h hue) color {
	switch r {
	case sheet.Title:
		return ink
	case sheet.Kind:
		return h.Color(word)
	}
	return body
}

func (p *painter) chip(c sheet.Chip, h hue) {
	if c.Kind == sheet.BadgeChip {
		p.mark(c.Line.Text, c.Box.Center(), 4)
		return
	}
	attrs := p.fill(h.Color(field))
	if c.Kind == sheet.NoteChip {
		attrs = p.area(canvas, h.Color(outline), 1, "")
	}
	p.leaf(elemRect, append(attrs, num("x", c.Box.X), num("y", c.Box.Y), num("width", c.Box.W), num("height", c.Box.H), num("rx", c.Box.H/2))...)
	p.line(c.Line, h.Color(word))
}
