// Package evidence is what observers saw: a graph of nodes and edges, each edge with the lines that
// witness it. Its JSON is public, so that any tool can write an observer.
package evidence

import (
	"slices"
	"strings"

	"github.com/asbuilt/asbuilt/pkg/source"
)

// Graph is the evidence of one observer, or of several merged. Nodes are sorted by ID, edges by
// From, To, Kind and Scope, witnesses by file and line; there is at most one edge for each of those.
type Graph struct {
	// Observer is who saw it: go, or the name that an evidence file gives. Empty for several merged.
	Observer string `json:"observer,omitempty"`
	// Worlds are those that were read completely, and Kinds the kinds of edge that were looked for, sorted:
	// what of them is not here does not exist. Without both, a graph proves no absence. Several merged have no worlds.
	Worlds []string `json:"worlds,omitempty"`
	Kinds  []string `json:"kinds,omitempty"`

	Nodes []Node `json:"nodes"`
	Edges []Edge `json:"edges"`
	// Gaps is what was not read. A graph with gaps proves no absence.
	Gaps []Gap `json:"gaps,omitempty"`
	// Coverage counts what was read, one entry an observer root.
	Coverage []Coverage `json:"coverage,omitempty"`
	// Waivers are the comments in sources that accept a finding.
	Waivers []Waiver `json:"waivers,omitempty"`
}

// Waiver is a comment in a source that accepts a finding for a while:
//
//	//asbuilt:waive RULE until 2027-01-31: reason
type Waiver struct {
	Node   string       `json:"node"` // the package that holds the file
	Line   int          `json:"line"` // the import that it is about; 0: every import of the file
	Rule   string       `json:"rule"`
	Until  string       `json:"until"`  // YYYY-MM-DD, the last day it holds; empty when it is missing or no date
	Reason string       `json:"reason"` // empty when it is missing
	At     source.Range `json:"at"`     // the comment
	// Written is how a comment begins that looks like a waiver and is none: // asbuilt:waive. It accepts nothing.
	Written string `json:"written,omitempty"`
}

// The kinds of node.
const (
	Package    = "package"     // read: its files are in the graph
	Service    = "service"     // what runs: a workload, a store, a queue
	Unread     = "unread"      // inside an observed module, but excluded, or without a file
	Standard   = "standard"    // the standard library
	ThirdParty = "third-party" // any other module
)

// Node is something that exists in one world. Its id says which: go:example.com/m/db.
type Node struct {
	ID   string `json:"id"`
	Kind string `json:"kind"`
	// Dir is the package's folder relative to the code root, with slashes, "." for the root itself.
	// An unread package has the folder where its files are, or should be. Empty outside the tree.
	Dir string `json:"dir,omitempty"`
	// Module is the module path that holds the package; empty for the standard library and the unknown.
	Module string `json:"module,omitempty"`
	// Main reports whether the package is a command (package main).
	Main bool `json:"main,omitempty"`
	// Files counts the sources that were read; Generated those of them that carry the generated-code mark.
	Files     int `json:"files,omitempty"`
	Generated int `json:"generated,omitempty"`
}

// Split parts a node's id into its world and its name there: go:example.com/m is example.com/m in the world go.
func Split(id string) (world, name string) {
	world, name, _ = strings.Cut(id, ":")
	return world, name
}

// Name is a node's name in its own world.
func Name(id string) string {
	_, name := Split(id)
	return name
}

// The kinds of edge.
const (
	KindImport = "import" // an import declaration
	KindCall   = "call"   // a request to a service
	KindEvent  = "event"  // a message, published or consumed
	KindData   = "data"   // a query of a datastore
)

// Grade is how much an edge proves.
type Grade string

// The grades, strongest first.
const (
	Proven   Grade = "proven"   // an import, a call
	Strong   Grade = "strong"   // a resolved address
	Weak     Grade = "weak"     // depends_on, a selector
	Allowed  Grade = "allowed"  // a network policy
	Observed Grade = "observed" // a trace
)

// ShowsUse reports whether evidence of this grade, alone, shows that something is used: a start order hints
// at it, and a network policy merely lets it be.
func (g Grade) ShowsUse() bool { return g != Weak && g != Allowed }

// Rank orders grades by what they prove, the strongest highest; 0 for anything else.
func (g Grade) Rank() int {
	return slices.Index([]Grade{Allowed, Weak, Observed, Strong, Proven}, g) + 1
}

// Scope is what kind of source witnesses an edge.
type Scope string

// The scopes.
const (
	Code    Scope = "code"
	Test    Scope = "test"
	Ignored Scope = "ignored" // files that no build reads (//go:build ignore): labelled, never judged
)

// Edge is an observed use.
type Edge struct {
	From  string `json:"from"`
	To    string `json:"to"`
	Kind  string `json:"kind"`
	Grade Grade  `json:"grade"`
	Scope Scope  `json:"scope"`
	// Variants are the build constraints under which the edge exists, normalised and sorted;
	// empty when it exists unconditionally.
	Variants  []string  `json:"variants"`
	Witnesses []Witness `json:"witnesses"`
}

// Witness is one line that shows an edge.
type Witness struct {
	File string `json:"file"`
	Line int    `json:"line"`
}

// At is the witness as a place.
func (w Witness) At() source.Range { return source.At(w.File, w.Line) }

// Gap is something that an observer could not read.
type Gap struct {
	At     source.Range `json:"at"`
	Reason string       `json:"reason"`        // what happened, one clause
	Fix    string       `json:"fix,omitempty"` // the next step
}

// Coverage says how much one root gave.
type Coverage struct {
	Observer  string         `json:"observer"` // go
	Root      string         `json:"root"`     // folder relative to the code root
	Modules   []string       `json:"modules"`  // module paths, sorted
	Packages  int            `json:"packages"`
	Files     int            `json:"files"`
	Generated int            `json:"generated"`
	Excluded  []ExcludeCount `json:"excluded,omitempty"`
	// Known are the paths of all modules that the build lists of Modules name (go.mod, go.sum), sorted:
	// a package outside them and the standard library cannot be imported.
	Known []string `json:"known,omitempty"`
	// Newer are the lines of go.mod and go.work that ask for a Go whose standard library this program does not
	// know: a package that is new in it looks like a third party's.
	Newer []source.Range `json:"newer,omitempty"`
	// Outside are the lines of go.mod and go.work that name a module which cannot be read and which nothing that was
	// read imports; one that is imported is a gap.
	Outside []source.Range `json:"outside,omitempty"`
	// Ignored are the lines of go.mod that took folders out of what is read, as far as nothing imports them.
	Ignored []source.Range `json:"ignored,omitempty"`
}

// ExcludeCount says how many packages an exclude pattern took out.
type ExcludeCount struct {
	Pattern  string `json:"pattern"`
	Packages int    `json:"packages"`
}
