//go:build unix

package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/asbuilt/asbuilt/internal/cli"
)

// screen is a terminal: it tells when something is first said on it.
type screen struct {
	mu   sync.Mutex
	text bytes.Buffer
	said func()
}

func (s *screen) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.said != nil {
		s.said()
		s.said = nil
	}
	return s.text.Write(p)
}

const twoViews = `
component "a" {}
view "landscape" "graph" {
  include = components()
}
view "sequence" "calls" {
  step {
    from  = component.a
    to    = component.a
    label = "thinks"
  }
}
`

// renderOn draws a sequence and a graph. The layout of the graph waits until a file is there.
func renderOn(t *testing.T, stderr io.Writer, file string, terminal bool, variables map[string]string, args ...string) {
	t.Helper()
	self, err := os.Executable()
	require.NoError(t, err)
	dir := t.TempDir()
	worker := filepath.Join(t.TempDir(), "worker")
	script := fmt.Sprintf("#!/bin/sh\nuntil test -e '%s'; do sleep 0.01; done\nexec '%s' \"$@\"\n", file, self)
	require.NoError(t, os.WriteFile(worker, []byte(script), 0o755))
	require.NoError(t, os.WriteFile(filepath.Join(dir, "m.arch.hcl"), []byte(twoViews), 0o644))
	var out bytes.Buffer
	status := cli.Run(context.Background(), cli.System{
		Args: append([]string{"render"}, args...), Stdin: strings.NewReader(""), Stdout: &out, Stderr: stderr,
		Getenv: func(name string) string { return variables[name] }, Dir: func() (string, error) { return dir, nil },
		Now: time.Now, Executable: func() (string, error) { return worker, nil }, Terminal: func(w io.Writer) bool { return terminal && w == stderr },
	})
	require.Equal(t, cli.StatusOK, status)
	require.NotContains(t, out.String(), "\x1b")
	require.Contains(t, out.String(), "graph.svg")
}

// What takes long says on a terminal how far it is, and takes the line away.
func TestRenderSaysHowFarItIs(t *testing.T) {
	goOn := filepath.Join(t.TempDir(), "go")
	s := &screen{said: func() { _ = os.WriteFile(goOn, nil, 0o644) }}
	renderOn(t, s, goOn, true, nil)
	require.True(t, strings.HasPrefix(s.text.String(), "\r\x1b[Kdrawn: 1 of 2 views"), "%q", &s.text)
	require.True(t, strings.HasSuffix(s.text.String(), "\r\x1b[K"), "%q", &s.text)
}

// Nothing of that is said where nobody looks, or what looks is no terminal that can take a line away.
func TestRenderIsQuietElsewhere(t *testing.T) {
	for _, c := range []struct {
		name      string
		terminal  bool
		variables map[string]string
		args      []string
	}{
		{"no terminal", false, nil, nil},
		{"quiet", true, nil, []string{"-q"}},
		{"a dumb terminal", true, map[string]string{"TERM": "dumb"}, nil},
		{"CI", true, map[string]string{"CI": "true"}, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			goOn := filepath.Join(t.TempDir(), "go")
			time.AfterFunc(1200*time.Millisecond, func() { _ = os.WriteFile(goOn, nil, 0o644) }) // longer than a render is silent
			s := &screen{}
			renderOn(t, s, goOn, c.terminal, c.variables, c.args...)
			require.NotContains(t, s.text.String(), "\x1b")
			require.NotContains(t, s.text.String(), "drawn:")
		})
	}
}
