package layout

import (
	"cmp"
	"slices"

	"github.com/asbuilt/asbuilt/internal/geometry"
)

const (
	// lane is the room between routes side by side, least of it the room between the outermost and a card.
	lane, laneBerth = 8, 4
)

// track is the way of an edge, from the middle of a card to the middle of another one.
type track struct {
	edge  int
	cards [2]int
	ends  [2]geometry.Point
	bends []int            // corners
	at    []geometry.Point // where it bends there
}

// point is a place of a way: a bend, or an end beyond the last one.
func (t *track) point(i int) geometry.Point {
	switch {
	case i < 0:
		return t.ends[0]
	case i >= len(t.at):
		return t.ends[1]
	}
	return t.at[i]
}

// bend is the corner of a place; none, as a negative number, for an end.
func (t *track) bend(i int) int {
	switch {
	case i < 0:
		return -1 - t.cards[0]
	case i >= len(t.bends):
		return -1 - t.cards[1]
	}
	return t.bends[i]
}

// turn says to which side a way turns at a bend: 1 clockwise, -1 counter-clockwise, 0 not at all.
func (t *track) turn(i int) int {
	return side(t.point(i-1), t.point(i), t.point(i+1))
}

// side says to which side of the line from a to b a point lies: 1 right, as y grows downwards, -1 left.
func side(a, b, c geometry.Point) int {
	return cmp.Compare(float64((b.X-a.X)*(c.Y-b.Y)), float64((b.Y-a.Y)*(c.X-b.X)))
}

// turning is a route that turns at a corner.
type turning struct {
	*track
	at int // which of its bends
}

// lanes puts routes that turn at the same corner side by side: the one that turns most is the innermost.
func (r *router) lanes(tracks []*track) {
	here := make([][]turning, len(r.corners))
	for _, t := range tracks {
		t.at = make([]geometry.Point, len(t.bends))
		for i, c := range t.bends {
			t.at[i] = r.corners[c].at
			here[c] = append(here[c], turning{t, i})
		}
	}
	moved := make([][]geometry.Point, len(r.corners))
	for c, all := range here {
		slices.SortStableFunc(all, inner)
		step := min(lane, r.room(c)/float64(max(len(all)-1, 1)))
		for k := range all {
			out := float64(float64(k) * step)
			at := r.corners[c].at
			moved[c] = append(moved[c], geometry.Point{X: at.X + float64(r.corners[c].out.X*out), Y: at.Y + float64(r.corners[c].out.Y*out)})
		}
	}
	for c, all := range here {
		for k, t := range all {
			t.track.at[t.at] = moved[c][k]
		}
	}
	for _, t := range tracks {
		r.settle(t)
	}
}

// inner orders routes around a corner from the inside out.
func inner(a, b turning) int {
	turn := a.turn(a.at)
	ahead := 1 // b goes the same way around, or the other way
	if b.turn(b.at) != turn {
		ahead = -1
	}
	for _, way := range [...]int{1, -1} {
		i, j := a.at+way, b.at+ahead*way
		for a.bend(i) >= 0 && a.bend(i) == b.bend(j) {
			i, j = i+way, j+ahead*way
		}
		if s := side(b.point(j), a.point(i-way), a.point(i)); s != 0 {
			return s * turn * way // a leaves the common way on the inside of b
		}
	}
	return cmp.Compare(a.edge, b.edge)
}

// room is how far outwards a corner may move before it comes near a card.
func (r *router) room(c int) float64 {
	far := 0.0
	for far < 6*lane {
		at := r.corners[c].at
		next := geometry.Point{X: at.X + float64(r.corners[c].out.X*(far+2)), Y: at.Y + float64(r.corners[c].out.Y*(far+2))}
		if !r.cards.clear(dot(next), laneBerth, nobody()) {
			break
		}
		far += 2
	}
	return far
}

// settle moves bends back to their corners where the way would run into a card or behind a title.
func (r *router) settle(t *track) {
	for again := true; again; {
		again = false
		for i := -1; i < len(t.at); i++ {
			piece := [2]geometry.Point{t.point(i), t.point(i + 1)}
			if r.clear(piece, t.cards) {
				continue
			}
			for _, j := range [...]int{i, i + 1} {
				if j >= 0 && j < len(t.at) && t.at[j] != r.corners[t.bends[j]].at {
					t.at[j], again = r.corners[t.bends[j]].at, true
				}
			}
		}
	}
}
