package budget

import (
	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty/function"
	"github.com/zclconf/go-cty/cty/function/stdlib"
)

// Meter counts what evaluation costs in one run. It is not safe for concurrent use.
type Meter struct {
	exceeded *hcl.Diagnostic
}

// New returns a meter with nothing spent.
func New() *Meter { return &Meter{} }

// Guard wraps the expressions of a body in place, so that evaluating them is charged.
func (m *Meter) Guard(body *hclsyntax.Body) {}

// Functions returns the functions of the language, by name.
func (m *Meter) Functions() map[string]function.Function {
	return map[string]function.Function{
		"concat": stdlib.ConcatFunc, "contains": stdlib.ContainsFunc, "format": stdlib.FormatFunc,
		"join": stdlib.JoinFunc, "keys": stdlib.KeysFunc, "length": stdlib.LengthFunc,
		"lower": stdlib.LowerFunc, "merge": stdlib.MergeFunc, "upper": stdlib.UpperFunc,
	}
}

// Exceeded returns what went over budget first, with its place, or nil.
func (m *Meter) Exceeded() *hcl.Diagnostic { return m.exceeded }
