// Package sheet is the language between typesetting and painting: a diagram in measured words. It says what
// is written on every card, label and frame, how large that is, and where in it each line stands. All
// numbers are CSS pixels.
package sheet

import (
	"github.com/asbuilt/asbuilt/internal/font"
	"github.com/asbuilt/asbuilt/internal/geometry"
	"github.com/asbuilt/asbuilt/pkg/diagram"
)

// Sheet is one diagram, typeset. Its slices run parallel to the diagram's.
type Sheet struct {
	Direction string
	SameRank  [][]int
	Header    Block
	Footer    Block
	Groups    []Frame
	Cards     []Card
	Labels    []Label
	Legend    []Entry
	Steps     []Step // of a sequence: a fragment stands before what is in it
}

// Step is a line of a sequence: a note with its text, a fragment with its title, or a message, whose words are its
// label's.
type Step struct {
	Block
	Kind   diagram.StepKind
	Parent int    // index of the fragment around it, -1 at the top
	Edge   int    // index of a message's label, -1 for all else
	Nodes  []int  // what a note is about, ascending
	Text   string // the whole of a note's text or a fragment's title
	Tab    Block  // the word of a fragment
}

// Block is text on an area of its own. Places are relative to its top left corner.
type Block struct {
	Size  geometry.Size
	Lines []Line
}

// Line is one line of text.
type Line struct {
	Text   string
	Role   Role
	At     geometry.Point // of its baseline: the start, or the middle when Middle is set
	Width  float64
	Middle bool
	Fit    bool // the font lacks some of its characters: Width must be enforced
}

// Frame is the title of a group. Content starts under it.
type Frame struct {
	Block
	Parent int
	Icon   geometry.Rect // room for the mark of the group's type
}

// Card is a node.
type Card struct {
	Block
	Group int
	Shape Shape
	Mark  string        // the name of its icon
	Icon  geometry.Rect // room for it
	Chips []Chip
}

// Chip is a word or letter on a small field of its own.
type Chip struct {
	Kind ChipKind
	Box  geometry.Rect
	Line Line
}

// ChipKind is what a chip stands for.
type ChipKind uint8

// The kinds of chip.
const (
	OwnerChip ChipKind = iota // the team that owns a card
	BadgeChip                 // membership in a set
	NoteChip                  // what this view alone says of a card
)

// Label is the text on an edge, each line centred; empty for an edge that says nothing.
type Label struct {
	Block
	From, To int
	Text     string // all that it says, in one line
	Stray    bool   // nobody declared it
}

// Request asks for a layout of what the sheet holds.
func (s *Sheet) Request() geometry.Request {
	r := geometry.Request{Direction: s.Direction, SameRank: s.SameRank}
	for _, f := range s.Groups {
		r.Groups = append(r.Groups, geometry.Frame{Parent: f.Parent, Title: f.Size})
	}
	for _, c := range s.Cards {
		r.Nodes = append(r.Nodes, geometry.Box{Group: c.Group, Size: c.Size})
	}
	for _, l := range s.Labels {
		r.Edges = append(r.Edges, geometry.Link{From: l.From, To: l.To, Label: l.Size, Stray: l.Stray})
	}
	return r
}

// Role is what a line is for. It decides the line's font.
type Role uint8

// The roles.
const (
	Title       Role = iota // of a card
	Kind                    // a card's type, status and technology
	Body                    // a card's description
	Owner                   // a card's team
	Badge                   // the letter of a set
	GroupTitle              // of a frame
	GroupKind               // a frame's type and team
	EdgeText                // what an edge is for
	EdgeDetail              // an edge's technology
	EdgeVerdict             // what is wrong with an edge
	Heading                 // of the picture
	Lead                    // the picture's description
	Note                    // the legend
	Imprint                 // the footer
)

// Setting is how a role is set: its font and the distance of its lines.
type Setting struct {
	Font   font.Style
	Height float64
}

// Setting returns how a role is set.
func (r Role) Setting() Setting {
	switch r {
	case Title:
		return Setting{font.Style{Size: 14, Bold: true}, 18}
	case Kind, GroupKind, Owner, EdgeDetail, Imprint:
		return Setting{font.Style{Size: 11}, 15}
	case Badge, EdgeVerdict:
		return Setting{font.Style{Size: 11, Bold: true}, 15}
	case GroupTitle:
		return Setting{font.Style{Size: 13, Bold: true}, 18}
	case Heading:
		return Setting{font.Style{Size: 20, Bold: true}, 26}
	case Lead:
		return Setting{font.Style{Size: 13}, 18}
	}
	return Setting{font.Style{Size: 12}, 16}
}

// Baseline is the distance from the top of a line to its baseline, with the font in the line's middle.
func (s Setting) Baseline() float64 {
	return round(s.Height/2 + float64((font.Ascent-font.Descent)/2*s.Font.Size))
}

// round keeps to quarters of a pixel, which every machine and format writes alike.
func round(v float64) float64 { return float64(int(v*4+0.5)) / 4 }
