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
}

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
