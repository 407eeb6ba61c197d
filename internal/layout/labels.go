package layout

import (
	"cmp"
	"math"
	"slices"

	"github.com/asbuilt/asbuilt/internal/geometry"
	"github.com/asbuilt/asbuilt/internal/sheet"
)

const (
	clearance     = 1  // pixels between a label and whatever it must not touch, at least
	berthOfLabels = 3  // pixels between a label and the line beside which it is put
	furtherBerth  = 10 // where it would be in the way there
	perCurve      = 16 // points of a curve that are looked at, at least
	mostPerCurve  = 96
	perStep       = 40 // pixels between two of them, where the curve is long
	perLabel      = 12 // pixels between two places along a line that are weighed for its label, at least
	mostPlaces    = 24 // of them
)

// What is wrong with a place of a label, in one currency.
const (
	onForeignLine  = 120 // it hides a foreign line, and seems to be that line's
	nearForeign    = 60  // a foreign line is about as near as its own
	onOwnEnd       = 80  // it hides where its own line begins or ends
	onFrame        = 30  // it hides a piece of a frame
	onOwnLine      = 16  // it cuts its own line in two
	perPixelOff    = 1.5 // for each pixel between it and its own line
	atLineEnd      = 40  // at the end of its line; nothing in the middle, and in proportion between
	crowdedByCards = 8   // a card or another label is right beside it
)

const (
	foreignBerth = 8 // pixels around a label in which a foreign line seems to be its own
	cardBerth    = 5 // pixels around a label in which a card crowds it
)

// labels gives every label the best place that the routes leave: beside its own line near the middle, away from foreign
// lines, cards and frames – the engine's own room is one place among others. No label touches a card, a frame's title,
// the head of an arrow or another label. Where cards hold their places there may be no room near its line, or none where it hides
// no foreign one, whose it would seem to be: strictly, such a label gets none, and the painter puts a number there.
func labels(r geometry.Request, p *geometry.Plan, strictly bool) {
	l := labeller{p: p, walls: slices.Clone(p.Nodes)}
	for _, t := range p.Titles {
		if t != (geometry.Rect{}) {
			l.walls = append(l.walls, grow(t, titleTop))
		}
	}
	for _, e := range p.Edges {
		l.lines = append(l.lines, walk(e.Points))
		l.walls = append(l.walls, headOf(e.Points))
	}
	l.net = spread(l.lines)
	places := make([][]place, len(r.Edges))
	var order []int
	for i, e := range r.Edges {
		if e.Label != (geometry.Size{}) {
			places[i] = l.places(i, e.Label)
			if strictly {
				places[i] = slices.DeleteFunc(places[i], func(p place) bool { return l.hides(p.box, i) })
			}
			order = append(order, i)
		}
	}
	// Whoever has little choice chooses first; then everybody looks again, now that all have a place.
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(good(places[a]), good(places[b])) })
	for _, i := range order {
		p.Edges[i].Label = geometry.Rect{}
	}
	for range 3 {
		for _, i := range order {
			p.Edges[i].Label = l.choose(i, places[i])
		}
	}
	for _, i := range order {
		if p.Edges[i].Label != (geometry.Rect{}) {
			continue
		}
		taken := append(slices.Clone(l.walls), l.others(i)...)
		box, ok := near(p.Edges[i].Points, r.Edges[i].Label, taken)
		switch {
		case strictly && l.hides(box, i):
			box = geometry.Rect{}
		case !strictly && !ok:
			box = far(p.Edges[i].Points, r.Edges[i].Label, taken)
		}
		p.Edges[i].Label = box
	}
	for _, i := range order {
		if p.Edges[i].Label == (geometry.Rect{}) {
			mark := l.markOf(i)
			p.Edges[i].Number = mark.Center()
			l.walls = append(l.walls, mark)
		}
	}
}

// headOf is the room of an arrow's head at the end of its line.
func headOf(points []geometry.Point) geometry.Rect {
	tip := points[len(points)-1]
	middle := tip
	for i := len(points) - 2; i >= 0 && middle == tip; i-- {
		if long := distance(points[i], tip); long > 0 {
			middle = along(tip, points[i], min(arrow/2/long, 1))
		}
	}
	return grow(geometry.Rect{X: middle.X, Y: middle.Y}, arrow/2)
}

// markOf finds room for the number that stands for the label of an edge: on its line, where no other line runs, the nearer to the
// middle the better; else on it, else beside it.
func (l labeller) markOf(edge int) geometry.Rect {
	points, size := l.p.Edges[edge].Points, geometry.Size{W: sheet.MarkSize, H: sheet.MarkSize}
	taken := append(slices.Clone(l.walls), l.others(edge)...)
	line := l.lines[edge]
	var second geometry.Rect
	for _, i := range fromMiddle(line) {
		box := around(line[i], size)
		switch {
		case !free(box, taken):
		case l.net.count(box, edge) == 0:
			return box
		case second == (geometry.Rect{}):
			second = box
		}
	}
	if second != (geometry.Rect{}) {
		return second
	}
	if box, ok := near(points, size, taken); ok {
		return box
	}
	return far(points, size, taken)
}

