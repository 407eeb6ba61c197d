package layout_test

import (
	"context"
	"errors"
	"os"
	"strconv"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/asbuilt/asbuilt/internal/enginehome"
	"github.com/asbuilt/asbuilt/internal/geometry"
	"github.com/asbuilt/asbuilt/internal/layout"
	"github.com/asbuilt/asbuilt/internal/process"
)

// workerEnv makes the test binary a worker of a kind: "serve" is a real one, the others misbehave.
const workerEnv = "LAYOUT_TEST_WORKER"

func TestMain(m *testing.M) {
	enginehome.Restore()
	switch kind := os.Getenv(workerEnv); kind {
	case "":
		os.Exit(m.Run())
	case "serve":
		if layout.Serve(os.Stdin, os.Stdout) != nil {
			os.Exit(1)
		}
	case "crash":
		os.Stderr.WriteString("it broke\nhere\n")
		os.Exit(3)
	case "garbage":
		os.Stdout.WriteString("\xff\xff\xff\xff and more")
	case "not json":
		os.Stdout.WriteString("\x00\x00\x00\x03{{{")
	case "cut":
		os.Stdout.WriteString("\x00\x00\x00\x09{}")
	case "liar":
		os.Stdout.WriteString("\x00\x00\x00\x02{}")
		select {}
	case "hang":
		time.Sleep(time.Hour)
	default: // the name of a file: crash when it is there, and remove it
		if os.Remove(kind) == nil {
			os.Exit(3)
		}
		if layout.Serve(os.Stdin, os.Stdout) != nil {
			os.Exit(1)
		}
	}
}

func command(kind string) func() process.Command {
	return func() process.Command {
		return process.Command{Path: os.Args[0], Env: []string{workerEnv + "=" + kind}}
	}
}

func newPool(t testing.TB, o layout.Options) *layout.Pool {
	if o.Command == nil {
		o.Command = command("serve")
	}
	p := layout.NewPool(o)
	t.Cleanup(p.Close)
	return p
}

// two is the smallest picture with everything in it.
func two() geometry.Request {
	return geometry.Request{
		Groups: []geometry.Frame{{Parent: -1, Title: geometry.Size{W: 80, H: 24}}},
		Nodes: []geometry.Box{
			{Group: 0, Size: geometry.Size{W: 220, H: 90}},
			{Group: -1, Size: geometry.Size{W: 180, H: 60}},
		},
		Edges: []geometry.Link{{From: 0, To: 1, Label: geometry.Size{W: 70, H: 16}}},
	}
}

func TestMisbehavingWorkerIsAnErrorWithANextStep(t *testing.T) {
	for kind, says := range map[string]string{
		"crash":    "it broke",
		"garbage":  "bytes",
		"not json": "no answer",
		"cut":      "no answer",
		"liar":     "something else",
	} {
		t.Run(kind, func(t *testing.T) {
			_, err := newPool(t, layout.Options{Command: command(kind)}).Layout(t.Context(), two())
			var fault *layout.EngineError
			require.ErrorAs(t, err, &fault)
			require.Equal(t, 2, fault.Nodes)
			require.ErrorContains(t, err, says)
			require.ErrorContains(t, err, "narrow it with include or exclude")
			require.NotContains(t, err.Error(), "here", "only the first of its last words")
		})
	}
}

func TestWorkerThatDoesNotStart(t *testing.T) {
	p := newPool(t, layout.Options{Command: func() process.Command { return process.Command{Path: "no-such-program"} }})
	_, err := p.Layout(t.Context(), two())
	require.ErrorContains(t, err, "did not start")
}

func TestDeadline(t *testing.T) {
	_, err := newPool(t, layout.Options{Command: command("hang"), Deadline: 50 * time.Millisecond}).Layout(t.Context(), two())
	var late *layout.DeadlineError
	require.ErrorAs(t, err, &late)
	require.Equal(t, layout.DeadlineError{Nodes: 2, Edges: 1, Deadline: 50 * time.Millisecond}, *late)
	require.EqualError(t, err, "the layout of 2 nodes and 1 edges took longer than 50ms: narrow the view with include or exclude")
}

