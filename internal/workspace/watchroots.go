package workspace

import (
	"crypto/sha256"
	"errors"
	"io/fs"
	"time"
)

// whenGone is how often a folder that is gone is looked for.
const whenGone = 500 * time.Millisecond

// stands reports whether the project's folders are where they were. When they are not that is said, once, and they are
// read anew as soon as they, or others in their place, are there.
func (t *watch) stands() bool {
	if !t.away && t.w.stands() {
		return true
	}
	before := t.away
	if t.pulse.abandon() {
		t.stop()
	}
	t.away = t.pulse.building || t.w.reopen() != nil
	switch {
	case before && !t.away:
		t.how.Say("the project's folder is there again: reading it anew")
	case !t.away:
		t.how.Say("another folder is in the place of the project's: reading that")
	case !before:
		t.how.Say("the project's folder is gone, moved or removed: waiting until it is there again")
	}
	if !t.away {
		t.afresh()
	}
	return false
}

// afresh begins with nothing known.
func (t *watch) afresh() {
	if t.out != nil {
		t.out.Close()
	}
	t.out, t.apart, t.drawn, t.shown, t.tried, t.silent = nil, nil, false, nil, nil, -1
	t.own = &own{sums: map[string][][sha256.Size]byte{}, there: map[string]bool{}}
	t.done = t.w.Snapshot(t.ctx)
	t.hints.reset()
	ignores := &ignores{ctx: t.ctx, folders: map[string]bool{}}
	for _, tree := range t.w.trees() {
		ignores.ask(tree.Abs())
	}
	t.scan = newScan(t.how.Now, t.hints.add, t.own, ignores)
	t.scan.set(t.done.watched(nil))
	clear(t.dirty)
	t.all, t.changed = false, ofText|ofCode|ofAside
	t.act(t.pulse.looked(t.how.Now(), true, true))
}

// missPictures notices that the folder of the pictures is no longer where it was.
func (t *watch) missPictures(now time.Time) {
	if t.out == nil || t.out.tree.Stands() {
		return
	}
	t.out.Close()
	t.out = nil
	t.note(ofAside | t.plan(t.done))
	t.pulse.saw(now)
}

// stands reports whether the project's folders are where they were when they were opened.
func (w *Workspace) stands() bool {
	for _, t := range w.trees() {
		if !t.Stands() {
			return false
		}
	}
	return true
}

// reopen opens the project's folders as they stand now, while nothing runs on them.
func (w *Workspace) reopen() error {
	root, err := openNamed(w.root.Abs())
	if err != nil {
		return err
	}
	if !root.IsDir(w.home) {
		return errors.Join(fs.ErrNotExist, root.Close())
	}
	code := root
	if w.code != w.root {
		if code, err = openNamed(w.code.Abs()); err != nil {
			return errors.Join(err, root.Close())
		}
	}
	around, err := openAround(code)
	if err != nil {
		if code != root {
			err = errors.Join(err, code.Close())
		}
		return errors.Join(err, root.Close())
	}
	w.closeTrees() // only read from: nothing is lost by a failure
	w.root, w.code, w.around = root, code, around
	return nil
}
