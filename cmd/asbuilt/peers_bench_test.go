//go:build drawers && linux

package main

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// Other drawing tools, built or installed by make bench-peers.
const (
	d2Program = "../../bin/drawers/d2"
	drawers   = "../../tools/drawers"
	likeC4    = drawers + "/node_modules/.bin/likec4"
)

// drawn is one system of parts that use each other, to be written in each tool's language.
type drawn struct {
	systems [][]int // parts of each system
	uses    [][2]int
}

// randomSystem has n parts in clusters, each using one to three others, mostly of its own cluster.
func randomSystem(n int) drawn {
	random := rand.New(rand.NewPCG(uint64(n), 7))
	size := 8
	d := drawn{}
	for i := 0; i < n; i += size {
		var parts []int
		for p := i; p < min(i+size, n); p++ {
			parts = append(parts, p)
		}
		d.systems = append(d.systems, parts)
	}
	seen := map[[2]int]bool{}
	for p := range n {
		for range 1 + random.IntN(2) {
			q := p/size*size + random.IntN(size)
			if random.IntN(4) == 0 {
				q = random.IntN(n)
			}
			if q = min(q, n-1); q > p && !seen[[2]int{p, q}] {
				seen[[2]int{p, q}] = true
				d.uses = append(d.uses, [2]int{p, q})
			}
		}
	}
	return d
}

// hcl writes it as an architecture with a number of views.
func (d drawn) hcl(views int) string {
	var b strings.Builder
	depends := map[int][]string{}
	for _, u := range d.uses {
		depends[u[0]] = append(depends[u[0]], fmt.Sprintf("  uses {\n    to = component.p%d\n    label = \"uses\"\n  }\n", u[1]))
	}
	for s, parts := range d.systems {
		fmt.Fprintf(&b, "system \"s%d\" {\n  title = \"System %d\"\n}\n", s, s)
		for _, p := range parts {
			fmt.Fprintf(&b, "component \"p%d\" {\n  in = system.s%d\n  title = \"Part number %d\"\n  description = \"Does what part %d does\"\n  technology = \"Go\"\n%s}\n",
				p, s, p, p, strings.Join(depends[p], ""))
		}
	}
	for v := range views {
		fmt.Fprintf(&b, "view \"component\" \"v%d\" {\n  include = components()\n}\n", v)
	}
	return b.String()
}

// of is the system of each part.
func (d drawn) of() map[int]int {
	of := map[int]int{}
	for s, parts := range d.systems {
		for _, p := range parts {
			of[p] = s
		}
	}
	return of
}

func (d drawn) d2() string {
	var b strings.Builder
	of := d.of()
	for s, parts := range d.systems {
		fmt.Fprintf(&b, "s%d: System %d {\n", s, s)
		for _, p := range parts {
			fmt.Fprintf(&b, "  p%d: \"Part number %d\\nGo\\nDoes what part %d does\"\n", p, p, p)
		}
		b.WriteString("}\n")
	}
	for _, u := range d.uses {
		fmt.Fprintf(&b, "s%d.p%d -> s%d.p%d: uses\n", of[u[0]], u[0], of[u[1]], u[1])
	}
	return b.String()
}

func (d drawn) likeC4(views int) string {
	var b strings.Builder
	b.WriteString("specification {\n  element system\n  element component\n}\nmodel {\n")
	of := d.of()
	for s, parts := range d.systems {
		fmt.Fprintf(&b, "  s%d = system 'System %d' {\n", s, s)
		for _, p := range parts {
			fmt.Fprintf(&b, "    p%d = component 'Part number %d' {\n      technology 'Go'\n      description 'Does what part %d does'\n    }\n", p, p, p)
		}
		b.WriteString("  }\n")
	}
	for _, u := range d.uses {
		fmt.Fprintf(&b, "  s%d.p%d -> s%d.p%d 'uses'\n", of[u[0]], u[0], of[u[1]], u[1])
	}
	b.WriteString("}\nviews {\n")
	whole := "*"
	for s := range d.systems {
		whole += fmt.Sprintf(", s%d.*", s)
	}
	for v := range views {
		fmt.Fprintf(&b, "  view v%d {\n    include %s\n  }\n", v, whole)
	}
	b.WriteString("}\n")
	return b.String()
}

// contender is one tool's own command.
type contender struct {
	name    string
	command []string
	made    func() bool // whether a run made what it was to make; nil: its exit status says so
}

