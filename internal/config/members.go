package config

import (
	"fmt"
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"

	"github.com/asbuilt/asbuilt/internal/budget"
	"github.com/asbuilt/asbuilt/internal/phrase"
)

// This file decodes references: one element or team, or sets of elements in any nesting.

// one decodes a reference to one element, as its address.
func (f *frame) one(name string) string {
	v, ok := f.value(name)
	if !ok {
		return ""
	}
	address, kind := identify(v)
	switch {
	case kind == thingElement:
		if !f.accepts(name, address, f.at(name)) {
			return ""
		}
		return address
	case kind == thingUnknown:
		f.known(v, f.at(name))
	case kind == thingInstances:
		if block := f.wholeBlock(name); block != "" {
			return block
		}
		f.severalInstances(name, v)
	default:
		f.notAnElement(name, v, f.at(name), "one element")
	}
	return ""
}

// wholeBlock is the address of a block with for_each, where it may stand for all its instances.
func (f *frame) wholeBlock(name string) string {
	if f.block.spec.attr(name).Kind != Several {
		return ""
	}
	t, ok := f.block.attrs[name].hcl.Expr.(*hclsyntax.ScopeTraversalExpr)
	if !ok {
		return ""
	}
	address, _ := addressOf(t.Traversal)
	return f.over.now(address)
}

// severalInstances is a block with for_each where one element must stand.
func (f *frame) severalInstances(name string, v cty.Value) {
	var all []string
	for it := v.ElementIterator(); it.Next(); {
		_, x := it.Element()
		address, _ := identify(x)
		all = append(all, address)
	}
	fix := "its for_each makes none now"
	if len(all) > 0 {
		fix = "choose one: " + chooseFew(all)
	}
	f.wrong(ruleType, f.at(name), fmt.Sprintf("%s takes one element; this stands for %s", name, phrase.Count(len(all), "element")), fix)
}

// team decodes a reference to a team.
func (f *frame) team(name string) string {
	v, ok := f.value(name)
	if !ok {
		return ""
	}
	address, kind := identify(v)
	switch kind {
	case thingTeam:
		return address
	case thingUnknown:
		f.known(v, f.at(name))
	default:
		f.notAnElement(name, v, f.at(name), "a team")
	}
	return ""
}

// notAnElement reports a value where a reference must stand.
func (f *frame) notAnElement(name string, v cty.Value, at hcl.Range, want string) {
	fix := ""
	if v.Type() == cty.String && v.IsKnown() && !v.IsNull() {
		if root, word, ok := strings.Cut(v.AsString(), "."); ok && word != "" && (isElementType(root) || root == "team") {
			fix = fmt.Sprintf("references are expressions: write %s without quotes", clip(v.AsString()))
		}
	}
	f.wrong(ruleType, at, fmt.Sprintf("%s takes %s, not %s", name, want, typeName(v)), fix)
}

// accepts checks which type of element may stand in an attribute.
func (f *frame) accepts(name, address string, at hcl.Range) bool {
	types := f.block.spec.attr(name).Accepts
	elementType, _, _ := strings.Cut(address, ".")
	if types == nil || slices.Contains(types, elementType) {
		return true
	}
	f.wrong(rulePlace, at, fmt.Sprintf("%s takes no %s", f.where(name), elementType),
		"what may stand here: "+phrase.Choice(types))
	return false
}

// place is one address in a set, with where it is written.
type member struct {
	address string
	at      hcl.Range
	literal bool // at is a reference that can be edited by itself
}

// gathered are the elements of an attribute, as members with their places or, when bare, as addresses alone.
type gathered struct {
	members   []member
	addresses []string
	bare      bool
}

func (g *gathered) add(m member) {
	if g.bare {
		g.addresses = append(g.addresses, m.address)
		return
	}
	g.members = append(g.members, m)
}

func (g *gathered) grow(n int) {
	if g.bare {
		g.addresses = slices.Grow(g.addresses, n)
		return
	}
	g.members = slices.Grow(g.members, n)
}

// set gives the addresses sorted, each once. It is never nil.
func (g *gathered) set() []string {
	if g.addresses == nil {
		return []string{}
	}
	slices.Sort(g.addresses)
	return slices.Compact(g.addresses)
}

// members decodes an element, a set, relationships (both ends), or any nesting of them. It is false when
// the attribute is not written, or was reported.
func (f *frame) members(name string) ([]member, bool) {
	out := gathered{}
	ok := f.gather(name, &out)
	return out.members, ok
}

