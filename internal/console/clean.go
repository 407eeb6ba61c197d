// Package console is the one output writer. What the program prints holds words of strangers – file
// names, labels, source lines – and is read by terminals, CI logs and files; so no control character
// of the input, no bidirectional override and no CI workflow command gets through it.
package console

import (
	"fmt"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Clean makes a string of unknown origin fit for one line: control characters, line breaks,
// invisible and bidirectional format characters and invalid bytes become visible escapes.
func Clean(s string) string {
	if isPlain(s) {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		switch {
		case r == utf8.RuneError && size == 1:
			fmt.Fprintf(&b, `\x%02x`, s[i])
		case r == '#' && commandMark.MatchString(s[i:]):
			b.WriteString(`\x23`)
		case r == '\n':
			b.WriteString(`\n`)
		case r == '\t':
			b.WriteString(`\t`)
		case r == '\r':
			b.WriteString(`\r`)
		case r < 0x80 && unicode.IsControl(r):
			fmt.Fprintf(&b, `\x%02x`, r)
		case isHidden(r):
			fmt.Fprintf(&b, `\u{%x}`, r)
		default:
			b.WriteString(s[i : i+size])
		}
		i += size
	}
	return b.String()
}

// commandMark begins a command of Azure Pipelines, TeamCity or an old runner of GitHub, which act on it anywhere in a
// line: ##[, ##vso[, ##teamcity[.
var commandMark = regexp.MustCompile(`^##[A-Za-z]*\[`)

func isPlain(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] < ' ' || s[i] > '~' || s[i] == '#' {
			return false
		}
	}
	return true
}

// isHidden reports characters that a reader cannot see or that turn what the reader sees around:
// controls, line separators, and format characters but the joiners that scripts and emoji need.
func isHidden(r rune) bool {
	switch r {
	case '\u200c', '\u200d': // joiners
		return false
	case '\u2028', '\u2029':
		return true
	}
	return unicode.IsControl(r) || unicode.Is(unicode.Cf, r) || unicode.Is(unicode.Co, r)
}
