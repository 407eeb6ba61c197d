package workspace_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/asbuilt/asbuilt/internal/workspace"
)

// BenchmarkWatch measures from the return of a save to the picture that shows it, on disk and said.
func BenchmarkWatch(b *testing.B) {
	b.Run("thirty nodes, the text saved", func(b *testing.B) {
		text := thirty()
		benchmarkSaves(b, map[string]string{"m.arch.hcl": text}, "m.arch.hcl", func(i int) string {
			return strings.Replace(text, "Component 7\"", fmt.Sprintf("Component %d\"", 1000+i), 1)
		})
	})
	for _, packages := range []int{30, 500, 5000} {
		b.Run(fmt.Sprintf("%d packages, an import saved", packages), func(b *testing.B) {
			files := map[string]string{"m.arch.hcl": strings.Replace(small, "\"./b\"", "\"./b\", \"./p/...\"", 1), "go.mod": "module small.example\ngo 1.26\n", "a/a.go": "package a\n"}
			for i := range packages {
				files[fmt.Sprintf("p/d%d/p%d/p.go", i%50, i)] = "package p\nimport _ \"small.example/a\"\n"
			}
			benchmarkSaves(b, files, "a/a.go", func(i int) string {
				return []string{"package a\nimport _ \"small.example/p/d0/p0\"\n", "package a\n"}[i%2]
			})
		})
	}
}

func benchmarkSaves(b *testing.B, files map[string]string, file string, text func(int) string) {
	dir := b.TempDir()
	for name, text := range files {
		full := filepath.Join(dir, filepath.FromSlash(name))
		require.NoError(b, os.MkdirAll(filepath.Dir(full), 0o755))
		require.NoError(b, os.WriteFile(full, []byte(text), 0o644))
	}
	w := watchIn(b, dir, workspace.Watching{Formats: []string{"svg"}})
	w.until("the first", wrote)
	var took []time.Duration
	for i := 0; b.Loop(); i++ {
		full := filepath.Join(dir, filepath.FromSlash(file))
		require.NoError(b, os.WriteFile(full, []byte(text(i)), 0o644))
		began := time.Now()
		w.until("a save", wrote)
		took = append(took, time.Since(began))
		time.Sleep(30 * time.Millisecond) // so that what it wrote itself is behind it
	}
	w.stop()
	slices.Sort(took)
	at := func(part float64) float64 { return took[int(part*float64(len(took)-1))].Seconds() * 1000 }
	b.ReportMetric(at(0.5), "ms-median")
	b.ReportMetric(at(0.95), "ms-p95")
	b.ReportMetric(at(1), "ms-worst")
}

// thirty is an architecture of thirty components in three systems with a view of all.
func thirty() string {
	text := fifty()
	for i := 30; i < 50; i++ {
		begin := strings.Index(text, fmt.Sprintf("component \"c%d\"", i))
		end := begin + strings.Index(text[begin:], "\n}\n") + 3
		text = text[:begin] + text[end:]
	}
	return text
}
