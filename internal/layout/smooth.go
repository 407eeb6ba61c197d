package layout

import "github.com/asbuilt/asbuilt/internal/geometry"

const (
	// hug is how near a curve may come to a card.
	hug = 3
	// softest is how far a curve's handles reach at most, as a part of the way that it replaces.
	softest = 0.36
	// tightest is the least part before a way is left with a pointed bend.
	tightest = 0.02
)

// smoother makes curves of a way that come near nothing of which the way itself keeps clear.
type smoother struct {
	r      *router
	own    [2]int
	behind bool // the way runs behind a title anyhow
}

// smooth is the route along a way, from border to border.
func (r *router) smooth(t *track) []geometry.Point {
	way := make([]geometry.Point, 0, len(t.at)+2)
	way = append(append(append(way, t.ends[0]), t.at...), t.ends[1])
	n := len(way)
	s := smoother{r: r, own: t.cards}
	for i, at := range way[1:] {
		s.behind = s.behind || !r.titles.clear([2]geometry.Point{way[i], at}, titleGraze, nobody())
	}
	return s.fit(way, toward(way[0], way[1]), toward(way[n-2], way[n-1]))
}

// toward is the direction from one point to another, of length 1.
func toward(a, b geometry.Point) geometry.Point {
	long := distance(a, b)
	if long == 0 {
		return geometry.Point{}
	}
	return geometry.Point{X: (b.X - a.X) / long, Y: (b.Y - a.Y) / long}
}

// fit draws one curve along a way, from and to given directions, as soft as nothing is in its way; where there is none, it
// draws two that meet at the bend farthest from a straight line (P. J. Schneider, "An Algorithm for Automatically Fitting
// Digitized Curves", Graphics Gems, 1990).
func (s *smoother) fit(way []geometry.Point, out, in geometry.Point) []geometry.Point {
	last := len(way) - 1
	all := long(way)
	for part := softest; part >= tightest; part *= 0.7 {
		reach := float64(all * part)
		curve := []geometry.Point{
			way[0],
			{X: way[0].X + float64(out.X*reach), Y: way[0].Y + float64(out.Y*reach)},
			{X: way[last].X - float64(in.X*reach), Y: way[last].Y - float64(in.Y*reach)},
			way[last],
		}
		if s.clear(curve) {
			return curve
		}
		if s.r.weary() || last > 1 && part < softest/3 {
			break
		}
	}
	if last == 1 {
		return straight(way[0], way[1])
	}
	split, most := 1, -1.0
	for i := 1; i < last; i++ {
		if off := apart(way[i], way[0], way[last]); off > most {
			split, most = i, off
		}
	}
	before, after := toward(way[split-1], way[split]), toward(way[split], way[split+1])
	between := toward(geometry.Point{}, geometry.Point{X: before.X + after.X, Y: before.Y + after.Y})
	return append(s.fit(way[:split+1], out, between), s.fit(way[split:], between, in)[1:]...)
}

// apart is how far a point is from the line between two others.
func apart(at, a, b geometry.Point) float64 {
	d := toward(a, b)
	off := float64((at.X-a.X)*d.Y) - float64((at.Y-a.Y)*d.X)
	return max(off, -off)
}

// clear reports whether a curve comes near no card and runs behind no title, and not back into its own cards.
func (s *smoother) clear(curve []geometry.Point) bool {
	for _, piece := range pieces(curve) {
		if !s.r.cards.clear(piece, hug, s.own) || !s.behind && !s.r.titles.clear(piece, titleGraze, nobody()) {
			return false
		}
		for _, own := range s.own {
			if runsThrough(piece, grow(s.r.cards.boxes[own], -graze)) {
				return false
			}
		}
	}
	return true
}
