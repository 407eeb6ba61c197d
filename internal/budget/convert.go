package budget

import (
	"github.com/hashicorp/hcl/v2"
	"github.com/zclconf/go-cty/cty"
)

// maxMeeting is how many elements of one set may have the same hash.
const maxMeeting = 32

// Convert converts what evaluation gave to the type that is wanted, with cty's rules. What that would
// cost is charged before: reading numerals, finding one type for many, and sets, which find an element
// by a hash of 32 bits, so that a stranger can make all of them meet. Over budget it returns an error
// and Exceeded says so, at the given place.
func (m *Meter) Convert(v cty.Value, t cty.Type, at hcl.Range) (cty.Value, error) {
	if err := m.convertible(v, t); err != nil {
		if m.exceeded.Subject == nil {
			m.exceeded.Subject = &at
		}
		return cty.DynamicVal, err
	}
	return converted(v, t)
}

func (m *Meter) convertible(v cty.Value, t cty.Type) error {
	if v.IsNull() || !v.IsKnown() || v.Type().Equals(t) {
		return m.spend(1)
	}
	switch {
	case t == cty.Number:
		return m.numeral(v)
	case t.IsPrimitiveType() || !v.CanIterateElements():
		return m.spend(1)
	case t.IsCollectionType():
		return m.collectible(v, t)
	case t.IsObjectType():
		return m.each(v, func(name string, _ int) (cty.Type, bool) {
			if !t.HasAttribute(name) {
				return cty.NilType, false
			}
			return t.AttributeType(name), true
		})
	case t.IsTupleType():
		types := t.TupleElementTypes()
		return m.each(v, func(_ string, i int) (cty.Type, bool) {
			if i >= len(types) {
				return cty.NilType, false
			}
			return types[i], true
		})
	}
	return m.weigh(v, stepsPerArgument)
}

// each checks the parts of a value against their types; one that is not wanted is left out.
func (m *Meter) each(v cty.Value, wanted func(name string, i int) (cty.Type, bool)) error {
	i := 0
	for it := v.ElementIterator(); it.Next(); i++ {
		k, e := it.Element()
		name := ""
		if k.Type() == cty.String {
			name = k.AsString()
		}
		t, ok := wanted(name, i)
		if !ok {
			continue
		}
		if err := m.convertible(e, t); err != nil {
			return err
		}
	}
	return m.spend(stepsPerArgument * (1 + i))
}

// collectible checks a conversion to a list, set or map.
func (m *Meter) collectible(v cty.Value, t cty.Type) error {
	element := t.ElementType()
	if element.HasDynamicTypes() {
		if err := m.unifyParts(v.Type()); err != nil {
			return err
		}
	}
	if err := m.each(v, func(string, int) (cty.Type, bool) { return element, true }); err != nil {
		return err
	}
	if !t.IsSetType() {
		return nil
	}
	list, err := converted(v, cty.List(element))
	if err != nil || !list.IsWhollyKnown() {
		return nil // so does the conversion to a set, which says why
	}
	meeting := map[int]int{}
	for e := range Parts(list) {
		if err := m.meets(meeting, e); err != nil {
			return err
		}
	}
	return nil
}

// meets counts the elements of a set by their hash.
func (m *Meter) meets(meeting map[int]int, e cty.Value) error {
	h := e.Hash()
	meeting[h]++
	if meeting[h] > maxMeeting {
		return m.over("More than %d elements of this set have the same hash.", maxMeeting)
	}
	return nil
}

func (m *Meter) unifyParts(t cty.Type) error {
	switch {
	case t.IsTupleType():
		return m.unifyMany(t.TupleElementTypes())
	case t.IsObjectType():
		return m.unifyAttributes(t)
	}
	return nil
}
