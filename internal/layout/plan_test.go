package layout_test

import (
	"encoding/json"
	"flag"
	"math"
	"os"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/asbuilt/asbuilt/internal/geometry"
	"github.com/asbuilt/asbuilt/internal/layout"
)

var update = flag.Bool("update", false, "write the plans that are got as the wanted ones")

var graphs = flag.Int("graphs", 8, "how many random pictures are changed")

// tolerance is what rounding to two decimals may cost.
const tolerance = 0.011

// samples are random requests of every kind: 5 to 60 nodes, up to 8 groups, all directions, half with
// wanted rows.
func samples() []geometry.Request {
	var all []geometry.Request
	for seed := range uint64(64) {
		n := 5 + int(seed*7%56)
		all = append(all, random(seed, sample{
			nodes: n, groups: min(n, int(seed%9)), edges: n + n/4, rows: int(seed / 2 % 2),
			direction: []string{"down", "right", "up", "left"}[seed%4],
		}))
	}
	return all
}

func TestPlanHoldsItsPromises(t *testing.T) {
	p := newPool(t, layout.Options{})
	for seed, r := range samples() {
		plan, err := p.Layout(t.Context(), r)
		require.NoError(t, err, "seed %d", seed)
		requirePlan(t, r, plan)
		for g, frame := range plan.Groups {
			for h, other := range plan.Groups[:g] {
				around := geometry.Rect{X: frame.X - 10, Y: frame.Y - 10, W: frame.W + 20, H: frame.H + 20}
				require.True(t, inside(r, g, h) || !meet(around, other), "seed %d: room between groups %d and %d", seed, g, h)
			}
		}
	}
}

// requirePlan checks all that the package promises of a plan.
func requirePlan(t *testing.T, r geometry.Request, p geometry.Plan) {
	t.Helper()
	require.Len(t, p.Nodes, len(r.Nodes))
	require.Len(t, p.Groups, len(r.Groups))
	require.Len(t, p.Edges, len(r.Edges))
	for i, box := range p.Nodes {
		require.InDelta(t, r.Nodes[i].Size.W, box.W, tolerance)
		require.InDelta(t, r.Nodes[i].Size.H, box.H, tolerance)
		for j, other := range p.Nodes[:i] {
			require.False(t, meet(box, other), "nodes %d and %d", i, j)
		}
		for g, frame := range p.Groups {
			if inside(r, r.Nodes[i].Group, g) {
				require.True(t, holds(frame, box, 20, r.Groups[g].Title.H), "node %d in group %d", i, g)
			} else {
				require.False(t, meet(frame, box), "node %d and group %d", i, g)
			}
		}
	}
	for g, frame := range p.Groups {
		require.GreaterOrEqual(t, frame.W, r.Groups[g].Title.W+40-tolerance, "the title of group %d fits", g)
		require.True(t, holds(frame, p.Titles[g], 11, 0), "the title of group %d in its frame", g)
		for h, other := range p.Groups[:g] {
			if inside(r, g, h) {
				require.True(t, holds(other, frame, 20, r.Groups[h].Title.H), "group %d in group %d", g, h)
			} else {
				require.False(t, meet(frame, other), "groups %d and %d", g, h)
			}
		}
	}
	requireRoutes(t, r, p)
	requireLabels(t, r, p)
}

func requireRoutes(t *testing.T, r geometry.Request, p geometry.Plan) {
	t.Helper()
	for i, e := range p.Edges {
		require.GreaterOrEqual(t, len(e.Points), 4)
		require.Equal(t, 1, len(e.Points)%3)
		for _, at := range e.Points {
			require.False(t, math.IsNaN(at.X+at.Y) || math.IsInf(at.X+at.Y, 0))
		}
		require.Less(t, toBorder(p.Nodes[r.Edges[i].From], e.Points[0]), 1.0, "start of edge %d", i)
		require.Less(t, toBorder(p.Nodes[r.Edges[i].To], e.Points[len(e.Points)-1]), 1.0, "end of edge %d", i)
	}
}

