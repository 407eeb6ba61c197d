package foreign

import (
	"path"
	"regexp"
	"strings"
)

// globMatches reports whether a go-arch-lint path pattern matches a folder. Between two ** stands a pattern of
// path segments; ** is any way downwards, none included, and all below a match matches when a ** is in the
// pattern at all: a/**/b holds what is below b too.
func globMatches(pattern, dir string) bool {
	at := map[string]bool{"": true}
	subject := "/" + dir
	if dir == "." {
		subject = ""
	}
	if pattern == "." {
		pattern = ""
	} else {
		pattern = "/" + pattern
	}
	parts := strings.Split(pattern, "**")
	if len(parts) == 1 {
		ok, err := path.Match(pattern, subject)
		return ok && err == nil
	}
	for _, part := range parts {
		next := map[string]bool{}
		for reached := range at {
			for _, end := range prefixes(subject) {
				rest, inside := strings.CutPrefix(end, reached)
				if !inside {
					continue
				}
				if ok, err := path.Match(strings.TrimRight(part, "/"), rest); ok && err == nil {
					downwards(next, subject, end)
				}
			}
		}
		at = next
	}
	return at[subject]
}

// prefixes are the folders from the top to a folder: "", /a, /a/b.
func prefixes(subject string) []string {
	out := []string{""}
	for i := 1; i <= len(subject); i++ {
		if i == len(subject) || subject[i] == '/' {
			out = append(out, subject[:i])
		}
	}
	return out
}

// downwards adds a folder and those on the way from it to the subject.
func downwards(set map[string]bool, subject, from string) {
	for _, p := range prefixes(subject) {
		if len(p) >= len(from) {
			set[p] = true
		}
	}
}

// vendorGlob compiles go-arch-lint's pattern of import paths: * is one segment, ** is anything.
func vendorGlob(pattern string) (*regexp.Regexp, error) {
	var b strings.Builder
	b.WriteString("^")
	for rest := pattern; rest != ""; {
		switch {
		case strings.HasPrefix(rest, "**"):
			b.WriteString(".*")
			rest = rest[2:]
		case rest[0] == '*':
			b.WriteString("[^/]+")
			rest = rest[1:]
		case rest[0] == '.':
			b.WriteString(`\.`)
			rest = rest[1:]
		default: // what else means something to a regular expression means it there too
			b.WriteByte(rest[0])
			rest = rest[1:]
		}
	}
	b.WriteString("$")
	return regexp.Compile(b.String())
}
