package workspace_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/asbuilt/asbuilt/internal/stamp"
	"github.com/asbuilt/asbuilt/internal/workspace"
)

// What another version of asbuilt has written of the same diagram, in other words, is written anew.
func TestWordsOfAnotherVersion(t *testing.T) {
	dir := t.TempDir()
	put(t, dir, map[string]string{"a.arch.hcl": "component \"a\" {}\nview \"landscape\" \"all\" { include = elements() }\n"})
	w, err := workspace.Open(workspace.Env{Dir: dir, Worker: worker})
	require.NoError(t, err)
	defer w.Close()
	render := func() workspace.Outcome {
		s := w.Snapshot(t.Context())
		drawn, told, err := s.Render(workspace.Drawing{Formats: []string{"md"}, Keep: true})
		require.NoError(t, err)
		require.Empty(t, told)
		out, err := s.Output("", true)
		require.NoError(t, err)
		defer out.Close()
		_, outcome, err := out.Write(drawn.Products[0], false)
		require.NoError(t, err)
		return outcome
	}
	require.Equal(t, workspace.Written, render())
	require.Equal(t, workspace.Unchanged, render())
	file := filepath.Join(dir, "docs", "architecture", "all.md")
	now, err := os.ReadFile(file)
	require.NoError(t, err)
	old := stamp.Seal([]byte(strings.Replace(string(now), "## Elements", "## Things", 1)))
	require.NoError(t, os.WriteFile(file, old, 0o644))
	require.Equal(t, workspace.Written, render())
	again, err := os.ReadFile(file)
	require.NoError(t, err)
	require.Equal(t, string(now), string(again))
}
