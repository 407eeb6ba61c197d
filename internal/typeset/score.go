package typeset

import (
	"slices"

	"github.com/asbuilt/asbuilt/internal/font"
	"github.com/asbuilt/asbuilt/internal/geometry"
	"github.com/asbuilt/asbuilt/internal/sheet"
	"github.com/asbuilt/asbuilt/pkg/diagram"
)

// headWidths are those of the cards over lifelines: they are smaller than others, and say less.
var headWidths = [...]float64{112, 136, 168, 208}

const (
	messageWidth = 168.0 // at which a message's words are broken that leads to the next lifeline
	messageMore  = 136.0 // for each lifeline that it passes
	messageMost  = 520.0
	messageLines = 4
	noteWidth    = 208.0
	noteLines    = 8
	notePad      = 10.0
	tabPad       = 8.0
	guardWidth   = 320.0 // at which a fragment's title is broken
	guardLines   = 2
)

// score sets a sequence: heads, messages, and its steps one after the other.
func score(s *sheet.Sheet, d *diagram.Diagram) {
	height := 0.0
	for i := range d.Nodes {
		s.Cards = append(s.Cards, head(d.Nodes[i]))
		height = max(height, s.Cards[i].Size.H)
	}
	for i := range s.Cards {
		stretch(&s.Cards[i], height)
	}
	for i := range d.Edges {
		s.Labels = append(s.Labels, message(&d.Edges[i]))
	}
	addSteps(s, d.Steps, -1)
}

// stretch makes a card as high as the others, its words in the middle.
func stretch(c *sheet.Card, height float64) {
	down := (height - c.Size.H) / 2
	c.Size.H = height
	c.Icon.Y += down
	for i := range c.Lines {
		c.Lines[i].At.Y += down
	}
}

// head sets a lifeline's card: who it is, and what.
func head(n diagram.Node) sheet.Card {
	n.Technology, n.Description, n.Owner, n.Badges = "", "", "", nil
	shape := sheet.ShapeOf(n.Type, n.Shape)
	for _, w := range headWidths {
		if c, whole := setCard(&n, shape, w); whole {
			return c
		}
	}
	c, _ := setCard(&n, shape, headWidths[len(headWidths)-1])
	return c
}

// message sets what a message says.
func message(e *diagram.Edge) sheet.Label {
	l := sheet.Label{From: e.From, To: e.To}
	self := e.From == e.To
	passed := max(e.From, e.To) - min(e.From, e.To) - 1
	width := min(messageWidth+messageMore*float64(max(passed, 0)), messageMost)
	var c column
	for _, text := range e.Labels {
		lines, _ := font.WrapBalanced(sheet.EdgeText.Setting().Font, clean(text), width, messageLines)
		c.add(sheet.EdgeText, lines)
	}
	if word := verdictLabels[e.Verdict]; word != "" {
		c.add(sheet.EdgeVerdict, []string{word})
	}
	if len(c.lines) == 0 {
		return l
	}
	l.Block = sheet.Block{Size: geometry.Size{W: ceil(c.width) + 2*labelSide, H: c.y + 2}, Lines: c.lines}
	for i := range l.Lines {
		line := &l.Lines[i]
		line.At.Y++
		if self {
			line.At.X = labelSide
		} else {
			line.At.X, line.Middle = l.Size.W/2, true
		}
	}
	return l
}

// tabs are the words of fragments as a reader sees them.
var tabs = map[diagram.StepKind]string{
	diagram.StepAlt: "alt", diagram.StepElse: "else", diagram.StepOpt: "opt", diagram.StepLoop: "loop", diagram.StepPar: "par",
}

func addSteps(s *sheet.Sheet, steps []diagram.Step, parent int) {
	for _, step := range steps {
		x := sheet.Step{Kind: step.Kind, Parent: parent, Edge: step.Edge, Nodes: step.Nodes, Text: clean(step.Text)}
		var c column
		switch step.Kind {
		case diagram.StepMessage:
		case diagram.StepNote:
			c = column{left: notePad, y: notePad - 2}
			c.wrap(sheet.Note, step.Text, remarkWidth(step.Nodes), noteLines)
			x.Block = c.block()
			x.Size.W += 2 * notePad
			x.Size.H += notePad - 2
		default:
			c.wrap(sheet.Note, step.Text, guardWidth, guardLines)
			x.Block = c.block()
			x.Tab = tab(tabs[step.Kind])
		}
		s.Steps = append(s.Steps, x)
		addSteps(s, step.Steps, len(s.Steps)-1)
	}
}

// remarkWidth is that of a note's words: over several lifelines there is more room.
func remarkWidth(nodes []int) float64 {
	if len(nodes) == 0 {
		return noteWidth
	}
	return min(noteWidth+messageMore*float64(slices.Max(nodes)-slices.Min(nodes)), messageMost)
}

// tab sets the word of a fragment; nothing for a branch.
func tab(word string) sheet.Block {
	if word == "" {
		return sheet.Block{}
	}
	l := place(sheet.Badge, word, geometry.Point{X: tabPad, Y: 2})
	return sheet.Block{Size: geometry.Size{W: ceil(l.Width) + 2*tabPad, H: sheet.Badge.Setting().Height + 4}, Lines: []sheet.Line{l}}
}

// messages are the legend's entries for the lines of a sequence.
func messages(d *diagram.Diagram) (out entries) {
	is := func(verdict string) bool {
		return anyEdge(d, func(e diagram.Edge) bool { return e.Verdict == verdict })
	}
	out.add(anyEdge(d, func(e diagram.Edge) bool { return e.Async }), sheet.EdgeSample, sheet.SignalSample, "asynchronous")
	out.add(anyEdge(d, func(e diagram.Edge) bool { return e.Reply }), sheet.EdgeSample, sheet.ReplySample, "reply")
	out.add(is("divergence"), sheet.VerdictSample, "divergence", "not declared")
	out.add(is("waived"), sheet.VerdictSample, "waived", "not declared, but waived")
	return out
}
