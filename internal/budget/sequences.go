package budget

import (
	"errors"

	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/function"
)

// sequenceFunctions take lists, tuples and sets.
func (m *Meter) sequenceFunctions() map[string]function.Function {
	list, value := parameter("list", cty.DynamicPseudoType), nullable("value")
	lists := moves().more(nullable("lists"))
	asks := func(returns cty.Type) signature {
		return signature{params: []function.Parameter{list, value}, returns: returns, partial: true}
	}
	return map[string]function.Function{
		"alltrue":      m.function(takes(cty.Bool, list), truth(func(some, all bool) bool { return all })),
		"anytrue":      m.function(takes(cty.Bool, list), truth(func(some, all bool) bool { return some })),
		"chunklist":    m.function(moves(list, parameter("size", cty.Number)), m.chunk),
		"coalescelist": m.function(lists, coalesceLists),
		"concat":       m.function(lists, m.concat),
		"contains":     m.function(asks(cty.Bool), contains),
		"distinct":     m.function(moves(list), m.distinct),
		"flatten":      m.function(moves(list), m.flatten),
		"index":        m.function(asks(cty.Number), index),
		"matchkeys": m.function(moves(list, parameter("keys", cty.DynamicPseudoType),
			parameter("searchset", cty.DynamicPseudoType)), m.matchKeys),
		"one":     m.function(moves(list), one),
		"reverse": m.function(moves(list), m.reverse),
		"slice":   m.function(moves(list, parameter("start", cty.Number), parameter("end", cty.Number)), m.slice),
		"sum":     m.function(takes(cty.Number, list), m.sum),
	}
}

// truth folds a list of truth values; null counts as false.
func truth(fold func(some, all bool) bool) implementation {
	return func(args []cty.Value) (cty.Value, error) {
		values, err := elements(args, 0)
		if err != nil {
			return cty.NilVal, err
		}
		some, all := false, true
		for i, v := range values {
			b, err := converted(v, cty.Bool)
			if err != nil {
				return cty.NilVal, function.NewArgErrorf(0, "element %d: %s", i, err)
			}
			holds := !b.IsNull() && b.True()
			some, all = some || holds, all && holds
		}
		return cty.BoolVal(fold(some, all)), nil
	}
}

func (m *Meter) chunk(args []cty.Value) (cty.Value, error) {
	all, err := elements(args, 0)
	if err != nil {
		return cty.NilVal, err
	}
	size, err := whole(args, 1)
	if err != nil {
		return cty.NilVal, err
	}
	if size < 0 {
		return cty.NilVal, function.NewArgErrorf(1, "the size must not be negative")
	}
	if size == 0 {
		size = max(1, len(all))
	}
	var chunks []cty.Value
	for len(all) > 0 {
		n := min(size, len(all))
		c, err := m.sequence(all[:n:n])
		if err != nil {
			return cty.NilVal, err
		}
		chunks, all = append(chunks, c), all[n:]
	}
	return m.sequence(chunks)
}

func coalesceLists(args []cty.Value) (cty.Value, error) {
	for i, a := range args {
		if a.IsNull() {
			continue
		}
		all, err := elements(args, i)
		if err != nil {
			return cty.NilVal, err
		}
		if len(all) > 0 {
			return a, nil
		}
	}
	return cty.NilVal, errors.New("no list has an element")
}

func (m *Meter) concat(args []cty.Value) (cty.Value, error) {
	var out []cty.Value
	for i := range args {
		all, err := elements(args, i)
		if err != nil {
			return cty.NilVal, err
		}
		out = append(out, all...)
	}
	if len(args) == 1 {
		return args[0], nil
	}
	return m.sequence(out)
}

// find looks for a value: its index, -1 when it is not there. known is false when that cannot be told yet.
func find(args []cty.Value) (i int, known bool, err error) {
	all, err := elements(args, 0)
	if err != nil {
		return 0, false, err
	}
	want, known := identity(args[1])
	for i, e := range all {
		id, ok := identity(e)
		if known && ok && id == want {
			return i, true, nil
		}
		known = known && ok
	}
	return -1, known || len(all) == 0, nil
}

func contains(args []cty.Value) (cty.Value, error) {
	i, known, err := find(args)
	switch {
	case err != nil:
		return cty.NilVal, err
	case !known:
		return cty.UnknownVal(cty.Bool), nil
	}
	return cty.BoolVal(i >= 0), nil
}

