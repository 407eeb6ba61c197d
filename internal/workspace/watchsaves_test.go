package workspace_test

import (
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/asbuilt/asbuilt/internal/git/gittest"
	"github.com/asbuilt/asbuilt/internal/workspace"
)

var (
	saves = flag.Int("saves", 120, "how many saves TestSaves makes; a tenth of the folders of TestFolders goes with it")
	seed  = flag.Uint64("seed", 1, "of the order and the pauses of the saves")
)

// many is how many components each file has: a picture with fewer, or with those of two saves, was torn.
const many = 20

// half is one of the two files, as saved with a mark.
func half(name, mark string) string {
	var s strings.Builder
	for i := range many {
		fmt.Fprintf(&s, "component \"%s%d\" {\n  title = \"%s %s end\"\n", name, i, name, mark)
		if i+1 < many {
			fmt.Fprintf(&s, "  depends_on = [component.%s%d]\n", name, i+1)
		}
		s.WriteString("}\n")
	}
	return s.String()
}

var marks = regexp.MustCompile(`(alpha|beta) (\w+) end`)

// saver saves in the ways that programs do.
type saver struct {
	*watched
	random  *rand.Rand
	commits []string
	n       int
	alpha   string // the marks of the last saves
	beta    string

	last    time.Time // of the last step of a save
	stalled bool      // the saver itself stood still in the midst of a save: who could know that it goes on?

	mu    sync.Mutex
	shown [2]string // what the last picture shows
	torn  []string
}

// see reads a picture after a build.
func (s *saver) see(b workspace.Build) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if b.Broken || b.Err != nil {
		s.torn = append(s.torn, fmt.Sprint("a build that failed: ", b.Err, b.Findings))
	}
	if len(b.Written) == 0 {
		return
	}
	data, err := os.ReadFile(filepath.Join(s.dir, "pictures", "all.mmd"))
	if err != nil {
		s.torn = append(s.torn, err.Error())
		return
	}
	found := map[string]int{}
	for _, m := range marks.FindAllStringSubmatch(string(data), -1) {
		found[m[1]+" "+m[2]]++
	}
	s.shown = [2]string{}
	for mark, n := range found {
		name, mark, _ := strings.Cut(mark, " ")
		if n != many {
			s.torn = append(s.torn, fmt.Sprintf("a torn picture: %v", found))
		}
		s.shown[map[string]int{"alpha": 0, "beta": 1}[name]] = mark
	}
	if strings.HasPrefix(s.shown[0], "c") && s.shown[0] != s.shown[1] { // a checkout saves both
		s.torn = append(s.torn, fmt.Sprintf("half a checkout: %v", found))
	}
}

func (s *saver) pause(most int) {
	time.Sleep(time.Duration(s.random.IntN(most*1000+1)) * time.Microsecond)
}

// must ends a step of a save.
func (s *saver) must(err error) {
	s.t.Helper()
	require.NoError(s.t, err)
	s.stalled = s.stalled || time.Since(s.last) > 35*time.Millisecond
	s.last = time.Now()
}

func (s *saver) path(name string) string { return filepath.Join(s.dir, name) }

const saved = "alpha.arch.hcl"

// ways are the kinds of saves.
func ways() map[string]func(*saver, string) {
	return map[string]func(*saver, string){
		"in place": func(s *saver, text string) { s.must(os.WriteFile(s.path(saved), []byte(text), 0o644)) },
		"truncated, written slowly": func(s *saver, text string) {
			f, err := os.OpenFile(s.path(saved), os.O_WRONLY|os.O_TRUNC, 0)
			s.must(err)
			for len(text) > 0 {
				s.pause(25)
				n := min(len(text), 1+s.random.IntN(len(text)))
				_, err := f.WriteString(text[:n])
				s.must(err)
				text = text[n:]
			}
			s.must(f.Close())
		},
		"renamed": func(s *saver, text string) {
			s.must(os.WriteFile(s.path(".alpha.tmp"), []byte(text), 0o644))
			s.must(os.Rename(s.path(".alpha.tmp"), s.path(saved)))
		},
		"renamed, with a backup": func(s *saver, text string) {
			s.must(os.Rename(s.path(saved), s.path(saved+"~")))
			s.pause(3)
			s.must(os.WriteFile(s.path(saved), []byte(text), 0o644))
		},
		"removed and made": func(s *saver, text string) {
			s.must(os.Remove(s.path(saved)))
			s.pause(10)
			s.must(os.WriteFile(s.path(saved), []byte(text), 0o644))
		},
		"a hard link": func(s *saver, text string) {
			s.must(os.WriteFile(s.path("new"), []byte(text), 0o644))
			s.must(os.Link(s.path("new"), s.path("new2")))
			s.must(os.Rename(s.path("new2"), s.path(saved)))
			s.must(os.Remove(s.path("new")))
		},
		"a symbolic link": func(s *saver, text string) {
			s.must(os.MkdirAll(s.path("store"), 0o755))
			name := fmt.Sprintf("store/%d.txt", s.n)
			s.must(os.WriteFile(s.path(name), []byte(text), 0o644))
			s.must(os.Symlink(name, s.path("new")))
			s.must(os.Rename(s.path("new"), s.path(saved)))
		},
		"git checkout": nil,
	}
}

