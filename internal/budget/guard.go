package budget

import (
	"cmp"
	"maps"
	"slices"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"
)

// Guard wraps the expressions of a body in place, so that evaluating them is charged.
//
// Whoever analyses a guarded body statically finds lists and objects that are written out as an
// argument, and references and literals, as they were. hcl's own analysis (Variables, Walk, ExprList,
// ExprMap, ExprCall, AbsTraversalForExpr, ExprAsKeyword) sees through all guards, and so does
// hcl.UnwrapExpression.
func (m *Meter) Guard(body *hclsyntax.Body) {
	if body == nil {
		return
	}
	w := wrapper{meter: m}
	for _, a := range slices.SortedFunc(maps.Values(body.Attributes), func(a, b *hclsyntax.Attribute) int {
		return cmp.Compare(a.SrcRange.Start.Byte, b.SrcRange.Start.Byte)
	}) {
		a.Expr = w.argument(a.Expr)
	}
	for _, b := range body.Blocks {
		m.Guard(b.Body)
	}
}

// maxPlain is how many parts a list or object may have that stays as it is.
const maxPlain = 256

// argument guards what is inside an argument and leaves its outermost lists and objects in place.
func (w wrapper) argument(e hclsyntax.Expression) hclsyntax.Expression {
	switch c := e.(type) {
	case *hclsyntax.TupleConsExpr:
		if len(c.Exprs) > maxPlain {
			return w.wrap(e)
		}
		for i := range c.Exprs {
			c.Exprs[i] = w.part(c.Exprs[i])
		}
		return e
	case *hclsyntax.ObjectConsExpr:
		if len(c.Items) > maxPlain {
			return w.wrap(e)
		}
		for i := range c.Items {
			c.Items[i].KeyExpr = w.wrap(c.Items[i].KeyExpr)
			c.Items[i].ValueExpr = w.part(c.Items[i].ValueExpr)
		}
		return e
	}
	return w.wrap(e)
}

// part guards an item of an argument. A reference to what was calculated is weighed: a list that repeats
// it may double it.
func (w wrapper) part(e hclsyntax.Expression) hclsyntax.Expression {
	if t, ok := e.(*hclsyntax.ScopeTraversalExpr); ok {
		switch t.Traversal.RootName() {
		case "local", "var", "each", "module":
			return w.watched(e, w.isMade)
		}
	}
	return w.argument(e)
}

// A check looks at the value of a guarded expression.
type check func(v cty.Value, diags hcl.Diagnostics) error

// guard charges an expression. It embeds ParenthesesExpr since walks then see the inner expression.
type guard struct {
	hclsyntax.ParenthesesExpr
	meter  *Meter
	steps  int // charged before
	before func() error
	// instead gives an answer in place of hcl's.
	instead func(ctx *hcl.EvalContext) hcl.Diagnostics
	checks  []check
	list    bool // a tuple whose elements have one type becomes a list
	finite  bool // an infinite number is an error: a division by zero
}

// UnwrapExpression lets hcl's static analysis through.
func (g *guard) UnwrapExpression() hcl.Expression { return g.Expression }

// Value implements hcl.Expression.
func (g *guard) Value(ctx *hcl.EvalContext) (cty.Value, hcl.Diagnostics) {
	if g.meter.spend(g.steps) != nil || g.before != nil && g.before() != nil {
		return g.refuse()
	}
	if g.instead != nil {
		if diags := g.instead(ctx); diags != nil {
			return cty.DynamicVal, diags
		}
	}
	v, diags := g.Expression.Value(ctx)
	if g.meter.exceeded != nil {
		return g.refuse()
	}
	if g.finite && v.Type() == cty.Number && v.IsKnown() && !v.IsNull() && v.AsBigFloat().IsInf() {
		return cty.DynamicVal, append(diags, &hcl.Diagnostic{
			Severity: hcl.DiagError, Summary: "Division by zero", Detail: "This divides by zero.", Subject: g.SrcRange.Ptr(),
		})
	}
	for _, c := range g.checks {
		if c(v, diags) != nil {
			return g.refuse()
		}
	}
	if g.list && !diags.HasErrors() {
		v = listed(v)
	}
	return v, diags
}

// refuse is the answer once the budget is exceeded.
func (g *guard) refuse() (cty.Value, hcl.Diagnostics) {
	d := g.meter.exceeded
	if d.Subject == nil {
		d.Subject = g.SrcRange.Ptr()
	}
	return cty.DynamicVal, hcl.Diagnostics{d}
}

// listed turns a tuple of equal types into a list: cty compares and converts lists by their one type, tuples
// by every pair of types.
func listed(v cty.Value) cty.Value {
	if !v.Type().IsTupleType() || !v.IsKnown() || v.IsNull() || v.LengthInt() < 2 {
		return v
	}
	types := v.Type().TupleElementTypes()
	for _, t := range types {
		if t == cty.DynamicPseudoType || !t.Equals(types[0]) {
			return v
		}
	}
	return cty.ListVal(parts(v))
}

