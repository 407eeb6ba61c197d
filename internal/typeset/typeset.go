// Package typeset turns a diagram into measured words: diagram.Diagram → sheet.Sheet. It decides what is
// written where on a card, breaks lines, and so the size of everything, before there is a layout.
package typeset

import (
	"strings"

	"github.com/asbuilt/asbuilt/internal/font"
	"github.com/asbuilt/asbuilt/internal/geometry"
	"github.com/asbuilt/asbuilt/internal/icon"
	"github.com/asbuilt/asbuilt/internal/sheet"
	"github.com/asbuilt/asbuilt/pkg/diagram"
)

// Widths are those of cards that keep theirs, by address.
type Widths map[string]float64

// Set typesets a diagram. A card that keeps its width – one of those there are – breaks its words within it.
func Set(d *diagram.Diagram, kept Widths) *sheet.Sheet {
	s := &sheet.Sheet{Direction: d.Direction, SameRank: d.SameRank, Header: header(d), Footer: footer(d), Legend: legend(d)}
	for _, g := range d.Groups {
		s.Groups = append(s.Groups, frame(g))
	}
	if d.Kind == diagram.KindSequence {
		score(s, d)
		return s
	}
	for i := range d.Nodes {
		s.Cards = append(s.Cards, card(&d.Nodes[i], kept[d.Nodes[i].Address]))
	}
	for i := range d.Edges {
		s.Labels = append(s.Labels, label(&d.Edges[i], d.Drift))
	}
	return s
}

const (
	pageText    = 640.0 // width at which header lines are broken
	headerLines = 2
)

func header(d *diagram.Diagram) sheet.Block {
	title := clean(d.Title)
	if title == "" {
		title = d.Name
	}
	var c column
	c.wrap(sheet.Heading, title, pageText, headerLines)
	if d.Description != "" {
		c.skip(4)
		c.wrap(sheet.Lead, d.Description, pageText, headerLines)
	}
	return c.block()
}

// footer says what the picture shows and of which state: whoever finds a copy can tell whether it is stale.
func footer(d *diagram.Diagram) sheet.Block {
	whole := joined(" ", d.Architecture, d.Version)
	view := d.Name
	if d.Kind != "" {
		view = joined(" ", d.Kind, "view", d.Name)
	}
	view = joined(" · ", view, d.Digest())
	lines := []string{joined(" · ", whole, view)}
	if font.Width(sheet.Imprint.Setting().Font, clean(lines[0])) > pageText {
		lines = []string{whole, view}
	}
	var c column
	for _, text := range lines {
		c.wrap(sheet.Imprint, text, pageText, 1)
	}
	return c.block()
}

const (
	frameIcon  = 14.0
	frameTitle = 320.0 // width at which a group's title is cut
)

// frame sets a group's title and, quieter on the same line, its kind, technology, status and team.
func frame(g diagram.Group) sheet.Frame {
	f := sheet.Frame{Parent: g.Parent}
	x := 0.0
	if icon.Of(g.Type) != "" {
		f.Icon = geometry.Rect{Y: 2, W: frameIcon, H: frameIcon}
		x = frameIcon + 6
	}
	title := place(sheet.GroupTitle, cut(sheet.GroupTitle, g.Title, frameTitle), geometry.Point{X: x})
	if title.Text != "" {
		f.Lines = append(f.Lines, title)
		x += title.Width + 8
	}
	kind := cut(sheet.GroupKind, joined(" · ", groupWord(g), clean(g.Technology), clean(g.Status), clean(g.Owner)), frameTitle)
	if kind != "" {
		detail := place(sheet.GroupKind, kind, geometry.Point{X: x})
		detail.At.Y = title.At.Y
		f.Lines = append(f.Lines, detail)
		x += detail.Width
	}
	f.Size = geometry.Size{W: ceil(x), H: sheet.GroupTitle.Setting().Height}
	return f
}

// column sets lines one under the other.
type column struct {
	lines []sheet.Line
	left  float64
	y     float64
	width float64 // of the widest line
}

// wrap adds a text in at most n lines of a width.
func (c *column) wrap(role sheet.Role, text string, width float64, n int) {
	lines, _ := font.Wrap(role.Setting().Font, clean(text), width, n)
	c.add(role, lines)
}

func (c *column) add(role sheet.Role, lines []string) {
	for _, text := range lines {
		if text == "" {
			continue
		}
		if strings.ContainsFunc(text, reachesUp) {
			c.y += markRoom
		}
		l := place(role, text, geometry.Point{X: c.left, Y: c.y})
		c.lines = append(c.lines, l)
		c.width = max(c.width, l.Width)
		c.y += role.Setting().Height
	}
}

// markRoom is the room over a line with marks, which reach higher than the font says.
const markRoom = 2.0

func (c *column) skip(pixels float64) { c.y += pixels }

func (c *column) block() sheet.Block {
	return sheet.Block{Size: geometry.Size{W: ceil(c.width), H: c.y}, Lines: c.lines}
}

// place sets a line whose top left corner is at a point.
func place(role sheet.Role, text string, at geometry.Point) sheet.Line {
	s := role.Setting()
	return sheet.Line{
		Text: text, Role: role, At: geometry.Point{X: at.X, Y: at.Y + s.Baseline()},
		Width: font.Width(s.Font, text), Fit: !font.Native(text),
	}
}

// cut is a text on one line.
func cut(role sheet.Role, text string, width float64) string {
	lines, _ := font.Wrap(role.Setting().Font, clean(text), width, 1)
	return strings.Join(lines, "")
}

// joined puts a separator between the parts that say something.
func joined(separator string, parts ...string) string {
	kept := parts[:0:0]
	for _, p := range parts {
		if p != "" {
			kept = append(kept, p)
		}
	}
	return strings.Join(kept, separator)
}

func ceil(v float64) float64 {
	whole := float64(int(v))
	if v > whole {
		whole++
	}
	return whole
}
