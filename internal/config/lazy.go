package config

import (
	"errors"
	"fmt"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/convert"

	"github.com/asbuilt/asbuilt/pkg/arch"
	"github.com/asbuilt/asbuilt/pkg/source"
)

// lazy is an expression that is evaluated later, once for each subject: as self, and the ends of a
// relationship as source and target.
type lazy struct {
	loader *loader
	graph  *graph // the model that it is asked about
	expr   hclsyntax.Expression
	ctx    *hcl.EvalContext // made once; its self changes
	drawn  bool             // it is asked about relationships in a picture
	what   string           // "condition" or "message", in what it says
	text   string
	at     source.Range
}

// subjects is what lazy expressions are asked about.
type subjects struct {
	list  []arch.Subject
	edges bool // they are relationships
}

func elementSubjects(elements []*arch.Element) subjects {
	out := subjects{list: make([]arch.Subject, len(elements))}
	for i, e := range elements {
		out.list[i].Element = e
	}
	return out
}

func edgeSubjects(edges []*arch.Edge) subjects {
	out := subjects{list: make([]arch.Subject, len(edges)), edges: true}
	for i, e := range edges {
		out.list[i].Edge = e
	}
	return out
}

// lazy decodes an attribute to such an expression, and gives its value for a subject of which nothing is
// known. It is nil when the attribute is not written, or was reported.
func (f *frame) lazy(name string, askedAbout subjects) (*lazy, cty.Value) {
	a := f.block.attrs[name]
	if a == nil {
		return nil, cty.NilVal
	}
	outer, ok := f.context(a)
	if !ok {
		return nil, cty.NilVal
	}
	x := &lazy{
		loader: f.loader, graph: f.graph, expr: a.hcl.Expr, ctx: outer.NewChild(), what: "condition",
		text: f.report.source(a.hcl.Expr.Range()), at: f.report.place(a.hcl.Expr.Range()),
	}
	if a.spec.Kind == Message {
		x.what = "message"
	}
	x.drawn = a.spec.Kind == EdgeCondition
	x.ctx.Variables = selfVariables(unknownSubject(askedAbout.edges, x.drawn), nil)
	v, ok := f.eval(x.expr, x.ctx)
	if !ok {
		return nil, cty.NilVal
	}
	return x, v
}

// unknownSubject is an element or relationship of which only the type of every attribute is known.
func unknownSubject(edge, drawn bool) cty.Value {
	t := elementType
	switch {
	case drawn:
		t = drawnType
	case edge:
		t = relationshipType
	}
	attrs := make(map[string]cty.Value, len(t.AttributeTypes()))
	for name, t := range t.AttributeTypes() {
		attrs[name] = cty.UnknownVal(t)
		if isElement(t) {
			attrs[name] = unknownSubject(false, false)
		}
	}
	return cty.ObjectVal(attrs)
}

// subjectSort tells subjects apart as far as expressions fail for one and not for another: attributes of an owner
// that is null.
type subjectSort struct {
	from, to elementSort
	async    bool
	kind     arch.EdgeKind
	keeper   bool
}

type elementSort struct {
	blockType      string
	owned, inside  bool
	tagged, keeper bool
}

func sortOf(e *arch.Element) elementSort {
	if e == nil {
		return elementSort{}
	}
	return elementSort{e.Type, e.Owner != "", e.Parent != "", len(e.Tags) > 0, fact(e, "metadata") != nil}
}

// sort is the sort of a subject. That of an edge is found once: its ends are looked up for it.
func (g *graph) sort(s arch.Subject) subjectSort {
	e := s.Edge
	if e == nil {
		return subjectSort{from: sortOf(s.Element)}
	}
	sort, known := g.sorts[e]
	if !known {
		sort = subjectSort{sortOf(g.model.Element(e.From)), sortOf(g.model.Element(e.To)), e.Async, e.Kind, e.Metadata != nil}
		g.sorts[e] = sort
	}
	return sort
}

// sample is one subject of every sort.
func (f *frame) sample(of subjects) []arch.Subject {
	tried := map[subjectSort]bool{}
	var out []arch.Subject
	for _, s := range of.list {
		k := f.graph.sort(s)
		if !tried[k] {
			tried[k] = true
			out = append(out, s)
		}
	}
	return out
}

// edgeSorts is an edge of every sort in the model.
func (f *frame) edgeSorts() subjects {
	if f.sorts == nil {
		f.sorts = &subjects{edges: true, list: f.sample(edgeSubjects(f.graph.model.Edges))}
	}
	return *f.sorts
}

