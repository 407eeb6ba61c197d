package budget

import (
	"github.com/hashicorp/hcl/v2"
	"github.com/zclconf/go-cty/cty"
)

// What cty and hcl do with each node of a value, in steps.
const (
	stepsPerMade     = 1
	stepsPerArgument = 8  // looking for marks and unknowns, converting
	stepsPerCompared = 20 // Equals makes a value for each node
)

// isMade checks a new tuple or object.
func (w wrapper) isMade(v cty.Value, _ hcl.Diagnostics) error { return w.meter.weigh(v, stepsPerMade) }

// isResult checks what a function or conditional returned.
func (w wrapper) isResult(v cty.Value, _ hcl.Diagnostics) error {
	if v.Type() == cty.Bool {
		return nil
	}
	return w.meter.weigh(v, stepsPerMade)
}

// isArgument checks what a function is about to get.
func (w wrapper) isArgument(v cty.Value, _ hcl.Diagnostics) error {
	return w.meter.weigh(v, stepsPerArgument)
}

// isCompared checks an operand of == or !=.
func (w wrapper) isCompared(v cty.Value, _ hcl.Diagnostics) error {
	return w.meter.weigh(v, stepsPerCompared)
}

// isNumber checks the result of an operator.
func (w wrapper) isNumber(v cty.Value, _ hcl.Diagnostics) error { return w.meter.number(v) }

// isNumeral checks what is about to become a number.
func (w wrapper) isNumeral(v cty.Value, _ hcl.Diagnostics) error { return w.meter.numeral(v) }

// isCollected counts the elements of a new collection.
func (w wrapper) isCollected(v cty.Value, _ hcl.Diagnostics) error {
	return w.meter.collect(length(v))
}

// isLoop checks what is about to be iterated over.
func (w wrapper) isLoop(v cty.Value, _ hcl.Diagnostics) error {
	if v.Type().IsSetType() {
		s := scale{meter: w.meter}
		if err := s.sorting(v); err != nil {
			return err
		}
	}
	return w.meter.spend(stepsPerLoop * length(v))
}

// isBody checks what each iteration gives.
func (w wrapper) isBody(_ cty.Value, diags hcl.Diagnostics) error {
	if len(diags) > 0 {
		return w.meter.spend(stepsPerError * len(diags))
	}
	return nil
}

// isText checks a part of a template before it is copied.
func (w wrapper) isText(v cty.Value, _ hcl.Diagnostics) error {
	if v.Type() == cty.Number {
		const stepsPerNumber = 10 // written out
		if err := w.meter.number(v); err != nil {
			return err
		}
		return w.meter.spend(stepsPerNumber)
	}
	if v.Type() != cty.String || v.IsNull() || !v.IsKnown() {
		return nil
	}
	return w.meter.text(len(v.AsString()))
}

// isString checks the length of a template, whose parts are charged already.
func (w wrapper) isString(v cty.Value, _ hcl.Diagnostics) error {
	if v.Type() != cty.String || v.IsNull() || !v.IsKnown() || len(v.AsString()) <= MaxString {
		return nil
	}
	return w.meter.over("Evaluating this makes a string of more than %d bytes.", MaxString)
}

// length is the number of elements of a known collection, tuple or object, else 0.
func length(v cty.Value) int {
	v, _ = v.Unmark()
	t := v.Type()
	switch {
	case v.IsNull() || !v.IsKnown():
		return 0
	case t.IsObjectType():
		return len(t.AttributeTypes())
	case t.IsTupleType():
		return len(t.TupleElementTypes())
	case t.IsCollectionType():
		return v.LengthInt()
	}
	return 0
}

// unify charges what cty does to find a type for two results.
func (m *Meter) unify(a, b cty.Type) error {
	sequence := func(t cty.Type) bool { return t.IsListType() || t.IsSetType() }
	switch {
	case a == cty.NilType || b == cty.NilType:
		return nil
	case a.IsTupleType() && b.IsTupleType():
		return m.unifyTuples(a.TupleElementTypes(), b.TupleElementTypes())
	case a.IsTupleType() && sequence(b):
		return m.unifyMany(a.TupleElementTypes())
	case b.IsTupleType() && sequence(a):
		return m.unifyMany(b.TupleElementTypes())
	case a.IsObjectType() && b.IsMapType():
		return m.unifyAttributes(a)
	case b.IsObjectType() && a.IsMapType():
		return m.unifyAttributes(b)
	case a.IsObjectType() && b.IsObjectType():
		for name, t := range a.AttributeTypes() { // the order decides nothing: all are added up
			if !b.HasAttribute(name) {
				continue
			}
			if err := m.unify(t, b.AttributeType(name)); err != nil {
				return err
			}
		}
	}
	return m.spend(1)
}

func (m *Meter) unifyTuples(a, b []cty.Type) error {
	if len(a) != len(b) {
		return m.unifyMany(append(append([]cty.Type{}, a...), b...))
	}
	for i := range a {
		if err := m.unify(a[i], b[i]); err != nil {
			return err
		}
	}
	return m.spend(len(a))
}

func (m *Meter) unifyAttributes(object cty.Type) error {
	types := make([]cty.Type, 0, len(object.AttributeTypes()))
	for _, t := range object.AttributeTypes() { // the order decides nothing: all are added up
		types = append(types, t)
	}
	return m.unifyMany(types)
}

// unifyMany charges cty's comparison of every type with every other, once for each part of a type.
func (m *Meter) unifyMany(types []cty.Type) error {
	s := scale{meter: m, rate: 1}
	for _, t := range types {
		if err := s.typ(t, 0); err != nil {
			return err
		}
	}
	const pairsPerStep = 5
	return m.spend(len(types) * s.nodes / pairsPerStep)
}
