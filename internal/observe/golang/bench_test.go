package golang

import (
	"context"
	"fmt"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"golang.org/x/tools/go/packages"
)

// BenchmarkObserve reads all imports of the Go toolchain's own source. "×bare" is its time over that of
// the bare loop, measured in turns in the same run.
func BenchmarkObserve(b *testing.B) {
	src := goroot(b)
	tree := openTree(b, src)
	list := goFiles(b, src)
	observeOnce := func() {
		_, err := Observe(context.Background(), tree, Options{})
		require.NoError(b, err)
	}
	observeOnce() // warms the page cache
	var observed, bare time.Duration
	for b.Loop() {
		start := time.Now()
		observeOnce()
		observed += time.Since(start)

		b.StopTimer()
		start = time.Now()
		bareLoop(b, list)
		bare += time.Since(start)
		b.StartTimer()
	}
	b.ReportMetric(float64(len(list)), "files")
	b.ReportMetric(float64(observed)/float64(bare), "×bare")
}

// BenchmarkBareLoop opens every file and parses its imports, with as many goroutines.
func BenchmarkBareLoop(b *testing.B) {
	list := goFiles(b, goroot(b))
	bareLoop(b, list)
	for b.Loop() {
		bareLoop(b, list)
	}
	b.ReportMetric(float64(len(list)), "files")
}

// BenchmarkPackagesLoad is what go/packages needs for names, files, imports and modules alone.
func BenchmarkPackagesLoad(b *testing.B) {
	src := goroot(b)
	for b.Loop() {
		for _, dir := range []string{src, filepath.Join(src, "cmd")} {
			_, err := packages.Load(&packages.Config{
				Dir:   dir,
				Mode:  packages.NeedName | packages.NeedFiles | packages.NeedImports | packages.NeedModule,
				Tests: true,
			}, "./...")
			require.NoError(b, err)
		}
	}
}

// goFiles lists the files that Observe reads.
func goFiles(b *testing.B, src string) []string {
	b.Helper()
	var list []string
	require.NoError(b, filepath.WalkDir(src, func(path string, d fs.DirEntry, err error) error {
		name := d.Name()
		switch {
		case err != nil:
			return err
		case d.IsDir() && path != src && !isWalked(name):
			return fs.SkipDir
		case !d.IsDir() && strings.HasSuffix(name, ".go") && name[0] != '_' && name[0] != '.':
			list = append(list, path)
		}
		return nil
	}))
	return list
}

func bareLoop(b *testing.B, list []string) {
	var next atomic.Int64
	var wait sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		wait.Go(func() {
			fset := token.NewFileSet()
			for i := int(next.Add(1)) - 1; i < len(list); i = int(next.Add(1)) - 1 {
				if _, err := parser.ParseFile(fset, list[i], nil, parser.ImportsOnly); err != nil {
					b.Error(err)
				}
			}
		})
	}
	wait.Wait()
}

// BenchmarkLargeTree reads 50,000 packages of two files and eight imports each. "MB" is what the
// program holds of the system's memory at the end, its peak.
func BenchmarkLargeTree(b *testing.B) {
	const packages = 50_000
	dir := b.TempDir()
	require.NoError(b, os.WriteFile(filepath.Join(dir, "go.mod"), []byte("module example.com/large\n\ngo 1.26\n"), 0o644))
	folder := func(i int) string { return fmt.Sprintf("team%d/service%d/pkg%d", i%50, i/50%100, i) }
	for i := range packages {
		full := filepath.Join(dir, filepath.FromSlash(folder(i)))
		require.NoError(b, os.MkdirAll(full, 0o755))
		for n, name := range []string{"a.go", "b_linux.go"} {
			var src strings.Builder
			fmt.Fprintf(&src, "package pkg%d\n\nimport (\n\t\"fmt\"\n", i)
			for k := range 4 {
				fmt.Fprintf(&src, "\t_ \"example.com/large/%s\"\n", folder((i*7+n*131+k*977+1)%packages))
			}
			src.WriteString(")\n\nfunc f() { fmt.Println() }\n")
			require.NoError(b, os.WriteFile(filepath.Join(full, name), []byte(src.String()), 0o644))
		}
	}
	tree := openTree(b, dir)
	for b.Loop() {
		g, err := Observe(context.Background(), tree, Options{})
		require.NoError(b, err)
		require.Empty(b, g.Gaps)
		b.ReportMetric(float64(len(g.Edges)), "edges")
	}
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	b.ReportMetric(float64(m.Sys)/(1<<20), "MB")
}
