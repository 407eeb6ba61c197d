// Package builds reasons about the builds in which something takes part: expressions over build tags, as a Go file
// or a piece of evidence carries them. What they mean counts, not how they are written: linux and !linux together
// are every build.
package builds

import (
	"go/build/constraint"
	"slices"
	"strconv"
	"strings"
)

// Condition says in which builds something takes part; nil means in all of them. Its expression holds no tag whose
// value the module settles: go1.N up to its go version is on, ignore is off.
type Condition struct {
	expr  constraint.Expr
	text  string // the expression: equal texts are equal conditions
	never bool   // no build reads the file
	odd   bool   // only a build that sets the tag of another platform or compiler by hand reads it
}

// Never is the condition of what takes part in no build.
func Never() *Condition { return &Condition{never: true} }

// IsNever reports whether no build satisfies the condition.
func (c *Condition) IsNever() bool { return c != nil && c.never }

// String is the expression: equal texts are equal conditions.
func (c *Condition) String() string { return c.text }

// Holds evaluates the condition in a build that satisfies the given tags.
func (c *Condition) Holds(satisfied func(tag string) bool) bool {
	return c == nil || !c.never && c.expr.Eval(satisfied)
}

// New is the condition of an expression. minor is the N of the go1.N that the module requires.
func New(x constraint.Expr, minor int) *Condition {
	x, truth := fold(x, minor)
	switch truth {
	case always:
		return nil
	case never:
		return &Condition{never: true}
	}
	c := &Condition{expr: oneCompiler(x)}
	c.text = c.expr.String()
	if tags := freeTags(c); len(tags) <= maxTags && tabulate(c.expr, tags).isEmpty() {
		c.expr, c.text = x, strings.Join(conjuncts(x), " && ")
		c.odd, c.never = true, !settable(x)
	}
	return c
}

// conjuncts are the sorted texts of what must all hold.
func conjuncts(x constraint.Expr) []string {
	and, ok := x.(*constraint.AndExpr)
	if !ok {
		if _, either := x.(*constraint.OrExpr); either {
			return []string{"(" + x.String() + ")"}
		}
		return []string{x.String()}
	}
	return sortedSet(append(conjuncts(and.X), conjuncts(and.Y)...))
}

func sortedSet(list []string) []string {
	slices.Sort(list)
	return slices.Compact(list)
}

// truth is what is known of an expression in every build.
type truth int

const (
	open truth = iota
	always
	never
)

// fold replaces the tags whose value is known and gives a tag with two names one of them.
func fold(x constraint.Expr, minor int) (constraint.Expr, truth) {
	switch x := x.(type) {
	case *constraint.TagExpr:
		return foldTag(x, minor)
	case *constraint.NotExpr:
		inner, t := fold(x.X, minor)
		switch t {
		case always:
			return nil, never
		case never:
			return nil, always
		}
		return &constraint.NotExpr{X: inner}, open
	case *constraint.AndExpr:
		return foldPair(x.X, x.Y, minor, never)
	case *constraint.OrExpr:
		return foldPair(x.X, x.Y, minor, always)
	}
	return x, open
}

// foldPair folds both sides of an operator; deciding is the value of one side that settles it.
func foldPair(left, right constraint.Expr, minor int, deciding truth) (constraint.Expr, truth) {
	x, tx := fold(left, minor)
	y, ty := fold(right, minor)
	switch {
	case tx == deciding || ty == deciding:
		return nil, deciding
	case tx != open:
		return y, ty
	case ty != open:
		return x, tx
	case deciding == never:
		return &constraint.AndExpr{X: x, Y: y}, open
	}
	return &constraint.OrExpr{X: x, Y: y}, open
}

func foldTag(x *constraint.TagExpr, minor int) (constraint.Expr, truth) {
	switch x.Tag {
	case "ignore":
		return nil, never
	case "boringcrypto": // its old name
		return &constraint.TagExpr{Tag: "goexperiment.boringcrypto"}, open
	}
	if n, ok := ReleaseTag(x.Tag); ok && n <= minor {
		return nil, always
	}
	return x, open
}

// oneCompiler gives gccgo the name that gc gives it: an ordinary build has one compiler.
func oneCompiler(x constraint.Expr) constraint.Expr {
	switch x := x.(type) {
	case *constraint.TagExpr:
		if x.Tag == "gccgo" {
			return &constraint.NotExpr{X: &constraint.TagExpr{Tag: "gc"}}
		}
	case *constraint.NotExpr:
		return &constraint.NotExpr{X: oneCompiler(x.X)}
	case *constraint.AndExpr:
		return &constraint.AndExpr{X: oneCompiler(x.X), Y: oneCompiler(x.Y)}
	case *constraint.OrExpr:
		return &constraint.OrExpr{X: oneCompiler(x.X), Y: oneCompiler(x.Y)}
	}
	return x
}

// ReleaseTag returns the N of a go1.N tag.
func ReleaseTag(tag string) (n int, ok bool) {
	digits, ok := strings.CutPrefix(tag, "go1.")
	if !ok {
		return 0, false
	}
	n, err := strconv.Atoi(digits)
	return n, err == nil && n > 0 && digits == strconv.Itoa(n)
}

// Any joins what several conditions say, each given as a list of conjunctions of which one must hold: the list under
// which at least one holds. An empty one holds always.
func Any(lists ...[]string) []string {
	if slices.ContainsFunc(lists, func(list []string) bool { return len(list) == 0 }) {
		return nil
	}
	texts := plainly(lists)
	var conditions []*Condition
	for _, text := range texts {
		x, err := constraint.Parse("//go:build " + text)
		if err != nil { // of an observer that knows other words: they stand as they are
			return texts
		}
		if c := New(x, 0); !c.IsNever() {
			conditions = append(conditions, c)
		}
	}
	if len(conditions) == 0 {
		return texts
	}
	return Variants(conditions)
}

// All is the list under which every one of the given lists holds: what is said, where they exclude one another.
func All(lists ...[]string) []string {
	var whole constraint.Expr
	for _, list := range lists {
		var either constraint.Expr
		for _, text := range list {
			x, err := constraint.Parse("//go:build " + text)
			switch {
			case err != nil:
				return plainly(lists)
			case either == nil:
				either = x
			default:
				either = &constraint.OrExpr{X: either, Y: x}
			}
		}
		switch {
		case either == nil:
		case whole == nil:
			whole = either
		default:
			whole = &constraint.AndExpr{X: whole, Y: either}
		}
	}
	if whole == nil {
		return nil
	}
	c := New(whole, 0)
	if c == nil {
		return nil
	}
	if c.IsNever() {
		return []string{whole.String()}
	}
	return Variants([]*Condition{c})
}

// plainly puts lists that cannot be reasoned about side by side.
func plainly(lists [][]string) []string {
	var out []string
	for _, list := range lists {
		out = append(out, list...)
	}
	return sortedSet(out)
}