func requireLabels(t *testing.T, r geometry.Request, p geometry.Plan) {
	t.Helper()
	drawing := geometry.Rect{W: p.Size.W, H: p.Size.H}
	for i, e := range p.Edges {
		want := r.Edges[i].Label
		require.InDelta(t, want.W, e.Label.W, tolerance)
		require.InDelta(t, want.H, e.Label.H, tolerance)
		if want == (geometry.Size{}) {
			require.Zero(t, e.Label)
			continue
		}
		require.True(t, holds(drawing, e.Label, 0, 0), "label %d in the drawing", i)
		for n, box := range p.Nodes {
			require.False(t, meet(box, e.Label), "label %d and node %d", i, n)
		}
		for j, other := range p.Edges[:i] {
			require.False(t, other.Label.W > 0 && meet(e.Label, other.Label), "labels %d and %d", i, j)
		}
		for g, title := range p.Titles {
			require.False(t, meet(title, e.Label), "label %d and the title of group %d", i, g)
		}
	}
}

// meet reports whether boxes overlap.
func meet(a, b geometry.Rect) bool {
	return min(a.X+a.W, b.X+b.W)-max(a.X, b.X) > tolerance && min(a.Y+a.H, b.Y+b.H)-max(a.Y, b.Y) > tolerance
}

// holds reports whether b stands in a with a padding on every side and more above.
func holds(a, b geometry.Rect, pad, above float64) bool {
	pad -= 2 * tolerance
	return b.X-a.X >= pad && b.Y-a.Y >= pad+above && a.X+a.W-b.X-b.W >= pad && a.Y+a.H-b.Y-b.H >= pad
}

func inside(r geometry.Request, group, outer int) bool {
	for ; group >= 0; group = r.Groups[group].Parent {
		if group == outer {
			return true
		}
	}
	return false
}

// toBorder is the distance of a point from the border of a box.
func toBorder(b geometry.Rect, p geometry.Point) float64 {
	dx, dy := max(b.X-p.X, p.X-b.X-b.W), max(b.Y-p.Y, p.Y-b.Y-b.H) // negative inside
	if dx <= 0 && dy <= 0 {
		return -max(dx, dy)
	}
	return math.Hypot(max(dx, 0), max(dy, 0))
}

// A plan depends on its request alone: not on the worker, its age, or what it did before.
func TestSamePlanEveryTime(t *testing.T) {
	requests := samples()[:12]
	var want []geometry.Plan
	for run := range 5 {
		p := newPool(t, layout.Options{Workers: 1})
		order := make([]int, len(requests))
		for i := range order {
			order[i] = i
		}
		if run%2 == 1 {
			slices.Reverse(order)
		}
		got := make([]geometry.Plan, len(requests))
		for _, i := range order {
			var err error
			got[i], err = p.Layout(t.Context(), requests[i])
			require.NoError(t, err)
		}
		p.Close()
		if want == nil {
			want = got
		}
		require.Equal(t, want, got, "run %d", run)
	}
	fresh := newPool(t, layout.Options{Workers: 1})
	for i := range 3 { // each by a worker that has done nothing else
		got, err := fresh.Layout(t.Context(), requests[i])
		require.NoError(t, err)
		require.Equal(t, want[i], got)
		fresh.Close()
		fresh = newPool(t, layout.Options{Workers: 1})
	}
}

