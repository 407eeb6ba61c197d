package builds

import (
	"go/build/constraint"
	"slices"
)

// maxTags bounds the custom tags over which conditions are reasoned about; a table has 2^maxTags rows.
const maxTags = 6

// truthTable says on which platforms an expression holds, one row for every setting of its free tags:
// bit i of a row's index is the i-th tag.
type truthTable []cells

func newTable(tags []string) truthTable { return make(truthTable, 1<<len(tags)) }

func (t truthTable) isEmpty() bool {
	return !slices.ContainsFunc(t, func(row cells) bool { return !row.isEmpty() })
}

// combine applies an operation row by row.
func (t truthTable) combine(u truthTable, op func(a, b cells) cells) truthTable {
	out := make(truthTable, len(t))
	for i := range t {
		out[i] = op(t[i], u[i])
	}
	return out
}

func (t truthTable) complement() truthTable {
	out := make(truthTable, len(t))
	for i := range t {
		out[i] = allCells.minus(t[i])
	}
	return out
}

// tabulate evaluates an expression in every build.
func tabulate(x constraint.Expr, tags []string) truthTable {
	switch x := x.(type) {
	case *constraint.NotExpr:
		return tabulate(x.X, tags).complement()
	case *constraint.AndExpr:
		return tabulate(x.X, tags).combine(tabulate(x.Y, tags), cells.and)
	case *constraint.OrExpr:
		return tabulate(x.X, tags).combine(tabulate(x.Y, tags), cells.or)
	case *constraint.TagExpr:
		return tabulateTag(x.Tag, tags)
	}
	return newTable(tags)
}

func tabulateTag(tag string, tags []string) truthTable {
	out := newTable(tags)
	platform := platformCells(tag)
	bit := slices.Index(tags, tag)
	for i := range out {
		switch {
		case !platform.isEmpty():
			out[i] = platform
		case bit >= 0 && i&(1<<bit) != 0:
			out[i] = allCells
		}
	}
	return out
}

// platformCells returns the platforms that satisfy a tag, none when it does not speak of platforms.
func platformCells(tag string) cells {
	if s := systemsOf(tag); s != 0 {
		return block(s, allProcessors)
	}
	return block(allSystems, processorsOf(tag))
}

// freeTags returns the tags of conditions that say nothing of the platform, sorted.
func freeTags(conditions ...*Condition) []string {
	var tags []string
	for _, c := range conditions {
		tags = append(tags, tagsOf(c.expr)...)
	}
	tags = slices.DeleteFunc(tags, func(tag string) bool { return !platformCells(tag).isEmpty() })
	return sortedSet(tags)
}

// tagsOf returns the tags of an expression, sorted.
func tagsOf(x constraint.Expr) []string {
	var tags []string
	var collect func(constraint.Expr)
	collect = func(x constraint.Expr) {
		switch x := x.(type) {
		case *constraint.NotExpr:
			collect(x.X)
		case *constraint.AndExpr:
			collect(x.X)
			collect(x.Y)
		case *constraint.OrExpr:
			collect(x.X)
			collect(x.Y)
		case *constraint.TagExpr:
			tags = append(tags, x.Tag)
		}
	}
	collect(x)
	return sortedSet(tags)
}

// maxSettable bounds the tags of an expression whose settings are all tried.
const maxSettable = 12

// settable reports whether some setting of the tags satisfies an expression. Every tag counts by itself: -tags
// windows sets that tag in a build for Linux, too. Beyond maxSettable tags the answer is yes.
func settable(x constraint.Expr) bool {
	tags := tagsOf(x)
	if len(tags) > maxSettable {
		return true
	}
	for setting := range 1 << len(tags) {
		if x.Eval(func(tag string) bool { return setting&(1<<slices.Index(tags, tag)) != 0 }) {
			return true
		}
	}
	return false
}

