package arch

import (
	"strings"

	"github.com/asbuilt/asbuilt/pkg/source"
)

// RuleKind says what a rule is about.
type RuleKind string

// The kinds of rule: each rule block holds exactly one of these.
const (
	RuleLayers      RuleKind = "layers"      // upper layers may use lower ones, never the reverse
	RuleAcyclic     RuleKind = "acyclic"     // no circle of uses among the members
	RuleIndependent RuleKind = "independent" // no member may use another
	RuleDeny        RuleKind = "deny"        // what must not be used
	RuleOnly        RuleKind = "only"        // nobody else may use the targets
	RuleCondition   RuleKind = "condition"   // a condition that every subject must meet
)

// Rule is a rule block: what must hold besides the declared edges.
type Rule struct {
	Name      string       `json:"name"`
	Kind      RuleKind     `json:"kind"`
	Because   string       `json:"because,omitempty"`
	Severity  string       `json:"severity,omitempty"` // error, warning or note; empty: that of the built-in finding
	Via       []EdgeKind   `json:"via,omitempty"`      // kinds of edge that the rule means, sorted; nil: see Means
	Layers    []Set        `json:"layers,omitempty"`   // top first
	Closed    bool         `json:"closed,omitempty"`   // layers: none may be skipped
	Members   *Set         `json:"members,omitempty"`  // acyclic, independent
	Denials   []Denial     `json:"deny,omitempty"`
	Only      *Set         `json:"only,omitempty"`
	MayUse    *Set         `json:"may_use,omitempty"`
	ForEach   []Subject    `json:"-"`                   // condition: what it is asked about, sorted by address or edge
	About     string       `json:"for_each,omitempty"`  // condition: for_each as written
	Holds     Predicate    `json:"-"`                   // condition
	Message   Message      `json:"-"`                   // condition: error_message; nil when none was written
	Text      string       `json:"condition,omitempty"` // condition: as written
	Always    bool         `json:"-"`                   // condition: it holds of everything, whatever the model says
	At        source.Range `json:"at"`                  // the block's header
	ForEachAt source.Range `json:"-"`                   // condition: the expression of for_each
}

// Address is how waivers and reports name the rule.
func (r *Rule) Address() string { return "rule." + r.Name }

// Set is what an expression that names elements gave.
type Set struct {
	Elements []string     `json:"elements"` // addresses, sorted
	Text     string       `json:"text"`     // the expression as written
	At       source.Range `json:"at"`
}

// Denial is a deny block.
type Denial struct {
	From       *Set         `json:"from,omitempty"`    // nil: every element
	To         *Set         `json:"to,omitempty"`      // elements; nil when imports are denied
	Imports    []Pattern    `json:"imports,omitempty"` // package patterns: path, path/..., the standard library included
	Except     *Set         `json:"except,omitempty"`  // elements that stand neither in from nor in to
	Transitive bool         `json:"transitive,omitempty"`
	At         source.Range `json:"at"`
}

// Kind is a kind block: a named sort of element, with what its elements must have and may use.
type Kind struct {
	Name      string    `json:"name"`
	Of        string    `json:"of"` // the block type that it refines
	Title     string    `json:"title,omitempty"`
	Requires  []Pattern `json:"requires,omitempty"`  // attributes that every element of the kind must have
	MayUse    []Pattern `json:"may_use,omitempty"`   // kinds and block types that they may use; see Restricts
	Restricts bool      `json:"restricts,omitempty"` // may_use was written: nothing else may be used
	Look
	At source.Range `json:"at"`
}

// Label is the title, else the name.
func (k *Kind) Label() string {
	if k.Title != "" {
		return k.Title
	}
	name := strings.ReplaceAll(k.Name, "_", " ")
	return strings.ToUpper(name[:1]) + name[1:]
}

// Baseline is the baseline block: findings that are accepted as they stand.
type Baseline struct {
	File string       `json:"file"` // relative to the root
	At   source.Range `json:"at"`
}

// Message is the error_message of a condition: a template, evaluated over one subject.
type Message interface {
	// Text gives the message. Its error is about the user's file.
	Text(Subject) (string, error)
	// In is the same message about the elements and edges of another model.
	In(*Model) Message
}
