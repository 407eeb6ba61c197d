package catalog_test

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/asbuilt/asbuilt/internal/catalog"
)

const indexFile = "../../docs/rules.md"

// TestIndex holds docs/rules.md against the catalogue: a table of the rules, and all pages below it.
func TestIndex(t *testing.T) {
	want := index(t)
	if *update {
		require.NoError(t, os.WriteFile(indexFile, []byte(want), 0o644))
	}
	got, err := os.ReadFile(indexFile)
	require.NoError(t, err)
	require.Equal(t, want, string(got), "docs/rules.md is stale: run go test ./internal/catalog -update")
}

// index reads the pages' files, which a test before this one may have updated.
func index(t *testing.T) string {
	t.Helper()
	var b strings.Builder
	b.WriteString(`<!-- Generated from internal/catalog. Do not edit: change the catalogue or its pages there, then run
     go test ./internal/catalog -update -->

# Rules

What ` + "`asbuilt check`" + ` can find, and ` + "`asbuilt import`" + ` in the file of another tool (import/). An id is never used again for something else. The same pages are in the program:
` + "`asbuilt explain RULE`" + ` prints one, offline.

A finding of a rule marked with * means that no verdict was reached: the exit status is 2 whatever ` + "`--fail-on`" + ` says,
and the finding can be neither waived nor changed in severity. For all others, a ` + "`waiver`" + ` accepts a finding for a
while and ` + "`severity`" + ` in the ` + "`architecture`" + ` block changes a rule's weight; see [the language](language.md).

| rule | severity | meaning |
|---|---|---|
`)
	var pages strings.Builder
	for _, r := range catalog.All() {
		star := ""
		if r.Fatal {
			star = " *"
		}
		fmt.Fprintf(&b, "| [%s](#%s) | %s%s | %s |\n", r.ID, strings.ReplaceAll(r.ID, "/", ""), r.Severity, star, r.Summary)
		page, err := os.ReadFile(fileOf(r.ID))
		require.NoError(t, err)
		pages.WriteString("\n" + deeper(string(page)))
	}
	return b.String() + pages.String()
}

// deeper moves the headings of a page one level down. A code block may hold lines that look like one.
func deeper(page string) string {
	var b strings.Builder
	code := false
	for line := range strings.Lines(page) {
		switch {
		case strings.HasPrefix(line, "```"):
			code = !code
		case strings.HasPrefix(line, "#") && !code:
			line = "#" + line
		}
		b.WriteString(line)
	}
	return b.String()
}
