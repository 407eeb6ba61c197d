package paint

import (
	"fmt"
	"strconv"

	"github.com/asbuilt/asbuilt/internal/font"
	"github.com/asbuilt/asbuilt/internal/geometry"
	"github.com/asbuilt/asbuilt/internal/sheet"
	"github.com/asbuilt/asbuilt/pkg/diagram"
)

const (
	fragmentRadius = 6.0
	noteFold       = 10.0 // the turned corner of a note
)

// sequence draws lifelines, and over them the steps in their order.
func (p *painter) sequence() {
	p.tints()
	for i := range p.diagram.Nodes {
		box := p.plan.Nodes[i]
		x := box.X + box.W/2
		p.path(new(path).move(x, box.Y+box.H).line(x, p.plan.Foot), p.stroke(frameLine, 1, "")...)
	}
	for i := range p.diagram.Nodes {
		p.card(i)
	}
	p.steps(-1, 0)
}

// tints are the grounds of the fragments, under the lifelines.
func (p *painter) tints() {
	for i, s := range p.words.Steps {
		if isFragment(s.Kind) {
			box := p.plan.Steps[i].Box
			attrs := append(p.fill(frameColor(p.stepDepth(i))), att("aria-hidden", "true"))
			p.leaf(elemRect, append(attrs, num("x", box.X), num("y", box.Y), num("width", box.W), num("height", box.H), num("rx", fragmentRadius))...)
		}
	}
}

// isFragment reports whether a step has a frame of its own.
func isFragment(k diagram.StepKind) bool {
	switch k {
	case diagram.StepAlt, diagram.StepOpt, diagram.StepLoop, diagram.StepPar:
		return true
	}
	return false
}

// stepDepth is how many frames are around a step.
func (p *painter) stepDepth(i int) int {
	n := 0
	for k := p.words.Steps[i].Parent; k >= 0; k = p.words.Steps[k].Parent {
		if isFragment(p.words.Steps[k].Kind) {
			n++
		}
	}
	return n
}

// ground is the colour under what stands in so many frames.
func ground(depth int) color {
	if depth == 0 {
		return canvas
	}
	return frameColor(depth - 1)
}

// steps draws what is directly in a fragment, starting at its first step, and returns the first after it.
func (p *painter) steps(parent, depth int) {
	for i := parent + 1; i < len(p.words.Steps); i++ {
		s := p.words.Steps[i]
		if s.Parent < parent {
			return
		}
		if s.Parent != parent {
			continue
		}
		switch s.Kind {
		case diagram.StepMessage:
			p.message(s.Edge, depth)
		case diagram.StepNote:
			p.note(i)
		case diagram.StepElse, diagram.StepBranch:
			p.section(i, depth)
		default:
			p.fragment(i, depth+1)
		}
	}
}

// fragment draws a frame with its word and title, and the steps in it.
func (p *painter) fragment(i, depth int) {
	s, part := p.words.Steps[i], p.plan.Steps[i]
	p.open(elemGroup, att("aria-label", fragmentName(s)), att("class", "ab-fragment"), att("role", "graphics-object group"))
	attrs := append(p.stroke(frameLine, 1.25, ""), num("x", part.Box.X), num("y", part.Box.Y), num("width", part.Box.W), num("height", part.Box.H), num("rx", fragmentRadius))
	p.leaf(elemRect, attrs...)
	p.tab(s, part, depth)
	p.steps(i, depth)
	p.close(elemGroup)
}

// section draws an else or a branch under the line that parts it from what is before.
func (p *painter) section(i, depth int) {
	s, part := p.words.Steps[i], p.plan.Steps[i]
	p.open(elemGroup, att("aria-label", fragmentName(s)), att("class", "ab-fragment"), att("role", "graphics-object group"))
	if i > s.Parent+1 {
		y := part.Box.Y
		p.path(new(path).move(part.Box.X, y).line(part.Box.X+part.Box.W, y), append(p.stroke(frameLine, 1.25, ""), att("stroke-dasharray", "6 4"))...)
	}
	p.tab(s, part, depth)
	p.steps(i, depth)
	p.close(elemGroup)
}

// tab writes the word of a fragment into its corner, and its title beside it.
func (p *painter) tab(s sheet.Step, part geometry.Part, depth int) {
	if t := part.Tab; t.W > 0 {
		const cut, r = 7.0, fragmentRadius
		x, y, right, bottom := t.X, t.Y, t.X+t.W, t.Y+t.H
		outline := new(path).move(x, y)
		if isFragment(s.Kind) {
			outline = new(path).move(x, y+r).arc(r, r, x+r, y)
		}
		p.path(outline.line(right, y).line(right, bottom-cut).line(right-cut, bottom).line(x, bottom).end(), p.area(canvas, frameLine, 1.25, "")...)
		p.lines(s.Tab, geometry.Point{X: t.X, Y: t.Y}, ink)
	}
	if len(s.Lines) > 0 {
		p.open(elemGroup, att("aria-hidden", "true"), att("class", "ab-label"))
		p.plate(geometry.Rect{X: part.Text.X - 3, Y: part.Text.Y, W: part.Text.W + 6, H: part.Text.H}, ground(depth))
		p.lines(s.Block, geometry.Point{X: part.Text.X, Y: part.Text.Y}, ink)
		p.close(elemGroup)
	}
}

