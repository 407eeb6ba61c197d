package paint

import (
	"github.com/asbuilt/asbuilt/internal/palette"
)

// color is a colour of the picture's palette.
type color = palette.Color

const (
	canvas     = palette.Canvas
	ink        = palette.Ink
	body       = palette.Body
	muted      = palette.Muted
	way        = palette.Way
	frameLine  = palette.FrameLine
	divergence = palette.Divergence
	waived     = palette.Waived
	absence    = palette.Absence
	crossing   = palette.Crossing
	focus      = palette.Focus

	fill    = palette.Fill
	outline = palette.Outline
	word    = palette.Word
	field   = palette.Field
	mark    = palette.Mark
)

type hue = palette.Hue

var typeHues = map[string]string{
	"person": "purple", "system": "blue", "component": "blue", "api": "teal", "datastore": "green", "queue": "amber", "external": "grey",
	"package": "blue",
}

// hueOf is the hue that a style names, else that of the node's type.
func (b *brush) hueOf(nodeType, name string) hue {
	for _, n := range [...]string{name, typeHues[nodeType], "grey"} {
		if h, ok := b.colors.Hue(n); ok {
			return h
		}
	}
	return 0
}
