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
			ctx, cancel := context.WithCancel(t.Context())
			defer cancel()
			ready, ended := make(chan bool), make(chan error)
			written, said := make(chan int, 9), make(chan string, 9)
			go func() {
				ended <- w.Watch(ctx, Watching{
					Formats: []string{"dot"}, Now: time.Now, open: c.open, Ready: func(int) { close(ready) },
					Built: func(b Build) { written <- len(b.Written) }, Say: func(s string) { said <- s },
				})
			}()
			<-ready
			require.Equal(t, 1, <-written)
			for _, title := range []string{"one", "two"} {
				write("component \"a\" {\n  title = \"" + title + "\"\n}\nview \"landscape\" \"all\" {}\n")
				require.Equal(t, 1, <-written)
			}
			cancel()
			require.NoError(t, <-ended)
			require.Contains(t, <-said, c.says)
			require.Empty(t, said)
		})
	}
}

// silent is a watcher whose events never come.
func silent() (*fsnotify.Watcher, error) {
	w, err := fsnotify.NewWatcher()
	if err == nil {
		w.Events = make(chan fsnotify.Event)
	}
	return w, err
}
