package catalog_test

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/txtar"
	"github.com/stretchr/testify/require"

	"github.com/asbuilt/asbuilt/internal/catalog"
	"github.com/asbuilt/asbuilt/internal/console"
	"github.com/asbuilt/asbuilt/internal/git/gittest"
	"github.com/asbuilt/asbuilt/internal/workspace"
	"github.com/asbuilt/asbuilt/pkg/finding"
)

// companions are the findings that an example cannot be without: the page names them.
var companions = map[string][]string{
	"baseline/grown": {"code/undeclared", "gate/weakened"},
	"gate/blind":     {"map/unassigned"},
	"gate/vacuous":   {"map/unassigned"},
	"language/more":  {"language/unknown"},
	"map/empty":      {"map/unassigned"},
	"waiver/expired": {"code/undeclared"},
}

// rendered are the rules whose corrected example is what `asbuilt render` has just written.
var rendered = map[string]bool{"docs/edited": true, "docs/stale": true}

// TestExamples checks what the pages show. Each has a tree that the rule is about, what check says of
// it, and the corrected tree, of which there is nothing to say, notes included.
func TestExamples(t *testing.T) {
	for _, r := range catalog.All() {
		t.Run(r.ID, func(t *testing.T) {
			page, _ := catalog.Page(r.ID)
			w := project(t, fenced(t, page, "txtar"))
			findings := told(t, r.ID, w)
			about := only(findings, r.ID)
			require.NotEmpty(t, about)
			for _, f := range findings {
				require.True(t, f.Waived != nil || f.Rule == r.ID || slices.Contains(companions[r.ID], f.Rule), "%s: %s", f.Rule, f.Message)
			}
			want := 0
			switch {
			case r.Fatal:
				want = 2
			case r.Severity == finding.Error:
				want = 1
			}
			require.Equal(t, want, workspace.Status(findings, finding.Error), "the exit status")

			said := printed(w.Workspace, about)
			if *update {
				page = strings.Replace(page, "```text\n"+fenced(t, page, "text")+"```", "```text\n"+said+"```", 1)
				require.NoError(t, os.WriteFile(fileOf(r.ID), []byte(page), 0o644))
			}
			require.Equal(t, said, fenced(t, page, "text"), "run go test ./internal/catalog -update")

			w = project(t, fenced(t, page, "txtar fixed"))
			if rendered[r.ID] {
				render(t, w.Workspace)
			}
			for _, f := range told(t, r.ID, w) {
				require.NotNil(t, f.Waived, "the corrected example: %s: %s", f.Rule, f.Message)
			}
		})
	}
}

// TestAcceptance adds to the first example each of the blocks that the page offers to accept the finding.
func TestAcceptance(t *testing.T) {
	const team = "\nteam \"payments\" {}\n"
	for _, r := range catalog.All() {
		t.Run(r.ID, func(t *testing.T) {
			page, _ := catalog.Page(r.ID)
			blocks := strings.Split(page, "```hcl\n")[1:]
			require.Equal(t, r.Fatal && r.ID != "gate/blind" || ofImport(r.ID), len(blocks) == 0, "what gives no verdict cannot be accepted")
			for _, block := range blocks {
				block, _, _ = strings.Cut(block, "```")
				if strings.Contains(block, "team.payments") {
					block += team
				}
				tree := fenced(t, page, "txtar")
				tree += "-- accepted.arch.hcl --\n" + block
				if strings.Contains(tree, "-- "+refFolder) { // what was accepted before counts
					tree += "-- " + refFolder + "accepted.arch.hcl --\n" + block
				}
				for _, f := range told(t, r.ID, project(t, tree)) {
					counts := f.Active() && f.Severity == r.Severity
					require.False(t, counts && !slices.Contains(companions[r.ID], f.Rule), "with %s\n%s: %s", block, f.Rule, f.Message)
				}
			}
		})
	}
}

// fenced is the content of the page's one block with an info string.
func fenced(t *testing.T, page, info string) string {
	t.Helper()
	require.Equal(t, 1, strings.Count(page, "```"+info+"\n"), "blocks of %s", info)
	_, body, _ := strings.Cut(page, "```"+info+"\n")
	body, _, closed := strings.Cut(body, "```")
	require.True(t, closed)
	return body
}

