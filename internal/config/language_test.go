package config

import (
	_ "embed"
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/asbuilt/asbuilt/internal/budget"
	"github.com/asbuilt/asbuilt/internal/icon"
	"github.com/asbuilt/asbuilt/internal/palette"
	"github.com/asbuilt/asbuilt/internal/phrase"
)

//go:embed language.tmpl.md
var languageTemplate string

const languagePage = "../../docs/language.md"

// TestLanguagePage keeps docs/language.md as the schema says.
func TestLanguagePage(t *testing.T) {
	page := languageMarkdown(t)
	if *update {
		require.NoError(t, os.WriteFile(languagePage, []byte(page), 0o644))
	}
	have, err := os.ReadFile(languagePage)
	require.NoError(t, err)
	require.True(t, page == string(have), "docs/language.md is stale: run with -update") // the page is too long to print
}

func languageMarkdown(t *testing.T) string {
	parts := map[string]string{
		"sets":                   setsMarkdown(),
		"elementAttributes":      wrapped(codeList(elementAttributes)) + ".",
		"relationshipAttributes": wrapped(codeList(relationshipAttributes)) + ".",
		"reference":              referenceMarkdown(),
		"icons":                  strings.TrimPrefix(wrapped("The icons are "+codeList(icon.Names())), "The icons are "),
		"themes":                 codeList(palette.Themes()),
		"functions":              wrapped(codeList(builtinFunctions()) + "."),
		"later":                  laterMarkdown(),
		"limits":                 limitsMarkdown(),
		"rules":                  rulesMarkdown(),
	}
	page := regexp.MustCompile(`\{\{(\w+)\}\}`).ReplaceAllStringFunc(languageTemplate, func(m string) string {
		name := strings.Trim(m, "{}")
		require.Contains(t, parts, name)
		return strings.TrimRight(parts[name], "\n")
	})
	return page
}

func builtinFunctions() []string { return sortedKeys(budget.New().Functions()) }

// wrapped breaks a line of words where the page's lines end.
func wrapped(s string) string {
	const width = 120
	var b strings.Builder
	column := 0
	for i, w := range strings.Split(s, " ") {
		switch {
		case i == 0:
		case column+1+len(w) > width:
			b.WriteString("\n")
			column = 0
		default:
			b.WriteString(" ")
			column++
		}
		b.WriteString(w)
		column += len(w)
	}
	return b.String()
}

func codeList(words []string) string {
	out := make([]string, len(words))
	for i, w := range words {
		out[i] = "`" + w + "`"
	}
	return strings.Join(out, ", ")
}

func setsMarkdown() string {
	var b strings.Builder
	b.WriteString("| function | gives |\n|---|---|\n")
	for _, f := range SetFunctions() {
		fmt.Fprintf(&b, "| `%s(%s)` | %s |\n", f.Name, f.Args, f.Doc)
	}
	return b.String()
}

func referenceMarkdown() string {
	var b strings.Builder
	for i := range schema.Blocks {
		block := &schema.Blocks[i]
		if block.Type == elementTypes[0] {
			b.WriteString("### Every element\n\nPerson, system, component, api, datastore, queue and external have:\n\n")
			attributesMarkdown(&b, everyElement)
		}
		if !block.Later {
			blockMarkdown(&b, block, "###")
		}
	}
	return b.String()
}

