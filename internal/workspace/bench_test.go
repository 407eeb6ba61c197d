package workspace_test

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"golang.org/x/tools/go/packages"

	"github.com/asbuilt/asbuilt/internal/layout"
	"github.com/asbuilt/asbuilt/internal/process"
	"github.com/asbuilt/asbuilt/internal/typeset"
	"github.com/asbuilt/asbuilt/internal/workspace"
)

const standardLibrary = `
component "net" {
  depends_on = [component.crypto]
  code { go = ["./net/..."] }
}
component "crypto" {
  depends_on = [component.net]
  code { go = ["./crypto/..."] }
}
component "cmd" {
  root = true
  code { go = ["./cmd/..."] }
}
component "rest" {
  shared = true
  code { go = ["./..."] }
}
`

// BenchmarkCheck measures a whole check of the toolchain's source against one packages.Load of it with names, files,
// imports and module, in the same run.
func BenchmarkCheck(b *testing.B) {
	dir := b.TempDir()
	require.NoError(b, os.WriteFile(filepath.Join(dir, "go.arch.hcl"), []byte(standardLibrary), 0o644))
	root, err := exec.Command("go", "env", "GOROOT").Output()
	require.NoError(b, err)
	source := filepath.Join(strings.TrimSpace(string(root)), "src")
	start := time.Now()
	_, err = packages.Load(&packages.Config{
		Mode: packages.NeedName | packages.NeedFiles | packages.NeedImports | packages.NeedModule, Dir: source,
		Tests: true, Env: append(os.Environ(), "GOFLAGS=-mod=mod", "GOWORK=off"),
	}, "./...")
	require.NoError(b, err)
	load := time.Since(start)
	start = time.Now()
	n := 0
	for b.Loop() {
		w, err := workspace.Open(workspace.Env{Dir: dir, Code: source, Today: time.Unix(0, 0)})
		require.NoError(b, err)
		_, err = w.Snapshot(context.Background()).Findings()
		require.NoError(b, err)
		require.NoError(b, w.Close())
		n++
	}
	check := time.Since(start) / time.Duration(n)
	b.ReportMetric(float64(load)/float64(check), "x-faster-than-packages.Load")
	b.ReportMetric(load.Seconds()*1000, "ms-packages.Load")
}

// fifty is an architecture of fifty components in five systems with a view of all.
func fifty() string {
	var s strings.Builder
	for i := range 5 {
		fmt.Fprintf(&s, "system \"s%d\" {\n  title = \"System %d\"\n}\n", i, i)
	}
	for i := range 50 {
		fmt.Fprintf(&s, "component \"c%d\" {\n  in          = system.s%d\n  title       = \"Component %d\"\n  description = \"Does the work of part %d and tells the others\"\n  technology  = \"Go\"\n", i, i%5, i, i)
		if i > 0 {
			fmt.Fprintf(&s, "  depends_on  = [component.c%d]\n", i/2)
		}
		s.WriteString("}\n")
	}
	s.WriteString("view \"landscape\" \"all\" {\n  include = components()\n}\n")
	return s.String()
}

// BenchmarkView measures a view of fifty nodes from HCL text to SVG against the layout alone: one process, a warm
// worker. What starting a worker costs is printed beside it.
func BenchmarkView(b *testing.B) {
	dir := b.TempDir()
	require.NoError(b, os.WriteFile(filepath.Join(dir, "m.arch.hcl"), []byte(fifty()), 0o644))
	ctx := context.Background()
	w, err := workspace.Open(workspace.Env{Dir: dir, Worker: worker})
	require.NoError(b, err)
	defer w.Close()
	start := time.Now()
	_, told, err := w.Snapshot(ctx).Render(workspace.Drawing{Out: "-", Formats: []string{"svg"}})
	require.NoError(b, err)
	require.Empty(b, told)
	first := time.Since(start)

	s := w.Snapshot(ctx)
	views, err := s.Views(nil)
	require.NoError(b, err)
	d, _, err := s.Diagram(views[0], "docs")
	require.NoError(b, err)
	request := typeset.Set(d, nil).Request()
	require.Len(b, request.Nodes, 50)
	pool := layout.NewPool(layout.Options{Command: func() process.Command { c, _ := worker(); return c }})
	defer pool.Close()
	_, err = pool.Layout(ctx, request)
	require.NoError(b, err)

	var whole, alone time.Duration
	n := 0
	for b.Loop() { // alternating, so that a busy machine slows both
		start = time.Now()
		_, _, err := w.Snapshot(ctx).Render(workspace.Drawing{Out: "-", Formats: []string{"svg"}})
		require.NoError(b, err)
		whole += time.Since(start)
		start = time.Now()
		_, err = pool.Layout(ctx, request)
		require.NoError(b, err)
		alone += time.Since(start)
		n++
	}
	b.ReportMetric(float64(whole)/float64(alone), "x-layout-alone")
	b.ReportMetric(alone.Seconds()*1000/float64(n), "ms-layout")
	b.ReportMetric((first-whole/time.Duration(n)).Seconds()*1000, "ms-worker-start")
}