func TestCancelledContext(t *testing.T) {
	p := newPool(t, layout.Options{Command: command("hang"), Workers: 1})
	ctx, cancel := context.WithCancel(t.Context())
	time.AfterFunc(50*time.Millisecond, cancel)
	var both sync.WaitGroup
	for range 2 { // one at work, one waiting for the worker
		both.Go(func() {
			_, err := p.Layout(ctx, two())
			require.ErrorIs(t, err, context.Canceled)
		})
	}
	both.Wait()
}

func TestCloseEndsWhatIsUnderWay(t *testing.T) {
	p := newPool(t, layout.Options{Command: command("hang"), Workers: 1})
	answers := make(chan error, 2)
	for range 2 {
		go func() {
			_, err := p.Layout(context.Background(), two())
			answers <- err
		}()
	}
	time.AfterFunc(50*time.Millisecond, p.Close)
	require.ErrorIs(t, <-answers, layout.ErrClosed)
	require.ErrorIs(t, <-answers, layout.ErrClosed)
	_, err := p.Layout(t.Context(), two())
	require.ErrorIs(t, err, layout.ErrClosed)
	p.Close()
}

func TestTooLarge(t *testing.T) {
	p := newPool(t, layout.Options{Command: command("crash"), MaxNodes: 10, MaxEdges: 5})
	for _, s := range []sample{{nodes: 11, edges: 1}, {nodes: 5, edges: 8}} {
		r := random(1, s)
		_, err := p.Layout(t.Context(), r)
		var big *layout.TooLargeError
		require.ErrorAs(t, err, &big)
		require.Equal(t, layout.TooLargeError{Nodes: len(r.Nodes), MaxNodes: 10, Edges: len(r.Edges), MaxEdges: 5}, *big)
		require.ErrorContains(t, err, "narrow the view with include or exclude")
	}
}

// A worker that fails is replaced: the question is asked again and the pool goes on.
func TestPoolSurvivesACrash(t *testing.T) {
	want, err := newPool(t, layout.Options{}).Layout(t.Context(), two())
	require.NoError(t, err)

	trap := t.TempDir() + "/trap"
	require.NoError(t, os.WriteFile(trap, nil, 0o600))
	p := newPool(t, layout.Options{Command: command(trap), Workers: 1})
	for range 3 {
		got, err := p.Layout(t.Context(), two())
		require.NoError(t, err)
		require.Equal(t, want, got)
	}
	require.NoFileExists(t, trap, "it did crash")
}

// The engine leaks, so a worker is replaced after its share of layouts; nobody notices.
func TestOldWorkerIsReplaced(t *testing.T) {
	starts := 0
	p := newPool(t, layout.Options{Workers: 1, Command: func() process.Command {
		starts++
		return command("serve")()
	}})
	want, err := p.Layout(t.Context(), two())
	require.NoError(t, err)
	for range 250 {
		got, err := p.Layout(t.Context(), two())
		require.NoError(t, err)
		require.Equal(t, want, got)
	}
	require.Equal(t, 2, starts)
}

func TestConcurrentLayouts(t *testing.T) {
	p := newPool(t, layout.Options{Workers: 2})
	requests := make([]geometry.Request, 12)
	want := make([]geometry.Plan, len(requests))
	for i := range requests {
		requests[i] = random(uint64(i), sample{nodes: 6 + i, groups: i % 4, edges: 8 + i})
		var err error
		want[i], err = p.Layout(t.Context(), requests[i])
		require.NoError(t, err)
	}
	got, errs := make([]geometry.Plan, len(requests)), make([]error, len(requests))
	var all sync.WaitGroup
	for i, r := range requests {
		all.Go(func() { got[i], errs[i] = p.Layout(t.Context(), r) })
	}
	all.Wait()
	require.NoError(t, errors.Join(errs...))
	require.Equal(t, want, got)
}

func BenchmarkLayout(b *testing.B) {
	for _, n := range []int{10, 50, 250} {
		b.Run(strconv.Itoa(n), func(b *testing.B) {
			p := newPool(b, layout.Options{Workers: 1})
			r := random(1, sample{nodes: n, groups: n / 8, edges: n + n/4})
			_, err := p.Layout(b.Context(), r) // warm
			require.NoError(b, err)
			for b.Loop() {
				_, err := p.Layout(b.Context(), r)
				require.NoError(b, err)
			}
		})
	}
}
