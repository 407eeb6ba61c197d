package budget

import (
	"errors"
	"fmt"

	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/function"
)

// The functions are Terraform's, without those that read files, environment, clock, network or
// randomness. Each checks what it is about to make before it makes it. Where cty's own standard library
// is quadratic or slow (sets of objects, lists of many types), they are written here; sequences are
// taken as list, tuple or set alike, and given back as a list when all elements have one type.

// define makes the functions, bound to the meter.
func (m *Meter) define() map[string]function.Function {
	out := map[string]function.Function{}
	for _, group := range []map[string]function.Function{
		m.stringFunctions(), m.patternFunctions(), m.numberFunctions(), m.collectionFunctions(), m.sequenceFunctions(), m.setFunctions(),
		m.encodingFunctions(), m.timeFunctions(), m.networkFunctions(), m.conversionFunctions(), m.lazyFunctions(),
	} {
		for name, f := range group {
			out[name] = f
		}
	}
	return out
}

// implementation computes a function. Its arguments are known, and not null unless the parameter allows
// it; what is inside them is known too unless the signature is partial.
type implementation func(args []cty.Value) (cty.Value, error)

// signature describes a function.
type signature struct {
	params   []function.Parameter
	variadic *function.Parameter
	returns  cty.Type // DynamicPseudoType when it depends on the arguments
	partial  bool     // it moves elements around without looking inside them
}

func parameter(name string, t cty.Type) function.Parameter {
	return function.Parameter{Name: name, Type: t, AllowUnknown: true, AllowDynamicType: true}
}

func nullable(name string) function.Parameter {
	p := parameter(name, cty.DynamicPseudoType)
	p.AllowNull = true
	return p
}

// moves describes a function that gives parts of its arguments, whatever is inside these.
func moves(params ...function.Parameter) signature {
	return signature{params: params, returns: cty.DynamicPseudoType, partial: true}
}

func takes(returns cty.Type, params ...function.Parameter) signature {
	return signature{params: params, returns: returns}
}

func (s signature) more(p function.Parameter) signature {
	s.variadic = &p
	return s
}

// function makes a function. Arguments are weighed by the guard around its call.
func (m *Meter) function(s signature, impl implementation) function.Function {
	return function.New(&function.Spec{
		Params: s.params, VarParam: s.variadic, Type: function.StaticReturnType(s.returns),
		Impl: func(args []cty.Value, _ cty.Type) (cty.Value, error) {
			if m.exceeded != nil {
				return cty.NilVal, errExceeded
			}
			for _, a := range args {
				if !a.IsKnown() || !s.partial && !a.IsWhollyKnown() {
					return cty.UnknownVal(s.returns), nil
				}
			}
			return impl(args)
		},
	})
}

// makes says what a function of cty's library gives that is new.
type makes byte

const (
	makesNothing    makes = iota // a number, a truth value, or something that exists already
	makesText                    // strings
	makesCollection              // a collection of what exists already
)

// standard takes a function of cty's library; before checks its arguments.
func (m *Meter) standard(f function.Function, made makes, before func(args []cty.Value) error) function.Function {
	s := signature{params: f.Params(), variadic: f.VarParam(), returns: cty.DynamicPseudoType, partial: true}
	return m.function(s, func(args []cty.Value) (cty.Value, error) {
		known := true
		for _, a := range args { // cty looks for marks twice more
			if err := m.weigh(a, stepsPerArgument); err != nil {
				return cty.NilVal, err
			}
			known = known && a.IsWhollyKnown()
		}
		if before != nil {
			if !known {
				return cty.DynamicVal, nil
			}
			if err := before(args); err != nil {
				return cty.NilVal, err
			}
		}
		v, err := f.Call(args)
		if err != nil {
			return cty.NilVal, err
		}
		if v.Type() == cty.Number && v.IsKnown() && v.AsBigFloat().IsInf() {
			return cty.NilVal, errors.New("the result is not finite")
		}
		return v, m.made(v, made)
	})
}

func (m *Meter) made(v cty.Value, made makes) error {
	if made == makesNothing || !v.IsKnown() {
		return nil
	}
	if v.Type() == cty.String && !v.IsNull() {
		return m.text(len(v.AsString()))
	}
	if err := m.collect(length(v)); err != nil || made == makesCollection {
		return err
	}
	return m.texts(v)
}

// texts charges all strings inside a value.
func (m *Meter) texts(v cty.Value) error {
	switch {
	case v.IsNull() || !v.IsKnown():
		return nil
	case v.Type() == cty.String:
		return m.text(len(v.AsString()))
	case !v.CanIterateElements():
		return nil
	}
	for e := range Parts(v) {
		if err := m.texts(e); err != nil {
			return err
		}
	}
	return nil
}

// string gives a new string.
func (m *Meter) string(s string) (cty.Value, error) {
	if err := m.text(len(s)); err != nil {
		return cty.NilVal, err
	}
	return cty.StringVal(s), nil
}

// sequence gives a new list, or a tuple where the elements are of several types.
func (m *Meter) sequence(elements []cty.Value) (cty.Value, error) {
	if err := m.collect(len(elements)); err != nil {
		return cty.NilVal, err
	}
	return sequence(elements), nil
}

func sequence(elements []cty.Value) cty.Value {
	if len(elements) == 0 {
		return cty.EmptyTupleVal
	}
	t := elements[0].Type()
	for _, e := range elements {
		if t == cty.DynamicPseudoType || !e.Type().Equals(t) {
			return cty.TupleVal(elements)
		}
	}
	return cty.ListVal(elements)
}

// elements are the elements of a list, tuple or set.
func elements(args []cty.Value, i int) ([]cty.Value, error) {
	t := args[i].Type()
	if !t.IsListType() && !t.IsTupleType() && !t.IsSetType() {
		return nil, function.NewArgErrorf(i, "a list, tuple or set is required, not %s", t.FriendlyName())
	}
	if args[i].IsNull() {
		return nil, function.NewArgErrorf(i, "it must not be null")
	}
	return parts(args[i]), nil
}

// texted are the elements of a list, tuple or set as strings.
func texted(args []cty.Value, i int) ([]string, error) {
	all, err := elements(args, i)
	if err != nil {
		return nil, err
	}
	out := make([]string, len(all))
	for j, e := range all {
		s, err := text(e)
		if err != nil {
			return nil, function.NewArgErrorf(i, "element %d: %s", j, err)
		}
		out[j] = s
	}
	return out, nil
}

func text(v cty.Value) (string, error) {
	v, err := converted(v, cty.String)
	if err != nil {
		return "", err
	}
	if v.IsNull() {
		return "", fmt.Errorf("a string is required, not null")
	}
	return v.AsString(), nil
}

// whole is an argument that counts something.
func whole(args []cty.Value, i int) (int, error) {
	n, accuracy := args[i].AsBigFloat().Int64()
	if accuracy != 0 || n != int64(int(n)) {
		return 0, function.NewArgErrorf(i, "a whole number is required")
	}
	return int(n), nil
}

// numericParameters says which arguments of a function are converted to a number.
func (m *Meter) numericParameters(name string) func(i int) bool {
	f, ok := m.functions[name]
	if !ok {
		return func(int) bool { return false }
	}
	params, variadic := f.Params(), f.VarParam()
	return func(i int) bool {
		if i < len(params) {
			return params[i].Type == cty.Number
		}
		return variadic != nil && variadic.Type == cty.Number
	}
}
