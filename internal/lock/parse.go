package lock

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/asbuilt/asbuilt/pkg/source"
)

// Problem is what keeps a lock from being used as it stands.
type Problem struct {
	At      source.Range
	Message string // one clause
	Fix     string
	Mended  bool // the lock was read all the same, as a merge would have it: writing it mends the file
}

// Bounds of what a line may say. What is beyond them was not written by us.
const (
	farthest = 1_000_000 // of a coordinate, either way
	largest  = 10_000    // of a card
)

// LastTurn is the greatest turn there is.
const LastTurn = 1_000_000

// mostProblems is how many are told: after a torn merge every further line says the same.
const mostProblems = 5

// Parse reads a lock. Lines may stand in any order and twice, as a merge leaves them. Of two places for one node the
// first counts, which is a problem, too. With a problem that is not mended the lock must not be used.
func Parse(name string, data []byte) (*Lock, []Problem) {
	r := reader{name: name, views: map[string]*View{}, nodes: map[[2]string]Node{}}
	for line := range strings.Lines(strings.TrimPrefix(string(data), "\ufeff")) {
		r.number++
		r.line(strings.TrimSuffix(strings.TrimSuffix(line, "\n"), "\r"))
		if r.newer || len(r.problems) >= mostProblems {
			break
		}
	}
	if !r.headed && len(r.problems) == 0 {
		r.number = 1
		r.damaged("the first line names no format")
	}
	return r.lock(), r.problems
}

// reader collects what the lines say.
type reader struct {
	name     string
	number   int // of the line
	headed   bool
	newer    bool // no line can be judged
	torn     bool // a merge's markers were told
	views    map[string]*View
	nodes    map[[2]string]Node // by view and address
	problems []Problem
}

var (
	formatLine = regexp.MustCompile(`^format = ([0-9]{1,9})(?: #.*)?$`)
	viewLine   = regexp.MustCompile(`^view ("(?:[^"\\]|\\.)*") \{ direction = "([a-z]{0,8})" \}$`)
	nodeLine   = regexp.MustCompile(`^node ("(?:[^"\\]|\\.)*") ("(?:[^"\\]|\\.)*") ("(?:[^"\\]|\\.)*") ` +
		`\{ place = \[(-?[0-9]{1,7}), (-?[0-9]{1,7}), ([0-9]{1,5}), ([0-9]{1,5}), ([0-9]{1,7})\] \}$`)
)

func (r *reader) line(text string) {
	switch {
	case text == "":
		return
	case marker(text):
		r.merged("a merge conflict stands here", &r.torn)
		return
	}
	if m := formatLine.FindStringSubmatch(text); m != nil {
		r.format(m[1])
		return
	}
	if !r.headed {
		r.damaged("the first line names no format")
		return
	}
	if m := viewLine.FindStringSubmatch(text); m != nil && r.view(text, m) {
		return
	}
	if m := nodeLine.FindStringSubmatch(text); m != nil && r.node(text, m) {
		return
	}
	r.damaged("a line that is not as asbuilt writes it")
}

func (r *reader) format(digits string) {
	r.headed = true
	switch n, _ := strconv.Atoi(digits); {
	case n > format:
		r.newer = true
		r.problem(Problem{
			Message: fmt.Sprintf("the lock has format %d, this asbuilt reads up to %d", n, format),
			Fix:     "install the newer asbuilt that wrote it",
		})
	case n < format:
		r.damaged(fmt.Sprintf("there is no format %d", n))
	}
}

func (r *reader) view(text string, m []string) bool {
	name, ok := unquoted(m[1])
	v := View{Name: name, Direction: m[2]}
	if !ok || v.line() != text {
		return false
	}
	if old := r.views[name]; old != nil && old.Direction != v.Direction && old.Direction != "" {
		r.merged(fmt.Sprintf("view %q has two directions", name), nil)
		return true
	}
	r.views[name] = &v
	return true
}

func (r *reader) node(text string, m []string) bool {
	view, okView := unquoted(m[1])
	address, okAddress := unquoted(m[2])
	group, okGroup := unquoted(m[3])
	n := Node{Address: address, Group: group, At: source.At(r.name, r.number)}
	for i, to := range [...]*int{&n.X, &n.Y, &n.W, &n.H, &n.Turn} {
		*to, _ = strconv.Atoi(m[4+i]) // digits, few enough
	}
	inside := max(n.X, -n.X, n.Y, -n.Y) <= farthest && min(n.W, n.H) > 0 && max(n.W, n.H) <= largest && n.Turn <= LastTurn
	if !okView || !okAddress || !okGroup || !inside || n.line(view) != text {
		return false
	}
	if r.views[view] == nil { // its line went another way in a merge
		r.views[view] = &View{Name: view}
	}
	key := [2]string{view, address}
	old, twice := r.nodes[key]
	switch {
	case !twice:
		r.nodes[key] = n
	case old.line(view) != text:
		r.merged(fmt.Sprintf("%s has two places in view %q", address, view), nil)
	}
	return true
}

// merged notes what a merge left and writing mends; told, unless nil, keeps it from being said twice.
func (r *reader) merged(message string, told *bool) {
	if told != nil {
		if *told {
			return
		}
		*told = true
	}
	r.problem(Problem{Message: message, Fix: "run: asbuilt render, which keeps the places of both sides", Mended: true})
}

func (r *reader) damaged(message string) {
	r.problem(Problem{Message: message, Fix: "take the line back from version control, or remove it; what has no place gets one from: asbuilt render"})
}

func (r *reader) problem(p Problem) {
	p.At = source.At(r.name, r.number)
	if !p.Mended || !slices.ContainsFunc(r.problems, func(q Problem) bool { return q.Mended }) { // one mend is like another
		r.problems = append(r.problems, p)
	}
}

// lock is what was read, sorted.
func (r *reader) lock() *Lock {
	for key, n := range r.nodes {
		v := r.views[key[0]]
		v.Nodes = append(v.Nodes, n)
	}
	l := &Lock{}
	for _, v := range r.views {
		slices.SortFunc(v.Nodes, compareNodes)
		l.Views = append(l.Views, *v)
	}
	slices.SortFunc(l.Views, func(a, b View) int { return strings.Compare(a.Name, b.Name) })
	return l
}

// marker reports whether a line was left by a merge.
func marker(line string) bool {
	for _, m := range [...]string{"<<<<<<<", "=======", ">>>>>>>", "|||||||"} {
		if strings.HasPrefix(line, m) {
			return true
		}
	}
	return false
}

// unquoted is the text of a quoted label. The caller holds the writer against it.
func unquoted(label string) (string, bool) {
	if !utf8.ValidString(label) {
		return "", false
	}
	text, err := strconv.Unquote(label)
	if err != nil {
		return "", false
	}
	return strings.NewReplacer("$${", "${", "%%{", "%{").Replace(text), true
}
