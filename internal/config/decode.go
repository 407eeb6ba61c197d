package config

import (
	"fmt"
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/convert"

	"github.com/asbuilt/asbuilt/internal/budget"
	"github.com/asbuilt/asbuilt/pkg/arch"
)

// This file decodes attributes of the simple kinds. Each function returns the zero value where the
// attribute is not written, is null, or was reported.

func (f *frame) at(name string) hcl.Range { return f.block.attrs[name].hcl.Expr.Range() }

// convert evaluates an attribute as a simple type.
func (f *frame) convert(name string, t cty.Type, want string) (cty.Value, bool) {
	v, ok := f.value(name)
	if !ok || !f.known(v, f.at(name)) {
		return cty.NilVal, false
	}
	out, err := f.meter.Convert(v, t, f.at(name))
	if f.overBudget(f.at(name)) {
		return cty.NilVal, false
	}
	if err != nil || out.IsNull() {
		f.wrong(ruleType, f.at(name), fmt.Sprintf("%s takes %s, not %s", name, want, typeName(v)), "")
		return cty.NilVal, false
	}
	return out, true
}

func (f *frame) text(name string) string {
	s, _ := f.textOK(name)
	return s
}

func (f *frame) textOK(name string) (string, bool) {
	v, ok := f.convert(name, cty.String, "a string")
	if !ok {
		return "", false
	}
	s, prose := v.AsString(), f.block.spec.attr(name).Prose
	if !prose {
		s = strings.TrimSuffix(s, "\n") // of a heredoc
	}
	if problem := textProblem(s, prose); problem != "" {
		f.wrong(ruleValue, f.at(name), name+" "+problem, "write it on one line, as it is read")
		return "", false
	}
	return s, true
}

func (f *frame) flag(name string) bool {
	v, ok := f.convert(name, cty.Bool, "true or false")
	return ok && v.True()
}

// word decodes one of the words of the schema; "" stands for the attribute's default.
func (f *frame) word(name string) string {
	s, ok := f.textOK(name)
	words := f.block.spec.attr(name).Words
	if !ok || slices.Contains(words, s) {
		return s
	}
	f.wrong(ruleValue, f.at(name), fmt.Sprintf("%s cannot be %q", name, clip(s)), choose(s, words, nil))
	return ""
}

// located is a string with its place.
type located struct {
	text string
	at   hcl.Range
}

// texts decodes a list of strings. Written out as a list, every string has its own place.
func (f *frame) texts(name string) []located {
	out, _ := f.textsOK(name)
	return out
}

// textsOK is false when the list is not written, is null, or was reported.
func (f *frame) textsOK(name string) ([]located, bool) {
	v, ok := f.value(name)
	if !ok || !f.known(v, f.at(name)) {
		return nil, false
	}
	if !v.CanIterateElements() || v.Type().IsMapType() || v.Type().IsObjectType() {
		f.wrong(ruleType, f.at(name), fmt.Sprintf("%s takes a list of strings, not %s", name, typeName(v)), "write it in brackets: [\"…\"]")
		return nil, false
	}
	items := f.items(name)
	if len(items) != v.LengthInt() {
		items = nil
	}
	out := make([]located, 0, v.LengthInt())
	for x := range budget.Parts(v) {
		at := f.at(name)
		if items != nil {
			at = items[len(out)].Range()
		}
		s, err := convert.Convert(x, cty.String)
		if err != nil || s.IsNull() {
			f.wrong(ruleType, at, fmt.Sprintf("%s takes a list of strings; this is %s", name, typeName(x)), "")
			return nil, false
		}
		out = append(out, located{s.AsString(), at})
	}
	return out, true
}

// items are the parts of a list that is written out, or nil.
func (f *frame) items(name string) []hclsyntax.Expression {
	if t, ok := hcl.UnwrapExpression(f.block.attrs[name].hcl.Expr).(*hclsyntax.TupleConsExpr); ok {
		return t.Exprs
	}
	return nil
}

// words decodes a list of strings to a sorted set.
func (f *frame) words(name string) []string {
	var out []string
	for _, x := range f.texts(name) {
		if x.text == "" {
			f.wrong(ruleValue, x.at, "an empty string in "+name, "take it out")
			continue
		}
		if problem := textProblem(x.text, false); problem != "" {
			f.wrong(ruleValue, x.at, "a string in "+name+" "+problem, "write it on one line, as it is read")
			continue
		}
		out = append(out, x.text)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// fact decodes what only describes, as it is.
func (f *frame) fact(name, as string) (arch.Fact, bool) {
	a := f.block.attrs[name]
	if a == nil {
		return arch.Fact{}, false
	}
	v, ok := f.described(name, a.spec.Kind)
	if !ok {
		return arch.Fact{}, false
	}
	return arch.Fact{Name: as, Value: v, At: f.report.place(a.hcl.SrcRange)}, true
}

func (f *frame) described(name string, k Kind) (any, bool) {
	switch k {
	case Bool:
		v, ok := f.convert(name, cty.Bool, "true or false")
		return ok && v.True(), ok
	case Number:
		v, ok := f.convert(name, cty.Number, "a number")
		if !ok || !f.finite(v, f.at(name)) {
			return nil, false
		}
		return plain(v), true
	case Texts:
		var out []any
		for _, x := range f.texts(name) {
			out = append(out, x.text)
		}
		return out, out != nil
	case Path:
		s := f.path(name)
		return s, s != ""
	case Object:
		return f.object(name)
	}
	s := f.text(name)
	return s, s != ""
}

// object decodes an object or map.
func (f *frame) object(name string) (any, bool) {
	v, ok := f.value(name)
	if !ok || !f.known(v, f.at(name)) || !f.finite(v, f.at(name)) {
		return nil, false
	}
	if t := v.Type(); !t.IsObjectType() && !t.IsMapType() {
		f.wrong(ruleType, f.at(name), fmt.Sprintf("%s takes an object, not %s", name, typeName(v)), "write { … }")
		return nil, false
	}
	return plain(v), true
}

// finite reports numbers that JSON cannot hold.
func (f *frame) finite(v cty.Value, at hcl.Range) bool {
	if !isFinite(v) {
		f.wrong(ruleValue, at, "a number beyond 1e308", "write it as a string")
		return false
	}
	return true
}

func isFinite(v cty.Value) bool {
	switch {
	case v.IsNull():
		return true
	case v.Type() == cty.Number:
		x, _ := v.AsBigFloat().Float64()
		return x <= 1e308 && x >= -1e308
	case !v.CanIterateElements():
		return true
	}
	for x := range budget.Parts(v) {
		if !isFinite(x) {
			return false
		}
	}
	return true
}
