package cli

import (
	"bytes"
	"context"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// A crash is two short lines and status 2. The stack is in a file; nothing of the environment or of the command line
// is in either.
func TestCrash(t *testing.T) {
	var out, err, kept bytes.Buffer
	s := System{
		Args: []string{"check", "--var", "password=hunter2"}, Stdin: strings.NewReader(""), Stdout: &out, Stderr: &err,
		Getenv: func(string) string { return "" }, Dir: func() (string, error) { panic("the floor\ngave way") },
		Now: func() time.Time { return time.Unix(0, 0) }, Terminal: func(io.Writer) bool { return false },
		Keep: func(report []byte) (string, error) { kept.Write(report); return "crash.txt", nil },
	}
	t.Setenv("ASBUILT_SECRET", "canary")
	require.Equal(t, StatusNoAnswer, Run(t.Context(), s))
	require.Empty(t, out.String())
	require.Equal(t, "asbuilt: internal error: the floor\n"+
		"This is a defect of asbuilt: please report it, with the command and the stack in crash.txt\n", err.String())
	require.Contains(t, kept.String(), "gave way")
	require.Contains(t, kept.String(), "cli.(*app).env")
	require.NotContains(t, kept.String(), "hunter2")
	require.NotContains(t, kept.String(), "canary")

	err.Reset()
	s.Keep = func([]byte) (string, error) { return "", io.ErrClosedPipe }
	require.Equal(t, StatusNoAnswer, Run(t.Context(), s))
	require.Contains(t, err.String(), "please report it, with the command\n")
}

// Once the context is done, a run that waits for ever is left behind.
func TestInterruptedWhileItWaits(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	stdin, feed := io.Pipe()
	defer feed.Close()
	var out, err bytes.Buffer
	go func() {
		_, _ = feed.Write([]byte("a = 1\n")) // it is read: the run has begun
		cancel()
	}()
	require.Equal(t, StatusNoAnswer, Run(ctx, System{
		Args: []string{"fmt", "-"}, Stdin: stdin, Stdout: &out, Stderr: &err, Getenv: func(string) string { return "" },
		Dir: func() (string, error) { return ".", nil }, Now: func() time.Time { return time.Unix(0, 0) },
		Terminal: func(io.Writer) bool { return false },
	}))
	require.Empty(t, out.String())
	require.Contains(t, err.String(), "asbuilt: interrupted")
}

// What ends by an interrupt alone has status 0 then, also where it has no time to end by itself.
func TestInterruptIsTheEndOfAWatch(t *testing.T) {
	for _, args := range [][]string{{"watch"}, {"serve"}} {
		ctx, cancel := context.WithCancel(t.Context())
		over := make(chan bool)
		var out, err bytes.Buffer
		require.Equal(t, StatusOK, Run(ctx, System{
			Args: args, Stdout: &out, Stderr: &err, Getenv: func(string) string { return "" },
			Dir: func() (string, error) {
				cancel()
				<-over
				return "", io.EOF
			},
			Now: func() time.Time { return time.Unix(0, 0) }, Terminal: func(io.Writer) bool { return false },
		}), args)
		require.Empty(t, out.String())
		require.Empty(t, err.String())
		close(over)
	}
}
