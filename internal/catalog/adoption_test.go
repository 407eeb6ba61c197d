package catalog_test

import (
	"bytes"
	"context"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/txtar"
	"github.com/stretchr/testify/require"

	"github.com/asbuilt/asbuilt/internal/cli"
)

const adoptionFile = "../../docs/adoption.md"

// step is a block of the page that does something: writes files, or runs a command and shows what it says.
var step = regexp.MustCompile("<!-- (files|file: (\\S+)|run: (\\d) (.*)) -->\n```(?:txtar|hcl|text)\n([^`]*)```")

// TestAdoptionPage follows docs/adoption.md from its first step to its last.
func TestAdoptionPage(t *testing.T) {
	data, err := os.ReadFile(adoptionFile)
	require.NoError(t, err)
	page := string(data)
	dir := t.TempDir()
	write := func(name string, data []byte) {
		name = filepath.Join(dir, filepath.FromSlash(name))
		require.NoError(t, os.MkdirAll(filepath.Dir(name), 0o755))
		require.NoError(t, os.WriteFile(name, data, 0o644))
	}
	runs := 0
	want := step.ReplaceAllStringFunc(page, func(text string) string {
		m := step.FindStringSubmatch(text)
		switch {
		case m[1] == "files":
			for _, f := range txtar.Parse([]byte(m[5])).Files {
				write(f.Name, f.Data)
			}
		case m[2] != "":
			write(m[2], []byte(m[5]))
		default:
			runs++
			said, status := heard(dir, strings.Fields(m[4]))
			require.Equal(t, m[3], strconv.Itoa(status), "asbuilt %s: %s", m[4], said)
			head, _, _ := strings.Cut(text, "```text\n")
			return head + "```text\n$ asbuilt " + m[4] + "\n" + said + "```"
		}
		return text
	})
	require.Equal(t, 9, runs)
	if *update {
		require.NoError(t, os.WriteFile(adoptionFile, []byte(want), 0o644))
		return
	}
	require.Equal(t, want, page, "docs/adoption.md is stale: run go test ./internal/catalog -update")
}

// heard is all that a command says, and its exit status.
func heard(dir string, args []string) (string, int) {
	var out bytes.Buffer
	status := ran(dir, args, &out, &out)
	return out.String(), status
}

// ran runs a command on a fixed day, with an empty environment.
func ran(dir string, args []string, out, complaints io.Writer) int {
	return cli.Run(context.Background(), cli.System{
		Args: args, Stdin: strings.NewReader(""), Stdout: out, Stderr: complaints,
		Getenv:     func(string) string { return "" },
		Dir:        func() (string, error) { return dir, nil },
		Now:        func() time.Time { return time.Date(2026, time.June, 1, 0, 0, 0, 0, time.UTC) },
		Executable: os.Executable,
		Terminal:   func(io.Writer) bool { return false },
	})
}
