package foreign_test

import (
	"bytes"
	"context"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"
	"github.com/stretchr/testify/require"

	"github.com/asbuilt/asbuilt/internal/cases"
	"github.com/asbuilt/asbuilt/internal/console"
	"github.com/asbuilt/asbuilt/internal/workspace"
	"github.com/asbuilt/asbuilt/pkg/finding"
)

var update = flag.Bool("update", false, "rewrite what the cases want")

// The files of a case that are what must come out, not what goes in.
const (
	wantHCL    = "want.hcl"
	wantReport = "want.report"
)

// TestCases runs testdata/TOOL_*.txtar: a configuration and a tree, the HCL, and what is said of the old file.
func TestCases(t *testing.T) {
	cases.Run(t, "testdata/*.txtar", func(t *testing.T, name string, archive *txtar.Archive) {
		dir := t.TempDir()
		unpack(t, dir, archive)
		w, made := imported(t, dir, toolOf(t, name))
		require.NoError(t, w.WriteImported(made, false))
		got := map[string]string{wantHCL: string(made.Text), wantReport: printed(w, made.Findings)}
		valid(t, dir)
		if *update {
			rewrite(t, name, archive, got)
			return
		}
		for _, f := range archive.Files {
			if want, ok := got[f.Name]; ok {
				require.Equal(t, string(f.Data), want, "%s: run with -update and read the difference", f.Name)
				delete(got, f.Name)
			}
		}
		require.Empty(t, got, "the case says all that must come out")
	})
}

// toolOf is the tool that a case's name begins with.
func toolOf(t *testing.T, name string) workspace.Tool {
	t.Helper()
	word, _, _ := strings.Cut(filepath.Base(name), "_")
	for _, tool := range workspace.Tools() {
		if tool.Name == word {
			return tool
		}
	}
	t.Fatalf("%s begins with the name of no tool", name)
	return workspace.Tool{}
}

// unpack writes what goes in.
func unpack(t *testing.T, dir string, archive *txtar.Archive) {
	t.Helper()
	for _, f := range archive.Files {
		if f.Name == wantHCL || f.Name == wantReport {
			continue
		}
		name := filepath.Join(dir, filepath.FromSlash(f.Name))
		require.NoError(t, os.MkdirAll(filepath.Dir(name), 0o755))
		require.NoError(t, os.WriteFile(name, f.Data, 0o644))
	}
}

func imported(t *testing.T, dir string, tool workspace.Tool) (*workspace.Workspace, workspace.Imported) {
	t.Helper()
	w, err := workspace.OpenForImport(workspace.Env{Dir: dir, Version: "0.1.0"})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, w.Close()) })
	made, err := w.Import(context.Background(), tool, "")
	require.NoError(t, err)
	return w, made
}

func printed(w *workspace.Workspace, findings []finding.Finding) string {
	var b bytes.Buffer
	w.ReportText(console.NewPrinter(&b, false), findings, true)
	return b.String()
}

// valid holds a written translation against the language and the form that fmt gives.
func valid(t *testing.T, dir string) *workspace.Workspace {
	t.Helper()
	w, err := workspace.Open(workspace.Env{Dir: dir, Version: "0.1.0"})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, w.Close()) })
	_, told, err := w.Snapshot(context.Background()).Model()
	require.NoError(t, err)
	require.Empty(t, told, "validate accepts what import writes")
	formatted, told, err := w.Format()
	require.NoError(t, err)
	require.Empty(t, told)
	for _, f := range formatted {
		if strings.HasSuffix(f.Name, workspace.Suffix) {
			require.Equal(t, string(f.Before), string(f.After), "import writes the form of fmt")
		}
	}
	return w
}

func rewrite(t *testing.T, name string, archive *txtar.Archive, got map[string]string) {
	t.Helper()
	var files []txtar.File
	for _, f := range archive.Files {
		if _, ok := got[f.Name]; !ok {
			files = append(files, f)
		}
	}
	files = append(files, txtar.File{Name: wantHCL, Data: []byte(got[wantHCL])}, txtar.File{Name: wantReport, Data: []byte(got[wantReport])})
	archive.Files = files
	require.NoError(t, os.WriteFile(name, txtar.Format(archive), 0o644))
}
