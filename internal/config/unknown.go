package config

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"

	"github.com/asbuilt/asbuilt/internal/phrase"
)

// This file says what a reference that leads nowhere may have meant.

func (r *resolver) unknown(what string, at hcl.Range, fix string) {
	if r.partial || r.loader.names.lost[what] {
		r.bad = true // the declaration may be in what could not be read, or in a block of a mistyped type
		return
	}
	r.fail(note{rule: ruleUnknown, at: at, message: "there is no " + clip(what), fix: fix})
}

func (r *resolver) unknownElement(root, word string, at hcl.Range) {
	address := root + "." + word
	if moved := r.loader.names.moves[address]; moved != nil && moved.end != "" {
		r.fail(note{
			rule: ruleUnknown, at: at,
			message: fmt.Sprintf("%s was renamed", clip(address)),
			fix:     "write " + moved.end,
			related: []related{{"renamed here", moved.at}},
		})
		return
	}
	if same := r.addressesNamed(word); len(same) > 0 {
		r.unknown(address, at, "did you mean "+phrase.Choice(same)+"?")
		return
	}
	r.unknown(address, at, r.suggest.in(root+".", word, r.loader.names.byType[root]))
}

// addressesNamed lists what is declared under a name, of any type.
func (l *loader) addressesNamed(word string) []string {
	var out []string
	for _, t := range append(slices.Clone(elementTypes), "team") {
		if l.names.declared[t+"."+word] != nil {
			out = append(out, t+"."+word)
		}
	}
	return out
}

// nameless is a type without a name: `owner = team`.
func (r *resolver) nameless(root string, t hcl.Traversal) {
	at := t[0].SourceRange()
	if len(t) > 1 {
		at = hcl.RangeBetween(at, t[1].SourceRange())
	}
	r.fail(note{
		rule: ruleUnknown, at: at, message: fmt.Sprintf("%s needs a name here", root),
		fix: fmt.Sprintf("write %s.NAME", root),
	})
}

func (r *resolver) unknownRoot(root string, at hcl.Range) {
	n := note{rule: ruleUnknown, at: at, message: fmt.Sprintf("there is no %q to refer to", clip(root))}
	same := r.addressesNamed(root)
	switch {
	case len(same) > 0:
		n.fix = "did you mean " + phrase.Choice(same) + "?"
	case schema.block(root) != nil:
		n.fix = fmt.Sprintf("nothing refers to a %s block", root)
	default:
		n.fix = didYouMeanOr(root, append([]string{"var", "local", "each", "self", "team", "kind"}, elementTypes...),
			`references look like component.NAME; a text stands in quotes`)
	}
	r.fail(n)
}

func didYouMeanOr(word string, candidates []string, otherwise string) string {
	if s := phrase.DidYouMean(word, candidates); s != "" {
		return s
	}
	return otherwise
}

// comparison reports == and != whose sides can never be equal: an element and a text. HCL itself would
// say "not equal", silently, every time.
func (r *resolver) comparison(n *hclsyntax.BinaryOpExpr) {
	if n.Op != hclsyntax.OpEqual && n.Op != hclsyntax.OpNotEqual {
		return
	}
	for _, pair := range [][2]hclsyntax.Expression{{n.LHS, n.RHS}, {n.RHS, n.LHS}} {
		element, other := r.wholeElement(pair[0]), pair[1]
		if element == "" || !isTextual(other) {
			continue
		}
		fix := "compare addresses: write " + element + ".address"
		switch {
		case element == "self.owner":
			fix = "compare with the team itself: write team.NAME"
		case strings.HasPrefix(element, "team."):
			fix = "compare with the team itself: write .owner == " + element
		}
		r.fail(note{rule: ruleType, at: n.Range(), message: "this compares an element with a text, which are never equal", fix: fix})
		return
	}
}

// wholeElement writes an expression that is certainly an element or team, or returns "".
func (r *resolver) wholeElement(e hclsyntax.Expression) string {
	t, ok := e.(*hclsyntax.ScopeTraversalExpr)
	if !ok || r.bound(t.Traversal.RootName()) {
		return ""
	}
	root, n := t.Traversal.RootName(), len(t.Traversal)
	declared := (isElementType(root) || root == "team") && n == 2
	self := root == "self" && (n == 1 || n == 2 && attributeName(t.Traversal[1]) == "owner")
	if declared || self {
		return r.report.source(t.SrcRange)
	}
	return ""
}

// isTextual reports whether an expression is certainly a string.
func isTextual(e hclsyntax.Expression) bool {
	switch e := e.(type) {
	case *hclsyntax.TemplateExpr:
		return true
	case *hclsyntax.ScopeTraversalExpr:
		last := attributeName(e.Traversal[len(e.Traversal)-1])
		return len(e.Traversal) > 1 && slices.Contains([]string{"in", "address", "type", "kind", "name", "title"}, last)
	}
	return false
}

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }
