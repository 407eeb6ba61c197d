package workspace_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/stretchr/testify/require"

	"github.com/asbuilt/asbuilt/internal/workspace"
	"github.com/asbuilt/asbuilt/pkg/evidence"
)

// watched is a project that is watched while a test goes on.
type watched struct {
	t      testing.TB
	dir    string
	builds chan workspace.Build
	said   chan string
	stop   func()
}

// watchIn watches the project in a folder; the first build has ended.
func watchIn(t testing.TB, dir string, how workspace.Watching) *watched {
	t.Helper()
	w, err := workspace.Open(workspace.Env{Dir: dir, Today: time.Unix(0, 0), Worker: worker})
	require.NoError(t, err)
	ctx, cancel := context.WithCancel(context.Background())
	out := &watched{t: t, dir: dir, builds: make(chan workspace.Build, 1000), said: make(chan string, 1000)}
	if how.Now == nil {
		how.Now = time.Now
	}
	if how.Formats == nil {
		how.Formats = []string{"mermaid"}
	}
	ready, ended := make(chan bool), make(chan error, 1)
	counted := how.Ready
	how.Ready = func(folders int) {
		if counted != nil {
			counted(folders)
		}
		close(ready)
	}
	how.Say = func(what string) { out.said <- what }
	told := how.Built
	how.Built = func(b workspace.Build) {
		if told != nil {
			told(b)
		}
		out.builds <- b
	}
	go func() { ended <- w.Watch(ctx, how) }()
	out.stop = func() {
		cancel()
		require.NoError(t, <-ended)
		require.NoError(t, w.Close())
		out.stop = func() {}
	}
	t.Cleanup(func() { out.stop() })
	<-ready
	return out
}

func (w *watched) write(name, text string) {
	w.t.Helper()
	full := filepath.Join(w.dir, filepath.FromSlash(name))
	require.NoError(w.t, os.MkdirAll(filepath.Dir(full), 0o755))
	require.NoError(w.t, os.WriteFile(full+".tmp", []byte(text), 0o644))
	require.NoError(w.t, os.Rename(full+".tmp", full))
}

// until waits for a build of which something holds.
func (w *watched) until(what string, holds func(workspace.Build) bool) workspace.Build {
	w.t.Helper()
	for late := time.After(time.Minute); ; {
		select {
		case b := <-w.builds:
			if holds(b) {
				return b
			}
		case <-late:
			require.Fail(w.t, "no build: "+what)
		}
	}
}

const small = `
architecture "small" { out = "pictures" }
component "a" {
  title = "Alpha"
  code { go = ["./a"] }
}
component "b" {
  depends_on = [component.a]
  code { go = ["./b"] }
}
view "landscape" "all" {
  drift = true
}
`

func smallProject(t *testing.T) string {
	dir := t.TempDir()
	for name, text := range map[string]string{
		"m.arch.hcl": small, "go.mod": "module small.example\ngo 1.26\n", "a/a.go": "package a\n",
		"b/b.go": "package b\nimport _ \"small.example/a\"\n",
	} {
		full := filepath.Join(dir, filepath.FromSlash(name))
		require.NoError(t, os.MkdirAll(filepath.Dir(full), 0o755))
		require.NoError(t, os.WriteFile(full, []byte(text), 0o644))
	}
	return dir
}

func wrote(b workspace.Build) bool { return len(b.Written) > 0 }

// A new import turns the edge into drift when it is saved; what is broken leaves the last picture; what is mended or put
// back is drawn again.
func TestWatch(t *testing.T) {
	w := watchIn(t, smallProject(t), workspace.Watching{Check: true})
	picture := func() string {
		data, err := os.ReadFile(filepath.Join(w.dir, "pictures", "all.mmd"))
		require.NoError(t, err)
		return string(data)
	}
	first := w.until("the first", wrote)
	require.Equal(t, []string{"pictures/all.mmd"}, first.Written)
	require.Empty(t, first.Findings)
	clean := picture()

	w.write("a/a.go", "package a\nimport _ \"small.example/b\"\n")
	b := w.until("a new import", wrote)
	require.Contains(t, fmt.Sprint(b.Findings), "code/undeclared")
	red := picture()
	require.NotEqual(t, clean, red)

	w.write("m.arch.hcl", small+"component {")
	b = w.until("broken text", func(b workspace.Build) bool { return b.Broken })
	require.Contains(t, fmt.Sprint(b.Findings), "language/")
	require.Equal(t, red, picture())

	w.write("m.arch.hcl", small)
	b = w.until("mended", func(b workspace.Build) bool { return !b.Broken })
	require.Empty(t, b.Written)

	require.NoError(t, os.Rename(filepath.Join(w.dir, "m.arch.hcl"), filepath.Join(w.dir, "m")))
	b = w.until("no text", func(b workspace.Build) bool { return b.Broken })
	require.ErrorIs(t, b.Err, workspace.ErrNotFound)
	require.NoError(t, os.Rename(filepath.Join(w.dir, "m"), filepath.Join(w.dir, "m.arch.hcl")))
	b = w.until("the text is back", func(b workspace.Build) bool { return !b.Broken })
	require.Empty(t, b.Written)

	require.NoError(t, os.Remove(filepath.Join(w.dir, "pictures", "all.mmd")))
	w.until("a picture that was removed", wrote)
	require.Equal(t, red, picture())

	w.write("pictures/all.mmd", strings.Replace(red, "Alpha", "Omega", 1))
	b = w.until("a picture that was edited", func(b workspace.Build) bool { return b.Err != nil })
	require.ErrorContains(t, b.Err, "changed by hand")
	w.write("pictures/all.mmd", red)
	w.until("put back", func(b workspace.Build) bool { return b.Err == nil })

	require.NoError(t, os.RemoveAll(filepath.Join(w.dir, "a")))
	w.until("a folder that was removed", func(b workspace.Build) bool {
		return strings.Contains(fmt.Sprint(b.Findings), "small.example/a")
	})
	w.write("a/a.go", "package a\n")
	w.until("it is back", func(b workspace.Build) bool { return len(b.Findings) == 0 })
	require.Equal(t, clean, picture())
	require.Empty(t, w.said)
}

// Saves that change nothing, and files that nobody reads, build nothing.
func TestWatchFollowsIcons(t *testing.T) {
	dir := smallProject(t)
	w := watchIn(t, dir, workspace.Watching{})
	w.until("the first", wrote)
	w.write("m.arch.hcl", strings.Replace(small, `title = "Alpha"`, `icon = "icons/a.svg"`, 1))
	b := w.until("an icon is missing", func(b workspace.Build) bool { return b.Broken })
	require.Contains(t, b.Findings[0].Message, "there is no such file")
	w.write("icons/a.svg", `<svg viewBox="0 0 1 1"><path d="M0 0h1v1z"/></svg>`)
	w.until("it is there", wrote)
	w.write("icons/a.svg", "no icon")
	w.until("it is none", func(b workspace.Build) bool { return b.Broken })
	w.write("icons/a.svg", `<svg viewBox="0 0 1 1"><path d="M0 0h1v1H0z"/></svg>`)
	w.until("it is another", wrote)
}

func TestWatchBuildsNothingForNothing(t *testing.T) {
	w := watchIn(t, smallProject(t), workspace.Watching{})
	w.until("the first", wrote)
	w.write("m.arch.hcl", small)
	for _, name := range []string{
		"4913", ".m.arch.hcl.swp", "m.arch.hcl~", ".#m.arch.hcl", "#m.arch.hcl#", "a/.goutputstream-X1", "a/a.go.tmp", "a/a.go___jb_tmp___",
		"README.md", "pictures/notes.txt", ".hidden/x.go", "node_modules/x/x.go",
	} {
		w.write(name, "nothing")
	}
	w.write("c/c.go", "package c\n")
	b := w.until("something", func(b workspace.Build) bool { return true })
	_, err := b.Of.Evidence()
	require.NoError(t, err)
	require.True(t, sees(t, b, "c"), "the first build is that of the last save")
}

