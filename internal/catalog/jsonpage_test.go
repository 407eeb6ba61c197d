package catalog_test

import (
	"bytes"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"
	"github.com/stretchr/testify/require"
)

const jsonFile = "../../docs/json.md"

// exampleMark stands before a block that a command prints.
var exampleMark = regexp.MustCompile("<!-- example: (.*) -->\n```json\n([^`]*)```")

// TestJSONPage runs the commands whose documents docs/json.md shows.
func TestJSONPage(t *testing.T) {
	data, err := os.ReadFile(jsonFile)
	require.NoError(t, err)
	got := string(data)
	dir := t.TempDir()
	for _, f := range txtar.Parse([]byte(fenced(t, got, "txtar"))).Files {
		name := filepath.Join(dir, filepath.FromSlash(f.Name))
		require.NoError(t, os.MkdirAll(filepath.Dir(name), 0o755))
		require.NoError(t, os.WriteFile(name, f.Data, 0o644))
	}
	marks := exampleMark.FindAllStringSubmatch(got, -1)
	require.Len(t, marks, 7)
	want := got
	for _, m := range marks {
		said := "<!-- example: " + m[1] + " -->\n```json\n" + output(t, dir, strings.Fields(m[1])) + "```"
		want = strings.Replace(want, m[0], said, 1)
	}
	if *update {
		require.NoError(t, os.WriteFile(jsonFile, []byte(want), 0o644))
		return
	}
	require.Equal(t, want, got, "docs/json.md is stale: run go test ./internal/catalog -update")
}

// output is what a command prints on standard output.
func output(t *testing.T, dir string, args []string) string {
	t.Helper()
	var out, complaints bytes.Buffer
	ran(dir, args, &out, &complaints)
	require.NotEmpty(t, out.String(), complaints.String())
	return out.String()
}