func index(args []cty.Value) (cty.Value, error) {
	i, known, err := find(args)
	switch {
	case err != nil:
		return cty.NilVal, err
	case !known:
		return cty.UnknownVal(cty.Number), nil
	case i < 0:
		return cty.NilVal, errors.New("the list does not hold the value")
	}
	return cty.NumberIntVal(int64(i)), nil
}

func (m *Meter) distinct(args []cty.Value) (cty.Value, error) {
	all, err := elements(args, 0)
	if err != nil {
		return cty.NilVal, err
	}
	all, ok := distinct(all)
	if !ok {
		return cty.DynamicVal, nil
	}
	return m.sequence(all)
}

func (m *Meter) flatten(args []cty.Value) (cty.Value, error) {
	all, err := elements(args, 0)
	if err != nil {
		return cty.NilVal, err
	}
	all, ok := flattened(nil, all)
	if !ok {
		return cty.DynamicVal, nil
	}
	return m.sequence(all)
}

// flattened is false when an element may turn out to be a list.
func flattened(out, values []cty.Value) (_ []cty.Value, ok bool) {
	for _, v := range values {
		t := v.Type()
		nested := t.IsListType() || t.IsTupleType() || t.IsSetType()
		switch {
		case !v.IsKnown() && (nested || t == cty.DynamicPseudoType):
			return nil, false
		case nested && !v.IsNull():
			if out, ok = flattened(out, parts(v)); !ok {
				return nil, false
			}
		default:
			out = append(out, v)
		}
	}
	return out, true
}

// matchKeys keeps the values whose key, at the same position, is in the search set.
func (m *Meter) matchKeys(args []cty.Value) (cty.Value, error) {
	var in [3][]cty.Value
	for i := range in {
		all, err := elements(args, i)
		if err != nil {
			return cty.NilVal, err
		}
		in[i] = all
	}
	values, keys := in[0], in[1]
	if len(values) != len(keys) {
		return cty.NilVal, function.NewArgErrorf(1, "there are %d keys for %d values", len(keys), len(values))
	}
	ids, known := identities(keys)
	search, searchKnown := identities(in[2])
	if !known || !searchKnown {
		return cty.DynamicVal, nil
	}
	wanted := make(map[string]bool, len(search))
	for _, id := range search {
		wanted[id] = true
	}
	var out []cty.Value
	for i, id := range ids {
		if wanted[id] {
			out = append(out, values[i])
		}
	}
	return m.sequence(out)
}

func one(args []cty.Value) (cty.Value, error) {
	all, err := elements(args, 0)
	switch {
	case err != nil:
		return cty.NilVal, err
	case len(all) == 0:
		return cty.NullVal(cty.DynamicPseudoType), nil
	case len(all) == 1:
		return all[0], nil
	}
	return cty.NilVal, function.NewArgErrorf(0, "it must have no element or one, not %d", len(all))
}

func (m *Meter) reverse(args []cty.Value) (cty.Value, error) {
	all, err := elements(args, 0)
	if err != nil {
		return cty.NilVal, err
	}
	out := make([]cty.Value, len(all))
	for i, v := range all {
		out[len(all)-1-i] = v
	}
	return m.sequence(out)
}

func (m *Meter) slice(args []cty.Value) (cty.Value, error) {
	all, err := elements(args, 0)
	if err != nil {
		return cty.NilVal, err
	}
	start, err := whole(args, 1)
	if err != nil {
		return cty.NilVal, err
	}
	end, err := whole(args, 2)
	if err != nil {
		return cty.NilVal, err
	}
	if start < 0 || end < start || end > len(all) {
		return cty.NilVal, function.NewArgErrorf(1, "a list of %d has no elements from %d to %d", len(all), start, end)
	}
	return m.sequence(all[start:end:end])
}

func (m *Meter) sum(args []cty.Value) (cty.Value, error) {
	all, err := elements(args, 0)
	if err != nil {
		return cty.NilVal, err
	}
	const stepsPerSum = 10
	if err := m.spend(stepsPerSum * len(all)); err != nil {
		return cty.NilVal, err
	}
	total := cty.Zero
	for i, v := range all {
		if err := m.numeral(v); err != nil {
			return cty.NilVal, err
		}
		n, err := converted(v, cty.Number)
		if err != nil || n.IsNull() {
			return cty.NilVal, function.NewArgErrorf(0, "element %d is no number", i)
		}
		total = total.Add(n)
	}
	if len(all) == 0 {
		return cty.NilVal, function.NewArgErrorf(0, "there is nothing to add up")
	}
	return total, nil
}
