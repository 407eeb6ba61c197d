package layout

import (
	"cmp"
	"slices"

	"github.com/asbuilt/asbuilt/internal/geometry"
)

const (
	titleLeft  = 16 // from a frame's left side to the words of its title
	titleTop   = 11 // from its top
	titleBelow = 8  // between a title and the cards, over the padding
	titleBerth = 4  // between a title's words and a route that passes them
	titleGraze = 2  // how near a route may come
)

// titles puts each title at the left of its frame, or as far to the right as there is a gap between the routes
// that cross the frame's top. Where there is none, it stays at the left.
func titles(r geometry.Request, p *geometry.Plan) {
	p.Titles = make([]geometry.Rect, len(r.Groups))
	for i, g := range r.Groups {
		if g.Title == (geometry.Size{}) {
			continue
		}
		frame := p.Groups[i]
		title := geometry.Rect{X: frame.X + titleLeft, Y: frame.Y + titleTop, W: g.Title.W, H: g.Title.H}
		if x, ok := gap(p, title, frame.X+frame.W-titleLeft); ok {
			title.X = x
		}
		p.Titles[i] = title
	}
}

// gap is the first x from a title's own on where no route crosses it, up to the right end of the room for it.
func gap(p *geometry.Plan, title geometry.Rect, right float64) (float64, bool) {
	band := grow(title, titleBerth)
	var crossed [][2]float64 // from, to
	for _, e := range p.Edges {
		for _, piece := range pieces(e.Points) {
			if from, to, ok := crossing(piece, band.Y, band.Y+band.H); ok {
				crossed = append(crossed, [2]float64{from - titleBerth, to + titleBerth})
			}
		}
	}
	slices.SortFunc(crossed, func(a, b [2]float64) int { return cmp.Compare(a[0], b[0]) })
	x := title.X
	for _, c := range crossed {
		if c[0] >= x+title.W {
			break
		}
		x = max(x, c[1])
	}
	return x, x+title.W <= right
}

// pieces are the straight pieces between the points of a route that are looked at.
func pieces(points []geometry.Point) [][2]geometry.Point {
	line := walk(points)
	out := make([][2]geometry.Point, 0, len(line))
	for i, at := range line[1:] {
		out = append(out, [2]geometry.Point{line[i], at})
	}
	return out
}

// crossing is from where to where a straight piece runs between two heights.
func crossing(piece [2]geometry.Point, top, bottom float64) (from, to float64, ok bool) {
	a, b := piece[0], piece[1]
	if a.Y > b.Y {
		a, b = b, a
	}
	if b.Y < top || a.Y > bottom {
		return 0, 0, false
	}
	if a.Y < top {
		a = along(a, b, (top-a.Y)/(b.Y-a.Y))
	}
	if b.Y > bottom {
		b = along(a, b, (bottom-a.Y)/(b.Y-a.Y))
	}
	return min(a.X, b.X), max(a.X, b.X), true
}

// crossesTitle reports whether a route runs behind the words of a title, or grazes them.
func crossesTitle(p *geometry.Plan, edge int) bool {
	for _, piece := range pieces(p.Edges[edge].Points) {
		for _, t := range p.Titles {
			if t == (geometry.Rect{}) {
				continue
			}
			t = grow(t, titleGraze)
			if from, to, ok := crossing(piece, t.Y, t.Y+t.H); ok && from < t.X+t.W && to > t.X {
				return true
			}
		}
	}
	return false
}
