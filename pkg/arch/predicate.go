package arch

import "github.com/asbuilt/asbuilt/pkg/source"

// Predicate is a condition of the language that is evaluated later, over one element or edge at a
// time. It is implemented where the language lives, so that no other room sees HCL.
type Predicate interface {
	// Holds evaluates the condition. Its error is about the user's file: it reads like a finding.
	Holds(Subject) (bool, error)
	// String is the condition as it was written.
	String() string
	// At is the place of the condition.
	At() source.Range
	// In is the same condition asked about the elements and edges of another model.
	In(*Model) Predicate
	// Reads lists what the condition reads of its subject, sorted: attributes (self.owner,
	// source.tags) and set functions called on it (outgoing(self)).
	Reads() []string
}

// Subject is what a predicate is asked about: an element, or an edge.
type Subject struct {
	Element *Element
	Edge    *Edge
	Verdict string // of an edge, in a picture
}