// labeller weighs places of labels.
type labeller struct {
	p     *geometry.Plan
	walls []geometry.Rect    // cards, titles and the heads of arrows
	lines [][]geometry.Point // of each edge
	net   net
}

// place is where a label may be, and what is wrong with it; the labels of others aside.
type place struct {
	box   geometry.Rect
	wrong float64
}

// hides reports whether the words of a label of an edge would stand on a foreign line.
func (l labeller) hides(box geometry.Rect, edge int) bool {
	return l.net.count(grow(box, -berthOfLabels), edge) > 0
}

// good counts the places with which little is wrong.
func good(places []place) int {
	n, _ := slices.BinarySearchFunc(places, float64(nearForeign), func(p place, limit float64) int { return cmp.Compare(p.wrong, limit) })
	return n
}

// choose is the best place of a label that no other label takes; the zero box where there is none.
func (l labeller) choose(edge int, places []place) geometry.Rect {
	others := l.others(edge)
	best := place{wrong: math.Inf(1)}
	for _, at := range places {
		if at.wrong >= best.wrong {
			break
		}
		if !free(at.box, others) {
			continue
		}
		if !free(grow(at.box, cardBerth), others) {
			at.wrong += crowdedByCards
		}
		if at.wrong < best.wrong {
			best = at
		}
	}
	return best.box
}

// others are the labels of all edges but one.
func (l labeller) others(edge int) []geometry.Rect {
	var out []geometry.Rect
	for i, e := range l.p.Edges {
		if i != edge && e.Label != (geometry.Rect{}) {
			out = append(out, e.Label)
		}
	}
	return out
}

// places are where the label of an edge may be, the best first.
func (l labeller) places(edge int, size geometry.Size) []place {
	route := l.p.Edges[edge]
	around := grow(hull(route.Points), max(size.W, size.H)+2*foreignBerth)
	if route.Label != (geometry.Rect{}) {
		around = union(around, grow(route.Label, foreignBerth))
	}
	near := labeller{p: l.p, lines: l.lines, net: l.net}
	for _, wall := range l.walls {
		if overlap(wall, around, 0) {
			near.walls = append(near.walls, wall)
		}
	}
	var out []place
	weigh := func(box geometry.Rect, more float64) {
		if free(box, near.walls) {
			out = append(out, place{box, more + near.wrong(box, edge)})
		}
	}
	way := walk(route.Points)
	stops := stopsOf(way)
	for _, at := range stops {
		for side, box := range beside(way, at.index, size, berthOfLabels) {
			more := at.off + float64(side)/2 // above and right, where nothing else decides
			if side == 2 {
				more = at.off + onOwnLine
			}
			weigh(box, more)
		}
	}
	if route.Label != (geometry.Rect{}) {
		weigh(route.Label, float64(max(fromLine(way, route.Label)-berthOfLabels, 0)*perPixelOff))
	}
	if !slices.ContainsFunc(out, func(p place) bool { return p.wrong < nearForeign }) {
		for _, at := range stops {
			sides := beside(way, at.index, size, furtherBerth)
			for _, box := range sides[:2] {
				weigh(box, at.off+(furtherBerth-berthOfLabels)*perPixelOff)
			}
		}
	}
	slices.SortStableFunc(out, func(a, b place) int { return cmp.Compare(a.wrong, b.wrong) })
	return out
}

// stop is a point of a line at which a label may be.
type stop struct {
	index int
	off   float64 // what is wrong with its being away from the middle
}

// stopsOf are stops at even distances, without the line's ends.
func stopsOf(way []geometry.Point) []stop {
	long := lengths(way)
	all := long[len(long)-1]
	steps := min(max(int(all/perLabel), 2), mostPlaces)
	var out []stop
	for step := 1; step < steps; step++ {
		part := float64(step) / float64(steps)
		i, _ := slices.BinarySearch(long, float64(all*part))
		out = append(out, stop{i, float64(math.Abs(part-0.5) * 2 * atLineEnd)})
	}
	return out
}

// wrong is what foreign lines, frames, cards and the ends of its own line cost a place of the label of an edge.
func (l labeller) wrong(box geometry.Rect, edge int) float64 {
	cost := float64(l.net.count(grow(box, foreignBerth), edge) * nearForeign)
	cost += float64(l.net.count(grow(box, clearance), edge) * (onForeignLine - nearForeign))
	for _, frame := range l.p.Groups {
		if overlap(frame, grow(box, clearance), 0) && meet(frame, grow(box, clearance)) != grow(box, clearance) {
			cost += onFrame
		}
	}
	if !free(grow(box, cardBerth), l.walls) {
		cost += crowdedByCards
	}
	own := l.lines[edge]
	for _, end := range [2]geometry.Point{own[0], own[len(own)-1]} {
		if overlap(grow(box, arrow), geometry.Rect{X: end.X, Y: end.Y}, -clearance) {
			cost += onOwnEnd
		}
	}
	return cost
}

