package builds

import (
	"cmp"
	"slices"
	"strings"
)

// sum is a sum of products that is made short: the last two steps of the Espresso method (R. Brayton et
// al., "Logic Minimization Algorithms for VLSI Synthesis", 1984) over an exact cover.
type sum struct {
	products []product
	tables   []truthTable // of the products
	want     truthTable   // where the sum must hold
	allowed  truthTable   // where it may
	literals map[string]truthTable
	tags     []string
}

// newSum writes a table. Only where care holds does it matter what the sum says.
func newSum(table, care truthTable, tags []string) *sum {
	s := &sum{
		want:     table.combine(care, cells.and),
		allowed:  table.combine(care, func(t, c cells) cells { return t.or(allCells.minus(c)) }),
		literals: map[string]truthTable{},
		tags:     tags,
	}
	s.products, _ = cover(table, table, tags)
	slices.SortFunc(s.products, compareProducts)
	for i, p := range s.products {
		p = s.expand(p)
		s.products[i], s.tables = p, append(s.tables, s.table(p))
	}
	s.thinOut()
	return s
}

// compareProducts orders by length, then literals.
func compareProducts(a, b product) int {
	return cmp.Or(cmp.Compare(len(a), len(b)), slices.Compare(a, b))
}

// expand drops the literals that nothing depends on.
func (s *sum) expand(p product) product {
	for i := len(p) - 1; i >= 0; i-- {
		shorter := slices.Delete(slices.Clone(p), i, i+1)
		if s.table(shorter).combine(s.allowed, cells.minus).isEmpty() {
			p = shorter
		}
	}
	return p
}

// thinOut drops the products that the others cover, long ones first.
func (s *sum) thinOut() {
	order := make([]int, len(s.products))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int { return compareProducts(s.products[b], s.products[a]) })
	dropped := make([]bool, len(order))
	for _, i := range order {
		dropped[i] = true
		left := s.want
		for j := range s.products {
			if !dropped[j] {
				left = left.combine(s.tables[j], cells.minus)
			}
		}
		dropped[i] = left.isEmpty()
	}
	var kept []product
	for i, p := range s.products {
		if !dropped[i] {
			kept = append(kept, p)
		}
	}
	s.products, s.tables = kept, nil
}

// table says where all literals of a product hold.
func (s *sum) table(p product) truthTable {
	out := s.literal("")
	for _, l := range p {
		out = out.combine(s.literal(l), cells.and)
	}
	return out
}

// literal says where a literal holds; the empty one holds everywhere.
func (s *sum) literal(text string) truthTable {
	out, known := s.literals[text]
	if known {
		return out
	}
	tag, negated := strings.CutPrefix(text, "!")
	out = tabulateTag(tag, s.tags)
	if negated || text == "" {
		out = out.complement()
	}
	s.literals[text] = out
	return out
}

func (s *sum) strings() []string {
	var out []string
	for _, p := range s.products {
		out = append(out, strings.Join(p, " && "))
	}
	slices.Sort(out)
	return slices.Compact(out)
}