func sees(t *testing.T, b workspace.Build, dir string) bool {
	t.Helper()
	graph, err := b.Of.Evidence()
	require.NoError(t, err)
	for _, n := range graph.Nodes {
		if n.Dir == dir {
			return true
		}
	}
	return false
}

// A folder that is renamed, with those in it, is watched under its new name.
func TestWatchFollowsRenamedFolders(t *testing.T) {
	w := watchIn(t, smallProject(t), workspace.Watching{Check: true})
	w.write("deep/er/x.go", "package x\n")
	w.until("a folder in a folder", func(b workspace.Build) bool { return sees(t, b, "deep/er") })
	for i := range 5 {
		from, to := fmt.Sprintf("deep%d", i), fmt.Sprintf("deep%d", i+1)
		if i == 0 {
			from = "deep"
		}
		require.NoError(t, os.Rename(filepath.Join(w.dir, from), filepath.Join(w.dir, to)))
		w.until("renamed", func(b workspace.Build) bool { return sees(t, b, to+"/er") && !sees(t, b, from+"/er") })
		w.write(to+"/er/y/y.go", "package y\n")
		w.until("a save below", func(b workspace.Build) bool { return sees(t, b, to+"/er/y") })
		require.NoError(t, os.RemoveAll(filepath.Join(w.dir, to, "er/y")))
		w.until("removed below", func(b workspace.Build) bool { return !sees(t, b, to+"/er/y") })
	}
	require.Empty(t, w.said, "every change had its event")
}

// What is behind a link, what a package imports from a folder that no pattern enters, and the baseline are watched.
func TestWatchedSources(t *testing.T) {
	dir := smallProject(t)
	require.NoError(t, os.MkdirAll(filepath.Join(dir, "text"), 0o755))
	require.NoError(t, os.Rename(filepath.Join(dir, "m.arch.hcl"), filepath.Join(dir, "text", "m.hcl")))
	require.NoError(t, os.Symlink("text/m.hcl", filepath.Join(dir, "m.arch.hcl")))
	w := watchIn(t, dir, workspace.Watching{Check: true})
	w.until("the first", wrote)
	w.write("text/m.hcl", strings.Replace(small, "Alpha", "Beta", 1))
	w.until("a save behind a link", wrote)

	w.write(".hidden/h.go", "package h\n")
	w.write("a/a.go", "package a\nimport _ \"small.example/.hidden\"\n")
	w.until("a hidden folder", func(b workspace.Build) bool { return sees(t, b, ".hidden") })
	w.write(".hidden/h.go", "package h\nimport _ \"small.example/b\"\n")
	w.until("a save in it", func(b workspace.Build) bool {
		graph, err := b.Of.Evidence()
		require.NoError(t, err)
		return slices.ContainsFunc(graph.Edges, func(e evidence.Edge) bool { return strings.Contains(e.From, ".hidden") })
	})

	w.write("text/m.hcl", small+"baseline {\n  file = \"kept/accepted.txt\"\n}\n")
	w.until("a baseline that is not there", func(b workspace.Build) bool { return strings.Contains(fmt.Sprint(b.Findings), "accepted.txt") })
	w.write("kept/accepted.txt", "nonsense")
	w.until("one that is nonsense", func(b workspace.Build) bool { return !strings.Contains(fmt.Sprint(b.Findings), "is not there") })

	w.write("text/m.hcl", small+"observe \"graph\" {\n  files = [\"seen/*.json\"]\n}\n")
	w.until("an observer of files", func(b workspace.Build) bool { return strings.Contains(fmt.Sprint(b.Findings), "seen/*.json") })
	w.write("seen/x.json", "{}")
	w.until("a file for it", func(b workspace.Build) bool { return strings.Contains(fmt.Sprint(b.Findings), "seen/x.json") })
	require.Empty(t, w.said, "every change had its event")
}