// fromLine is how far a box is from the nearest of a line's points.
func fromLine(line []geometry.Point, box geometry.Rect) float64 {
	nearest := math.Inf(1)
	for _, at := range line {
		dx, dy := max(box.X-at.X, at.X-box.X-box.W, 0), max(box.Y-at.Y, at.Y-box.Y-box.H, 0)
		nearest = min(nearest, float64(dx*dx)+float64(dy*dy))
	}
	return math.Sqrt(nearest)
}

func free(label geometry.Rect, placed []geometry.Rect) bool {
	for _, other := range placed {
		if overlap(label, other, -clearance) {
			return false
		}
	}
	return true
}

// near finds room for a label beside its line or on it, the nearer to the middle the better, for a label to which
// no weighed place was left.
func near(points []geometry.Point, size geometry.Size, placed []geometry.Rect) (geometry.Rect, bool) {
	line := walk(points)
	for _, i := range fromMiddle(line) {
		for _, box := range beside(line, i, size, berthOfLabels) {
			if free(box, placed) {
				return box, true
			}
		}
	}
	return geometry.Rect{}, false
}

// beside are the places of a label at a point of its line: above or right of it, below or left, on it.
func beside(line []geometry.Point, i int, size geometry.Size, berth float64) [3]geometry.Rect {
	from, to := line[max(i-1, 0)], line[min(i+1, len(line)-1)]
	length := distance(from, to)
	if length == 0 {
		length = 1
	}
	normal := geometry.Point{X: (to.Y - from.Y) / length, Y: (from.X - to.X) / length}
	upright := math.Abs(normal.X) > math.Abs(normal.Y)
	if upright && normal.X < 0 || !upright && normal.Y > 0 {
		normal = geometry.Point{X: -normal.X, Y: -normal.Y}
	}
	off := float64(math.Abs(normal.X)*size.W/2) + float64(math.Abs(normal.Y)*size.H/2) + berth
	at := func(by float64) geometry.Rect {
		return around(geometry.Point{X: line[i].X + float64(normal.X*by), Y: line[i].Y + float64(normal.Y*by)}, size)
	}
	return [3]geometry.Rect{at(off), at(-off), at(0)}
}

// hull is a box around a route.
func hull(points []geometry.Point) geometry.Rect {
	all := geometry.Rect{X: points[0].X, Y: points[0].Y}
	for _, at := range points[1:] {
		all = union(all, geometry.Rect{X: at.X, Y: at.Y})
	}
	return all
}

// far finds room for a label on a ring around the middle of its line, the narrower the better. Far enough out
// there is always room.
func far(points []geometry.Point, size geometry.Size, placed []geometry.Rect) geometry.Rect {
	line := walk(points)
	middle := line[fromMiddle(line)[0]]
	dx, dy := size.W/2+berthOfLabels, size.H/2+berthOfLabels
	for ring := 1.0; ; ring++ {
		for _, way := range [...]geometry.Point{{X: 1}, {X: -1}, {Y: -1}, {Y: 1}, {X: 1, Y: -1}, {X: 1, Y: 1}, {X: -1, Y: 1}, {X: -1, Y: -1}} {
			at := geometry.Point{X: middle.X + float64(way.X*ring*dx), Y: middle.Y + float64(way.Y*ring*dy)}
			if box := around(at, size); free(box, placed) {
				return box
			}
		}
	}
}

// fromMiddle orders the points of a line, by index, by how far along the line they are from its middle.
func fromMiddle(line []geometry.Point) []int {
	way := lengths(line)
	order := make([]int, len(line))
	for i := range order {
		order[i] = i
	}
	half := way[len(way)-1] / 2
	slices.SortStableFunc(order, func(a, b int) int {
		return cmp.Compare(math.Abs(way[a]-half), math.Abs(way[b]-half))
	})
	return order
}

// lengths is how far along a line each of its points is.
func lengths(line []geometry.Point) []float64 {
	way := make([]float64, len(line))
	for i := 1; i < len(line); i++ {
		way[i] = way[i-1] + distance(line[i-1], line[i])
	}
	return way
}

// walk is points along a route, near enough to each other that no card slips between two.
func walk(points []geometry.Point) []geometry.Point {
	line := make([]geometry.Point, 0, len(points)/3*perCurve+1)
	for i := 0; i+3 < len(points); i += 3 {
		curve := points[i : i+4]
		extent := hull(curve)
		steps := min(max(perCurve, int((extent.W+extent.H)/perStep)), mostPerCurve)
		for step := range steps {
			line = append(line, bezier(curve, float64(step)/float64(steps)))
		}
	}
	return append(line, points[len(points)-1])
}
