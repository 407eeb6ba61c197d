//go:build browser

package browser

import (
	"fmt"
	"os"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/asbuilt/asbuilt/internal/geometry"
	"github.com/asbuilt/asbuilt/internal/layout"
	"github.com/asbuilt/asbuilt/internal/paint"
	"github.com/asbuilt/asbuilt/internal/process"
	"github.com/asbuilt/asbuilt/internal/sequence"
	"github.com/asbuilt/asbuilt/internal/sheet"
	"github.com/asbuilt/asbuilt/internal/typeset"
	"github.com/asbuilt/asbuilt/pkg/diagram"
)

const (
	workerVariable = "ASBUILT_TEST_LAYOUT_WORKER"
	workers        = 2 // layouts at once
)

// TestMain is also the layout worker: the pool starts this binary again.
func TestMain(m *testing.M) {
	if os.Getenv(workerVariable) == "" {
		os.Exit(m.Run())
	}
	if err := layout.Serve(os.Stdin, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// newPool starts the layout engine for a test.
func newPool(t *testing.T) *layout.Pool {
	self, err := os.Executable()
	require.NoError(t, err)
	pool := layout.NewPool(layout.Options{
		Workers: workers, Deadline: 5 * time.Minute, // the machine may be busy
		Command: func() process.Command { return process.Command{Path: self, Env: []string{workerVariable + "=1"}} },
	})
	t.Cleanup(pool.Close)
	return pool
}

func render(t *testing.T, pool *layout.Pool, d *diagram.Diagram) []byte {
	words := typeset.Set(d, nil)
	plan := place(t, pool, d, words)
	svg, err := paint.SVG(d, words, plan)
	require.NoError(t, err)
	return svg
}

// place finds where everything stands.
func place(t *testing.T, pool *layout.Pool, d *diagram.Diagram, words *sheet.Sheet) geometry.Plan {
	if d.Kind == diagram.KindSequence {
		return sequence.Layout(words)
	}
	plan, err := pool.Layout(t.Context(), words.Request())
	require.NoError(t, err)
	return plan
}
