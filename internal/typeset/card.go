package typeset

import (
	"slices"
	"strconv"

	"github.com/asbuilt/asbuilt/internal/font"
	"github.com/asbuilt/asbuilt/internal/geometry"
	"github.com/asbuilt/asbuilt/internal/icon"
	"github.com/asbuilt/asbuilt/internal/sheet"
	"github.com/asbuilt/asbuilt/pkg/diagram"
)

// widths of cards. There are few, so that most renames keep a card's size.
var widths = [...]float64{168, 208, 256}

const (
	titleLines       = 2
	descriptionLines = 3
	tileOut          = 6.0                          // how far the icon's field stands out of the room for words, at the side
	tileUp           = 4.0                          // and above
	iconRoom         = sheet.TileSize - tileOut + 6 // what it takes from the title
	chipHeight       = 18.0
	chipPad          = 7.0
	chipGap          = 6.0
	heightStep       = 4.0
)

// card sets a node on the narrowest card that shows all of it, else on the widest, unless it keeps a width.
func card(n *diagram.Node, kept float64) sheet.Card {
	shape := sheet.ShapeOf(n.Type, n.Shape)
	if slices.Contains(widths[:], kept) {
		c, _ := setCard(n, shape, kept)
		return c
	}
	for _, w := range widths {
		if c, whole := setCard(n, shape, w); whole {
			return c
		}
	}
	c, _ := setCard(n, shape, widths[len(widths)-1])
	return c
}

// setCard sets a node at one width; whole is false when the title took a second line or something was cut.
func setCard(n *diagram.Node, shape sheet.Shape, width float64) (c sheet.Card, whole bool) {
	in := shape.Inset()
	inner := width - in.Left - in.Right
	col := column{left: in.Left, y: in.Top}

	titleWidth := inner
	if c.Mark = mark(n); c.Mark != "" {
		titleWidth -= iconRoom
		const pad = (sheet.TileSize - sheet.IconSize) / 2
		c.Icon = geometry.Rect{X: width - in.Right - sheet.IconSize - pad + tileOut, Y: in.Top + pad - tileUp, W: sheet.IconSize, H: sheet.IconSize}
	}
	title, cutTitle := font.Wrap(sheet.Title.Setting().Font, clean(n.Title), titleWidth, titleLines)
	col.add(sheet.Title, title)
	kind, cutKind := font.Wrap(sheet.Kind.Setting().Font, kindWords(n), inner, 1)
	col.add(sheet.Kind, kind)
	body, cutBody := font.Wrap(sheet.Body.Setting().Font, clean(n.Description), inner, descriptionLines)
	if len(body) > 0 {
		col.skip(6)
		col.add(sheet.Body, body)
	}
	whole = len(title) <= 1 && !cutTitle && !cutKind && !cutBody

	note, owner := clean(n.Note), clean(n.Owner)
	if note != "" || owner != "" || len(n.Badges) > 0 {
		col.skip(8)
		row := geometry.Rect{X: in.Left, Y: col.y, W: inner, H: chipHeight}
		if one, fits := wordChip(sheet.NoteChip, note, row); one.Line.Text != "" {
			whole = whole && fits
			c.Chips = append(c.Chips, one)
			row.X += one.Box.W + chipGap
			row.W -= one.Box.W + chipGap
		}
		more, fits := chips(owner, n.Badges, row)
		c.Chips, whole = append(c.Chips, more...), whole && fits
		col.skip(chipHeight)
	}
	c.Block = col.block()
	c.Size = geometry.Size{W: width, H: roundUp(col.y+in.Bottom, heightStep)}
	c.Group, c.Shape = n.Group, shape
	return c, whole
}

// kindWords says what a node is; the type's word comes first, since shape and colour alone tell nobody.
func kindWords(n *diagram.Node) string {
	return joined(" · ", kindWord(n.Kind, n.Type), clean(n.Status), clean(n.Technology))
}

// mark is the icon of a node: its own, else its type's; "" for none.
func mark(n *diagram.Node) string {
	switch n.Icon {
	case "":
		return icon.Of(n.Type)
	case icon.None:
		return ""
	}
	return n.Icon
}

// chips sets the owner at the left of a row and the marks of the sets at its right.
func chips(owner string, badges []int, row geometry.Rect) (out []sheet.Chip, fits bool) {
	const pitch = sheet.MarkSize + 4
	shown := min(len(badges), int(row.W/pitch))
	left := row.X + row.W - float64(shown)*pitch + 4
	for i, b := range badges[:shown] {
		out = append(out, chip(sheet.BadgeChip, badgeLetter(b), geometry.Rect{X: left + float64(i)*pitch, Y: row.Y, W: sheet.MarkSize, H: row.H}))
	}
	if owner == "" {
		return out, shown == len(badges)
	}
	room := row.W
	if shown > 0 {
		room = left - 6 - row.X
	}
	row.W = room
	one, fits := wordChip(sheet.OwnerChip, owner, row)
	if one.Line.Text == "" {
		return out, false
	}
	return append([]sheet.Chip{one}, out...), fits && shown == len(badges)
}

// wordChip sets a text on a chip at the left of a row; fits is false when it was cut, and of a chip without a text when
// there is no room.
func wordChip(kind sheet.ChipKind, text string, row geometry.Rect) (c sheet.Chip, fits bool) {
	kept := cut(sheet.Owner, text, row.W-2*chipPad)
	width := ceil(font.Width(sheet.Owner.Setting().Font, kept)) + 2*chipPad
	if kept == "" || width > row.W {
		return sheet.Chip{}, false
	}
	row.W = width
	return chip(kind, kept, row), kept == text
}

func chip(kind sheet.ChipKind, text string, box geometry.Rect) sheet.Chip {
	role := sheet.Owner
	if kind == sheet.BadgeChip {
		role = sheet.Badge
	}
	l := place(role, text, geometry.Point{X: box.Center().X, Y: box.Y + (box.H-role.Setting().Height)/2})
	l.Middle = true
	return sheet.Chip{Kind: kind, Box: box, Line: l}
}

// badgeLetter is the mark of a set: A to Z, then A2, B2, …
func badgeLetter(i int) string {
	letter := string(rune('A' + i%26))
	if i < 26 {
		return letter
	}
	return letter + strconv.Itoa(i/26+1)
}

func roundUp(v, step float64) float64 { return ceil(v/step) * step }
