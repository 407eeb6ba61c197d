package layout

import (
	"math"
	"slices"

	"github.com/asbuilt/asbuilt/internal/geometry"
)

// way finds the corners of a short way between two cards; not ok where there is none, or the router is weary.
func (r *router) way(from, to int) (bends []int, ok bool) {
	a, b := r.cards.boxes[from].Center(), r.cards.boxes[to].Center()
	s := newQuest(r, b)
	direct := [2]geometry.Point{a, b}
	if r.cards.clear(direct, berth-clearance, [2]int{from, to}) {
		words := r.behind(direct)
		if words == 0 {
			return nil, true
		}
		s.reach(s.last(), -1, distance(a, b)+words)
	}
	for _, l := range r.out(from) {
		s.try(l, -1, [2]int{from, to})
	}
	home := make([]float64, len(r.corners)) // from each corner straight to the goal; 0 where it is not seen
	for _, l := range r.out(to) {
		home[l.to] = l.cost
	}
	for !r.weary() {
		at, ok := s.next()
		if !ok {
			break
		}
		if at == s.last() {
			return s.back(), true
		}
		if home[at] > 0 {
			s.reach(s.last(), at, s.cost[at]+home[at])
		}
		for _, l := range r.legs(at) {
			s.try(l, at, [2]int{from, to})
		}
	}
	return nil, false
}

// quest is the search for one way (P. E. Hart, N. J. Nilsson, B. Raphael, "A Formal Basis for the Heuristic Determination of
// Minimum Cost Paths", IEEE TSSC 4(2), 1968). Its places are the router's corners, and the goal as the last.
type quest struct {
	r      *router
	goal   geometry.Point
	cost   []float64 // the least with which each place was reached
	before []int     // from which; -1 for the start
	done   []bool
	open   []hope // a heap
}

// hope is a place that was reached, and what a way over it costs at least.
type hope struct {
	place int
	least float64
}

func newQuest(r *router, goal geometry.Point) *quest {
	n := len(r.corners) + 1
	s := &quest{r: r, goal: goal, cost: make([]float64, n), before: make([]int, n), done: make([]bool, n)}
	for i := range s.cost {
		s.cost[i] = math.Inf(1)
	}
	return s
}

func (s *quest) last() int { return len(s.r.corners) }

// try goes a leg, unless it leads to a corner of one of the way's own cards.
func (s *quest) try(l leg, before int, own [2]int) {
	c := &s.r.corners[l.to]
	if c.card >= 0 && (c.card == own[0] || c.card == own[1]) {
		return
	}
	cost := l.cost + perBend + float64(perRoute*min(c.routes, crowd))
	if before >= 0 {
		cost += s.cost[before]
	}
	s.reach(l.to, before, cost)
}

// reach notes a way to a place if it is the best so far.
func (s *quest) reach(place, before int, cost float64) {
	if s.done[place] || cost >= s.cost[place] {
		return
	}
	s.cost[place], s.before[place] = cost, before
	least := cost
	if place != s.last() {
		least += distance(s.r.corners[place].at, s.goal)
	}
	s.open = append(s.open, hope{place, least})
	for i := len(s.open) - 1; i > 0 && s.open[i].less(s.open[(i-1)/2]); i = (i - 1) / 2 {
		s.open[i], s.open[(i-1)/2] = s.open[(i-1)/2], s.open[i]
	}
}

// less orders hopes; of two that promise the same one is always first.
func (h hope) less(other hope) bool {
	return h.least < other.least || h.least == other.least && h.place < other.place
}

// next takes the place of the best hope.
func (s *quest) next() (place int, ok bool) {
	for len(s.open) > 0 {
		best, end := s.open[0].place, len(s.open)-1
		s.open[0], s.open = s.open[end], s.open[:end]
		for i := 0; ; {
			child := 2*i + 1
			if child+1 < end && s.open[child+1].less(s.open[child]) {
				child++
			}
			if child >= end || !s.open[child].less(s.open[i]) {
				break
			}
			s.open[i], s.open[child] = s.open[child], s.open[i]
			i = child
		}
		if !s.done[best] {
			s.done[best] = true
			return best, true
		}
	}
	return 0, false
}

// back are the corners of the way that was found, which from now on are taken.
func (s *quest) back() []int {
	var bends []int
	for at := s.before[s.last()]; at >= 0; at = s.before[at] {
		bends = append(bends, at)
		s.r.corners[at].routes++
	}
	slices.Reverse(bends)
	return bends
}
