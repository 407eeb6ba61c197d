package icon

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/asbuilt/asbuilt/pkg/diagram"
)

// What a file may hold: icons are small.
const (
	MostBytes = 64 << 10
	mostDepth = 24
	mostParts = 200
	mostData  = 32 << 10 // bytes of path data that come of it
)

// Own is the colour of a part that takes that of its card.
const Own = "own"

// errNotSVG is a file that is something else.
var errNotSVG = errors.New("it is not an SVG file")

// Read makes paths of ours of the shapes in an SVG file: nothing of it but numbers and colours is kept. Text, images,
// style sheets, scripts, references and whatever else is no shape is left out. The error says why there is no icon.
func Read(data []byte) ([]diagram.IconPart, error) {
	if len(data) > MostBytes {
		return nil, fmt.Errorf("it is larger than %d KiB", MostBytes>>10)
	}
	left := mostData
	r := svgReader{decoder: xml.NewDecoder(bytes.NewReader(data)), left: &left}
	r.decoder.CharsetReader = func(string, io.Reader) (io.Reader, error) { return nil, errNotSVG }
	root, err := r.root()
	if err != nil {
		return nil, err
	}
	field, err := r.field(root)
	if err != nil {
		return nil, err
	}
	outer := paint{sheet: sheetOf(data), to: field, fill: Own, width: 1}.under(root)
	outer.to = field // a transform of the whole is not in SVG 1.1, and drawn by few
	if err := r.children(outer, 1); err != nil {
		return nil, err
	}
	if len(r.parts) == 0 {
		return nil, errors.New("nothing in it is a shape that can be drawn: make paths of texts, images and references")
	}
	return r.parts, nil
}

type svgReader struct {
	decoder *xml.Decoder
	parts   []diagram.IconPart
	left    *int
}

// root finds the outermost element, which must be svg.
func (r *svgReader) root() (xml.StartElement, error) {
	for {
		t, err := r.decoder.Token()
		if err != nil {
			return xml.StartElement{}, errNotSVG
		}
		if e, ok := t.(xml.StartElement); ok {
			if e.Name.Local != "svg" || e.Name.Space != "" && e.Name.Space != "http://www.w3.org/2000/svg" {
				return e, errNotSVG
			}
			return e, nil
		}
	}
}

// field is how the picture is put into the field of icons, as large as it fits, in the middle.
func (r *svgReader) field(root xml.StartElement) (matrix, error) {
	var box [4]float64
	n := reader{attribute(root, "viewBox")}
	if n.rest == "" {
		n.rest = "0 0 " + strings.TrimSuffix(attribute(root, "width"), "px") + " " + strings.TrimSuffix(attribute(root, "height"), "px")
	}
	for i := range box {
		var err error
		if box[i], err = n.number(); err != nil {
			return identity, errors.New("its svg element has no viewBox")
		}
	}
	if !(box[2] >= 0.01 && box[3] >= 0.01) {
		return identity, errors.New("its viewBox has no size")
	}
	s := Size / max(box[2], box[3])
	return matrix{s, 0, 0, s, (Size-box[2]*s)/2 - float64(box[0]*s), (Size-box[3]*s)/2 - float64(box[1]*s)}, nil
}

// children draws what is in an element, up to its end.
func (r *svgReader) children(outer paint, depth int) error {
	if depth > mostDepth {
		return fmt.Errorf("more than %d elements stand inside one another", mostDepth)
	}
	for {
		t, err := r.decoder.Token()
		if err != nil {
			return errNotSVG
		}
		switch e := t.(type) {
		case xml.EndElement:
			return nil
		case xml.StartElement:
			if err := r.element(e, outer, depth); err != nil {
				return err
			}
		}
	}
}

// drawable are the elements that are shapes.
var drawable = []string{"path", "rect", "circle", "ellipse", "line", "polyline", "polygon"}

func (r *svgReader) element(e xml.StartElement, outer paint, depth int) error {
	name := e.Name.Local
	if name != "g" && !slices.Contains(drawable, name) {
		return r.pass()
	}
	inner := outer.under(e)
	if inner.err != nil {
		return inner.err
	}
	if inner.gone {
		return r.pass()
	}
	if name == "g" {
		return r.children(inner, depth+1)
	}
	p := pen{to: inner.to, left: r.left}
	if err := p.shape(e); err != nil {
		return err
	}
	if err := r.add(inner.part(p.data)); err != nil {
		return err
	}
	return r.pass()
}

func (r *svgReader) pass() error {
	if r.decoder.Skip() != nil {
		return errNotSVG
	}
	return nil
}

