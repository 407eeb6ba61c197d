// Package paint draws: diagram.Diagram with its sheet.Sheet and geometry.Plan → SVG, PNG, PDF. It draws from a closed
// list of elements and attributes, so that no word of the user can become anything but text, and needs
// neither scripts nor fonts nor references: arrow heads are paths, not markers.
package paint

import (
	"cmp"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/asbuilt/asbuilt/internal/geometry"
	"github.com/asbuilt/asbuilt/internal/lock"
	"github.com/asbuilt/asbuilt/internal/palette"
	"github.com/asbuilt/asbuilt/internal/phrase"
	"github.com/asbuilt/asbuilt/internal/sheet"
	"github.com/asbuilt/asbuilt/internal/stamp"
	"github.com/asbuilt/asbuilt/pkg/diagram"
)

// ErrEmpty is a diagram without a node.
var ErrEmpty = errors.New("the view shows nothing")

// Version counts the changes of what pictures look like: a picture of an older one is drawn anew.
const Version = 4

// SVG draws a diagram as a page of its own. It is an error if there is nothing to draw, if the plan or the
// sheet is not the diagram's, or if a coordinate is not a finite number.
func SVG(d *diagram.Diagram, s *sheet.Sheet, plan geometry.Plan) ([]byte, error) {
	return svg(d, s, plan, false)
}

// Fragment is SVG for a place inside of a page: it has no style sheet and no id, so that several stand on one
// page, and takes its colours from the custom properties of the page, else the light ones.
func Fragment(d *diagram.Diagram, s *sheet.Sheet, plan geometry.Plan) ([]byte, error) {
	return svg(d, s, plan, true)
}

func svg(d *diagram.Diagram, s *sheet.Sheet, plan geometry.Plan, fragment bool) ([]byte, error) {
	inside := &writer{fragment: fragment}
	inside.buf.Grow(1200 * (len(d.Nodes) + len(d.Edges)))
	p, err := newPainter(inside, d, s, plan)
	if err != nil {
		return nil, err
	}
	p.inline = fragment
	p.body()
	w := writer{fragment: fragment}
	w.buf.Grow(inside.buf.Len() + 1<<13)
	p.root(&w)
	w.buf.Write(inside.buf.Bytes())
	w.close(elemGroup)
	w.close(elemSVG)
	if err := errors.Join(p.err, inside.err, w.err); err != nil {
		return nil, fmt.Errorf("view %s: %w", d.Name, err)
	}
	return stamp.Seal(w.buf.Bytes()), nil
}

// fits reports whether diagram, sheet and plan are of one another.
func fits(d *diagram.Diagram, s *sheet.Sheet, plan geometry.Plan) error {
	same := len(d.Nodes) == len(s.Cards) && len(d.Nodes) == len(plan.Nodes) &&
		len(d.Groups) == len(s.Groups) && len(d.Groups) == len(plan.Groups) && len(d.Groups) == len(plan.Titles) &&
		len(d.Edges) == len(s.Labels) && len(d.Edges) == len(plan.Edges) && len(s.Steps) == len(plan.Steps)
	if !same {
		return fmt.Errorf("view %s: the layout has %d groups, %d nodes and %d edges for %d, %d and %d",
			d.Name, len(plan.Groups), len(plan.Nodes), len(plan.Edges), len(d.Groups), len(d.Nodes), len(d.Edges))
	}
	for i, e := range plan.Edges {
		if len(e.Points) < 4 || len(e.Points)%3 != 1 {
			return fmt.Errorf("view %s: edge %d has no way", d.Name, i)
		}
	}
	return nil
}

// painter draws the inside of the page; what it needs of styles is known when it is done.
type painter struct {
	surface
	brush
	err     error
	diagram *diagram.Diagram
	words   *sheet.Sheet
	plan    geometry.Plan
	page    page
}

func newPainter(on surface, d *diagram.Diagram, s *sheet.Sheet, plan geometry.Plan) (*painter, error) {
	if len(d.Nodes) == 0 {
		return nil, ErrEmpty
	}
	if err := fits(d, s, plan); err != nil {
		return nil, err
	}
	return &painter{
		surface: on, diagram: d, words: s, plan: plan, page: newPage(s, plan),
		brush: brush{colors: palette.New(d.Theme, d.Colors), filled: map[color]bool{}, drawn: map[color]bool{}},
	}, nil
}

