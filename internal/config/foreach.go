package config

import (
	"fmt"

	"github.com/hashicorp/hcl/v2"
	"github.com/zclconf/go-cty/cty"
)

// expand makes the instances of a block: one, or one for each key of its for_each. It is called when the
// first expression needs them.
func (l *loader) expand(d *declared) bool {
	switch d.state {
	case ready:
		return true
	case failed:
		return false
	case underway:
		l.circle(d.address, d.block.attrs["for_each"].hcl.NameRange)
		return false
	}
	d.state = underway
	if !l.enter(d.address, d.block.header()) {
		d.state = failed
		return false
	}
	defer l.leave()
	ok := true
	if d.block.forEach {
		d.instances, ok = l.forEach(d)
	} else {
		d.instances = []*instance{{address: d.address}}
	}
	if ok {
		ok = l.count(&l.made.elements, len(d.instances), d.block.header())
	}
	d.state = ready
	if !ok {
		d.state, d.instances = failed, nil
	}
	return ok
}

// circle reports what needs itself through a for_each.
func (l *loader) circle(name string, at hcl.Range) {
	start := len(l.chain) - 1
	for start > 0 && l.chain[start] != name {
		start--
	}
	l.report.add(note{
		rule: ruleCycle, at: at,
		message: "for_each needs itself: " + arrows(append(l.chain[start:len(l.chain):len(l.chain)], name)),
		fix:     "write the keys into a local of their own",
	})
}

func (l *loader) forEach(d *declared) ([]*instance, bool) {
	f := l.frame(d.block, early)
	a := d.block.attrs["for_each"]
	ctx, ok := f.context(a)
	if !ok {
		return nil, false
	}
	v, ok := f.eval(a.hcl.Expr, ctx)
	if !ok {
		return nil, false
	}
	if !f.forEachType(v, a.hcl.Expr.Range()) {
		return nil, false
	}
	var out []*instance
	for it := v.ElementIterator(); it.Next(); {
		key, value := it.Element()
		i, ok := f.instance(d, key, value)
		if !ok {
			return nil, false
		}
		out = append(out, i)
	}
	return out, true
}

// forEachType checks that a value is a map, an object or a set of strings.
func (f *frame) forEachType(v cty.Value, at hcl.Range) bool {
	t := v.Type()
	const want = "for_each takes a map or a set of strings"
	switch {
	case v.IsNull():
		f.wrong(ruleType, at, want+", not null", "leave it out, or give it an empty map: {}")
	case !v.IsKnown():
		return f.known(v, at)
	case t.IsMapType(), t.IsObjectType(), t.IsSetType() && t.ElementType() == cty.String:
		return true
	case t.IsSetType() && v.LengthInt() == 0:
		return true
	case t.IsTupleType(), t.IsListType():
		f.wrong(ruleType, at, want+", not a list", "write toset(…) around it")
	default:
		f.wrong(ruleType, at, want+", not "+typeName(v), `such as toset(["eu", "us"])`)
	}
	return false
}

func (f *frame) instance(d *declared, key, value cty.Value) (*instance, bool) {
	at := d.block.attrs["for_each"].hcl.Expr.Range()
	if key.IsNull() || !key.IsKnown() {
		f.wrong(ruleValue, at, "a key of for_each is null", "leave it out of the set")
		return nil, false
	}
	k := key.AsString()
	if problem := keyProblem(k); problem != "" {
		f.wrong(ruleValue, at, fmt.Sprintf("the key %q %s", clip(k), problem), "a key is a short text that can be printed")
		return nil, false
	}
	return &instance{address: instanceAddress(d.address, k), key: k, value: value}, true
}

// typeName names a value's type in plain words.
func typeName(v cty.Value) string {
	t := v.Type()
	switch {
	case v.IsNull():
		return "null"
	case t == cty.String:
		return "a string"
	case t == cty.Number:
		return "a number"
	case t == cty.Bool:
		return "true or false"
	case isElement(t):
		return "an element"
	case isTeam(t):
		return "a team"
	case t.Equals(relationshipType):
		return "a relationship"
	case t.IsTupleType(), t.IsListType():
		return "a list"
	case t.IsSetType():
		return "a set of " + t.ElementType().FriendlyName()
	case t.IsMapType():
		return "a map"
	case t.IsObjectType():
		return "an object"
	}
	return "something else"
}