func (r *svgReader) add(p diagram.IconPart) error {
	if p.Data == "" || p.Fill == "" && p.Stroke == "" {
		return nil
	}
	if len(r.parts) == mostParts {
		return fmt.Errorf("it has more than %d shapes", mostParts)
	}
	r.parts = append(r.parts, p)
	return nil
}

func attribute(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Space == "" && a.Name.Local == name {
			return strings.TrimSpace(a.Value)
		}
	}
	return ""
}

// paint is what an element hands on to what is in it.
type paint struct {
	*sheet
	to           matrix
	fill, stroke string
	width        float64
	evenOdd      bool
	gone         bool
	err          error
}

// under is the paint of an element inside: what its attributes say, over them what its classes do, and over them its style.
func (p paint) under(e xml.StartElement) paint {
	for _, a := range e.Attr {
		if a.Name.Space == "" {
			p.say(a.Name.Local, a.Value)
		}
	}
	for _, property := range styleable {
		if value := p.styled(e, property); value != "" {
			p.say(property, value)
		}
	}
	return p
}

// styleable are the properties that a style may say.
var styleable = [...]string{"fill", "stroke", "stroke-width", "fill-rule", "display", "visibility", "opacity", "stop-color"}

func (p *paint) say(name, value string) {
	value = strings.TrimSpace(value)
	switch name {
	case "fill":
		p.fill = p.colorOf(value, p.fill)
	case "stroke":
		p.stroke = p.colorOf(value, p.stroke)
	case "stroke-width":
		n := reader{value}
		if v, err := n.number(); err == nil && v >= 0 {
			p.width = v
		}
	case "fill-rule":
		p.evenOdd = value == "evenodd"
	case "display", "visibility":
		p.gone = value == "none" || value == "hidden"
	case "opacity":
		n := reader{value}
		v, err := n.number()
		p.gone = p.gone || err == nil && v == 0
	case "transform":
		m, err := transformOf(value)
		if err != nil {
			p.err = err
		}
		p.to = p.to.times(m)
	}
}

func (p paint) part(data []byte) diagram.IconPart {
	out := diagram.IconPart{Data: string(data), Fill: p.fill, EvenOdd: p.evenOdd && p.fill != ""}
	if width := math.Round(p.width*p.to.scale()*100) / 100; p.stroke != "" && width > 0 {
		out.Stroke, out.Width = p.stroke, min(width, Size)
	}
	return out
}

// transforms is how many numbers each takes, at least and at most.
var transforms = map[string][2]int{"matrix": {6, 6}, "translate": {1, 2}, "scale": {1, 2}, "rotate": {1, 3}, "skewX": {1, 1}, "skewY": {1, 1}}

func transformOf(text string) (matrix, error) {
	m := identity
	for n := 0; strings.Trim(text, " \t\r\n,") != ""; n++ {
		name, rest, _ := strings.Cut(text, "(")
		inside, after, closed := strings.Cut(rest, ")")
		name = strings.Trim(name, " \t\r\n,")
		want, known := transforms[name]
		if !known || !closed || n == mostDepth {
			return m, fmt.Errorf("the transform %s is not written as SVG writes it", strconv.Quote(clip(text)))
		}
		var v []float64
		for r := (reader{inside}); !r.done(); {
			x, err := r.number()
			if err != nil || len(v) == want[1] {
				return m, errNoNumber
			}
			v = append(v, x)
		}
		if len(v) < want[0] {
			return m, errNoNumber
		}
		m = m.times(transform(name, v))
		text = after
	}
	return m, nil
}

func transform(name string, v []float64) matrix {
	switch name {
	case "matrix":
		return matrix{v[0], v[1], v[2], v[3], v[4], v[5]}
	case "translate":
		return matrix{1, 0, 0, 1, v[0], append(v, 0)[1]}
	case "scale":
		return matrix{v[0], 0, 0, append(v, v[0])[1], 0, 0}
	case "skewX":
		return matrix{1, 0, math.Tan(v[0] * math.Pi / 180), 1, 0, 0}
	case "skewY":
		return matrix{1, math.Tan(v[0] * math.Pi / 180), 0, 1, 0, 0}
	}
	sin, cos := math.Sincos(v[0] * math.Pi / 180)
	turn := matrix{cos, sin, -sin, cos, 0, 0}
	if len(v) < 3 {
		return turn
	}
	return matrix{1, 0, 0, 1, v[1], v[2]}.times(turn).times(matrix{1, 0, 0, 1, -v[1], -v[2]})
}

func clip(s string) string {
	if len(s) > 40 {
		return strings.ToValidUTF8(s[:40], "") + "…"
	}
	return s
}
