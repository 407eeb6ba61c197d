package budget

import (
	"errors"
	"fmt"

	"github.com/hashicorp/hcl/v2"
	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/function"
)

// A step is a tenth of a microsecond of evaluation, roughly; every charge below is in steps.
const (
	maxSteps        = 5_000_000
	stepsPerCall    = 5
	stepsPerLoop    = 8  // one iteration of a `for` or a splat
	stepsPerElement = 3  // of a tuple that is written out
	stepsPerError   = 20 // a diagnostic, which hcl makes again in every iteration
	bytesPerStep    = 16 // of a string that is read
)

// Meter counts what evaluation costs in one run. It is not safe for concurrent use.
type Meter struct {
	steps, elements, strings int
	exceeded                 *hcl.Diagnostic
	functions                map[string]function.Function
}

// New returns a meter with nothing spent.
func New() *Meter {
	m := &Meter{}
	m.functions = m.define()
	return m
}

// Functions returns the functions of the language, by name; none of them touches files, environment,
// clock, network or randomness. The map is the caller's.
func (m *Meter) Functions() map[string]function.Function {
	out := make(map[string]function.Function, len(m.functions))
	for name, f := range m.functions {
		out[name] = f
	}
	return out
}

// Exceeded returns what went over budget first, with its place, or nil. Once it is not nil, every
// guarded expression evaluates at once to an unknown value: report it alone.
func (m *Meter) Exceeded() *hcl.Diagnostic { return m.exceeded }

// errExceeded ends a function; the guard around its call gives the diagnostic instead.
var errExceeded = errors.New("over budget")

// over records the first excess. Its place is filled in by the innermost guard.
func (m *Meter) over(format string, args ...any) error {
	if m.exceeded == nil {
		m.exceeded = &hcl.Diagnostic{
			Severity: hcl.DiagError,
			Summary:  "Over budget",
			Detail:   fmt.Sprintf(format, args...),
		}
	}
	return errExceeded
}

// spend charges steps.
func (m *Meter) spend(steps int) error {
	if m.exceeded != nil {
		return errExceeded
	}
	if steps > maxSteps-m.steps {
		return m.over("Evaluating the architecture takes too many steps; this one is over the limit.")
	}
	m.steps += steps
	return nil
}

// collect charges n elements of a new collection.
func (m *Meter) collect(n int) error {
	if m.exceeded != nil {
		return errExceeded
	}
	if n > MaxElements-m.elements {
		return m.over("Evaluating this makes more than %d elements of collections in one run.", MaxElements)
	}
	m.elements += n
	return nil
}

// text charges a new string of n bytes.
func (m *Meter) text(n int) error {
	if m.exceeded != nil {
		return errExceeded
	}
	if n > MaxString {
		return m.over("Evaluating this makes a string of more than %d bytes.", MaxString)
	}
	if n > MaxStrings-m.strings {
		return m.over("Evaluating this makes strings of more than %d bytes in one run.", MaxStrings)
	}
	m.strings += n
	return nil
}

// room refuses to begin what may make n bytes of text, by an upper bound that is several times too high.
func (m *Meter) room(n int) error {
	const slack = 8
	if n > slack*MaxString {
		return m.over("Evaluating this makes a string of more than %d bytes.", MaxString)
	}
	return nil
}

// number refuses what takes long to print or to calculate with.
func (m *Meter) number(v cty.Value) error {
	if v.Type() != cty.Number || v.IsNull() || !v.IsKnown() || inRange(v.AsBigFloat()) {
		return nil
	}
	return m.over("Evaluating this makes a number beyond ±1e308, or nearer to zero than 1e-308.")
}

// numeral refuses a string that is about to become a number and would take long to read, or make such a number.
func (m *Meter) numeral(v cty.Value) error {
	if v.Type() != cty.String || v.IsNull() || !v.IsKnown() {
		return m.number(v)
	}
	if s := v.AsString(); !numberFits([]byte(s)) {
		return m.over("This string is no number within ±1e308 and %d digits.", MaxDigits)
	}
	return nil
}
