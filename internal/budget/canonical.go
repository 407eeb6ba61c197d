package budget

import (
	"slices"
	"strconv"

	"github.com/zclconf/go-cty/cty"
)

// identity tells elements apart: equal ones, and only they, have the same. It is unknown (ok is false)
// for what is not known yet, but for an element of the architecture, which its address identifies
// before its other attributes are known.
func identity(v cty.Value) (id string, ok bool) {
	if v.IsWhollyKnown() {
		return canonical(v), true
	}
	if !v.IsKnown() || v.IsNull() || !v.Type().IsObjectType() || !v.Type().HasAttribute("address") {
		return "", false
	}
	a := v.GetAttr("address")
	if a.Type() != cty.String || !a.IsKnown() || a.IsNull() {
		return "", false
	}
	return "@" + a.AsString(), true
}

// identities are those of several values.
func identities(values []cty.Value) (ids []string, ok bool) {
	ids = make([]string, len(values))
	for i, v := range values {
		if ids[i], ok = identity(v); !ok {
			return nil, false
		}
	}
	return ids, true
}

// canonical writes a known value so that equal values, and only they, are written equally. A list and a
// tuple of the same elements are equal, and so are an object and a map.
func canonical(v cty.Value) string { return string(appendCanonical(nil, v)) }

func appendCanonical(b []byte, v cty.Value) []byte {
	t := v.Type()
	switch {
	case v.IsNull():
		return append(b, '0')
	case t == cty.String:
		return appendCanonicalString(b, v.AsString())
	case t == cty.Number:
		return append(v.AsBigFloat().Append(append(b, 'n'), 'p', 0), ' ')
	case t == cty.Bool:
		return strconv.AppendBool(b, v.True())
	case t.IsSetType():
		return appendCanonicalSet(b, v)
	case t.IsListType() || t.IsTupleType():
		b = append(b, '[')
		for e := range Parts(v) {
			b = appendCanonical(b, e)
		}
		return append(b, ']')
	case t.IsMapType() || t.IsObjectType():
		b = append(b, '{')
		for it := v.ElementIterator(); it.Next(); {
			k, e := it.Element()
			b = appendCanonical(appendCanonicalString(b, k.AsString()), e)
		}
		return append(b, '}')
	}
	return append(b, t.FriendlyName()...)
}

func appendCanonicalString(b []byte, s string) []byte {
	b = strconv.AppendInt(append(b, 's'), int64(len(s)), 10)
	return append(append(b, ':'), s...)
}

func appendCanonicalSet(b []byte, v cty.Value) []byte {
	var all []string
	for e := range Parts(v) {
		all = append(all, canonical(e))
	}
	slices.Sort(all)
	b = append(b, '<')
	for _, s := range all {
		b = append(b, s...)
	}
	return append(b, '>')
}

// distinct keeps the first of equal values.
func distinct(values []cty.Value) (out []cty.Value, ok bool) {
	ids, ok := identities(values)
	if !ok {
		return nil, false
	}
	seen := make(map[string]bool, len(values))
	for i, v := range values {
		if !seen[ids[i]] {
			seen[ids[i]] = true
			out = append(out, v)
		}
	}
	return out, true
}
