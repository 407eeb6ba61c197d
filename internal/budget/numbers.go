package budget

import (
	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/function"
	"github.com/zclconf/go-cty/cty/function/stdlib"
)

func (m *Meter) numberFunctions() map[string]function.Function {
	plain := func(f function.Function) function.Function { return m.standard(f, makesNothing, nil) }
	return map[string]function.Function{
		"abs":   plain(stdlib.AbsoluteFunc),
		"ceil":  plain(stdlib.CeilFunc),
		"floor": plain(stdlib.FloorFunc),
		"log":   plain(stdlib.LogFunc),
		"max":   plain(stdlib.MaxFunc),
		"min":   plain(stdlib.MinFunc),
		"parseint": m.standard(stdlib.ParseIntFunc, makesNothing, func(args []cty.Value) error {
			const binaryDigits = 1025 // of 1e308, with a sign
			if args[0].Type() == cty.String && len(args[0].AsString()) > binaryDigits {
				return m.over("A number is longer than %d digits.", binaryDigits)
			}
			return nil
		}),
		"pow":    plain(stdlib.PowFunc),
		"signum": plain(stdlib.SignumFunc),
	}
}
