package console

import (
	"fmt"
	"io"
	"sync"
	"time"
)

// Progress is a line on a terminal that says how far a long work is. What is done in time says nothing.
type Progress struct {
	w     io.Writer
	mu    sync.Mutex
	timer *time.Timer
	text  string
	shown bool // the line stands on the terminal
	late  bool
}

// NewProgress shows nothing before the work has taken a time.
func NewProgress(w io.Writer, patience time.Duration) *Progress {
	p := &Progress{w: w}
	p.timer = time.AfterFunc(patience, func() {
		p.mu.Lock()
		defer p.mu.Unlock()
		p.late = true
		p.show()
	})
	return p
}

// Say changes the line.
func (p *Progress) Say(format string, args ...any) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.text = fmt.Sprintf(format, cleaned(args)...)
	p.show()
}

func (p *Progress) show() {
	if p.late && p.text != "" {
		fmt.Fprintf(p.w, "\r\x1b[K%s", p.text)
		p.shown = true
	}
}

// End takes the line away.
func (p *Progress) End() {
	p.timer.Stop()
	p.mu.Lock()
	defer p.mu.Unlock()
	p.late = false
	if p.shown {
		fmt.Fprint(p.w, "\r\x1b[K")
	}
}
