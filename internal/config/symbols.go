package config

import (
	"fmt"
	"slices"

	"github.com/hashicorp/hcl/v2"
	"github.com/zclconf/go-cty/cty"
)

// symbols are the names that expressions can refer to.
type symbols struct {
	declared  map[string]*declared // by address: component.checkout, team.payments
	order     []*declared          // as they stand in the files
	byType    map[string][]string  // names, for suggestions
	locals    map[string]*local
	localList []*local
	variables map[string]*variable
	moves     map[string]*move // by old address
	lost      map[string]bool  // addresses in blocks of a mistyped type
	singles   map[string]*block
	named     map[string]map[string]*block // what is no element and can be referred to: by block type and name; nil: see expectAuto
	autoViews map[string]bool              // the views that nobody wrote
}

// isNamed reports whether blocks of a type are referred to by name and are no elements.
func isNamed(blockType string) bool {
	return slices.Contains([]string{"kind", "rule", "environment", "view", "theme"}, blockType)
}

// declared is an element or team block.
type declared struct {
	block     *block
	address   string
	state     state
	instances []*instance
	values    [stages]cty.Value // what a reference gives; NilVal until it is known
}

// instance is one element (or team) of a block: the only one, or one key of its for_each.
type instance struct {
	address string
	key     string
	value   cty.Value // each.value; NilVal without for_each
}

// state is how far something was evaluated.
type state int

const (
	untouched state = iota
	underway
	ready
	failed
)

// local is one name in a locals block.
type local struct {
	name   string
	attr   *attribute
	owner  *block
	depth  int               // the longest chain of locals that it needs, itself included
	checks state             // of the search for circles
	pure   bool              // neither it nor what it uses refers to elements: one value for both stages
	states [stages]state     // of the values
	values [stages]cty.Value // by stage
}

// variable is a variable block.
type variable struct {
	name  string
	block *block
	t     *variableType // nil: it is no type, and a finding says so
	value cty.Value     // NilVal: it has none, and a finding says so
}

// move is a moved block.
type move struct {
	from, to string
	end      string // where renames of renames end; "" for a circle
	at       hcl.Range
	block    *block
	state    state
}

func newSymbols() *symbols {
	return &symbols{
		declared: map[string]*declared{}, byType: map[string][]string{},
		locals: map[string]*local{}, variables: map[string]*variable{},
		moves: map[string]*move{}, autoViews: map[string]bool{}, lost: map[string]bool{}, singles: map[string]*block{},
		named: map[string]map[string]*block{"kind": {}, "rule": {}, "environment": {}, "view": {}, "theme": {}},
	}
}

// collect registers what the top-level blocks declare; a name's first place wins, later ones are duplicates.
func (l *loader) collect() {
	for _, b := range l.tops {
		switch t := b.spec.Type; {
		case t == "locals":
			l.collectLocals(b)
		case t == "variable":
			if l.single("variable."+b.labels[0], b) {
				l.names.variables[b.labels[0]] = &variable{name: b.labels[0], block: b, t: l.frame(b, early).typeOf("type")}
			}
		case isElementType(t) || t == "team":
			l.collectDeclared(b)
		case t == "architecture", t == "baseline":
			l.single(t, b)
		case t == "kind":
			if l.single("kind."+b.labels[0], b) {
				l.names.named["kind"][b.labels[0]] = b
				l.kindBlocks = append(l.kindBlocks, b)
			}
		case t == "theme":
			if l.single("theme."+b.labels[0], b) {
				l.names.named["theme"][b.labels[0]] = b
				l.themeBlocks = append(l.themeBlocks, b)
			}
		case t == "rule":
			if l.single("rule."+b.labels[0], b) {
				l.names.named["rule"][b.labels[0]] = b
				l.ruleBlocks = append(l.ruleBlocks, b)
			}
		case t == "view": // the name is the name of files, on file systems that ignore case too
			if l.single(viewKey(b.labels[1]), b) {
				l.names.named["view"][b.labels[1]] = b
				l.views = append(l.views, b)
			}
		case t == "environment":
			if l.single("environment."+b.labels[0], b) {
				l.names.named["environment"][b.labels[0]] = b
				l.environments = append(l.environments, b)
			}
		case t == "observe":
			if l.single("observe."+b.labels[0], b) {
				l.observers = append(l.observers, b)
			}
		case t == "style":
			if l.single("style."+b.labels[0], b) {
				l.styles = append(l.styles, b)
			}
		case t == "waiver":
			if l.single("waiver."+b.labels[0], b) {
				l.waivers = append(l.waivers, b)
			}
		case t == "moved":
			l.moved = append(l.moved, b)
		}
	}
	l.expectAuto()
}

func (l *loader) collectDeclared(b *block) {
	address := b.spec.Type + "." + b.labels[0]
	if !l.single(address, b) {
		return
	}
	d := &declared{block: b, address: address}
	l.names.declared[address] = d
	l.names.order = append(l.names.order, d)
	l.names.byType[b.spec.Type] = append(l.names.byType[b.spec.Type], b.labels[0])
}

func (l *loader) collectLocals(b *block) {
	for _, a := range b.sorted() {
		if first := l.names.locals[a.spec.Name]; first != nil {
			l.duplicate("local."+a.spec.Name, a.hcl.NameRange, first.attr.hcl.NameRange)
			a.bad = true
			continue
		}
		x := &local{name: a.spec.Name, attr: a, owner: b}
		l.names.locals[x.name] = x
		l.names.localList = append(l.names.localList, x)
	}
}

// single registers the one block of an address and reports a second.
func (l *loader) single(address string, b *block) bool {
	if first := l.names.singles[address]; first != nil {
		l.duplicate(address, b.header(), first.header())
		return false
	}
	l.names.singles[address] = b
	return true
}

func (l *loader) duplicate(what string, at, first hcl.Range) {
	l.report.add(note{
		rule: ruleDuplicate, at: at,
		message: fmt.Sprintf("%s is declared twice", what),
		fix:     "rename one, or merge them",
		related: []related{{"the first is here", first}},
	})
}
