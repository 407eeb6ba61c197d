// Package process is the one way to start another program. The environment is fixed: only what a
// program needs to run at all is passed on, so that nothing in the caller's environment can change
// an answer or reach an output.
package process

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
	"time"
)

// Command is a program to run.
type Command struct {
	Path  string   // a name looked up in PATH, or a path
	Args  []string // without the program's own name
	Dir   string   // working folder
	Env   []string // KEY=VALUE, added to the fixed environment
	Keep  []string // names of variables passed on from the caller's environment
	Whole bool     // pass all of it on: for a command of the user's own, which no answer depends on
	Stdin io.Reader
	Into  io.Writer // takes both outputs as they come; nil: they are kept
	Limit int64     // bytes of standard output kept; 0 means 64 MiB
}

const (
	defaultLimit = 64 << 20
	stderrLimit  = 64 << 10
	waitDelay    = 2 * time.Second
)

// passed are the variables that a program needs to start and find its own folders.
var passed = []string{"PATH", "HOME", "TMPDIR", "USERPROFILE", "SYSTEMROOT", "TEMP", "TMP", "PATHEXT", "LOCALAPPDATA"}

// Find is the place of a program in PATH. A folder relative to the working folder does not count.
func Find(name string) (string, error) { return exec.LookPath(name) }

// Output is what a finished program wrote.
type Output struct {
	Stdout, Stderr []byte
}

// Error is a program that could not be started or ended badly.
type Error struct {
	Program string
	Stderr  string // its last words, trimmed
	Err     error
}

func (e *Error) Error() string {
	if e.Stderr != "" {
		return fmt.Sprintf("%s: %v: %s", e.Program, e.Err, e.Stderr)
	}
	return fmt.Sprintf("%s: %v", e.Program, e.Err)
}

func (e *Error) Unwrap() error { return e.Err }

// ErrOutputLimit is the Err of a program that wrote more than Command.Limit.
var ErrOutputLimit = errors.New("the program wrote too much")

// Run runs a program to its end, or until ctx is done.
func Run(ctx context.Context, c Command) (Output, error) {
	cmd := c.command(ctx)
	stdout := &capped{limit: c.Limit}
	if c.Limit == 0 {
		stdout.limit = defaultLimit
	}
	stderr := &capped{limit: stderrLimit, drop: true}
	cmd.Stdin, cmd.Stdout, cmd.Stderr = c.Stdin, stdout, stderr
	if c.Into != nil {
		cmd.Stdout, cmd.Stderr = c.Into, c.Into
	}
	err := cmd.Run()
	out := Output{stdout.buf.Bytes(), stderr.buf.Bytes()}
	if stdout.full {
		err = ErrOutputLimit
	}
	if err != nil {
		err = &Error{Program: c.Path, Stderr: strings.TrimSpace(string(out.Stderr)), Err: err}
	}
	return out, err
}

// Process is a running program that is talked to.
type Process struct {
	Stdin  io.WriteCloser
	Stdout io.Reader
	cmd    *exec.Cmd
	stderr *capped
}

// Start starts a program that is talked to over its standard input and output. It is killed when
// ctx is done.
func Start(ctx context.Context, c Command) (*Process, error) {
	cmd := c.command(ctx)
	p := &Process{cmd: cmd, stderr: &capped{limit: stderrLimit, drop: true}}
	cmd.Stderr = p.stderr
	var err error
	if p.Stdin, err = cmd.StdinPipe(); err == nil {
		p.Stdout, err = cmd.StdoutPipe()
	}
	if err == nil {
		err = cmd.Start()
	}
	if err != nil {
		return nil, &Error{Program: c.Path, Err: err}
	}
	return p, nil
}

// Kill ends the program at once.
func (p *Process) Kill() { p.cmd.Process.Kill() }

// Wait waits for the end. Read all of Stdout before.
func (p *Process) Wait() error {
	if err := p.cmd.Wait(); err != nil {
		return &Error{Program: p.cmd.Path, Stderr: strings.TrimSpace(p.stderr.buf.String()), Err: err}
	}
	return nil
}

func (c Command) command(ctx context.Context) *exec.Cmd {
	cmd := exec.CommandContext(ctx, c.Path, c.Args...)
	cmd.Dir = c.Dir
	cmd.WaitDelay = waitDelay
	cmd.Env = append(Environ(c.Keep...), c.Env...)
	if c.Whole {
		cmd.Env = append(os.Environ(), c.Env...)
	}
	return cmd
}

// Environ is the fixed environment with the named variables of the caller's own added. It is for a
// library that starts a program itself.
func Environ(keep ...string) []string {
	env := []string{} // never nil, which would mean the whole environment of the caller
	for _, names := range [][]string{passed, keep} {
		for _, name := range names {
			if value, ok := os.LookupEnv(name); ok {
				env = append(env, name+"="+value)
			}
		}
	}
	return env
}

// capped keeps at most limit bytes; beyond, it drops the rest or makes the program fail.
type capped struct {
	buf   bytes.Buffer
	limit int64
	drop  bool
	full  bool
}

func (w *capped) Write(b []byte) (int, error) {
	room := w.limit - int64(w.buf.Len())
	if int64(len(b)) <= room {
		return w.buf.Write(b)
	}
	w.buf.Write(b[:room])
	if w.drop {
		return len(b), nil
	}
	w.full = true
	return int(room), ErrOutputLimit
}