// problem is why an evaluation failed; err is "" when it did not.
type problem struct {
	err, fix string
	at       hcl.Range
}

// fails reports a problem of a trial, unless it is that the budget ran out.
func (f *frame) fails(p problem) {
	if !f.overBudget(p.at) {
		f.wrong(ruleValue, p.at, p.err, p.fix)
	}
}

// ask evaluates the expression over a subject; false when it failed, or when nothing is known of the subject
// since it had a finding.
func (x *lazy) ask(s arch.Subject) (cty.Value, problem, bool) {
	self, ok := x.graph.subject(s)
	if !ok {
		return cty.NilVal, problem{}, false
	}
	if x.drawn {
		attrs := self.AsValueMap()
		attrs["verdict"] = cty.StringVal(s.Verdict)
		self = cty.ObjectVal(attrs)
	}
	frozen := x.loader.graph
	x.loader.graph = x.graph // what the set functions see
	defer func() { x.loader.graph = frozen }()
	x.ctx.Variables = selfVariables(self, x.ctx.Variables)
	v, diags := x.expr.Value(x.ctx)
	if d := x.loader.meter.Exceeded(); d != nil {
		return cty.NilVal, x.failure(d, s), false
	}
	if diags.HasErrors() {
		return cty.NilVal, x.failure(diags[0], s), false
	}
	return v, problem{}, true
}

func (x *lazy) failure(d *hcl.Diagnostic, s arch.Subject) problem {
	d = innermost(d)
	o := problem{at: x.expr.Range(), fix: `ask first, as in self.owner != null && self.owner.title == …, or write try(…, "")`}
	if d.Subject != nil && d.Subject.Filename == o.at.Filename {
		o.at = *d.Subject
	}
	o.err = fmt.Sprintf("the %s fails for %s: %s", x.what, subjectName(s), plainMessage(d))
	return o
}

func subjectName(s arch.Subject) string {
	switch {
	case s.Element != nil:
		return s.Element.Address
	case s.Edge != nil:
		return s.Edge.From + " → " + s.Edge.To
	}
	return "nothing"
}

// in is the same expression about another model.
func (x *lazy) in(m *arch.Model) lazy {
	other := *x
	other.graph = x.loader.graphOf(m)
	return other
}

// graphOf is the graph of another model than the one that was read. The last one is kept: conditions are
// asked about one model after the other.
func (l *loader) graphOf(m *arch.Model) *graph {
	if l.other == nil || l.other.model != m {
		l.other = newGraph(m)
	}
	return l.other
}

// message is the error_message of a condition. It implements arch.Message.
type message struct{ lazy }

// message decodes a text over subjects. It is tried as a condition is, on those for which the condition does
// not hold: about others it is never asked.
func (f *frame) message(name string, holds arch.Predicate, askedAbout subjects) arch.Message {
	x, v := f.lazy(name, askedAbout)
	if x == nil {
		return nil
	}
	m := &message{*x}
	if _, err := convert.Convert(v, cty.String); err != nil || v.IsNull() {
		f.wrong(ruleType, m.expr.Range(), fmt.Sprintf("%s takes a string, not %s", name, typeName(v)), "")
		return nil
	}
	for _, s := range f.sample(askedAbout) {
		if ok, err := holds.Holds(s); ok || err != nil {
			continue
		}
		if _, failed := m.write(s); failed.err != "" {
			f.fails(failed)
			return nil
		}
	}
	return m
}

func (m *message) write(s arch.Subject) (string, problem) {
	v, failed, ok := m.ask(s)
	if !ok {
		return "", failed
	}
	text, err := convert.Convert(v, cty.String)
	if err != nil || text.IsNull() || !text.IsKnown() {
		return "", problem{err: fmt.Sprintf("the message for %s is no text but %s", subjectName(s), typeName(v)), at: m.expr.Range()}
	}
	return strings.Join(strings.Fields(text.AsString()), " "), problem{} // on one line, as findings are
}

// Text implements arch.Message.
func (m *message) Text(s arch.Subject) (string, error) {
	text, failed := m.write(s)
	if failed.err != "" {
		return "", errors.New(failed.err)
	}
	return text, nil
}

// In implements arch.Message.
func (m *message) In(other *arch.Model) arch.Message {
	if m.graph.model == other {
		return m
	}
	return &message{m.in(other)}
}

// subject is the value of what a lazy expression is asked about.
func (g *graph) subject(s arch.Subject) (cty.Value, bool) {
	switch {
	case s.Element != nil:
		return g.value(s.Element.Address)
	case s.Edge != nil:
		return g.relationship(s.Edge), true
	}
	return cty.NilVal, false
}
