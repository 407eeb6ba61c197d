package workspace

import (
	"context"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// gitAnswers is how long git is given to say what it ignores. Without an answer nothing is.
const gitAnswers = 2 * time.Second

// ignores are the folders that git ignores: no look goes into them. It is a matter of cost alone, since observers read
// them all the same: packages in them that were seen are watched for themselves.
type ignores struct {
	ctx     context.Context
	folders map[string]bool // absolute
}

// covers reports whether a folder, or one around it, is ignored.
func (i *ignores) covers(abs string) bool {
	for len(i.folders) > 0 {
		if i.folders[abs] {
			return true
		}
		above := filepath.Dir(abs)
		if above == abs {
			return false
		}
		abs = above
	}
	return false
}

// ask asks git about a folder, or about some of those in it.
func (i *ignores) ask(dir string, below ...string) {
	ctx, stop := context.WithTimeout(i.ctx, gitAnswers)
	defer stop()
	names, _ := ignoredIn(ctx, dir, below...)
	for _, name := range names {
		if folder, ok := strings.CutSuffix(name, "/"); ok {
			i.folders[filepath.Join(dir, filepath.FromSlash(folder))] = true
		}
	}
}

// reignore asks git anew, and looks at folders that it no longer ignores.
func (t *watch) reignore() (changed kind) {
	clear(t.scan.ignores.folders)
	for _, tree := range t.w.trees() {
		t.scan.ignores.ask(tree.Abs())
	}
	before := t.scan.folders
	t.scan.anew = true
	changed, fewer := t.scan.set(slices.Collect(maps.Values(t.scan.areas)))
	t.scan.anew = false
	for abs := range t.scan.folders {
		if before[abs] == nil { // who knows what was saved there
			changed |= ofCode
		}
	}
	if fewer {
		t.listenAnew()
	}
	return changed
}

// note takes what a look saw, and returns what of it is to be built.
func (t *watch) note(changed kind) kind {
	if changed&ofIgnores != 0 {
		changed |= t.reignore()
	}
	changed &^= ofIgnores
	t.changed |= changed
	return changed
}
