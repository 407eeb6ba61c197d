package layout

import (
	"cmp"
	"math"
	"slices"

	"github.com/asbuilt/asbuilt/internal/geometry"
)

// What a place costs beyond its distance from the neighbours, in pixels of that distance.
const (
	tightGap  = 20  // the least room between cards
	clearGap  = 18  // between a card or a frame and a foreign frame
	upstream  = 800 // the neighbour is on the wrong side of it
	growth    = 200 // its frame must grow
	wordless  = 150 // there is no room for the words of its edges
	closeness = 600 // it stands nearer to others than cards of a layout do
	inTheWay  = 90  // an edge between two others runs there
	anchors   = 24  // how many boxes a place may be in line with
	blocked   = 300 // a card stands between it and a neighbour
	finalists = 150 // places of which the edges and cards in the way are counted
)

// fill finds places for the boxes that have none, those with the most neighbours first.
func (f *field) fill() {
	for {
		next, most := -1, -1
		for i, box := range f.boxes {
			if box == (geometry.Rect{}) {
				if n := len(f.neighbours(i)); n > most {
					next, most = i, n
				}
			}
		}
		if next < 0 {
			return
		}
		f.fresh = append(f.fresh, next)
		if f.boxes[next] = f.spot(next); f.boxes[next] == (geometry.Rect{}) {
			f.makeRoom(next)
		}
	}
}

// neighbours are the boxes that stand at the other ends of a box's edges.
func (f *field) neighbours(n int) []int {
	var out []int
	for _, e := range f.r.Edges {
		other := e.To
		if e.To == n {
			other = e.From
		}
		if (e.From == n || e.To == n) && other != n && f.boxes[other] != (geometry.Rect{}) {
			out = append(out, other)
		}
	}
	return out
}

// place is a possible place for a box.
type spot struct {
	at   geometry.Rect
	cost float64
}

// spot is the best place for a box where nothing else has to move; the zero box when there is none.
func (f *field) spot(n int) geometry.Rect {
	s := newSearch(f, n)
	var found []spot
	for i, gaps := range [...]geometry.Size{s.worded(), s.gaps, {W: tightGap, H: tightGap}} {
		rows := s.along(down, gaps)
		for _, x := range s.along(across, gaps) {
			for _, y := range rows {
				at := geometry.Rect{X: x, Y: y, W: s.size.W, H: s.size.H}
				if grown, ok := s.fits(at, gaps); ok {
					cost := s.cost(at) + grown + [...]float64{0, wordless, closeness}[i]
					found = append(found, spot{at, cost})
				}
			}
		}
	}
	cheaper := func(a, b spot) int {
		return cmp.Or(cmp.Compare(a.cost, b.cost), cmp.Compare(a.at.Y, b.at.Y), cmp.Compare(a.at.X, b.at.X))
	}
	slices.SortFunc(found, cheaper)
	best := found[:min(len(found), finalists)]
	for i := range best {
		best[i].cost += float64(s.edgesAt(best[i].at)*inTheWay + s.cardsBefore(best[i].at)*blocked)
	}
	slices.SortFunc(best, cheaper)
	for _, c := range best {
		if f.boxes[n] = c.at; f.clash() == nil {
			return c.at
		}
	}
	f.boxes[n] = geometry.Rect{}
	return geometry.Rect{}
}

// search is what is known of a box while its place is looked for.
type search struct {
	f          *field
	n          int
	size       geometry.Size
	gaps       geometry.Size // to other cards, as a layout leaves them
	cards      *fences
	frames     []geometry.Rect
	chain      []int // the frames around the box, from the inside out
	neighbours []int
	links      []geometry.Link // to them
	target     geometry.Point  // where it would like to be
	anchors    []geometry.Rect
	whole      geometry.Rect // all that stands
}

func newSearch(f *field, n int) *search {
	s := &search{f: f, n: n, size: f.r.Nodes[n].Size, cards: fence(f.boxes, 0), frames: frames(f.r, f.boxes), neighbours: f.neighbours(n)}
	s.gaps = geometry.Size{W: nodeGap, H: rankGap}
	if way, _ := courses(f.r.Direction); way.rankdir == "LR" {
		s.gaps = geometry.Size{W: rankGap, H: nodeGap}
	}
	for g := f.r.Nodes[n].Group; g >= 0; g = f.r.Groups[g].Parent {
		s.chain = append(s.chain, g)
	}
	for _, boxes := range [][]geometry.Rect{f.boxes, s.frames} {
		for _, box := range boxes {
			switch {
			case box == (geometry.Rect{}):
			case s.whole == (geometry.Rect{}):
				s.whole = box
			default:
				s.whole = union(s.whole, box)
			}
		}
	}
	for _, e := range f.r.Edges {
		if e.From == n && slices.Contains(s.neighbours, e.To) || e.To == n && slices.Contains(s.neighbours, e.From) {
			s.links = append(s.links, e)
		}
	}
	s.target = s.aim()
	s.anchor()
	return s
}