// example is a project, and the commit that it is checked against, if any.
type example struct {
	*workspace.Workspace
	ref string
}

// refFolder holds the files of the commit that an example is checked against.
const refFolder = "ref/"

// project writes a tree and opens it on a fixed day, with a fixed version of the program. The files in refFolder
// are what was committed before, on branch main.
func project(t *testing.T, archive string) example {
	t.Helper()
	dir := t.TempDir()
	write := func(name string, data []byte) {
		name = filepath.Join(dir, filepath.FromSlash(name))
		require.NoError(t, os.MkdirAll(filepath.Dir(name), 0o755))
		require.NoError(t, os.WriteFile(name, data, 0o644))
	}
	all := txtar.Parse([]byte(archive)).Files
	ref := ""
	for _, f := range all {
		if name, ok := strings.CutPrefix(f.Name, refFolder); ok {
			write(name, f.Data)
			ref = "main"
		}
	}
	if ref != "" {
		gittest.Init(t, dir)
		gittest.Commit(t, dir)
		gittest.Run(t, dir, "rm", "--quiet", "-r", ".")
	}
	for _, f := range all {
		if !strings.HasPrefix(f.Name, refFolder) {
			write(f.Name, f.Data)
		}
	}
	w, err := workspace.OpenForImport(workspace.Env{
		Dir: dir, Version: "0.1.0", Today: time.Date(2026, time.June, 1, 0, 0, 0, 0, time.UTC),
	})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, w.Close()) })
	return example{w, ref}
}

func ofImport(id string) bool { return strings.HasPrefix(id, catalog.OfImport) }

// told is what the command that a rule belongs to says.
func told(t *testing.T, rule string, w example) []finding.Finding {
	t.Helper()
	switch {
	case ofImport(rule):
		for _, tool := range workspace.Tools() {
			if made, err := w.Import(context.Background(), tool, ""); err == nil {
				return made.Findings
			}
		}
		t.Fatal("the example holds no file of another tool")
	case rule == "gate/unproven":
		_, findings, err := w.Snapshot(context.Background()).Prove()
		require.NoError(t, err)
		return findings
	}
	return checked(t, w)
}

// checked are the findings, against the commit where there is one.
func checked(t *testing.T, w example) []finding.Finding {
	t.Helper()
	s := w.Snapshot(context.Background())
	if w.ref != "" {
		findings, _, err := s.Against(w.ref)
		require.NoError(t, err)
		return findings
	}
	findings, err := s.Findings()
	require.NoError(t, err)
	return findings
}

// render writes the pictures that need no layout.
func render(t *testing.T, w *workspace.Workspace) {
	t.Helper()
	s := w.Snapshot(context.Background())
	_, told, err := s.Model()
	require.NoError(t, err)
	require.Empty(t, told)
	drawn, told, err := s.Render(workspace.Drawing{Formats: []string{"mermaid"}})
	require.NoError(t, err)
	require.Empty(t, told)
	require.NotEmpty(t, drawn.Products)
	out, err := s.Output("", true)
	require.NoError(t, err)
	defer out.Close()
	for _, p := range drawn.Products {
		_, _, err := out.Write(p, false)
		require.NoError(t, err)
	}
}

func only(findings []finding.Finding, rule string) []finding.Finding {
	var out []finding.Finding
	for _, f := range findings {
		if f.Rule == rule {
			out = append(out, f)
		}
	}
	return out
}

// printed is the text report without its counts, in the width of a page.
func printed(w *workspace.Workspace, findings []finding.Finding) string {
	var b bytes.Buffer
	w.ReportText(console.NewPrinter(&b, false), findings, true)
	lines := strings.Split(strings.TrimSpace(b.String()), "\n")
	var out strings.Builder
	for _, line := range lines[:len(lines)-2] {
		wrap(&out, line)
	}
	return out.String()
}

// wrap breaks a line between words.
func wrap(out *strings.Builder, line string) {
	const columns, indent = 78, "      "
	for len(line) > columns {
		at := strings.LastIndexByte(line[:columns+1], ' ')
		if at <= len(indent) {
			break
		}
		out.WriteString(strings.TrimRight(line[:at], " ") + "\n")
		line = indent + line[at+1:]
	}
	out.WriteString(line + "\n")
}
