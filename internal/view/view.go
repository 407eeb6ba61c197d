// Package view selects what a picture shows and lifts the relationships to it: a declared view of the
// model, with or without the verdicts of a check, becomes a diagram.
//
// The kinds of view and what each shows by itself follow the C4 model (Simon Brown, "The C4 model for
// visualising software architecture", https://c4model.com).
package view

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/asbuilt/asbuilt/pkg/arch"
	"github.com/asbuilt/asbuilt/pkg/diagram"
	"github.com/asbuilt/asbuilt/pkg/evidence"
	"github.com/asbuilt/asbuilt/pkg/finding"
	"github.com/asbuilt/asbuilt/pkg/reflexion"
	"github.com/asbuilt/asbuilt/pkg/source"
)

// Input is what a picture is made of.
type Input struct {
	Model *arch.Model
	View  *arch.View
	// Result is the comparison that a view with drift = true shows; those of impact and of code use it in any case.
	// Nil: the declaration alone is drawn.
	Result *reflexion.Result
	// Findings tell which arrows of the comparison, and which steps of a sequence, a waiver accepts.
	Findings []finding.Finding
	// Graph is what the observers saw, for views of code.
	Graph evidence.Graph
	told  *[]finding.Finding // by where_edges; the first alone
	// Icons are the files that icons are read from, by path.
	Icons map[string]diagram.Icon
	// Links rewrites a docs path, relative to the project root, so that it is relative to the picture.
	// Nil leaves it as it is. It is not asked about http(s) addresses.
	Links func(docs string) string
}

// The kinds of view.
const (
	kindLandscape = "landscape"
	kindContext   = "context"
	kindContainer = "container"
	kindComponent = "component"

	kindDeployment = "deployment"
	kindTeam       = "team"
	kindDrift      = "drift"
	kindImpact     = "impact"
	kindCode       = "code"
	kindSequence   = "sequence"
)

// Reads reports whether a view shows what was observed: one with drift cannot be drawn without, one of impact can.
func Reads(v *arch.View) bool { return v.Drift || v.Kind == kindImpact || v.Kind == kindCode }

// Build makes the diagram of a view. When the view cannot be drawn as it was written, the diagram is
// nil and the findings say why.
func Build(in Input) (*diagram.Diagram, []finding.Finding) {
	if in.View.Kind == kindSequence {
		return sequence(in)
	}
	if !Reads(in.View) {
		in.Result = nil
	}
	var told []finding.Finding
	in.told = &told
	st, problems := newStage(in)
	problems = append(told, problems...)
	if len(problems) > 0 {
		return nil, problems
	}
	st.edges = overriddenEdges(in.View)
	s, problems := selectElements(in.View, st)
	if len(problems) > 0 {
		return nil, problems
	}
	sc := arrange(st, s)
	if in.View.Include == nil && !st.whole {
		if idle := sc.idle(s.chosen); len(idle) > 0 {
			s.remove(idle)
			sc = arrange(st, s)
		}
	}
	if len(sc.cards) == 0 {
		return nil, []finding.Finding{empty(in.View)}
	}
	w := dress(in, st, append(sc.sortedCards(), sorted(sc.frames)...))
	d := draw(in, st, sc, w)
	if len(w.problems) > 0 {
		return nil, w.problems
	}
	return d, nil
}

func empty(v *arch.View) finding.Finding {
	return problem(v, v.At, fmt.Sprintf("the view %q shows nothing", v.Name),
		"include an element that exists, or loosen exclude and where")
}

// ruleValue is the rule of a value that is well formed and cannot be used.
const ruleValue = "language/value"

// problem is a finding about a view: it cannot be drawn as it was written.
func problem(v *arch.View, at source.Range, message, fix string) finding.Finding {
	return finding.Finding{
		Rule: ruleValue, Severity: finding.Error, At: at, Message: message,
		Subject: finding.Subject{Element: "view." + v.Name},
		Fix:     &finding.Fix{Message: fix},
	}
}

// draw puts a finished scene into words.
func draw(in Input, st *stage, sc *scene, w *wardrobe) *diagram.Diagram {
	v := in.View
	d := blank(in)
	words := words{st.model, in.Links}
	frames := newForest(sc)
	cards := sc.sortedCards()
	frames.addSets(v.Groups, cards, nil)
	order := frames.number()
	d.Groups = frames.groups(order, words, w)
	d.Badges = frames.badges
	nodes := make(map[*arch.Element]int, len(cards))
	for i, e := range cards {
		nodes[e] = i
		n := words.node(e, w.looks[e])
		n.Group = frames.around(e, order)
		n.Badges = frames.marks[e]
		n.Subject = e.Address == v.Of
		d.Nodes = append(d.Nodes, n)
	}
	d.Edges = sc.edges(in, nodes, w)
	d.SameRank = sameRank(v.SameRank, st, nodes)
	if st.remark != nil {
		st.remark(d, cards)
	}
	override(d, v, st, nodes)
	w.finish(in, d)
	return d
}

// blank is a diagram on which nothing is drawn yet.
func blank(in Input) *diagram.Diagram {
	v, a := in.View, in.Model.Architecture
	d := &diagram.Diagram{
		Name: v.Name, Kind: v.Kind, Title: title(in.Model, v), Description: v.Description,
		Architecture: a.Title, Version: a.Version, Direction: v.Direction,
		Drift: in.Result != nil && (v.Drift || v.Kind == kindImpact),
	}
	if d.Architecture == "" {
		d.Architecture = a.Name
	}
	if d.Direction == "" {
		d.Direction = "down"
	}
	return d
}

// title is the view's own, or one made of its kind and what it is of.
func title(m *arch.Model, v *arch.View) string {
	if v.Title != "" {
		return v.Title
	}
	kind := map[string]string{
		kindLandscape: "Landscape", kindContext: "Context", kindContainer: "Containers", kindComponent: "Components",
		kindDeployment: "Deployment", kindTeam: "Teams", kindDrift: "Drift", kindImpact: "Impact", kindCode: "Code", kindSequence: "Sequence",
	}[v.Kind]
	if e := m.Environment(v.Environment); e != nil {
		return kind + " of " + cmp.Or(e.Title, e.Name)
	}
	if of := m.Element(v.Of); of != nil {
		return kind + " of " + of.Label()
	}
	return kind
}

// sameRank turns addresses into nodes, leaving out what is not drawn as a card.
func sameRank(ranks [][]string, st *stage, nodes map[*arch.Element]int) [][]int {
	var out [][]int
	for _, rank := range ranks {
		var row []int
		for e := range st.at(rank) {
			if i, ok := nodes[e]; ok {
				row = append(row, i)
			}
		}
		slices.Sort(row)
		if row = slices.Compact(row); len(row) > 1 {
			out = append(out, row)
		}
	}
	return out
}
