// Package config reads *.arch.hcl: the text of all files in, one arch.Model and findings out.
//
// The order is fixed. The blocks are held against the schema and their names collected; every expression
// is resolved, so that a name that does not exist is said once, at its word; then variables, locals,
// for_each, elements and edges are evaluated; then the model is frozen, and what may ask about the whole
// model (set functions, rules, views, styles, waivers) follows.
package config

import (
	"fmt"
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty/function"

	"github.com/asbuilt/asbuilt/internal/budget"
	"github.com/asbuilt/asbuilt/pkg/arch"
	"github.com/asbuilt/asbuilt/pkg/finding"
)

// File is one *.arch.hcl file.
type File struct {
	Name string // printed name, for places
	Data []byte
}

// Options are what the files do not say themselves.
type Options struct {
	// Vars are values of variables by name, typed by the variable's type: as they are for string, number
	// and bool, as an HCL expression for everything else.
	Vars map[string]string
	// SpareVars says that Vars may hold values of variables that the files do not have.
	SpareVars bool
	// ToolVersion is held against required_version; "" and "(devel)" satisfy all.
	ToolVersion string
	// HasGo says that a go.mod or go.work is at the root: without any observe block, observe "go" holds.
	HasGo bool
	// Partial says that a file of the architecture could not be read: what the others refer to may stand there.
	Partial bool
	// Rules are the ids of the built-in rules, against which waivers and severities are checked; nil
	// checks nothing.
	Rules []string
}

// Load reads an architecture. The findings are sorted; every one is an error, and means that the
// architecture cannot be judged. The model lacks what they are about; it is nil when whole files could
// not be read, so that nobody takes a part for the whole.
func Load(files []File, o Options) (*arch.Model, []finding.Finding) { return load(files, o, nil) }

func load(files []File, o Options, over *successor) (*arch.Model, []finding.Finding) {
	files = slices.Clone(files)
	slices.SortFunc(files, func(a, b File) int { return strings.Compare(a.Name, b.Name) })
	l := newLoader(files, o)
	l.over = over
	if l.tooMuchText(files) {
		return nil, l.report.sorted()
	}
	var model *arch.Model
	if l.read(files) {
		model = l.evaluate()
	}
	return model, l.report.sorted()
}

// maxText is how many bytes all files may hold: some hundred times what the largest team writes.
const maxText = 32 << 20

func (l *loader) tooMuchText(files []File) bool {
	total := 0
	for _, f := range files {
		if total += len(f.Data); total <= maxText {
			continue
		}
		l.report.add(note{
			rule: ruleBudget, at: hcl.Range{Filename: f.Name, Start: hcl.InitialPos, End: hcl.InitialPos},
			message: fmt.Sprintf("with this file all files hold more than %d bytes", maxText),
			fix:     "split the architecture",
		})
		return true
	}
	return false
}

// loader is one run of Load.
type loader struct {
	Options
	report    *report
	meter     *budget.Meter
	functions map[string]function.Function
	names     *symbols
	suggest   suggester
	graph     *graph    // the frozen model, for set functions; nil before
	sorts     *subjects // an edge of every sort; nil: nobody asked
	other     *graph    // another model that conditions were asked about last
	made      sizes
	over      *successor       // the model that a policy is asked about; nil: that of the files
	partial   bool             // a file could not be read: what seems unknown may stand there
	stopped   bool             // the budget ran out: nothing is evaluated any more
	base      *hcl.EvalContext // the functions
	chain     []string         // what is being evaluated because something else needs it, outermost first
	tops      []*block         // the top-level blocks

	first      hcl.Range // the first file, where nothing else gives a place
	anyObserve bool      // an observe block was written, of whatever kind
	auto       bool      // views that nobody wrote are drawn

	kinds  map[string]*arch.Kind // by name, once decoded
	themes []*arch.Theme         // once decoded

	views, styles, waivers, observers, moved, kindBlocks, themeBlocks, ruleBlocks, environments []*block
}

