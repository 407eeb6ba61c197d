package layout

import (
	"math"
	"slices"

	"github.com/asbuilt/asbuilt/internal/geometry"
)

const (
	// nearby is how far beside its box's border a route may end; attach moves the end onto the border.
	nearby = 3
	// graze is how deep a route may run into the corner of a card that it passes.
	graze = 3
	// winding is a route's length over the straight line's from where on it is looked at again, and shorter what is
	// left of it, at most, when another one is taken.
	winding, shorter = 1.3, 0.85
	// alike is how near to each other two lines seem one, in pixels, and together the part of a route's length for which
	// another one may be that near, more than the old one was.
	alike, together = 4, 0.05
)

// mend routes those edges again that dot led through a foreign card – with nested frames about one in
// twenty – or beside their own, or, in fresh pictures, far around, and then those that no place of a frame's title lets
// pass. Labels of mended edges are placed afterwards.
func mend(r geometry.Request, p *geometry.Plan, fresh bool) {
	before := slices.Clone(p.Edges)
	around := make([]bool, len(r.Edges)) // nothing else is wrong with it
	reroute(r, p, func(i int) bool {
		if strays(r, p, i) {
			return true
		}
		around[i] = fresh && winds(p.Edges[i].Points)
		return around[i]
	})
	unlessShorter(r, p, around, before)
	embrace(r, p)
	titles(r, p)
	reroute(r, p, func(i int) bool { return crossesTitle(p, i) })
}

// winds reports whether a route is much longer than a straight line: dot keeps edges in lanes that it reserved for them,
// even where those lead down and up again.
func winds(points []geometry.Point) bool {
	return long(walk(points)) > winding*distance(points[0], points[len(points)-1])
}

// unlessShorter puts routes back unless the new one is much shorter and nothing else is worse with it.
func unlessShorter(r geometry.Request, p *geometry.Plan, again []bool, before []geometry.Route) {
	if !slices.Contains(again, true) {
		return
	}
	all := net{}
	for i, e := range p.Edges {
		if again[i] {
			e = before[i]
		}
		all.add(i, walk(e.Points))
	}
	for i := range p.Edges {
		if !again[i] {
			continue
		}
		old, now := walk(before[i].Points), walk(p.Edges[i].Points)
		if long(now) > shorter*long(old) || strays(r, p, i) || company(all, now, i) > company(all, old, i)+together {
			p.Edges[i] = before[i]
			continue
		}
		all.add(i, now)
	}
}

// reroute routes those edges again with which something is wrong.
func reroute(r geometry.Request, p *geometry.Plan, wrong func(edge int) bool) {
	var astray []int
	for i, e := range r.Edges {
		if e.From != e.To && wrong(i) {
			astray = append(astray, i)
		}
	}
	if len(astray) > 0 {
		detour(r, p, astray)
	}
}

// company is the part of a line's points at which another line is so near that the two seem one.
func company(all net, line []geometry.Point, edge int) float64 {
	count := 0
	for _, at := range line {
		if all.count(grow(geometry.Rect{X: at.X, Y: at.Y}, alike), edge) > 0 {
			count++
		}
	}
	return float64(count) / float64(len(line))
}

// long is how long a line is.
func long(line []geometry.Point) float64 {
	way := lengths(line)
	return way[len(way)-1]
}

// strays reports whether a route ends beside its box or runs through another.
func strays(r geometry.Request, p *geometry.Plan, i int) bool {
	e, points := r.Edges[i], p.Edges[i].Points
	if offBorder(points[0], p.Nodes[e.From]) || offBorder(points[len(points)-1], p.Nodes[e.To]) {
		return true
	}
	line, extent := pieces(points), hull(points)
	for n, box := range p.Nodes {
		if n == e.From || n == e.To {
			continue
		}
		if box = grow(box, -graze); !overlap(extent, box, -clearance) {
			continue
		}
		for _, piece := range line {
			if from, to, ok := crossing(piece, box.Y, box.Y+box.H); ok && from < box.X+box.W && to > box.X {
				return true
			}
		}
	}
	return false
}

func offBorder(end geometry.Point, box geometry.Rect) bool {
	return distance(end, toBorder(box, end)) > nearby
}

// attach puts the ends of a route right on the borders of its boxes. A route that is nowhere near them
// becomes a straight line.
func attach(route *geometry.Route, from, to geometry.Rect) {
	first, last := &route.Points[0], &route.Points[len(route.Points)-1]
	if offBorder(*first, from) || offBorder(*last, to) {
		route.Points = straight(leave(from, to.Center()), leave(to, from.Center()))
		return
	}
	*first, *last = toBorder(from, *first), toBorder(to, *last)
}

// leave is where the line from a box's middle to a point crosses the border.
func leave(box geometry.Rect, toward geometry.Point) geometry.Point {
	c := box.Center()
	dx, dy := toward.X-c.X, toward.Y-c.Y
	t := 1.0
	if dx != 0 {
		t = min(t, box.W/2/math.Abs(dx))
	}
	if dy != 0 {
		t = min(t, box.H/2/math.Abs(dy))
	}
	return toBorder(box, along(c, toward, t))
}