// worded are gaps that leave room for the labels of the box's edges, in the direction of the edges.
func (s *search) worded() geometry.Size {
	out := s.gaps
	way, _ := courses(s.f.r.Direction)
	for _, e := range s.f.r.Edges {
		switch {
		case e.From != s.n && e.To != s.n || e.Label == (geometry.Size{}):
		case way.rankdir == "LR":
			out.W = max(out.W, math.Ceil(e.Label.W)+4*arrow)
		default:
			out.H = max(out.H, math.Ceil(e.Label.H)+4*arrow)
		}
	}
	return out
}

// aim is the middle of the neighbours; without any, of the innermost frame that stands.
func (s *search) aim() geometry.Point {
	var sum geometry.Point
	for _, i := range s.neighbours {
		c := s.f.boxes[i].Center()
		sum.X, sum.Y = sum.X+c.X, sum.Y+c.Y
	}
	if n := float64(len(s.neighbours)); n > 0 {
		return geometry.Point{X: sum.X / n, Y: sum.Y / n}
	}
	for _, g := range s.chain {
		if s.frames[g] != (geometry.Rect{}) {
			return s.frames[g].Center()
		}
	}
	return s.whole.Center()
}

// anchor collects the boxes with which a place may be in line: those near the target, and always what is around.
func (s *search) anchor() {
	for _, boxes := range [][]geometry.Rect{s.f.boxes, s.frames, s.f.r.Vacant} {
		for _, box := range boxes {
			if box != (geometry.Rect{}) {
				s.anchors = append(s.anchors, box)
			}
		}
	}
	reach := func(r geometry.Rect) float64 {
		c := r.Center()
		return math.Abs(c.X-s.target.X) + math.Abs(c.Y-s.target.Y)
	}
	slices.SortStableFunc(s.anchors, func(a, b geometry.Rect) int { return cmp.Compare(reach(a), reach(b)) })
	s.anchors = s.anchors[:min(len(s.anchors), anchors)]
	for _, g := range s.chain {
		if c := s.f.content(g); c != (geometry.Rect{}) {
			s.anchors = append(s.anchors, c, grow(s.frames[g], clearGap))
		}
	}
	s.anchors = append(s.anchors, s.whole)
}

