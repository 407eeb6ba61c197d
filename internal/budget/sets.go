package budget

import (
	"errors"
	"slices"

	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/function"
)

func (m *Meter) setFunctions() map[string]function.Function {
	list := parameter("set", cty.DynamicPseudoType)
	some := moves(list).more(list)
	return map[string]function.Function{
		"setintersection": m.function(some, m.intersection),
		"setproduct":      m.function(moves().more(list), m.product),
		"setsubtract":     m.function(moves(list, list), m.subtract),
		"setunion":        m.function(some, m.union),
	}
}

// sides are the elements of all arguments, converted to one type: those of each argument by themselves.
func (m *Meter) sides(args []cty.Value) ([][]cty.Value, error) {
	var all []cty.Value
	ends := make([]int, len(args))
	for i := range args {
		some, err := elements(args, i)
		if err != nil {
			return nil, err
		}
		all = append(all, some...)
		ends[i] = len(all)
	}
	all, err := m.unified(all)
	if err != nil {
		return nil, err
	}
	out := make([][]cty.Value, len(args))
	start := 0
	for i, end := range ends {
		out[i] = all[start:end]
		start = end
	}
	return out, nil
}

func (m *Meter) union(args []cty.Value) (cty.Value, error) {
	sides, err := m.sides(args)
	if err != nil {
		return cty.NilVal, err
	}
	var all []cty.Value
	for _, side := range sides {
		all = append(all, side...)
	}
	return m.set(all, elementTypeOf(args))
}

func (m *Meter) intersection(args []cty.Value) (cty.Value, error) {
	return m.keep(args, func(in, others int) bool { return in == others })
}

func (m *Meter) subtract(args []cty.Value) (cty.Value, error) {
	return m.keep(args, func(in, _ int) bool { return in == 0 })
}

// keep gives the elements of the first argument, chosen by in how many of the others each is.
func (m *Meter) keep(args []cty.Value, chosen func(in, others int) bool) (cty.Value, error) {
	sides, err := m.sides(args)
	if err != nil {
		return cty.NilVal, err
	}
	counts := map[string]int{}
	for _, side := range sides[1:] {
		ids, ok := identities(side)
		if !ok {
			return cty.DynamicVal, nil
		}
		slices.Sort(ids)
		for _, id := range slices.Compact(ids) {
			counts[id]++
		}
	}
	ids, ok := identities(sides[0])
	if !ok {
		return cty.DynamicVal, nil
	}
	var out []cty.Value
	for i, v := range sides[0] {
		if chosen(counts[ids[i]], len(sides)-1) {
			out = append(out, v)
		}
	}
	return m.set(out, elementTypeOf(args))
}

func elementTypeOf(args []cty.Value) cty.Type {
	for _, a := range args {
		if t := elementType(a); t != cty.String {
			return t
		}
	}
	return cty.String
}

// product gives a list of tuples: every way of taking one element of each argument, the last
// argument's fastest.
func (m *Meter) product(args []cty.Value) (cty.Value, error) {
	if len(args) < 2 {
		return cty.NilVal, errors.New("at least two arguments are required")
	}
	sides := make([][]cty.Value, len(args))
	total := 1
	for i := range args {
		all, err := elements(args, i)
		if err != nil {
			return cty.NilVal, err
		}
		sides[i] = all
		total = min(total*len(all), 2*MaxElements) // more is refused below, and must not overflow
	}
	for _, side := range sides {
		if len(side) == 0 {
			total = 0
		}
	}
	if err := m.collect(total * (1 + len(args))); err != nil {
		return cty.NilVal, err
	}
	out := make([]cty.Value, total)
	for i := range out {
		row := make([]cty.Value, len(sides))
		rest := i
		for j := len(sides) - 1; j >= 0; j-- {
			row[j] = sides[j][rest%len(sides[j])]
			rest /= len(sides[j])
		}
		out[i] = cty.TupleVal(row)
	}
	return sequence(out), nil
}
