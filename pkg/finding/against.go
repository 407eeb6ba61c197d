package finding

// Against is what a change is held against: an older state, whose policy judges it, and what the change adds
// to the model of that state.
type Against struct {
	Ref    string `json:"ref"`            // as it was named
	Commit string `json:"commit"`         // the commit that it means
	Note   string `json:"note,omitempty"` // why the change's own policy judged it; empty: that of the commit did
	// Added and Removed are news, not findings. Renames by moved blocks are neither.
	Added   Parts `json:"added"`
	Removed Parts `json:"removed"`
	// Moved are elements that stand inside of something else now, and code that belongs to another element: what
	// passes between the two was a border, and may be none any more.
	Moved []Move `json:"moved"`
	// Free are added elements whose uses need no declaration: what is to be kept apart can meet there.
	Free []Free `json:"free"`
}

// Free is an element with the mark of a library or a composition root, its own or of what it is in.
type Free struct {
	Element string `json:"element"`
	Shared  bool   `json:"shared,omitempty"`
	Root    bool   `json:"root,omitempty"`
}

// Move is an element or code that changed its place in the model.
type Move struct {
	Element  string   `json:"element,omitempty"`  // an address; empty: it is about code
	Packages []string `json:"packages,omitempty"` // ids, sorted
	From     string   `json:"from,omitempty"`     // the element that it was in, or belonged to; empty: none
	To       string   `json:"to,omitempty"`       // the same now
}

// Same reports whether the model is as it was.
func (a *Against) Same() bool { return a.Added.Empty() && a.Removed.Empty() && len(a.Moved) == 0 }

// Parts are parts of a model, sorted.
type Parts struct {
	Elements []string `json:"elements"` // addresses
	Edges    []Use    `json:"edges"`
}

// Use is a declared edge.
type Use struct {
	From string `json:"from"`
	To   string `json:"to"`
	Kind string `json:"kind,omitempty"`
}

// Empty reports whether there is nothing.
func (p Parts) Empty() bool { return len(p.Elements) == 0 && len(p.Edges) == 0 }