// BenchmarkPeersSVG draws 50 and 250 parts from the text to a picture, each tool by its own command, in turn. LikeC4
// has no command for SVG: its export of the laid-out model stands in, which draws nothing.
func BenchmarkPeersSVG(b *testing.B) {
	program := built(b)
	for _, n := range []int{50, 250} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			d, dir := randomSystem(n), b.TempDir()
			lay(b, dir, map[string]string{"asbuilt/a.arch.hcl": d.hcl(1), "d2/a.d2": d.d2(), "likec4/a.c4": d.likeC4(1)})
			race(b, dir, 7, []contender{
				{"asbuilt", []string{program, "render", "--relayout", "--force", "-q"}, nil},
				{"d2", []string{absolute(b, d2Program), "a.d2", "a.svg"}, nil},
				{"likec4", []string{absolute(b, likeC4), "export", "json", "--no-use-dot", "-o", "out.json", "."}, func() bool {
					return laidOut(b, filepath.Join(dir, "likec4", "out.json")) == n+len(d.systems)
				}},
			})
		})
	}
}

// laidOut counts the nodes of the view in what LikeC4 exported, and takes that away. On a busy machine it exports no view at
// all, with status 0.
func laidOut(b *testing.B, file string) int {
	b.Helper()
	data, err := os.ReadFile(file)
	require.NoError(b, err)
	require.NoError(b, os.Remove(file))
	var out struct {
		Views map[string]struct{ Nodes []struct{ Width float64 } }
	}
	require.NoError(b, json.Unmarshal(data, &out))
	n := 0
	for _, node := range out.Views["v0"].Nodes {
		if node.Width > 0 {
			n++
		}
	}
	return n
}

// BenchmarkPeersPictures draws 21 views of 50 parts, each whole, as SVG and as PNG. LikeC4 has PNG alone, which a browser
// draws for it: the machine's Chromium, where its own would have been downloaded. Layout is by the Graphviz that each
// brings.
func BenchmarkPeersPictures(b *testing.B) {
	const views = 21
	d, dir := randomSystem(50), b.TempDir()
	lay(b, dir, map[string]string{"asbuilt/a.arch.hcl": d.hcl(views), "likec4/a.c4": d.likeC4(views)})
	browsers(b)
	race(b, dir, 1, []contender{ // of 21 pictures; LikeC4 takes a minute or more
		{"asbuilt", []string{built(b), "render", "--format", "svg,png", "--relayout", "--force", "-q"}, nil},
		{"likec4", []string{absolute(b, likeC4), "export", "png", "--no-use-dot", "--timeout", "300", "--max-attempts", "1", "--filter", "v*", "-o", "out", "."}, nil},
	})
	for pattern, name := range map[string]string{"asbuilt/docs/architecture/*.svg": "SVG", "asbuilt/docs/architecture/*.png": "PNG", "likec4/out/*.png": "PNG of LikeC4"} {
		files, err := filepath.Glob(filepath.Join(dir, pattern))
		require.NoError(b, err)
		require.Len(b, files, views, name)
	}
}

// lay writes the files of a test.
func lay(b *testing.B, dir string, files map[string]string) {
	b.Helper()
	for file, text := range files {
		require.NoError(b, os.MkdirAll(filepath.Dir(filepath.Join(dir, file)), 0o755))
		require.NoError(b, os.WriteFile(filepath.Join(dir, file), []byte(text), 0o644))
	}
}

// browsers puts the machine's Chromium where LikeC4 looks for the one that it would download.
func browsers(b *testing.B) {
	b.Helper()
	b.Setenv("PLAYWRIGHT_BROWSERS_PATH", b.TempDir())
	ask := exec.Command("node", "-p", "require('playwright-core').chromium.executablePath()")
	ask.Dir = drawers
	place, err := ask.Output()
	require.NoError(b, err)
	chromium, err := exec.LookPath("chromium")
	require.NoError(b, err, "make test-browser installs it")
	whole := strings.TrimSpace(string(place))
	shell := strings.NewReplacer("chromium-", "chromium_headless_shell-", "chrome-linux64/chrome", "chrome-headless-shell-linux64/chrome-headless-shell").Replace(whole)
	require.NotEqual(b, whole, shell)
	for _, link := range []string{whole, shell} {
		require.NoError(b, os.MkdirAll(filepath.Dir(link), 0o755))
		require.NoError(b, os.Symlink(chromium, link))
	}
}

func absolute(b testing.TB, name string) string {
	b.Helper()
	p, err := filepath.Abs(name)
	require.NoError(b, err)
	require.FileExists(b, p, "make bench-peers builds it")
	return p
}

