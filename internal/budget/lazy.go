package budget

import (
	"fmt"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/ext/customdecode"
	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/function"
)

// lazyFunctions evaluate their arguments themselves. Those of hcl's tryfunc evaluate each argument twice, so
// that nesting them doubles.
func (m *Meter) lazyFunctions() map[string]function.Function {
	closure := parameter("expression", customdecode.ExpressionClosureType)
	return map[string]function.Function{
		"can": m.function(takes(cty.Bool, closure), m.can),
		"try": m.function(takes(cty.DynamicPseudoType).more(closure), m.try),
	}
}

func (m *Meter) can(args []cty.Value) (cty.Value, error) {
	v, diags := customdecode.ExpressionClosureFromVal(args[0]).Value()
	switch {
	case m.exceeded != nil:
		return cty.NilVal, errExceeded
	case diags.HasErrors():
		return cty.False, nil
	case !v.IsWhollyKnown():
		return cty.UnknownVal(cty.Bool), nil
	}
	return cty.True, nil
}

func (m *Meter) try(args []cty.Value) (cty.Value, error) {
	var failed hcl.Diagnostics
	for _, a := range args {
		v, diags := customdecode.ExpressionClosureFromVal(a).Value()
		switch {
		case m.exceeded != nil:
			return cty.NilVal, errExceeded
		case !diags.HasErrors() && !v.IsWhollyKnown():
			return cty.DynamicVal, nil
		case !diags.HasErrors():
			return v, nil
		}
		failed = append(failed, diags[0])
	}
	return cty.NilVal, fmt.Errorf("no expression succeeded: %s", reasons(failed))
}

// reasons names the first few failures.
func reasons(diags hcl.Diagnostics) string {
	const few = 3
	var out []string
	for _, d := range diags[:min(few, len(diags))] {
		out = append(out, d.Summary)
	}
	if len(diags) > few {
		out = append(out, "…")
	}
	return strings.Join(out, "; ")
}
