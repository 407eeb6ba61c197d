package workspace

import (
	"context"
	"os"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"github.com/fsnotify/fsnotify"
	"github.com/stretchr/testify/require"

	"github.com/asbuilt/asbuilt/internal/files"
	"github.com/asbuilt/asbuilt/internal/git/gittest"
)

// Where the system gives no watcher, or one that stays silent, changes are found all the same, and that is said once.
func TestWithoutEvents(t *testing.T) {
	for name, c := range map[string]struct {
		open func() (*fsnotify.Watcher, error)
		says string
	}{
		"no watcher": {func() (*fsnotify.Watcher, error) { return nil, os.NewSyscallError("inotify_init1", syscall.EMFILE) }, "max_user_instances"},
		"no room":    {func() (*fsnotify.Watcher, error) { return nil, syscall.ENOSPC }, "max_user_watches"},
		"silence":    {silent, "without an event"},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			file := filepath.Join(dir, "m.arch.hcl")
			write := func(text string) { require.NoError(t, os.WriteFile(file, []byte(text), 0o644)) }
			write("component \"a\" {}\nview \"landscape\" \"all\" {}\n")
			w, err := Open(Env{Dir: dir})
			require.NoError(t, err)
			defer w.Close()
			written, said, stop := watchHere(t, w, c.open)
			for _, title := range []string{"one", "two"} {
				write("component \"a\" {\n  title = \"" + title + "\"\n}\nview \"landscape\" \"all\" {}\n")
				require.Equal(t, 1, <-written)
			}
			stop()
			require.Contains(t, <-said, c.says)
			require.Empty(t, said)
		})
	}
}

// watchHere watches, and the first build has ended: what came of builds, and what was said, comes on two channels.
func watchHere(t *testing.T, w *Workspace, open func() (*fsnotify.Watcher, error)) (written chan int, said chan string, stop func()) {
	ctx, cancel := context.WithCancel(t.Context())
	t.Cleanup(cancel)
	ready, ended := make(chan bool), make(chan error)
	written, said = make(chan int, 99), make(chan string, 99)
	go func() {
		ended <- w.Watch(ctx, Watching{
			Formats: []string{"dot"}, Now: time.Now, open: open, Ready: func(int) { close(ready) },
			Built: func(b Build) { written <- len(b.Written) }, Say: func(s string) { said <- s },
		})
	}()
	<-ready
	require.Equal(t, 1, <-written)
	return written, said, func() {
		cancel()
		require.NoError(t, <-ended)
	}
}

// Where events are lost, everything is looked at, and that is said.
func TestLostEvents(t *testing.T) {
	for says, lost := range map[string]error{"more changed at once": fsnotify.ErrEventOverflow, "an event was lost": syscall.EIO} {
		dir := t.TempDir()
		file := filepath.Join(dir, "m.arch.hcl")
		require.NoError(t, os.WriteFile(file, []byte("component \"a\" {}\nview \"landscape\" \"all\" {}\n"), 0o644))
		w, err := Open(Env{Dir: dir})
		require.NoError(t, err)
		faults := make(chan error)
		written, said, stop := watchHere(t, w, func() (*fsnotify.Watcher, error) {
			w, err := silent()
			if err == nil {
				w.Errors = faults
			}
			return w, err
		})
		require.NoError(t, os.WriteFile(file, []byte("component \"b\" {}\nview \"landscape\" \"all\" {}\n"), 0o644))
		faults <- lost
		require.Equal(t, 1, <-written)
		stop()
		require.Contains(t, <-said, says)
		require.NoError(t, w.Close())
	}
}

// git at work is seen by its lock, also in a work tree beside its repository.
func TestGitAtWork(t *testing.T) {
	main := t.TempDir()
	write := func(name string) {
		require.NoError(t, os.MkdirAll(filepath.Dir(name), 0o755))
		require.NoError(t, os.WriteFile(name, []byte("component \"a\" {}\n"), 0o644))
	}
	write(filepath.Join(main, "sub", "m.arch.hcl"))
	require.False(t, (&Workspace{root: opened(t, main)}).gitAtWork(), "there is no git")
	gittest.Run(t, main, "init", "-q")
	gittest.Run(t, main, "add", "-A")
	gittest.Run(t, main, "commit", "-q", "-m", "one")
	beside := filepath.Join(t.TempDir(), "beside")
	gittest.Run(t, main, "worktree", "add", "-q", beside)
	for dir, lock := range map[string]string{main: ".git/index.lock", beside: filepath.Join(main, ".git/worktrees/beside/index.lock")} {
		w := &Workspace{root: opened(t, filepath.Join(dir, "sub"))}
		require.False(t, w.gitAtWork())
		if !filepath.IsAbs(lock) {
			lock = filepath.Join(dir, lock)
		}
		write(lock)
		require.True(t, w.gitAtWork(), lock)
		require.NoError(t, os.Remove(lock))
		require.False(t, w.gitAtWork())
	}
}

func opened(t *testing.T, dir string) *files.Tree {
	tree, err := files.Open(dir, "")
	require.NoError(t, err)
	t.Cleanup(func() { tree.Close() })
	return tree
}

// silent is a watcher whose events never come.
func silent() (*fsnotify.Watcher, error) {
	w, err := fsnotify.NewWatcher()
	if err == nil {
		w.Events = make(chan fsnotify.Event)
	}
	return w, err
}
