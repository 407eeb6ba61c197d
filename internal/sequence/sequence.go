// Package sequence lays out sequences: a typeset sheet.Sheet with steps becomes a geometry.Plan. Lifelines are
// columns, as far apart as the words between them need; steps are rows, each under the one before.
package sequence

import (
	"github.com/asbuilt/asbuilt/internal/geometry"
	"github.com/asbuilt/asbuilt/internal/sheet"
	"github.com/asbuilt/asbuilt/pkg/diagram"
)

const (
	headGap    = 24.0 // between the heads of lifelines
	arrowRoom  = 26.0 // on each side of a message's words: a number at one end, an arrow head at the other
	numberHalf = 12.0 // half the width of a message's number
	loopWidth  = 36.0 // of a message to itself
	loopHeight = 18.0
	loopGap    = 4.0
	firstGap   = 14.0 // under the heads
	rowGap     = 10.0 // between steps
	lineGap    = 3.0  // between a message's words and its line
	noteOver   = 30.0 // how far a note reaches over its outer lifelines
	framePad   = 14.0 // between a fragment and what is in it
	frameGap   = 6.0  // under a fragment, besides
	titleGap   = 8.0  // between a fragment's word and its title
	footGap    = 18.0
)

// Layout finds a place for everything.
func Layout(s *sheet.Sheet) geometry.Plan {
	p := &plan{sheet: s, inside: map[int][]int{}}
	for i, step := range s.Steps {
		p.inside[step.Parent] = append(p.inside[step.Parent], i)
	}
	p.x = columns(s)
	p.Edges = make([]geometry.Route, len(s.Labels))
	p.Steps = make([]geometry.Part, len(s.Steps))
	all := span{}
	for i, c := range s.Cards {
		p.Nodes = append(p.Nodes, geometry.Rect{X: p.x[i] - c.Size.W/2, W: c.Size.W, H: c.Size.H})
		all.add(p.x[i]-c.Size.W/2, p.x[i]+c.Size.W/2)
		p.y = max(p.y, c.Size.H)
	}
	p.y += firstGap
	drawn := p.rows(-1)
	all.join(drawn)
	p.Foot = p.y + footGap
	p.Corner = geometry.Point{X: floor(all.from)}
	p.Size = geometry.Size{W: -floor(-all.to) - p.Corner.X, H: p.Foot}
	return p.Plan
}

// plan is a layout under way: y is where the next row begins.
type plan struct {
	geometry.Plan
	sheet  *sheet.Sheet
	inside map[int][]int // the steps in a fragment, -1 for those in none
	x      []float64     // of the lifelines
	y      float64
}

// rows places the steps in a fragment and returns how far they reach.
func (p *plan) rows(parent int) span {
	var all span
	for _, i := range p.inside[parent] {
		switch step := p.sheet.Steps[i]; step.Kind {
		case diagram.StepMessage:
			all.join(p.message(step.Edge))
		case diagram.StepNote:
			all.join(p.note(i))
		case diagram.StepElse, diagram.StepBranch:
			all.join(p.section(i))
		default:
			all.join(p.fragment(i))
		}
	}
	return all
}

func (p *plan) message(edge int) span {
	l := p.sheet.Labels[edge]
	from, to := p.x[l.From], p.x[l.To]
	p.y += rowGap
	if l.From == l.To {
		return p.self(edge)
	}
	height := max(l.Size.H, 10)
	r := &p.Edges[edge]
	if l.Size.H > 0 {
		r.Label = geometry.Rect{X: (from+to)/2 - l.Size.W/2, Y: p.y + height - l.Size.H, W: l.Size.W, H: l.Size.H}
	}
	p.y += height + lineGap
	r.Points = straight(nil, geometry.Point{X: from, Y: p.y}, geometry.Point{X: to, Y: p.y})
	p.y += lineGap
	return newSpan(min(from, to)-numberHalf, max(from, to)+numberHalf)
}

