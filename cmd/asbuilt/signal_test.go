//go:build unix

package main

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// large writes a project that takes a while to judge and to draw: n components that use one another.
func large(t *testing.T, n int) string {
	dir := t.TempDir()
	var hcl strings.Builder
	hcl.WriteString("architecture \"large\" { out = \"pictures\" }\nobserve \"go\" { roots = [\".\"] }\nview \"landscape\" \"all\" {}\n")
	write := func(name, text string) {
		require.NoError(t, os.MkdirAll(filepath.Dir(filepath.Join(dir, name)), 0o755))
		require.NoError(t, os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644))
	}
	for i := range n {
		var uses, imports []string
		for _, j := range []int{i + 1, i + 7, i + 31} {
			if j < n {
				uses = append(uses, fmt.Sprintf("component.c%d", j))
				imports = append(imports, fmt.Sprintf("import _ \"large.example/c%d\"\n", j))
			}
		}
		fmt.Fprintf(&hcl, "component \"c%d\" {\n depends_on = [%s]\n code { go = [\"./c%d\"] }\n}\n", i, strings.Join(uses, ", "), i)
		write(fmt.Sprintf("c%d/c.go", i), fmt.Sprintf("package c%d\n%s", i, strings.Join(imports, "")))
	}
	hcl.WriteString("rule \"all\" { acyclic = components() }\n")
	write("large.arch.hcl", hcl.String())
	write("go.mod", "module large.example\ngo 1.26\n")
	return dir
}

// TestInterrupt ends commands at work: status 2, a word on standard error, what stood there is whole, and nothing
// half-written is left.
func TestInterrupt(t *testing.T) {
	dir := large(t, 300)
	const old = "the report that was there\n"
	report := filepath.Join(dir, "report.json")
	for _, args := range [][]string{
		{"check", "-v", "--output", "json=" + report},
		{"prove", "-v"},
		{"render", "-v"},
	} {
		t.Run(args[0], func(t *testing.T) {
			require.NoError(t, os.WriteFile(report, []byte(old), 0o644))
			p := start(t, dir, nil, args...)
			require.Contains(t, p.words.next(), "architecture:") // it is at work
			status, _, words := p.interrupt()
			require.Equal(t, 2, status, words)
			require.Contains(t, words, "interrupted")

			data, err := os.ReadFile(report)
			require.NoError(t, err)
			require.Equal(t, old, string(data))
			require.NoError(t, filepath.WalkDir(dir, func(p string, d fs.DirEntry, err error) error {
				require.False(t, strings.HasSuffix(p, ".tmp"), p)
				return err
			}))
		})
	}
}
