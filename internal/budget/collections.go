package budget

import (
	"errors"
	"maps"
	"slices"

	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/function"
	"github.com/zclconf/go-cty/cty/function/stdlib"
)

func (m *Meter) collectionFunctions() map[string]function.Function {
	return map[string]function.Function{
		"coalesce":  m.function(moves().more(nullable("values")), m.coalesce),
		"compact":   m.standard(stdlib.CompactFunc, makesCollection, nil),
		"element":   m.function(moves(parameter("list", cty.DynamicPseudoType), parameter("index", cty.Number)), element),
		"keys":      m.standard(stdlib.KeysFunc, makesCollection, nil),
		"length":    m.function(signature{params: []function.Parameter{parameter("value", cty.DynamicPseudoType)}, returns: cty.Number, partial: true}, m.length),
		"lookup":    m.function(moves(parameter("map", cty.DynamicPseudoType), parameter("key", cty.String)).more(nullable("default")), lookup),
		"merge":     m.standard(stdlib.MergeFunc, makesCollection, nil),
		"range":     m.standard(stdlib.RangeFunc, makesCollection, nil),
		"sort":      m.function(takes(cty.List(cty.String), parameter("list", cty.DynamicPseudoType)), m.sort),
		"transpose": m.function(takes(cty.Map(cty.List(cty.String)), parameter("map", cty.DynamicPseudoType)), m.transpose),
		"values":    m.function(moves(parameter("map", cty.DynamicPseudoType)), m.values),
		"zipmap":    m.standard(stdlib.ZipmapFunc, makesCollection, nil),
	}
}

// coalesce gives the first argument that is neither null nor an empty string, in the type of all of them.
func (m *Meter) coalesce(args []cty.Value) (cty.Value, error) {
	var some []cty.Value
	for _, a := range args {
		if !a.IsNull() || a.Type() != cty.DynamicPseudoType {
			some = append(some, a)
		}
	}
	some, err := m.unified(some)
	if err != nil {
		return cty.NilVal, err
	}
	for _, a := range some {
		if !a.IsNull() && (a.Type() != cty.String || a.AsString() != "") {
			return a, nil
		}
	}
	return cty.NilVal, errors.New("all arguments are null or empty")
}

// element counts around the end, in both directions.
func element(args []cty.Value) (cty.Value, error) {
	all, err := elements(args, 0)
	if err != nil {
		return cty.NilVal, err
	}
	i, err := whole(args, 1)
	if err != nil {
		return cty.NilVal, err
	}
	if len(all) == 0 {
		return cty.NilVal, function.NewArgErrorf(0, "it must not be empty")
	}
	i %= len(all)
	if i < 0 {
		i += len(all)
	}
	return all[i], nil
}

func (m *Meter) length(args []cty.Value) (cty.Value, error) {
	v := args[0]
	switch t := v.Type(); {
	case t == cty.String:
		if err := m.spend(len(v.AsString())); err != nil { // grapheme by grapheme
			return cty.NilVal, err
		}
		return stdlib.Strlen(v)
	case t.IsObjectType() || t.IsTupleType() || t.IsCollectionType():
		return cty.NumberIntVal(int64(length(v))), nil
	}
	return cty.NilVal, function.NewArgErrorf(0, "a string or collection is required, not %s", v.Type().FriendlyName())
}

func lookup(args []cty.Value) (cty.Value, error) {
	v, key := args[0], args[1].AsString()
	t := v.Type()
	switch {
	case len(args) > 3:
		return cty.NilVal, errors.New("at most three arguments are taken")
	case !t.IsMapType() && !t.IsObjectType():
		return cty.NilVal, function.NewArgErrorf(0, "a map is required, not %s", t.FriendlyName())
	case t.IsObjectType() && t.HasAttribute(key):
		return v.GetAttr(key), nil
	case t.IsMapType() && v.HasIndex(args[1]).True():
		return v.Index(args[1]), nil
	case len(args) < 3:
		return cty.NilVal, function.NewArgErrorf(1, "the map has no such key, and no default is given")
	case t.IsMapType():
		d, err := converted(args[2], t.ElementType())
		if err != nil {
			return cty.NilVal, function.NewArgErrorf(2, "it must have the type of the map's elements")
		}
		return d, nil
	}
	return args[2], nil
}

func (m *Meter) values(args []cty.Value) (cty.Value, error) {
	if t := args[0].Type(); !t.IsMapType() && !t.IsObjectType() {
		return cty.NilVal, function.NewArgErrorf(0, "a map is required, not %s", t.FriendlyName())
	}
	var out []cty.Value
	for v := range Parts(args[0]) {
		out = append(out, v)
	}
	return m.sequence(out)
}

// transpose turns a map of lists of strings around: each string leads to the keys that led to it.
func (m *Meter) transpose(args []cty.Value) (cty.Value, error) {
	v := args[0]
	if !v.Type().IsMapType() && !v.Type().IsObjectType() {
		return cty.NilVal, function.NewArgErrorf(0, "a map is required, not %s", v.Type().FriendlyName())
	}
	turned := map[string][]cty.Value{}
	for it := v.ElementIterator(); it.Next(); {
		key, list := it.Element()
		words, err := texted([]cty.Value{list}, 0)
		if err != nil {
			return cty.NilVal, err
		}
		if err := m.collect(len(words)); err != nil {
			return cty.NilVal, err
		}
		for _, w := range words {
			turned[w] = append(turned[w], key)
		}
	}
	if len(turned) == 0 {
		return cty.MapValEmpty(cty.List(cty.String)), nil
	}
	out := make(map[string]cty.Value, len(turned))
	for _, w := range slices.Sorted(maps.Keys(turned)) {
		out[w] = cty.ListVal(turned[w])
	}
	return cty.MapVal(out), nil
}

// sort orders texts by their bytes.
func (m *Meter) sort(args []cty.Value) (cty.Value, error) {
	words, err := texted(args, 0)
	if err != nil {
		return cty.NilVal, err
	}
	if err := m.collect(len(words)); err != nil {
		return cty.NilVal, err
	}
	if len(words) == 0 {
		return cty.ListValEmpty(cty.String), nil
	}
	slices.Sort(words)
	out := make([]cty.Value, len(words))
	for i, w := range words {
		out[i] = cty.StringVal(w)
	}
	return cty.ListVal(out), nil
}
