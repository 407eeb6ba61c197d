// Package markup writes words of unknown origin into drawing languages and Markdown so that they stay words:
// every character that a reader of the language might take for more than text is written as a reference to it.
package markup

import (
	"fmt"
	"strings"
	"unicode"

	"github.com/asbuilt/asbuilt/internal/console"
)

// MermaidLabel writes a label for a place between quotes, a line a part.
func MermaidLabel(parts ...string) string { return lines(parts, Mermaid, "<br/>") }

// Mermaid writes a text for Mermaid, and for the Markdown that it reads labels as: #34;.
func Mermaid(s string) string {
	return referred(joined.Replace(console.Clean(s)), func(r rune) string { return fmt.Sprintf("#%d;", r) })
}

// Joiner is an invisible character at which no line breaks.
const Joiner = "\u2060"

// joined parts what Mermaid looks for after it has read the references: formulas, line breaks, icons.
var joined = strings.NewReplacer("$", "$"+Joiner, `\n`, `\`+Joiner+"n", ":fa-", ":"+Joiner+"fa-")

// Markdown writes a text for a paragraph or the cell of a table: &#124;. No HTML, mention, link or emphasis
// is left of it, nor anything that a template engine would evaluate.
func Markdown(s string) string {
	return referred(console.Clean(s), func(r rune) string { return fmt.Sprintf("&#%d;", r) })
}

// PlantUMLLabel writes a label for a place between quotes, a line a part.
func PlantUMLLabel(parts ...string) string { return lines(parts, PlantUML, `\n`) }

// PlantUML writes a text for PlantUML and its Creole: <U+0022>.
func PlantUML(s string) string {
	return referred(console.Clean(s), func(r rune) string { return fmt.Sprintf("<U+%04X>", r) })
}

// D2Label writes a double-quoted text for D2, a line a part.
func D2Label(parts ...string) string { return `"` + lines(parts, d2, `\n`) + `"` }

func d2(s string) string { return escapedD2.Replace(console.Clean(s)) }

var escapedD2 = strings.NewReplacer(`\`, `\\`, `"`, `\"`, "$", `\$`)

func lines(parts []string, write func(string) string, separator string) string {
	out := make([]string, len(parts))
	for i, p := range parts {
		out[i] = write(p)
	}
	return strings.Join(out, separator)
}

// referred writes plain characters as they are and refers to all others.
func referred(s string, reference func(rune) string) string {
	var b strings.Builder
	for i, r := range s {
		if isPlain(r, s[:i]) {
			b.WriteRune(r)
		} else {
			b.WriteString(reference(r))
		}
	}
	return b.String()
}

// isPlain reports whether a character after others is text and nothing else, in each of the languages.
func isPlain(r rune, before string) bool {
	switch r {
	case ' ', ',':
		return true
	case '/': // two are italics
		return !strings.HasSuffix(before, "/")
	case '-': // at the start of a list; two are a rule, or struck out
		return before != "" && !strings.HasSuffix(before, "-")
	case '.': // after a list's number, or in an address
		return strings.Trim(before, "0123456789") != "" && !strings.HasSuffix(strings.ToLower(before), "www")
	}
	return unicode.IsLetter(r) || unicode.IsDigit(r)
}
