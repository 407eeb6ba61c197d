// Package arch is the declared architecture: what a team wrote in its *.arch.hcl files, checked
// and evaluated, every value with its place.
//
// A Model is made once by New and never changed afterwards. Slices are sorted by address or place,
// so that walking a model is deterministic.
package arch

import (
	"slices"
	"strings"

	"github.com/asbuilt/asbuilt/pkg/source"
)

// Model is one architecture.
type Model struct {
	Architecture Architecture
	Teams        []*Team
	Elements     []*Element
	Edges        []*Edge
	Observers    []*Observer
	Views        []*View
	Environments []*Environment `json:",omitempty"`
	Styles       []*Style
	Waivers      []*Waiver
	Moves        []*Move
	Rules        []*Rule
	Kinds        []*Kind
	Themes       []*Theme  `json:",omitempty"`
	Baseline     *Baseline // nil when no baseline block was written

	byAddress map[string]*Element
	teams     map[string]*Team
	children  map[string][]*Element
	from      map[string][]*Edge
}

// EdgePolicy says what an undeclared edge is.
type EdgePolicy string

// The edge policies of the architecture block.
const (
	EdgesDeclared   EdgePolicy = "declared"   // an undeclared edge is a divergence
	EdgesTransitive EdgePolicy = "transitive" // what declared edges imply is allowed too
	EdgesOpen       EdgePolicy = "open"       // rules alone judge
)

// Architecture is the architecture block: what holds for the whole model.
type Architecture struct {
	Name            string                  `json:"name"`
	Title           string                  `json:"title,omitempty"`
	Description     string                  `json:"description,omitempty"`
	Version         string                  `json:"version,omitempty"`
	Out             string                  `json:"out"` // folder of the pictures, relative to the root, {version} replaced
	OutAt           source.Range            `json:"-"`   // zero when it is the default
	RequiredVersion string                  `json:"required_version,omitempty"`
	Strict          bool                    `json:"strict"`
	Edges           EdgePolicy              `json:"edges"`
	Severity        map[string]string       `json:"severity,omitempty"` // rule id → error, warning or note
	SeverityAt      map[string]source.Range `json:"-"`
	Theme           string                  `json:"theme,omitempty"` // of views that name none
	At              source.Range            `json:"at"`              // zero when no architecture block was written
}

// Team owns elements.
type Team struct {
	Address    string       `json:"address"` // team.payments
	Name       string       `json:"name"`
	Title      string       `json:"title,omitempty"`
	Codeowners string       `json:"codeowners,omitempty"`
	Facts      []Fact       `json:"facts,omitempty"`
	At         source.Range `json:"at"`
}

// The block types that make elements.
const (
	TypePerson    = "person"
	TypeSystem    = "system"
	TypeComponent = "component"
	TypeAPI       = "api"
	TypeDatastore = "datastore"
	TypeQueue     = "queue"
	TypeExternal  = "external"
)

// Status is where an element or edge stands in its life.
type Status string

// The statuses; the empty one is what exists today.
const (
	StatusCurrent    Status = ""
	StatusPlanned    Status = "planned"
	StatusDeprecated Status = "deprecated"
)

// Element is a person, system, component, api, datastore, queue or external.
type Element struct {
	Address     string       `json:"address"`        // component.checkout, component.worker["eu"]
	Type        string       `json:"type"`           // the block type
	Kind        string       `json:"kind,omitempty"` // the name of a kind block
	Name        string       `json:"name"`           // the block label
	Key         string       `json:"key,omitempty"`  // the for_each key of an instance
	Title       string       `json:"title,omitempty"`
	Description string       `json:"description,omitempty"`
	Technology  string       `json:"technology,omitempty"`
	Parent      string       `json:"parent,omitempty"` // `in`, or an api's `of`: an address
	Owner       string       `json:"owner,omitempty"`  // team address
	Tags        []string     `json:"tags,omitempty"`   // sorted
	Docs        string       `json:"docs,omitempty"`   // a relative path or an http(s) address
	Icon        *Icon        `json:"icon,omitempty"`
	Shared      bool         `json:"shared,omitempty"`
	Root        bool         `json:"root,omitempty"`
	Status      Status       `json:"status,omitempty"`
	Code        *Code        `json:"code,omitempty"`
	Bindings    []string     `json:"bindings,omitempty"` // which worlds bind it, sorted: compose, go, kubernetes, otel, grpc, openapi, http
	Facts       []Fact       `json:"facts,omitempty"`    // what only describes, sorted by name
	At          source.Range `json:"at"`                 // the block's header
}

