package catalog_test

import (
	"flag"
	"os"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"github.com/asbuilt/asbuilt/internal/catalog"
	"github.com/asbuilt/asbuilt/internal/check"
	"github.com/asbuilt/asbuilt/internal/config"
	"github.com/asbuilt/asbuilt/pkg/finding"
)

var update = flag.Bool("update", false, "rewrite what the pages print and docs/rules.md")

// notErrors are the rules that are no errors; a rule of any other name is one.
var notErrors = map[string]finding.Severity{
	"code/module-unused": finding.Warning,
	"code/planned":       finding.Note,
	"code/test-only":     finding.Note,
	"code/variant":       finding.Note,
	"map/unassigned":     finding.Warning,
	"docs/contrast":      finding.Note,
	"service/weak":       finding.Note,
	"import/not-carried": finding.Warning,
	"import/owner":       finding.Note,
	"import/unknown":     finding.Warning,
	"import/unused":      finding.Warning,
	"import/vacuous":     finding.Warning,
	"import/wider":       finding.Warning,
}

func TestRules(t *testing.T) {
	ids := catalog.IDs()
	require.True(t, slices.IsSorted(ids), "rules are looked up by binary search")
	require.Len(t, slices.Compact(slices.Clone(ids)), len(ids), "an id stands once")
	for _, r := range catalog.All() {
		want, ok := notErrors[r.ID]
		if !ok {
			want = finding.Error
		}
		require.Equal(t, want, r.Severity, r.ID)
		require.Equal(t, strings.HasPrefix(r.ID, "language/") || r.ID == "gate/blind" || r.ID == "import/syntax", r.Fatal,
			"%s: what was not read or not understood gives no verdict, everything else does", r.ID)
		found, ok := catalog.Lookup(r.ID)
		require.True(t, ok)
		require.Equal(t, r, found)
	}
	for id := range notErrors {
		require.Contains(t, ids, id)
	}
	_, ok := catalog.Lookup("code/unheard-of")
	require.False(t, ok)
}

func TestLanguageRulesAreTheLanguages(t *testing.T) {
	var want, got []string
	for _, r := range config.Rules() {
		want = append(want, r.ID)
	}
	for _, id := range check.RuleIDs() {
		if strings.HasPrefix(id, "language/") {
			got = append(got, id)
		}
	}
	require.ElementsMatch(t, want, got)
}

func TestEachRuleHasAPageAndEachPageARule(t *testing.T) {
	var want, got []string
	for _, r := range catalog.All() {
		want = append(want, fileOf(r.ID))
	}
	entries, err := os.ReadDir("pages")
	require.NoError(t, err)
	for _, e := range entries {
		got = append(got, "pages/"+e.Name())
	}
	require.ElementsMatch(t, want, got)
	_, ok := catalog.Page("code/unheard-of")
	require.False(t, ok)
}

// TestPagesReadWellInATerminal holds pages against the form that all share.
func TestPagesReadWellInATerminal(t *testing.T) {
	const columns = 78
	for _, r := range catalog.All() {
		page, ok := catalog.Page(r.ID)
		require.True(t, ok, r.ID)
		require.True(t, strings.HasPrefix(page, "# "+r.ID+"\n\n"), r.ID)
		require.Contains(t, page, "\n\nSeverity: "+string(r.Severity), "%s: the page tells the severity", r.ID)
		for line := range strings.Lines(page) {
			require.LessOrEqual(t, utf8.RuneCountInString(strings.TrimSuffix(line, "\n")), columns, "%s: %s", r.ID, line)
		}
	}
}

// fileOf is the file of a rule's page.
func fileOf(id string) string { return "pages/" + strings.ReplaceAll(id, "/", "-") + ".md" }
