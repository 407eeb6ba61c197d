package budget

import (
	"math/bits"

	"github.com/zclconf/go-cty/cty"
)

// What one value may hold. Values share their parts, so that a short chain of locals can make one
// that is larger than the machine when it is walked; hcl and cty walk values and types often.
const (
	maxNodes     = 500_000
	maxNestValue = 500
)

// scale walks values.
type scale struct {
	meter *Meter
	rate  int // steps a node
	nodes int
}

// weigh charges steps for every node inside a value and refuses one that is too large.
func (m *Meter) weigh(v cty.Value, rate int) error {
	s := scale{meter: m, rate: rate}
	return s.value(v, 0)
}

func (s *scale) node(depth int) error {
	s.nodes++
	if s.nodes > maxNodes {
		return s.meter.over("Evaluating this makes a value of more than %d parts.", maxNodes)
	}
	if depth > maxNestValue {
		return s.meter.over("Evaluating this makes a value that nests more than %d levels deep.", maxNestValue)
	}
	return s.meter.spend(s.rate)
}

func (s *scale) value(v cty.Value, depth int) error {
	if err := s.node(depth); err != nil {
		return err
	}
	v, _ = v.Unmark()
	t := v.Type()
	if v.IsNull() || !v.IsKnown() {
		return s.typ(t, depth)
	}
	switch {
	case t == cty.String:
		return s.meter.spend(len(v.AsString()) / bytesPerStep)
	case t == cty.Number:
		return s.meter.number(v)
	case t.IsObjectType():
		return s.attributes(v, depth)
	case t.IsSetType():
		if err := s.sorting(v); err != nil || t.ElementType().IsPrimitiveType() {
			return err
		}
	case !t.IsTupleType() && !t.IsListType() && !t.IsMapType():
		return nil
	}
	if t.IsCollectionType() && v.LengthInt() == 0 {
		return s.typ(t.ElementType(), depth+1)
	}
	const stepsPerIndex = 1
	if err := s.meter.spend(stepsPerIndex * length(v)); err != nil {
		return err
	}
	for e := range Parts(v) {
		if err := s.value(e, depth+1); err != nil {
			return err
		}
	}
	return nil
}

func (s *scale) attributes(v cty.Value, depth int) error {
	const stepsPerAttribute = 3 // looking it up by its name
	attributes := v.Type().AttributeTypes()
	if err := s.meter.spend(stepsPerAttribute * len(attributes)); err != nil {
		return err
	}
	for name := range attributes { // the order decides nothing: all are added up
		if err := s.value(v.GetAttr(name), depth+1); err != nil {
			return err
		}
	}
	return nil
}

// sorting charges what cty does whenever it goes through a set, as it does several times to look at an
// argument: it sorts it, and writes out both sides of each comparison.
func (s *scale) sorting(v cty.Value) error {
	const stepsPerSort = 4 // of the rate, for each time
	n := v.LengthInt()
	s.nodes += n
	inner := scale{meter: s.meter, rate: 0}
	if err := inner.typ(v.Type().ElementType(), 0); err != nil {
		return err
	}
	return s.meter.spend(n * bits.Len(uint(n)) * (2 + 3*inner.nodes) * max(1, s.rate/stepsPerSort))
}

func (s *scale) typ(t cty.Type, depth int) error {
	if err := s.node(depth); err != nil {
		return err
	}
	switch {
	case t.IsCollectionType():
		return s.typ(t.ElementType(), depth+1)
	case t.IsTupleType():
		for _, e := range t.TupleElementTypes() {
			if err := s.typ(e, depth+1); err != nil {
				return err
			}
		}
	case t.IsObjectType():
		for _, e := range t.AttributeTypes() { // the order decides nothing: all are added up
			if err := s.typ(e, depth+1); err != nil {
				return err
			}
		}
	}
	return nil
}