// lines writes lines relative to a point.
func (p *painter) lines(b sheet.Block, at geometry.Point, c color) {
	for _, l := range b.Lines {
		l.At.X += at.X
		l.At.Y += at.Y
		p.line(l, c)
	}
}

// note draws a remark on a sheet with a turned corner.
func (p *painter) note(i int) {
	s, part := p.words.Steps[i], p.plan.Steps[i]
	box, f, amber := part.Box, noteFold, p.hueOf("", "amber")
	right, bottom := box.X+box.W, box.Y+box.H
	p.open(elemGroup, att("aria-label", noteName(s)), att("class", "ab-note"), att("role", "graphics-symbol img"))
	p.text(elemTitle, noteName(s))
	p.path(new(path).move(box.X, box.Y).line(right-f, box.Y).line(right, box.Y+f).line(right, bottom).line(box.X, bottom).end(), p.area(amber.Color(fill), amber.Color(outline), 1, "")...)
	p.path(new(path).move(right-f, box.Y).line(right-f, box.Y+f).line(right, box.Y+f), p.stroke(amber.Color(outline), 1, "")...)
	p.lines(s.Block, geometry.Point{X: box.X + (box.W-s.Size.W)/2, Y: box.Y}, ink)
	p.close(elemGroup)
}

// messagePen is how a message looks: a line with a full head that waits, an open one that does not, and dashes
// for what comes back.
func (b *brush) messagePen(e diagram.Edge) pen {
	p := b.styled(pen{color: way, width: 1.5, dash: styleDashes[e.Line], open: e.Async || e.Reply}, e.Look)
	if e.Reply {
		p.dash = "5 4"
	}
	switch e.Verdict {
	case "divergence":
		p.color, p.width = divergence, 2.25
	case "waived":
		p.color, p.width = waived, 2
	}
	return p
}

// message draws a message with its number and words.
func (p *painter) message(i, depth int) {
	e, l, r := p.diagram.Edges[i], p.words.Labels[i], p.plan.Edges[i]
	name := messageName(p.diagram, i)
	p.open(elemGroup, append(p.ends(e), att("aria-label", name), att("class", "ab-edge"), att("role", "graphics-symbol img"))...)
	p.text(elemTitle, name)
	p.path(curves(r.Points), att("fill", "none"), att("pointer-events", "stroke"), num("stroke-width", grip))
	pen := p.messagePen(e)
	p.route(r.Points, pen)
	p.number(i+1, r.Points[0], pen.color)
	if len(l.Lines) > 0 {
		p.open(elemGroup, att("aria-hidden", "true"), att("class", "ab-label"))
		p.plate(geometry.Rect{X: r.Label.X + 2, Y: r.Label.Y, W: r.Label.W - 4, H: r.Label.H}, ground(depth))
		for _, line := range l.Lines {
			c := ink
			if line.Role == sheet.EdgeVerdict {
				c = pen.color
			}
			line.At.X += r.Label.X
			line.At.Y += r.Label.Y
			p.line(line, c)
		}
		p.close(elemGroup)
	}
	p.close(elemGroup)
}

// number marks where a message begins.
func (p *painter) number(n int, at geometry.Point, c color) {
	text := strconv.Itoa(n)
	s := sheet.Badge.Setting()
	height := sheet.MarkSize - 2
	width := max(height, font.Width(s.Font, text)+8)
	p.leaf(elemRect, append(p.area(canvas, c, 1.25, ""), num("x", at.X-width/2), num("y", at.Y-height/2), num("width", width), num("height", height), num("rx", height/2))...)
	p.line(sheet.Line{Text: text, Role: sheet.Badge, At: geometry.Point{X: at.X, Y: at.Y - s.Height/2 + s.Baseline()}, Middle: true}, ink)
}

// messageName is what a screen reader says of a message: "3: Checkout charges the card, to Payments".
func messageName(d *diagram.Diagram, i int) string {
	e := d.Edges[i]
	what := "message"
	switch {
	case e.Reply:
		what = "reply"
	case e.Async:
		what = "asynchronous message"
	}
	to := " to " + d.Nodes[e.To].Title
	if e.From == e.To {
		to = " to itself"
	}
	undeclared := ""
	if e.Verdict == "divergence" {
		undeclared = "not declared"
	}
	label := ""
	if len(e.Labels) > 0 {
		label = ": " + e.Labels[0]
	}
	return spoken(fmt.Sprintf("%d, %s from %s%s%s", i+1, what, d.Nodes[e.From].Title, to, label), undeclared)
}

// fragmentNames are what a screen reader says of fragments.
var fragmentNames = map[diagram.StepKind]string{
	diagram.StepAlt: "Alternatives", diagram.StepElse: "Otherwise", diagram.StepOpt: "Optional", diagram.StepLoop: "Loop",
	diagram.StepPar: "In parallel", diagram.StepBranch: "Branch",
}

func fragmentName(s sheet.Step) string {
	if s.Text == "" {
		return fragmentNames[s.Kind]
	}
	return fragmentNames[s.Kind] + ": " + clean(s.Text)
}

func noteName(s sheet.Step) string { return "Note: " + clean(s.Text) }
