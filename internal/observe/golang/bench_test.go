package golang

import (
	"context"
	"go/parser"
	"go/token"
	"io/fs"
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