func blockMarkdown(b *strings.Builder, block *Block, level string) {
	fmt.Fprintf(b, "%s %s\n\n`%s`\n\n%s", level, block.Type, header(block), block.Doc)
	if block.Many && !block.Free {
		b.WriteString(" May stand several times.")
	}
	if block.Nests {
		b.WriteString(" May stand inside of itself.")
	}
	if block.Steps && block.Type != viewBlock.Type {
		b.WriteString(" In it stand steps again, fragments too.")
	}
	b.WriteString("\n\n")
	attrs := block.Attrs
	if isElementType(block.Type) && level == "###" {
		attrs = attrs[len(everyElement):]
		b.WriteString("Besides what [every element](#every-element) has:\n\n")
	}
	attributesMarkdown(b, attrs)
	var shared []string
	for i := range block.Blocks {
		n := &block.Blocks[i]
		if sharedBlock(n) && block.Type != "component" {
			shared = append(shared, fmt.Sprintf("[`%s`](#%s)", n.Type, n.Type))
			continue
		}
		blockMarkdown(b, n, "####")
	}
	if block.Steps && block.Type == viewBlock.Type {
		for i := range stepBlocks {
			blockMarkdown(b, &stepBlocks[i], "####")
		}
	}
	if len(shared) > 0 {
		fmt.Fprintf(b, "Blocks as in a component: %s.\n\n", strings.Join(shared, ", "))
	}
}

func attributesMarkdown(b *strings.Builder, attrs []Attribute) {
	if len(attrs) == 0 {
		return
	}
	b.WriteString("| attribute | takes | |\n|---|---|---|\n")
	for _, a := range attrs {
		if !a.Later {
			fmt.Fprintf(b, "| `%s` | %s | %s |\n", a.Name, takes(a), remarks(a))
		}
	}
	b.WriteString("\n")
}

// sharedBlock reports whether a nested block stands in several element types: it is explained once.
func sharedBlock(b *Block) bool {
	return slices.Contains([]string{"uses", "code", "runtime", "capacity"}, b.Type)
}

func takes(a Attribute) string {
	switch {
	case a.Kind == Word, a.Kind == Ways:
		quoted := make([]string, len(a.Words))
		for i, w := range a.Words {
			quoted[i] = "`\"" + w + "\"`"
		}
		if a.Kind == Ways {
			return phrase.Choice(quoted) + ", or a list of these"
		}
		return phrase.Choice(quoted)
	case a.Name == "depends_on":
		return "elements, but no person"
	case len(a.Accepts) == len(targets):
		return "element, but no person"
	case len(a.Accepts) > 0:
		return phrase.Choice(a.Accepts)
	}
	return string(a.Kind)
}

func remarks(a Attribute) string {
	s := a.Doc
	if a.Required {
		s = "**Required.** " + s
	}
	if a.Under != "" {
		s = fmt.Sprintf("Of `%q`: %s", a.Under, s)
	}
	if a.NotUnder != "" {
		s += fmt.Sprintf(" Not of `%q`.", a.NotUnder)
	}
	if a.Default != "" {
		s += " Default: `" + a.Default + "`."
	}
	return strings.ReplaceAll(s, "|", `\|`)
}

func laterMarkdown() string {
	var b strings.Builder
	for _, x := range schema.Blocks {
		if x.Later {
			fmt.Fprintf(&b, "- `%s`: %s\n", header(&x), lowerFirst(x.Doc))
		}
		for _, l := range x.Labels {
			if len(l.Later) > 0 {
				fmt.Fprintf(&b, "- `%s` of %s\n", x.Type, codeList(l.Later))
			}
		}
	}
	for _, a := range kindBlock.Attrs {
		if a.Later {
			fmt.Fprintf(&b, "- `%s` in `kind`: %s\n", a.Name, lowerFirst(a.Doc))
		}
	}
	return b.String()
}

func lowerFirst(s string) string { return strings.ToLower(s[:1]) + s[1:] }

func limitsMarkdown() string {
	var b strings.Builder
	for _, l := range []struct {
		n    int
		what string
	}{
		{budget.MaxBytes, "bytes in a file"},
		{maxText, "bytes in all files"},
		{budget.MaxTokens, "tokens in a file"},
		{budget.MaxDepth, "brackets, blocks and templates inside one another"},
		{budget.MaxDigits, "digits of a number"},
		{budget.MaxString, "bytes of one text"},
		{budget.MaxElements, "members of all collections that expressions make"},
		{maxElements, "elements, all instances counted"},
		{maxEdges, "edges"},
		{maxInside, "elements around one element"},
		{maxMembers, "members of all sets in views and rules"},
		{maxParts, "parts of all values"},
		{maxWork, "steps of all set functions"},
		{maxSteps, "steps of all sequences, notes and fragments counted"},
		{maxLifelines, "lifelines of a sequence"},
		{maxNested, "groups or fragments inside one another, and views that extend one another"},
		{maxFindings, "findings printed"},
	} {
		fmt.Fprintf(&b, "- %s %s\n", thousands(l.n), l.what)
	}
	return b.String()
}

