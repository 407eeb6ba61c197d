package workspace_test

import (
	"context"
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/txtar"
	"github.com/stretchr/testify/require"

	"github.com/asbuilt/asbuilt/internal/cases"
	"github.com/asbuilt/asbuilt/internal/workspace"
	"github.com/asbuilt/asbuilt/pkg/finding"
)

var update = flag.Bool("update", false, "rewrite the wanted findings")

// TestFindings runs one case a sentence of the language's semantics: a project, and everything the check says of
// it, notes and waived findings included.
func TestFindings(t *testing.T) {
	cases.Run(t, "testdata/findings/*.txtar", func(t *testing.T, file string, archive *txtar.Archive) {
		dir := t.TempDir()
		var project txtar.Archive
		want := -1
		for i, f := range archive.Files {
			if f.Name == "want" {
				want = i
				continue
			}
			project.Files = append(project.Files, f)
		}
		require.GreaterOrEqual(t, want, 0, "the case has a want file")
		require.NoError(t, txtar.Write(&project, dir))
		got := said(t, dir)
		if *update {
			archive.Files[want].Data = []byte(got)
			require.NoError(t, os.WriteFile(file, txtar.Format(archive), 0o644))
			return
		}
		require.Equal(t, string(archive.Files[want].Data), got)
	})
}

// said checks a project on a fixed day and prints each finding on a few lines.
func said(t *testing.T, dir string) string {
	t.Helper()
	w, err := workspace.Open(workspace.Env{Dir: dir, Today: time.Date(2026, 6, 1, 12, 0, 0, 0, time.UTC)})
	require.NoError(t, err)
	defer w.Close()
	findings, err := w.Snapshot(context.Background()).Findings()
	require.NoError(t, err)
	var b strings.Builder
	for _, f := range findings {
		fmt.Fprintf(&b, "%s %s %s: %s\n", f.Severity, f.Rule, f.At, f.Message)
		for _, r := range f.Related {
			fmt.Fprintf(&b, "    %s: %s\n", r.At, r.Message)
		}
		if f.Waived != nil {
			fmt.Fprintf(&b, "    waived by %s until %s\n", f.Waived.By, f.Waived.Expires)
		}
	}
	fmt.Fprintf(&b, "status %d\n", workspace.Status(findings, finding.Error))
	return b.String()
}
