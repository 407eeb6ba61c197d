package typeset

import (
	"fmt"
	"strings"
	"unicode"

	"github.com/asbuilt/asbuilt/internal/console"
)

// mostMarks is how many marks stand over one letter; more would reach into the lines around.
const mostMarks = 2

// clean makes a text one line that shows whatever is hidden in it and stays within its height.
func clean(text string) string {
	return lessMarks(console.Clean(strings.Join(strings.Fields(text), " ")))
}

// lessMarks writes marks that would pile up as escapes.
func lessMarks(text string) string {
	if !strings.ContainsFunc(text, isMark) {
		return text
	}
	var b strings.Builder
	marks := 0
	for _, r := range text {
		if !isMark(r) {
			marks = 0
		} else if marks++; marks > mostMarks {
			fmt.Fprintf(&b, `\u{%x}`, r)
			continue
		}
		b.WriteRune(r)
	}
	return b.String()
}

func isMark(r rune) bool { return r > unicode.MaxLatin1 && unicode.In(r, unicode.Mn, unicode.Me) }
