package config

import (
	"fmt"
	"net/url"
	"path"
	"slices"
	"strings"
	"unicode"
)

const maxPathBytes = 1000

// pathProblem says why a text is no path inside the root, or "".
func pathProblem(s string) string {
	switch {
	case s == "":
		return "is empty"
	case len(s) > maxPathBytes:
		return fmt.Sprintf("is longer than %d bytes", maxPathBytes)
	case strings.Contains(s, `\`):
		return `holds a \`
	case strings.HasPrefix(s, "/"), strings.HasPrefix(s, "~"), len(s) > 1 && s[1] == ':':
		return "is not relative to the root"
	case strings.IndexFunc(s, unprintable) >= 0:
		return "holds a character that cannot be printed"
	}
	parts := strings.Split(s, "/")
	switch clean := path.Clean(s); {
	case clean == "..", strings.HasPrefix(clean, "../"):
		return "leads out of the root with .."
	case slices.Contains(parts, ".."):
		return "holds .."
	case slices.Contains(parts, ".git"):
		return "leads into .git"
	}
	return ""
}

func unprintable(c rune) bool { return c != ' ' && !unicode.IsGraphic(c) }

// patternProblem says why a text is no Go package pattern, or "".
func patternProblem(s string) string {
	if problem := pathProblem(s); problem != "" {
		return problem
	}
	if strings.ContainsAny(s, " *?[]{}\"'`:;|&<>#%$!") {
		return "holds a character that no import path has"
	}
	if strings.Contains(s, "//") {
		return "holds //"
	}
	return ""
}

// linkProblem says why a text is no link: a relative path, or an http or https address.
func linkProblem(s string) string {
	if strings.IndexFunc(s, unprintable) >= 0 {
		return "holds a character that cannot be printed"
	}
	u, err := url.Parse(s)
	switch {
	case err != nil:
		return "is no path and no address"
	case u.Scheme == "http", u.Scheme == "https":
		if u.Host == "" {
			return "has no host"
		}
		return ""
	case u.Scheme != "":
		return fmt.Sprintf("begins with %s:", u.Scheme)
	case strings.HasPrefix(s, "//"):
		return "begins with //"
	}
	before, _, _ := strings.Cut(s, "#")
	return pathProblem(before)
}

// path decodes a path relative to the root.
func (f *frame) path(name string) string {
	s, ok := f.textOK(name)
	if !ok {
		return ""
	}
	if problem := pathProblem(s); problem != "" {
		f.wrong(ruleValue, f.at(name), fmt.Sprintf("%s %q %s", name, clip(s), problem), "write a path relative to the root, with slashes")
		return ""
	}
	return path.Clean(s)
}

// link decodes where documentation is.
func (f *frame) link(name string) string {
	s, ok := f.textOK(name)
	if !ok {
		return ""
	}
	if problem := linkProblem(s); problem != "" {
		f.wrong(ruleValue, f.at(name), fmt.Sprintf("%s %q %s", name, clip(s), problem), "write a path relative to the root, or an https address")
		return ""
	}
	return s
}