// self places a message to its own sender: out, down and back, the words beside it.
func (p *plan) self(edge int) span {
	l := p.sheet.Labels[edge]
	p.y += loopGap // its number stands at its top
	x, height := p.x[l.From], max(l.Size.H, loopHeight)
	top := p.y + floor((height-loopHeight)/2)
	r := &p.Edges[edge]
	out, down := geometry.Point{X: x + loopWidth, Y: top}, geometry.Point{X: x + loopWidth, Y: top + loopHeight}
	r.Points = straight(nil, geometry.Point{X: x, Y: top}, out)
	r.Points = straight(r.Points, out, down)
	r.Points = straight(r.Points, down, geometry.Point{X: x, Y: top + loopHeight})
	right := x + loopWidth
	if l.Size.H > 0 {
		r.Label = geometry.Rect{X: right + loopGap, Y: p.y + floor((height-l.Size.H)/2), W: l.Size.W, H: l.Size.H}
		right += loopGap + l.Size.W
	}
	p.y += height + lineGap
	return newSpan(x-numberHalf, right)
}

func (p *plan) note(i int) span {
	step := p.sheet.Steps[i]
	first, last := p.x[step.Nodes[0]], p.x[step.Nodes[len(step.Nodes)-1]]
	width := step.Size.W
	if last > first {
		width = max(width, last-first+2*noteOver)
	}
	p.y += rowGap
	box := geometry.Rect{X: floor((first+last)/2 - width/2), Y: p.y, W: width, H: step.Size.H}
	p.Steps[i] = geometry.Part{Box: box, Text: geometry.Rect{X: box.X, Y: box.Y, W: step.Size.W, H: step.Size.H}}
	p.y += step.Size.H
	return newSpan(box.X, box.X+box.W)
}

// fragment places a frame around steps. The sections in it are as wide as it is.
func (p *plan) fragment(i int) span {
	p.y += rowGap
	top := p.y
	wide := p.title(i)
	all := p.rows(i)
	p.y += framePad
	left := all.from - framePad
	for _, k := range p.inside[i] {
		if isSection(p.sheet.Steps[k].Kind) {
			wide = max(wide, p.Steps[k].Box.W)
		}
	}
	width := max(all.to+framePad-left, wide)
	p.Steps[i].Box = geometry.Rect{X: left, Y: top, W: width, H: p.y - top}
	p.headline(i)
	for _, k := range p.inside[i] {
		if isSection(p.sheet.Steps[k].Kind) {
			box := &p.Steps[k].Box
			box.X, box.W, box.H = left, width, p.y-box.Y
			p.headline(k)
		}
	}
	p.y += frameGap
	return newSpan(left, left+width)
}

func isSection(k diagram.StepKind) bool { return k == diagram.StepElse || k == diagram.StepBranch }

// section places an else or a branch. Its box has no place from left to right yet, and the width that its title
// needs.
func (p *plan) section(i int) span {
	first := p.inside[p.sheet.Steps[i].Parent][0] == i
	if !first {
		p.y += rowGap
	}
	p.Steps[i].Box.Y = p.y
	p.Steps[i].Box.W = p.title(i)
	return p.rows(i)
}

// title makes room for a fragment's word and title and returns the width that they need.
func (p *plan) title(i int) float64 {
	step := p.sheet.Steps[i]
	if height := max(step.Tab.Size.H, step.Size.H); height > 0 {
		p.y += height + 2
	}
	return step.Tab.Size.W + titleGap + step.Size.W + framePad
}

// headline puts a fragment's word and title into its box.
func (p *plan) headline(i int) {
	step, part := p.sheet.Steps[i], &p.Steps[i]
	part.Tab = geometry.Rect{X: part.Box.X, Y: part.Box.Y, W: step.Tab.Size.W, H: step.Tab.Size.H}
	part.Text = geometry.Rect{X: part.Box.X + step.Tab.Size.W + titleGap, Y: part.Box.Y + 2, W: step.Size.W, H: step.Size.H}
}

func straight(way []geometry.Point, from, to geometry.Point) []geometry.Point {
	if way == nil {
		way = append(way, from)
	}
	at := func(t float64) geometry.Point {
		return geometry.Point{X: from.X + float64((to.X-from.X)*t), Y: from.Y + float64((to.Y-from.Y)*t)}
	}
	return append(way, at(1.0/3), at(2.0/3), to)
}
