package layout

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/asbuilt/asbuilt/internal/geometry"
)

// town is cards of many sizes, none of which stands too near to another, frames' titles between some, and edges.
func town(t *rapid.T) (geometry.Request, geometry.Plan) {
	const block = 240
	var r geometry.Request
	var p geometry.Plan
	wide := rapid.IntRange(2, 6).Draw(t, "wide")
	for i := range rapid.IntRange(2, 24).Draw(t, "cards") {
		size := geometry.Size{W: float64(rapid.IntRange(20, block-tightGap).Draw(t, "w")), H: float64(rapid.IntRange(20, block-tightGap).Draw(t, "h"))}
		at := geometry.Rect{X: float64(i % wide * block), Y: float64(i / wide * block), W: size.W, H: size.H}
		at.X += float64(rapid.IntRange(0, block-tightGap-int(size.W)).Draw(t, "x"))
		at.Y += float64(rapid.IntRange(0, block-tightGap-int(size.H)).Draw(t, "y"))
		r.Nodes, p.Nodes = append(r.Nodes, geometry.Box{Group: -1, Size: size}), append(p.Nodes, at)
		if rapid.IntRange(0, 4).Draw(t, "title") == 0 {
			p.Titles = append(p.Titles, geometry.Rect{X: at.X - 8, Y: at.Y - 18, W: at.W / 2, H: 16})
		}
	}
	return linked(t, r, p)
}

// linked adds edges.
func linked(t *rapid.T, r geometry.Request, p geometry.Plan) (geometry.Request, geometry.Plan) {
	card := rapid.IntRange(0, len(r.Nodes)-1)
	for range rapid.IntRange(1, 30).Draw(t, "edges") {
		e := geometry.Link{From: card.Draw(t, "from"), To: card.Draw(t, "to")}
		if e.From == e.To {
			e.To = (e.From + 1) % len(r.Nodes)
		}
		r.Edges = append(r.Edges, e)
		p.Edges = append(p.Edges, geometry.Route{Points: straight(p.Nodes[e.From].Center(), p.Nodes[e.To].Center())})
	}
	return r, p
}

func everyEdge(int) bool { return true }

// requireEnds checks that routes are chains of curves between the borders of their cards.
func requireEnds(t *rapid.T, r geometry.Request, p geometry.Plan) {
	for i, e := range p.Edges {
		require.Equal(t, 1, len(e.Points)%3)
		for _, at := range e.Points {
			require.True(t, finite(at.X) && finite(at.Y))
		}
		for at, card := range map[geometry.Point]int{e.Points[0]: r.Edges[i].From, e.Points[len(e.Points)-1]: r.Edges[i].To} {
			require.Less(t, distance(at, toBorder(p.Nodes[card], at)), 0.01, "an end of edge %d", i)
		}
	}
}

// Where there is room between all cards a way is found between any two, and it passes over no other.
func TestRoutesKeepClearOfCards(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r, p := town(t)
		again := p
		again.Edges = slices.Clone(p.Edges)
		reroute(r, &p, everyEdge)
		requireEnds(t, r, p)
		for i, e := range r.Edges {
			for _, piece := range pieces(p.Edges[i].Points) {
				for n, box := range p.Nodes {
					depth := 0.0
					if n == e.From || n == e.To {
						depth = graze
					}
					require.False(t, runsThrough(piece, grow(box, -depth)), "edge %d over card %d", i, n)
				}
			}
		}
		reroute(r, &again, everyEdge)
		require.Equal(t, p, again, "the same every time")
	})
}

// Whatever stands where, the router comes to an end, and every edge has a route.
func TestRoutesInNoRoom(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var r geometry.Request
		var p geometry.Plan
		far := rapid.SampledFrom([]float64{1, 300, 5000, farthest}).Draw(t, "far")
		for range rapid.IntRange(2, 40).Draw(t, "cards") {
			at := geometry.Rect{
				X: rapid.Float64Range(-far, far).Draw(t, "x"), Y: rapid.Float64Range(-far, far).Draw(t, "y"),
				W: rapid.Float64Range(0.01, largest).Draw(t, "w"), H: rapid.Float64Range(0.01, largest).Draw(t, "h"),
			}
			r.Nodes, p.Nodes = append(r.Nodes, geometry.Box{Group: -1, Size: geometry.Size{W: at.W, H: at.H}}), append(p.Nodes, at)
			if rapid.Bool().Draw(t, "title") {
				p.Titles = append(p.Titles, at)
			}
		}
		r, p = linked(t, r, p)
		reroute(r, &p, everyEdge)
		for i, e := range r.Edges {
			attach(&p.Edges[i], p.Nodes[e.From], p.Nodes[e.To])
		}
		requireEnds(t, r, p)
	})
}

