package process

import (
	"context"
	"io"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// TestMain lets the test binary stand in for the other program.
func TestMain(m *testing.M) {
	switch os.Getenv("PROCESS_TEST") {
	case "env":
		os.Stdout.WriteString(strings.Join(os.Environ(), "\n"))
		os.Exit(0)
	case "echo":
		io.Copy(os.Stdout, os.Stdin)
		os.Exit(0)
	case "fail":
		os.Stderr.WriteString("last words\n")
		os.Exit(3)
	case "flood":
		for {
			if _, err := os.Stdout.Write(make([]byte, 1<<16)); err != nil {
				os.Exit(1)
			}
		}
	case "sleep":
		time.Sleep(time.Hour)
	}
	os.Exit(m.Run())
}

func self(t *testing.T, role string) Command {
	t.Helper()
	path, err := os.Executable()
	require.NoError(t, err)
	return Command{Path: path, Env: []string{"PROCESS_TEST=" + role}}
}

func TestEnvironmentIsFixed(t *testing.T) {
	t.Setenv("AWS_SECRET_ACCESS_KEY", "canary")
	t.Setenv("GOFLAGS", "-mod=mod")
	t.Setenv("KEPT", "yes")
	c := self(t, "env")
	c.Keep = []string{"KEPT"}
	out, err := Run(context.Background(), c)
	require.NoError(t, err)
	require.NotContains(t, string(out.Stdout), "canary")
	require.NotContains(t, string(out.Stdout), "GOFLAGS")
	require.Contains(t, string(out.Stdout), "KEPT=yes")
}

func TestRun(t *testing.T) {
	c := self(t, "echo")
	c.Stdin = strings.NewReader("hello")
	out, err := Run(context.Background(), c)
	require.NoError(t, err)
	require.Equal(t, "hello", string(out.Stdout))

	_, err = Run(context.Background(), self(t, "fail"))
	require.ErrorContains(t, err, "exit status 3: last words")

	_, err = Run(context.Background(), Command{Path: "no-such-program-anywhere"})
	require.Error(t, err)
}

func TestOutputIsLimited(t *testing.T) {
	c := self(t, "flood")
	c.Limit = 1 << 20
	out, err := Run(context.Background(), c)
	require.ErrorIs(t, err, ErrOutputLimit)
	require.Len(t, out.Stdout, 1<<20)
}

func TestProcessIsKilledWithItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	p, err := Start(ctx, self(t, "sleep"))
	require.NoError(t, err)
	cancel()
	_, err = io.ReadAll(p.Stdout)
	require.NoError(t, err)
	require.Error(t, p.Wait())
}

func TestTalking(t *testing.T) {
	p, err := Start(context.Background(), self(t, "echo"))
	require.NoError(t, err)
	_, err = io.WriteString(p.Stdin, "ping")
	require.NoError(t, err)
	require.NoError(t, p.Stdin.Close())
	back, err := io.ReadAll(p.Stdout)
	require.NoError(t, err)
	require.Equal(t, "ping", string(back))
	require.NoError(t, p.Wait())
}
