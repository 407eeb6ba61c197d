package icon

import (
	"bytes"
	"cmp"
	"encoding/xml"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/asbuilt/asbuilt/internal/palette"
)

// sheet is what a file says of colours aside from its shapes: in classes and in gradients.
type sheet struct {
	classes map[string]map[string]string // class → property → value
	means   map[string]string            // gradient, by id → the colour in the middle of its own
}

// gradient is a paint server: the colours of its stops, or another gradient that has them.
type gradient struct {
	stops []xml.StartElement
	like  string
}

// sheetOf reads the style sheets and the gradients of a file, wherever they stand.
func sheetOf(data []byte) *sheet {
	s := &sheet{classes: map[string]map[string]string{}, means: map[string]string{}}
	gradients := map[string]gradient{}
	d := xml.NewDecoder(bytes.NewReader(data))
	id, inStyle := "", false
	for {
		t, err := d.Token()
		if err != nil { // whoever reads the shapes says it
			break
		}
		switch t := t.(type) {
		case xml.StartElement:
			inStyle = t.Name.Local == "style"
			switch t.Name.Local {
			case "linearGradient", "radialGradient":
				id = attribute(t, "id")
				gradients[id] = gradient{like: strings.TrimPrefix(reference(t), "#")}
			case "stop":
				g := gradients[id]
				g.stops = append(g.stops, t)
				gradients[id] = g
			}
		case xml.EndElement:
			inStyle = false
		case xml.CharData:
			if inStyle {
				s.read(string(t))
			}
		}
	}
	own := make(map[string]string, len(gradients))
	for id, g := range gradients {
		own[id] = s.mean(g.stops)
	}
	for id, g := range gradients { // one without a colour has that of the gradient it names, wherever that stands
		s.means[id] = own[id]
		for range mostDepth {
			if s.means[id] != "" || g.like == "" {
				break
			}
			s.means[id] = own[g.like]
			g = gradients[g.like]
		}
	}
	return s
}

// reference is an element's href, of SVG 2 or of XLink.
func reference(e xml.StartElement) string {
	i := slices.IndexFunc(e.Attr, func(a xml.Attr) bool { return a.Name.Local == "href" })
	if i < 0 {
		return ""
	}
	return e.Attr[i].Value
}

// read takes the rules of a style sheet whose selectors are classes, and no others. A later one outranks an earlier one.
func (s *sheet) read(css string) {
	for _, rule := range strings.Split(comment.ReplaceAllString(css, " "), "}") {
		selectors, body, _ := strings.Cut(rule, "{")
		said := map[string]string{}
		for _, d := range declarations(body) {
			if slices.Contains(styleable[:], d[0]) {
				said[d[0]] = d[1]
			}
		}
		for _, selector := range strings.Split(selectors, ",") {
			class := class.FindStringSubmatch(selector)
			if class == nil {
				continue
			}
			if s.classes[class[1]] == nil {
				s.classes[class[1]] = map[string]string{}
			}
			maps.Copy(s.classes[class[1]], said)
		}
	}
}

var (
	comment = regexp.MustCompile(`(?s)/\*.*?\*/`)
	class   = regexp.MustCompile(`^\s*\.([-\w]+)\s*$`)
)

// declarations are the properties in a rule or a style attribute, with their values.
func declarations(body string) (out [][2]string) {
	for _, d := range strings.Split(body, ";") {
		if name, value, ok := strings.Cut(d, ":"); ok {
			out = append(out, [2]string{strings.TrimSpace(name), strings.TrimSpace(value)})
		}
	}
	return out
}

// styled is what the classes of an element and its own style say of a property; "" for nothing.
func (s *sheet) styled(e xml.StartElement, property string) (value string) {
	for _, class := range strings.Fields(attribute(e, "class")) {
		value = cmp.Or(s.classes[class][property], value)
	}
	for _, d := range declarations(attribute(e, "style")) {
		if d[0] == property {
			value = d[1]
		}
	}
	return value
}

// mean is the colour in the middle of a gradient's, #rrggbb; "" where there is none. In the field of an icon nothing more
// would be seen of it.
func (s *sheet) mean(stops []xml.StartElement) string {
	var sum [3]int
	n := 0
	for _, stop := range stops {
		var c [3]int
		value := cmp.Or(s.styled(stop, "stop-color"), attribute(stop, "stop-color"))
		if _, err := fmt.Sscanf(plain(value), "#%02x%02x%02x", &c[0], &c[1], &c[2]); err != nil {
			continue
		}
		for i := range c {
			sum[i] += c[i]
		}
		n++
	}
	if n == 0 {
		return ""
	}
	return fmt.Sprintf("#%02x%02x%02x", sum[0]/n, sum[1]/n, sum[2]/n)
}

// colorOf is #rrggbb, "" for none, or Own: for black, which is what nobody chose, and for what is no colour.
func (s *sheet) colorOf(value, inherited string) string {
	switch strings.ToLower(value) {
	case "none", "transparent":
		return ""
	case "inherit", "":
		return inherited
	}
	hex := plain(value)
	if inside, ok := strings.CutPrefix(value, "url("); ok {
		target, instead, _ := strings.Cut(inside, ")")
		hex = cmp.Or(s.means[strings.TrimPrefix(strings.Trim(target, `"' `), "#")], plain(strings.TrimSpace(instead)))
	}
	if hex == "" || hex == "#000000" {
		return Own
	}
	return hex
}

// names are the colours that are known by a name: those of HTML 4, and two more.
var names = map[string]string{
	"aqua": "#00ffff", "blue": "#0000ff", "fuchsia": "#ff00ff", "gray": "#808080", "grey": "#808080", "green": "#008000", "lime": "#00ff00",
	"maroon": "#800000", "navy": "#000080", "olive": "#808000", "orange": "#ffa500", "purple": "#800080", "red": "#ff0000", "silver": "#c0c0c0",
	"teal": "#008080", "white": "#ffffff", "yellow": "#ffff00", "black": "#000000",
}

// plain is a colour as #rrggbb; "" for what is none.
func plain(value string) string {
	value = strings.ToLower(value)
	if hex, ok := palette.Parse(value); ok {
		return hex
	}
	inside, ok := strings.CutPrefix(value, "rgb(")
	if !ok {
		return names[value]
	}
	r := reader{inside}
	var c [3]uint8
	for i := range c {
		v, err := r.number()
		if err != nil || v < 0 || v > 255 {
			return ""
		}
		c[i] = uint8(v)
	}
	if !strings.HasPrefix(strings.TrimSpace(r.rest), ")") {
		return ""
	}
	return fmt.Sprintf("#%02x%02x%02x", c[0], c[1], c[2])
}