// A weary router leaves edges as they are.
func TestAWearyRouterGivesUp(t *testing.T) {
	_, p := wall(3)
	finder := newRouter(&p, nil)
	_, ok := finder.way(0, 3)
	require.True(t, ok)
	finder.cards.looks = looks + 1
	_, ok = finder.way(1, 4)
	require.False(t, ok)
}

// wall is cards left and right of one in between, and an edge over it from each left one to its opposite.
func wall(edges int) (geometry.Request, geometry.Plan) {
	var r geometry.Request
	var p geometry.Plan
	for _, x := range []float64{0, 1000} {
		for i := range edges {
			p.Nodes = append(p.Nodes, geometry.Rect{X: x, Y: float64(i * 150), W: 160, H: 80})
		}
	}
	high := float64(edges*150 - 70)
	p.Nodes = append(p.Nodes, geometry.Rect{X: 500, Y: -400, W: 160, H: high + 440})
	for _, box := range p.Nodes {
		r.Nodes = append(r.Nodes, geometry.Box{Group: -1, Size: geometry.Size{W: box.W, H: box.H}})
	}
	for i := range edges {
		r.Edges = append(r.Edges, geometry.Link{From: i, To: edges + i})
		p.Edges = append(p.Edges, geometry.Route{Points: straight(p.Nodes[i].Center(), p.Nodes[edges+i].Center())})
	}
	return r, p
}

// Routes around the same corners run side by side and do not cross, whichever way they lead.
func TestRoutesAroundACornerHaveLanes(t *testing.T) {
	r, p := wall(6)
	for i := range r.Edges {
		if e := &r.Edges[i]; i%2 > 0 {
			e.From, e.To = e.To, e.From
		}
	}
	reroute(r, &p, func(i int) bool { return strays(r, &p, i) })
	block := p.Nodes[len(p.Nodes)-1]
	middle := geometry.Rect{X: block.Center().X, Y: block.Y + block.H, H: 200}
	below := middle.Y + berth
	for i := 2; i < len(r.Edges); i++ { // the first two pass above; of the others the highest is the innermost
		passed := 0.0
		for _, piece := range pieces(p.Edges[i].Points) {
			if runsThrough(piece, grow(middle, 1)) {
				passed = max(passed, piece[0].Y)
			}
		}
		require.GreaterOrEqual(t, passed, below)
		below = passed + lane/4
		for j := range i {
			require.False(t, crossEachOther(p.Edges[i].Points, p.Edges[j].Points), "edges %d and %d", i, j)
		}
	}
}

// Edges between the same two cards run side by side, whichever way they lead.
func TestTwinsRunSideBySide(t *testing.T) {
	for _, to := range []geometry.Point{{X: 400}, {X: -300, Y: 250}, {X: 40, Y: -300}} {
		r := geometry.Request{Edges: []geometry.Link{{From: 0, To: 1}, {From: 1, To: 0}, {From: 0, To: 1}}}
		p := geometry.Plan{Nodes: []geometry.Rect{{W: 180, H: 90}, {X: to.X, Y: to.Y, W: 180, H: 90}}, Edges: make([]geometry.Route, 3)}
		reroute(r, &p, everyEdge)
		for i, e := range p.Edges {
			for j, other := range p.Edges[:i] {
				require.False(t, crossEachOther(e.Points, other.Points))
				for _, end := range [2]geometry.Point{other.Points[0], other.Points[3]} {
					require.GreaterOrEqual(t, distance(e.Points[0], end), float64(stride), "edges %d and %d", i, j)
				}
			}
		}
	}
}

func crossEachOther(a, b []geometry.Point) bool {
	for _, x := range pieces(a) {
		for _, y := range pieces(b) {
			if side(x[0], x[1], y[0])*side(x[0], x[1], y[1]) < 0 && side(y[0], y[1], x[0])*side(y[0], y[1], x[1]) < 0 {
				return true
			}
		}
	}
	return false
}
