package workspace

import (
	"crypto/sha256"
	"errors"
	"path/filepath"
	"slices"
	"sync"

	"github.com/asbuilt/asbuilt/internal/lock"
	"github.com/asbuilt/asbuilt/pkg/finding"
)

// Refreshed is what became of the pictures of all views.
type Refreshed struct {
	Written []string          // printed names; the lock's, too
	Notes   []string          // what happened to the places
	Told    []finding.Finding // about the views; nothing is written when one is an error
}

// refresh draws the pictures of all views into a folder. With trusted, a picture that carries the digests of its diagram
// and places is not laid out again: the same program made it.
func (s *Snapshot) refresh(out *Output, how Watching, trusted bool, o *own) (done Refreshed, err error) {
	what := Drawing{Out: how.Out, Formats: how.Formats, Scale: how.Scale, Keep: trusted}
	drawn, told, err := s.Render(what)
	done.Told = told
	if err != nil || Status(told, finding.Error) != 0 {
		return done, err
	}
	done.Notes = drawn.Notes
	if err := s.ctx.Err(); err != nil {
		return done, err
	}
	p := s.w.lockFile()
	name, err := o.write(filepath.Join(s.w.root.Abs(), filepath.FromSlash(p)), lock.Format(drawn.locked), func() (string, error) {
		return s.WriteLock(drawn)
	})
	if err != nil {
		return done, err
	}
	if name != "" {
		done.Written = append(done.Written, name)
	}
	var failed []error
	for _, p := range drawn.Products {
		name, err := o.write(filepath.Join(out.tree.Abs(), p.File), p.Data, func() (string, error) {
			name, outcome, err := out.Write(p, false)
			if outcome != Written {
				name = ""
			}
			return name, err
		})
		if name != "" {
			done.Written = append(done.Written, name)
		}
		if s.ctx.Err() != nil {
			return done, s.ctx.Err()
		}
		failed = append(failed, err)
	}
	return done, errors.Join(failed...)
}

// own knows what we wrote and no look has seen yet: by its content, so that a change of somebody else's is told from
// ours.
type own struct {
	mu    sync.Mutex
	sums  map[string][][sha256.Size]byte // by absolute path, in the order in which it was written
	there map[string]bool                // of which the writing has ended
}

// write writes a file that is not taken for a change when it is seen. do returns no name when it wrote nothing.
func (o *own) write(abs string, data []byte, do func() (name string, err error)) (string, error) {
	sum := sha256.Sum256(data)
	o.mu.Lock()
	o.sums[abs] = append(o.sums[abs], sum)
	o.mu.Unlock()
	name, err := do()
	if name == "" || err != nil {
		o.take(abs, sum)
		return "", err
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	if len(o.sums[abs]) > 0 {
		o.there[abs] = true
	}
	return name, nil
}

// unseen are the names of what we wrote into a folder, to the end, and no look has seen.
func (o *own) unseen(dir string) (names []string) {
	o.mu.Lock()
	defer o.mu.Unlock()
	for abs := range o.there {
		if filepath.Dir(abs) == dir {
			names = append(names, filepath.Base(abs))
		}
	}
	return names
}

// forget takes what has gone before it was seen.
func (o *own) forget(abs string) {
	o.mu.Lock()
	defer o.mu.Unlock()
	delete(o.sums, abs)
	delete(o.there, abs)
}

// take reports whether a file that has changed is as we wrote it. That is so once: the same content later is somebody
// else's doing.
func (o *own) take(abs string, sum [sha256.Size]byte) bool {
	o.mu.Lock()
	defer o.mu.Unlock()
	i := slices.Index(o.sums[abs], sum)
	if i < 0 { // somebody else wrote over it
		delete(o.sums, abs)
		delete(o.there, abs)
		return false
	}
	if o.sums[abs] = o.sums[abs][i+1:]; len(o.sums[abs]) == 0 {
		delete(o.sums, abs)
		delete(o.there, abs)
	}
	return true
}
