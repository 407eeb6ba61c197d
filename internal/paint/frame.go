package paint

import (
	"cmp"

	"github.com/asbuilt/asbuilt/internal/geometry"
	"github.com/asbuilt/asbuilt/internal/icon"
	"github.com/asbuilt/asbuilt/internal/palette"
	"github.com/asbuilt/asbuilt/internal/sheet"
)

const frameRadius = 10.0

// frame draws a group and all that is in it, but for its title.
func (p *painter) frame(i, depth int) {
	g, box := p.diagram.Groups[i], p.plan.Groups[i]
	p.open(elemGroup, att("aria-label", groupName(g)), att("class", "ab-group"), att("data-address", clean(g.Address)), att("role", "graphics-object group"))
	line := frameLine
	if h, ok := p.colors.Hue(g.Color); ok {
		line = h.Color(mark)
	}
	attrs := dashed(p.area(frameColor(depth), line, cmp.Or(g.Width, 1), ""), dashOf(g.Status, g.Line, ""))
	p.leaf(elemRect, append(attrs, num("x", box.X), num("y", box.Y), num("width", box.W), num("height", box.H), num("rx", frameRadius))...)
	p.inside(i, depth+1)
	p.close(elemGroup)
}

// titles writes the titles of the groups directly in a group, and of those inside them.
func (p *painter) titles(group, depth int) {
	for i, g := range p.diagram.Groups {
		if g.Parent == group {
			p.title(i, depth)
			p.titles(i, depth+1)
		}
	}
}

func (p *painter) title(i, depth int) {
	g, f, at := p.diagram.Groups[i], p.words.Groups[i], p.plan.Titles[i]
	end := p.link(g.Link)
	p.open(elemGroup, att("class", "ab-title"), p.at(at.X, at.Y, 1))
	p.text(elemTitle, groupName(g))
	p.plate(geometry.Rect{X: -3, W: f.Size.W + 6, H: f.Size.H}, frameColor(depth))
	marked, worded := muted, muted
	if h, ok := p.colors.Hue(g.Color); ok {
		marked, worded = h.Color(mark), h.Color(word)
	}
	p.icon(icon.Of(g.Type), marked, f.Icon)
	for _, l := range f.Lines {
		c := roleColor(l.Role)
		if l.Role == sheet.GroupKind {
			c = worded
		}
		p.line(l, c)
	}
	p.close(elemGroup)
	end()
}

// plate hides the lines under words.
func (p *painter) plate(box geometry.Rect, c color) {
	p.leaf(elemRect, append(p.fill(c), num("x", box.X), num("y", box.Y), num("width", box.W), num("height", box.H), num("rx", 3))...)
}

func frameColor(depth int) color { return palette.Frame1 + color(min(depth, palette.FrameTints-1)) }

// grounds is a plate in the colours of what lies under it, which hides the lines there: the page's, or that
// of the innermost group around it, and of the groups that begin or end under it. The plate is written in
// coordinates relative to an origin.
func (p *painter) grounds(box geometry.Rect, origin geometry.Point) {
	base := canvas
	var parts []geometry.Rect
	var tints []color
	for i, frame := range p.plan.Groups { // a parent stands before its children
		part := intersection(box, frame)
		switch {
		case part == box:
			base, parts, tints = frameColor(p.depth(i)), nil, nil
		case part.W > 0 && part.H > 0:
			parts, tints = append(parts, part), append(tints, frameColor(p.depth(i)))
		}
	}
	p.plate(moved(box, origin), base)
	for i, part := range parts {
		p.plate(moved(part, origin), tints[i])
	}
}

func (p *painter) depth(group int) int {
	n := 0
	for g := p.diagram.Groups[group].Parent; g >= 0; g = p.diagram.Groups[g].Parent {
		n++
	}
	return n
}

func intersection(a, b geometry.Rect) geometry.Rect {
	if a.X >= b.X && a.Y >= b.Y && a.X+a.W <= b.X+b.W && a.Y+a.H <= b.Y+b.H {
		return a
	}
	x, y := max(a.X, b.X), max(a.Y, b.Y)
	return geometry.Rect{X: x, Y: y, W: min(a.X+a.W, b.X+b.W) - x, H: min(a.Y+a.H, b.Y+b.H) - y}
}

func moved(r geometry.Rect, origin geometry.Point) geometry.Rect {
	return geometry.Rect{X: r.X - origin.X, Y: r.Y - origin.Y, W: r.W, H: r.H}
}
