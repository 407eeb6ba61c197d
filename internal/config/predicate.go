package config

import (
	"errors"
	"fmt"

	"github.com/hashicorp/hcl/v2"
	"github.com/zclconf/go-cty/cty"

	"github.com/asbuilt/asbuilt/pkg/arch"
	"github.com/asbuilt/asbuilt/pkg/source"
)

// predicate is a condition that is evaluated later, once for each element or edge. It implements
// arch.Predicate. One goroutine at a time may ask it.
type predicate struct {
	loader *loader
	expr   hcl.Expression
	ctx    *hcl.EvalContext // made once; its self changes
	text   string
	at     source.Range
}

// predicate decodes a condition over elements. It is tried once on an element of which nothing is known,
// so that a wrong type is said where it is written, not when the first picture is drawn.
func (f *frame) predicate(name string) arch.Predicate {
	a := f.block.attrs[name]
	if a == nil {
		return nil
	}
	outer, ok := f.context(a)
	if !ok {
		return nil
	}
	p := &predicate{
		loader: f.loader, expr: a.hcl.Expr, ctx: outer.NewChild(),
		text: f.report.source(a.hcl.Expr.Range()), at: f.report.place(a.hcl.Expr.Range()),
	}
	p.ctx.Variables = map[string]cty.Value{"self": unknownElement()}
	v, ok := f.eval(p.expr, p.ctx)
	if !ok {
		return nil
	}
	if _, err := truth(v); err != nil && !errors.Is(err, errUnknown) {
		f.wrong(ruleType, a.hcl.Expr.Range(), fmt.Sprintf("%s is a condition: true or false, not %s", name, typeName(v)), "compare something, such as self.type == \"datastore\"")
		return nil
	}
	return p
}

// unknownElement is an element of which only the type of every attribute is known.
func unknownElement() cty.Value {
	attrs := make(map[string]cty.Value, len(elementAttributes))
	for name, t := range elementType.AttributeTypes() {
		attrs[name] = cty.UnknownVal(t)
	}
	return cty.ObjectVal(attrs)
}

// Holds implements arch.Predicate.
func (p *predicate) Holds(s arch.Subject) (bool, error) {
	self, ok := p.loader.graph.subject(s)
	if !ok {
		return false, nil
	}
	p.ctx.Variables["self"] = self
	v, diags := p.expr.Value(p.ctx)
	if d := p.loader.meter.Exceeded(); d != nil {
		return false, p.problem(d.Detail)
	}
	if diags.HasErrors() {
		return false, p.problem(diags[0].Detail)
	}
	holds, err := truth(v)
	if err != nil {
		return false, p.problem(err.Error())
	}
	return holds, nil
}

func (p *predicate) problem(detail string) error {
	first, _ := firstSentence(detail)
	return fmt.Errorf("%s: the condition %s fails: %s", p.at, clip(p.text), plainSentence(first))
}

// String implements arch.Predicate.
func (p *predicate) String() string { return p.text }

// At implements arch.Predicate.
func (p *predicate) At() source.Range { return p.at }

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
