package layout

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/asbuilt/asbuilt/internal/geometry"
	"github.com/asbuilt/asbuilt/internal/process"
)

// lifetime is how many layouts a worker does: the engine keeps about 160 KB after each.
const lifetime = 250

// errFault is an answer without a plan.
var errFault = errors.New("the layout engine failed")

// worker is a process that lays out, one request at a time.
type worker struct {
	process *process.Process
	left    int // layouts until it is replaced
}

func start(ctx context.Context, c process.Command) (*worker, error) {
	c.Keep = append(slices.Clone(c.Keep), "XDG_CACHE_HOME") // the worker finds the engine's folder where we do
	p, err := process.Start(ctx, c)
	if err != nil {
		return nil, fmt.Errorf("the layout worker did not start: %w", err)
	}
	return &worker{process: p, left: lifetime}, nil
}

// end kills the process and waits for it. It returns what the process last said, if anything.
func (w *worker) end() string {
	w.process.Kill()
	w.process.Stdin.Close()
	io.Copy(io.Discard, w.process.Stdout)
	var ended *process.Error
	if !errors.As(w.process.Wait(), &ended) {
		return ""
	}
	words, _, _ := strings.Cut(ended.Stderr, "\n")
	return words
}

// unlessDone is the worker, or nil once it has done its share.
func (w *worker) unlessDone() *worker {
	if w.left > 0 {
		return w
	}
	w.end()
	return nil
}

// ask lays out a request. After an error the worker is of no more use.
func (w *worker) ask(ctx context.Context, q question) (geometry.Plan, error) {
	w.left--
	unwatch := context.AfterFunc(ctx, w.process.Kill)
	defer unwatch()
	if err := send(w.process.Stdin, q); err != nil {
		return geometry.Plan{}, fmt.Errorf("the layout worker does not listen: %w", err)
	}
	var a answer
	if err := receive(w.process.Stdout, &a); err != nil {
		return geometry.Plan{}, fmt.Errorf("the layout worker gave no answer: %w", err)
	}
	if a.Fault != "" {
		return geometry.Plan{}, fmt.Errorf("%w: %s", errFault, a.Fault)
	}
	if !unwatch() { // killed at the last moment
		return geometry.Plan{}, ctx.Err()
	}
	return a.Plan, answers(q.Request, a.Plan)
}

// answers reports a plan that is none for the request.
func answers(r geometry.Request, p geometry.Plan) error {
	if len(p.Nodes) != len(r.Nodes) || len(p.Groups) != len(r.Groups) || len(p.Edges) != len(r.Edges) {
		return errors.New("the layout worker answered something else")
	}
	for _, e := range p.Edges {
		if len(e.Points) < 4 || len(e.Points)%3 != 1 {
			return errors.New("the layout worker answered something else")
		}
	}
	return nil
}
