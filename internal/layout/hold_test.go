package layout_test

import (
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/asbuilt/asbuilt/internal/geometry"
	"github.com/asbuilt/asbuilt/internal/layout"
)

// held is a request whose boxes hold the places of a plan. Boxes that the plan placed anew came later.
func held(r geometry.Request, p geometry.Plan, turn int) geometry.Request {
	r.Nodes = slices.Clone(r.Nodes)
	for i := range r.Nodes {
		h := &geometry.Hold{At: p.Nodes[i]}
		if old := r.Nodes[i].Held; old != nil {
			h.Turn = old.Turn
		}
		if slices.Contains(p.Placed, i) {
			h.Turn = turn
		}
		r.Nodes[i].Held = h
	}
	return r
}

// changes count what became of changes to pictures.
type changes struct{ done, others, moved, rooms, numbers, labels int }

// judge checks a plan that was made after a change, and counts. known says where each box of the request stood.
func (c *changes) judge(t *testing.T, r geometry.Request, p geometry.Plan) {
	t.Helper()
	c.done++
	loose := r
	loose.Edges = slices.Clone(r.Edges)
	for i, e := range p.Edges {
		if r.Edges[i].Label == (geometry.Size{}) {
			continue
		}
		c.labels++
		if e.Label == (geometry.Rect{}) { // the legend says it
			c.numbers++
			mark := geometry.Rect{X: e.Number.X - 9, Y: e.Number.Y - 9, W: 18, H: 18}
			for _, all := range [][]geometry.Rect{p.Nodes, p.Titles} {
				for n, box := range all {
					require.False(t, meet(box, mark), "the number of edge %d and %d", i, n)
				}
			}
			for n, other := range p.Edges {
				require.False(t, meet(other.Label, mark), "the number of edge %d and label %d", i, n)
			}
			loose.Edges[i].Label = geometry.Size{}
		}
	}
	p.Nodes = slices.Clone(p.Nodes)
	if len(p.Room) > 0 {
		c.rooms++
	}
	for i, n := range r.Nodes {
		if n.Held == nil {
			require.Contains(t, p.Placed, i)
			continue
		}
		c.others++
		if at := p.Nodes[i]; len(p.Room) == 0 && (at.X != n.Held.At.X || at.Y != n.Held.At.Y) {
			c.moved++
		}
	}
	requirePlan(t, loose, shifted(p))
}

// shifted is a plan with its corner at the origin.
func shifted(p geometry.Plan) geometry.Plan {
	move := func(all []geometry.Rect) []geometry.Rect {
		all = slices.Clone(all)
		for i := range all {
			if all[i] != (geometry.Rect{}) {
				all[i].X, all[i].Y = all[i].X-p.Corner.X, all[i].Y-p.Corner.Y
			}
		}
		return all
	}
	p.Nodes, p.Groups, p.Titles, p.Edges = move(p.Nodes), move(p.Groups), move(p.Titles), slices.Clone(p.Edges)
	for i, e := range p.Edges {
		points := slices.Clone(e.Points)
		for j := range points {
			points[j].X, points[j].Y = points[j].X-p.Corner.X, points[j].Y-p.Corner.Y
		}
		p.Edges[i] = geometry.Route{Points: points, Label: move([]geometry.Rect{e.Label})[0]}
	}
	return p
}

// grown is a request with one more box, which has one or two edges.
func grown(r geometry.Request, rng *rand.Rand) geometry.Request {
	n := len(r.Nodes)
	r.Nodes = append(slices.Clone(r.Nodes), geometry.Box{Group: rng.IntN(len(r.Groups)+1) - 1, Size: geometry.Size{
		W: []float64{168, 208, 256}[rng.IntN(3)], H: float64(60 + 16*rng.IntN(5)),
	}})
	r.Edges = slices.Clone(r.Edges)
	for range 1 + rng.IntN(2) {
		e := geometry.Link{From: rng.IntN(n), To: n, Label: geometry.Size{W: float64(30 + rng.IntN(120)), H: 16}}
		if rng.IntN(2) == 0 {
			e.From, e.To = e.To, e.From
		}
		r.Edges = append(r.Edges, e)
	}
	return r
}

// shrunk is a request without one of its boxes, which leaves its place vacant; ok is false when its group would be empty.
func shrunk(r geometry.Request, gone int) (geometry.Request, bool) {
	group := r.Nodes[gone].Group
	for i, n := range r.Nodes {
		if group < 0 || i != gone && inside(r, n.Group, group) {
			group = -1
		}
	}
	if group >= 0 {
		return r, false
	}
	r.Vacant = append(slices.Clone(r.Vacant), r.Nodes[gone].Held.At)
	r.Nodes = slices.Delete(slices.Clone(r.Nodes), gone, gone+1)
	var edges []geometry.Link
	index := func(i int) int {
		if i > gone {
			return i - 1
		}
		return i
	}
	for _, e := range r.Edges {
		if e.From != gone && e.To != gone {
			edges = append(edges, geometry.Link{From: index(e.From), To: index(e.To), Label: e.Label})
		}
	}
	r.Edges, r.SameRank = edges, nil
	return r, true
}