// root opens the picture: what it is, its style, its background.
func (p *painter) root(w *writer) {
	d, size := p.diagram, p.page.size
	background := p.fill(canvas)
	title := p.name()
	w.open(elemSVG,
		att("xmlns", "http://www.w3.org/2000/svg"), att("class", "asbuilt"), att("role", "graphics-document document"),
		att("aria-label", title), num("width", size.W), num("height", size.H), att("viewBox", p.page.viewBox()),
		att("data-view", d.Name), att("data-version", d.Version), att("data-digest", d.Digest()),
		att("data-places", p.places()), att("data-painter", Painter(1)), att("data-sum", stamp.Unsealed))
	w.text(elemTitle, title)
	w.text(elemDesc, p.summary())
	if !p.inline {
		w.style(p.css())
	}
	w.leaf(elemRect, append(background, num("width", size.W), num("height", size.H))...)
	words := []attr{att("font-family", fontFamily), att("text-rendering", "geometricPrecision")}
	if p.inline { // what the page has set for its own words
		words = append(words, att("direction", "ltr"), att("font-style", "normal"), att("font-variant", "normal"),
			att("font-weight", "400"), att("letter-spacing", "0"), att("word-spacing", "0"))
	}
	w.open(elemGroup, words...)
}

// name is what the picture is called.
func (p *painter) name() string { return cmp.Or(clean(p.diagram.Title), clean(p.diagram.Name)) }

// Painter is how pictures are painted that have no scale.
func Painter(int) string { return strconv.Itoa(Version) }

// places is the digest of where the cards stand.
func (p *painter) places() string {
	nodes := make([]lock.Node, len(p.plan.Nodes))
	for i, at := range p.plan.Nodes {
		nodes[i] = lock.NewNode(p.diagram.Nodes[i].Address, at)
	}
	return lock.Digest(nodes)
}

// summary is the picture in a sentence, for those who do not see it.
func (p *painter) summary() string {
	d := p.diagram
	line := "relationship"
	if d.Kind == diagram.KindSequence {
		line = "message"
	}
	text := fmt.Sprintf("%s %s view: %s, %s.", spoken(d.Architecture+" "+d.Version), d.Kind, phrase.Count(len(d.Nodes), "element"), phrase.Count(len(d.Edges), line))
	for _, e := range d.Edges {
		if e.Reaches {
			text += fmt.Sprintf(" %s reaches %s over others, against %s.", d.Nodes[e.From].Title, d.Nodes[e.To].Title, strings.Join(e.Breaks, " and "))
		}
	}
	if d.Description != "" {
		text += " " + d.Description
	}
	return clean(text)
}

// body draws the page: title, groups with their cards by containment, edges, legend, imprint. The words of
// groups and edges come last, so that no edge runs through them.
func (p *painter) body() {
	p.block(p.words.Header, p.page.header)
	p.open(elemGroup, p.at(p.page.drawing.X-p.plan.Corner.X, p.page.drawing.Y-p.plan.Corner.Y, 1))
	if p.diagram.Kind == diagram.KindSequence {
		p.sequence()
	} else {
		p.graph()
	}
	p.close(elemGroup)
	p.legend()
	p.block(p.words.Footer, p.page.footer)
}

func (p *painter) graph() {
	p.inside(-1, 0)
	for i := range p.diagram.Edges {
		p.edge(i)
	}
	p.titles(-1, 0)
	for i := range p.diagram.Edges {
		p.label(i)
	}
	p.numbers()
}

// inside draws the groups and cards directly in a group, both by address, as the diagram sorts them.
func (p *painter) inside(group, depth int) {
	for i, g := range p.diagram.Groups {
		if g.Parent == group {
			p.frame(i, depth)
		}
	}
	for i, n := range p.diagram.Nodes {
		if n.Group == group {
			p.card(i)
		}
	}
}

func (p *painter) block(b sheet.Block, at geometry.Point) {
	if len(b.Lines) == 0 {
		return
	}
	p.open(elemGroup, p.at(at.X, at.Y, 1))
	for _, l := range b.Lines {
		p.line(l, roleColor(l.Role))
	}
	p.close(elemGroup)
}
