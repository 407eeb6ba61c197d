//go:build unix

package main

import (
	"bufio"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestWatchCommand is a script's view of watch: a line when it is ready, one line a build with what it wrote, the
// user's own command after it, and status 0 for an interrupt.
func TestWatchCommand(t *testing.T) {
	self, err := os.Executable()
	require.NoError(t, err)
	dir := t.TempDir()
	save := func(text string) {
		require.NoError(t, os.WriteFile(filepath.Join(dir, "new"), []byte(text), 0o644))
		require.NoError(t, os.Rename(filepath.Join(dir, "new"), filepath.Join(dir, "a.arch.hcl")))
	}
	const good = "component \"a\" {}\nview \"landscape\" \"all\" {}\nview \"landscape\" \"more\" {}\n"
	save(good)
	cmd := exec.Command(self, "watch", "--out", "site", "--exec", `sh -c 'echo ran with "$ASBUILT_SECRET" "$0"' "two  words"`)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), asProgram+"=1", "ASBUILT_SECRET="+canary)
	stdout, err := cmd.StdoutPipe()
	require.NoError(t, err)
	stderr, err := cmd.StderrPipe()
	require.NoError(t, err)
	require.NoError(t, cmd.Start())
	out, words := bufio.NewReader(stdout), bufio.NewReader(stderr)
	says := func(from *bufio.Reader, want string) {
		t.Helper()
		line, err := from.ReadString('\n')
		require.NoError(t, err)
		require.Equal(t, want+"\n", line)
	}
	says(out, "built asbuilt.lock.hcl, site/all.svg, site/more.svg")
	says(out, "watching .: 2 folders")
	says(words, "ran with "+canary+" two  words")

	save(strings.Replace(good, "{}", "{\n  title = \"Alpha\"\n}", 1))
	says(out, "built site/all.svg, site/more.svg")
	says(words, "ran with "+canary+" two  words")
	save(good + "component {\n")
	says(out, "failed: the pictures stay as they were")
	save(good + "# a word\n")
	says(out, "built site/all.svg, site/more.svg")

	require.NoError(t, cmd.Process.Signal(syscall.SIGINT))
	rest, err := io.ReadAll(out)
	require.NoError(t, err)
	require.Empty(t, string(rest))
	said, err := io.ReadAll(words)
	require.NoError(t, err)
	require.Contains(t, string(said), "language/")
	require.NotContains(t, string(said), "interrupted")
	require.NoError(t, cmd.Wait())
}

// TestWatchEndsAtOnce interrupts a watch while it draws what takes long.
func TestWatchEndsAtOnce(t *testing.T) {
	self, err := os.Executable()
	require.NoError(t, err)
	cmd := exec.Command(self, "watch", "-v")
	cmd.Dir = large(t, 300)
	cmd.Env = append(os.Environ(), asProgram+"=1")
	pipe, err := cmd.StderrPipe()
	require.NoError(t, err)
	require.NoError(t, cmd.Start())
	stderr := bufio.NewReader(pipe)
	first, err := stderr.ReadString('\n')
	require.NoError(t, err)
	require.Contains(t, first, "architecture:") // it is at work
	require.NoError(t, cmd.Process.Signal(syscall.SIGINT))
	_, err = io.ReadAll(stderr)
	require.NoError(t, err)
	require.NoError(t, cmd.Wait())
}
