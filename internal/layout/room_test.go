package layout_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/asbuilt/asbuilt/internal/geometry"
	"github.com/asbuilt/asbuilt/internal/layout"
)

// at is a card of 168 by 96 that holds a place.
func at(group int, x, y float64) geometry.Box {
	size := geometry.Size{W: 168, H: 96}
	return geometry.Box{Group: group, Size: size, Held: &geometry.Hold{At: geometry.Rect{X: x, Y: y, W: size.W, H: size.H}, Turn: 1}}
}

// fenced is a group of one card with others close on every side.
func fenced() geometry.Request {
	r := geometry.Request{Groups: []geometry.Frame{{Parent: -1, Title: geometry.Size{W: 60, H: 18}}}}
	for y := -2.0; y <= 2; y++ {
		for x := -2.0; x <= 2; x++ {
			group := -1
			if x == 0 && y == 0 {
				group = 0
			}
			r.Nodes = append(r.Nodes, at(group, x*248, y*210))
		}
	}
	r.Edges = []geometry.Link{{From: 12, To: 0}, {From: 12, To: 24}}
	return r
}

// Where nothing is free, all beyond the border moves one step in one direction, in order; nothing else moves.
func TestRoomIsMade(t *testing.T) {
	p := newPool(t, layout.Options{})
	for _, direction := range []string{"down", "right", "up", "left"} {
		r := fenced()
		r.Direction = direction
		r.Nodes = append(r.Nodes, geometry.Box{Group: 0, Size: geometry.Size{W: 168, H: 96}})
		r.Edges = append(r.Edges, geometry.Link{From: 12, To: 25})
		plan, err := p.Layout(t.Context(), r)
		require.NoError(t, err)
		requirePlan(t, r, shifted(plan))
		require.Equal(t, []int{0}, plan.Room)
		require.Equal(t, []int{25}, plan.Placed)
		steps := map[geometry.Point]int{}
		for i, n := range r.Nodes[:25] {
			by := geometry.Point{X: plan.Nodes[i].X - n.Held.At.X, Y: plan.Nodes[i].Y - n.Held.At.Y}
			beyond := n.Held.At.X > 168 || n.Held.At.Y > 96
			require.True(t, beyond || by == geometry.Point{}, "card %d moved by %v", i, by)
			steps[by]++
		}
		require.Len(t, steps, 2, "%s: %v", direction, steps)
		require.Equal(t, 15, steps[geometry.Point{}])
	}
}

// A card that grows grows into free room; where there is none, what is below moves down by as much.
func TestACardGrowsDownwards(t *testing.T) {
	p := newPool(t, layout.Options{})
	r := fenced()
	r.Nodes[12].Size.H += 40
	plan, err := p.Layout(t.Context(), r)
	require.NoError(t, err)
	requirePlan(t, r, shifted(plan))
	require.Empty(t, plan.Placed)
	require.Empty(t, plan.Room, "there were 210 - 96 pixels")
	r.Nodes[12].Size.H += 80
	plan, err = p.Layout(t.Context(), r)
	require.NoError(t, err)
	requirePlan(t, r, shifted(plan))
	require.Equal(t, []int{0}, plan.Room)
	for i, n := range r.Nodes {
		want := n.Held.At
		want.H = n.Size.H
		if n.Held.At.Y > 0 {
			want.Y += 120
		}
		require.Equal(t, want, plan.Nodes[i], "card %d", i)
	}
}

// Of two cards in one place the one that came later finds another, and so does one that now is in another group.
func TestTheLaterGivesWay(t *testing.T) {
	p := newPool(t, layout.Options{})
	r := fenced()
	later := at(-1, 30, 30)
	later.Held.Turn = 2
	r.Nodes = append([]geometry.Box{later}, r.Nodes...)
	r.Edges = nil
	plan, err := p.Layout(t.Context(), r)
	require.NoError(t, err)
	requirePlan(t, r, shifted(plan))
	require.Equal(t, []int{0}, plan.Placed)
	require.Empty(t, plan.Room)

	r = fenced()
	r.Nodes[0].Group, r.Nodes[0].Held.Changed, r.Nodes[0].Held.Turn = 0, true, 0
	plan, err = p.Layout(t.Context(), r)
	require.NoError(t, err)
	requirePlan(t, r, shifted(plan))
	require.Equal(t, []int{0}, plan.Placed)
}

// Whatever places a file names, a picture without overlaps comes of it, or an error.
func TestPlacesOfAStranger(t *testing.T) {
	p := newPool(t, layout.Options{})
	for name, spoil := range map[string]func(i int) geometry.Rect{
		"all in one": func(int) geometry.Rect { return geometry.Rect{W: 168, H: 96} },
		"at the edges": func(i int) geometry.Rect {
			return geometry.Rect{X: float64(i%2)*2e6 - 1e6, Y: float64(i%3)*1e6 - 1e6, W: 168, H: 96}
		},
		"of no size": func(i int) geometry.Rect { return geometry.Rect{X: float64(i), W: 1, H: 1} },
		"giants":     func(i int) geometry.Rect { return geometry.Rect{X: float64(300 * i), W: 10_000, H: 10_000} },
	} {
		r := fenced()
		for i := range r.Nodes {
			r.Nodes[i].Held.At = spoil(i)
		}
		plan, err := p.Layout(t.Context(), r)
		require.NoError(t, err, name)
		requirePlan(t, r, shifted(plan))
	}
}
