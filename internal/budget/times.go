package budget

import (
	"time"

	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/function"
	"github.com/zclconf/go-cty/cty/function/stdlib"
)

// timeFunctions calculate with given timestamps; none reads the clock.
func (m *Meter) timeFunctions() map[string]function.Function {
	timestamp := func(name string) function.Parameter { return parameter(name, cty.String) }
	return map[string]function.Function{
		"formatdate": m.standard(stdlib.FormatDateFunc, makesText, nil),
		"timeadd":    m.standard(stdlib.TimeAddFunc, makesText, nil),
		"timecmp":    m.function(takes(cty.Number, timestamp("a"), timestamp("b")), compareTimes),
	}
}

func compareTimes(args []cty.Value) (cty.Value, error) {
	var at [2]time.Time
	for i := range at {
		t, err := time.Parse(time.RFC3339, args[i].AsString())
		if err != nil {
			return cty.NilVal, function.NewArgErrorf(i, "a timestamp such as 2027-01-31T00:00:00Z is required")
		}
		at[i] = t
	}
	return cty.NumberIntVal(int64(at[0].Compare(at[1]))), nil
}
