package golang

import (
	"path"
	"regexp"
	"strings"
)

// pattern is a pattern of Go packages, as the go command reads them: "..." stands for any text, and
// "/..." at the end for nothing, too.
type pattern struct {
	text  string
	local bool // written with ./: folders only
	match *regexp.Regexp
}

func newPatterns(texts []string) []pattern {
	out := make([]pattern, 0, len(texts))
	for _, text := range texts {
		out = append(out, newPattern(text))
	}
	return out
}

func newPattern(text string) pattern {
	local := text == "." || strings.HasPrefix(text, "./")
	form := path.Clean(text)
	if form == "..." {
		return pattern{text, local, regexp.MustCompile(``)}
	}
	expr := strings.ReplaceAll(regexp.QuoteMeta(form), `\.\.\.`, `.*`)
	if rest, ok := strings.CutSuffix(expr, `/.*`); ok {
		expr = rest + `(/.*)?`
	}
	return pattern{text, local, regexp.MustCompile(`^(?:` + expr + `)$`)}
}

// covers reports whether the pattern means the package in a folder with an import path.
func (p pattern) covers(dir, importPath string) bool {
	return p.match.MatchString(dir) || !p.local && p.match.MatchString(importPath)
}
