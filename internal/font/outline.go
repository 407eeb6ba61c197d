package font

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/go-fonts/liberation/liberationsansbold"
	"github.com/go-fonts/liberation/liberationsansregular"
	"github.com/rivo/uniseg"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
	"golang.org/x/text/unicode/bidi"

	"github.com/asbuilt/asbuilt/internal/geometry"
)

// Faces has the outlines of both weights, for pictures that no browser draws. It is for one goroutine.
type Faces struct {
	faces [2]*sfnt.Font // regular, bold; nil until it is needed
	buf   sfnt.Buffer
}

// Glyph is one character of a line at its place; or a box where the font has no character for the text.
type Glyph struct {
	Rune  rune    // 0 for a box
	X     float64 // of its origin, in pixels from the start of the line
	Width float64 // of a box
}

// Set places the characters of a line, in the order in which they are seen.
func Set(s Style, text string) []Glyph {
	var out []Glyph
	x := 0
	for _, cluster := range visual(text) {
		units, _ := clusterAdvance(s.Bold, cluster)
		if glyphs := drawn(s, cluster, x); glyphs != nil {
			out = append(out, glyphs...)
		} else {
			out = append(out, Glyph{X: pixels(s, x), Width: pixels(s, units)})
		}
		x += units
	}
	return out
}

// drawn are the glyphs of a cluster at a place; nil when one is lacking.
func drawn(s Style, cluster string, x int) []Glyph {
	out := []Glyph{}
	for _, r := range cluster {
		a, ok := advance(s.Bold, r)
		switch {
		case !ok && isMark(r) && r != variationEmoji: // joins others, and has no form of its own
			continue
		case !ok:
			return nil
		case r != ' ' && r != '\u00a0':
			out = append(out, Glyph{Rune: r, X: pixels(s, x)})
		}
		if !isMark(r) {
			x += a
		}
	}
	return out
}

// leftToRight is the mark that says where a line begins: at the left, as lines of SVG do, whatever their first word is.
const leftToRight = "\u200e"

// visual is a text in clusters, from left to right.
func visual(text string) []string {
	var p bidi.Paragraph
	if leadingASCII(text) == len(text) {
		return clusters(text)
	}
	if _, err := p.SetString(leftToRight + text); err != nil {
		return clusters(text)
	}
	order, err := p.Order()
	if err != nil {
		return clusters(text)
	}
	var out, back []string // back: what runs from right to left, and the numbers in it
	for i := range order.NumRuns() {
		run := order.Run(i)
		part := clusters(strings.TrimPrefix(run.String(), leftToRight))
		if run.Direction() == bidi.RightToLeft {
			for _, c := range part {
				back = slices.Insert(back, 0, cmp.Or(turned[c], c))
			}
			continue
		}
		if len(back) > 0 && len(part) > 0 && slices.Contains(back, part[0]) && turned[part[0]] != "" { // its other half is in there
			back, part = slices.Insert(back, 0, turned[part[0]]), part[1:]
		}
		n := 0
		if len(back) > 0 {
			n = len(number.FindString(strings.Join(part, "")))
		}
		back = slices.Insert(back, 0, part[:n]...)
		if n < len(part) {
			out, back = append(append(out, back...), part[n:]...), nil
		}
	}
	return append(out, back...)
}

// number is one at the beginning of a text.
var number = regexp.MustCompile(`^[#$%]*[0-9]+(?:[.,:/+-][0-9]+)*[#$%]*`)

// turned are the characters that are mirrored where words run from right to left.
var turned = map[string]string{"(": ")", ")": "(", "[": "]", "]": "[", "{": "}", "}": "{", "<": ">", ">": "<", "«": "»", "»": "«"}

func clusters(text string) []string {
	out := make([]string, 0, len(text))
	state := -1
	for text != "" {
		var cluster string
		cluster, text, _, state = uniseg.FirstGraphemeClusterInString(text, state)
		out = append(out, cluster)
	}
	return out
}

// Outline is the form of a character, one em high, y growing downwards from the baseline.
func (f *Faces) Outline(bold bool, r rune) (geometry.Path, error) {
	face, err := f.face(bold)
	if err != nil {
		return geometry.Path{}, err
	}
	index, err := face.GlyphIndex(&f.buf, r)
	if err != nil {
		return geometry.Path{}, fmt.Errorf("the font's %q: %w", r, err)
	}
	segments, err := face.LoadGlyph(&f.buf, index, fixed.I(unitsPerEm), nil)
	if err != nil {
		return geometry.Path{}, fmt.Errorf("the font's %q: %w", r, err)
	}
	return outline(segments), nil
}

// File is the font file of a weight, to be read only.
func File(bold bool) []byte {
	if bold {
		return liberationsansbold.TTF
	}
	return liberationsansregular.TTF
}

// Missing is the box that stands for a character which the font does not have, and the width of its line: along the
// middle of that. Where there is no room for one, the box has no width.
func Missing(s Style, at geometry.Point, width float64) (box geometry.Rect, line float64) {
	inset := 0.06 * s.Size
	line = 0.07 * s.Size
	box = geometry.Rect{X: at.X + inset + line/2, Y: at.Y - CapHeight*s.Size + line/2, W: width - 2*inset - line, H: CapHeight*s.Size - line}
	if box.W <= line {
		return geometry.Rect{}, 0
	}
	return box, line
}

func (f *Faces) face(bold bool) (*sfnt.Font, error) {
	i := 0
	if bold {
		i = 1
	}
	if f.faces[i] == nil {
		face, err := sfnt.Parse(File(bold))
		if err != nil {
			return nil, fmt.Errorf("the font: %w", err)
		}
		f.faces[i] = face
	}
	return f.faces[i], nil
}

// outline is a path of the font's lines and quadratic curves.
func outline(segments sfnt.Segments) geometry.Path {
	var p geometry.Path
	var last geometry.Point
	for i, s := range segments {
		to := inEm(s.Args[0])
		switch s.Op {
		case sfnt.SegmentOpMoveTo:
			if i > 0 {
				p.End()
			}
			p.Move(to)
		case sfnt.SegmentOpLineTo:
			p.Line(to)
		case sfnt.SegmentOpQuadTo:
			handle := to
			to = inEm(s.Args[1])
			p.Curve(third(last, handle), third(to, handle), to)
		case sfnt.SegmentOpCubeTo:
			p.Curve(to, inEm(s.Args[1]), inEm(s.Args[2]))
			to = inEm(s.Args[2])
		}
		last = to
	}
	if len(segments) > 0 {
		p.End()
	}
	return p
}

// third is two thirds of the way from an end to the handle of a quadratic curve: a handle of the same cubic one.
func third(end, handle geometry.Point) geometry.Point {
	return geometry.Point{X: end.X + float64((handle.X-end.X)*2/3), Y: end.Y + float64((handle.Y-end.Y)*2/3)}
}

func inEm(p fixed.Point26_6) geometry.Point {
	return geometry.Point{X: float64(p.X) / (64 * unitsPerEm), Y: float64(p.Y) / (64 * unitsPerEm)}
}
