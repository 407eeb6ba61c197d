package builds

import (
	"math/bits"
	"slices"
	"sync"
)

// product is a conjunction of literals: first those of operating systems, then of processors, then of
// custom tags. The empty one always holds.
type product []string

// area is a product of a set of systems and a set of processors.
type area struct {
	systems    systemSet
	processors processorSet
}

func (a area) cells() cells { return block(a.systems, a.processors) }

func (a area) size() int {
	return bits.OnesCount32(uint32(a.systems)) * bits.OnesCount32(uint32(a.processors))
}

func (a area) isEmpty() bool { return a.systems == 0 || a.processors == 0 }

// products writes the area. A set that no conjunction describes gives several.
func (a area) products() []product {
	var out []product
	for _, s := range describeSystems(a.systems) {
		for _, p := range describeProcessors(a.processors) {
			out = append(out, slices.Concat(s, p))
		}
	}
	return out
}

// blocks covers low with areas within high.
func blocks(low, high cells) ([]product, cells) {
	var products []product
	var covered cells
	for _, a := range areasWithin(high) {
		if c := a.cells(); !low.minus(covered).disjoint(c) {
			products = append(products, a.products()...)
			covered = covered.or(c)
		}
	}
	return products, covered
}

// areasWithin returns, for every row and every column of c, the largest area with that side; those of
// the most cells first.
func areasWithin(c cells) []area {
	var out []area
	add := func(a area) {
		if !a.isEmpty() && !slices.Contains(out, a) {
			out = append(out, a)
		}
	}
	for _, row := range c {
		a := area{processors: row}
		for i := range c {
			if c[i]&row == row {
				a.systems |= 1 << i
			}
		}
		add(a)
	}
	for p := range processors {
		a := area{processors: allProcessors}
		for i := range c {
			if c[i]&(1<<p) != 0 {
				a.systems |= 1 << i
				a.processors &= c[i]
			}
		}
		add(a)
	}
	slices.SortStableFunc(out, func(a, b area) int { return b.size() - a.size() })
	return out
}

// built are the operating systems and processors that some port has. The others are named only where
// nothing else is meant.
var built = sync.OnceValue(func() area {
	var a area
	for i, row := range portCells() {
		if row != 0 {
			a.systems |= 1 << i
			a.processors |= row
		}
	}
	return a
})

// shortest returns the alternative with the fewest literals, the first of equals.
func shortest(alternatives ...[]product) []product {
	count := func(list []product) int {
		n := len(list)
		for _, p := range list {
			n += len(p)
		}
		return n
	}
	return slices.MinFunc(alternatives, func(a, b []product) int { return count(a) - count(b) })
}

// describeSystems describes a set of operating systems: by naming them, by naming the others, or as
// unix with exceptions.
func describeSystems(set systemSet) []product {
	all := built().systems
	if set&all == 0 {
		return named(set)
	}
	set &= all
	alternatives := [][]product{named(set)}
	if unix := systemsOf("unix") & all; set&unix != 0 {
		alternatives = append(alternatives, append(except(product{"unix"}, unix&^set), named(set&^unix)...))
	}
	return shortest(append(alternatives, except(nil, all&^set))...)
}

// named describes a set by tags that the members satisfy.
func named(set systemSet) []product {
	var out []product
	for i, name := range systems {
		over := tagTable().umbrella[i]
		if set&(1<<i) == 0 || over != i && set&(1<<over) != 0 {
			continue
		}
		out = append(out, except(product{name}, systemsOf(name)&^set)...)
	}
	return out
}

// except adds to a product that no system of a set is meant. A tag that shuts out more than the set is
// made good by naming the others.
func except(base product, out systemSet) []product {
	literals, back := slices.Clone(base), systemSet(0)
	rest := out
	if unix := systemsOf("unix") & built().systems; out&unix == unix {
		literals, rest = append(literals, "!unix"), out&^unix
	}
	for i, name := range systems {
		over := tagTable().umbrella[i]
		if rest&(1<<i) == 0 || over != i && rest&(1<<over) != 0 {
			continue
		}
		literals = append(literals, "!"+name)
		back |= systemsOf(name) &^ out
	}
	return append([]product{literals}, named(back)...)
}

// describeProcessors describes a set of processors, by naming them or the others.
func describeProcessors(set processorSet) []product {
	all := built().processors
	if set&all == 0 {
		all = allProcessors
	}
	var in []product
	others := product{}
	for i, name := range processors {
		switch {
		case all&(1<<i) == 0:
		case set&(1<<i) != 0:
			in = append(in, product{name})
		default:
			others = append(others, "!"+name)
		}
	}
	return shortest(in, []product{others})
}
