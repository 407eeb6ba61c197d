package config

import (
	"errors"
	"slices"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/ext/customdecode"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/function"
)

// lengthFunction is length(VALUE). What a set function in it would give is counted and not made: rules ask
// length(outgoing(self)) of every element.
func (l *loader) lengthFunction(ofValue function.Function) function.Function {
	return function.New(&function.Spec{
		Params: []function.Parameter{{Name: "value", Type: customdecode.ExpressionClosureType}},
		Type:   function.StaticReturnType(cty.Number),
		Impl: func(args []cty.Value, _ cty.Type) (cty.Value, error) {
			closure := customdecode.ExpressionClosureFromVal(args[0])
			if n, counted, err := l.counted(closure); errors.Is(err, errUnknown) {
				return cty.UnknownVal(cty.Number), nil
			} else if counted || err != nil {
				return cty.NumberIntVal(int64(n)), err
			}
			v, err := argument(args[0])
			if err != nil {
				return cty.NilVal, err
			}
			return ofValue.Call([]cty.Value{v})
		},
	})
}

// counted is how many members a call of a set function gives. counted is false for all else, and where the call
// itself says better what is wrong with it.
func (l *loader) counted(c *customdecode.ExpressionClosure) (n int, counted bool, err error) {
	call, ok := hcl.UnwrapExpression(c.Expression).(*hclsyntax.FunctionCallExpr)
	if !ok || call.ExpandFinal {
		return 0, false, nil
	}
	at := slices.IndexFunc(setFunctionTable, func(f SetFunction) bool { return f.Name == call.Name })
	if at < 0 {
		return 0, false, nil
	}
	f := setFunctionTable[at]
	if f.make != nil { // what it gives exists: it is not worth a second look
		v, diags := call.Value(c.EvalContext)
		if diags.HasErrors() || !v.IsKnown() {
			return 0, false, nil
		}
		return v.LengthInt(), true, nil
	}
	if len(call.Args) != f.sets {
		return 0, false, nil
	}
	args := make([]cty.Value, len(call.Args))
	for i, a := range call.Args {
		args[i] = customdecode.ExpressionClosureVal(&customdecode.ExpressionClosure{Expression: a, EvalContext: c.EvalContext})
	}
	sets, err := l.sets(args)
	if _, wrong := err.(function.ArgError); wrong {
		return 0, false, nil
	}
	if err != nil {
		return 0, false, err
	}
	a, err := l.ask(f, sets)
	return different(a.elements) + different(a.edges), err == nil, err
}

// different counts the different members of a list.
func different[T comparable](list []T) int {
	if len(list) < 2 {
		return len(list)
	}
	seen := make(map[T]struct{}, len(list))
	for _, x := range list {
		seen[x] = struct{}{}
	}
	return len(seen)
}
