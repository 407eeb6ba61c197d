// Package reflexion is the comparison of declared with observed architecture, in the words of
// G. C. Murphy, D. Notkin, K. Sullivan, "Software Reflexion Models: Bridging the Gap between Source
// and High-Level Models", FSE 1995.
package reflexion

import (
	"github.com/asbuilt/asbuilt/pkg/arch"
	"github.com/asbuilt/asbuilt/pkg/evidence"
	"github.com/asbuilt/asbuilt/pkg/source"
)

// Verdict is what the comparison says about one arrow.
type Verdict string

// The verdicts.
const (
	Convergence Verdict = "convergence" // declared (or allowed) and seen
	Divergence  Verdict = "divergence"  // seen, not declared
	Absence     Verdict = "absence"     // declared; every observer that could have seen it ran completely and saw nothing
	Unknown     Verdict = "unknown"     // declared; no observer that ran could have seen it, or one was blind. Or not declared, and weak evidence alone hints at it
	Waived      Verdict = "waived"      // a divergence or absence that a waiver or the baseline accepts; given by check, never by compare
)

// Reason says why an arrow was judged as it was.
type Reason string

// The reasons.
const (
	Declared   Reason = "declared"   // an edge covers it
	Implied    Reason = "implied"    // declared edges lead there and the policy is "transitive"
	Shared     Reason = "shared"     // the target is a library
	Root       Reason = "root"       // the source is a composition root
	Open       Reason = "open"       // the policy is "open"
	Undeclared Reason = "undeclared" // nothing allows it
)

// Result is a whole comparison, without judgement. All slices are sorted.
type Result struct {
	Arrows     []Arrow
	Unassigned []Unassigned
	Empty      []Empty
	Ambiguous  []Ambiguous
	Owners     map[string]string // node id → element address, for every owned node
	// TestSupport are the owned packages that tests alone may import: their own imports are those of tests.
	TestSupport map[string]bool
	Gaps        []evidence.Gap
	// Blind tells that an observer, or an evidence file, saw nothing at all: what is not in the evidence may exist.
	Blind bool
}

// Arrow is a use between two elements: a declared edge with what was seen of it, or what was seen
// without a declaration.
type Arrow struct {
	From, To string     // element addresses
	Edge     *arch.Edge // nil when no declaration covers it
	Verdict  Verdict
	Reason   Reason
	Scope    evidence.Scope // code when any import is code; test when all are in tests
	Variants []string       // empty when it exists unconditionally
	Imports  []Import       // sorted by From, To, Kind; one for each of these
	Seen     []Sighting     // what the observers say of it, in their order: all of a declared edge, else those that saw it
}

// Sighting is the verdict of one observer on an arrow. One that saw it is enough for convergence; an
// absence needs every observer that could have seen it.
type Sighting struct {
	Observer string // go, or the name that an evidence file gives
	Verdict  Verdict
}

// Import is one pair of packages (or of nodes of another world) that witnesses an arrow.
type Import struct {
	From, To string         // node ids
	Observer string         // the one with the strongest evidence
	Kind     string         // import, call, event or data
	Grade    evidence.Grade // of the weakest hop
	Scope    evidence.Scope
	Variants []string
	Hops     []evidence.Edge // one edge; several when the way leads through unowned packages
}

// Unassigned is a folder whose packages no element owns.
type Unassigned struct {
	World    string       // of the nodes' ids; empty for a folder of Go packages
	Dir      string       // a folder relative to the code root, or what the nodes' names begin with; "." for all
	Packages []string     // node ids, sorted
	At       source.Range // where the first of them was seen; zero for a folder
}

// Empty is a pattern, or a binding to what runs, that matches no node.
type Empty struct {
	World   string
	Element string
	Pattern arch.Pattern
	Nearest string // the most similar folder that exists, as a pattern, or ""
}

// Ambiguous is a node that two patterns of the same length claim.
type Ambiguous struct {
	Package string // its id
	Claims  []Claim
}

// Claim is one element's pattern that matches a node.
type Claim struct {
	Element string
	Pattern arch.Pattern
}