// wrapper walks a tree of expressions and guards it.
type wrapper struct {
	meter *Meter
	loops int // `for` bodies around
}

// wrap guards an expression and all inside it.
func (w wrapper) wrap(e hclsyntax.Expression) hclsyntax.Expression {
	g := w.node(e)
	if g == nil {
		return e
	}
	return g
}

// watched guards an expression, a reference or literal too, and checks its values.
func (w wrapper) watched(e hclsyntax.Expression, checks ...check) hclsyntax.Expression {
	g := w.node(e)
	if g == nil {
		if lit, ok := e.(*hclsyntax.LiteralValueExpr); ok && lit.Val.Type().IsPrimitiveType() && lit.Val.Type() != cty.String {
			return e
		}
		g = w.guard(e, 0)
	}
	g.checks = append(g.checks, checks...)
	return g
}

func (w wrapper) guard(e hclsyntax.Expression, steps int, checks ...check) *guard {
	return &guard{
		ParenthesesExpr: hclsyntax.ParenthesesExpr{Expression: e, SrcRange: e.Range()},
		meter:           w.meter, steps: steps, checks: checks,
	}
}

// node guards what is inside an expression, and returns the guard of the expression itself: nil where
// it needs none, being as cheap as its parts.
func (w wrapper) node(e hclsyntax.Expression) *guard {
	switch e := e.(type) {
	case *hclsyntax.ParenthesesExpr:
		e.Expression = w.wrap(e.Expression)
	case *hclsyntax.TemplateWrapExpr:
		e.Wrapped = w.wrap(e.Wrapped)
	case *hclsyntax.ObjectConsKeyExpr:
		e.Wrapped = w.wrap(e.Wrapped)
	case *hclsyntax.TupleConsExpr:
		return w.tuple(e)
	case *hclsyntax.ObjectConsExpr:
		return w.object(e)
	case *hclsyntax.TemplateExpr:
		return w.template(e)
	case *hclsyntax.TemplateJoinExpr:
		return w.join(e)
	case *hclsyntax.FunctionCallExpr:
		return w.call(e)
	case *hclsyntax.ForExpr:
		g := w.loop(e)
		g.list = true
		return g
	case *hclsyntax.SplatExpr:
		return w.splat(e)
	case *hclsyntax.ConditionalExpr:
		return w.conditional(e)
	case *hclsyntax.BinaryOpExpr:
		return w.binary(e)
	case *hclsyntax.UnaryOpExpr:
		e.Val = w.operand(e.Val, e.Op)
		return w.guard(e, 1, w.isNumber)
	case *hclsyntax.IndexExpr:
		return w.index(e)
	case *hclsyntax.RelativeTraversalExpr:
		e.Source = w.wrap(e.Source)
		w.traversal(e.Traversal)
		return w.guard(e, len(e.Traversal))
	case *hclsyntax.ScopeTraversalExpr:
		w.traversal(e.Traversal)
	}
	return nil
}

func (w wrapper) tuple(e *hclsyntax.TupleConsExpr) *guard {
	for i := range e.Exprs {
		e.Exprs[i] = w.wrap(e.Exprs[i])
	}
	return w.guard(e, stepsPerElement*len(e.Exprs), w.isMade)
}

func (w wrapper) object(e *hclsyntax.ObjectConsExpr) *guard {
	for i := range e.Items {
		e.Items[i].KeyExpr = w.wrap(e.Items[i].KeyExpr)
		e.Items[i].ValueExpr = w.wrap(e.Items[i].ValueExpr)
	}
	return w.guard(e, 2*stepsPerElement*len(e.Items), w.isMade)
}

// template guards the parts one by one: each is copied into the result, which is too late to measure.
func (w wrapper) template(e *hclsyntax.TemplateExpr) *guard {
	if e.IsStringLiteral() {
		return nil
	}
	literal := 0
	for i, part := range e.Parts {
		if lit, ok := part.(*hclsyntax.LiteralValueExpr); ok && lit.Val.Type() == cty.String && !lit.Val.IsNull() && lit.Val.IsKnown() {
			literal += len(lit.Val.AsString())
			continue
		}
		e.Parts[i] = w.watched(part, w.isText)
	}
	g := w.guard(e, len(e.Parts), w.isString)
	g.before = func() error { return w.meter.text(literal) }
	return g
}

func (w wrapper) join(e *hclsyntax.TemplateJoinExpr) *guard {
	if loop, ok := e.Tuple.(*hclsyntax.ForExpr); ok {
		e.Tuple = w.loop(loop)
	}
	return w.guard(e, 1, w.isText)
}

func (w wrapper) loop(e *hclsyntax.ForExpr) *guard {
	e.CollExpr = w.watched(e.CollExpr, w.isLoop)
	inner := w
	inner.loops++
	if inner.loops > maxForDepth {
		w.meter.over("More than %d 'for' expressions stand inside one another.", maxForDepth)
		if w.meter.exceeded.Subject == nil {
			w.meter.exceeded.Subject = e.Range().Ptr()
		}
	}
	if e.KeyExpr != nil {
		e.KeyExpr = inner.watched(e.KeyExpr, w.isBody)
	}
	e.ValExpr = inner.watched(e.ValExpr, w.isBody)
	if e.CondExpr != nil {
		e.CondExpr = inner.watched(e.CondExpr, w.isBody)
	}
	return w.guard(e, stepsPerCall, w.isCollected, w.isMade)
}

