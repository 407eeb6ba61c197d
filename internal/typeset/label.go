package typeset

import (
	"slices"

	"github.com/asbuilt/asbuilt/internal/font"
	"github.com/asbuilt/asbuilt/internal/geometry"
	"github.com/asbuilt/asbuilt/internal/sheet"
	"github.com/asbuilt/asbuilt/pkg/diagram"
)

const (
	labelWidth = 140.0
	labelLines = 2   // of each of an edge's labels
	labelGap   = 3.0 // between labels
	labelSide  = 6.0 // between the words and a line that runs beside them
	labelPad   = 4.0 // between the words and a line that runs above or under them
)

// label sets what an edge says, centred: its labels, its technology, and what is wrong with it.
func label(e *diagram.Edge, drift bool) sheet.Label {
	var c column
	said := append(slices.Clone(e.Labels), e.Technology)
	for i, text := range e.Labels {
		if i > 0 {
			c.skip(labelGap)
		}
		lines, _ := font.WrapBalanced(sheet.EdgeText.Setting().Font, clean(text), labelWidth, labelLines)
		c.add(sheet.EdgeText, lines)
	}
	if e.Technology != "" {
		c.add(sheet.EdgeDetail, []string{cut(sheet.EdgeDetail, e.Technology, labelWidth)})
	}
	if words := verdictLabel(e); drift && words != "" {
		lines, _ := font.WrapBalanced(sheet.EdgeVerdict.Setting().Font, words, labelWidth, labelLines)
		c.add(sheet.EdgeVerdict, lines)
		said = append(said, words)
	}
	for i := range said {
		said[i] = clean(said[i])
	}
	l := sheet.Label{From: e.From, To: e.To, Text: joined(", ", said...), Stray: drift && (e.Verdict == "divergence" || e.Verdict == "waived")}
	if len(c.lines) == 0 {
		return l
	}
	l.Size = geometry.Size{W: ceil(c.width) + 2*labelSide, H: c.y + 2*labelPad}
	for _, line := range c.lines {
		line.At.X, line.At.Y, line.Middle = l.Size.W/2, line.At.Y+labelPad, true
		l.Lines = append(l.Lines, line)
	}
	return l
}
