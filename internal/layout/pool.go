// Package layout finds a place for everything in a picture: geometry.Request → geometry.Plan, by
// Graphviz' dot (E. R. Gansner, E. Koutsofios, S. C. North, K.-P. Vo, "A Technique for Drawing Directed
// Graphs", IEEE TSE 19(3), 1993), compiled to WebAssembly.
//
// Graphviz gets geometry only: generated names, sizes that were measured before, and empty tables where
// labels will stand. Not a word of the user reaches it, and it sees no files.
//
// There is one engine a process, which must not run twice at once, cannot be stopped, and may trap. So a
// Pool runs it in worker processes – the same binary, which calls Serve – and kills a worker at its
// deadline or after a fault. A plan depends on its request alone, not on the worker.
//
// Routes on which dot passes over a card, winds, or has no say – where cards hold their places, and in very large pictures – are
// found by a router of ours: a way over the corners of cards (router.go, quest.go), lanes where several turn at one (lanes.go),
// ends at the borders (land.go), and curves along it (smooth.go).
//
// In a plan, frames hold all that stands in them with 20 pixels around and the title's height above; boxes
// do not overlap except a frame and its content; labels overlap no card, title or other label; routes
// run from border to border, and over no card in between. The origin is the corner of all that is drawn: margins are the painter's.
package layout

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"sync"
	"time"

	"github.com/asbuilt/asbuilt/internal/geometry"
	"github.com/asbuilt/asbuilt/internal/process"
)

// Options of a pool.
type Options struct {
	Command  func() process.Command // how to start a worker: a program that calls Serve
	Workers  int                    // processes at once; 0 means one a core
	Deadline time.Duration          // of one layout; 0 means 30 s
	MaxNodes int                    // 0 means 500
	MaxEdges int                    // 0 means 1000
}

func (o Options) withDefaults() Options {
	if o.Workers <= 0 {
		o.Workers = runtime.GOMAXPROCS(0)
	}
	if o.Deadline <= 0 {
		o.Deadline = 30 * time.Second
	}
	if o.MaxNodes <= 0 {
		o.MaxNodes = 500
	}
	if o.MaxEdges <= 0 {
		o.MaxEdges = 1000
	}
	return o
}

// ErrClosed is the answer of a closed pool.
var ErrClosed = errors.New("the layout engine was shut down")

// TooLargeError is a request above the pool's limits.
type TooLargeError struct {
	Nodes, MaxNodes int
	Edges, MaxEdges int
}

func (e *TooLargeError) Error() string {
	return fmt.Sprintf("%d nodes and %d edges are more than a picture can show (at most %d and %d): narrow the view with include or exclude",
		e.Nodes, e.Edges, e.MaxNodes, e.MaxEdges)
}

// DeadlineError is a layout that took too long.
type DeadlineError struct {
	Nodes, Edges int
	Deadline     time.Duration
}

func (e *DeadlineError) Error() string {
	return fmt.Sprintf("the layout of %d nodes and %d edges took longer than %s: narrow the view with include or exclude",
		e.Nodes, e.Edges, e.Deadline)
}

// EngineError is a layout on which the engine failed in every manner.
type EngineError struct {
	Nodes, Edges int
	Err          error // the first failure
}

func (e *EngineError) Error() string {
	return fmt.Sprintf("the layout of %d nodes and %d edges failed: change the view's direction, or narrow it with include or exclude: %v",
		e.Nodes, e.Edges, e.Err)
}

func (e *EngineError) Unwrap() error { return e.Err }

// Pool lays out in worker processes, which it starts when they are first needed. It is safe for concurrent use.
type Pool struct {
	options Options
	idle    chan *worker // as many as there may be workers; nil for one that is not started
	running context.Context
	stop    context.CancelFunc
	once    sync.Once
}

// NewPool makes a pool. Close it after use.
func NewPool(o Options) *Pool {
	p := &Pool{options: o.withDefaults()}
	p.running, p.stop = context.WithCancel(context.Background())
	p.idle = make(chan *worker, p.options.Workers)
	for range p.options.Workers {
		p.idle <- nil
	}
	return p
}

// Close ends the workers, also one that is at work.
func (p *Pool) Close() {
	p.once.Do(func() {
		p.stop()
		for range p.options.Workers {
			if w := <-p.idle; w != nil {
				w.end()
			}
		}
	})
}

// Layout lays out a request. Its error is one of this package's types, the context's, or about a
// request that makes no sense.
func (p *Pool) Layout(ctx context.Context, r geometry.Request) (geometry.Plan, error) {
	if err := valid(r); err != nil {
		return geometry.Plan{}, err
	}
	if len(r.Nodes) > p.options.MaxNodes || len(r.Edges) > p.options.MaxEdges {
		return geometry.Plan{}, &TooLargeError{len(r.Nodes), p.options.MaxNodes, len(r.Edges), p.options.MaxEdges}
	}
	if p.running.Err() != nil {
		return geometry.Plan{}, ErrClosed
	}
	select {
	case w := <-p.idle:
		plan, w, err := p.ask(ctx, w, r)
		p.idle <- w
		return plan, err
	case <-p.running.Done():
		return geometry.Plan{}, ErrClosed
	case <-ctx.Done():
		return geometry.Plan{}, ctx.Err()
	}
}

// ask tries each manner until one succeeds, and returns the worker to go on with. What the engine itself
// reports depends on the request, so it calls for the next manner. A worker that dies, or that had worked
// before and may have been spoiled by that, is replaced first, and the new one is asked the same.
func (p *Pool) ask(ctx context.Context, w *worker, r geometry.Request) (geometry.Plan, *worker, error) {
	late := &DeadlineError{len(r.Nodes), len(r.Edges), p.options.Deadline}
	ctx, cancel := context.WithTimeoutCause(ctx, p.options.Deadline, late)
	defer cancel()
	var first error
	for m, again := 0, false; m < len(manners); {
		used := w != nil
		if !used {
			var err error
			if w, err = start(p.running, p.options.Command()); err != nil {
				return geometry.Plan{}, nil, err
			}
		}
		plan, err := w.ask(ctx, question{Request: r, Manner: m})
		if err == nil {
			return plan, w.unlessDone(), nil
		}
		if words := w.end(); words != "" {
			err = fmt.Errorf("%w: %s", err, words)
		}
		w = nil
		if p.running.Err() != nil {
			return geometry.Plan{}, nil, ErrClosed
		}
		if ctx.Err() != nil {
			return geometry.Plan{}, nil, context.Cause(ctx)
		}
		if first == nil {
			first = err
		}
		again = !again && (used || !errors.Is(err, errFault))
		if !again {
			m++
		}
	}
	return geometry.Plan{}, nil, &EngineError{len(r.Nodes), len(r.Edges), first}
}
