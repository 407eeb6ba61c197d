//go:build unix

package main

import (
	"bufio"
	"io"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// patient is how long a test waits for a word that must come. It decides nothing but when to give up.
const patient = 2 * time.Minute

// program is the tool itself, which runs while a test goes on and no longer, whatever becomes of the test.
type program struct {
	t          *testing.T
	cmd        *exec.Cmd
	out, words *said // standard output and error
	ended      bool
}

// start starts it in a folder.
func start(t *testing.T, dir string, env []string, args ...string) *program {
	t.Helper()
	self, err := os.Executable()
	require.NoError(t, err)
	cmd := exec.Command(self, args...)
	cmd.Dir, cmd.Env = dir, env
	return launch(t, cmd)
}

// launch starts a command that is the tool in the end.
func launch(t *testing.T, cmd *exec.Cmd) *program {
	t.Helper()
	p := &program{t: t, cmd: cmd}
	p.cmd.SysProcAttr = mortal(cmd.SysProcAttr)
	p.cmd.Env = append(append(os.Environ(), asProgram+"=1"), cmd.Env...)
	stdout, err := p.cmd.StdoutPipe()
	require.NoError(t, err)
	stderr, err := p.cmd.StderrPipe()
	require.NoError(t, err)
	require.NoError(t, p.cmd.Start())
	t.Cleanup(func() {
		if !p.ended {
			_ = p.cmd.Process.Kill()
			_ = p.cmd.Wait()
			t.Logf("%s said:\n%s", cmd.Args[1:], p.words.rest())
		}
	})
	p.out, p.words = listen(t, stdout), listen(t, stderr)
	return p
}

// interrupt ends it as a person does, and returns its status and the lines that were not taken.
func (p *program) interrupt() (status int, out, words string) {
	p.t.Helper()
	require.NoError(p.t, p.cmd.Process.Signal(syscall.SIGINT))
	out, words = p.out.rest(), p.words.rest()
	p.ended = true
	err := p.cmd.Wait()
	if exit, ok := err.(*exec.ExitError); ok {
		return exit.ExitCode(), out, words
	}
	require.NoError(p.t, err)
	return 0, out, words
}

// said is what a program says, line by line, as it comes.
type said struct {
	t     *testing.T
	lines chan string // with their ends; closed at the end
}

func listen(t *testing.T, from io.Reader) *said {
	s := &said{t: t, lines: make(chan string, 10000)}
	go func() {
		defer close(s.lines)
		for r := bufio.NewReader(from); ; {
			line, err := r.ReadString('\n')
			if line != "" {
				s.lines <- line
			}
			if err != nil {
				return
			}
		}
	}()
	return s
}

// next is the next line, without its end.
func (s *said) next() string {
	s.t.Helper()
	select {
	case line, ok := <-s.lines:
		require.True(s.t, ok, "it ended")
		return strings.TrimSuffix(line, "\n")
	case <-time.After(patient):
		require.Fail(s.t, "it says nothing")
	}
	return ""
}

// rest is everything up to the end.
func (s *said) rest() string {
	var all strings.Builder
	for late := time.After(patient); ; {
		select {
		case line, ok := <-s.lines:
			if !ok {
				return all.String()
			}
			all.WriteString(line)
		case <-late:
			return all.String() + "(and has not ended)"
		}
	}
}
