package layout

import (
	"cmp"
	"slices"

	"github.com/asbuilt/asbuilt/internal/geometry"
)

// holds reports whether any box holds a place.
func holds(r geometry.Request) bool {
	return slices.ContainsFunc(r.Nodes, func(n geometry.Box) bool { return n.Held != nil })
}

// untouched reports whether all boxes hold the places of one layout.
func untouched(r geometry.Request) bool {
	return !slices.ContainsFunc(r.Nodes, func(n geometry.Box) bool { return n.Held == nil || n.Held.Turn > 0 })
}

// agrees reports whether a plan has every box where it is held, and moves it there. Its origin says nothing: that goes by the
// routes, too.
func agrees(r geometry.Request, p *geometry.Plan) bool {
	by := geometry.Point{X: r.Nodes[0].Held.At.X - p.Nodes[0].X, Y: r.Nodes[0].Held.At.Y - p.Nodes[0].Y}
	for i, n := range r.Nodes {
		at := p.Nodes[i]
		at.X, at.Y = at.X+by.X, at.Y+by.Y
		if n.Held.At != at {
			return false
		}
	}
	if by != (geometry.Point{}) {
		each(p, func(x, y *float64) { *x, *y = round(*x+by.X), round(*y+by.Y) })
		p.Corner.X, p.Corner.Y = p.Corner.X+by.X, p.Corner.Y+by.Y
	}
	return true
}

// keep leaves everything that holds a place there, finds places for the rest, and routes all edges.
func keep(r geometry.Request) (geometry.Plan, error) {
	f := &field{r: r, boxes: make([]geometry.Rect, len(r.Nodes))}
	f.hold()
	f.resize()
	f.fill()
	return routed(f)
}

// hold puts boxes where they are held. Merged changes may have given one place to two: the one that came later gives
// way.
func (f *field) hold() {
	var order []int
	for i, n := range f.r.Nodes {
		if n.Held != nil {
			f.boxes[i] = n.Held.At
			order = append(order, i)
		}
	}
	if f.clash() == nil {
		return
	}
	if f.widen(); f.clash() == nil {
		return
	}
	f.room = nil
	clear(f.boxes)
	slices.SortStableFunc(order, func(a, b int) int {
		x, y := f.r.Nodes[a].Held, f.r.Nodes[b].Held
		if x.Changed != y.Changed {
			if x.Changed {
				return 1
			}
			return -1
		}
		return cmp.Compare(x.Turn, y.Turn)
	})
	for _, i := range order {
		f.boxes[i] = f.r.Nodes[i].Held.At
		if f.clash() != nil {
			f.boxes[i] = geometry.Rect{}
		}
	}
}

// resize gives cards the size that their words need now: to the right and downwards, where there is room, else what
// is beyond moves.
func (f *field) resize() {
	for i, n := range f.r.Nodes {
		old := f.boxes[i]
		now := geometry.Rect{X: old.X, Y: old.Y, W: n.Size.W, H: n.Size.H}
		if old == (geometry.Rect{}) || old == now {
			continue
		}
		if f.boxes[i] = now; f.clash() == nil {
			continue
		}
		f.boxes[i] = old
		if more := now.W - old.W; more > 0 {
			f.cut(across, old.X+old.W, more)
		}
		if more := now.H - old.H; more > 0 {
			f.cut(down, old.Y+old.H, more)
		}
		f.boxes[i] = now
		f.mark(n.Group)
	}
}

// routed is the plan of a field with all edges routed.
func routed(f *field) (geometry.Plan, error) {
	p, err := f.settled()
	if err != nil {
		return geometry.Plan{}, err
	}
	for i, e := range f.r.Edges {
		from, to := p.Nodes[e.From], p.Nodes[e.To]
		p.Edges[i].Points = straight(leave(from, to.Center()), leave(to, from.Center()))
		if e.From == e.To {
			p.Edges[i].Points = loop(from)
		}
	}
	titles(f.r, &p)
	reroute(f.r, &p, func(int) bool { return true })
	mend(f.r, &p, false)
	for i, e := range f.r.Edges {
		attach(&p.Edges[i], p.Nodes[e.From], p.Nodes[e.To])
	}
	labels(f.r, &p, true)
	embrace(f.r, &p)
	measure(&p)
	each(&p, func(x, y *float64) { *x, *y = round(*x), round(*y) })
	return p, nil
}

// loop is the way of an edge from a box to itself, at its right side.
func loop(box geometry.Rect) []geometry.Point {
	x, y := box.X+box.W, box.Y+box.H/2
	const out, apart = nodeGap * 0.7, 12
	return []geometry.Point{{X: x, Y: y - apart}, {X: x + out, Y: y - 2*apart}, {X: x + out, Y: y + 2*apart}, {X: x, Y: y + apart}}
}
