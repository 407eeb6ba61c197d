package layout

import (
	"github.com/asbuilt/asbuilt/internal/geometry"
)

const (
	aroundRoute = 10 // between a route and the frame around both its cards
	aroundLabel = 4
)

// embrace widens frames to hold the routes and labels between their cards, side by side as far as nothing foreign
// stands there. It is for the eye alone: no place depends on it.
func embrace(r geometry.Request, p *geometry.Plan) {
	for g := range r.Groups { // a parent stands before its children
		want := p.Groups[g]
		for i, e := range r.Edges {
			if !within(r, r.Nodes[e.From].Group, g) || !within(r, r.Nodes[e.To].Group, g) {
				continue
			}
			want = union(want, grow(hull(walk(p.Edges[i].Points)), aroundRoute))
			if label := p.Edges[i].Label; label != (geometry.Rect{}) {
				want = union(want, grow(label, aroundLabel))
			}
		}
		if parent := r.Groups[g].Parent; parent >= 0 {
			inner := grow(p.Groups[parent], -framePad)
			inner.Y += r.Groups[parent].Title.H
			inner.H -= r.Groups[parent].Title.H
			want = meet(want, inner)
		}
		for _, wider := range sides(p.Groups[g], want) {
			if at := union(p.Groups[g], wider); embraces(r, p, g, at) {
				p.Groups[g] = at
			}
		}
	}
}

// sides are a box widened to another one, one side each.
func sides(box, to geometry.Rect) [4]geometry.Rect {
	var out [4]geometry.Rect
	for i := range out {
		out[i] = box
	}
	out[0].W = max(box.W, to.X+to.W-box.X)
	out[1].H = max(box.H, to.Y+to.H-box.Y)
	if more := box.X - to.X; more > 0 {
		out[2].X, out[2].W = to.X, box.W+more
	}
	if more := box.Y - to.Y; more > 0 {
		out[3].Y, out[3].H = to.Y, box.H+more
	}
	return out
}

// meet is what two boxes share.
func meet(a, b geometry.Rect) geometry.Rect {
	x, y := max(a.X, b.X), max(a.Y, b.Y)
	return geometry.Rect{X: x, Y: y, W: min(a.X+a.W, b.X+b.W) - x, H: min(a.Y+a.H, b.Y+b.H) - y}
}

// embraces reports whether a frame can be that large: nothing foreign is near.
func embraces(r geometry.Request, p *geometry.Plan, group int, frame geometry.Rect) bool {
	for i, box := range p.Nodes {
		if !within(r, r.Nodes[i].Group, group) && overlap(frame, box, -aroundRoute) {
			return false
		}
	}
	for g, other := range p.Groups {
		if !within(r, g, group) && !within(r, group, g) && overlap(frame, other, -aroundRoute) {
			return false
		}
	}
	return true
}
