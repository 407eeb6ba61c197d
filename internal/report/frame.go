package report

import (
	"strings"
	"unicode/utf8"

	"github.com/asbuilt/asbuilt/internal/console"
	"github.com/asbuilt/asbuilt/pkg/source"
)

// frames reads source lines, each file once.
type frames struct {
	source func(file string) ([]byte, bool)
	lines  map[string][]string
}

func newFrames(o Options) *frames { return &frames{source: o.Source, lines: map[string][]string{}} }

func (f *frames) line(at source.Range) (string, bool) {
	if f.source == nil || at.Start.Line == 0 {
		return "", false
	}
	lines, ok := f.lines[at.File]
	if !ok {
		if data, found := f.source(at.File); found {
			lines = strings.Split(string(data), "\n")
		}
		f.lines[at.File] = lines
	}
	if at.Start.Line > len(lines) {
		return "", false
	}
	return strings.TrimSuffix(lines[at.Start.Line-1], "\r"), true
}

const (
	widest  = 100 // cells of a source line that a frame shows
	context = 20  // cells kept before the marked part when a line is cut
)

// excerpt cleans a source line for one row of a frame. It returns what to show, the cells before the
// marked part, and how many cells are marked (0 when the place names no column).
func excerpt(line string, at source.Range) (shown string, before, marked int) {
	if at.Start.Column == 0 {
		shown, _ = cut(visible(strings.TrimLeft(line, " \t")), widest)
		return shown, 0, 0
	}
	from := snap(line, at.Start.Column-1)
	to := len(line)
	if at.End.Line == at.Start.Line {
		to = max(from, snap(line, at.End.Column-1))
	}
	head, body, tail := visible(line[:from]), visible(line[from:to]), visible(line[to:])
	if console.Width(head) > widest-context {
		head = "…" + lastCells(head, context)
	}
	before = console.Width(head)
	shown, _ = cut(head+body+tail, widest)
	marked = min(max(1, console.Width(body)), max(1, widest-before))
	return shown, before, marked
}

// snap moves a byte offset back to the start of its character.
func snap(s string, i int) int {
	i = max(0, min(i, len(s)))
	for i > 0 && i < len(s) && !utf8.RuneStart(s[i]) {
		i--
	}
	return i
}

// visible is a piece of a source line as it is printed: tabs as blanks, everything else clean.
func visible(s string) string {
	parts := strings.Split(s, "\t")
	for i := range parts {
		parts[i] = console.Clean(parts[i])
	}
	return strings.Join(parts, "    ")
}

// cut keeps at most width cells.
func cut(s string, width int) (string, bool) {
	if console.Width(s) <= width {
		return s, false
	}
	cells := 0
	for i, r := range s {
		if cells += console.Width(string(r)); cells > width-1 {
			return s[:i] + "…", true
		}
	}
	return s, false
}

// lastCells keeps the last cells of a string.
func lastCells(s string, cells int) string {
	start := len(s)
	for start > 0 {
		r, size := utf8.DecodeLastRuneInString(s[:start])
		if cells -= console.Width(string(r)); cells < 0 {
			break
		}
		start -= size
	}
	return s[start:]
}