// along lists the coordinates of places in line with the anchors or beside them.
func (s *search) along(a axis, gaps geometry.Size) []float64 {
	size, gap := a.length(geometry.Rect{W: s.size.W, H: s.size.H}), a.length(geometry.Rect{W: gaps.W, H: gaps.H})
	var out []float64
	for _, b := range s.anchors {
		start, end := a.start(b), a.end(b)
		out = append(out, start, end-size, math.Round((start+end-size)/2), end+gap, start-gap-size)
		out = append(out, end+gap+framePad, start-gap-framePad-size)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// fits reports whether a box can stand somewhere, and what the growth of frames that it takes costs.
func (s *search) fits(at geometry.Rect, gaps geometry.Size) (grown float64, ok bool) {
	wide := geometry.Rect{X: at.X - gaps.W, Y: at.Y - gaps.H, W: at.W + 2*gaps.W, H: at.H + 2*gaps.H}
	if s.cards.holds(wide, func(int) bool { return true }) || s.meetsFrame(at, -1) {
		return 0, false
	}
	inner := at
	for _, g := range s.chain {
		frame, old := padded(s.f.r, g, inner), s.frames[g]
		if old != (geometry.Rect{}) {
			frame = union(old, frame)
		}
		frame.W = max(frame.W, titled(s.f.r, g))
		if frame != old {
			if s.meetsFrame(frame, g) || s.meetsCard(frame, g) {
				return 0, false
			}
			grown += growth + float64((frame.W+frame.H-old.W-old.H)*0.2)
		}
		inner = frame
	}
	if all := union(s.whole, inner); all != s.whole {
		grown += float64((all.W + all.H - s.whole.W - s.whole.H) * 0.5)
		if len(s.chain) == 0 {
			grown += growth
		}
	}
	return grown, true
}

// meetsFrame reports whether the box's card – group is -1 – or one of its frames would touch a foreign frame.
func (s *search) meetsFrame(at geometry.Rect, group int) bool {
	for g, frame := range s.frames {
		if overlap(at, frame, -clearGap) && frame != (geometry.Rect{}) && !slices.Contains(s.chain, g) && (group < 0 || !within(s.f.r, g, group)) {
			return true
		}
	}
	return false
}

// meetsCard reports whether a frame of the box would touch a card that is not its own.
func (s *search) meetsCard(frame geometry.Rect, group int) bool {
	return s.cards.holds(grow(frame, clearGap), func(card int) bool { return !within(s.f.r, s.f.r.Nodes[card].Group, group) })
}

// cost is how far a place is from the neighbours, and on their wrong side; without neighbours, how far from the target.
func (s *search) cost(at geometry.Rect) float64 {
	c := at.Center()
	if len(s.neighbours) == 0 {
		return math.Abs(c.X-s.target.X) + math.Abs(c.Y-s.target.Y)
	}
	sum := 0.0
	for _, e := range s.links {
		from, to := at, at
		if e.From != s.n {
			from = s.f.boxes[e.From]
		}
		if e.To != s.n {
			to = s.f.boxes[e.To]
		}
		a, b := from.Center(), to.Center()
		sum += math.Abs(a.X-b.X) + math.Abs(a.Y-b.Y)
		if !s.follows(from, to) {
			sum += upstream
		}
	}
	return sum / float64(len(s.neighbours))
}

// follows reports whether one box is downstream of another.
func (s *search) follows(from, to geometry.Rect) bool {
	way, _ := courses(s.f.r.Direction)
	if way.turned {
		from, to = to, from
	}
	a := down
	if way.rankdir == "LR" {
		a = across
	}
	return a.start(to) >= a.end(from)
}

// edgesAt counts the edges between other boxes whose straight way runs through a place.
func (s *search) edgesAt(at geometry.Rect) int {
	count := 0
	for _, e := range s.f.r.Edges {
		from, to := s.f.boxes[e.From], s.f.boxes[e.To]
		if e.From == s.n || e.To == s.n || from == (geometry.Rect{}) || to == (geometry.Rect{}) {
			continue
		}
		line := [2]geometry.Point{from.Center(), to.Center()}
		if left, right, ok := crossing(line, at.Y, at.Y+at.H); ok && left < at.X+at.W && right > at.X {
			count++
		}
	}
	return count
}

// cardsBefore counts the cards on the straight ways from a place to the neighbours.
func (s *search) cardsBefore(at geometry.Rect) int {
	count := 0
	for _, n := range s.neighbours {
		line := [2]geometry.Point{at.Center(), s.f.boxes[n].Center()}
		for i, box := range s.f.boxes {
			if i == n || i == s.n || box == (geometry.Rect{}) {
				continue
			}
			if left, right, ok := crossing(line, box.Y, box.Y+box.H); ok && left < box.X+box.W && right > box.X {
				count++
			}
		}
	}
	return count
}

// makeRoom puts a box beside what stands in its frame and moves all that lies beyond one step: to the right or
// down, whichever moves less.
func (f *field) makeRoom(n int) {
	group := f.r.Nodes[n].Group
	at := geometry.Rect{W: f.r.Nodes[n].Size.W, H: f.r.Nodes[n].Size.H}
	whole := at // the box with the frames that are new around it
	for ; group >= 0 && f.content(group) == (geometry.Rect{}); group = f.r.Groups[group].Parent {
		whole = padded(f.r, group, whole)
		whole.W = max(whole.W, titled(f.r, group))
	}
	content := f.content(group)
	a := across
	if f.beyond(down, content) < f.beyond(across, content) {
		a = down
	}
	other := down - a
	f.cut(a, a.end(content), a.length(whole)+nodeGap)
	if more := other.length(whole) - other.length(content); more > 0 {
		f.cut(other, other.end(content), more)
	}
	shift := geometry.Point{X: content.X - whole.X, Y: content.Y - whole.Y}
	if a == across {
		shift.X += content.W + nodeGap
	} else {
		shift.Y += content.H + nodeGap
	}
	f.boxes[n] = geometry.Rect{X: at.X + shift.X, Y: at.Y + shift.Y, W: at.W, H: at.H}
	f.mark(group)
}

// beyond counts what would move.
func (f *field) beyond(a axis, content geometry.Rect) int {
	count := 0
	for _, box := range f.boxes {
		if box != (geometry.Rect{}) && a.start(box) >= a.end(content) {
			count++
		}
	}
	return count
}
