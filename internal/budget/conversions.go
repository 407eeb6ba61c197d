package budget

import (
	"errors"
	"fmt"

	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/convert"
	"github.com/zclconf/go-cty/cty/function"
)

func (m *Meter) conversionFunctions() map[string]function.Function {
	primitive := func(t cty.Type) function.Function {
		return m.function(takes(t, nullable("v")), func(args []cty.Value) (cty.Value, error) {
			if t == cty.Number {
				if err := m.numeral(args[0]); err != nil {
					return cty.NilVal, err
				}
			}
			v, err := converted(args[0], t)
			if err != nil {
				return cty.NilVal, function.NewArgError(0, err)
			}
			return v, nil
		})
	}
	return map[string]function.Function{
		"tobool":   primitive(cty.Bool),
		"tonumber": primitive(cty.Number),
		"tostring": primitive(cty.String),
		"tolist":   m.function(moves(nullable("v")), m.toList),
		"tomap":    m.function(moves(nullable("v")), m.toMap),
		"toset":    m.function(moves(nullable("v")), m.toSet),
	}
}

func (m *Meter) toList(args []cty.Value) (cty.Value, error) {
	if args[0].Type().IsListType() || args[0].IsNull() {
		return args[0], nil
	}
	all, err := m.uniform(args, 0)
	if err != nil {
		return cty.NilVal, err
	}
	if len(all) == 0 {
		return cty.ListValEmpty(elementType(args[0])), nil
	}
	return cty.ListVal(all), m.collect(len(all))
}

func (m *Meter) toSet(args []cty.Value) (cty.Value, error) {
	if args[0].Type().IsSetType() || args[0].IsNull() {
		return args[0], nil
	}
	all, err := m.uniform(args, 0)
	if err != nil {
		return cty.NilVal, err
	}
	return m.set(all, elementType(args[0]))
}

// set gives values without duplicates: as a set where they are strings, numbers or truth values, else as
// a list in order of first appearance, since cty writes out and sorts a set of objects whenever it
// goes through one.
func (m *Meter) set(values []cty.Value, ifEmpty cty.Type) (cty.Value, error) {
	values, ok := distinct(values)
	if !ok {
		return cty.DynamicVal, nil
	}
	if err := m.collect(len(values)); err != nil {
		return cty.NilVal, err
	}
	switch {
	case len(values) == 0:
		return cty.SetValEmpty(ifEmpty), nil
	case !values[0].Type().IsPrimitiveType():
		return sequence(values), nil
	}
	const stepsPerHash = 20
	if err := m.spend(stepsPerHash * len(values)); err != nil {
		return cty.NilVal, err
	}
	meeting := make(map[int]int, len(values))
	for _, v := range values {
		if err := m.meets(meeting, v); err != nil {
			return cty.NilVal, err
		}
	}
	return cty.SetVal(values), nil
}

func (m *Meter) toMap(args []cty.Value) (cty.Value, error) {
	v := args[0]
	if v.Type().IsMapType() || v.IsNull() {
		return v, nil
	}
	if !v.Type().IsObjectType() {
		return cty.NilVal, function.NewArgErrorf(0, "an object is required, not %s", v.Type().FriendlyName())
	}
	var names []string
	var values []cty.Value
	for it := v.ElementIterator(); it.Next(); {
		k, e := it.Element()
		names, values = append(names, k.AsString()), append(values, e)
	}
	if len(values) == 0 {
		return cty.MapValEmpty(cty.DynamicPseudoType), nil
	}
	values, err := m.unified(values)
	if err != nil {
		return cty.NilVal, function.NewArgError(0, err)
	}
	out := make(map[string]cty.Value, len(values))
	for i, name := range names {
		out[name] = values[i]
	}
	return cty.MapVal(out), m.collect(len(out))
}

// uniform are the elements of an argument, converted to one type.
func (m *Meter) uniform(args []cty.Value, i int) ([]cty.Value, error) {
	all, err := elements(args, i)
	if err != nil {
		return nil, err
	}
	all, err = m.unified(all)
	if err != nil && !errors.Is(err, errExceeded) {
		return nil, function.NewArgError(i, err)
	}
	return all, err
}

// unified converts values to one type. Cty compares every type with every other: here only the distinct ones.
func (m *Meter) unified(values []cty.Value) ([]cty.Value, error) {
	types := distinctTypes(values)
	if len(types) < 2 {
		return values, nil
	}
	if err := m.unifyMany(types); err != nil {
		return nil, err
	}
	t, _ := convert.UnifyUnsafe(types)
	if t == cty.NilType || t.HasDynamicTypes() {
		return nil, fmt.Errorf("all elements must have one type")
	}
	out := make([]cty.Value, len(values))
	for i, v := range values {
		c, err := converted(v, t)
		if err != nil {
			return nil, err
		}
		out[i] = c
	}
	return out, nil
}

func distinctTypes(values []cty.Value) []cty.Type {
	const enough = 50 // beyond, the charge for unifying refuses
	var types []cty.Type
next:
	for _, v := range values {
		for _, t := range types {
			if v.Type().Equals(t) {
				continue next
			}
		}
		if types = append(types, v.Type()); len(types) > enough {
			break
		}
	}
	return types
}

func elementType(v cty.Value) cty.Type {
	if v.Type().IsCollectionType() && v.Type().ElementType() != cty.DynamicPseudoType {
		return v.Type().ElementType()
	}
	return cty.String
}

// converted converts a value, with cty's rules.
func converted(v cty.Value, t cty.Type) (cty.Value, error) { return convert.Convert(v, t) }
