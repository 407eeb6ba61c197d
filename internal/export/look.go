package export

import (
	"github.com/asbuilt/asbuilt/internal/palette"
	"github.com/asbuilt/asbuilt/pkg/diagram"
)

// inks are the colours of a diagram's styles where they are not ours to draw: the light ones.
type inks struct{ palette *palette.Palette }

func inksOf(d *diagram.Diagram) inks { return inks{palette.New(d.Theme, d.Colors)} }

// line is the colour of a line, #rrggbb; "" where no style gives it one.
func (i inks) line(l diagram.Look) string {
	h, ok := i.palette.Hue(l.Color)
	if !ok {
		return ""
	}
	return i.palette.Tone(h.Color(palette.Mark)).Light
}

// quiet reports whether an edge looks as its style says: nothing was found of it.
func quiet(e diagram.Edge) bool {
	switch e.Verdict {
	case "divergence", "waived", "absence", "unknown":
		return false
	}
	return true
}

// broken is how an edge's line is broken: dashed, dotted, or "".
func broken(e diagram.Edge) string {
	switch {
	case e.Verdict == "absence":
		return "dashed"
	case e.Verdict == "unknown", e.Status == "planned":
		return "dotted"
	case quiet(e) && e.Line == "solid":
		return ""
	case quiet(e) && e.Line != "":
		return e.Line
	case e.Async:
		return "dashed"
	}
	return ""
}
