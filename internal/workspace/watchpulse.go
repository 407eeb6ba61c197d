package workspace

import "time"

// How long a watch waits.
const (
	quiet    = 40 * time.Millisecond  // after the last hint
	most     = 250 * time.Millisecond // after the first: a stream of saves cannot starve it
	held     = 2 * time.Second        // after the first, while git is at work
	again    = 20 * time.Millisecond  // between two looks at what is being written
	unsteady = 100 * time.Millisecond // after the first look at it: then it counts as it is
)

// step is what a watch does next.
type step string

const (
	rest   step = "rest"
	start  step = "start"  // a build of the newest state
	cancel step = "cancel" // the build that is under way: what it would show is old
)

// pulse decides when a watch looks and builds. It reads no clock and no file, so that it can be tested without either.
//
// A hint is followed by a look, and a look that saw a change by a build of a state that is no older: none is lost. One
// build runs at a time. A newer state cancels it, but never two in a row.
type pulse struct {
	since, last time.Time // the first and the last hint since the last look that counted; zero: none
	wait        time.Time // no look before
	steadyBy    time.Time // from then on, what is being written counts as it is
	changed     bool      // seen in looks that did not count yet
	pending     bool      // a change that no build has begun with
	building    bool
	cancelled   bool // the build under way
	spare       bool // it is not to be cancelled: the one before was
}

// hint notes that something may have changed.
func (p *pulse) hint(now time.Time) {
	if p.since.IsZero() {
		p.since = now
	}
	p.last = now
}

// next is the time of the next look; ok is false when there is nothing to look at.
func (p *pulse) next() (at time.Time, ok bool) {
	if p.since.IsZero() {
		return time.Time{}, false
	}
	at = earlier(p.last.Add(quiet), p.since.Add(most))
	if at.Before(p.wait) {
		at = p.wait
	}
	return at, true
}

// due reports whether it is time to look. While git is at work it waits, for a while.
func (p *pulse) due(now time.Time, locked func() bool) bool {
	at, ok := p.next()
	if !ok || now.Before(at) {
		return false
	}
	if now.Before(p.since.Add(held)) && locked() {
		p.wait = now.Add(again)
		return false
	}
	return true
}

// looked takes what a look saw. A look at files that are being written does not count: another follows.
func (p *pulse) looked(now time.Time, changed, steady bool) step {
	p.changed = p.changed || changed
	if !steady {
		if p.steadyBy.IsZero() {
			p.steadyBy = now.Add(unsteady)
		}
		if now.Before(p.steadyBy) {
			p.wait = now.Add(again)
			return rest
		}
	}
	p.pending = p.pending || p.changed
	p.since, p.last, p.wait, p.steadyBy, p.changed = time.Time{}, time.Time{}, time.Time{}, time.Time{}, false
	return p.step()
}

// counted reports whether the last look counted.
func (p *pulse) counted() bool { return p.since.IsZero() }

// finished takes the end of a build.
func (p *pulse) finished() step {
	p.building, p.spare, p.cancelled = false, p.cancelled, false
	return p.step()
}

func (p *pulse) step() step {
	switch {
	case !p.pending:
		return rest
	case !p.building:
		p.pending, p.building = false, true
		return start
	case !p.spare && !p.cancelled:
		p.cancelled = true
		return cancel
	}
	return rest
}

func earlier(a, b time.Time) time.Time {
	if b.Before(a) {
		return b
	}
	return a
}

// saw notes a change that was seen without a hint.
func (p *pulse) saw(now time.Time) {
	p.hint(now)
	p.changed = true
}

// retry ends a build that did not begin, because of a file that is young: there is another look when it is not.
func (p *pulse) retry(now time.Time) {
	p.saw(now)
	p.wait = now.Add(unsteady)
	p.building = false
}

// abandon drops what was hinted at and seen, and reports whether a build under way is to be cancelled.
func (p *pulse) abandon() bool {
	cancel := p.building && !p.cancelled
	*p = pulse{building: p.building, cancelled: p.building, spare: p.spare}
	return cancel
}
