package paint

import (
	"bytes"
	"errors"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// element is one of the few elements that a picture is made of.
type element string

const (
	elemSVG    element = "svg"
	elemTitle  element = "title"
	elemDesc   element = "desc"
	elemStyle  element = "style"
	elemGroup  element = "g"
	elemLink   element = "a"
	elemRect   element = "rect"
	elemPath   element = "path"
	elemCircle element = "circle"
	elemText   element = "text"
)

// attr is an attribute: a text, or a number in pixels.
type attr struct {
	name   string
	text   string
	number float64
	isText bool
}

func att(name, text string) attr { return attr{name: name, text: text, isText: true} }

func num(name string, v float64) attr { return attr{name: name, number: v} }

// errNotFinite is a coordinate that is no number.
var errNotFinite = errors.New("a coordinate is not finite")

// surface is what a picture is drawn on, element by element.
type surface interface {
	// open starts an element that has children.
	open(e element, attrs ...attr)
	close(e element)
	// leaf draws an element without content.
	leaf(e element, attrs ...attr)
	// text draws an element that holds text.
	text(e element, content string, attrs ...attr)
}

// writer is a surface of text. It writes XML, one element a line, attributes sorted. It remembers its first error.
type writer struct {
	buf      bytes.Buffer
	err      error
	fragment bool // for a place inside of a page
}

func (w *writer) open(e element, attrs ...attr) {
	w.tag(e, attrs)
	w.buf.WriteString(">\n")
}

func (w *writer) close(e element) {
	w.buf.WriteString("</")
	w.buf.WriteString(string(e))
	w.buf.WriteString(">\n")
}

func (w *writer) leaf(e element, attrs ...attr) {
	w.tag(e, attrs)
	w.buf.WriteString("/>\n")
}

func (w *writer) text(e element, content string, attrs ...attr) {
	w.tag(e, attrs)
	w.buf.WriteByte('>')
	w.words(content, inText)
	w.close(e)
}

// style writes the style sheet, which holds nothing of the user's and no character that needs an escape.
func (w *writer) style(css string) {
	w.open(elemStyle)
	w.buf.WriteString(css)
	w.buf.WriteByte('\n')
	w.close(elemStyle)
}

func (w *writer) tag(e element, attrs []attr) {
	slices.SortFunc(attrs, func(a, b attr) int { return strings.Compare(a.name, b.name) })
	w.buf.WriteByte('<')
	w.buf.WriteString(string(e))
	for _, a := range attrs {
		if a.name == "" {
			continue
		}
		w.attribute(a)
	}
}

func (w *writer) attribute(a attr) {
	w.buf.WriteByte(' ')
	w.buf.WriteString(a.name)
	w.buf.WriteString(`="`)
	if a.isText {
		w.words(a.text, inValue)
	} else {
		w.number(a.number)
	}
	w.buf.WriteByte('"')
}

func (w *writer) number(v float64) {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		w.err = errNotFinite
		return
	}
	w.buf.Write(appendNumber(w.buf.AvailableBuffer(), v))
}

// appendNumber writes a number with at most two decimals, no exponent and no negative zero.
func appendNumber(b []byte, v float64) []byte {
	v = math.Round(v*100) / 100
	if v == 0 {
		return append(b, '0')
	}
	return strconv.AppendFloat(b, v, 'f', -1, 64)
}

// words writes text. In a page it may pass through a template engine or a Markdown processor first: what those
// take for more than text is written as a number.
func (w *writer) words(s, evaluated string) {
	if !w.fragment || !strings.ContainsAny(s, evaluated) {
		escape(&w.buf, s)
		return
	}
	for i, c := range s {
		if strings.ContainsRune(evaluated, c) {
			fmt.Fprintf(&w.buf, "&#%d;", c)
		} else {
			_, size := utf8.DecodeRuneInString(s[i:])
			escape(&w.buf, s[i:i+size])
		}
	}
}

// What template engines and Markdown look for: {{7*7}}, {process.env.HOME}, ${7*7}, <%= 7*7 %>, [[x]], :emoji:, @mention,
// `code`, *emphasis*.
const (
	inValue = "{}[]$%@`|\\\n"
	inText  = inValue + "#*_~^=!:"
)

// escape writes text so that it stays text. What XML forbids becomes a visible escape.
func escape(b *bytes.Buffer, s string) {
	plain := 0
	for i := 0; i < len(s); {
		if c := s[i]; c >= ' ' && c < 0x7f && c != '&' && c != '<' && c != '>' && c != '"' {
			i++
			continue
		}
		r, size := utf8.DecodeRuneInString(s[i:])
		if replacement := escaped(r, size, s[i]); replacement != "" {
			b.WriteString(s[plain:i])
			b.WriteString(replacement)
			plain = i + size
		}
		i += size
	}
	b.WriteString(s[plain:])
}

// escaped is how a character is written where it may not stand as it is, else "".
func escaped(r rune, size int, first byte) string {
	switch {
	case r == '&':
		return "&amp;"
	case r == '<':
		return "&lt;"
	case r == '>':
		return "&gt;"
	case r == '"':
		return "&quot;"
	case r == '\n':
		return "&#10;"
	case r == utf8.RuneError && size == 1:
		return fmt.Sprintf(`\x%02x`, first)
	case r < ' ', r >= 0x7f && r < 0xa0, r&0xfffe == 0xfffe:
		return fmt.Sprintf(`\u{%x}`, r)
	}
	return ""
}
