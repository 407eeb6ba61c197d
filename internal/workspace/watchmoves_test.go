package workspace_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/asbuilt/asbuilt/internal/workspace"
)

// The folder of the pictures is watched on and on: what comes to a picture is seen after any number of builds.
func TestWatchedPictures(t *testing.T) {
	w := watchIn(t, smallProject(t), workspace.Watching{})
	w.until("the first", wrote)
	for i := range 4 {
		w.write("m.arch.hcl", strings.Replace(small, "Alpha", fmt.Sprint("Title ", i), 1))
		w.until("a save", wrote)
		require.NoError(t, os.Remove(filepath.Join(w.dir, "pictures", "all.mmd")))
		b := w.until("a picture that was removed", func(workspace.Build) bool { return true })
		require.Equal(t, []string{"pictures/all.mmd"}, b.Written)
		require.NoError(t, os.Rename(filepath.Join(w.dir, "pictures"), filepath.Join(w.dir, ".gone"))) // at once: it may come back at once
		require.NoError(t, os.RemoveAll(filepath.Join(w.dir, ".gone")))
		b = w.until("a folder that was removed", func(workspace.Build) bool { return true })
		require.Equal(t, []string{"pictures/all.mmd"}, b.Written)
	}
	w.stop()
	require.Empty(t, w.builds, "every change had one build")
}

// The project's folder may be moved away and back, replaced, or removed and made again: each is said in one line, nothing
// is written elsewhere meanwhile, and what stands in its place then is watched.
func TestWatchedProjectMoves(t *testing.T) {
	above := t.TempDir()
	dir, away := filepath.Join(above, "project"), filepath.Join(above, "away")
	require.NoError(t, os.Rename(smallProject(t), dir))
	w := watchIn(t, dir, workspace.Watching{Check: true})
	w.until("the first", wrote)
	says := func(want string) {
		t.Helper()
		select {
		case got := <-w.said:
			require.Contains(t, got, want)
		case <-time.After(time.Minute):
			require.Fail(t, "it does not say: "+want)
		}
	}
	save := func(title string) {
		t.Helper()
		w.write("m.arch.hcl", strings.Replace(small, "Alpha", title, 1))
		w.until(title, wrote)
		data, err := os.ReadFile(filepath.Join(dir, "pictures", "all.mmd"))
		require.NoError(t, err)
		require.Contains(t, string(data), title)
	}
	for n := range 2 {
		require.NoError(t, os.Rename(dir, away))
		says("is gone")
		require.NoError(t, os.RemoveAll(filepath.Join(away, "pictures")))
		require.NoError(t, os.Rename(away, dir))
		says("there again")
		w.until("back", wrote)
		save(fmt.Sprint("Moved back ", n))
	}

	require.NoError(t, os.CopyFS(filepath.Join(above, "other"), os.DirFS(dir)))
	require.NoError(t, os.RemoveAll(filepath.Join(above, "other", "pictures")))
	require.NoError(t, os.Rename(dir, away))
	require.NoError(t, os.Rename(filepath.Join(above, "other"), dir))
	w.until("another", wrote)
	if said := <-w.said; !strings.Contains(said, "another folder") { // it looked in between
		require.Contains(t, said, "is gone")
		says("there again")
	}
	save("Another")

	require.NoError(t, os.RemoveAll(dir))
	says("is gone")
	require.NoError(t, os.Rename(smallProject(t), dir))
	says("there again")
	w.until("made again", wrote)
	save("Made again")
	w.stop()
	require.Empty(t, w.said)
}

// A folder of pictures outside the project may be moved, too.
func TestWatchedPicturesMove(t *testing.T) {
	out := filepath.Join(t.TempDir(), "out")
	w := watchIn(t, smallProject(t), workspace.Watching{Out: out})
	w.until("the first", wrote)
	for range 2 {
		require.NoError(t, os.Rename(out, out+"~"))
		w.until("moved", wrote)
		require.NoError(t, os.RemoveAll(out+"~"))
	}
}
