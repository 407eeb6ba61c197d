package arch

import (
	"slices"

	"github.com/asbuilt/asbuilt/pkg/source"
)

// View is a declared picture.
type View struct {
	Kind          string         `json:"kind"` // landscape, context, container, component, deployment, team, drift, impact, code
	Name          string         `json:"name"`
	Auto          bool           `json:"auto,omitempty"`    // nobody wrote it: it is there by architecture { auto = true }
	Extends       string         `json:"extends,omitempty"` // the name of another view, whose entries are in this one already
	Title         string         `json:"title,omitempty"`
	Description   string         `json:"description,omitempty"`
	Of            string         `json:"of,omitempty"`
	Environment   string         `json:"environment,omitempty"` // deployment: the name of an environment
	Depth         int            `json:"depth,omitempty"`       // impact: how many hops at most; 0: all
	Include       []string       `json:"include"`               // addresses, sorted; nil: the kind's natural default
	Also          []string       `json:"also,omitempty"`        // without include: what an extending view draws besides; sorted
	Exclude       []string       `json:"exclude,omitempty"`
	Where         []Predicate    `json:"-"` // all must hold of an element
	WhereEdges    []Predicate    `json:"-"` // all must hold of an edge
	Drift         bool           `json:"drift,omitempty"`
	Direction     string         `json:"direction"` // down, right, up, left
	SameRank      [][]string     `json:"same_rank,omitempty"`
	Groups        []ViewGroup    `json:"groups,omitempty"`
	Overrides     []Override     `json:"overrides,omitempty"`
	EdgeOverrides []EdgeOverride `json:"edge_overrides,omitempty"`
	Styles        []*Style       `json:"styles,omitempty"`    // in this view alone, in the order written
	Theme         string         `json:"theme,omitempty"`     // one of ours, or of the model; "": the architecture's
	Lifelines     []string       `json:"lifelines,omitempty"` // of a sequence: addresses, from the left; others follow as they occur
	Steps         []*Step        `json:"steps,omitempty"`     // of a sequence, in the order written
	At            source.Range   `json:"at"`
	OfAt          source.Range   `json:"-"` // what follows `of`, or `environment`; zero when it is not written
}

// ViewGroup is a named set drawn together in one view. Its title is unique in the view.
type ViewGroup struct {
	Title   string       `json:"title"`
	Members []string     `json:"members"` // addresses, sorted; those of the groups inside are members too
	Groups  []ViewGroup  `json:"groups,omitempty"`
	At      source.Range `json:"at"`
}

// All are the members of a group and of all groups inside.
func (g ViewGroup) All() []string {
	out := slices.Clone(g.Members)
	for _, inner := range g.Groups {
		out = append(out, inner.All()...)
	}
	return out
}

// Override changes how some elements are drawn in one view. What is nil or empty stays.
type Override struct {
	Of          []string `json:"of"` // addresses, sorted
	Title       string   `json:"title,omitempty"`
	Description *string  `json:"description,omitempty"` // "" draws none
	Technology  *string  `json:"technology,omitempty"`
	Note        string   `json:"note,omitempty"`
	View        string   `json:"view,omitempty"` // the name of the view that a card leads to
	Look
	At source.Range `json:"at"`
}

// EdgeOverride changes what some edges say in one view. What is nil stays.
type EdgeOverride struct {
	Of         []*Edge      `json:"of"`              // in CompareEdges order
	Label      *string      `json:"label,omitempty"` // "" draws none
	Technology *string      `json:"technology,omitempty"`
	At         source.Range `json:"at"`
}

// Environment is a place where the model runs.
type Environment struct {
	Name        string       `json:"name"`
	Title       string       `json:"title,omitempty"`
	Description string       `json:"description,omitempty"`
	Nodes       []*Node      `json:"nodes"` // in the order of their names
	At          source.Range `json:"at"`
}

// Node is something in an environment that holds instances, or other nodes: a region, a cluster, a machine.
type Node struct {
	Name       string       `json:"name"` // unique among its siblings
	Title      string       `json:"title,omitempty"`
	Technology string       `json:"technology,omitempty"`
	Nodes      []*Node      `json:"nodes,omitempty"`
	Instances  []*Instance  `json:"instances,omitempty"` // by element, each once
	At         source.Range `json:"at"`
}

// Label is the title, else the name.
func (n *Node) Label() string {
	if n.Title != "" {
		return n.Title
	}
	return n.Name
}

// Instance is an element that runs in a node. What it does not say is as the element says it.
type Instance struct {
	Of          string       `json:"of"`
	Title       string       `json:"title,omitempty"`
	Description string       `json:"description,omitempty"`
	Technology  string       `json:"technology,omitempty"`
	Replicas    int          `json:"replicas,omitempty"` // 0: it does not say
	At          source.Range `json:"at"`
}
