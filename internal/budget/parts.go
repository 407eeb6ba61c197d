package budget

import (
	"iter"
	"math/big"

	"github.com/zclconf/go-cty/cty"
)

// Parts goes through the elements of a value that can be iterated, in cty's order. cty's own iterator makes a
// number for every position in a list, which is most of what it costs.
func Parts(v cty.Value) iter.Seq[cty.Value] {
	return func(yield func(cty.Value) bool) {
		if t := v.Type(); !t.IsListType() && !t.IsTupleType() {
			for it := v.ElementIterator(); it.Next(); {
				if _, e := it.Element(); !yield(e) {
					return
				}
			}
			return
		}
		position := new(big.Float)
		key := cty.NumberVal(position) // read by Index alone, and then moved on
		for i := range v.LengthInt() {
			if !yield(v.Index(key)) {
				return
			}
			position.SetInt64(int64(i) + 1)
		}
	}
}

// parts are the elements of a value as a slice.
func parts(v cty.Value) []cty.Value {
	if v.LengthInt() == 0 {
		return nil
	}
	out := make([]cty.Value, 0, v.LengthInt())
	for e := range Parts(v) {
		out = append(out, e)
	}
	return out
}