// Label is the title, else the name with its instance key.
func (e *Element) Label() string {
	if e.Title != "" {
		return e.Title
	}
	if e.Key != "" {
		return e.Name + " " + e.Key
	}
	return e.Name
}

// Code binds an element to packages.
type Code struct {
	Go          []Pattern    `json:"go"`
	Nodes       []Pattern    `json:"nodes,omitempty"`        // patterns of node ids of other worlds: npm:src/cart/...
	TestSupport []Pattern    `json:"test_support,omitempty"` // imported by tests only; never judged as production code
	Exposes     *Patterns    `json:"exposes,omitempty"`      // nil: every package may be used
	Modules     *Patterns    `json:"modules,omitempty"`      // nil: every third-party module may be used
	At          source.Range `json:"at"`
}

// Patterns is an attribute that was written: its list may be empty, and then nothing is allowed.
type Patterns struct {
	List []Pattern    `json:"list"`
	At   source.Range `json:"at"`
}

// Pattern is a Go package pattern as written: ./dir, ./dir/..., or an import path with or without /... .
type Pattern struct {
	Text string       `json:"pattern"`
	At   source.Range `json:"at"`
}

// Fact is a value that only describes: kept, printed, drawn where a view has room.
type Fact struct {
	Name  string       `json:"name"`
	Value any          `json:"value"` // string, float64, bool, nil, []any, map[string]any
	At    source.Range `json:"at"`
}

// EdgeKind is the world an edge lives in.
type EdgeKind string

// The kinds of edge. A plain edge covers every kind.
const (
	EdgePlain  EdgeKind = ""
	EdgeImport EdgeKind = "import"
	EdgeCall   EdgeKind = "call"
	EdgeEvent  EdgeKind = "event"
	EdgeData   EdgeKind = "data"
)

// NaturalKind is the kind that the type of its target gives an edge.
func NaturalKind(to string) EdgeKind {
	switch elementType, _, _ := strings.Cut(to, "."); elementType {
	case TypeAPI:
		return EdgeCall
	case TypeQueue:
		return EdgeEvent
	case TypeDatastore:
		return EdgeData
	}
	return EdgePlain
}

// Edge is a declared use: From uses To.
type Edge struct {
	From       string         `json:"from"`
	To         string         `json:"to"`
	Kind       EdgeKind       `json:"kind,omitempty"`
	Label      string         `json:"label,omitempty"`
	Technology string         `json:"technology,omitempty"`
	Async      bool           `json:"async,omitempty"`
	Tags       []string       `json:"tags,omitempty"`
	Status     Status         `json:"status,omitempty"`
	Metadata   map[string]any `json:"metadata,omitempty"`
	At         source.Range   `json:"at"`      // the reference in depends_on, or the `to` of a uses block
	Literal    bool           `json:"literal"` // At is a literal that can be edited (false: it comes from for_each or a local)
}

// Observer is an observe block: where evidence comes from.
type Observer struct {
	Kind    string       `json:"kind"`            // go, graph
	Roots   []Pattern    `json:"roots,omitempty"` // go: folders, relative to the root
	Files   []Pattern    `json:"files,omitempty"` // graph: evidence files, relative to the root
	Exclude []Pattern    `json:"exclude,omitempty"`
	Tests   string       `json:"tests"` // label, ignore or enforce
	Exact   bool         `json:"exact,omitempty"`
	At      source.Range `json:"at"` // zero when it was not written but inferred
}

