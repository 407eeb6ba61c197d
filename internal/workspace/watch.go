package workspace

import (
	"context"
	"errors"
	"time"

	"github.com/fsnotify/fsnotify"

	"github.com/asbuilt/asbuilt/internal/observe/golang"
	"github.com/asbuilt/asbuilt/pkg/finding"
)

// Watching is how a project is to be watched. The functions are called one at a time.
type Watching struct {
	Out     string // the folder of the pictures, as the user named it; "" for the declared one
	Formats []string
	Scale   int               // of PNG
	Check   bool              // judge, too
	Show    func(*Exhibit)    // not nil: nothing is written, what was drawn is shown
	Now     func() time.Time  // the clock
	Today   func() time.Time  // the date that waivers end by; nil: it stays
	Ready   func(folders int) // once: from now on, what changes is seen
	Built   func(Build)       // after every build
	Say     func(string)      // what is not as it should be with the watch itself
	open    func() (*fsnotify.Watcher, error)
}

// Build is the outcome of one build.
type Build struct {
	Refreshed
	Of       *Snapshot         // what was built; nil when the text could not even be read
	Broken   bool              // the text cannot be drawn or judged: the pictures stand as they were
	Findings []finding.Finding // those that break it; with Check, all
	Err      error             // of the run
	Unjudged error             // with Check: why there is no verdict, though there are pictures
}

// Watch builds, and builds again after every change, until ctx is done.
func (w *Workspace) Watch(ctx context.Context, how Watching) error {
	if how.open == nil {
		how.open = fsnotify.NewWatcher
	}
	var err error
	w.memory = golang.NewMemory(how.Now)
	if w.around, err = openAround(w.code); err != nil {
		return err
	}
	t := &watch{
		w: w, how: how, ctx: ctx, dirty: map[string]bool{}, built: make(chan ended, 1), early: make(chan *Exhibit), exhibit: noExhibit("asbuilt"),
		hints: &hints{open: how.open, say: how.Say},
	}
	defer t.close()
	return t.run()
}

// watch is a project that is being watched.
type watch struct {
	w     *Workspace
	how   Watching
	ctx   context.Context
	hints *hints
	scan  *scan
	pulse pulse
	own   *own
	out   *Output // as it is watched
	apart []area  // of packages that the last observation found where no walk enters, and of what it read outside the code

	away   bool            // the project's folder
	dirty  map[string]bool // folders to look at
	all    bool            // look at all
	heard  int             // events
	silent int             // how many had been heard when a look saw what none had told; -1: nothing such
	quiet  bool            // that changes come without events was said

	changed kind      // since done
	done    *Snapshot // the last on which a build ran to its end
	exhibit *Exhibit  // that was shown
	shown   *texts    // what the last build that was told of was made from
	tried   *texts    // broken text that is not shown yet
	since   time.Time // the first of it
	ready   bool
	drawn   bool     // every picture, by this program
	written []string // by builds that were cancelled
	built   chan ended
	early   chan *Exhibit      // what there is to show of a build that goes on
	stop    context.CancelFunc // of the build under way
}

// ended is the end of a build.
type ended struct {
	of      *Snapshot
	build   Build
	out     *Output
	exhibit *Exhibit
	left    bool // cancelled
}

// atRest is how often everything is looked at without a hint: that finds what has no events. A look takes at most a
// twentieth of the time.
func atRest(events bool, cost time.Duration) time.Duration {
	if events {
		return max(2*time.Second, 20*cost)
	}
	return max(500*time.Millisecond, 20*cost)
}

func (t *watch) run() error {
	t.afresh()
	nextLook := t.how.Now().Add(atRest(t.hints.watcher != nil, 0))
	timer := time.NewTimer(0)
	defer timer.Stop()
	for {
		wake := nextLook
		if at, ok := t.pulse.next(); ok {
			wake = earlier(at, wake)
		}
		timer.Reset(wake.Sub(t.how.Now()))
		select {
		case <-t.ctx.Done():
			return nil
		case e, ok := <-t.hints.events():
			if ok {
				t.hear(e)
			}
		case err, ok := <-t.hints.errors():
			if ok {
				t.lost(err)
			}
		case e := <-t.built:
			t.finish(e)
		case x := <-t.early:
			t.exhibit = x
			t.how.Show(x)
			t.announce()
		case <-timer.C:
		}
		now := t.how.Now()
		due := t.pulse.due(now, t.w.gitAtWork)
		if (due || !now.Before(nextLook)) && !t.stands() {
			nextLook = t.how.Now().Add(whenGone)
			continue
		}
		if due {
			t.look(now)
		}
		if now = t.how.Now(); !now.Before(nextLook) {
			cost := t.lookAround(now)
			nextLook = t.how.Now().Add(atRest(t.hints.watcher != nil, cost))
		}
	}
}

// look looks where something was hinted at.
func (t *watch) look(now time.Time) {
	look := t.scan.lookAround
	if !t.all {
		look = func() seen { return t.scan.look(t.dirty) }
	}
	round := look()
	next := t.pulse.looked(now, t.note(round.changed) != 0, round.steady)
	if t.pulse.counted() {
		clear(t.dirty)
		t.all = false
	}
	t.act(next)
}

