// Package geometry is the language between measuring, layout and painting. All numbers are CSS
// pixels; the origin is the top left corner of the drawing, y grows downwards.
package geometry

// Point is a place.
type Point struct{ X, Y float64 }

// Size is a width and a height.
type Size struct{ W, H float64 }

// Rect is a box by its top left corner and size.
type Rect struct{ X, Y, W, H float64 }

// Center is the middle of a box.
func (r Rect) Center() Point { return Point{r.X + r.W/2, r.Y + r.H/2} }

// Request is what a layout needs to know: sizes and structure, no words.
type Request struct {
	Direction string  // down, right, up, left
	Groups    []Frame // a parent stands before its children
	Nodes     []Box
	Edges     []Link
	SameRank  [][]int // indices of nodes
	Vacant    []Rect  // where boxes stood that are gone: a new box may have their place
}

// Frame asks for room around nodes.
type Frame struct {
	Parent int  // index of the frame around it, -1 at the top
	Title  Size // room for its title line, along the frame's top
}

// Box asks for a place.
type Box struct {
	Group int // index of the frame around it, -1 at the top
	Size  Size
	Held  *Hold `json:",omitempty"` // nil: it has no place yet
}

// Hold is the place of a box that must not move.
type Hold struct {
	At      Rect // where it stands, and how large it was there
	Turn    int  // when it came: where two cannot both stand, the later one gives way
	Changed bool // it was in another frame: it gives way to all that was not
}

// Link asks for a way between two boxes.
type Link struct {
	From, To int  // indices of boxes
	Label    Size // room for the label; zero for none
	Stray    bool // nobody meant it: what it leads back against says which rows are above
}

// Plan is a finished layout; its slices run parallel to the request's. What holds its place stands there:
// then the corner of the drawing may be anywhere, else it is the origin.
type Plan struct {
	Corner Point // the top left corner of all that is drawn
	Size   Size
	Groups []Rect
	Titles []Rect // the words of each frame's title; zero when none was asked for
	Nodes  []Rect
	Edges  []Route
	Placed []int   `json:",omitempty"` // the boxes that found a new place, ascending
	Room   []int   `json:",omitempty"` // the frames that needed more room than there was: others moved; -1 for the top
	Steps  []Part  `json:",omitempty"` // of a sequence
	Foot   float64 `json:",omitempty"` // of a sequence: where its lifelines end
}

// Part is where a step of a sequence stands; nothing of a message, which is an edge.
type Part struct {
	Box  Rect // of a note or fragment; of an else or branch, from the line over it
	Tab  Rect // of the word of a fragment
	Text Rect // of the words of a note, or of a fragment's title
}

// Route is the way of an edge: a chain of cubic Bézier curves, 3n+1 points, from the border of the
// source's box to the tip of the arrow at the target's.
type Route struct {
	Points []Point
	Label  Rect  // zero when no label was asked for, or it found no room
	Number Point `json:",omitzero"` // the middle of the mark that stands for a label without room
}