// Waiver accepts a finding for a while.
type Waiver struct {
	Name      string       `json:"name"`
	Rule      string       `json:"rule"`           // a built-in rule's id, or rule.NAME for one of the model's own
	From      string       `json:"from,omitempty"` // element addresses, or those of blocks with for_each; empty: any
	To        string       `json:"to,omitempty"`
	Element   string       `json:"element,omitempty"`
	Path      string       `json:"path,omitempty"`
	Reason    string       `json:"reason,omitempty"`
	Owner     string       `json:"owner,omitempty"` // team address
	Ticket    string       `json:"ticket,omitempty"`
	Expires   string       `json:"expires,omitempty"` // YYYY-MM-DD, the last day it holds
	At        source.Range `json:"at"`
	ExpiresAt source.Range `json:"-"`
}

// Move records a rename.
type Move struct {
	From string       `json:"from"`
	To   string       `json:"to"`
	At   source.Range `json:"at"`
}

// New sorts and indexes a model. It takes the model over: the caller keeps no reference.
func New(m Model) *Model {
	slices.SortFunc(m.Teams, func(a, b *Team) int { return strings.Compare(a.Address, b.Address) })
	slices.SortFunc(m.Elements, func(a, b *Element) int { return strings.Compare(a.Address, b.Address) })
	slices.SortStableFunc(m.Edges, CompareEdges)
	slices.SortFunc(m.Views, func(a, b *View) int { return strings.Compare(a.Name, b.Name) })
	slices.SortFunc(m.Environments, func(a, b *Environment) int { return strings.Compare(a.Name, b.Name) })
	slices.SortFunc(m.Waivers, func(a, b *Waiver) int { return strings.Compare(a.Name, b.Name) })
	slices.SortFunc(m.Styles, func(a, b *Style) int { return source.Compare(a.At, b.At) })
	slices.SortFunc(m.Observers, func(a, b *Observer) int { return strings.Compare(a.Kind, b.Kind) }) // one of a kind
	slices.SortFunc(m.Rules, func(a, b *Rule) int { return strings.Compare(a.Name, b.Name) })
	slices.SortFunc(m.Themes, func(a, b *Theme) int { return strings.Compare(a.Name, b.Name) })
	slices.SortFunc(m.Kinds, func(a, b *Kind) int { return strings.Compare(a.Name, b.Name) })
	slices.SortFunc(m.Moves, func(a, b *Move) int { return source.Compare(a.At, b.At) })
	m.byAddress = make(map[string]*Element, len(m.Elements))
	m.teams = make(map[string]*Team, len(m.Teams))
	m.children = make(map[string][]*Element)
	m.from = make(map[string][]*Edge)
	for _, t := range m.Teams {
		m.teams[t.Address] = t
	}
	for _, e := range m.Elements {
		m.byAddress[e.Address] = e
	}
	for _, e := range m.Elements {
		m.children[e.Parent] = append(m.children[e.Parent], e)
	}
	for _, e := range m.Edges {
		m.from[e.From] = append(m.from[e.From], e)
	}
	return &m
}

// CompareEdges orders edges by ends, kind, label and place.
func CompareEdges(a, b *Edge) int {
	for _, c := range [...]int{
		strings.Compare(a.From, b.From), strings.Compare(a.To, b.To),
		strings.Compare(string(a.Kind), string(b.Kind)), strings.Compare(a.Label, b.Label),
	} {
		if c != 0 {
			return c
		}
	}
	return source.Compare(a.At, b.At)
}

// With returns a copy of the model that change has edited. The lists of the copy are its own; what they
// point to is shared, so change replaces an element by an edited copy of it, never edits it in place.
func (m *Model) With(change func(*Model)) *Model {
	c := *m
	c.Teams, c.Elements, c.Edges = slices.Clone(m.Teams), slices.Clone(m.Elements), slices.Clone(m.Edges)
	c.Observers, c.Views, c.Styles = slices.Clone(m.Observers), slices.Clone(m.Views), slices.Clone(m.Styles)
	c.Waivers, c.Moves, c.Environments = slices.Clone(m.Waivers), slices.Clone(m.Moves), slices.Clone(m.Environments)
	c.Rules, c.Kinds, c.Themes = slices.Clone(m.Rules), slices.Clone(m.Kinds), slices.Clone(m.Themes)
	change(&c)
	return New(c)
}