// set decodes members to sorted addresses; nil when the attribute is not written.
func (f *frame) set(name string) []string {
	out := gathered{bare: true}
	if !f.gather(name, &out) {
		return nil
	}
	return out.set()
}

func (f *frame) gather(name string, out *gathered) bool {
	a := f.block.attrs[name]
	if a == nil {
		return false
	}
	ctx, ok := f.context(a)
	if !ok {
		return false
	}
	parts := f.items(name)
	if parts == nil {
		v, ok := f.eval(a.hcl.Expr, ctx)
		if !ok || f.isNull(a, v) {
			return false
		}
		return f.flatten(name, v, member{at: a.hcl.Expr.Range()}, out)
	}
	for _, part := range parts {
		v, evaluated := f.eval(part, ctx)
		m := member{at: part.Range()}
		if evaluated {
			m.literal = f.each == nil && isReference(part) && isElement(v.Type())
		}
		ok = evaluated && f.flatten(name, v, m, out) && ok
	}
	return ok
}

// flatten appends the elements of a value to out.
func (f *frame) flatten(name string, v cty.Value, m member, out *gathered) bool {
	if !f.count(&f.made.members, 1, m.at) {
		return false
	}
	address, kind := identify(v)
	switch kind {
	case thingElement:
		return f.member(name, address, m, out)
	case thingRelationship:
		return f.flatten(name, v.GetAttr("source"), m, out) && f.flatten(name, v.GetAttr("target"), m, out)
	case thingUnknown:
		return f.known(v, m.at)
	case thingInstances, thingList:
		m.literal = false
		out.grow(min(v.LengthInt(), maxElements))
		if t := v.Type(); t.IsCollectionType() && isElement(t.ElementType()) {
			return f.flattenElements(name, v, m, out)
		}
		for x := range budget.Parts(v) {
			if !f.flatten(name, x, m, out) {
				return false
			}
		}
		return true
	}
	f.notAnElement(name, v, m.at, "elements")
	return false
}

// flattenElements is flatten for a list or map of elements: its members need not be identified one by one.
func (f *frame) flattenElements(name string, v cty.Value, m member, out *gathered) bool {
	if !f.count(&f.made.members, v.LengthInt(), m.at) {
		return false
	}
	for x := range budget.Parts(v) {
		address, kind := identifyTyped(x, thingElement)
		switch {
		case kind == thingUnknown:
			return f.known(x, m.at)
		case kind == thingOther:
			f.notAnElement(name, x, m.at, "elements")
			return false
		case !f.member(name, address, m, out):
			return false
		}
	}
	return true
}

// member appends one element to out.
func (f *frame) member(name, address string, m member, out *gathered) bool {
	if !f.accepts(name, address, m.at) {
		return false
	}
	if f.over == nil || f.over.own == nil { // as it is written, whether or not it had a finding
		m.address = address
		out.add(m)
		return true
	}
	for _, e := range f.present(address) {
		m.address = e.Address
		out.add(m)
	}
	return true
}

// thing is what a value is, to whoever looks for elements.
type thing int

const (
	thingOther thing = iota
	thingUnknown
	thingElement
	thingTeam
	thingRelationship
	thingInstances // a map of elements: all instances of a block with for_each
	thingList
)

// identify says what a value is, and the address of an element or team.
func identify(v cty.Value) (string, thing) {
	t := v.Type()
	switch {
	case v.IsNull():
		return "", thingOther
	case !v.IsKnown():
		return "", thingUnknown
	case isElement(t):
		return identifyTyped(v, thingElement)
	case isTeam(t):
		return identifyTyped(v, thingTeam)
	case isRelationship(t):
		return "", thingRelationship
	case t.IsMapType() && isElement(t.ElementType()):
		return "", thingInstances
	case t.IsListType(), t.IsSetType(), t.IsTupleType():
		return "", thingList
	}
	return "", thingOther
}

// identifyTyped is identify for a value whose type is known to be an element's or a team's.
func identifyTyped(v cty.Value, is thing) (string, thing) {
	if v.IsNull() {
		return "", thingOther
	}
	if !v.IsKnown() {
		return "", thingUnknown
	}
	address := v.GetAttr("address")
	if !address.IsKnown() {
		return "", thingUnknown
	}
	return address.AsString(), is
}
