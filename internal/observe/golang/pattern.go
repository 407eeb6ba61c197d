package golang

import (
	"path"
	"strings"
)

// pattern is a pattern of Go packages, as the go command reads them: "..." stands for any text, and
// "/..." at the end for nothing, too.
type pattern struct {
	text  string
	form  string
	local bool // written with ./: folders only
}

func newPatterns(texts []string) []pattern {
	out := make([]pattern, 0, len(texts))
	for _, text := range texts {
		out = append(out, pattern{text, path.Clean(text), text == "." || strings.HasPrefix(text, "./")})
	}
	return out
}

// covers reports whether the pattern means the package in a folder with an import path.
func (p pattern) covers(dir, importPath string) bool {
	return p.matches(dir) || !p.local && p.matches(importPath)
}

func (p pattern) matches(s string) bool {
	if whole, ok := strings.CutSuffix(p.form, "/..."); ok && matchAny(whole, s) {
		return true
	}
	return matchAny(p.form, s)
}

// matchAny matches a text in which "..." stands for any text.
func matchAny(form, s string) bool {
	first, rest, wild := strings.Cut(form, "...")
	if !wild {
		return form == s
	}
	s, ok := strings.CutPrefix(s, first)
	if !ok {
		return false
	}
	for {
		part, after, more := strings.Cut(rest, "...")
		if !more {
			return strings.HasSuffix(s, rest)
		}
		i := strings.Index(s, part)
		if i < 0 {
			return false
		}
		s, rest = s[i+len(part):], after
	}
}
