package cli

import (
	"bytes"
	"context"
	"errors"
	"strings"
	"sync"
	"time"

	"github.com/asbuilt/asbuilt/internal/process"
)

// errand is a command of the user's own that is run after builds. It never runs twice at once and is not killed: who
// knows what it is in the midst of. Builds that end while it runs make it run once more.
type errand struct {
	ctx   context.Context
	words []string // none: there is nothing to run
	dir   string
	app   *app
	mu    *sync.Mutex // of app's printers, and of what follows
	busy  bool
	more  bool
	runs  sync.WaitGroup
}

func (e *errand) run() {
	e.mu.Lock()
	defer e.mu.Unlock()
	if len(e.words) == 0 {
		return
	}
	if e.more = e.busy; e.busy {
		return
	}
	e.busy = true
	e.runs.Go(func() {
		for e.once() {
		}
	})
}

// once runs the command, and reports whether it is to run again.
func (e *errand) once() bool {
	out := &lines{to: func(line string) {
		e.mu.Lock()
		defer e.mu.Unlock()
		e.app.err.Text(line)
	}}
	_, err := process.Run(e.ctx, process.Command{Path: e.words[0], Args: e.words[1:], Dir: e.dir, Whole: true, Into: out})
	out.end()
	e.mu.Lock()
	defer e.mu.Unlock()
	if err != nil && e.ctx.Err() == nil {
		e.app.err.Printf("watch: --exec %s\n", err)
	}
	e.busy = e.more && e.ctx.Err() == nil
	e.more = false
	return e.busy
}

// wait waits a moment for a command that is being killed.
func (e *errand) wait() {
	done := make(chan struct{})
	go func() {
		e.runs.Wait()
		close(done)
	}()
	select {
	case <-done:
	case <-time.After(grace / 5):
	}
}

// lines hands on whole lines, so that those of two writers do not mix.
type lines struct {
	to   func(string)
	rest []byte
}

func (l *lines) Write(b []byte) (int, error) {
	l.rest = append(l.rest, b...)
	if at := bytes.LastIndexByte(l.rest, '\n'); at >= 0 {
		l.to(string(l.rest[:at+1]))
		l.rest = l.rest[at+1:]
	}
	return len(b), nil
}

func (l *lines) end() {
	if len(l.rest) > 0 {
		l.to(string(l.rest) + "\n")
	}
}

// split cuts a command line into words: spaces separate them; '…' and "…" hold them together; a backslash stands for the
// character after it, except within '…'. Nothing else has a meaning: no shell reads it.
func split(line string) (words []string, err error) {
	var word strings.Builder
	begun, escaped := false, false
	var quote rune
	for _, r := range line {
		switch {
		case escaped:
			word.WriteRune(r)
			escaped = false
		case r == '\\' && quote != '\'':
			begun, escaped = true, true
		case quote != 0:
			if r == quote {
				quote = 0
			} else {
				word.WriteRune(r)
			}
		case r == '\'' || r == '"':
			begun, quote = true, r
		case r == ' ' || r == '\t' || r == '\n':
			if begun {
				words = append(words, word.String())
			}
			word.Reset()
			begun = false
		default:
			begun = true
			word.WriteRune(r)
		}
	}
	if quote != 0 || escaped {
		return nil, errors.New("a quote or a backslash at the end is open")
	}
	if begun {
		words = append(words, word.String())
	}
	return words, nil
}
