// Package budget bounds what hostile HCL can cost. HCL can be neither interrupted nor recovered from
// a stack overflow, so cost is checked before parsing (Scan) and inside evaluation (Meter).
package budget

import (
	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty/function"
	"github.com/zclconf/go-cty/cty/function/stdlib"

	"github.com/asbuilt/asbuilt/pkg/finding"
	"github.com/asbuilt/asbuilt/pkg/source"
)

// Rule is the id of every finding that Scan makes.
const Rule = "language/budget"

// MaxBytes is the largest file that is parsed.
const MaxBytes = 1 << 20

// Scan looks at the bytes of a file before the parser does. It returns nil when parsing is safe.
func Scan(name string, src []byte) *finding.Finding {
	if len(src) <= MaxBytes {
		return nil
	}
	return &finding.Finding{
		Rule: Rule, Severity: finding.Error,
		Message: "the file is larger than 1 MiB",
		At:      source.Range{File: name},
		Subject: finding.Subject{Path: name},
	}
}

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

// Exceeded returns what went over budget first, with its place, or nil. Once it is not nil every
// guarded expression evaluates at once to an unknown value: report it alone.
func (m *Meter) Exceeded() *hcl.Diagnostic { return m.exceeded }
