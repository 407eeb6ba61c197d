package paint

import (
	"fmt"
	rgb "image/color"
	"strconv"
	"strings"

	"github.com/asbuilt/asbuilt/internal/font"
	"github.com/asbuilt/asbuilt/internal/geometry"
)

// drawing is what fills areas, draws lines and writes words at places of the page.
type drawing interface {
	Fill(p geometry.Path, c rgb.RGBA)
	FillEvenOdd(p geometry.Path, c rgb.RGBA)
	Stroke(p geometry.Path, pen geometry.Pen, c rgb.RGBA)
	Write(style font.Style, at geometry.Point, text string, c rgb.RGBA) error
}

// plotter is a surface that draws: it does with elements and attributes what a browser does with them. It knows all
// that painters use, and fails on any other.
type plotter struct {
	canvas drawing
	at     []shift                                 // of the elements that are open
	leads  func(target string, area geometry.Rect) // makes an area a link; nil: the picture has none
	link   *hotspot                                // that is open
	err    error
}

// hotspot is a link, and where it has been drawn so far.
type hotspot struct {
	target string
	area   geometry.Rect
}

// reach makes a box larger, so that a point lies in it.
func (h *hotspot) reach(p geometry.Point) {
	if h.area == (geometry.Rect{}) {
		h.area = geometry.Rect{X: p.X, Y: p.Y}
		return
	}
	left, top := min(h.area.X, p.X), min(h.area.Y, p.Y)
	h.area = geometry.Rect{X: left, Y: top, W: max(h.area.X+h.area.W, p.X) - left, H: max(h.area.Y+h.area.H, p.Y) - top}
}

// shift is where the children of an element are drawn.
type shift struct{ x, y, scale float64 }

func (s shift) point(p geometry.Point) geometry.Point {
	return geometry.Point{X: s.x + float64(p.X*s.scale), Y: s.y + float64(p.Y*s.scale)}
}

// looks are the attributes of an element that can be seen.
type looks struct {
	fill, stroke string
	opacity      float64 // of what is filled
	clear        bool    // there is one
	evenOdd      bool
	pen          geometry.Pen
	box          geometry.Rect
	radius       float64
	data, href   string
	style        font.Style
	middle       bool
	shift        shift
}

func (p *plotter) open(e element, attrs ...attr) {
	l := p.read(attrs)
	p.at = append(p.at, l.shift)
	if e == elemLink {
		p.link = &hotspot{target: l.href}
	}
}

func (p *plotter) close(e element) {
	p.at = p.at[:len(p.at)-1]
	if e != elemLink {
		return
	}
	if p.leads != nil {
		p.leads(p.link.target, p.link.area)
	}
	p.link = nil
}

func (p *plotter) leaf(e element, attrs ...attr) {
	l := p.read(attrs)
	var path geometry.Path
	switch e {
	case elemRect:
		path.Box(l.box, l.radius)
	case elemPath:
		path = p.path(l.data)
	default:
		p.fail("element", string(e))
	}
	for i, s := range path.Steps {
		path.Steps[i].A, path.Steps[i].B, path.Steps[i].To = l.shift.point(s.A), l.shift.point(s.B), l.shift.point(s.To)
		if p.link != nil && s.Kind != geometry.End {
			p.link.reach(path.Steps[i].To)
		}
	}
	if c, ok := p.color(l.fill); ok {
		if l.clear {
			c.A = uint8(l.opacity*255 + 0.5)
		}
		if l.evenOdd {
			p.canvas.FillEvenOdd(path, c)
		} else {
			p.canvas.Fill(path, c)
		}
	}
	if c, ok := p.color(l.stroke); ok {
		l.pen.Width *= l.shift.scale
		p.canvas.Stroke(path, l.pen, c)
	}
}

func (p *plotter) text(e element, content string, attrs ...attr) {
	if e == elemTitle {
		return
	}
	l := p.read(attrs)
	at := geometry.Point{X: l.box.X, Y: l.box.Y}
	if l.middle {
		at.X -= font.Width(l.style, content) / 2
	}
	at = l.shift.point(at)
	l.style.Size *= l.shift.scale
	if c, ok := p.color(l.fill); ok {
		if err := p.canvas.Write(l.style, at, content, c); err != nil {
			p.err = err
		}
	}
}

