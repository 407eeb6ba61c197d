package view_test

import (
	"flag"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/tools/txtar"

	"github.com/asbuilt/asbuilt/internal/cases"
	"github.com/asbuilt/asbuilt/internal/view"
)

var update = flag.Bool("update", false, "rewrite the want sections")

// Each case is a model, one or more views of it, and the diagrams wanted. The notation is read by
// parseModel and written by dump.
func TestCases(t *testing.T) {
	cases.Run(t, "testdata/*.txtar", func(t *testing.T, path string, archive *txtar.Archive) {
		require.NotEmpty(t, archive.Files)
		require.Equal(t, "model", archive.Files[0].Name)
		out := &txtar.Archive{Comment: archive.Comment, Files: slices.Clone(archive.Files[:1])}
		for _, f := range archive.Files[1:] {
			if strings.HasPrefix(f.Name, "want ") {
				continue
			}
			in := parseCase(t, string(archive.Files[0].Data), string(f.Data), f.Name)
			got := dump(view.Build(in))
			out.Files = append(out.Files, f, txtar.File{Name: "want " + f.Name, Data: []byte(got)})
		}
		if *update {
			require.NoError(t, os.WriteFile(path, txtar.Format(out), 0o644))
			return
		}
		require.Equal(t, string(txtar.Format(archive)), string(txtar.Format(out)))
	})
}
