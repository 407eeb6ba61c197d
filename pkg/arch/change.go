package arch

import (
	"slices"
	"strings"
)

// Action is what a change does.
type Action string

// The actions.
const (
	Add    Action = "add"
	Remove Action = "remove"
)

// Change is one edit of a model: what a fix is, before it is text. Exactly one of Edge, Element and Waiver is set.
type Change struct {
	Action  Action   `json:"action"`
	Edge    *Edge    `json:"edge,omitempty"`
	Element *Element `json:"element,omitempty"`
	Waiver  *Waiver  `json:"waiver,omitempty"`
}

// String says a change in a line: add component.a -> component.b.
func (c Change) String() string {
	switch {
	case c.Edge != nil:
		text := string(c.Action) + " " + c.Edge.From + " -> " + c.Edge.To
		if c.Edge.Kind != NaturalKind(c.Edge.To) {
			text += " (" + string(c.Edge.Kind) + ")"
		}
		return text
	case c.Element != nil:
		return string(c.Action) + " " + c.Element.Address
	case c.Waiver != nil:
		return string(c.Action) + " waiver." + c.Waiver.Name
	}
	return string(c.Action)
}

// CompareChanges orders changes by what they are about.
func CompareChanges(a, b Change) int { return strings.Compare(a.String(), b.String()) }

// Apply is the model with changes. What a change removes is told by its name, an edge by its ends, kind and label.
func (m *Model) Apply(changes ...Change) *Model {
	return m.With(func(n *Model) {
		for _, c := range changes {
			switch {
			case c.Edge != nil:
				n.Edges = changed(n.Edges, c.Action, c.Edge, sameEdge)
			case c.Element != nil:
				n.Elements = changed(n.Elements, c.Action, c.Element, func(a, b *Element) bool { return a.Address == b.Address })
			case c.Waiver != nil:
				n.Waivers = changed(n.Waivers, c.Action, c.Waiver, func(a, b *Waiver) bool { return a.Name == b.Name })
			}
		}
	})
}

func sameEdge(a, b *Edge) bool {
	return a.From == b.From && a.To == b.To && a.Kind == b.Kind && a.Label == b.Label
}

func changed[T any](list []*T, action Action, x *T, same func(a, b *T) bool) []*T {
	if action == Add {
		return append(list, x)
	}
	return slices.DeleteFunc(list, func(y *T) bool { return same(x, y) })
}
