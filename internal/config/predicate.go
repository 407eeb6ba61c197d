package config

import (
	"errors"
	"fmt"
	"slices"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"

	"github.com/asbuilt/asbuilt/pkg/arch"
	"github.com/asbuilt/asbuilt/pkg/source"
)

// predicate is a condition that is evaluated later, once for each element or edge. It implements
// arch.Predicate. One goroutine at a time may ask it.
type predicate struct {
	loader *loader
	graph  *graph // the model that it is asked about
	expr   hclsyntax.Expression
	ctx    *hcl.EvalContext // made once; its self changes
	text   string
	at     source.Range
}

// predicate decodes a condition over elements. It is tried on an element of which nothing is known, and on
// some of those that it will be asked about, so that a mistake is said where it is written, not when the
// first picture is drawn.
func (f *frame) predicate(name string, askedAbout []*arch.Element) arch.Predicate {
	a := f.block.attrs[name]
	if a == nil {
		return nil
	}
	outer, ok := f.context(a)
	if !ok {
		return nil
	}
	p := &predicate{
		loader: f.loader, graph: f.graph, expr: a.hcl.Expr, ctx: outer.NewChild(),
		text: f.report.source(a.hcl.Expr.Range()), at: f.report.place(a.hcl.Expr.Range()),
	}
	p.ctx.Variables = map[string]cty.Value{"self": unknownElement()}
	v, ok := f.eval(p.expr, p.ctx)
	if !ok {
		return nil
	}
	if _, err := truth(v); err != nil && !errors.Is(err, errUnknown) {
		f.wrong(ruleType, a.hcl.Expr.Range(), fmt.Sprintf("%s is a condition: true or false, not %s", name, typeName(v)), compareSomething)
		return nil
	}
	if !f.tryOn(p, askedAbout) {
		return nil
	}
	return p
}

const compareSomething = `compare something, such as self.type == "datastore"`

// unknownElement is an element of which only the type of every attribute is known.
func unknownElement() cty.Value {
	attrs := make(map[string]cty.Value, len(elementAttributes))
	for name, t := range elementType.AttributeTypes() {
		attrs[name] = cty.UnknownVal(t)
	}
	return cty.ObjectVal(attrs)
}

// tryOn evaluates a condition on one element of every sort among those that it will be asked about, and
// reports the first failure: an attribute of an owner that is null.
func (f *frame) tryOn(p *predicate, elements []*arch.Element) bool {
	type sort struct {
		blockType      string
		owned, inside  bool
		tagged, keeper bool
	}
	tried := map[sort]bool{}
	for _, e := range elements {
		s := sort{e.Type, e.Owner != "", e.Parent != "", len(e.Tags) > 0, fact(e, "metadata") != nil}
		if tried[s] {
			continue
		}
		tried[s] = true
		if o := p.evaluate(arch.Subject{Element: e}); o.err != "" {
			f.wrong(ruleValue, o.at, o.err, o.fix)
			return false
		}
	}
	return true
}

// outcome is what one evaluation of a condition gives; err is "" when it succeeded.
type outcome struct {
	holds    bool
	err, fix string
	at       hcl.Range
}

func (p *predicate) evaluate(s arch.Subject) outcome {
	self, ok := p.graph.subject(s)
	if !ok {
		return outcome{}
	}
	frozen := p.loader.graph
	p.loader.graph = p.graph // what the set functions see
	defer func() { p.loader.graph = frozen }()
	p.ctx.Variables["self"] = self
	v, diags := p.expr.Value(p.ctx)
	if d := p.loader.meter.Exceeded(); d != nil {
		return p.failure(d, s)
	}
	if diags.HasErrors() {
		return p.failure(diags[0], s)
	}
	holds, err := truth(v)
	if err != nil {
		return outcome{err: err.Error(), fix: compareSomething, at: p.expr.Range()}
	}
	return outcome{holds: holds}
}

func (p *predicate) failure(d *hcl.Diagnostic, s arch.Subject) outcome {
	d = innermost(d)
	o := outcome{at: p.expr.Range(), fix: `ask first, as in self.owner != null && self.owner.title == …, or write try(…, "")`}
	if d.Subject != nil && d.Subject.Filename == o.at.Filename {
		o.at = *d.Subject
	}
	subject := "a relationship"
	if s.Element != nil {
		subject = s.Element.Address
	}
	o.err = fmt.Sprintf("the condition fails for %s: %s", subject, plainMessage(d))
	return o
}

// Holds implements arch.Predicate.
func (p *predicate) Holds(s arch.Subject) (bool, error) {
	o := p.evaluate(s)
	if o.err != "" {
		return false, errors.New(o.err)
	}
	return o.holds, nil
}

// String implements arch.Predicate.
func (p *predicate) String() string { return p.text }

// At implements arch.Predicate.
func (p *predicate) At() source.Range { return p.at }

// In implements arch.Predicate.
func (p *predicate) In(m *arch.Model) arch.Predicate {
	if p.graph.model == m {
		return p
	}
	other := *p
	other.graph = p.loader.graphOf(m)
	return &other
}

// graphOf is the graph of another model than the one that was read. The last one is kept: conditions are
// asked about one model after the other.
func (l *loader) graphOf(m *arch.Model) *graph {
	if l.other == nil || l.other.model != m {
		l.other = newGraph(m)
	}
	return l.other
}

// Reads implements arch.Predicate.
func (p *predicate) Reads() []string {
	var out []string
	hclsyntax.VisitAll(p.expr, func(n hclsyntax.Node) hcl.Diagnostics {
		switch n := n.(type) {
		case *hclsyntax.ScopeTraversalExpr:
			if isSubject(n.Traversal.RootName()) {
				out = append(out, plainTraversal(n.Traversal))
			}
		case *hclsyntax.FunctionCallExpr:
			if !isSetFunction(n.Name) || len(n.Args) == 0 {
				return nil
			}
			if t, diags := hcl.AbsTraversalForExpr(n.Args[0]); !diags.HasErrors() && isSubject(t.RootName()) {
				out = append(out, n.Name+"("+plainTraversal(t)+")")
			}
		}
		return nil
	})
	slices.Sort(out)
	return slices.Compact(out)
}

// isSubject reports whether a name stands for what a condition is asked about.
func isSubject(root string) bool { return root == "self" || root == "source" || root == "target" }

// plainTraversal writes self.owner.title; an index ends it.
func plainTraversal(t hcl.Traversal) string {
	s := t.RootName()
	for _, step := range t[1:] {
		name := attributeName(step)
		if name == "" {
			break
		}
		s += "." + name
	}
	return s
}

// subject is the value of what a predicate is asked about.
func (g *graph) subject(s arch.Subject) (cty.Value, bool) {
	switch {
	case s.Element != nil:
		return g.value(s.Element.Address)
	case s.Edge != nil:
		return g.relationship(s.Edge), true
	}
	return cty.NilVal, false
}
