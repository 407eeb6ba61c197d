//go:build unix

package files

import (
	"bytes"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// writerDir tells the test binary to be a writer that never stops.
const writerDir = "FILES_TEST_WRITER"

func TestMain(m *testing.M) {
	if dir := os.Getenv(writerDir); dir != "" {
		tree, err := Open(dir, "")
		for i := byte('a'); err == nil; i = 'a' + (i-'a'+1)%26 {
			err = tree.Write("file", bytes.Repeat([]byte{i}, 1<<18))
		}
		os.Exit(1)
	}
	os.Exit(m.Run())
}

// TestNoFileIsTornWhenTheWriterIsKilled kills a writer again and again: what stands there is always one whole content.
func TestNoFileIsTornWhenTheWriterIsKilled(t *testing.T) {
	const kills = 300
	dir := t.TempDir()
	self, err := os.Executable()
	require.NoError(t, err)
	read := 0
	for range kills {
		cmd := exec.Command(self)
		cmd.Env = append(os.Environ(), writerDir+"="+dir)
		require.NoError(t, cmd.Start())
		time.Sleep(time.Duration(2+rand.IntN(12)) * time.Millisecond)
		require.NoError(t, cmd.Process.Kill())
		require.Error(t, cmd.Wait())
		data, err := os.ReadFile(filepath.Join(dir, "file"))
		if os.IsNotExist(err) { // killed before its first write
			continue
		}
		require.NoError(t, err)
		read++
		require.Len(t, data, 1<<18)
		require.Equal(t, len(data), bytes.Count(data, data[:1]), "torn")
	}
	require.Greater(t, read, kills/2)
}