// clustered are random graphs of 5 to 60 nodes in 1 to 8 nested groups.
func clustered(seed uint64) geometry.Request {
	n := 5 + int(seed*7%56)
	r := random(seed, sample{
		nodes: n, groups: min(n, 1+int(seed%8)), edges: n + n/4, direction: []string{"down", "right", "up", "left"}[seed%4],
	})
	for i := range r.Nodes {
		r.Nodes[i].Size.H = float64(int(r.Nodes[i].Size.H))
	}
	return r
}

// What stands stays where it is, whatever is added, removed or renamed: nothing overlaps, no edge is lost.
func TestWhatStandsDoesNotMove(t *testing.T) {
	seeds := uint64(*graphs)
	pool := newPool(t, layout.Options{})
	var adding, again, removing, renaming changes
	for seed := range seeds {
		rng := rand.New(rand.NewPCG(seed, 2))
		r := clustered(seed)
		first, err := pool.Layout(t.Context(), r)
		require.NoError(t, err, "seed %d", seed)
		requirePlan(t, r, first)
		r = held(r, first, 0)
		same, err := pool.Layout(t.Context(), r)
		require.NoError(t, err)
		first.Placed = nil
		same.Placed = nil
		require.Equal(t, first, same, "seed %d: nothing changed", seed)

		after := r
		for turn := range 4 {
			after = grown(after, rng)
			p, err := pool.Layout(t.Context(), after)
			require.NoError(t, err, "seed %d, addition %d", seed, turn)
			if turn == 0 {
				adding.judge(t, after, p)
			} else {
				again.judge(t, after, p)
			}
			after = held(after, p, turn+1)
			once, err := pool.Layout(t.Context(), after)
			require.NoError(t, err)
			require.Empty(t, once.Placed)
			require.Empty(t, once.Room)
			p.Placed, p.Room = nil, nil
			require.Equal(t, p, once, "seed %d: drawn again", seed)
		}
		if less, ok := shrunk(r, rng.IntN(len(r.Nodes))); ok {
			p, err := pool.Layout(t.Context(), less)
			require.NoError(t, err, "seed %d", seed)
			removing.judge(t, less, p)
			require.Empty(t, p.Placed)
		}
		renamed := r
		renamed.Nodes = slices.Clone(r.Nodes)
		renamed.Nodes[rng.IntN(len(r.Nodes))].Size.H += []float64{-16, 0, 0, 20}[rng.IntN(4)]
		p, err := pool.Layout(t.Context(), renamed)
		require.NoError(t, err, "seed %d", seed)
		renaming.judge(t, renamed, p)
		require.Empty(t, p.Placed)
	}
	for name, c := range map[string]changes{"a node added": adding, "three more": again, "one removed": removing, "one renamed": renaming} {
		t.Logf("%-13s %3d times: %d of %d others moved where there was room, room was made %d times, %d of %d labels are numbers",
			name, c.done, c.moved, c.others, c.rooms, c.numbers, c.labels)
		require.Zero(t, c.moved, name)
	}
	require.LessOrEqual(t, 20*(adding.rooms+again.rooms), adding.done+again.done, "room is made for at most one addition in twenty")
	require.Zero(t, removing.rooms)
}

// The routes of a first layout are the better ones: a picture that is held elsewhere as a whole has them, too.
func TestAPictureHeldElsewhereHasItsFirstRoutes(t *testing.T) {
	pool := newPool(t, layout.Options{})
	r := clustered(5)
	first, err := pool.Layout(t.Context(), r)
	require.NoError(t, err)
	after := held(r, first, 0)
	for i := range after.Nodes {
		after.Nodes[i].Held.At.X += 35
		after.Nodes[i].Held.At.Y -= 7
	}
	moved, err := pool.Layout(t.Context(), after)
	require.NoError(t, err)
	require.Equal(t, geometry.Point{X: 35, Y: -7}, moved.Corner)
	require.Equal(t, first.Size, moved.Size)
	for i, e := range first.Edges {
		for j, at := range e.Points {
			require.InDelta(t, at.X+35, moved.Edges[i].Points[j].X, tolerance)
			require.InDelta(t, at.Y-7, moved.Edges[i].Points[j].Y, tolerance)
		}
	}
}
