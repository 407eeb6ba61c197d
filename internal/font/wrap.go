package font

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/rivo/uniseg"
)

// Ellipsis ends a text that was cut.
const Ellipsis = "…"

// Wrap breaks a text into at most maxLines lines, none wider than width pixels: after words (Unicode
// Standard Annex 14), inside a word that is wider than a line where names have joints (camelCase, a.b,
// a_b), else between any two grapheme clusters. What does not fit is cut with an ellipsis; cut reports that.
// A single cluster wider than the line stands alone and is the one exception to the width.
func Wrap(s Style, text string, width float64, maxLines int) (lines []string, cut bool) {
	text = oneLine(text)
	if text == "" || maxLines < 1 {
		return nil, text != ""
	}
	if Width(s, text) <= width {
		return []string{text}, false
	}
	w := wrapper{cells: cellsOf(s.Bold, text), ellipsis: advanceOf(s.Bold, '…')}
	return w.wrap(unitsIn(s, width), maxLines)
}

// WrapBalanced is Wrap with lines of about the same length, for centred text.
func WrapBalanced(s Style, text string, width float64, maxLines int) (lines []string, cut bool) {
	lines, cut = Wrap(s, text, width, maxLines)
	if cut || len(lines) < 2 {
		return lines, cut
	}
	w := wrapper{cells: cellsOf(s.Bold, oneLine(text)), ellipsis: advanceOf(s.Bold, '…')}
	for limit := unitsIn(s, width) * 15 / 16; limit > 0; limit = limit * 15 / 16 {
		narrower, cut := w.wrap(limit, maxLines)
		if cut || len(narrower) > len(lines) {
			break
		}
		lines = narrower
	}
	return lines, false
}

// oneLine makes every run of white space a single space.
func oneLine(text string) string {
	if strings.ContainsAny(text, "\t\n\r") || strings.Contains(text, "  ") {
		return strings.Join(strings.Fields(text), " ")
	}
	return strings.TrimSpace(text)
}

func unitsIn(s Style, width float64) int { return int(width * unitsPerEm / s.Size) }

func advanceOf(bold bool, r rune) int {
	units, _ := advance(bold, r)
	return units
}

// cell is a grapheme cluster and what may happen after it.
type cell struct {
	text  string
	units int
	after joint
	space bool
}

// joint is how well a text breaks after a cell.
type joint uint8

const (
	joined joint = iota
	soft         // inside a name: camel|Case, a.|b
	open         // between words
)

func cellsOf(bold bool, text string) []cell {
	if leadingASCII(text) == len(text) {
		return asciiCells(bold, text)
	}
	cells := make([]cell, 0, len(text))
	state := -1
	for text != "" {
		var cluster string
		var boundaries int
		cluster, text, boundaries, state = uniseg.StepString(text, state)
		units, _ := clusterAdvance(bold, cluster)
		c := cell{text: cluster, units: units, space: isSpace(cluster)}
		switch {
		case boundaries&uniseg.MaskLine != uniseg.LineDontBreak:
			c.after = open
		case isSoftJoint(cluster, text):
			c.after = soft
		}
		cells = append(cells, c)
	}
	return cells
}

// asciiCells does for plain ASCII what the Unicode tables do for the rest, ten times as fast.
func asciiCells(bold bool, text string) []cell {
	cells := make([]cell, len(text))
	for i := range cells {
		c := cell{text: text[i : i+1], units: asciiAdvance(bold, text[i]), space: text[i] == ' '}
		rest := text[i+1:]
		switch {
		case c.space, strings.Contains("-/", c.text) && rest != "" && unicode.IsLetter(rune(rest[0])):
			c.after = open
		case isSoftJoint(c.text, rest):
			c.after = soft
		}
		cells[i] = c
	}
	return cells
}

// isSoftJoint reports a joint of a compound name between a cluster and what follows it.
func isSoftJoint(cluster, rest string) bool {
	last, _ := utf8.DecodeLastRuneInString(cluster)
	next, _ := utf8.DecodeRuneInString(rest)
	if strings.ContainsRune("./_:-,@", last) {
		return unicode.IsLetter(next) || unicode.IsDigit(next)
	}
	return unicode.IsLower(last) && unicode.IsUpper(next)
}

// wrapper breaks one text; limits are in font units.
type wrapper struct {
	cells    []cell
	ellipsis int
}

func (w *wrapper) wrap(limit, maxLines int) (lines []string, cut bool) {
	for at := w.skipSpace(0); at < len(w.cells); at = w.skipSpace(at) {
		if len(lines) == maxLines-1 {
			line, cut := w.last(at, limit)
			return append(lines, line), cut
		}
		end := w.lineEnd(at, limit)
		lines = append(lines, w.join(at, end))
		at = end
	}
	return lines, false
}

// lineEnd is where the line that starts at a cell ends: at the last word that fits, else the last joint,
// else the last cell.
func (w *wrapper) lineEnd(start, limit int) int {
	var ends [3]int // by joint
	units := 0
	for i := start; i < len(w.cells); i++ {
		c := w.cells[i]
		units += c.units
		if units > limit && !c.space {
			break
		}
		ends[joined] = i + 1
		ends[c.after] = i + 1
		if i == len(w.cells)-1 {
			return len(w.cells)
		}
	}
	for _, j := range [...]joint{open, soft, joined} {
		if ends[j] > start {
			return ends[j]
		}
	}
	return start + 1
}

// last is the last line allowed, which starts at a cell. It is cut at a word unless that wastes a third of it.
func (w *wrapper) last(start, limit int) (line string, cut bool) {
	if w.units(start, len(w.cells)) <= limit {
		return w.join(start, len(w.cells)), false
	}
	units, end, word := w.ellipsis, start, start
	for i := start; i < len(w.cells); i++ {
		units += w.cells[i].units
		if units > limit {
			break
		}
		end = i + 1
		if w.cells[i].after == open && 3*units >= 2*limit {
			word = end
		}
	}
	if word > start {
		end = word
	}
	return strings.TrimRight(w.join(start, end), " ,;:.-–") + Ellipsis, true
}

func (w *wrapper) units(start, end int) int {
	for end > start && w.cells[end-1].space {
		end--
	}
	sum := 0
	for _, c := range w.cells[start:end] {
		sum += c.units
	}
	return sum
}

func (w *wrapper) skipSpace(at int) int {
	for at < len(w.cells) && w.cells[at].space {
		at++
	}
	return at
}

func (w *wrapper) join(start, end int) string {
	for end > start && w.cells[end-1].space {
		end--
	}
	var b strings.Builder
	for _, c := range w.cells[start:end] {
		b.WriteString(c.text)
	}
	return b.String()
}
