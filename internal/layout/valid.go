package layout

import (
	"errors"
	"fmt"
	"math"

	"github.com/asbuilt/asbuilt/internal/geometry"
)

// largest is the greatest width or height of a card, a label or a title, in pixels.
const largest = 10_000

// ErrEmpty is the answer to a request without nodes.
var ErrEmpty = errors.New("there is nothing to lay out")

// valid reports requests that make no sense: faults of the caller, not of the user.
func valid(r geometry.Request) error {
	if len(r.Nodes) == 0 {
		return ErrEmpty
	}
	if _, ok := courses(r.Direction); !ok {
		return fmt.Errorf("unknown direction %q", r.Direction)
	}
	filled := make([]bool, len(r.Groups))
	for i, n := range r.Nodes {
		if !room(n.Size) || n.Size.W == 0 || n.Size.H == 0 {
			return fmt.Errorf("node %d has an impossible size", i)
		}
		if n.Held != nil && !reachable(n.Held.At) {
			return fmt.Errorf("node %d holds an impossible place", i)
		}
		if n.Group < -1 || n.Group >= len(r.Groups) {
			return fmt.Errorf("node %d is in no group of the request", i)
		}
		if n.Group >= 0 {
			filled[n.Group] = true
		}
	}
	for i := len(r.Groups) - 1; i >= 0; i-- {
		g := r.Groups[i]
		switch {
		case g.Parent < -1 || g.Parent >= i:
			return fmt.Errorf("group %d does not stand after its parent", i)
		case !room(g.Title):
			return fmt.Errorf("the title of group %d has an impossible size", i)
		case !filled[i]:
			return fmt.Errorf("group %d holds no node", i)
		case g.Parent >= 0:
			filled[g.Parent] = true
		}
	}
	return validLinks(r)
}

func validLinks(r geometry.Request) error {
	for i, e := range r.Edges {
		if !known(r, e.From) || !known(r, e.To) {
			return fmt.Errorf("edge %d has an end that is no node of the request", i)
		}
		if !room(e.Label) {
			return fmt.Errorf("the label of edge %d has an impossible size", i)
		}
	}
	for i, set := range r.SameRank {
		for _, n := range set {
			if !known(r, n) {
				return fmt.Errorf("row %d names a node that is not in the request", i)
			}
		}
	}
	return nil
}

func known(r geometry.Request, node int) bool { return node >= 0 && node < len(r.Nodes) }

// farthest is how far from the origin a box may be held, in pixels.
const farthest = 1_000_000

func reachable(at geometry.Rect) bool {
	return math.Abs(at.X) <= farthest && math.Abs(at.Y) <= farthest && room(geometry.Size{W: at.W, H: at.H})
}

// room reports whether a size can be drawn.
func room(s geometry.Size) bool {
	return s.W >= 0 && s.W <= largest && s.H >= 0 && s.H <= largest // false for NaN, too
}
