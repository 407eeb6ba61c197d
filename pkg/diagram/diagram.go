// Package diagram is a picture before it has a place or a colour: groups, nodes and edges with
// words and classes. It holds no pixels and no line numbers.
package diagram

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
)

// Diagram is what one view shows. Groups, nodes and edges are sorted by address, never by title,
// so that a rename changes one label. In a sequence the nodes are lifelines from the left, and the edges
// messages from above.
type Diagram struct {
	Name         string  `json:"name"` // the view's name: the file's name
	Kind         string  `json:"kind"` // landscape, context, container, component, deployment, team, drift, impact, code, sequence
	Title        string  `json:"title"`
	Description  string  `json:"description,omitempty"`
	Architecture string  `json:"architecture"` // the architecture's title
	Version      string  `json:"version,omitempty"`
	Direction    string  `json:"direction"`        // down, right, up, left
	Drift        bool    `json:"drift"`            // verdicts are shown
	Theme        string  `json:"theme,omitempty"`  // "" is the theme that holds where none is named
	Colors       []Color `json:"colors,omitempty"` // colours of the user's, by name
	Icons        []Icon  `json:"icons,omitempty"`  // icons of the user's that nodes name, by name
	Keys         []Key   `json:"keys,omitempty"`   // what looks mean, for the legend
	Groups       []Group `json:"groups"`
	Nodes        []Node  `json:"nodes"`
	Edges        []Edge  `json:"edges"`
	Badges       []Badge `json:"badges,omitempty"`    // sets that cut across the groups, for the legend
	SameRank     [][]int `json:"same_rank,omitempty"` // indices of nodes
	Steps        []Step  `json:"steps,omitempty"`     // of a sequence, in the order in which they happen
}

// KindSequence is the kind of a diagram with steps.
const KindSequence = "sequence"

// Step is one line of a sequence: a message, a note, or a fragment around other steps.
type Step struct {
	Kind  StepKind `json:"kind"`
	Edge  int      `json:"edge"`            // index of a message's edge, -1 for all else
	Nodes []int    `json:"nodes,omitempty"` // what a note is about
	Text  string   `json:"text,omitempty"`  // a note's text, a fragment's title
	Steps []Step   `json:"steps,omitempty"` // in a fragment; an alt's end with its elses, a par's are branches
}

// StepKind is what a step is.
type StepKind string

// The kinds of step.
const (
	StepMessage StepKind = "message"
	StepNote    StepKind = "note"
	StepAlt     StepKind = "alt"
	StepElse    StepKind = "else"
	StepOpt     StepKind = "opt"
	StepLoop    StepKind = "loop"
	StepPar     StepKind = "par"
	StepBranch  StepKind = "branch"
)

// Group is a frame around nodes and groups. Groups form a forest; a parent stands before its children.
type Group struct {
	Address    string `json:"address"`        // an element's, or group.NAME for a set of the view
	Parent     int    `json:"parent"`         // index of the group around it, -1 at the top
	Type       string `json:"type"`           // system, component, …, team, node (of an environment), or "set"
	Kind       string `json:"kind,omitempty"` // the title of its kind, which says more than the type
	Title      string `json:"title"`
	Technology string `json:"technology,omitempty"` // of a node
	Owner      string `json:"owner,omitempty"`      // the team's title
	Link       string `json:"link,omitempty"`
	Status     string `json:"status,omitempty"`
	Look
}

