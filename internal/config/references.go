package config

import (
	"fmt"
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"

	"github.com/asbuilt/asbuilt/internal/phrase"
)

// references is what one expression refers to, in the order of the text, each once.
type references struct {
	declared  []*declared
	locals    []*local
	variables []*variable
	named     map[string][]string // names of what is no element, by block type
	late      *lateUse
	lateLocal *local // the local through which it is needed; nil when the expression says it itself
}

// lateUse is a place that needs the finished model: a call of a set function, or an attribute of an element.
type lateUse struct {
	what string // children(), or component.checkout.title
	at   hcl.Range
	call bool
}

// usage is where an expression stands, and so what it may refer to.
type usage struct {
	block    *block
	attr     *attribute
	each     bool // each.key and each.value exist
	self     bool // the whole expression is a condition over self, or a text
	anything bool // self may be a relationship too: its attributes are checked where it is evaluated
	constant bool // it may refer to nothing
}

// resolver holds the references of one expression against the declared names.
type resolver struct {
	*loader
	usage
	scopes []map[string]struct{} // names bound by `for`, innermost last
	lazy   []hcl.Range           // arguments in which self exists, innermost last
	out    references
	seen   map[any]bool // what is in out
	bad    bool
}

// resolve finds what an attribute refers to and reports what does not exist. All attributes are resolved
// before any is evaluated.
func (l *loader) resolve(u usage) {
	if k := u.attr.spec.Kind; k == Type || k == Address || l.report.full() {
		return // not evaluated
	}
	r := &resolver{loader: l, usage: u, seen: map[any]bool{}}
	hclsyntax.Walk(u.attr.hcl.Expr, r)
	u.attr.refs = r.out
	u.attr.bad = u.attr.bad || r.bad
}

// Enter implements hclsyntax.Walker.
func (r *resolver) Enter(n hclsyntax.Node) hcl.Diagnostics {
	switch n := n.(type) {
	case hclsyntax.ChildScope:
		r.scopes = append(r.scopes, n.LocalNames)
	case *hclsyntax.FunctionCallExpr:
		r.call(n)
	case *hclsyntax.ScopeTraversalExpr:
		r.traversal(n.Traversal)
	case *hclsyntax.BinaryOpExpr:
		r.comparison(n)
	}
	return nil
}

// Exit implements hclsyntax.Walker.
func (r *resolver) Exit(n hclsyntax.Node) hcl.Diagnostics {
	switch n := n.(type) {
	case hclsyntax.ChildScope:
		r.scopes = r.scopes[:len(r.scopes)-1]
	case *hclsyntax.FunctionCallExpr:
		if isFilter(n) {
			r.lazy = r.lazy[:len(r.lazy)-1]
		}
	}
	return nil
}

func (r *resolver) fail(n note) {
	n.subject = r.block.subject
	r.report.add(n)
	r.bad = true
}

func (r *resolver) call(n *hclsyntax.FunctionCallExpr) {
	if isSetFunction(n.Name) {
		if r.out.late == nil {
			r.out.late = &lateUse{what: n.Name + "()", at: n.NameRange, call: true}
		}
		if isFilter(n) {
			r.lazy = append(r.lazy, n.Args[1].Range())
		}
		return
	}
	if _, ok := r.functions[n.Name]; ok {
		return
	}
	r.fail(note{
		rule: ruleUnknown, at: n.NameRange,
		message: fmt.Sprintf("there is no function %s()", clip(n.Name)),
		fix:     phrase.DidYouMean(n.Name, sortedKeys(r.functions)),
	})
}

func isFilter(n *hclsyntax.FunctionCallExpr) bool { return n.Name == filterName && len(n.Args) > 1 }

func (r *resolver) bound(name string) bool {
	return slices.ContainsFunc(r.scopes, func(s map[string]struct{}) bool { _, ok := s[name]; return ok })
}

func (r *resolver) traversal(t hcl.Traversal) {
	root := t.RootName()
	if r.bound(root) {
		return
	}
	at := t[0].SourceRange()
	if r.constant {
		r.fail(note{
			rule: ruleValue, at: at, message: fmt.Sprintf("%s takes constants only", r.attr.spec.Name),
			fix: "write the value itself",
		})
		return
	}
	switch {
	case root == "var", root == "local":
		r.value(root, t)
	case root == "each":
		r.eachRef(t)
	case root == "self", root == "source", root == "target":
		r.selfRef(root, t)
	case isElementType(root) || root == "team":
		r.element(root, t)
	case isNamed(root):
		r.named(root, t)
	case schema.block(root) != nil && schema.block(root).Later:
		r.fail(note{rule: ruleLater, at: at, message: fmt.Sprintf("%s comes with a later version", root)})
	default:
		r.unknownRoot(root, at)
	}
}

// value checks var.NAME and local.NAME.
func (r *resolver) value(root string, t hcl.Traversal) {
	word, at, ok := r.step(t, 1)
	if !ok {
		r.nameless(root, t)
		return
	}
	if root == "var" {
		if v := r.loader.names.variables[word]; v != nil {
			if r.first(v) {
				r.out.variables = append(r.out.variables, v)
			}
			return
		}
		r.unknown("var."+word, at, among(&r.loader.suggest, "var.", word, r.loader.names.variables))
		return
	}
	if x := r.loader.names.locals[word]; x != nil {
		if r.first(x) {
			r.out.locals = append(r.out.locals, x)
		}
		return
	}
	r.unknown("local."+word, at, among(&r.loader.suggest, "local.", word, r.loader.names.locals))
}