func newLoader(files []File, o Options) *loader {
	l := &loader{Options: o, report: newReport(files), meter: budget.New(), names: newSymbols(), made: newSizes(), partial: o.Partial}
	l.functions = l.meter.Functions()
	for name, f := range l.setFunctions() {
		l.functions[name] = f
	}
	l.functions["length"] = l.lengthFunction(l.functions["length"])
	l.base = &hcl.EvalContext{Functions: l.functions}
	return l
}

// read parses the files and holds them against the schema. It is false when not all was read: a part of an
// architecture is not evaluated.
func (l *loader) read(files []File) bool {
	root := &block{spec: &schema}
	var bodies []*hclsyntax.Body
	for _, f := range files {
		if l.first.Filename == "" {
			l.first = hcl.Range{Filename: f.Name, Start: hcl.InitialPos, End: hcl.InitialPos}
		}
		if body := l.parse(f); body != nil {
			bodies = append(bodies, body)
		}
	}
	if !l.versionFits(bodies) {
		return false // the rest may be written in a newer language
	}
	s := &shape{report: l.report, lost: l.names.lost}
	for _, body := range bodies {
		for _, a := range sortedAttributes(body) {
			s.unknownAttribute(a, root)
		}
		for _, b := range body.Blocks {
			l.anyObserve = l.anyObserve || b.Type == "observe"
			s.nested(b, root)
		}
	}
	l.tops = root.blocks
	l.collect()
	l.moves()
	for _, b := range l.tops {
		b.all(func(owner *block, a *attribute) { l.resolve(usageOf(owner, a)) })
	}
	for _, body := range bodies {
		l.meter.Guard(body)
	}
	return !l.partial
}

// parse returns a file's body, or nil when it could not be read to its end.
func (l *loader) parse(f File) *hclsyntax.Body {
	if over := budget.Scan(f.Name, f.Data); over != nil {
		l.report.addFinding(*over)
		l.partial = true
		return nil
	}
	file, diags := hclsyntax.ParseConfig(f.Data, f.Name, hcl.InitialPos)
	body, _ := file.Body.(*hclsyntax.Body)
	broken := false
	said := map[string]bool{} // the parser stumbles over one mistake again and again
	for _, d := range diags {
		switch {
		case d.Summary == redefinedSummary:
			l.redefined(d, body)
		case !said[d.Summary]:
			n := noteOf(d)
			n.rule = ruleSyntax
			l.report.add(n)
			broken, said[d.Summary] = true, true
		}
	}
	if broken {
		l.partial = true
		return nil
	}
	return body
}

// usageOf says what an attribute's expression may refer to.
func usageOf(b *block, a *attribute) usage {
	return usage{
		block: b, attr: a,
		each:     b.forEach && a.spec.Name != "for_each",
		self:     a.spec.Kind == Condition || a.spec.Kind == EdgeCondition || a.spec.Kind == Judgement || a.spec.Kind == Message,
		anything: a.spec.Kind != Condition,
		constant: constants[b.spec.Type+"."+a.spec.Name],
	}
}

// evaluate goes through the phases.
func (l *loader) evaluate() *arch.Model {
	l.variableValues()
	l.checkLocals()
	l.themes = l.themeList()
	m := arch.Model{Architecture: l.architecture(), Observers: l.observed(), Moves: l.movesOf(), Kinds: l.kindList(), Themes: l.themes, Baseline: l.baseline()}
	l.elements(&m)
	l.freeze(&m)
	l.checkMoves()
	if l.over != nil {
		return l.policy(m)
	}
	l.lateLocals()
	m.Styles = l.styleList()
	m.Environments = l.environmentList()
	m.Views = l.viewList()
	l.checkColors(&m)
	m.Rules = l.ruleList()
	m.Waivers = l.waiverList()
	return arch.New(m)
}
