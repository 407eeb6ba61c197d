package layout

import (
	"fmt"
	"math"

	"github.com/asbuilt/asbuilt/internal/geometry"
)

// slack is what rounding may cost: the engine writes five digits.
const slack = 1

// finish makes the engine's plan exact: routes from border to border, labels clear of everything, the
// origin at the top left corner, two decimals.
func finish(r geometry.Request, p *geometry.Plan) {
	for i, e := range r.Edges {
		attach(&p.Edges[i], p.Nodes[e.From], p.Nodes[e.To])
	}
	labels(r, p)
	settle(p)
}

// frames widens frames to hold what stands in them with the padding that was asked for; the engine has
// done so but for rounding.
func frames(r geometry.Request, p *geometry.Plan) {
	for i, n := range r.Nodes {
		if n.Group >= 0 {
			widen(&p.Groups[n.Group], p.Nodes[i], r.Groups[n.Group].Title)
		}
	}
	for i := len(r.Groups) - 1; i >= 0; i-- { // a parent stands before its children
		if parent := r.Groups[i].Parent; parent >= 0 {
			widen(&p.Groups[parent], p.Groups[i], r.Groups[parent].Title)
		}
	}
}

func widen(frame *geometry.Rect, content geometry.Rect, title geometry.Size) {
	content = grow(content, framePad)
	content.Y -= title.H
	content.H += title.H
	*frame = union(*frame, content)
}

// check reports boxes that overlap. Frames hold their own content by construction.
func check(r geometry.Request, p *geometry.Plan) error {
	for i, a := range p.Nodes {
		for j, b := range p.Nodes[:i] {
			if overlap(a, b, slack) {
				return fmt.Errorf("n%d stands on n%d", i, j)
			}
		}
	}
	for g, frame := range p.Groups {
		for i, box := range p.Nodes {
			if overlap(frame, box, slack) && !within(r, r.Nodes[i].Group, g) {
				return fmt.Errorf("n%d stands in cluster%d", i, g)
			}
		}
		for h, other := range p.Groups[:g] {
			if overlap(frame, other, slack) && !within(r, g, h) {
				return fmt.Errorf("cluster%d stands on cluster%d", g, h)
			}
		}
	}
	return nil
}

// within reports whether a group is another one or stands in it.
func within(r geometry.Request, group, outer int) bool {
	for ; group >= 0; group = r.Groups[group].Parent {
		if group == outer {
			return true
		}
	}
	return false
}

// settle moves the origin to the corner of all that is drawn and rounds.
func settle(p *geometry.Plan) {
	all := extent(p)
	each(p, func(x, y *float64) {
		*x, *y = round(*x-all.X), round(*y-all.Y)
	})
	p.Size = geometry.Size{W: round(all.W), H: round(all.H)}
}

// extent is the box of all that is drawn.
func extent(p *geometry.Plan) geometry.Rect {
	all := p.Nodes[0]
	for _, boxes := range [][]geometry.Rect{p.Nodes, p.Groups} {
		for _, b := range boxes {
			all = union(all, b)
		}
	}
	for _, e := range p.Edges {
		for _, at := range walk(e.Points) {
			all = union(all, geometry.Rect{X: at.X, Y: at.Y})
		}
		if e.Label != (geometry.Rect{}) {
			all = union(all, e.Label)
		}
	}
	return all
}

// each visits every place of a plan; sizes are rounded, too.
func each(p *geometry.Plan, visit func(x, y *float64)) {
	box := func(r *geometry.Rect) {
		visit(&r.X, &r.Y)
		r.W, r.H = round(r.W), round(r.H)
	}
	for i := range p.Groups {
		box(&p.Groups[i])
	}
	for i, t := range p.Titles {
		if t != (geometry.Rect{}) {
			box(&p.Titles[i])
		}
	}
	for i := range p.Nodes {
		box(&p.Nodes[i])
	}
	for i := range p.Edges {
		for j := range p.Edges[i].Points {
			visit(&p.Edges[i].Points[j].X, &p.Edges[i].Points[j].Y)
		}
		if p.Edges[i].Label != (geometry.Rect{}) {
			box(&p.Edges[i].Label)
		}
	}
}

func round(v float64) float64 { return math.Round(v*100) / 100 }
