package layout_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/asbuilt/asbuilt/internal/layout"
	"github.com/asbuilt/asbuilt/internal/process"
)

// The engine's native code is kept in the user's own folder, and the shared one is neither made nor read.
func TestEngineHome(t *testing.T) {
	home, temp := t.TempDir(), t.TempDir()
	runWorker(t, home, temp)
	require.NoDirExists(t, filepath.Join(temp, "go-graphviz"))

	t.Setenv("HOME", home)
	t.Setenv("XDG_CACHE_HOME", "")
	cache, err := os.UserCacheDir()
	require.NoError(t, err)
	engine := filepath.Join(cache, "asbuilt", "engine")
	kept, err := filepath.Glob(filepath.Join(engine, "go-graphviz", "*", "*"))
	require.NoError(t, err)
	require.Len(t, kept, 1)

	// A spoiled file in the shared place is left alone; one in ours is taken away, and the engine compiles anew.
	name, err := filepath.Rel(engine, kept[0])
	require.NoError(t, err)
	trap := filepath.Join(temp, name)
	require.NoError(t, os.MkdirAll(filepath.Dir(trap), 0o755))
	require.NoError(t, os.WriteFile(trap, []byte("theirs"), 0o644))
	runWorker(t, home, temp)
	left, err := os.ReadFile(trap)
	require.NoError(t, err)
	require.Equal(t, "theirs", string(left))
	require.NoError(t, os.Rename(trap, kept[0]))
	runWorker(t, home, temp)
	anew, err := os.ReadFile(kept[0])
	require.NoError(t, err)
	require.Greater(t, len(anew), 1<<20)
}

// runWorker runs a worker that gets no work, and sees that our package was initialised before the engine.
func runWorker(t *testing.T, home, temp string) {
	cmd := worker(home, temp)
	var trace strings.Builder
	cmd.Stderr = &trace
	require.NoError(t, cmd.Run())
	ours := strings.Index(trace.String(), "init github.com/asbuilt/asbuilt/internal/enginehome ")
	theirs := strings.Index(trace.String(), "init github.com/goccy/go-graphviz/internal/wasm ")
	require.Positive(t, ours)
	require.Less(t, ours, theirs)
}

func worker(home, temp string) *exec.Cmd {
	cmd := exec.Command(os.Args[0])
	cmd.Env = []string{workerEnv + "=serve", "HOME=" + home, "TMPDIR=" + temp, "GODEBUG=inittrace=1"}
	return cmd
}

// A worker lays out also where there is no home and no temporary folder.
func TestEngineWithoutAnyFolder(t *testing.T) {
	c := command("serve")()
	c.Env = append(c.Env, "HOME=/dev/null", "TMPDIR=/dev/null", "XDG_CACHE_HOME=")
	without := newPool(t, layout.Options{Command: func() process.Command { return c }, Workers: 1})
	want, err := newPool(t, layout.Options{}).Layout(t.Context(), two())
	require.NoError(t, err)
	got, err := without.Layout(t.Context(), two())
	require.NoError(t, err)
	require.Equal(t, want, got)
}
