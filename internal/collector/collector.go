// Package collector says when the garbage collector runs: seldom while little is in use, often when much is.
package collector

import (
	"runtime"
	"runtime/debug"
	"runtime/metrics"
	"sync/atomic"
)

const (
	// floor is how large the heap may be, in bytes, before anything is collected: most runs end below, and what looks for
	// garbage in a small heap again and again takes a third of the processor's time.
	floor = 96 << 20
	// share is how much garbage there may be in a large heap, in per cent of what is in use: with the runtime's own 100 a
	// check of 50,000 packages needs a quarter more memory, and is hardly faster.
	share = 40
	// smallest is the heap, in bytes, that the runtime lets grow at 100 per cent before it collects at all.
	smallest = 4 << 20
)

// Tune holds the collector to these bounds, for the whole process, until the returned function is called; that one sets
// back what was before.
func Tune() (restore func()) {
	t := &tuner{}
	before := debug.SetGCPercent(100 * floor / smallest)
	t.watch()
	return func() {
		t.ended.Store(true)
		debug.SetGCPercent(before)
	}
}

type tuner struct{ ended atomic.Bool }

// watch sets the per cent anew after every collection: a value that nothing holds is gone after each.
func (t *tuner) watch() {
	type sentinel struct{ _ *tuner }
	runtime.SetFinalizer(&sentinel{t}, func(*sentinel) {
		if !t.ended.Load() {
			debug.SetGCPercent(percent(live()))
			t.watch()
		}
	})
}

// live is how many bytes the last collection found in use.
func live() uint64 {
	sample := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
	metrics.Read(sample)
	return sample[0].Value.Uint64()
}

// percent is how much garbage, in per cent of what is in use, may lie there until the next collection.
func percent(live uint64) int {
	if live < smallest {
		return 100 * floor / smallest
	}
	return max(share, int(100*floor/live)-100)
}
