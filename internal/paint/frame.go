package paint

import (
	"github.com/asbuilt/asbuilt/internal/geometry"
)

const (
	frameRadius = 10.0
	titleLeft   = 16.0
	titleTop    = 11.0
)

// frame draws a group and all that is in it.
func (p *painter) frame(i, depth int) {
	g, f, box := p.diagram.Groups[i], p.words.Groups[i], p.plan.Groups[i]
	p.open(elemGroup, att("aria-label", groupName(g)), att("class", "ab-group"), att("data-address", clean(g.Address)), att("role", "graphics-object group"))
	close := p.link(g.Link)
	p.text(elemTitle, groupName(g))
	attrs := p.area(frameColor(depth), frameLine, 1, "ab-outline")
	if dash := dashes[g.Status]; dash != "" {
		attrs = append(attrs, att("stroke-dasharray", dash))
	}
	p.leaf(elemRect, append(attrs, num("x", box.X), num("y", box.Y), num("width", box.W), num("height", box.H), num("rx", frameRadius))...)
	p.open(elemGroup, p.at(box.X+titleLeft, box.Y+titleTop, 1))
	p.icon(g.Type, muted, f.Icon)
	for _, l := range f.Lines {
		p.line(l, roleColor(l.Role))
	}
	p.close(elemGroup)
	close()
	p.inside(i, depth+1)
	p.close(elemGroup)
}

func frameColor(depth int) color { return frame1 + color(min(depth, frameTints-1)) }

// ground is the colour of what lies under a point: the innermost group's, or the page's.
func (p *painter) ground(at geometry.Point) color {
	c := canvas
	for i, box := range p.plan.Groups { // a parent stands before its children
		if at.X >= box.X && at.X <= box.X+box.W && at.Y >= box.Y && at.Y <= box.Y+box.H {
			c = frameColor(p.depth(i))
		}
	}
	return c
}

func (p *painter) depth(group int) int {
	n := 0
	for g := p.diagram.Groups[group].Parent; g >= 0; g = p.diagram.Groups[g].Parent {
		n++
	}
	return n
}
