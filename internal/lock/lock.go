// Package lock is the file of places: where every node of every view stands, so that a picture does not move when
// something is added to it. One line a view and node, sorted, without digests or times: git merges it line by line.
//
// It is HCL by syntax, for editors and reviewers, and read by lines alone, each of which must be exactly as it is
// written here. A picture may be drawn from a lock in which a merge left its markers: each side's lines are taken.
package lock

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/asbuilt/asbuilt/internal/geometry"
	"github.com/asbuilt/asbuilt/pkg/source"
)

// File is the name of the lock, beside the architecture's files.
const File = "asbuilt.lock.hcl"

// Limit is the size in bytes of the largest lock that is read.
const Limit = 32 << 20

// format is the version of what is written.
const format = 1

// Lock is the places of all views.
type Lock struct {
	Views []View // sorted by name
}

// View is the places of one view.
type View struct {
	Name      string
	Direction string // in which it was laid out
	Nodes     []Node // sorted by address
}

// Node is where a card stands. All numbers are whole pixels.
type Node struct {
	Address string
	Group   string // the address of the group around it, "" at the top
	X, Y    int
	W, H    int
	Turn    int          // in which change of the view it came, from 0: of two in each other's way the later gives way
	At      source.Range // its line; zero until it stands in a file
}

// NewNode is a card's place.
func NewNode(address string, at geometry.Rect) Node {
	return Node{Address: address, X: int(at.X), Y: int(at.Y), W: int(at.W), H: int(at.H)}
}

// Far reports whether a place is further away than a lock may say.
func (n Node) Far() bool { return max(n.X, -n.X, n.Y, -n.Y) > farthest }

// Digest is the first 16 hexadecimal digits of a SHA-256 over places, in the order of a diagram.
func Digest(nodes []Node) string {
	h := sha256.New()
	for _, n := range nodes {
		n.Group, n.Turn = "", 0 // nothing to see of these
		fmt.Fprintln(h, n.line(""))
	}
	return hex.EncodeToString(h.Sum(nil)[:8])
}

// View finds a view's places.
func (l *Lock) View(name string) (View, bool) {
	i, ok := l.find(name)
	if !ok {
		return View{}, false
	}
	return l.Views[i], true
}

func (l *Lock) find(name string) (int, bool) {
	return slices.BinarySearchFunc(l.Views, name, func(v View, name string) int { return strings.Compare(v.Name, name) })
}

// Put replaces the places of a view.
func (l *Lock) Put(v View) {
	slices.SortFunc(v.Nodes, compareNodes)
	i, ok := l.find(v.Name)
	if ok {
		l.Views[i] = v
		return
	}
	l.Views = slices.Insert(l.Views, i, v)
}

func compareNodes(a, b Node) int {
	return cmp.Or(strings.Compare(a.Address, b.Address), strings.Compare(a.Group, b.Group))
}

// Node finds a node's place.
func (v View) Node(address string) (Node, bool) {
	i, ok := slices.BinarySearchFunc(v.Nodes, address, func(n Node, address string) int { return strings.Compare(n.Address, address) })
	if !ok {
		return Node{}, false
	}
	return v.Nodes[i], true
}

const header = "format = 1 # where cards stand in pictures; written by asbuilt render, to be committed, merged line by line\n"

// Format writes a lock.
func Format(l *Lock) []byte {
	var b bytes.Buffer
	b.WriteString(header)
	for _, v := range l.Views {
		b.WriteString(v.line() + "\n")
		for _, n := range v.Nodes {
			b.WriteString(n.line(v.Name) + "\n")
		}
	}
	return b.Bytes()
}

func (v View) line() string {
	return fmt.Sprintf("view %s { direction = %s }", quoted(v.Name), quoted(v.Direction))
}

func (n Node) line(view string) string {
	return fmt.Sprintf("node %s %s %s { place = [%d, %d, %d, %d, %d] }",
		quoted(view), quoted(n.Address), quoted(n.Group), n.X, n.Y, n.W, n.H, n.Turn)
}

// quoted is a text as a quoted label of HCL, in ASCII where it does not print.
func quoted(s string) string {
	var b strings.Builder
	b.WriteByte('"')
	for i, r := range s {
		switch {
		case r == utf8.RuneError:
			b.WriteString(`\ufffd`)
		case r == '"' || r == '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		case (r == '$' || r == '%') && strings.HasPrefix(s[i+1:], "{"):
			b.WriteRune(r)
			b.WriteRune(r)
		case strconv.IsPrint(r):
			b.WriteRune(r)
		case r > 0xffff:
			fmt.Fprintf(&b, `\U%08x`, r)
		default:
			fmt.Fprintf(&b, `\u%04x`, r)
		}
	}
	b.WriteByte('"')
	return b.String()
}