// A build that runs when the watch ends is cancelled; nothing of it stays.
func TestWatchLeavesNothingBehind(t *testing.T) {
	count := func() int {
		runtime.GC()
		return runtime.NumGoroutine()
	}
	before := count()
	for i := range 5 {
		w := watchIn(t, smallProject(t), workspace.Watching{Formats: []string{"svg"}})
		w.write("m.arch.hcl", strings.Replace(small, "Alpha", "Beta", 1))
		if i%2 == 0 {
			w.until("one more", func(b workspace.Build) bool { return true })
		}
		w.stop()
	}
	for range 500 { // what was told to end takes a moment
		if count() <= before {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	buf := make([]byte, 1<<20)
	require.Fail(t, "goroutines stay", string(buf[:runtime.Stack(buf, true)]))
}

// What a watch shows after any edits is what a run from the beginning says: findings and pictures.
func TestWatchIsARunFromTheBeginning(t *testing.T) {
	dir := smallProject(t)
	later := func() time.Time { return time.Now().Add(time.Hour) } // nothing is fresh: all that can be remembered is
	w := watchIn(t, dir, workspace.Watching{Check: true, Now: later})
	w.until("the first", wrote)
	random := rand.New(rand.NewPCG(11, 0))
	beside := filepath.Join(t.TempDir(), "clock")
	text := small
	for n := range 40 {
		for before := clockOf(t, beside); clockOf(t, beside).Equal(before); { // so that a change has another time
		}
		for range 1 + random.IntN(3) {
			place := []string{"a", "b", "c", "a/deep", "d/e"}[random.IntN(5)]
			switch random.IntN(7) {
			case 0:
				require.NoError(t, os.RemoveAll(filepath.Join(dir, place)))
			case 1:
				_ = os.Rename(filepath.Join(dir, "c"), filepath.Join(dir, "d"))
			case 2:
				text = strings.Replace(small, "Alpha", fmt.Sprintf("Title %d", random.IntN(4)), 1)
				w.write("m.arch.hcl", text)
			default:
				w.write(fmt.Sprintf("%s/f%d.go", place, random.IntN(2)), fmt.Sprintf("package p\nimport _ \"small.example/%s\"\n", []string{"a", "b", "c", "d/e", "gone"}[random.IntN(5)]))
			}
		}
		w.write("z/z.go", fmt.Sprintf("package z // %d\n", n)) // something always changes
		fresh, err := workspace.Open(workspace.Env{Dir: dir, Today: time.Unix(0, 0), Worker: worker})
		require.NoError(t, err)
		w.until(fmt.Sprintf("of the state after edit %d", n), func(b workspace.Build) bool {
			want, err := fresh.Snapshot(t.Context()).Findings()
			require.NoError(t, err)
			return !b.Broken && cmp.Equal(b.Findings, want, cmpopts.EquateEmpty())
		})
		drawn, told, err := fresh.Snapshot(t.Context()).Render(workspace.Drawing{Formats: []string{"mermaid"}})
		require.NoError(t, err)
		require.Empty(t, told)
		shown, err := os.ReadFile(filepath.Join(dir, "pictures", "all.mmd"))
		require.NoError(t, err)
		require.Equal(t, string(drawn.Products[0].Data), string(shown))
		require.NoError(t, fresh.Close())
	}
}

func clockOf(t *testing.T, beside string) time.Time {
	require.NoError(t, os.WriteFile(beside, nil, 0o644))
	info, err := os.Stat(beside)
	require.NoError(t, err)
	return info.ModTime()
}
