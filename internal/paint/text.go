package paint

import (
	"math"

	"github.com/asbuilt/asbuilt/internal/font"
	"github.com/asbuilt/asbuilt/internal/sheet"
)

const fontFamily = font.Family

// line writes one line of text.
func (p *painter) line(l sheet.Line, c color) {
	s := l.Role.Setting().Font
	attrs := append(p.fill(c), num("x", l.At.X), num("y", l.At.Y), num("font-size", s.Size))
	if s.Bold {
		attrs = append(attrs, att("font-weight", "700"))
	}
	if l.Middle {
		attrs = append(attrs, att("text-anchor", "middle"))
	}
	if l.Fit {
		attrs = append(attrs, num("textLength", l.Width), att("lengthAdjust", "spacingAndGlyphs"))
	}
	p.text(elemText, l.Text, attrs...)
}

// roleColor is the colour of text outside of cards.
func roleColor(r sheet.Role) color {
	switch r {
	case sheet.Heading, sheet.GroupTitle:
		return ink
	case sheet.Lead, sheet.EdgeText, sheet.Note:
		return body
	}
	return muted
}

// at moves, and scales if asked to, what is drawn in an element.
func (p *painter) at(x, y, scale float64) attr {
	if bad(x) || bad(y) || bad(scale) {
		p.err = errNotFinite
		return att("transform", "")
	}
	b := append([]byte("translate("), appendNumber(nil, x)...)
	b = append(appendNumber(append(b, ' '), y), ')')
	if scale != 1 {
		b = append(b, " scale("...)
		b = append(appendNumber(b, scale), ')')
	}
	return att("transform", string(b))
}

func bad(v float64) bool { return math.IsNaN(v) || math.IsInf(v, 0) }
