package catalog_test

import (
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"
	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/stretchr/testify/require"
)

const evidenceFile = "../../docs/evidence.md"

// TestEvidencePage checks the project of docs/evidence.md, holds its evidence against the schema, and runs the
// program that the page offers.
func TestEvidencePage(t *testing.T) {
	data, err := os.ReadFile(evidenceFile)
	require.NoError(t, err)
	page := string(data)
	dir := t.TempDir()
	archive := txtar.Parse([]byte(fenced(t, page, "txtar")))
	require.NoError(t, txtar.Write(archive, dir))
	said := "<!-- example: check -->\n```text\n" + output(t, dir, []string{"check"}) + "```"
	before, rest, found := strings.Cut(page, "<!-- example: check -->\n```text\n")
	require.True(t, found)
	_, after, found := strings.Cut(rest, "```")
	require.True(t, found)
	want := before + said + after
	if *update {
		require.NoError(t, os.WriteFile(evidenceFile, []byte(want), 0o644))
	}
	require.Equal(t, want, page, "docs/evidence.md is stale: run go test ./internal/catalog -update")

	requireEvidence(t, archive.Files[1].Data)
	requireEvidence(t, converted(t, fenced(t, page, "go"), `{"src/a.js": ["src/b.js"], "src/b.js": []}`))
}

// requireEvidence holds a document against the JSON Schema.
func requireEvidence(t *testing.T, data []byte) {
	t.Helper()
	schema, err := jsonschema.NewCompiler().Compile("../../docs/evidence.schema.json")
	require.NoError(t, err)
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(data))
	require.NoError(t, err)
	require.NoError(t, schema.Validate(doc), "%s", data)
}

// converted runs the page's program, and has what it prints read.
func converted(t *testing.T, program, input string) []byte {
	t.Helper()
	dir := t.TempDir()
	name := filepath.Join(dir, "main.go")
	require.NoError(t, os.WriteFile(name, []byte(program), 0o644))
	cmd := exec.Command("go", "run", name)
	cmd.Stdin = strings.NewReader(input)
	out, err := cmd.Output()
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(filepath.Join(dir, "e.json"), out, 0o644))
	require.NoError(t, os.WriteFile(filepath.Join(dir, "a.arch.hcl"), []byte("observe \"graph\" {\n  files = [\"e.json\"]\n}\n"), 0o644))
	var got struct{ Nodes, Edges []map[string]any }
	require.NoError(t, json.Unmarshal([]byte(output(t, dir, []string{"observe", "--format", "json"})), &got))
	require.Len(t, got.Nodes, 2)
	require.Equal(t, "js:src/b.js", got.Edges[0]["to"])
	return out
}
