// Package pattern matches patterns of packages, as the go command reads them: "..." stands for any text, and
// "/..." at the end for nothing, too. A path is never matched by a part of a name: example.com/foo does not
// mean example.com/foobar.
package pattern

import (
	"path"
	"strings"
)

// Pattern is a pattern that was read.
type Pattern struct {
	Text  string // as written
	form  string
	Local bool // written with ./: it means folders, not import paths
}

// New reads a pattern.
func New(text string) Pattern {
	return Pattern{text, path.Clean(text), text == "." || text == "..." || strings.HasPrefix(text, "./")}
}

// All reads several patterns.
func All(texts []string) []Pattern {
	out := make([]Pattern, len(texts))
	for i, text := range texts {
		out[i] = New(text)
	}
	return out
}

// Covers reports whether the pattern means the package in a folder with an import path. One that is not
// written with ./ may mean either.
func (p Pattern) Covers(dir, importPath string) bool {
	return p.Matches(dir) || !p.Local && p.Matches(importPath)
}

// Means reports whether the pattern, a folder or an import path as it is written, means the package with
// an import path in a folder; dir is empty outside the tree.
func (p Pattern) Means(dir, importPath string) bool {
	if p.Local {
		return dir != "" && p.Matches(dir)
	}
	return p.Matches(importPath)
}

// Matches reports whether a path is one of those that the pattern stands for.
func (p Pattern) Matches(s string) bool {
	if whole, ok := strings.CutSuffix(p.form, "/..."); ok && matchAny(whole, s) {
		return true
	}
	return matchAny(p.form, s)
}

// Base is the literal path before the first wildcard.
func (p Pattern) Base() string {
	base, _, wild := strings.Cut(p.form, "...")
	if !wild {
		return p.form
	}
	return strings.TrimSuffix(base, "/")
}

// Under reports whether a path is another one, or lies below it, by whole segments.
func Under(p, above string) bool {
	rest, ok := strings.CutPrefix(p, above)
	return ok && (rest == "" || rest[0] == '/')
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
