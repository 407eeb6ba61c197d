// Package mermaid writes words of unknown origin into Mermaid drawings so that they stay words.
package mermaid

import (
	"fmt"
	"strings"
	"unicode"

	"github.com/asbuilt/asbuilt/internal/console"
)

// Label writes a label, a line a part, for a place between quotes.
func Label(parts ...string) string {
	lines := make([]string, len(parts))
	for i, p := range parts {
		lines[i] = Text(p)
	}
	return strings.Join(lines, "<br/>")
}

// Text writes every character that Mermaid, or the Markdown that it reads labels as, might read as
// more than text, as a decimal entity (#34;).
func Text(s string) string {
	var b strings.Builder
	clean := joined.Replace(console.Clean(s))
	for i, r := range clean {
		if isPlain(r, clean[:i]) {
			b.WriteRune(r)
		} else {
			fmt.Fprintf(&b, "#%d;", r)
		}
	}
	return b.String()
}

// Joiner is an invisible character at which no line breaks.
const Joiner = "\u2060"

// joined parts what Mermaid looks for after it has read the entities: formulas, line breaks, icons.
var joined = strings.NewReplacer("$", "$"+Joiner, `\n`, `\`+Joiner+"n", ":fa-", ":"+Joiner+"fa-")

// isPlain reports whether a character after others is text and nothing else.
func isPlain(r rune, before string) bool {
	switch r {
	case ' ', ',', '/':
		return true
	case '-': // at the start of a list
		return before != ""
	case '.': // after a list's number, or in an address
		return strings.Trim(before, "0123456789") != "" && !strings.HasSuffix(strings.ToLower(before), "www")
	}
	return unicode.IsLetter(r) || unicode.IsDigit(r)
}