// possible are the builds that exist: the toolchain's ports, and of the release tags every earlier
// one with a later one.
func possible(tags []string) truthTable {
	out := newTable(tags)
	for i := range out {
		if releasesInOrder(tags, i) {
			out[i] = portCells()
		}
	}
	return out
}

func releasesInOrder(tags []string, setting int) bool {
	lowestOff, highestOn := int(^uint(0)>>1), 0
	for i, tag := range tags {
		n, ok := ReleaseTag(tag)
		switch {
		case ok && setting&(1<<i) != 0:
			highestOn = max(highestOn, n)
		case ok:
			lowestOff = min(lowestOff, n)
		}
	}
	return highestOn < lowestOff
}

// Variants returns the conditions under which at least one of the given ones holds, as a sorted list of
// conjunctions; none when that is so in every possible build. The list depends on what the conditions mean,
// not on how they are written, unless they hold more than maxTags custom tags or hold in no ordinary build: then they
// stand side by side.
func Variants(conditions []*Condition) []string {
	if slices.Contains(conditions, nil) {
		return nil
	}
	plain := slices.DeleteFunc(slices.Clone(conditions), func(c *Condition) bool { return c.odd })
	if len(plain) < len(conditions) {
		return withOdd(plain, conditions)
	}
	tags := freeTags(conditions...)
	if len(tags) > maxTags {
		return sideBySide(conditions)
	}
	table := newTable(tags)
	for _, c := range conditions {
		table = table.combine(tabulate(c.expr, tags), cells.or)
	}
	care := possible(tags)
	if care.combine(table, cells.minus).isEmpty() {
		return nil
	}
	if care.combine(table, cells.and).isEmpty() { // on platforms that nothing builds for
		care = newTable(tags).complement()
	}
	return newSum(table, care, tags).strings()
}

// withOdd adds the odd ones of all conditions, as they are written, to what the plain ones say.
func withOdd(plain, all []*Condition) []string {
	var out []string
	if len(plain) > 0 {
		if out = Variants(plain); len(out) == 0 {
			return nil
		}
	}
	for _, c := range all {
		if c.odd {
			out = append(out, c.text)
		}
	}
	return sortedSet(out)
}

func sideBySide(conditions []*Condition) []string {
	var out []string
	for _, c := range conditions {
		if len(freeTags(c)) > maxTags {
			out = append(out, c.text)
			continue
		}
		variants := Variants([]*Condition{c})
		if len(variants) == 0 {
			return nil
		}
		out = append(out, variants...)
	}
	return sortedSet(out)
}

// cover finds products that hold wherever low does and nowhere outside high, none of them superfluous,
// and the table of their sum. The recursion is that of S. Minato, "Fast generation of prime-irredundant
// covers from binary decision diagrams", IEICE Trans. E76-A (1993), with platforms at the leaves.
func cover(low, high truthTable, tags []string) ([]product, truthTable) {
	if low.isEmpty() {
		return nil, newTable(tags)
	}
	if len(tags) == 0 {
		products, covered := blocks(low[0], high[0])
		return products, truthTable{covered}
	}
	half, last := len(low)/2, len(tags)-1
	off, on, rest := low[:half], low[half:], tags[:last]
	highOff, highOn := high[:half], high[half:]
	offOnly, offCovered := cover(off.combine(highOn, cells.minus), highOff, rest)
	onOnly, onCovered := cover(on.combine(highOff, cells.minus), highOn, rest)
	left := off.combine(offCovered, cells.minus).combine(on.combine(onCovered, cells.minus), cells.or)
	products, covered := cover(left, highOff.combine(highOn, cells.and), rest)
	for _, p := range offOnly {
		products = append(products, append(p, "!"+tags[last]))
	}
	for _, p := range onOnly {
		products = append(products, append(p, tags[last]))
	}
	return products, append(offCovered.combine(covered, cells.or), onCovered.combine(covered, cells.or)...)
}