func (s *saver) save(way string) {
	s.n++
	s.last = time.Now()
	if do := ways()[way]; do != nil {
		s.alpha = fmt.Sprintf("s%d", s.n)
		do(s, half("alpha", s.alpha))
		return
	}
	i := s.random.IntN(len(s.commits))
	s.git("checkout", "-q", "-f", "--detach", s.commits[i])
	s.alpha, s.beta = fmt.Sprintf("c%d", i), fmt.Sprintf("c%d", i)
}

func (s *saver) git(args ...string) string {
	return strings.TrimSpace(gittest.Run(s.t, s.dir, args...))
}

// history makes commits that differ in both files and in some Go code.
func (s *saver) history() {
	s.git("init", "-q")
	s.write("view.arch.hcl", "architecture \"a\" { out = \"pictures\" }\nview \"landscape\" \"all\" {\n  include = components()\n}\n")
	s.write(".gitignore", "/pictures\n/store\n")
	for i := range 10 {
		mark := fmt.Sprintf("c%d", i)
		s.write("alpha.arch.hcl", half("alpha", mark))
		s.write("beta.arch.hcl", half("beta", mark))
		for j := range 20 {
			s.write(fmt.Sprintf("code%d/x.go", j), fmt.Sprintf("package x // %d\n", i))
		}
		s.git("add", "-A")
		s.git("commit", "-q", "-m", mark)
		s.commits = append(s.commits, s.git("rev-parse", "HEAD"))
		s.alpha, s.beta = mark, mark
	}
}

// TestSaves saves in eight ways, in bursts: each last state is shown, and never a part of one.
func TestSaves(t *testing.T) {
	s := &saver{watched: &watched{t: t, dir: t.TempDir()}, random: rand.New(rand.NewPCG(*seed, 0))}
	s.history()
	s.stalled = false
	s.watched = watchIn(t, s.dir, workspace.Watching{Built: s.see})
	var kinds []string
	for way := range ways() {
		kinds = append(kinds, way)
	}
	missed, stalled, torn := 0, 0, 0
	var worst time.Duration
	for s.n < *saves {
		var burst []string
		for range 1 + s.random.IntN(4) {
			way := kinds[(s.n+s.random.IntN(len(kinds)))%len(kinds)]
			burst = append(burst, way)
			s.save(way)
			s.pause(30)
		}
		began := time.Now()
		if !s.reaches() {
			missed++
			t.Errorf("missed after %v: shown %v, saved %s %s", burst, s.shown, s.alpha, s.beta)
		}
		s.mu.Lock()
		if s.stalled {
			s.torn, s.stalled = s.torn[:torn], false
			stalled++
		}
		torn = len(s.torn)
		s.mu.Unlock()
		worst = max(worst, time.Since(began))
	}
	s.stop()
	require.Empty(t, s.torn)
	close(s.said)
	require.Empty(t, <-s.said)
	t.Logf("%d saves of %d kinds: %d missed, %d torn; %d bursts in which the saver stood still; the slowest was shown after %s", s.n, len(kinds), missed, len(s.torn), stalled, worst.Round(time.Millisecond))
}

// reaches waits until the last state is shown.
func (s *saver) reaches() bool {
	for late := time.After(time.Minute); ; {
		s.mu.Lock()
		there := s.shown == [2]string{s.alpha, s.beta}
		s.mu.Unlock()
		if there {
			return true
		}
		select {
		case <-s.builds:
		case <-late:
			return false
		}
	}
}

// TestFolders makes folders in folders with a file at once: each file is seen.
func TestFolders(t *testing.T) {
	w := watchIn(t, smallProject(t), workspace.Watching{Check: true})
	folders := *saves / 2
	for n := 0; n < folders; {
		var made []string
		for range 10 {
			made = append(made, fmt.Sprintf("new%d/a/b/c", n))
			w.write(made[len(made)-1]+"/f.go", "package c\n")
			n++
		}
		w.until(fmt.Sprint(made), func(b workspace.Build) bool {
			seen := map[string]bool{}
			graph, err := b.Of.Evidence()
			require.NoError(t, err)
			for _, node := range graph.Nodes {
				seen[node.Dir] = true
			}
			for _, dir := range made {
				if !seen[dir] {
					return false
				}
			}
			return true
		})
	}
	require.Empty(t, w.said, "every folder had its event")
	t.Logf("%d folders in folders, 0 missed", folders)
}
