package config

import (
	"errors"
	"fmt"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/ext/customdecode"
	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/function"
)

// filterFunction is filter(SET, CONDITION). The condition is not evaluated as an argument: it is taken as
// it is written, and evaluated once for each member of the set.
func (l *loader) filterFunction() function.Function {
	return function.New(&function.Spec{
		Params: []function.Parameter{
			setParameter,
			{Name: "condition", Type: customdecode.ExpressionClosureType, AllowMarked: true},
		},
		Type: func(args []cty.Value) (cty.Type, error) {
			if !args[0].IsKnown() {
				return cty.DynamicPseudoType, nil
			}
			relationships, err := l.areRelationships(args[0])
			switch {
			case errors.Is(err, errUnknown):
				return cty.DynamicPseudoType, nil
			case err != nil:
				return cty.NilType, function.NewArgError(0, err)
			case relationships:
				return cty.List(relationshipType), nil
			}
			return cty.List(elementType), nil
		},
		Impl: func(args []cty.Value, t cty.Type) (cty.Value, error) {
			condition := customdecode.ExpressionClosureFromVal(args[1])
			members, err := l.filterMembers(args[0], t)
			if errors.Is(err, errUnknown) {
				return cty.UnknownVal(t), nil
			}
			if err != nil {
				return cty.NilVal, err
			}
			var out []cty.Value
			for _, m := range members {
				if !l.made.work.add(1) {
					return cty.NilVal, errWork
				}
				holds, err := conditionHolds(condition.Expression, condition.EvalContext, m)
				if errors.Is(err, errUnknown) {
					return cty.UnknownVal(t), nil
				}
				if err != nil {
					return cty.NilVal, err
				}
				if holds {
					out = append(out, m)
				}
			}
			if len(out) == 0 {
				return cty.ListValEmpty(t.ElementType()), nil
			}
			return cty.ListVal(out), nil
		},
	})
}

// areRelationships reports whether a set holds relationships and nothing else.
func (l *loader) areRelationships(v cty.Value) (bool, error) {
	switch _, kind := identify(v); kind {
	case thingRelationship:
		return true, nil
	case thingElement, thingInstances:
		return false, nil
	case thingUnknown:
		return false, errUnknown
	case thingList:
		if t := v.Type(); !t.IsTupleType() {
			return t.ElementType().Equals(relationshipType), nil
		}
		for _, x := range v.AsValueSlice() {
			if are, err := l.areRelationships(x); !are || err != nil {
				return false, err
			}
		}
		return v.LengthInt() > 0, nil
	}
	return false, fmt.Errorf("it takes elements or relationships, not %s", typeName(v))
}

// filterMembers lists what a condition is asked about.
func (l *loader) filterMembers(v cty.Value, t cty.Type) ([]cty.Value, error) {
	if !t.IsListType() {
		return nil, errUnknown
	}
	if t.ElementType().Equals(relationshipType) {
		return flatRelationships(v), nil
	}
	elements, err := l.elementsOf(v)
	if err != nil {
		return nil, err
	}
	return l.graph.elementValues(elements), nil
}

func flatRelationships(v cty.Value) []cty.Value {
	if _, kind := identify(v); kind == thingRelationship {
		return []cty.Value{v}
	}
	var out []cty.Value
	for _, x := range v.AsValueSlice() {
		out = append(out, flatRelationships(x)...)
	}
	return out
}

// conditionHolds evaluates a condition over self: an element, or a relationship with its ends.
func conditionHolds(e hcl.Expression, outer *hcl.EvalContext, self cty.Value) (bool, error) {
	ctx := outer.NewChild()
	ctx.Variables = selfVariables(self)
	v, diags := e.Value(ctx)
	if diags.HasErrors() {
		return false, diagnosticError{diags[0]}
	}
	return truth(v)
}

func selfVariables(self cty.Value) map[string]cty.Value {
	vars := map[string]cty.Value{"self": self}
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
