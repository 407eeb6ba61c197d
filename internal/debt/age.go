package debt

import (
	"errors"
	"io/fs"
	"slices"

	"github.com/asbuilt/asbuilt/internal/git"
	"github.com/asbuilt/asbuilt/pkg/arch"
	"github.com/asbuilt/asbuilt/pkg/evidence"
)

// MostCommits is how far back through history ages are looked for.
const MostCommits = 5000

// Age is how long something has stood.
type Age struct {
	Since  string // the day of the oldest commit since when it stands without interruption
	Before bool   // what came before was not read
}

// Key is something that stands somewhere: a waiver by name, a comment by what it says, a line of a baseline.
type Key struct {
	Place string // the name of a Place
	Word  string
}

// WaiverKey is that of a waiver: its name, in whichever file of the architecture it stands.
func WaiverKey(w *arch.Waiver) Key { return Key{Word: w.Name} }

// CommentKey is that of a waiver in a source: its file, rule and reason. Its day may have been put off since.
func CommentKey(file string, w *evidence.Waiver) Key { return Key{file, w.Rule + ": " + w.Reason} }

// Place is a file, or several that count as one, where words may stand.
type Place struct {
	Name  string
	Files func(*git.Tree) ([]string, error) // in a commit
	Words func(data []byte) []string        // in one of the files
	Limit int64                             // bytes of a file
	Want  []string
}

// trace follows one place back through history.
type trace struct {
	*Place
	last    []string        // the hashes of its files in the commit before
	day     string          // of that commit
	stands  map[string]bool // what still does
	started bool
}

// Ages goes back from a commit and says how long the words of places have stood. What does not stand in that commit
// has no age.
func Ages(repo *git.Repository, commit string, most int, places []Place) (map[Key]Age, git.End, error) {
	out := map[Key]Age{}
	var open []*trace
	for i := range places {
		open = append(open, &trace{Place: &places[i]})
	}
	end, err := repo.Back(commit, most, func(m git.Moment) (bool, error) {
		open = slices.DeleteFunc(open, func(t *trace) bool { return !t.visit(m, out) })
		return len(open) > 0, nil
	})
	for _, t := range open {
		t.settle(out, nil, end != git.Seen || err != nil)
	}
	return out, end, err
}

// visit looks at one commit, and reports whether anything of the place still stands. A commit whose files cannot be
// read tells nothing: the word may stand there all the same.
func (t *trace) visit(m git.Moment, out map[Key]Age) bool {
	names, hashes, err := t.files(m.Tree)
	if err == nil && !(t.started && slices.Equal(hashes, t.last)) {
		var found map[string]bool
		if found, err = t.words(m.Tree, names); err == nil {
			t.settle(out, found, false)
		}
	}
	if err != nil {
		t.settle(out, nil, true)
		return false
	}
	t.last, t.day, t.started = hashes, m.Day, true
	return len(t.stands) > 0
}

// files are those of the place in a commit, with their hashes.
func (t *trace) files(tree *git.Tree) (names, hashes []string, err error) {
	names, err = t.Files(tree)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil, nil
	}
	for _, name := range names {
		hash, wrong := tree.Hash(name)
		if errors.Is(wrong, fs.ErrNotExist) {
			continue
		}
		err = errors.Join(err, wrong)
		hashes = append(hashes, name+"\x00"+hash)
	}
	return names, hashes, err
}

func (t *trace) words(tree *git.Tree, names []string) (map[string]bool, error) {
	found := map[string]bool{}
	for _, name := range names {
		data, err := tree.Read(name, t.Limit)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return nil, err
		}
		for _, w := range t.Words(data) {
			found[w] = true
		}
	}
	return found, nil
}

// settle ends what was found no more: it stands since the commit that was visited before.
func (t *trace) settle(out map[Key]Age, found map[string]bool, before bool) {
	if !t.started {
		t.stands = map[string]bool{}
		for _, w := range t.Want {
			if found[w] {
				t.stands[w] = true
			}
		}
		return
	}
	for w := range t.stands {
		if !found[w] {
			out[Key{t.Name, w}] = Age{t.day, before}
			delete(t.stands, w)
		}
	}
}
