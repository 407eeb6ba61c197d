package view

import (
	"cmp"
	"slices"
	"strings"

	"github.com/asbuilt/asbuilt/internal/icon"
	"github.com/asbuilt/asbuilt/internal/palette"
	"github.com/asbuilt/asbuilt/pkg/arch"
	"github.com/asbuilt/asbuilt/pkg/diagram"
	"github.com/asbuilt/asbuilt/pkg/finding"
)

// look is how an element's card or frame is drawn.
type look struct {
	shape, icon  string
	named        bool   // the icon was named, so that no shape brings its own
	kind, ofKind string // the title and the icon of its kind
	diagram.Look
}

var shapes = map[string]string{
	arch.TypePerson:    "person",
	arch.TypeSystem:    "box",
	arch.TypeComponent: "component",
	arch.TypeAPI:       "hexagon",
	arch.TypeDatastore: "cylinder",
	arch.TypeQueue:     "queue",
	arch.TypeExternal:  "box",
	typePackage:        "box",
}

// wardrobe is how everything in a view looks.
type wardrobe struct {
	model    *arch.Model // with the styles and kinds
	view     *arch.View
	looks    map[*arch.Element]look
	used     map[*arch.Style]used
	problems []finding.Finding
}

// used says what a style was worn by.
type used struct{ nodes, edges bool }

// dress finds out how elements look: as their type does, under their kind, under the styles of the model in their
// order, under what the element says itself, under the styles of the view.
func dress(in Input, st *stage, elements []*arch.Element) *wardrobe {
	w := &wardrobe{model: st.model, view: in.View, looks: make(map[*arch.Element]look, len(elements)), used: map[*arch.Style]used{}}
	for _, e := range elements {
		l := look{shape: shapes[e.Type]}
		real := st.real(e)
		if real == nil {
			w.looks[e] = l
			continue
		}
		k, own := kindOf(st.model, real), arch.Look{Icon: real.Icon}
		switch {
		case e.Type == typePackage: // of a service, and none itself: only the colours are the same
			if k != nil {
				l = l.under(arch.Look{Color: k.Color, Line: k.Line, Width: k.Width, Opacity: k.Opacity})
			}
			own = arch.Look{}
		case k != nil:
			l.kind = k.Label()
			l = l.under(k.Look)
			l.ofKind = cmp.Or(l.icon, icon.Of(e.Type))
		}
		l = w.styled(l, real, st.model.Styles)
		l = l.under(own)
		w.looks[e] = w.styled(l, real, in.View.Styles)
	}
	return w
}

func kindOf(m *arch.Model, e *arch.Element) *arch.Kind {
	if i := slices.IndexFunc(m.Kinds, func(k *arch.Kind) bool { return k.Name == e.Kind }); i >= 0 {
		return m.Kinds[i]
	}
	return nil
}

func (w *wardrobe) styled(l look, e *arch.Element, styles []*arch.Style) look {
	for _, s := range styles {
		if s.Match != nil && w.holds(s, s.Match, arch.Subject{Element: e}) {
			l = l.under(s.Look)
			w.used[s] = used{true, w.used[s].edges}
		}
	}
	return l
}

// holds asks a style's condition. A failure is said once a style.
func (w *wardrobe) holds(s *arch.Style, condition arch.Predicate, about arch.Subject) bool {
	holds, err := condition.Holds(about)
	if err == nil {
		return holds
	}
	f := finding.Finding{
		Rule: ruleValue, Severity: finding.Error, At: condition.At(), Message: err.Error(),
		Subject: finding.Subject{Element: "style." + s.Name},
		Fix:     &finding.Fix{Message: "change the condition " + condition.String()},
	}
	if !slices.ContainsFunc(w.problems, func(p finding.Finding) bool { return p.At == f.At }) {
		w.problems = append(w.problems, f)
	}
	return false
}

// under is the look with what is said of it. A shape that stands for something brings its icon.
func (l look) under(s arch.Look) look {
	if s.Shape != "" {
		l.shape = s.Shape
		if !l.named {
			l.icon = icon.OfShape(s.Shape)
		}
	}
	if s.Icon != nil {
		l.icon, l.named = s.Icon.Name, true
	}
	l.Look = dressed(l.Look, s)
	return l
}

// dressed is a look with what a style says of it.
func dressed(l diagram.Look, s arch.Look) diagram.Look {
	l.Color, l.Line, l.Width = cmp.Or(s.Color, l.Color), cmp.Or(s.Line, l.Line), cmp.Or(s.Width, l.Width)
	if s.Opacity != nil {
		l.Opacity = s.Opacity
	}
	return l
}

// arrow is how an arrow looks. A style that holds for one of the relationships that it stands for holds for it.
func (w *wardrobe) arrow(relationships []arch.Subject) diagram.Look {
	var l diagram.Look
	for _, s := range slices.Concat(w.model.Styles, w.view.Styles) {
		if s.MatchEdges == nil {
			continue
		}
		if slices.ContainsFunc(relationships, func(r arch.Subject) bool { return w.holds(s, s.MatchEdges, r) }) {
			l = dressed(l, s.Look)
			w.used[s] = used{w.used[s].nodes, true}
		}
	}
	return l
}

// finish gives the diagram its theme, the legend of the styles that were worn, and the icons of the user's that are drawn.
func (w *wardrobe) finish(in Input, d *diagram.Diagram) {
	for _, s := range slices.Concat(w.model.Styles, w.view.Styles) {
		l := dressed(diagram.Look{}, s.Look)
		if u := w.used[s]; s.Title != "" && u.nodes {
			k := diagram.Key{Title: s.Title, Look: l}
			if l == (diagram.Look{}) { // it changes no more than the icon
				k.Icon = look{}.under(s.Look).icon
			}
			d.Keys = append(d.Keys, k)
		}
		if u := w.used[s]; s.Title != "" && u.edges {
			d.Keys = append(d.Keys, diagram.Key{Title: s.Title, Edges: true, Look: l})
		}
	}
	base, own := in.Model.ThemeOf(w.view)
	if base != palette.Themes()[0] {
		d.Theme = base
	}
	for _, c := range own {
		d.Colors = append(d.Colors, diagram.Color{Name: c.Name, Light: c.Light, Dark: c.Dark})
	}
	names := map[string]bool{}
	for _, n := range d.Nodes {
		names[n.Icon], names[n.KindIcon] = true, true
	}
	for _, k := range d.Keys {
		names[k.Icon] = true
	}
	for name := range names {
		if i, ok := in.Icons[name]; ok {
			d.Icons = append(d.Icons, i)
		}
	}
	slices.SortFunc(d.Icons, func(a, b diagram.Icon) int { return strings.Compare(a.Name, b.Name) })
}
