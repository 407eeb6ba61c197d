package layout

import (
	"cmp"
	"slices"

	"github.com/asbuilt/asbuilt/internal/geometry"
)

const (
	// twin is the room between edges between the same two cards.
	twin = 18
	// stride is the room between the ends of routes on one side of a card, inset between the outermost and its corner.
	stride, inset = 14, 12
	// A route whose last bend is less than early before a card ends at most askew as far beside it as the bend is before it.
	early, askew = 30, 0.5
)

// twins puts the ends of edges between the same two cards side by side.
func (r *router) twins(tracks []*track) {
	pairs := make(map[[2]int][]*track)
	for _, t := range tracks {
		a, b := t.cards[0], t.cards[1]
		t.ends = [2]geometry.Point{r.cards.boxes[a].Center(), r.cards.boxes[b].Center()}
		pair := [2]int{min(a, b), max(a, b)}
		pairs[pair] = append(pairs[pair], t)
	}
	for _, t := range tracks {
		pair := [2]int{min(t.cards[0], t.cards[1]), max(t.cards[0], t.cards[1])}
		all := pairs[pair]
		if len(all) == 1 {
			continue
		}
		a, b := r.cards.boxes[pair[0]], r.cards.boxes[pair[1]]
		step := min(twin, (min(a.W, a.H, b.W, b.H)-2*inset)/float64(len(all)))
		off := (float64(slices.Index(all, t)) - float64(len(all)-1)/2) * max(step, 0)
		d := toward(a.Center(), b.Center())
		for i, end := range t.ends {
			t.ends[i] = geometry.Point{X: end.X - float64(d.Y*off), Y: end.Y + float64(d.X*off)}
		}
		if len(t.bends) == 0 && !r.clear(t.ends, t.cards) {
			t.ends = [2]geometry.Point{r.cards.boxes[t.cards[0]].Center(), r.cards.boxes[t.cards[1]].Center()}
		}
	}
}

// clear reports whether a straight piece of a way keeps clear of cards and titles.
func (r *router) clear(piece [2]geometry.Point, own [2]int) bool {
	return r.cards.clear(piece, laneBerth, own) && r.titles.clear(piece, titleGraze, nobody())
}

// lands reports whether a straight piece keeps clear, and does not run back over the way's own cards.
func (r *router) lands(piece [2]geometry.Point, t *track) bool {
	for end, card := range t.cards {
		if own := grow(r.cards.boxes[card], -clearance); runsThrough(piece, own) && !runsThrough(dot(t.ends[end]), own) {
			return false
		}
	}
	return r.clear(piece, t.cards)
}

// landing is an end of a way on a side of a card.
type landing struct {
	*track
	end  int            // 0 or 1
	at   geometry.Point // on the border
	from geometry.Point // where the way comes from
	want float64        // the place along the side
}

// land ends ways at the borders of their cards, side by side.
func (r *router) land(tracks []*track) {
	sides := make([][4][]landing, len(r.cards.boxes))
	for _, t := range tracks {
		for end, card := range t.cards {
			l := landing{track: t, end: end, from: t.point(0)}
			if end == 1 {
				l.from = t.point(len(t.at) - 1)
			}
			if len(t.at) == 0 {
				l.from = t.ends[1-end]
			}
			box := r.cards.boxes[card]
			l.at = exit(box, t.ends[end], l.from)
			side := sideOf(box, l.at)
			l.want = wanted(box, side, l)
			sides[card][side] = append(sides[card][side], l)
		}
	}
	for card, four := range sides {
		for side, all := range four {
			spreadOut(r.cards.boxes[card], side, all)
			for _, l := range all {
				at := l.at
				if a := alongSide(side); a == across {
					at.X = l.want
				} else {
					at.Y = l.want
				}
				if r.lands([2]geometry.Point{l.from, at}, l.track) {
					l.at = at
				}
				l.ends[l.end] = l.at
			}
		}
	}
	for _, t := range tracks {
		if a, b := r.cards.boxes[t.cards[0]], r.cards.boxes[t.cards[1]]; len(t.at) == 0 && !r.lands(t.ends, t) {
			t.ends = [2]geometry.Point{exit(a, a.Center(), b.Center()), exit(b, b.Center(), a.Center())}
		}
	}
}

// sideOf is the side of a box on which a point of its border lies: left, right, top, bottom.
func sideOf(box geometry.Rect, at geometry.Point) int {
	switch {
	case at.X == box.X:
		return 0
	case at.X == box.X+box.W:
		return 1
	case at.Y == box.Y:
		return 2
	}
	return 3
}

// alongSide is the axis along a side.
func alongSide(side int) axis {
	if side < 2 {
		return down
	}
	return across
}

// wanted is where along a side a way ends: toward the card's middle, or nearer to its last bend where that is close by.
func wanted(box geometry.Rect, side int, l landing) float64 {
	a := alongSide(side)
	place, from, before := l.at.Y, l.from.Y, l.from.X-l.at.X
	if a == across {
		place, from, before = l.at.X, l.from.X, l.from.Y-l.at.Y
	}
	before = max(before, -before)
	reach := float64(before*askew) + float64(max(before-early, 0)*8)
	place = min(max(place, from-reach), from+reach)
	return offCorners(place, a, box)
}

// offCorners is a place along a side, not too near to its corners.
func offCorners(place float64, a axis, box geometry.Rect) float64 {
	edge := min(inset, a.length(box)/2)
	return min(max(place, a.start(box)+edge), a.end(box)-edge)
}

// spreadOut moves the ends on a side apart, in the order in which the ways arrive.
func spreadOut(box geometry.Rect, side int, all []landing) {
	a := alongSide(side)
	slices.SortStableFunc(all, func(x, y landing) int {
		from := func(l landing) float64 { return a.start(geometry.Rect{X: l.from.X, Y: l.from.Y}) }
		return cmp.Or(cmp.Compare(x.want, y.want), cmp.Compare(from(x), from(y)))
	})
	edge := min(inset, a.length(box)/2)
	step := min(stride, (a.length(box)-2*edge)/float64(max(len(all)-1, 1)))
	for i := 1; i < len(all); i++ {
		all[i].want = max(all[i].want, all[i-1].want+step)
	}
	limit := a.end(box) - edge
	for i := len(all) - 1; i >= 0; i-- {
		all[i].want = min(all[i].want, limit)
		limit = all[i].want - step
	}
}

// exit is where a straight piece from a point within a box leaves it.
func exit(box geometry.Rect, from, to geometry.Point) geometry.Point {
	t := 1.0
	if dx := to.X - from.X; dx > 0 {
		t = min(t, (box.X+box.W-from.X)/dx)
	} else if dx < 0 {
		t = min(t, (box.X-from.X)/dx)
	}
	if dy := to.Y - from.Y; dy > 0 {
		t = min(t, (box.Y+box.H-from.Y)/dy)
	} else if dy < 0 {
		t = min(t, (box.Y-from.Y)/dy)
	}
	return toBorder(box, along(from, to, t))
}
