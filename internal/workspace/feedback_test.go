package workspace_test

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/stretchr/testify/require"

	"github.com/asbuilt/asbuilt/internal/workspace"
	"github.com/asbuilt/asbuilt/pkg/evidence"
)

var goObserver = regexp.MustCompile(`(?ms)^observe "go" \{.*?^\}$`)

// TestFeedback feeds back what observe prints: an architecture that reads evidence of its code from a file gets the
// verdicts that it gets from the code, here and where none of the code is.
func TestFeedback(t *testing.T) {
	schema, err := jsonschema.NewCompiler().Compile("../../docs/evidence.schema.json")
	require.NoError(t, err)
	said := map[bool]int{} // with drift or without: how much there was to say
	for _, project := range []string{".", "examples/hello", "examples/shop", "examples/monolith/before", "examples/monolith/after"} {
		t.Run(strings.ReplaceAll(project, "/", "_"), func(t *testing.T) {
			from, err := filepath.Abs(filepath.Join("../..", filepath.FromSlash(project)))
			require.NoError(t, err)
			for _, drift := range []bool{false, true} {
				away := t.TempDir()
				there := filepath.Join(away, filepath.FromSlash(project))
				require.NoError(t, os.Mkdir(filepath.Join(away, ".git"), 0o755)) // so that places have the same names
				require.NoError(t, os.MkdirAll(there, 0o755))
				copyArchitecture(t, from, there, drift, false)
				findings, graph := judged(t, workspace.Env{Dir: there, Code: from})

				data, err := json.Marshal(struct {
					SchemaVersion int `json:"schema_version"`
					evidence.Graph
				}{1, graph})
				require.NoError(t, err)
				doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(data))
				require.NoError(t, err)
				require.NoError(t, schema.Validate(doc))
				require.NoError(t, os.WriteFile(filepath.Join(there, "evidence.json"), data, 0o644))
				copyArchitecture(t, from, there, drift, true)
				again, _ := judged(t, workspace.Env{Dir: there})
				require.Equal(t, findings, again)
				said[drift] += strings.Count(findings, "\n")
			}
		})
	}
	require.Greater(t, said[true], said[false]+20)
}

// copyArchitecture copies the HCL files: with drift all declared edges are taken out, with fed evidence is read from a file.
func copyArchitecture(t *testing.T, from, to string, drift, fed bool) {
	t.Helper()
	names, err := filepath.Glob(filepath.Join(from, "*.arch.hcl"))
	require.NoError(t, err)
	require.NotEmpty(t, names)
	slices.Sort(names)
	for i, name := range names {
		data, err := os.ReadFile(name)
		require.NoError(t, err)
		text := string(data)
		if drift {
			text = regexp.MustCompile(`(?m)^  depends_on +=.*$`).ReplaceAllString(text, "")
		}
		if fed {
			text = goObserver.ReplaceAllStringFunc(text, func(block string) string { return strings.Repeat("\n", strings.Count(block, "\n")) })
			if i == len(names)-1 {
				text += "\nobserve \"graph\" {\n  files = [\"evidence.json\"]\n}\n"
			}
		}
		require.NoError(t, os.WriteFile(filepath.Join(to, filepath.Base(name)), []byte(text), 0o644))
	}
}

// judged is what a check says of an architecture, and the evidence.
func judged(t *testing.T, env workspace.Env) (string, evidence.Graph) {
	t.Helper()
	env.Today = time.Date(2026, 6, 1, 12, 0, 0, 0, time.UTC)
	w, err := workspace.Open(env)
	require.NoError(t, err)
	defer w.Close()
	s := w.Snapshot(context.Background())
	findings, err := s.Findings()
	require.NoError(t, err)
	graph, err := s.Evidence()
	require.NoError(t, err)
	var out strings.Builder
	for _, f := range findings {
		text, err := json.Marshal(f)
		require.NoError(t, err)
		out.Write(text)
		out.WriteString("\n")
	}
	return out.String(), graph
}
