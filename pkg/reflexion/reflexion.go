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
	Unknown     Verdict = "unknown"     // declared; no observer that ran could have seen it, or one was blind
	Waived      Verdict = "waived"      // a divergence or absence that a waiver accepts; given by check, never by compare
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
	Gaps       []evidence.Gap
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
	Imports  []Import       // sorted by From, To
	Seen     []Sighting     // what each observer says of it, in the order of the observers
}

// Sighting is the verdict of one observer on an arrow. One that saw it is enough for convergence; an
// absence needs every observer that could have seen it.
type Sighting struct {
	Observer string // go, graph
	Verdict  Verdict
}

// Import is one pair of packages (or of nodes of another world) that witnesses an arrow.
type Import struct {
	From, To string // node ids
	Observer string
	Kind     string // import, call, event or data
	Grade    evidence.Grade
	Scope    evidence.Scope
	Variants []string
	Hops     []evidence.Edge // one edge; several when the way leads through unowned packages
}

// Unassigned is a folder whose packages no element owns.
type Unassigned struct {
	Dir      string   // relative to the code root, "." for the root
	Packages []string // node ids
	At       source.Range
}

// Empty is a code pattern that matches no package.
type Empty struct {
	Element string
	Pattern arch.Pattern
	Nearest string // the most similar folder that exists, as a pattern, or ""
}

// Ambiguous is a package that two patterns of the same length claim.
type Ambiguous struct {
	Package string // node id
	Claims  []Claim
}

// Claim is one element's pattern that matches a package.
type Claim struct {
	Element string
	Pattern arch.Pattern
}