// race runs the contenders in turn and reports medians, and how many times longer each took than the first. A run that made
// nothing is counted, not timed.
func race(b *testing.B, dir string, rounds int, all []contender) {
	b.Helper()
	times, work, empty := map[string][]time.Duration{}, map[string][]time.Duration{}, map[string]int{}
	for b.Loop() {
		for range rounds {
			for _, c := range all {
				took := measure(b, filepath.Join(dir, c.name), c.command[0], c.command[1:]...)
				if c.made != nil && !c.made() {
					empty[c.name]++
					continue
				}
				times[c.name], work[c.name] = append(times[c.name], took.wall), append(work[c.name], took.work)
			}
		}
	}
	first := median(times[all[0].name])
	b.ReportMetric(milliseconds(first), all[0].name+"-ms")
	for _, c := range all[1:] {
		if empty[c.name] > 0 {
			b.ReportMetric(float64(empty[c.name]), c.name+"-runs-without-a-picture")
		}
		require.NotEmpty(b, times[c.name], "%s made nothing", c.name)
		b.ReportMetric(milliseconds(median(times[c.name])), c.name+"-ms")
		b.ReportMetric(float64(median(times[c.name]))/float64(first), c.name+"/"+all[0].name)
		b.ReportMetric(float64(median(work[c.name]))/float64(median(work[all[0].name])), "work-"+c.name+"/"+all[0].name)
	}
	b.ReportMetric(0, "ns/op")
}

// BenchmarkSaveBesideD2 measures from a save of thirty parts to the picture that shows it on disk, each tool by its own watch, in
// turn: median and 95th percentile.
func BenchmarkSaveBesideD2(b *testing.B) {
	d, dir := randomSystem(30), b.TempDir()
	tools := []*follower{
		{name: "asbuilt", text: d.hcl(1), file: "a.arch.hcl", picture: "docs/architecture/v0.svg", command: []string{built(b), "watch", "-q"}},
		{name: "d2", text: d.d2(), file: "a.d2", picture: "a.svg", command: []string{absolute(b, d2Program), "--watch", "--browser", "0", "--port", "0", "a.d2", "a.svg"}},
	}
	for _, f := range tools {
		f.begin(b, dir)
	}
	for n := 0; b.Loop(); n++ {
		for _, f := range tools {
			f.took = append(f.took, f.save(b, n))
			time.Sleep(100 * time.Millisecond) // each at rest
		}
	}
	for _, f := range tools {
		slices.Sort(f.took)
		b.ReportMetric(milliseconds(median(f.took)), f.name+"-ms-median")
		b.ReportMetric(milliseconds(f.took[len(f.took)*95/100]), f.name+"-ms-p95")
	}
	b.ReportMetric(float64(median(tools[1].took))/float64(median(tools[0].took)), "d2/asbuilt")
	b.ReportMetric(0, "ns/op")
}

// follower is a tool that watches a file and keeps its picture fresh.
type follower struct {
	name, text, file, picture string
	command                   []string
	took                      []time.Duration
}

func (f *follower) begin(b *testing.B, dir string) {
	b.Helper()
	f.file, f.picture = filepath.Join(dir, f.name, f.file), filepath.Join(dir, f.name, f.picture)
	require.NoError(b, os.MkdirAll(filepath.Dir(f.file), 0o755))
	require.NoError(b, os.WriteFile(f.file, []byte(f.text), 0o644))
	cmd := exec.Command(f.command[0], f.command[1:]...)
	cmd.Dir, cmd.SysProcAttr = filepath.Dir(f.file), mortal(nil)
	require.NoError(b, cmd.Start())
	b.Cleanup(func() {
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
	})
	f.shows(b, "Part number 7")
	for n := range 5 { // warm
		time.Sleep(300 * time.Millisecond)
		f.save(b, -1-n)
	}
}

// save saves the text with another title, and returns after how long the picture has it.
func (f *follower) save(b *testing.B, n int) time.Duration {
	b.Helper()
	title := fmt.Sprintf("Part number %d.", 10000+n)
	require.NoError(b, os.WriteFile(f.file, []byte(strings.ReplaceAll(f.text, "Part number 7", title)), 0o644))
	began := time.Now()
	f.shows(b, title)
	return time.Since(began)
}

func (f *follower) shows(b *testing.B, title string) {
	b.Helper()
	for late := time.Now().Add(time.Minute); time.Now().Before(late); time.Sleep(time.Millisecond) {
		if data, err := os.ReadFile(f.picture); err == nil && strings.Contains(string(data), title) && strings.Contains(string(data), "</svg>") {
			return
		}
	}
	require.Fail(b, f.name+" does not show "+title)
}
