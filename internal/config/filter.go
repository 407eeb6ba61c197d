package config

import (
	"errors"
	"fmt"
	"slices"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/ext/customdecode"
	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/function"

	"github.com/asbuilt/asbuilt/internal/budget"
)

// filterFunction is filter(SET, CONDITION). The condition is not evaluated as an argument: it is taken as
// it is written, and evaluated once for each member of the set.
func (l *loader) filterFunction() function.Function {
	return function.New(&function.Spec{
		Params: []function.Parameter{setParameter, {Name: "condition", Type: customdecode.ExpressionClosureType}},
		Type:   function.StaticReturnType(cty.DynamicPseudoType), // a list of elements, or of relationships
		Impl: func(args []cty.Value, _ cty.Type) (cty.Value, error) {
			set, err := argument(args[0])
			if err != nil {
				return cty.NilVal, err
			}
			v, err := l.filter(set, customdecode.ExpressionClosureFromVal(args[1]))
			if errors.Is(err, errUnknown) {
				return cty.DynamicVal, nil
			}
			return v, err
		},
	})
}

func (l *loader) filter(set cty.Value, condition *customdecode.ExpressionClosure) (cty.Value, error) {
	members, of, err := l.filterMembers(set)
	if err != nil {
		return cty.NilVal, err
	}
	var out []cty.Value
	ctx := condition.EvalContext.NewChild() // its self changes
	for _, m := range members {
		if !l.made.work.add(1) {
			return cty.NilVal, errWork
		}
		holds, err := conditionHolds(condition.Expression, ctx, m)
		if err != nil {
			return cty.NilVal, err
		}
		if holds {
			out = append(out, m)
		}
	}
	if len(out) == 0 {
		return cty.ListValEmpty(of), nil
	}
	if !l.made.work.add(2 * len(out)) { // cty compares the types of all members
		return cty.NilVal, errWork
	}
	return cty.ListVal(out), nil
}

// filterMembers lists what a condition is asked about, and its type.
func (l *loader) filterMembers(set cty.Value) ([]cty.Value, cty.Type, error) {
	if areRelationships(set.Type()) {
		members, err := l.flatRelationships(set)
		return members, relationshipType, err
	}
	elements, err := l.elementsOf(set)
	if err != nil && !errors.Is(err, errUnknown) {
		err = function.NewArgError(0, err)
	}
	if err != nil {
		return nil, cty.NilType, err
	}
	return l.graph.elementValues(elements), elementType, nil
}

// areRelationships reports whether values of a type are relationships, or lists of nothing else.
func areRelationships(t cty.Type) bool {
	switch {
	case t.IsTupleType():
		types := t.TupleElementTypes()
		return len(types) > 0 && !slices.ContainsFunc(types, func(t cty.Type) bool { return !areRelationships(t) })
	case t.IsListType(), t.IsSetType():
		return areRelationships(t.ElementType())
	}
	return isRelationship(t)
}

func (l *loader) flatRelationships(v cty.Value) ([]cty.Value, error) {
	switch {
	case !l.made.work.add(1):
		return nil, errWork
	case !v.IsKnown() || v.IsNull():
		return nil, errUnknown
	case v.Type().IsObjectType():
		return []cty.Value{v}, nil
	}
	if !v.Type().IsTupleType() && isRelationship(v.Type().ElementType()) {
		return l.plainRelationships(v)
	}
	var out []cty.Value
	for x := range budget.Parts(v) {
		part, err := l.flatRelationships(x)
		if err != nil {
			return nil, err
		}
		out = append(out, part...)
	}
	return out, nil
}

// plainRelationships is flatRelationships for a list of nothing but relationships.
func (l *loader) plainRelationships(v cty.Value) ([]cty.Value, error) {
	n := v.LengthInt()
	if !l.made.work.add(n / takenPerStep) {
		return nil, errWork
	}
	out := make([]cty.Value, 0, n)
	for x := range budget.Parts(v) {
		if !x.IsKnown() || x.IsNull() {
			return nil, errUnknown
		}
		out = append(out, x)
	}
	return out, nil
}

// conditionHolds evaluates a condition over self: an element, or a relationship with its ends.
func conditionHolds(e hcl.Expression, ctx *hcl.EvalContext, self cty.Value) (bool, error) {
	ctx.Variables = selfVariables(self, ctx.Variables)
	v, diags := e.Value(ctx)
	if diags.HasErrors() {
		return false, diagnosticError{diags[0]}
	}
	return truth(v)
}

// selfVariables sets the names of a condition in vars, which is made when it is nil.
func selfVariables(self cty.Value, vars map[string]cty.Value) map[string]cty.Value {
	if vars == nil {
		vars = map[string]cty.Value{}
	}
	vars["self"] = self
	if self.Type().HasAttribute("source") {
		vars["source"], vars["target"] = self.GetAttr("source"), self.GetAttr("target")
	}
	return vars
}

// truth reads the result of a condition.
func truth(v cty.Value) (bool, error) {
	switch t := v.Type(); {
	case t != cty.Bool && t != cty.DynamicPseudoType, v.IsNull():
		return false, fmt.Errorf("a condition is true or false, not %s", typeName(v))
	case !v.IsKnown():
		return false, errUnknown
	}
	return v.True(), nil
}

// diagnosticError carries a problem inside a condition through the call of filter, with its own place.
type diagnosticError struct{ *hcl.Diagnostic }

func (e diagnosticError) Error() string { return e.Detail }