func TestDirections(t *testing.T) {
	p := newPool(t, layout.Options{})
	for direction, ahead := range map[string]func(from, to geometry.Rect) bool{
		"":      func(from, to geometry.Rect) bool { return to.Y >= from.Y+from.H },
		"down":  func(from, to geometry.Rect) bool { return to.Y >= from.Y+from.H },
		"up":    func(from, to geometry.Rect) bool { return to.Y+to.H <= from.Y },
		"right": func(from, to geometry.Rect) bool { return to.X >= from.X+from.W },
		"left":  func(from, to geometry.Rect) bool { return to.X+to.W <= from.X },
	} {
		r := two()
		r.Direction = direction
		plan, err := p.Layout(t.Context(), r)
		require.NoError(t, err)
		requirePlan(t, r, plan)
		require.True(t, ahead(plan.Nodes[0], plan.Nodes[1]), "%q: %v", direction, plan.Nodes)
	}
}

// What nobody meant turns no picture upside down: the edges that were meant say who is above.
func TestStrayEdgesLeadBack(t *testing.T) {
	p := newPool(t, layout.Options{})
	size := geometry.Size{W: 168, H: 60}
	for _, direction := range []string{"down", "right", "up", "left"} {
		r := geometry.Request{Direction: direction, Nodes: []geometry.Box{{Group: -1, Size: size}, {Group: -1, Size: size}, {Group: -1, Size: size}, {Group: -1, Size: size}}}
		for _, e := range [][2]int{{3, 0}, {0, 1}, {1, 2}, {2, 3}, {3, 2}} {
			r.Edges = append(r.Edges, geometry.Link{From: e[0], To: e[1], Stray: len(r.Edges) > 2})
		}
		plan, err := p.Layout(t.Context(), r)
		require.NoError(t, err)
		requirePlan(t, r, plan)
		for _, e := range r.Edges[:3] {
			from, to := plan.Nodes[e.From], plan.Nodes[e.To]
			along := map[string]float64{"down": to.Y - from.Y, "up": from.Y - to.Y, "right": to.X - from.X, "left": from.X - to.X}[direction]
			require.Positive(t, along, "%s: %d -> %d", direction, e.From, e.To)
		}
	}
}

func TestWantedRows(t *testing.T) {
	p := newPool(t, layout.Options{})
	r := random(3, sample{nodes: 12, edges: 12})
	r.SameRank = [][]int{{0, 5, 9}}
	plan, err := p.Layout(t.Context(), r)
	require.NoError(t, err)
	middle := func(n int) float64 { return plan.Nodes[n].Center().Y }
	require.InDelta(t, middle(0), middle(5), 1)
	require.InDelta(t, middle(0), middle(9), 1)
}

// Many nodes that no edge tells apart make a block, not a line.
func TestBlocks(t *testing.T) {
	card := geometry.Box{Group: -1, Size: geometry.Size{W: 220, H: 96}}
	alone, star := geometry.Request{}, geometry.Request{}
	for i := range 24 {
		alone.Nodes = append(alone.Nodes, card)
		star.Nodes = append(star.Nodes, card)
		if i > 0 {
			star.Edges = append(star.Edges, geometry.Link{From: 0, To: i})
		}
	}
	p := newPool(t, layout.Options{})
	for name, r := range map[string]geometry.Request{"alone": alone, "star": star} {
		for _, direction := range []string{"down", "right", "up", "left"} {
			r.Direction = direction
			plan, err := p.Layout(t.Context(), r)
			require.NoError(t, err)
			requirePlan(t, r, plan)
			shape := plan.Size.W / plan.Size.H
			require.True(t, 0.5 < shape && shape < 4, "%s %s: %v", name, direction, plan.Size)
		}
	}
}

