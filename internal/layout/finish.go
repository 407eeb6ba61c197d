package layout

import (
	"fmt"
	"math"

	"github.com/asbuilt/asbuilt/internal/geometry"
	"github.com/asbuilt/asbuilt/internal/sheet"
)

// slack is what rounding may cost: the engine writes five digits.
const slack = 1

// finish makes the engine's plan exact: routes from border to border, labels clear of everything, two decimals,
// the origin at the top left corner – but where boxes hold their places the corner is wherever it is.
func finish(r geometry.Request, p *geometry.Plan) {
	for i, e := range r.Edges {
		attach(&p.Edges[i], p.Nodes[e.From], p.Nodes[e.To])
	}
	labels(r, p, false)
	embrace(r, p)
	settle(p)
}

// check reports boxes that overlap. Frames hold their own content by construction.
func check(r geometry.Request, p *geometry.Plan) error {
	for i, a := range p.Nodes {
		if a == (geometry.Rect{}) { // it has no place yet
			continue
		}
		for j, b := range p.Nodes[:i] {
			if overlap(a, b, slack) {
				return fmt.Errorf("n%d stands on n%d", i, j)
			}
		}
	}
	for g, frame := range p.Groups {
		if frame == (geometry.Rect{}) { // nothing in it has
			continue
		}
		for i, box := range p.Nodes {
			if box != (geometry.Rect{}) && overlap(frame, box, slack) && !within(r, r.Nodes[i].Group, g) {
				return fmt.Errorf("n%d stands in cluster%d", i, g)
			}
		}
		for h, other := range p.Groups[:g] {
			if other != (geometry.Rect{}) && overlap(frame, other, slack) && !within(r, g, h) {
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

// settle moves the origin to the corner of all that is drawn and rounds. Cards stay on whole pixels.
func settle(p *geometry.Plan) {
	measure(p)
	corner := p.Corner
	each(p, func(x, y *float64) {
		*x, *y = round(*x-corner.X), round(*y-corner.Y)
	})
	p.Corner = geometry.Point{}
}

// measure sets where the drawing is and how large.
func measure(p *geometry.Plan) {
	all := extent(p)
	p.Corner = geometry.Point{X: math.Floor(all.X), Y: math.Floor(all.Y)}
	p.Size = geometry.Size{W: round(all.X + all.W - p.Corner.X), H: round(all.Y + all.H - p.Corner.Y)}
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
		if e.Number != (geometry.Point{}) {
			all = union(all, around(e.Number, geometry.Size{W: sheet.MarkSize, H: sheet.MarkSize}))
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
		if at := &p.Edges[i].Number; *at != (geometry.Point{}) {
			visit(&at.X, &at.Y)
		}
	}
}

func round(v float64) float64 { return math.Round(v*100) / 100 }