// lookAround looks at everything without a hint, and says how long that took.
func (t *watch) lookAround(now time.Time) time.Duration {
	if _, waiting := t.pulse.next(); waiting || !t.ready {
		return 0
	}
	if t.silent == t.heard && !t.quiet && t.hints.watcher != nil { // its event had all the time since the last such look
		t.quiet = true
		t.how.Say("a change came without an event, as on network drives: looking every two seconds finds the others")
	}
	t.silent = -1
	t.missPictures(now)
	round := t.scan.lookAround()
	if t.note(round.changed) != 0 {
		if !round.linked {
			t.silent = t.heard
		}
		t.everything(now) // it may be half-written
		t.pulse.saw(now)
	}
	return t.how.Now().Sub(now)
}

// act does the next step.
func (t *watch) act(next step) {
	switch next {
	case start:
		t.begin()
	case cancel:
		t.stop()
	}
}

// begin starts a build of what the scan knows.
func (t *watch) begin() {
	now := t.how.Now()
	if t.how.Today != nil {
		t.w.env.Today = t.how.Today()
	}
	given, err := t.scan.texts(t.w)
	if err != nil {
		t.shown = nil
		t.tell(Build{Broken: true, Err: err})
		return
	}
	if t.changed == ofText && given.equal(t.shown) && t.done.hasGo == t.w.hasGo() {
		t.changed = 0
		t.act(t.pulse.finished())
		return
	}
	ctx, stop := context.WithCancel(t.ctx)
	s := t.done.next(ctx, given, t.changed&ofCode != 0)
	_, told, err := s.Model()
	if err != nil || Broken(told) {
		stop()
		if t.unsure(given, now) {
			t.dirty[t.home()] = true
			t.pulse.retry(now)
			return
		}
		t.tried, t.shown = nil, given
		if len(s.faded) > 0 && !Broken(s.told) { // an icon file is missing: it may be saved now
			if changed := t.plan(s); changed != 0 {
				t.changed |= changed
				t.pulse.saw(now)
			}
		}
		t.tell(Build{Of: s, Broken: true, Findings: told, Err: err})
		return
	}
	t.tried, t.scan.since = nil, now
	planned := t.plan(s)
	t.changed = 0
	if t.note(planned) != 0 {
		t.pulse.saw(now)
	}
	t.stop = stop
	t.shown = nil
	trusted := t.drawn
	go func() { t.built <- t.build(s, trusted) }()
}

// unsure reports whether broken text may be half-written: it is young, and was not seen before. After a second it is
// shown, whatever comes.
func (t *watch) unsure(given *texts, now time.Time) bool {
	if t.scan.youngest(now) >= unsteady || t.tried != nil && (given.equal(t.tried) || now.Sub(t.since) > time.Second) {
		return false
	}
	if t.tried == nil {
		t.since = now
	}
	t.tried = given
	return true
}

// build makes everything of a snapshot. It runs beside the watch, on nothing that the watch changes.
func (t *watch) build(s *Snapshot, trusted bool) (e ended) {
	e.of, e.build.Of = s, s
	defer func() { e.left = s.ctx.Err() != nil }()
	if t.how.Show != nil {
		e.exhibit, e.build.Told, e.build.Err = s.exhibit(t.exhibit, func(x *Exhibit) {
			if s.ctx.Err() != nil { // views may lack
				return
			}
			select {
			case t.early <- x:
			case <-s.ctx.Done():
			}
		})
		return e
	}
	out, err := s.Output(t.how.Out, true)
	if err != nil {
		e.build.Err = err
		return e
	}
	e.out = out
	e.build.Refreshed, err = s.refresh(out, t.how, trusted, t.own)
	if errors.Is(err, ErrNoViews) && t.how.Check {
		err = nil
	}
	e.build.Err = err
	if e.build.Broken = Status(e.build.Told, finding.Error) != 0; e.build.Broken {
		e.build.Findings = e.build.Told
		return e
	}
	if t.how.Check && s.ctx.Err() == nil {
		e.build.Findings, e.build.Unjudged = s.next(s.ctx, s.given, false).Findings() // with the lock as it is now
	}
	return e
}

// finish takes the end of a build.
func (t *watch) finish(e ended) {
	t.stop()
	t.written = append(t.written, e.build.Written...)
	if e.left {
		if e.out != nil {
			e.out.Close()
		}
		t.changed |= ofText | ofCode
		t.act(t.pulse.finished())
		return
	}
	t.done, t.shown = e.of, e.of.given
	t.drawn = t.drawn || e.build.Err == nil
	if e.exhibit != nil {
		t.exhibit = e.exhibit
	}
	if t.out != nil {
		defer t.out.Close()
	}
	t.out = e.out
	e.build.Written, t.written = t.written, nil
	if t.note(t.plan(e.of)) != 0 {
		t.pulse.saw(t.how.Now())
	}
	t.tell(e.build)
}

// tell says what a build came to, and goes on.
func (t *watch) tell(b Build) {
	if t.ctx.Err() != nil {
		return
	}
	if t.how.Show != nil {
		if b.Broken {
			t.exhibit = t.exhibit.troubled(b.Findings, b.Err)
		}
		t.how.Show(t.exhibit)
	}
	t.how.Built(b)
	t.announce()
	t.act(t.pulse.finished())
}

// announce says once that what changes is seen from now on.
func (t *watch) announce() {
	if !t.ready {
		t.ready = true
		t.how.Ready(len(t.scan.folders))
	}
}

// graceful is how long the end of a build is waited for.
const graceful = 150 * time.Millisecond

func (t *watch) close() {
	t.hints.close()
	if t.pulse.building {
		t.stop()
		select {
		case e := <-t.built:
			if e.out != nil {
				e.out.Close()
			}
		case <-time.After(graceful):
		}
	}
	if t.out != nil {
		t.out.Close()
	}
}