// No route of a picture with nested frames runs through a card that it does not belong to: in large pictures, too, and
// where a fifth of the cards is new.
func TestRoutesPassCards(t *testing.T) {
	p := newPool(t, layout.Options{})
	var requests []geometry.Request
	for seed := range uint64(20) {
		requests = append(requests, random(seed, sample{nodes: 30, groups: 7, edges: 36}))
	}
	for seed, size := range []int{130, 200, 260} { // of the last not even a first route comes from the engine
		requests = append(requests, random(uint64(seed), sample{nodes: size, groups: size / 12, edges: size * 3 / 2}))
	}
	for seed := 0; seed < len(requests); seed++ {
		r := requests[seed]
		plan, err := p.Layout(t.Context(), r)
		require.NoError(t, err)
		if len(r.Nodes) == 200 && r.Nodes[0].Held == nil {
			after := held(r, plan, 0)
			for i := 1; i < len(r.Nodes); i += 5 {
				after.Nodes[i].Held = nil
			}
			requests = append(requests, after)
		}
		for i, e := range plan.Edges {
			for n, box := range plan.Nodes {
				if n == r.Edges[i].From || n == r.Edges[i].To {
					continue
				}
				core := geometry.Rect{X: box.X + 5, Y: box.Y + 5, W: box.W - 10, H: box.H - 10}
				for _, at := range walk(e.Points) {
					require.False(t, meet(core, geometry.Rect{X: at.X - 0.5, Y: at.Y - 0.5, W: 1, H: 1}), "seed %d: edge %d through node %d", seed, i, n)
				}
			}
		}
	}
}

// walk is 30 points of each curve of a route, in Bernstein's form.
func walk(points []geometry.Point) (line []geometry.Point) {
	for i := 0; i+3 < len(points); i += 3 {
		c := points[i : i+4]
		for step := range 31 {
			t := float64(step) / 30
			b := [4]float64{(1 - t) * (1 - t) * (1 - t), 3 * (1 - t) * (1 - t) * t, 3 * (1 - t) * t * t, t * t * t}
			var at geometry.Point
			for k := range b {
				at.X += b[k] * c[k].X
				at.Y += b[k] * c[k].Y
			}
			line = append(line, at)
		}
	}
	return line
}

func TestImpossibleRequests(t *testing.T) {
	p := newPool(t, layout.Options{Command: command("crash")})
	for says, spoil := range map[string]func(*geometry.Request){
		"nothing to lay out":                            func(r *geometry.Request) { *r = geometry.Request{} },
		"unknown direction \"north\"":                   func(r *geometry.Request) { r.Direction = "north" },
		"node 0 has an impossible size":                 func(r *geometry.Request) { r.Nodes[0].Size.W = math.NaN() },
		"node 1 has an impossible size":                 func(r *geometry.Request) { r.Nodes[1].Size.H = 0 },
		"node 0 is in no group of the request":          func(r *geometry.Request) { r.Nodes[0].Group = 7 },
		"group 0 does not stand after its parent":       func(r *geometry.Request) { r.Groups[0].Parent = 0 },
		"the title of group 0 has an impossible size":   func(r *geometry.Request) { r.Groups[0].Title.W = -1 },
		"group 0 holds no node":                         func(r *geometry.Request) { r.Nodes[0].Group = -1 },
		"edge 0 has an end that is no node":             func(r *geometry.Request) { r.Edges[0].To = 2 },
		"the label of edge 0 has an impossible size":    func(r *geometry.Request) { r.Edges[0].Label.H = math.Inf(1) },
		"row 0 names a node that is not in the request": func(r *geometry.Request) { r.SameRank = [][]int{{-1}} },
	} {
		r := two()
		spoil(&r)
		_, err := p.Layout(t.Context(), r)
		require.ErrorContains(t, err, says)
	}
}

// The plan of a picture with everything in it, as a file: it must be the same on every machine.
func TestGoldenPlan(t *testing.T) {
	const golden = "testdata/plan.json"
	plan, err := newPool(t, layout.Options{}).Layout(t.Context(), random(5, sample{nodes: 16, groups: 4, edges: 20}))
	require.NoError(t, err)
	got, err := json.MarshalIndent(plan, "", "\t")
	require.NoError(t, err)
	got = append(got, '\n')
	if *update {
		require.NoError(t, os.WriteFile(golden, got, 0o644))
	}
	want, err := os.ReadFile(golden)
	require.NoError(t, err)
	require.Equal(t, string(want), string(got))
}
