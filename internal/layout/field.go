package layout

import (
	"fmt"
	"slices"

	"github.com/asbuilt/asbuilt/internal/geometry"
)

// field is boxes on a plane while places are found: some stand, the others – the zero box – have no place yet.
type field struct {
	r     geometry.Request
	boxes []geometry.Rect
	fresh []int // found a new place
	room  []int // frames for which others moved
}

// axis is a coordinate.
type axis int

const (
	across axis = iota // x
	down               // y
)

func (a axis) start(r geometry.Rect) float64 {
	if a == across {
		return r.X
	}
	return r.Y
}

func (a axis) length(r geometry.Rect) float64 {
	if a == across {
		return r.W
	}
	return r.H
}

func (a axis) end(r geometry.Rect) float64 { return a.start(r) + a.length(r) }

// moved is a box further along an axis.
func (a axis) moved(r geometry.Rect, by float64) geometry.Rect {
	if a == across {
		r.X += by
	} else {
		r.Y += by
	}
	return r
}

// frames are the smallest frames around what stands in them, with the padding and the room for their titles; the
// zero box for a frame in which nothing stands. They follow from the cards alone, so that nothing else need be kept.
func frames(r geometry.Request, boxes []geometry.Rect) []geometry.Rect {
	out := make([]geometry.Rect, len(r.Groups))
	hold := func(group int, box geometry.Rect) {
		if group < 0 || box == (geometry.Rect{}) {
			return
		}
		box = padded(r, group, box)
		if out[group] != (geometry.Rect{}) {
			box = union(out[group], box)
		}
		out[group] = box
	}
	for i, n := range r.Nodes {
		hold(n.Group, boxes[i])
	}
	for g := len(r.Groups) - 1; g >= 0; g-- { // a parent stands before its children
		if out[g] == (geometry.Rect{}) {
			continue
		}
		out[g] = entitled(r, boxes, g, out[g])
		hold(r.Groups[g].Parent, out[g])
	}
	return out
}

// padded is the least frame of a group around one box.
func padded(r geometry.Request, group int, box geometry.Rect) geometry.Rect {
	box = grow(box, framePad)
	if h := r.Groups[group].Title.H; h > 0 {
		box.Y -= h + titleBelow
		box.H += h + titleBelow
	}
	return box
}

// titled is the width that a frame needs for its title.
func titled(r geometry.Request, group int) float64 {
	if r.Groups[group].Title.W == 0 {
		return 0
	}
	return r.Groups[group].Title.W + titlePad + 16
}

// entitled is a frame made as wide as its title needs: to the right, or to both sides, or to the left, where no
// foreign card stands.
func entitled(r geometry.Request, boxes []geometry.Rect, group int, frame geometry.Rect) geometry.Rect {
	more := titled(r, group) - frame.W
	if more <= 0 {
		return frame
	}
	frame.W += more
	for _, left := range [...]float64{0, float64(int(more / 2)), more} {
		at := frame
		at.X -= left
		if clearOfCards(r, boxes, group, at) {
			return at
		}
	}
	return frame
}

func clearOfCards(r geometry.Request, boxes []geometry.Rect, group int, frame geometry.Rect) bool {
	for i, n := range r.Nodes {
		box := boxes[i]
		if box == (geometry.Rect{}) || within(r, n.Group, group) {
			continue
		}
		if n.Group >= 0 && !within(r, group, n.Group) { // it has a frame of its own
			box = padded(r, n.Group, box)
		}
		if overlap(frame, box, 0) {
			return false
		}
	}
	return true
}

// clash reports boxes that stand in each other's way, or so near that no edge passes.
func (f *field) clash() error {
	for i, box := range f.boxes {
		if box == (geometry.Rect{}) {
			continue
		}
		for j, other := range f.boxes[:i] {
			if other != (geometry.Rect{}) && overlap(box, other, -tightGap) {
				return fmt.Errorf("n%d stands near n%d", i, j)
			}
		}
	}
	p := geometry.Plan{Nodes: f.boxes, Groups: frames(f.r, f.boxes)}
	return check(f.r, &p)
}

// cut moves everything that begins at a line or beyond, along an axis. Order is kept, and what did not overlap does
// not overlap now: of two boxes that one moves away from the other.
func (f *field) cut(a axis, at, by float64) {
	for i, box := range f.boxes {
		if box != (geometry.Rect{}) && a.start(box) >= at {
			f.boxes[i] = a.moved(box, by)
		}
	}
}

// widen makes room for titles that are wider than what their frames have.
func (f *field) widen() {
	for g := len(f.r.Groups) - 1; g >= 0 && f.clash() != nil; g-- {
		content := f.content(g)
		if content == (geometry.Rect{}) {
			continue
		}
		if more := titled(f.r, g) - (content.W + 2*framePad); more > 0 {
			f.cut(across, content.X+content.W, more)
			f.mark(g)
		}
	}
}

// content is the box around what stands in a group, without the padding.
func (f *field) content(group int) geometry.Rect {
	var all geometry.Rect
	add := func(box geometry.Rect) {
		switch {
		case box == (geometry.Rect{}):
		case all == (geometry.Rect{}):
			all = box
		default:
			all = union(all, box)
		}
	}
	for i, n := range f.r.Nodes {
		if n.Group == group {
			add(f.boxes[i])
		}
	}
	for g, frame := range frames(f.r, f.boxes) {
		if f.r.Groups[g].Parent == group {
			add(frame)
		}
	}
	return all
}

// mark notes that others had to move for a frame.
func (f *field) mark(group int) {
	if !slices.Contains(f.room, group) {
		f.room = append(f.room, group)
	}
}

// settled is the plan of the boxes, without routes.
func (f *field) settled() (geometry.Plan, error) {
	slices.Sort(f.fresh)
	slices.Sort(f.room)
	p := geometry.Plan{Nodes: f.boxes, Groups: frames(f.r, f.boxes), Placed: f.fresh, Room: f.room, Edges: make([]geometry.Route, len(f.r.Edges))}
	if err := check(f.r, &p); err != nil {
		return p, fmt.Errorf("no room was found: %w", err)
	}
	return p, nil
}
