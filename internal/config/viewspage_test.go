package config

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestViewsPage evaluates all that docs/views.md says can be written, about the model of its first example.
func TestViewsPage(t *testing.T) {
	data, err := os.ReadFile("../../docs/views.md")
	require.NoError(t, err)
	page := string(data)
	examples := hclExample.FindAllStringSubmatch(page, -1)
	require.Len(t, examples, 3)
	load := func(text string) []string {
		m, findings := Load([]File{{"model.arch.hcl", []byte(examples[0][1])}, {"view.arch.hcl", []byte(text)}}, Options{})
		require.Empty(t, printFindings(findings), text)
		if m.Views[0].Include == nil {
			return nil
		}
		var names []string
		for _, address := range m.Views[0].Include {
			_, name, _ := strings.Cut(address, ".")
			names = append(names, name)
		}
		return names
	}
	for _, m := range examples[1:] {
		load(m[1])
	}
	row := regexp.MustCompile("(?m)^\\| ([^|`]+) \\| `(.+?)` \\| ?(.*?) ?\\|$")
	rows := row.FindAllStringSubmatch(page, -1)
	tables, _, _ := strings.Cut(page, "## In this view alone")
	require.Len(t, rows, strings.Count(tables, "\n| ")-2) // but for the heads
	for _, m := range rows {
		var want []string
		if m[3] != "" {
			want = strings.Split(m[3], ", ")
		}
		got := load("view \"container\" \"v\" {\n" + strings.ReplaceAll(m[2], `\|`, "|") + "\n}\n")
		require.Equal(t, slices.Sorted(slices.Values(want)), slices.Sorted(slices.Values(got)), m[2])
	}
}