// named checks kind.NAME, rule.NAME and the like.
func (r *resolver) named(root string, t hcl.Traversal) {
	blocks := r.loader.names.named[root]
	word, at, ok := r.step(t, 1)
	_, known := blocks[word]
	switch {
	case root == "rule" && r.attr.spec.Kind != Rule:
		r.fail(note{rule: ruleUnknown, at: t[0].SourceRange(), message: "only a waiver refers to a rule"})
	case root == "environment" && r.attr.spec.Kind != EnvironmentName:
		r.fail(note{rule: ruleUnknown, at: t[0].SourceRange(), message: "only a view refers to an environment"})
	case root == "view" && r.attr.spec.Kind != ViewName:
		r.fail(note{rule: ruleUnknown, at: t[0].SourceRange(), message: "only extends and overrides of a view refer to a view"})
	case root == "theme" && r.attr.spec.Kind != ThemeName:
		r.fail(note{rule: ruleUnknown, at: t[0].SourceRange(), message: "only a view and the architecture refer to a theme"})
	case !ok:
		r.nameless(root, t)
	case !known:
		r.unknown(root+"."+word, at, among(&r.loader.suggest, root+".", word, blocks))
	case len(t) > 2:
		r.fail(note{rule: ruleUnknown, at: r.wordRange(t[2]), message: fmt.Sprintf("%s.%s has no attributes", root, word), fix: "write " + root + "." + word})
	case !slices.Contains(r.out.named[root], word):
		if r.out.named == nil {
			r.out.named = map[string][]string{}
		}
		r.out.named[root] = append(r.out.named[root], word)
	}
}

func (r *resolver) eachRef(t hcl.Traversal) {
	if !r.each {
		r.fail(note{
			rule: ruleUnknown, at: t[0].SourceRange(), message: "each exists only in a block with for_each",
			fix: "add for_each to the block, or write the value itself",
		})
		return
	}
	word, at, ok := r.step(t, 1)
	if !ok || word != "key" && word != "value" {
		if !ok {
			at = t[0].SourceRange()
		}
		r.fail(note{rule: ruleUnknown, at: at, message: "each has key and value, nothing else"})
	}
}

// selfRef checks self, source and target. What self is depends on the set that it runs over, so in a
// filter its attributes are checked where it is evaluated.
func (r *resolver) selfRef(root string, t hcl.Traversal) {
	at := t[0].SourceRange()
	inFilter := slices.ContainsFunc(r.lazy, func(h hcl.Range) bool { return h.Start.Byte <= at.Start.Byte && at.End.Byte <= h.End.Byte })
	switch {
	case inFilter, r.self && r.anything:
	case !r.self:
		r.fail(note{
			rule: ruleUnknown, at: at, message: root + " exists only in a condition",
			fix: "use it in where, match, a rule's condition or the condition of filter()",
		})
	case root != "self":
		r.fail(note{
			rule: ruleUnknown, at: at, message: fmt.Sprintf("this condition is over elements: there is no %s", root),
			fix: "write self",
		})
	default:
		r.elementAttribute("self", t, 1)
	}
}

// element checks component.NAME and what follows it.
func (r *resolver) element(root string, t hcl.Traversal) {
	word, at, ok := r.step(t, 1)
	if !ok {
		r.nameless(root, t)
		return
	}
	address := root + "." + word
	d := r.loader.names.declared[address]
	if d == nil {
		r.unknownElement(root, word, at)
		return
	}
	if r.first(d) {
		r.out.declared = append(r.out.declared, d)
	}
	rest := 2
	if d.block.forEach {
		if len(t) == rest {
			return // all instances
		}
		address += "[…]" // the key is checked when it is known
		rest++
	}
	if len(t) == rest || !r.elementAttribute(address, t, rest) {
		return
	}
	if word := attributeName(t[rest]); r.out.late == nil && !slices.Contains(identity, word) {
		r.out.late = &lateUse{what: address + "." + word, at: r.wordRange(t[rest])}
	}
}

// elementAttribute checks the attribute at step i of a traversal whose value so far is an element.
func (r *resolver) elementAttribute(what string, t hcl.Traversal, i int) bool {
	if len(t) <= i {
		return true
	}
	known := elementAttributes
	if t.RootName() == "team" {
		known = teamAttributes
	}
	word := attributeName(t[i])
	at := r.wordRange(t[i])
	switch {
	case word == "":
		r.fail(note{
			rule: ruleType, at: at, message: fmt.Sprintf("%s is one element and has no instances", what),
			fix: "leave the index out, or give the block a for_each",
		})
		return false
	case !slices.Contains(known, word):
		r.fail(note{
			rule: ruleUnknown, at: at, message: fmt.Sprintf("%s has no attribute %q", what, clip(word)),
			fix: didYouMeanOr(word, known, "there are "+strings.Join(known, ", ")),
		})
		return false
	}
	return true
}

// step returns the name at a step of a traversal.
func (r *resolver) step(t hcl.Traversal, i int) (string, hcl.Range, bool) {
	if len(t) <= i {
		return "", hcl.Range{}, false
	}
	name := attributeName(t[i])
	return name, r.wordRange(t[i]), name != ""
}

// wordRange is the place of a step's word, without the dot before it.
func (r *resolver) wordRange(s hcl.Traverser) hcl.Range {
	at := s.SourceRange()
	if strings.HasPrefix(r.report.source(at), ".") {
		at.Start.Byte++
		at.Start.Column++
	}
	return at
}

// attributeName is the name of an attribute step; "" for an index.
func attributeName(s hcl.Traverser) string {
	if a, ok := s.(hcl.TraverseAttr); ok {
		return a.Name
	}
	return ""
}

// first reports whether something is referred to for the first time.
func (r *resolver) first(x any) bool {
	seen := r.seen[x]
	r.seen[x] = true
	return !seen
}
