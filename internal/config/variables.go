package config

import (
	"fmt"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/ext/typeexpr"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"

	"github.com/asbuilt/asbuilt/internal/budget"
	"github.com/asbuilt/asbuilt/internal/phrase"
)

// constants are the attributes whose expressions refer to nothing.
var constants = map[string]bool{
	"variable.default":              true,
	"architecture.required_version": true,
}

// variableValues gives every variable its value: --var, else its default.
func (l *loader) variableValues() {
	for _, name := range sortedKeys(l.names.variables) {
		l.names.variables[name].value = l.variableValue(l.names.variables[name])
	}
	for _, name := range sortedKeys(l.Vars) {
		if l.names.variables[name] == nil && !l.SpareVars {
			l.report.add(note{
				rule: ruleUnknown, at: l.somewhere(),
				message: fmt.Sprintf("--var %s: there is no variable %q", clip(name), clip(name)),
				fix:     phrase.DidYouMean(name, sortedKeys(l.names.variables)),
			})
		}
	}
}

// somewhere is the place of what was said on the command line: the architecture block, or the first block.
func (l *loader) somewhere() hcl.Range {
	if b := l.names.singles["architecture"]; b != nil {
		return b.header()
	}
	if len(l.tops) > 0 {
		return l.tops[0].header()
	}
	return l.first
}

// variableType is a variable's type, with the defaults of optional attributes.
type variableType struct {
	t        cty.Type
	defaults *typeexpr.Defaults
}

func (l *loader) variableValue(v *variable) cty.Value {
	f := l.frame(v.block, early)
	f.text("description") // only read, but checked
	if v.t == nil {
		return cty.NilVal
	}
	t := *v.t
	if text, given := l.Vars[v.name]; given {
		return f.givenValue(v.name, text, t)
	}
	a := v.block.attrs["default"]
	if a == nil {
		f.wrong(ruleMissing, v.block.header(), "the variable "+v.name+" has no value", fmt.Sprintf("give it a default, or run with --var %s=…", v.name))
		return cty.NilVal
	}
	ctx, ok := f.context(a)
	if !ok {
		return cty.NilVal
	}
	value, ok := f.eval(a.hcl.Expr, ctx)
	if !ok {
		return cty.NilVal
	}
	return f.typed(value, t, a.hcl.Expr.Range(), "default")
}

// typeWords are what types are made of.
var typeWords = []string{"string", "number", "bool", "list", "set", "map", "object", "tuple", "any"}

// typeOf reads a type expression, or returns nil when it is none; left out, any type will do.
func (f *frame) typeOf(name string) *variableType {
	a := f.block.attrs[name]
	if a == nil {
		return &variableType{t: cty.DynamicPseudoType}
	}
	t, defaults, diags := typeexpr.TypeConstraintWithDefaults(a.hcl.Expr)
	for _, d := range diags {
		n := noteOf(d)
		n.rule = ruleType
		if n.fix == "" {
			n.fix = didYouMeanOr(f.report.source(n.at), typeWords, "the types are "+strings.Join(typeWords, ", "))
		}
		f.add(n)
	}
	if diags.HasErrors() {
		return nil
	}
	return &variableType{t, defaults}
}

// givenValue reads a value of the command line: as it is where a simple type is wanted, else as HCL.
func (f *frame) givenValue(name, text string, t variableType) cty.Value {
	at := f.block.header()
	what := "--var " + name
	if t.t.IsPrimitiveType() || t.t == cty.DynamicPseudoType {
		return f.typed(cty.StringVal(text), t, at, what)
	}
	if over := budget.Scan(what, []byte(text)); over != nil {
		f.wrong(over.Rule, at, what+": "+over.Message, "")
		return cty.NilVal
	}
	expr, diags := hclsyntax.ParseExpression([]byte(text), what, hcl.InitialPos)
	if diags.HasErrors() {
		f.wrong(ruleSyntax, at, fmt.Sprintf("%s: %s", what, noteOf(diags[0]).message), "write the value as in HCL, such as [\"eu\", \"us\"]")
		return cty.NilVal
	}
	value, diags := expr.Value(nil)
	if diags.HasErrors() {
		f.wrong(ruleValue, at, fmt.Sprintf("%s: %s", what, noteOf(diags[0]).message), "write a constant, such as [\"eu\", \"us\"]")
		return cty.NilVal
	}
	return f.typed(value, t, at, what)
}

// typed converts a value to a variable's type.
func (f *frame) typed(v cty.Value, t variableType, at hcl.Range, what string) cty.Value {
	if t.defaults != nil && !v.IsNull() {
		v = t.defaults.Apply(v)
	}
	out, err := f.meter.Convert(v, t.t, at)
	if f.overBudget(at) {
		return cty.NilVal
	}
	if err != nil {
		f.wrong(ruleType, at, fmt.Sprintf("%s: %s", what, err), "")
		return cty.NilVal
	}
	return out
}
