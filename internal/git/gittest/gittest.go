// Package gittest makes repositories for tests.
package gittest

import (
	"context"
	"os"
	"strings"
	"testing"

	"github.com/asbuilt/asbuilt/internal/process"
)

// day is when everything happens that has no moment of its own.
const day = "2026-01-31T12:00:00Z"

// Run runs git in a folder, as nobody in particular and on a fixed day, and returns what it prints.
func Run(t testing.TB, dir string, args ...string) string {
	t.Helper()
	return RunOn(t, dir, day, args...)
}

// Identity is the environment of git in tests.
func Identity() []string {
	return []string{
		"GIT_CONFIG_GLOBAL=" + os.DevNull, "GIT_CONFIG_NOSYSTEM=1", "GIT_TERMINAL_PROMPT=0",
		"GIT_AUTHOR_NAME=Ann", "GIT_AUTHOR_EMAIL=ann@shop.example", "GIT_AUTHOR_DATE=" + day,
		"GIT_COMMITTER_NAME=Ann", "GIT_COMMITTER_EMAIL=ann@shop.example", "GIT_COMMITTER_DATE=" + day,
	}
}

// Init makes a folder a repository whose branch is main.
func Init(t testing.TB, dir string, args ...string) {
	t.Helper()
	Run(t, dir, append([]string{"init", "--quiet", "--initial-branch=main"}, args...)...)
}

// Commit commits everything in a folder and returns the commit's hash.
func Commit(t testing.TB, dir string) string {
	t.Helper()
	Run(t, dir, "add", "--all")
	Run(t, dir, "commit", "--quiet", "--allow-empty", "--message=a state")
	return Run(t, dir, "rev-parse", "HEAD")
}

// RunOn runs git as on another moment.
func RunOn(t testing.TB, dir, moment string, args ...string) string {
	t.Helper()
	env := append(Identity(), "GIT_AUTHOR_DATE="+moment, "GIT_COMMITTER_DATE="+moment)
	out, err := process.Run(context.Background(), process.Command{Path: "git", Args: args, Dir: dir, Env: env})
	if err != nil {
		t.Fatal(err)
	}
	return strings.TrimSpace(string(out.Stdout))
}

// CommitOn commits everything in a folder as on another moment.
func CommitOn(t testing.TB, dir, moment string) {
	t.Helper()
	Run(t, dir, "add", "--all")
	RunOn(t, dir, moment, "commit", "--quiet", "--allow-empty", "--message=a state")
}
