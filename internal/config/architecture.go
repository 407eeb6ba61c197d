package config

import (
	"fmt"
	"maps"
	"path"
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/convert"

	"github.com/asbuilt/asbuilt/internal/phrase"
	"github.com/asbuilt/asbuilt/pkg/arch"
	"github.com/asbuilt/asbuilt/pkg/source"
)

// defaultOut is where pictures live.
const defaultOut = "docs/architecture"

func (l *loader) architecture() arch.Architecture {
	a := arch.Architecture{Out: defaultOut, Edges: arch.EdgesDeclared}
	b := l.names.singles["architecture"]
	if b == nil {
		return a
	}
	f := l.frame(b, early)
	a.Name, a.At = b.labels[0], l.report.place(b.header())
	a.Title, a.Description, a.Version = f.text("title"), f.text("description"), f.text("version")
	a.Strict, l.auto = f.flag("strict"), f.flag("auto")
	a.Theme = f.theme("theme")
	if edges := f.word("edges"); edges != "" {
		a.Edges = arch.EdgePolicy(edges)
	}
	if r := b.attrs["required_version"]; r != nil {
		a.RequiredVersion = f.text("required_version")
	}
	if out := f.out(a.Version); out != "" {
		a.Out, a.OutAt = out, l.report.place(f.at("out"))
	}
	a.Severity, a.SeverityAt = f.levels("severity")
	return a
}

// out decodes the folder of the pictures, with {version} replaced.
func (f *frame) out(version string) string {
	s, ok := f.textOK("out")
	if !ok {
		return ""
	}
	const placeholder = "{version}"
	if strings.Contains(s, placeholder) {
		switch problem := slugProblem(version); {
		case f.block.attrs["version"] == nil:
			f.wrong(ruleMissing, f.at("out"), "out needs the version, and architecture has none", `add version = "…"`)
			return ""
		case problem != "" && !f.block.attrs["version"].bad:
			f.wrong(ruleValue, f.at("version"), fmt.Sprintf("version %q %s, and out makes a folder of it", clip(version), problem),
				"letters, digits, . _ + and - make a folder")
			return ""
		}
		s = strings.ReplaceAll(s, placeholder, version)
	}
	if i := strings.IndexAny(s, "{}"); i >= 0 {
		f.wrong(ruleValue, f.at("out"), fmt.Sprintf("out %q holds braces", clip(s)), "only {version} is replaced")
		return ""
	}
	if problem := pathProblem(s); problem != "" {
		f.wrong(ruleValue, f.at("out"), fmt.Sprintf("out %q %s", clip(s), problem), "write a folder relative to the root, with slashes")
		return ""
	}
	return path.Clean(s)
}

// slugProblem says why a text is no name of a folder, or "".
func slugProblem(s string) string {
	switch {
	case s == "", s == ".", s == "..":
		return "is no name"
	case len(s) > maxNameBytes:
		return "is too long"
	}
	for _, c := range s {
		if !strings.ContainsRune("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._+-", c) {
			return fmt.Sprintf("holds %q", c)
		}
	}
	return ""
}

// fixedLevels are rules that mean "could not judge", whatever anybody would like.
func fixedLevel(rule string) bool {
	return strings.HasPrefix(rule, "language/") || rule == "gate/blind"
}

// levelWords are the levels of findings.
var levelWords = []string{"error", "warning", "note"}

// levels decodes severities by rule id.
func (f *frame) levels(name string) (map[string]string, map[string]source.Range) {
	v, ok := f.object(name)
	if !ok {
		return nil, nil
	}
	given := v.(map[string]any)
	places := f.keyPlaces(name)
	levels, at := map[string]string{}, map[string]source.Range{}
	for _, rule := range slices.Sorted(maps.Keys(given)) {
		place, found := places[rule]
		if !found {
			place = f.at(name)
		}
		if level, ok := f.level(rule, given[rule], place); ok {
			levels[rule], at[rule] = level, f.report.place(place)
		}
	}
	return levels, at
}

func (f *frame) level(rule string, value any, at hcl.Range) (string, bool) {
	level, _ := value.(string)
	switch {
	case !f.knownRule(rule, at):
		return "", false
	case fixedLevel(rule):
		f.wrong(ruleValue, at, rule+" is always an error: it means that nothing could be judged", "take it out")
		return "", false
	case !slices.Contains(levelWords, level):
		f.wrong(ruleValue, at, fmt.Sprintf("the level of %s cannot be %q", rule, clip(plainText(value))), choose(level, levelWords, nil))
		return "", false
	}
	return level, true
}

// knownRule checks the id of a built-in rule.
func (f *frame) knownRule(rule string, at hcl.Range) bool {
	if f.Rules == nil || slices.Contains(f.Rules, rule) {
		return true
	}
	f.wrong(ruleUnknown, at, fmt.Sprintf("there is no rule %q", clip(rule)), phrase.DidYouMean(rule, f.Rules))
	return false
}

// keyPlaces are the places of an object's keys, where it is written out.
func (f *frame) keyPlaces(name string) map[string]hcl.Range {
	out := map[string]hcl.Range{}
	o, ok := hcl.UnwrapExpression(f.block.attrs[name].hcl.Expr).(*hclsyntax.ObjectConsExpr)
	if !ok {
		return out
	}
	for _, item := range o.Items {
		key, diags := item.KeyExpr.Value(nil)
		if key, err := convert.Convert(key, cty.String); !diags.HasErrors() && err == nil && key.IsKnown() && !key.IsNull() {
			out[key.AsString()] = item.KeyExpr.Range()
		}
	}
	return out
}
