package layout

import "github.com/asbuilt/asbuilt/internal/geometry"

const (
	// hug is how near a curve may come to a card.
	hug = 3
	// softest is how far the handles of a curve reach, as a part of the leg, and farthestHandle in pixels, at most.
	softest, farthestHandle = 0.35, 120
	// How far beside its leg a handle may end: between two bends routes run side by side.
	swellBetween, swellAtEnd = 14, 40
	// harder is how often a curve is made harder before it is a straight line.
	harder = 8
)

// smoother makes curves of a way that come near nothing of which the way itself keeps clear.
type smoother struct {
	r      *router
	own    [2]int
	behind bool // the way runs behind a title anyhow
}

// smooth is the route along a way, from border to border: a curve for each leg, which at a bend run into each other in the
// direction between its two legs.
func (r *router) smooth(t *track) []geometry.Point {
	way := append(append([]geometry.Point{t.ends[0]}, t.at...), t.ends[1])
	s := smoother{r: r, own: t.cards}
	for i, at := range way[1:] {
		s.behind = s.behind || !r.titles.clear([2]geometry.Point{way[i], at}, titleGraze, nobody())
	}
	route := []geometry.Point{way[0]}
	out := toward(way[0], way[1])
	for i := range way[1:] {
		in := toward(way[i], way[i+1])
		if i+2 < len(way) {
			next := toward(way[i+1], way[i+2])
			in = toward(geometry.Point{}, geometry.Point{X: in.X + next.X, Y: in.Y + next.Y})
		}
		swell := float64(swellBetween)
		if i == 0 || i+2 == len(way) {
			swell = swellAtEnd
		}
		route = append(route, s.leg(way[i:i+2], out, in, swell)[1:]...)
		out = in
	}
	return route
}

// toward is the direction from one point to another, of length 1.
func toward(a, b geometry.Point) geometry.Point {
	long := distance(a, b)
	if long == 0 {
		return geometry.Point{}
	}
	return geometry.Point{X: (b.X - a.X) / long, Y: (b.Y - a.Y) / long}
}

// leg is a curve with given directions at its ends, as soft as nothing is in its way.
func (s *smoother) leg(ends []geometry.Point, out, in geometry.Point, swell float64) []geometry.Point {
	from, to := ends[0], ends[1]
	d, reach := toward(from, to), min(distance(from, to)*softest, farthestHandle)
	for range harder {
		first, second := min(reach, swell/sine(d, out)), min(reach, swell/sine(d, in))
		curve := []geometry.Point{
			from,
			{X: from.X + float64(out.X*first), Y: from.Y + float64(out.Y*first)},
			{X: to.X - float64(in.X*second), Y: to.Y - float64(in.Y*second)},
			to,
		}
		if s.clear(curve) {
			return curve
		}
		if s.r.weary() {
			break
		}
		reach *= 0.6
	}
	return straight(from, to)
}

// sine is that of the angle between two directions, or as good as none.
func sine(a, b geometry.Point) float64 {
	v := float64(a.X*b.Y) - float64(a.Y*b.X)
	return max(v, -v, 1.0/1024)
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
