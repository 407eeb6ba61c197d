//go:build linux

package main

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// built makes the program as `make build` does.
func built(b testing.TB) string {
	b.Helper()
	program := filepath.Join(b.TempDir(), "asbuilt")
	cmd := exec.Command("go", "build", "-trimpath", "-ldflags=-s -w", "-o", program, ".")
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0")
	out, err := cmd.CombinedOutput()
	require.NoError(b, err, string(out))
	return program
}

// cost is what one run of the program took.
type cost struct {
	wall, work time.Duration // work is the time on processors, which a busy machine changes less
	memory     int64         // bytes that were resident at most
}

func measure(b *testing.B, dir, program string, args ...string) cost {
	b.Helper()
	cmd := exec.Command(program, args...)
	cmd.Dir = dir
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	start := time.Now()
	require.NoError(b, cmd.Run(), "%v: %s", args, &out)
	wall := time.Since(start)
	used := cmd.ProcessState
	return cost{wall, used.UserTime() + used.SystemTime(), used.SysUsage().(*syscall.Rusage).Maxrss << 10}
}

func median(times []time.Duration) time.Duration {
	slices.Sort(times)
	return times[len(times)/2]
}

func milliseconds(d time.Duration) float64 { return d.Seconds() * 1000 }

// BenchmarkWarmCheck starts the program alternately for its version, which is the cost of its start, and for a check of
// this project.
func BenchmarkWarmCheck(b *testing.B) {
	program, root := built(b), filepath.Join("..", "..")
	measure(b, root, program, "check", "-q")
	var start, check, startWork, checkWork []time.Duration
	for range 40 {
		v, c := measure(b, root, program, "version"), measure(b, root, program, "check", "-q")
		start, startWork = append(start, v.wall), append(startWork, v.work)
		check, checkWork = append(check, c.wall), append(checkWork, c.work)
	}
	b.ReportMetric(0, "ns/op")
	b.ReportMetric(milliseconds(median(start)), "ms-version")
	b.ReportMetric(milliseconds(median(check)), "ms-check")
	b.ReportMetric(milliseconds(median(check)-median(start)), "ms-over-start")
	b.ReportMetric(milliseconds(median(checkWork)-median(startWork)), "ms-work-over-start")
}

// BenchmarkScale checks trees of 500, 5,000 and 50,000 packages. "x-per-package" is the time on processors for a
// package, over that of the smallest tree; it must not grow.
func BenchmarkScale(b *testing.B) {
	program := built(b)
	var smallest float64
	for _, size := range []struct{ packages, rounds int }{{500, 9}, {5_000, 5}, {50_000, 3}} {
		b.Run(fmt.Sprint(size.packages), func(b *testing.B) {
			t := writeTree(b, size.packages)
			measure(b, t.dir, program, "check", "-q", "--write-baseline", "--fail-on", "never")
			measure(b, t.dir, program, "render", "-q", "--format", "mermaid")
			var start, work, wall []time.Duration
			var memory int64
			for range size.rounds {
				start = append(start, measure(b, t.dir, program, "version").work)
				c := measure(b, t.dir, program, "check", "-q", "--fail-on", "warning")
				work, wall, memory = append(work, c.work), append(wall, c.wall), max(memory, c.memory)
			}
			each := milliseconds(median(work)-median(start)) / float64(size.packages)
			if smallest == 0 {
				smallest = each
			}
			b.ReportMetric(0, "ns/op")
			b.ReportMetric(milliseconds(median(wall)), "ms-check")
			b.ReportMetric(each*1000, "µs-work/package")
			b.ReportMetric(each/smallest, "x-per-package")
			b.ReportMetric(float64(memory)/1e6, "MB")
			b.ReportMetric(float64(memory)/float64(size.packages), "B/package")
		})
	}
}
