//go:build unix

package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestWatchCommand is a script's view of watch: a line when it is ready, one line a build with what it wrote, the
// user's own command after it, and status 0 for an interrupt.
func TestWatchCommand(t *testing.T) {
	dir := t.TempDir()
	save := func(text string) {
		require.NoError(t, os.WriteFile(filepath.Join(dir, "new"), []byte(text), 0o644))
		require.NoError(t, os.Rename(filepath.Join(dir, "new"), filepath.Join(dir, "a.arch.hcl")))
	}
	const good = "component \"a\" {}\nview \"landscape\" \"all\" {}\nview \"landscape\" \"more\" {}\n"
	save(good)
	p := start(t, dir, []string{"ASBUILT_SECRET=" + canary}, "watch", "--out", "site", "--exec", `sh -c 'echo ran with "$ASBUILT_SECRET" "$0"' "two  words"`)
	require.Equal(t, "built asbuilt.lock.hcl, site/all.svg, site/more.svg", p.out.next())
	require.Equal(t, "watching .: 2 folders", p.out.next())
	require.Equal(t, "ran with "+canary+" two  words", p.words.next())

	save(strings.Replace(good, "{}", "{\n  title = \"Alpha\"\n}", 1))
	require.Equal(t, "built site/all.svg, site/more.svg", p.out.next())
	require.Equal(t, "ran with "+canary+" two  words", p.words.next())
	save(good + "component {\n")
	require.Equal(t, "failed: the pictures stay as they were", p.out.next())
	save(good + "view \"landscape\" \"none\" { exclude = elements() }\n")
	require.Equal(t, "failed: the pictures stay as they were", p.out.next())
	require.NoFileExists(t, filepath.Join(dir, "site", "none.svg"))
	save(good + "# a word\n")
	require.Equal(t, "built site/all.svg, site/more.svg", p.out.next())

	status, out, words := p.interrupt()
	require.Zero(t, status)
	require.Empty(t, out)
	require.Contains(t, words, "language/")
	require.NotContains(t, words, "interrupted")
}

// TestWatchWithoutCode judges what has no code: the pictures are built all the same, and the command runs.
func TestWatchWithoutCode(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "a.arch.hcl")
	require.NoError(t, os.WriteFile(file, []byte("component \"a\" {}\nview \"landscape\" \"all\" {}\n"), 0o644))
	p := start(t, dir, nil, "watch", "--check", "--exec", "echo ran")
	require.Equal(t, "built asbuilt.lock.hcl, docs/architecture/all.svg; no verdict", p.out.next())
	require.Equal(t, "watching .: 2 folders", p.out.next())
	require.Contains(t, p.words.next(), "nothing is observed")
	require.Equal(t, "ran", p.words.next())

	require.NoError(t, os.WriteFile(file, []byte("component \"a\" {}\nview \"landscape\" \"all\" {} # a word\n"), 0o644))
	require.Equal(t, "built nothing new; no verdict", p.out.next())
	status, _, _ := p.interrupt()
	require.Zero(t, status)
}

// TestWatchEndsAtOnce interrupts a watch while it draws what takes long.
func TestWatchEndsAtOnce(t *testing.T) {
	p := start(t, large(t, 300), nil, "watch", "-v")
	require.Contains(t, p.words.next(), "architecture:") // it is at work
	status, _, words := p.interrupt()
	require.Zero(t, status)
	require.NotContains(t, words, "interrupted")
}
