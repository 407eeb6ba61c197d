package config

import (
	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"
)

// isReference reports whether an expression is a plain reference to an element: component.checkout, or
// component.worker["eu"].
func isReference(e hclsyntax.Expression) bool {
	t, ok := e.(*hclsyntax.ScopeTraversalExpr)
	return ok && isElementType(t.Traversal.RootName())
}

// addressOf reads a traversal as an address, without asking whether anything is declared there.
func addressOf(t hcl.Traversal) (string, bool) {
	if len(t) < 2 || len(t) > 3 || !isElementType(t.RootName()) && t.RootName() != "team" {
		return "", false
	}
	name := attributeName(t[1])
	if name == "" {
		return "", false
	}
	address := t.RootName() + "." + name
	if len(t) == 2 {
		return address, true
	}
	i, ok := t[2].(hcl.TraverseIndex)
	if !ok || i.Key.Type() != cty.String {
		return "", false
	}
	return instanceAddress(address, i.Key.AsString()), true
}
