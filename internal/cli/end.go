package cli

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"sync/atomic"
	"time"

	"github.com/asbuilt/asbuilt/internal/console"
)

// grace is how long a run that was interrupted may take to end by itself.
const grace = 500 * time.Millisecond

// errInterrupted is what is said of a run that was ended by a signal.
var errInterrupted = errors.New("interrupted: no verdict; what was written before is whole")

// Run runs one command line and returns the exit status. Once ctx is done it returns within a second, whatever goes
// on: reading and layout stop by themselves, computing is left behind, and nothing more is written.
func Run(ctx context.Context, s System) int {
	ended, endless := make(chan int, 1), new(atomic.Bool)
	go func() { ended <- perform(ctx, s, endless) }()
	select {
	case status := <-ended:
		return status
	case <-ctx.Done():
	}
	select {
	case status := <-ended:
		return status
	case <-time.After(grace):
	}
	if endless.Load() {
		return StatusOK
	}
	(&app{System: s, err: console.NewPrinter(s.Stderr, false)}).complain(errInterrupted) // the run has its own printer
	return StatusNoAnswer
}

// crashed says that the program failed: in short where people read, with the stack in a file. Neither holds a word of
// the environment or of the command line.
func (a *app) crashed(what any) {
	told := fmt.Sprint(what)
	a.err.Printf("asbuilt: internal error: %s\n", firstLine(told))
	v := versionOf()
	report := fmt.Sprintf("asbuilt %s %s (%s, %s)\ninternal error: %s\n\n%s", v.Version, v.Commit, v.Go, v.Platform, told, debug.Stack())
	if file, err := a.Keep([]byte(report)); err == nil {
		a.err.Printf("This is a defect of asbuilt: please report it, with the command and the stack in %s\n", file)
		return
	}
	a.err.Printf("This is a defect of asbuilt: please report it, with the command\n")
}

// longest is how much of a failure's own words is said, in bytes.
const longest = 300

func firstLine(s string) string {
	for i, r := range s {
		if r == '\n' || i > longest {
			return s[:i]
		}
	}
	return s
}