// Node is a card.
type Node struct {
	Address     string   `json:"address"`
	Group       int      `json:"group"`               // index of the group around it, -1 at the top
	Type        string   `json:"type"`                // person, system, component, api, datastore, queue, external, package
	Kind        string   `json:"kind,omitempty"`      // the title of its kind, which says more than the type
	KindIcon    string   `json:"kind_icon,omitempty"` // the icon of its kind, where its own is another
	Title       string   `json:"title"`
	Technology  string   `json:"technology,omitempty"`
	Description string   `json:"description,omitempty"`
	Owner       string   `json:"owner,omitempty"` // the team's title
	Tags        []string `json:"tags,omitempty"`
	Status      string   `json:"status,omitempty"`  // planned, deprecated
	Shape       string   `json:"shape"`             // box, component, cylinder, queue, person, hexagon, cloud, browser, mobile, bucket, document
	Icon        string   `json:"icon,omitempty"`    // one of ours, one of Diagram.Icons, or "none"; "" is the type's own
	Badges      []int    `json:"badges,omitempty"`  // indices into Diagram.Badges
	Link        string   `json:"link,omitempty"`    // relative to the picture, or http(s)
	View        string   `json:"view,omitempty"`    // the view that it leads to, in place of the link
	Subject     bool     `json:"subject,omitempty"` // what the view is of
	Note        string   `json:"note,omitempty"`    // what this view alone says of it: 2 hops
	Look
}

// Look is how something is drawn besides its shape. What is empty is as it would be without.
type Look struct {
	Color   string  `json:"color,omitempty"`   // a name of the palette
	Line    string  `json:"line,omitempty"`    // solid, dashed, dotted
	Width   float64 `json:"width,omitempty"`   // of the line, in pixels
	Opacity *int    `json:"opacity,omitempty"` // hundredths: of a line, or of what a card is filled with
}

// Key is an entry of the legend: what a look means.
type Key struct {
	Title string `json:"title"`
	Edges bool   `json:"edges,omitempty"` // it is of edges, not of nodes
	Icon  string `json:"icon,omitempty"`
	Look
}

// Color is a colour of the user's with its values, #rrggbb, on light and on dark pages.
type Color struct {
	Name  string `json:"name"`
	Light string `json:"light"`
	Dark  string `json:"dark"`
}

// Icon is a picture of the user's, drawn in a field of 24 × 24.
type Icon struct {
	Name  string     `json:"name"`
	Parts []IconPart `json:"parts"`
}

// IconPart is one path of an icon. A colour is #rrggbb, "" for none, or "own" for that of the card.
type IconPart struct {
	Data    string  `json:"d"` // M, L, C and Z, in absolute places
	Fill    string  `json:"fill,omitempty"`
	EvenOdd bool    `json:"even_odd,omitempty"`
	Stroke  string  `json:"stroke,omitempty"`
	Width   float64 `json:"width,omitempty"` // of the stroke
}

// Edge is an arrow between two nodes.
type Edge struct {
	From       int      `json:"from"` // index of a node
	To         int      `json:"to"`
	Labels     []string `json:"labels,omitempty"`
	Technology string   `json:"technology,omitempty"`
	Async      bool     `json:"async,omitempty"`
	Reply      bool     `json:"reply,omitempty"` // a message that answers an earlier one
	Status     string   `json:"status,omitempty"`
	Crosses    bool     `json:"crosses,omitempty"` // in a team view: it leads from one team's part to another's
	Reaches    bool     `json:"reaches,omitempty"` // no use but a denied way over others: the evidence says which
	Look
	// Verdict is convergence, divergence, absence, waived or unknown: the worst of what the arrow stands
	// for. What breaks a rule diverges, whether it is declared or not. It is "declared" when the view shows no drift.
	Verdict string `json:"verdict"`
	// Count is the number of import pairs behind a divergence or waived arrow, else 0.
	Count int `json:"count,omitempty"`
	// Breaks names the rules that a divergence or waived arrow breaks, sorted: rule.layers, code/bypass.
	Breaks []string `json:"breaks,omitempty"`
	// Evidence names the pairs of packages behind a divergence or waived arrow, at most ten, no line numbers.
	Evidence []string `json:"evidence,omitempty"`
}

// Badge is a named set drawn as a mark on its members.
type Badge struct {
	Title string `json:"title"`
}

// Digest is the first 16 hexadecimal digits of a SHA-256 over everything the picture shows. It depends on
// this diagram alone, so that one team's edit leaves the other pictures as they are.
func (d *Diagram) Digest() string {
	b, err := json.Marshal(d)
	if err != nil { // strings, numbers and booleans always marshal
		panic(err)
	}
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:8])
}
