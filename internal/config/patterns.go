package config

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/asbuilt/asbuilt/pkg/arch"
)

// patternRule is how the patterns of one kind of attribute are written.
type patternRule struct {
	problem func(string) string
	fix     string
}

var patternRules = map[Kind]patternRule{
	Patterns: {patternProblem, "write ./folder, ./folder/... or an import path, with slashes"},
	Folders:  {pathProblem, "write ./folder, ./folder/... or an import path, with slashes"},
	Imports:  {importsProblem, "write an import path, or path/... with all below it"},
	Modules:  {moduleProblem, "write a module path, or path/... with all below it"},
	Nodes:    {nodeProblem, "write WORLD:path, or WORLD:path/... with all below it"},
	Globs:    {globProblem, "write a path relative to the root, with slashes; * stands for a part of a name, ** for folders"},
}

// patterns decodes a list of patterns.
func (f *frame) patterns(name string) []arch.Pattern {
	out, _ := f.patternsOK(name)
	return out
}

// allowed decodes a list of patterns that says what is allowed: an empty one allows nothing.
func (f *frame) allowed(name string) *arch.Patterns {
	list, ok := f.patternsOK(name)
	if !ok {
		return nil
	}
	return &arch.Patterns{List: list, At: f.report.place(f.block.attrs[name].hcl.SrcRange)}
}

func (f *frame) patternsOK(name string) ([]arch.Pattern, bool) {
	texts, ok := f.textsOK(name)
	if !ok {
		return nil, false
	}
	rule := patternRules[f.block.spec.attr(name).Kind]
	out := []arch.Pattern{}
	for _, x := range texts {
		if problem := rule.problem(x.text); problem != "" {
			f.wrong(ruleValue, x.at, fmt.Sprintf("%q %s", clip(x.text), problem), rule.fix)
			continue
		}
		out = append(out, arch.Pattern{Text: x.text, At: f.report.place(x.at)})
	}
	return out, true
}

// wildcardProblem says why dots in a path are no wildcard: only a whole last segment is one.
func wildcardProblem(s string) string {
	parts := strings.Split(s, "/")
	for i, part := range parts {
		if strings.Contains(part, "...") && (part != "..." || i != len(parts)-1) {
			return "has ... that is not its last part: it stands for all below a path, never for a part of a name"
		}
	}
	return ""
}

// importsProblem says why a text is no pattern of packages that can be imported, or "".
func importsProblem(s string) string {
	if problem := patternProblem(s); problem != "" {
		return problem
	}
	if s == "..." {
		return "is everything"
	}
	return wildcardProblem(s)
}

// moduleProblem says why a text is no module path, or "".
func moduleProblem(s string) string {
	if problem := importsProblem(s); problem != "" {
		return problem
	}
	switch {
	case strings.HasPrefix(s, "."):
		return "is a folder, not a module path"
	case strings.HasSuffix(s, "/"):
		return "ends in /"
	case strings.Contains(s, "@"):
		return "holds a version"
	}
	return ""
}

// nodeProblem says why a text is no pattern of node ids, or "".
func nodeProblem(s string) string {
	world, rest, found := strings.Cut(s, ":")
	switch {
	case !found || nameProblem(world) != "":
		return "does not begin with a world, as in npm:"
	case world == observeGo:
		return "is a Go package: those stand in go"
	}
	if problem := pathProblem(rest); problem != "" {
		return problem
	}
	if strings.ContainsAny(rest, "*?[]{}") {
		return "holds a character that is no wildcard here"
	}
	return wildcardProblem(rest)
}

// globProblem says why a text is no path with wildcards, or "".
func globProblem(s string) string {
	if problem := pathProblem(s); problem != "" {
		return problem
	}
	for _, part := range strings.Split(s, "/") {
		if part != "**" && strings.Contains(part, "**") {
			return "has ** that is not a whole part"
		}
	}
	if _, err := path.Match(s, ""); err != nil || slices.Contains(strings.Split(s, "/"), "...") {
		return "is no pattern of paths"
	}
	return ""
}
