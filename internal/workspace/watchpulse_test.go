package workspace

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func at(ms int) time.Time { return time.Unix(1000, 0).Add(time.Duration(ms) * time.Millisecond) }

func free() bool { return false }

func TestPulseWaitsForQuietButNotForever(t *testing.T) {
	var p pulse
	_, waiting := p.next()
	require.False(t, waiting)
	p.hint(at(0))
	require.False(t, p.due(at(39), free))
	p.hint(at(30))
	require.False(t, p.due(at(69), free))
	require.True(t, p.due(at(70), free))
	for ms := 60; ms <= 240; ms += 30 {
		p.hint(at(ms))
	}
	require.False(t, p.due(at(249), free))
	require.True(t, p.due(at(250), free), "a stream of saves does not starve it")
}

func TestPulseWaitsForGitButNotForever(t *testing.T) {
	var p pulse
	busy := func() bool { return true }
	p.hint(at(0))
	require.False(t, p.due(at(40), busy))
	require.False(t, p.due(at(1999), busy))
	require.True(t, p.due(at(2000).Add(again), busy))
}

func TestPulseLooksTwiceAtWhatIsBeingWritten(t *testing.T) {
	var p pulse
	p.hint(at(0))
	require.Equal(t, rest, p.looked(at(40), true, false))
	require.False(t, p.counted())
	require.False(t, p.due(at(59), free))
	require.True(t, p.due(at(60), free))
	require.Equal(t, start, p.looked(at(60), false, true), "the change that the first look saw")

	p.finished()
	p.hint(at(100))
	for ms := 140; ms < 240; ms += 20 {
		require.Equal(t, rest, p.looked(at(ms), true, false))
	}
	require.Equal(t, start, p.looked(at(240), true, false), "at some time it counts as it is")
}

func TestPulseBuildsOneAtATimeAndCancelsNotTwiceInARow(t *testing.T) {
	var p pulse
	change := func(ms int) step {
		p.hint(at(ms))
		return p.looked(at(ms+40), true, true)
	}
	require.Equal(t, start, change(0))
	require.Equal(t, cancel, change(100))
	require.Equal(t, rest, change(200), "it is cancelled already")
	require.Equal(t, start, p.finished())
	require.Equal(t, rest, change(300), "the one before was cancelled")
	require.Equal(t, start, p.finished())
	require.Equal(t, cancel, change(400))
	require.Equal(t, start, p.finished())
	require.Equal(t, rest, p.finished())
}

// TestPulseLosesNothing: whatever comes when, the last state is built, one build runs at a time, and a look follows a
// hint in bounded time.
func TestPulseLosesNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var p pulse
		state, built, building := 0, 0, -1 // numbers of states; what the build under way is of
		seen := 0                          // by a look
		var hinted time.Time
		ran, dropped, inARow := 0, false, 0
		act := func(s step) {
			switch s {
			case start:
				require.Equal(t, -1, building, "one at a time")
				building, dropped = seen, false
				ran++
			case cancel:
				require.NotEqual(t, -1, building)
				dropped = true
			}
		}
		end := func() {
			if dropped {
				inARow++
				require.LessOrEqual(t, inARow, 1)
			} else {
				built, inARow = building, 0
			}
			building = -1
			act(p.finished())
		}
		now := at(0)
		look := func() {
			locked := rapid.Bool().Draw(t, "locked")
			if !p.due(now, func() bool { return locked }) {
				return
			}
			require.LessOrEqual(t, now.Sub(hinted), held+unsteady+2*again)
			changed := seen != state
			seen = state
			act(p.looked(now, changed, rapid.Bool().Draw(t, "steady")))
			if p.counted() {
				hinted = time.Time{}
			}
		}
		for range rapid.IntRange(0, 80).Draw(t, "steps") {
			wake := now.Add(time.Duration(rapid.IntRange(0, 60).Draw(t, "ms")) * time.Millisecond)
			for due, ok := p.next(); ok && !due.After(wake); due, ok = p.next() { // the timer
				now = due
				look()
			}
			now = wake
			switch rapid.IntRange(0, 2).Draw(t, "what") {
			case 0:
				state++
				if hinted.IsZero() {
					hinted = now
				}
				p.hint(now)
			case 1:
				if building != -1 {
					end()
				}
			case 2:
				if hinted.IsZero() {
					hinted = now
				}
				p.hint(now) // a hint at nothing
			}
		}
		for due, ok := p.next(); ok || building != -1; due, ok = p.next() {
			if building != -1 {
				end()
				continue
			}
			now = due
			act(func() step {
				if !p.due(now, free) {
					return rest
				}
				changed := seen != state
				seen = state
				return p.looked(now, changed, true)
			}())
		}
		require.Equal(t, state, seen)
		if state > 0 {
			require.Equal(t, state, built, "the last state wins")
		}
	})
}
