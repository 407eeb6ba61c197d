package config

import (
	"encoding/json"
	"strconv"

	"github.com/zclconf/go-cty/cty"

	"github.com/asbuilt/asbuilt/internal/budget"
)

// plain turns a value of the language into what a Fact holds: string, float64, bool, nil, []any or
// map[string]any. The value is wholly known.
func plain(v cty.Value) any {
	t := v.Type()
	switch {
	case v.IsNull():
		return nil
	case t == cty.String:
		return v.AsString()
	case t == cty.Bool:
		return v.True()
	case t == cty.Number:
		f, _ := v.AsBigFloat().Float64()
		return f
	case t.IsObjectType() || t.IsMapType():
		out := make(map[string]any, v.LengthInt())
		for it := v.ElementIterator(); it.Next(); {
			k, x := it.Element()
			out[k.AsString()] = plain(x)
		}
		return out
	case v.CanIterateElements():
		out := make([]any, 0, v.LengthInt())
		for x := range budget.Parts(v) {
			out = append(out, plain(x))
		}
		return out
	}
	return nil // capsules: conditions of filter() cannot leave their call
}

// plainText writes a plain value as a text: simple values as they are, others as JSON.
func plainText(v any) string {
	switch v := v.(type) {
	case nil:
		return ""
	case string:
		return v
	case bool:
		return strconv.FormatBool(v)
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64)
	}
	b, err := json.Marshal(v)
	if err != nil { // an infinite number: the scan of the bytes allows none, a function may make one
		return ""
	}
	return string(b)
}
