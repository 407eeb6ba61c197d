package paint

import (
	"github.com/asbuilt/asbuilt/internal/geometry"
)

const (
	frameRadius = 10.0
	titleLeft   = 16.0
	titleTop    = 11.0
)

// frame draws a group and all that is in it, but for its title.
func (p *painter) frame(i, depth int) {
	g, box := p.diagram.Groups[i], p.plan.Groups[i]
	p.open(elemGroup, att("aria-label", groupName(g)), att("class", "ab-group"), att("data-address", clean(g.Address)), att("role", "graphics-object group"))
	attrs := p.area(frameColor(depth), frameLine, 1)
	if dash := dashes[g.Status]; dash != "" {
		attrs = append(attrs, att("stroke-dasharray", dash))
	}
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
	g, f, box := p.diagram.Groups[i], p.words.Groups[i], p.plan.Groups[i]
	end := p.link(g.Link)
	p.open(elemGroup, att("class", "ab-title"), p.at(box.X+titleLeft, box.Y+titleTop, 1))
	p.text(elemTitle, groupName(g))
	p.plate(geometry.Rect{X: -3, W: f.Size.W + 6, H: f.Size.H}, frameColor(depth))
	p.icon(g.Type, muted, f.Icon)
	for _, l := range f.Lines {
		p.line(l, roleColor(l.Role))
	}
	p.close(elemGroup)
	end()
}

// plate hides the lines under words.
func (p *painter) plate(box geometry.Rect, c color) {
	p.leaf(elemRect, append(p.fill(c), num("x", box.X), num("y", box.Y), num("width", box.W), num("height", box.H), num("rx", 3))...)
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
