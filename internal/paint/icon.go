package paint

import (
	"slices"

	"github.com/asbuilt/asbuilt/internal/geometry"
	"github.com/asbuilt/asbuilt/internal/icon"
	"github.com/asbuilt/asbuilt/pkg/diagram"
)

// iconLine is how thick the lines of our icons are, however large they are drawn.
const iconLine = 1.35

// icon draws one of our icons, or one of the user's, at a place.
func (p *painter) icon(name string, c color, at geometry.Rect) {
	if at.W == 0 {
		return
	}
	scale := at.W / icon.Size
	if data, ok := icon.Data(name); ok {
		attrs := p.stroke(c, iconLine/scale, "")
		p.leaf(elemPath, append(attrs, att("d", data), att("stroke-linecap", "round"), att("stroke-linejoin", "round"), p.at(at.X, at.Y, scale))...)
		return
	}
	i := p.ownIcon(name)
	if i < 0 {
		return
	}
	p.open(elemGroup, p.at(at.X, at.Y, scale))
	for _, part := range p.diagram.Icons[i].Parts {
		p.iconPart(part, c)
	}
	p.close(elemGroup)
}

func (p *painter) hasIcon(name string) bool {
	_, ours := icon.Data(name)
	return ours || p.ownIcon(name) >= 0
}

// ownIcon is the index of an icon of the user's, or -1.
func (p *painter) ownIcon(name string) int {
	return slices.IndexFunc(p.diagram.Icons, func(i diagram.Icon) bool { return i.Name == name })
}

// iconPart draws a path of a user's icon: in its own colours, which are the same on every page, or in the card's.
func (p *painter) iconPart(part diagram.IconPart, c color) {
	var classes string
	value := func(color, class string) string {
		switch color {
		case "":
			return "none"
		case ownColor:
			classes = joinedClass(classes, class)
			return p.value(p.tone(c))
		}
		return color
	}
	t := p.tone(c)
	attrs := []attr{att("d", part.Data), att("fill", value(part.Fill, t.fill))}
	if part.Fill == ownColor {
		p.filled[c] = true
	}
	if part.EvenOdd {
		attrs = append(attrs, att("fill-rule", "evenodd"))
	}
	if part.Stroke != "" {
		if part.Stroke == ownColor {
			p.drawn[c] = true
		}
		attrs = append(attrs, att("stroke", value(part.Stroke, t.stroke)), num("stroke-width", part.Width), att("stroke-linecap", "round"), att("stroke-linejoin", "round"))
	}
	if classes != "" {
		attrs = append(attrs, p.class("", classes))
	}
	p.leaf(elemPath, attrs...)
}

// ownColor is the colour of a part that takes that of its card.
const ownColor = "own"

func joinedClass(a, b string) string {
	if a == "" {
		return b
	}
	return a + " " + b
}
