package typeset

import (
	"fmt"
	"strings"
	"unicode"

	"github.com/asbuilt/asbuilt/internal/console"
	"github.com/asbuilt/asbuilt/internal/font"
)

// How many marks stand over one letter; more would reach into the lines around. Scripts that need two – Hebrew, Arabic,
// Thai – set them low; those of the Latin script are stacked.
const (
	mostMarks   = 2
	mostStacked = 1
)

// clean makes a text one line that shows whatever is hidden in it and stays within its height.
func clean(text string) string {
	return lessMarks(font.Composed(console.Clean(strings.Join(strings.Fields(text), " "))))
}

// lessMarks writes marks that would pile up as escapes.
func lessMarks(text string) string {
	if !strings.ContainsFunc(text, isMark) {
		return text
	}
	var b strings.Builder
	marks, stacked := 0, 0
	for _, r := range text {
		if !isMark(r) {
			marks, stacked = 0, 0
			b.WriteRune(r)
			continue
		}
		marks++
		if isStacked(r) {
			stacked++
		}
		if marks > mostMarks || stacked > mostStacked {
			fmt.Fprintf(&b, `\u{%x}`, r)
			continue
		}
		b.WriteRune(r)
	}
	return b.String()
}

// reachesUp reports a mark that may stand over the letters' own height. The one that asks for the coloured form of an emoji
// has no form of its own.
func reachesUp(r rune) bool { return isMark(r) && r != '\ufe0f' }

func isMark(r rune) bool { return r > unicode.MaxLatin1 && unicode.In(r, unicode.Mn, unicode.Me) }

// isStacked reports a mark of the Latin, Greek and Cyrillic scripts that no letter has built in.
func isStacked(r rune) bool {
	return r >= 0x300 && r <= 0x36f || r >= 0x1ab0 && r <= 0x1aff || r >= 0x1dc0 && r <= 0x1dff || r >= 0xfe20 && r <= 0xfe2f
}
