package layout

import (
	"errors"
	"io"

	"github.com/asbuilt/asbuilt/internal/geometry"
)

// Serve is the worker's side of a Pool: it answers questions until stdin ends. When stdin ends during a
// layout, nobody waits for the answer any more: Serve returns at once and leaves the layout, which cannot
// be stopped, to the end of the process.
func Serve(stdin io.Reader, stdout io.Writer) error {
	seal()
	return serve(stdin, stdout, solve)
}

func serve(stdin io.Reader, stdout io.Writer, solve func(question) answer) error {
	done := make(chan struct{})
	defer close(done)
	questions := make(chan incoming)
	go listen(stdin, questions, done)
	for {
		q := <-questions
		if q.err == io.EOF {
			return nil
		}
		if q.err != nil {
			return q.err
		}
		answers := make(chan answer, 1)
		go func() { answers <- solve(q.question) }()
		select {
		case a := <-answers:
			if err := send(stdout, a); err != nil {
				return err
			}
			if a.Fault != "" { // the engine may be broken
				return errors.New(a.Fault)
			}
		case next := <-questions:
			return errors.Join(next.err, errors.New("the question was left before its answer"))
		}
	}
}

type incoming struct {
	question question
	err      error
}

// listen passes questions on until the first error.
func listen(stdin io.Reader, questions chan<- incoming, done <-chan struct{}) {
	for {
		var q incoming
		q.err = receive(stdin, &q.question)
		select {
		case questions <- q:
		case <-done:
			return
		}
		if q.err != nil {
			return
		}
	}
}

func solve(q question) answer {
	plan, err := lay(q.Request, q.Manner)
	if err != nil {
		return answer{Fault: err.Error()}
	}
	return answer{Plan: plan}
}

// lay lays out a request in this process. Where boxes hold places, all as a layout would have it, that layout is
// the plan: its routes are the better ones.
func lay(r geometry.Request, m int) (geometry.Plan, error) {
	if err := valid(r); err != nil {
		return geometry.Plan{}, err
	}
	if m < 0 || m >= len(manners) {
		return geometry.Plan{}, errors.New("no such manner")
	}
	if !holds(r) {
		return afresh(r, manners[m])
	}
	if untouched(r) {
		plan, err := afresh(r, manners[m])
		if err != nil || agrees(r, &plan) {
			plan.Placed = nil
			return plan, err
		}
	}
	return keep(r)
}
