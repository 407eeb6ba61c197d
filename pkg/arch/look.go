package arch

import (
	"slices"

	"github.com/asbuilt/asbuilt/pkg/source"
)

// Look is how something is drawn. What is empty is as it would be without.
type Look struct {
	Shape   string       `json:"shape,omitempty"` // box, component, cylinder, queue, person, hexagon, cloud, browser, mobile, bucket, document
	Icon    *Icon        `json:"icon,omitempty"`
	Color   string       `json:"color,omitempty"` // a name of the theme, never a colour value
	ColorAt source.Range `json:"-"`
	Line    string       `json:"line,omitempty"`    // solid, dashed, dotted
	Width   float64      `json:"width,omitempty"`   // of the line, in pixels
	Opacity *int         `json:"opacity,omitempty"` // hundredths: of a line, or of what a card is filled with
}

// Icon is the picture on a card.
type Icon struct {
	Name string       `json:"name"`           // one of ours, "none", or the path of a file relative to the root
	File bool         `json:"file,omitempty"` // it is a file
	At   source.Range `json:"at"`
}

// Style changes how some elements and relationships look.
type Style struct {
	Name       string    `json:"name"`
	Title      string    `json:"title,omitempty"` // its entry in the legend; "": none
	Match      Predicate `json:"-"`               // the elements; nil: none
	MatchEdges Predicate `json:"-"`               // the relationships; nil: none
	Look
	At source.Range `json:"at"`
}

// Theme is a palette of the user's: one of ours with other colours.
type Theme struct {
	Name   string       `json:"name"`
	Base   string       `json:"base"` // one of ours
	Colors []Color      `json:"colors,omitempty"`
	At     source.Range `json:"at"`
}

// Color is a named colour, #rrggbb, on light and on dark pages.
type Color struct {
	Name   string       `json:"name"`
	Light  string       `json:"light"`
	Dark   string       `json:"dark"`
	At     source.Range `json:"at"` // of the light value
	DarkAt source.Range `json:"-"`  // zero: it was made from the light one
}

// ThemeOf is the theme of a view: the name of one of ours, and colours of the user's.
func (m *Model) ThemeOf(v *View) (base string, colors []Color) {
	name := v.Theme
	if name == "" {
		name = m.Architecture.Theme
	}
	for _, t := range m.Themes {
		if t.Name == name {
			return t.Base, t.Colors
		}
	}
	return name, nil
}

// LooksIn lists what is said of how things look in a view: by kinds and styles, and by the view itself.
func (m *Model) LooksIn(v *View) []Look {
	var out []Look
	for _, k := range m.Kinds {
		out = append(out, k.Look)
	}
	for _, s := range slices.Concat(m.Styles, v.Styles) {
		out = append(out, s.Look)
	}
	for _, o := range v.Overrides {
		out = append(out, o.Look)
	}
	return out
}

// Icons lists the icon files that the model names, each as often as it is named.
func (m *Model) Icons() []*Icon {
	var out []*Icon
	add := func(i *Icon) {
		if i != nil && i.File {
			out = append(out, i)
		}
	}
	for _, e := range m.Elements {
		add(e.Icon)
	}
	views := m.Views
	if len(views) == 0 {
		views = []*View{{}}
	}
	for _, v := range views {
		for _, l := range m.LooksIn(v) {
			add(l.Icon)
		}
	}
	return out
}
