package git

import (
	"errors"
	"io/fs"
	"path"
	"strconv"
	"strings"
	"time"
)

// Moment is one commit on the way back through history.
type Moment struct {
	Day  string // YYYY-MM-DD, when it was committed, in UTC
	Tree *Tree  // the whole of it
}

// End says where a way back ended.
type End int

// The ends.
const (
	Seen   End = iota // where whoever looked had seen enough, or with the first commit
	Absent            // the next commit is not in this clone, which is shallow
	Far               // after as many commits as were to be read
)

// Back visits a commit and its first parents, at most so many, the newest first, until visit wants no more.
func (r *Repository) Back(commit string, most int, visit func(Moment) (more bool, err error)) (End, error) {
	var before map[string][]entry
	for range most {
		o, err := r.ask(commit, objectLimit)
		if errors.Is(err, errMissing) {
			return Absent, nil
		}
		if err != nil {
			return Seen, err
		}
		c, ok := parseCommit(o)
		if !ok {
			return Seen, errors.New("a damaged commit object: " + commit)
		}
		t := &Tree{repo: r, hash: c.tree, known: map[string][]entry{}, before: before}
		more, err := visit(Moment{Day: c.day, Tree: t})
		if err != nil || !more || c.parent == "" {
			return Seen, err
		}
		commit, before = c.parent, t.known
	}
	return Far, nil
}

// step is what a way back needs of a commit.
type step struct {
	tree, parent, day string
}

// parseCommit reads the headers of a commit object: they end with the first empty line.
func parseCommit(o object) (step, bool) {
	var s step
	for line := range strings.Lines(string(o.data)) {
		key, value, _ := strings.Cut(strings.TrimSuffix(line, "\n"), " ")
		switch {
		case key == "":
			return s, s.complete(o)
		case key == "tree" && s.tree == "":
			s.tree = value
		case key == "parent" && s.parent == "":
			s.parent = value
		case key == "committer" && s.day == "":
			s.day = dayOf(value)
		}
	}
	return s, s.complete(o)
}

func (s step) complete(o object) bool {
	return o.kind == "commit" && isHash(s.tree) && (s.parent == "" || isHash(s.parent)) && s.day != ""
}

// isHash reports whether a text can be handed to git as the name of an object and nothing else.
func isHash(s string) bool {
	return len(s) >= 40 && strings.IndexFunc(s, func(r rune) bool { return !strings.ContainsRune("0123456789abcdef", r) }) < 0
}

// dayOf is the day of "NAME <EMAIL> SECONDS ZONE"; "" when it has none.
func dayOf(who string) string {
	words := strings.Fields(who[strings.LastIndexByte(who, '>')+1:])
	if len(words) == 0 {
		return ""
	}
	seconds, err := strconv.ParseInt(words[0], 10, 64)
	if err != nil || seconds < 0 || seconds > lastSecond {
		return ""
	}
	return time.Unix(seconds, 0).UTC().Format(time.DateOnly)
}

// lastSecond is the end of the year 9999: later days have no form.
const lastSecond = 253402300799

// Hash identifies the content of a file: it is the same as long as the content is. The error is fs.ErrNotExist when
// there is no such file.
func (t *Tree) Hash(p string) (string, error) {
	e, err := t.lookup(p)
	if err == nil && e.mode == modeFolder {
		err = ErrNotRegular
	}
	if err != nil {
		return "", &fs.PathError{Op: "read", Path: path.Clean(p), Err: err}
	}
	return e.hash, nil
}