func thousands(n int) string {
	s := fmt.Sprint(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

func rulesMarkdown() string {
	var b strings.Builder
	b.WriteString("| rule | means |\n|---|---|\n")
	for _, r := range Rules() {
		fmt.Fprintf(&b, "| `%s` | %s |\n", r.ID, r.Meaning)
	}
	return b.String()
}

var (
	hclExample = regexp.MustCompile("(?s)```hcl\n(.*?)```")
	reference  = regexp.MustCompile(`\b(team|kind|rule|person|system|component|api|datastore|queue|external)\.([a-z][a-z0-9_]*)`)
)

// TestExamples loads every example of the page. What a fragment refers to and does not declare is declared
// beside it.
func TestExamples(t *testing.T) {
	examples := hclExample.FindAllStringSubmatch(languageTemplate, -1)
	require.Greater(t, len(examples), 5)
	for i, m := range examples {
		files := []File{{"example.arch.hcl", []byte(m[1])}}
		if i > 0 { // the first is whole
			files = append(files, File{"beside.arch.hcl", []byte(missing(m[1]))})
		}
		_, findings := Load(files, Options{})
		require.Empty(t, printFindings(findings), "%s", m[1])
	}
}

// missing declares what an example refers to and does not declare itself.
func missing(example string) string {
	var b strings.Builder
	done := map[string]bool{}
	for _, m := range reference.FindAllStringSubmatch(example, -1) {
		block := fmt.Sprintf("%s %q", m[1], m[2])
		if done[block] || strings.Contains(example, block) || strings.Contains(example, "from = "+m[0]) {
			continue
		}
		done[block] = true
		body := "{}"
		if m[1] == "rule" {
			body = "{ acyclic = components() }"
		}
		fmt.Fprintf(&b, "%s %s\n", block, body)
	}
	return b.String()
}

// TestFunctions keeps the list of functions: none reads files, environment, clock, network or chance.
func TestFunctions(t *testing.T) {
	l := newLoader(nil, Options{})
	names := strings.Join(sortedKeys(l.functions), "\n") + "\n"
	const golden = "testdata/functions.golden"
	if *update {
		require.NoError(t, os.WriteFile(golden, []byte(names), 0o644))
	}
	want, err := os.ReadFile(golden)
	require.NoError(t, err)
	require.Equal(t, string(want), names)
	for _, forbidden := range []string{"file", "fileexists", "templatefile", "timestamp", "uuid", "env", "abspath", "pathexpand", "bcrypt", "plantimestamp"} {
		require.NotContains(t, l.functions, forbidden)
	}
}

// TestSchema holds the schema against itself.
func TestSchema(t *testing.T) {
	var walk func(path string, b *Block)
	walk = func(path string, b *Block) {
		seen := map[string]bool{}
		for _, a := range b.Attrs {
			require.False(t, seen[a.Name], "%s.%s stands twice", path, a.Name)
			seen[a.Name] = true
			require.NotEmpty(t, a.Doc, "%s.%s", path, a.Name)
			require.Equal(t, a.Kind == Word || a.Kind == Ways, len(a.Words) > 0, "%s.%s", path, a.Name)
		}
		blocks := b.Blocks
		if b.Steps && b.Type == viewBlock.Type {
			blocks = slices.Concat(blocks, stepBlocks)
		}
		for i := range blocks {
			n := &blocks[i]
			require.False(t, seen[n.Type], "%s.%s stands twice", path, n.Type)
			seen[n.Type] = true
			require.NotEmpty(t, n.Doc, "%s.%s", path, n.Type)
			walk(path+"."+n.Type, n)
		}
	}
	walk("", Schema())
}
