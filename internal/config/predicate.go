package config

import (
	"errors"
	"fmt"
	"slices"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"

	"github.com/asbuilt/asbuilt/pkg/arch"
	"github.com/asbuilt/asbuilt/pkg/source"
)

// predicate is a condition that is evaluated later, once for each element or edge. It implements
// arch.Predicate. One goroutine at a time may ask it.
type predicate struct {
	lazy
	always bool // it is true of a subject of which nothing is known, and asks nothing of the model
}

// predicate decodes a condition. It is tried on a subject of which nothing is known, and on some of those
// that it will be asked about, so that a mistake is said where it is written, not when the first picture is
// drawn.
func (f *frame) predicate(name string, askedAbout subjects) arch.Predicate {
	x, v := f.lazy(name, askedAbout)
	if x == nil {
		return nil
	}
	holds, err := truth(v)
	refs := f.block.attrs[name].refs
	p := &predicate{*x, holds && err == nil && refs.late == nil && len(refs.declared) == 0}
	if err != nil && !errors.Is(err, errUnknown) {
		f.wrong(ruleType, p.expr.Range(), fmt.Sprintf("%s is a condition: true or false, not %s", name, typeName(v)), compareSomething)
		return nil
	}
	for _, s := range f.sample(askedAbout) {
		if o := p.evaluate(s); o.err != "" {
			f.fails(o.problem)
			return nil
		}
	}
	return p
}

const compareSomething = `compare something, such as self.type == "datastore"`

// outcome is what one evaluation of a condition gives; err is "" when it succeeded.
type outcome struct {
	holds bool
	problem
}

func (p *predicate) evaluate(s arch.Subject) outcome {
	v, failed, ok := p.ask(s)
	if !ok {
		return outcome{problem: failed}
	}
	holds, err := truth(v)
	if err != nil {
		return outcome{problem: problem{err: err.Error(), fix: compareSomething, at: p.expr.Range()}}
	}
	return outcome{holds: holds}
}

// Holds implements arch.Predicate.
func (p *predicate) Holds(s arch.Subject) (bool, error) {
	o := p.evaluate(s)
	if o.err != "" {
		return false, errors.New(o.err)
	}
	return o.holds, nil
}

// String implements arch.Predicate.
func (p *predicate) String() string { return p.text }

// At implements arch.Predicate.
func (p *predicate) At() source.Range { return p.at }

// In implements arch.Predicate.
func (p *predicate) In(m *arch.Model) arch.Predicate {
	if p.graph.model == m {
		return p
	}
	return &predicate{p.in(m), p.always}
}

// Reads implements arch.Predicate.
func (p *predicate) Reads() []string {
	var out []string
	hclsyntax.VisitAll(p.expr, func(n hclsyntax.Node) hcl.Diagnostics {
		switch n := n.(type) {
		case *hclsyntax.ScopeTraversalExpr:
			if isSubject(n.Traversal.RootName()) {
				out = append(out, plainTraversal(n.Traversal))
			}
		case *hclsyntax.FunctionCallExpr:
			if !isSetFunction(n.Name) || len(n.Args) == 0 {
				return nil
			}
			if t, diags := hcl.AbsTraversalForExpr(n.Args[0]); !diags.HasErrors() && isSubject(t.RootName()) {
				out = append(out, n.Name+"("+plainTraversal(t)+")")
			}
		}
		return nil
	})
	slices.Sort(out)
	return slices.Compact(out)
}

// isSubject reports whether a name stands for what a condition is asked about.
func isSubject(root string) bool { return root == "self" || root == "source" || root == "target" }

// plainTraversal writes self.owner.title; an index ends it.
func plainTraversal(t hcl.Traversal) string {
	s := t.RootName()
	for _, step := range t[1:] {
		name := attributeName(step)
		if name == "" {
			break
		}
		s += "." + name
	}
	return s
}
