package workspace

import (
	"errors"
	"iter"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/fsnotify/fsnotify"

	"github.com/asbuilt/asbuilt/internal/files"
)

// hear takes an event: it says where to look, and nothing else is believed.
func (t *watch) hear(e fsnotify.Event) {
	now := t.how.Now()
	if t.scan.folders[e.Name] != nil && e.Has(fsnotify.Rename) {
		// Watches go with the folder that they are on: its events, and those of the folders in it, would come under
		// names that are old.
		t.listenAnew()
		return
	}
	dir, name := filepath.Dir(e.Name), filepath.Base(e.Name)
	f := t.scan.folders[dir]
	switch {
	case f == nil || t.scan.folders[e.Name] != nil:
		t.heard++
		t.everything(now)
	case f.kindOf(name) != 0, f.deep != 0 && f.deep.enters(name) && e.Op&(fsnotify.Create|fsnotify.Rename|fsnotify.Remove) != 0:
		t.heard++
		t.dirty[dir] = true
		if f.link {
			t.dirty[t.home()] = true
		}
		t.pulse.hint(now)
	}
}

// everything asks for a look at all folders.
func (t *watch) everything(now time.Time) {
	t.all = true
	t.pulse.hint(now)
}

// lost takes an error of the watcher: events may be missing.
func (t *watch) lost(err error) {
	t.heard++
	if errors.Is(err, fsnotify.ErrEventOverflow) {
		t.how.Say("more changed at once than the system tells: looking at everything")
	} else {
		t.how.Say("an event was lost: " + reason(err) + "; looking at everything")
	}
	t.everything(t.how.Now())
}

// gitAtWork reports whether git holds its index: a checkout may be half-done.
func (w *Workspace) gitAtWork() bool {
	top := workTree(w.root.Abs())
	if top == "" {
		return false
	}
	dir := filepath.Join(top, ".git")
	if info, err := os.Stat(dir); err == nil && !info.IsDir() { // a work tree beside the repository
		tree, err := files.Open(top, "")
		if err != nil {
			return false
		}
		defer tree.Close()
		text, err := tree.Read(".git", 4096)
		to, ok := strings.CutPrefix(strings.TrimSpace(string(text)), "gitdir: ")
		if err != nil || !ok {
			return false
		}
		if dir = filepath.FromSlash(to); !filepath.IsAbs(dir) {
			dir = filepath.Join(top, dir)
		}
	}
	_, err := os.Lstat(filepath.Join(dir, "index.lock"))
	return err == nil
}

// youngest is the age of the youngest file of the architecture.
func (s *scan) youngest(now time.Time) time.Duration {
	age := time.Duration(most)
	for _, f := range s.folders {
		for _, e := range f.entries {
			if e.kind&ofText != 0 && e.info != nil {
				age = min(age, now.Sub(e.info.ModTime()).Abs())
			}
		}
	}
	return age
}

func (f *folder) join(name string) string { return path.Join(f.dir, name) }

func sorted[T any](m map[string]T) iter.Seq2[string, T] {
	return func(yield func(string, T) bool) {
		for _, k := range slices.Sorted(maps.Keys(m)) {
			if !yield(k, m[k]) {
				return
			}
		}
	}
}