// read finds out how an element looks.
func (p *plotter) read(attrs []attr) looks {
	l := looks{shift: p.at[len(p.at)-1]}
	for _, a := range attrs {
		switch a.name {
		case "fill":
			l.fill = a.text
		case "fill-opacity":
			l.opacity, l.clear = a.number, true
		case "fill-rule":
			l.evenOdd = a.text == "evenodd"
		case "stroke":
			l.stroke = a.text
		case "stroke-width":
			l.pen.Width = a.number
		case "stroke-dasharray":
			l.pen.Dash = p.numbers(a.text)
		case "stroke-linecap":
			l.pen.RoundCap = a.text == "round"
		case "stroke-linejoin":
			l.pen.RoundJoin = a.text == "round"
		case "x":
			l.box.X = a.number
		case "y":
			l.box.Y = a.number
		case "width":
			l.box.W = a.number
		case "height":
			l.box.H = a.number
		case "rx":
			l.radius = a.number
		case "href":
			l.href = a.text
		case "d":
			l.data = a.text
		case "font-size":
			l.style.Size = a.number
		case "font-weight":
			l.style.Bold = true
		case "text-anchor":
			l.middle = true
		case "transform":
			l.shift = p.transform(l.shift, a.text)
		case "", "textLength", "lengthAdjust", // every character is as wide as it was measured
			"aria-hidden", "aria-label", "class", "data-address", "data-from", "data-to", "data-verdict", "pointer-events", "role", "tabindex":
		default:
			p.fail("attribute", a.name)
		}
	}
	return l
}

func (p *plotter) fail(what, name string) {
	p.err = fmt.Errorf("the %s %q is drawn by no rule", what, name)
}

// transform reads "translate(x y)" and "translate(x y) scale(s)".
func (p *plotter) transform(outer shift, text string) shift {
	numbers := p.numbers(strings.NewReplacer("translate(", " ", "scale(", " ", ")", " ").Replace(text))
	if len(numbers) < 2 {
		p.fail("transform", text)
		return outer
	}
	at := outer.point(geometry.Point{X: numbers[0], Y: numbers[1]})
	inner := shift{at.X, at.Y, outer.scale}
	if len(numbers) > 2 {
		inner.scale *= numbers[2]
	}
	return inner
}

func (p *plotter) numbers(text string) []float64 {
	var out []float64
	for _, word := range strings.Fields(text) {
		v, err := strconv.ParseFloat(word, 64)
		if err != nil {
			p.fail("number", word)
		}
		out = append(out, v)
	}
	return out
}

// color reads #rrggbb; nothing and none are no colour.
func (p *plotter) color(text string) (rgb.RGBA, bool) {
	if text == "" || text == "none" {
		return rgb.RGBA{}, false
	}
	v, err := strconv.ParseUint(strings.TrimPrefix(text, "#"), 16, 32)
	if err != nil || len(text) != 7 {
		p.fail("colour", text)
	}
	return rgb.RGBA{uint8(v >> 16), uint8(v >> 8), uint8(v), 255}, true
}

// path reads the data of a path: M L H V C A Z, all in absolute places.
func (p *plotter) path(data string) geometry.Path {
	var out geometry.Path
	var at, start geometry.Point
	for data != "" {
		command := data[0]
		end := 1 + strings.IndexAny(data[1:], "MLHVCAZ")
		if end == 0 {
			end = len(data)
		}
		n := p.numbers(data[1:end])
		data = data[end:]
		if want, ok := pathNumbers[command]; !ok || len(n) != want {
			p.fail("path command", string(command))
			return out
		}
		switch command {
		case 'M':
			at = geometry.Point{X: n[0], Y: n[1]}
			start = at
			out.Move(at)
			continue
		case 'L':
			at = geometry.Point{X: n[0], Y: n[1]}
		case 'H':
			at.X = n[0]
		case 'V':
			at.Y = n[0]
		case 'C':
			at = geometry.Point{X: n[4], Y: n[5]}
			out.Curve(geometry.Point{X: n[0], Y: n[1]}, geometry.Point{X: n[2], Y: n[3]}, at)
			continue
		case 'A':
			from := at
			at = geometry.Point{X: n[5], Y: n[6]}
			out.Arc(from, n[0], n[1], n[4] == 1, at)
			continue
		case 'Z':
			at = start
			out.End()
			continue
		}
		out.Line(at)
	}
	return out
}

// pathNumbers are how many numbers follow a command.
var pathNumbers = map[byte]int{'M': 2, 'L': 2, 'H': 1, 'V': 1, 'C': 6, 'A': 7, 'Z': 0}