func (w wrapper) splat(e *hclsyntax.SplatExpr) *guard {
	e.Source = w.watched(e.Source, w.isLoop)
	e.Each = w.watched(e.Each, w.isBody)
	g := w.guard(e, stepsPerCall, w.isCollected, w.isMade)
	g.list = true
	return g
}

// call charges arguments before hcl converts them and cty looks for marks in them. A function that is not the
// meter's own – a set function of the language – takes its arguments as they are written and bounds its own work: to
// weigh every element of the model on each call would refuse models of ordinary size.
func (w wrapper) call(e *hclsyntax.FunctionCallExpr) *guard {
	_, own := w.meter.functions[e.Name]
	numeric := w.meter.numericParameters(e.Name)
	var result []check
	if own {
		result = []check{w.isResult}
	}
	for i := range e.Args {
		var checks []check
		if own {
			checks = append(checks, w.isArgument)
		}
		if numeric(i) {
			checks = append(checks, w.isNumeral)
		}
		if e.ExpandFinal && i == len(e.Args)-1 {
			checks = append(checks, w.isLoop)
		}
		e.Args[i] = w.watched(e.Args[i], checks...)
	}
	g := w.guard(e, stepsPerCall+len(e.Args), result...)
	g.instead = func(ctx *hcl.EvalContext) hcl.Diagnostics { return unknownFunction(e, ctx) }
	return g
}

// unknownFunction is what hcl says too, after a costly search for the nearest name.
func unknownFunction(e *hclsyntax.FunctionCallExpr, ctx *hcl.EvalContext) hcl.Diagnostics {
	for ; ctx != nil; ctx = ctx.Parent() {
		if _, ok := ctx.Functions[e.Name]; ok {
			return nil
		}
	}
	return hcl.Diagnostics{{
		Severity: hcl.DiagError, Summary: "Call to unknown function",
		Detail: "There is no function of this name.", Subject: &e.NameRange, Context: e.Range().Ptr(),
	}}
}

// conditional charges what unifying the types of both results takes: for a tuple and a list it grows with the
// square of their length.
func (w wrapper) conditional(e *hclsyntax.ConditionalExpr) *guard {
	var first cty.Type
	e.Condition = w.wrap(e.Condition)
	e.TrueResult = w.watched(e.TrueResult, w.isArgument, func(v cty.Value, _ hcl.Diagnostics) error {
		first = v.Type()
		return nil
	})
	e.FalseResult = w.watched(e.FalseResult, w.isArgument, func(v cty.Value, _ hcl.Diagnostics) error {
		return w.meter.unify(first, v.Type())
	})
	return w.guard(e, 2, w.isResult)
}

func (w wrapper) binary(e *hclsyntax.BinaryOpExpr) *guard {
	e.LHS = w.operand(e.LHS, e.Op)
	e.RHS = w.operand(e.RHS, e.Op)
	g := w.guard(e, 3, w.isNumber)
	g.finite = true
	return g
}

func (w wrapper) operand(e hclsyntax.Expression, op *hclsyntax.Operation) hclsyntax.Expression {
	switch op {
	case hclsyntax.OpEqual, hclsyntax.OpNotEqual:
		return w.watched(e, w.isCompared)
	case hclsyntax.OpLogicalAnd, hclsyntax.OpLogicalOr, hclsyntax.OpLogicalNot:
		return w.wrap(e)
	}
	return w.watched(e, w.isNumeral)
}

func (w wrapper) index(e *hclsyntax.IndexExpr) *guard {
	var sequence bool
	e.Collection = w.watched(e.Collection, func(v cty.Value, _ hcl.Diagnostics) error {
		sequence = v.Type().IsListType() || v.Type().IsTupleType()
		return nil
	})
	e.Key = w.watched(e.Key, func(v cty.Value, diags hcl.Diagnostics) error {
		if sequence {
			return w.meter.numeral(v)
		}
		return nil
	})
	return w.guard(e, 2)
}

// traversal refuses a long literal index, and takes it out: if it is a numeral, it is read as a number each time.
func (w wrapper) traversal(t hcl.Traversal) {
	for at, step := range t {
		i, ok := step.(hcl.TraverseIndex)
		if !ok || i.Key.Type() != cty.String || len(i.Key.AsString()) <= maxName {
			continue
		}
		w.meter.over("An index is longer than %d bytes.", maxName)
		if w.meter.exceeded.Subject == nil {
			w.meter.exceeded.Subject = i.SrcRange.Ptr()
		}
		t[at] = hcl.TraverseIndex{Key: cty.StringVal(""), SrcRange: i.SrcRange}
	}
}
