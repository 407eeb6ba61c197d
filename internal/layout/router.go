package layout

import (
	"github.com/asbuilt/asbuilt/internal/geometry"
)

const (
	// berth is the room between a card and a route that is led around it.
	berth = 8
	// perBend is what a corner on the way costs, in pixels, and perRoute what each route that turns there already does, up to crowd.
	perBend, perRoute, crowd = 24, 8, 6
	// acrossTitle is what a way behind the words of a frame's title costs, acrossLabel behind those of another edge.
	acrossTitle, acrossLabel = 2000, 60
	// looks is how often all routes of a picture together may look whether a line runs through a box. By far most pictures take
	// less than a twentieth; then edges that wait for their turn stay as they are.
	looks = 100_000_000
)

// router finds short ways between cards around all others, over the corners at which a tight string would bend (T. Lozano-Pérez,
// M. A. Wesley, "An Algorithm for Planning Collision-Free Paths Among Polyhedral Obstacles", CACM 22(10), 1979). What is seen from
// a corner is found when a way first leads there, and kept for the ways to come.
type router struct {
	cards, titles, labels *fences
	corners               []corner
	doors                 [][]leg // card → the straight ways out of it; nil for one that was not asked for yet
}

// corner is a place outside a card or title at which ways may bend.
type corner struct {
	at     geometry.Point
	out    geometry.Point // away from the box: 1 or -1 along each axis
	card   int            // -1 for a title's
	legs   []leg
	seen   bool // the legs are known
	routes int  // that turn here
}

// leg is a straight piece of a way to a corner.
type leg struct {
	to   int
	cost float64
}

// detour routes edges around all cards and titles.
func detour(r geometry.Request, p *geometry.Plan, edges []int) {
	finder := newRouter(p, edges)
	var tracks []*track
	for _, i := range edges {
		from, to := r.Edges[i].From, r.Edges[i].To
		if bends, ok := finder.way(from, to); ok {
			tracks = append(tracks, &track{edge: i, cards: [2]int{from, to}, bends: bends})
		}
	}
	finder.twins(tracks)
	finder.lanes(tracks)
	finder.land(tracks)
	for _, t := range tracks {
		p.Edges[t.edge] = geometry.Route{Points: finder.smooth(t)}
	}
}

// newRouter is a router for some edges of a plan; the labels of the others stand.
func newRouter(p *geometry.Plan, edges []int) *router {
	labels := make([]geometry.Rect, len(p.Edges))
	for i, e := range p.Edges {
		labels[i] = e.Label
	}
	for _, i := range edges {
		labels[i] = geometry.Rect{}
	}
	r := &router{cards: fence(p.Nodes, berth), titles: fence(p.Titles, titleBerth), labels: fence(labels, 0), doors: make([][]leg, len(p.Nodes))}
	for i, box := range p.Nodes {
		r.addCorners(grow(box, berth), i)
	}
	for _, box := range p.Titles {
		if box != (geometry.Rect{}) {
			r.addCorners(grow(box, titleBerth), -1)
		}
	}
	return r
}

// addCorners adds the corners of a box near which no card stands.
func (r *router) addCorners(box geometry.Rect, card int) {
	for _, out := range [...]geometry.Point{{X: -1, Y: -1}, {X: 1, Y: -1}, {X: 1, Y: 1}, {X: -1, Y: 1}} {
		at := geometry.Point{X: box.X, Y: box.Y}
		if out.X > 0 {
			at.X += box.W
		}
		if out.Y > 0 {
			at.Y += box.H
		}
		if r.cards.clear(dot(at), berth-clearance, nobody()) {
			r.corners = append(r.corners, corner{at: at, out: out, card: card})
		}
	}
}

// dot is a piece of no length.
func dot(at geometry.Point) [2]geometry.Point { return [2]geometry.Point{at, at} }

// nobody is in the place of the cards of a way.
func nobody() [2]int { return [2]int{-1, -1} }

// weary reports whether the router has looked often enough.
func (r *router) weary() bool { return r.cards.looks+r.titles.looks+r.labels.looks > looks }

// bends reports whether a tight string from or to a point may bend at a corner.
func (c *corner) bends(other geometry.Point) bool {
	return float64((other.X-c.at.X)*c.out.X)*float64((other.Y-c.at.Y)*c.out.Y) <= 0
}

// look is the straight way from a point to a corner, if no card but one is in between.
func (r *router) look(from geometry.Point, to, but int) (leg, bool) {
	c := &r.corners[to]
	piece := [2]geometry.Point{from, c.at}
	if !c.bends(from) || !r.cards.clear(piece, berth-clearance, [2]int{but, -1}) {
		return leg{}, false
	}
	return leg{to, distance(from, c.at) + r.behind(piece)}, true
}

// behind is what a straight piece behind words costs.
func (r *router) behind(piece [2]geometry.Point) float64 {
	cost := 0.0
	if !r.titles.clear(piece, titleBerth-clearance, nobody()) {
		cost += acrossTitle
	}
	if !r.labels.clear(piece, 0, nobody()) {
		cost += acrossLabel
	}
	return cost
}

// legs are the straight ways from a corner to others.
func (r *router) legs(from int) []leg {
	c := &r.corners[from]
	if c.seen {
		return c.legs
	}
	c.seen = true
	for to := range r.corners {
		if to == from || !c.bends(r.corners[to].at) {
			continue
		}
		if l, ok := r.look(c.at, to, -1); ok {
			c.legs = append(c.legs, l)
		}
	}
	return c.legs
}

// out are the straight ways from the middle of a card to corners of others.
func (r *router) out(card int) []leg {
	if r.doors[card] != nil {
		return r.doors[card]
	}
	out := []leg{}
	for to, c := range r.corners {
		if c.card == card {
			continue
		}
		if l, ok := r.look(r.cards.boxes[card].Center(), to, card); ok {
			out = append(out, l)
		}
	}
	r.doors[card] = out
	return out
}
