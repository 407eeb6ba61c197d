package budget

import (
	"fmt"
	"regexp"
	"regexp/syntax"
	"strings"

	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/function"
	"github.com/zclconf/go-cty/cty/function/stdlib"
)

const (
	maxPattern    = 1000   // bytes of a regular expression
	maxProgram    = 10_000 // instructions of one
	matchPerStep  = 6      // instructions times bytes
	stepsPerInstr = 10     // of compiling
)

func (m *Meter) patternFunctions() map[string]function.Function {
	return map[string]function.Function{
		"regex": m.standard(stdlib.RegexFunc, makesText, func(args []cty.Value) error {
			return m.match(args[0].AsString(), args[1].AsString(), false)
		}),
		"regexall": m.standard(stdlib.RegexAllFunc, makesText, func(args []cty.Value) error {
			return m.match(args[0].AsString(), args[1].AsString(), true)
		}),
		"replace": m.function(takes(cty.String, parameter("str", cty.String), parameter("substr", cty.String),
			parameter("replace", cty.String)), m.replace),
	}
}

// match charges compiling a pattern and going through a text: once, or once from each match, which in
// the worst case is each byte.
func (m *Meter) match(pattern, text string, all bool) error {
	if len(pattern) > maxPattern {
		return m.over("A regular expression is longer than %d bytes.", maxPattern)
	}
	re, err := syntax.Parse(pattern, syntax.Perl)
	if err != nil {
		return fmt.Errorf("invalid pattern: %w", err)
	}
	program := instructions(re)
	if program > maxProgram {
		return m.over("A regular expression repeats more than %d steps.", maxProgram)
	}
	if err := m.spend(program * stepsPerInstr); err != nil {
		return err
	}
	once := 1 + program*len(text)/matchPerStep
	if !all {
		return m.spend(once)
	}
	if err := m.fits(1 + len(text)); err != nil {
		return err
	}
	const usual = 20 // matches; more are charged only where they could take all
	if worst := once * (1 + len(text)); worst > maxSteps {
		return m.spend(worst)
	}
	return m.spend(once * min(usual, 1+len(text)))
}

// instructions bounds what a pattern compiles to from above, before repetition is written out.
func instructions(re *syntax.Regexp) int {
	n := 1
	for _, sub := range re.Sub {
		n = min(n+instructions(sub), 2*maxProgram)
	}
	switch re.Op {
	case syntax.OpLiteral:
		n += len(re.Rune)
	case syntax.OpRepeat:
		n = min(n*max(re.Max, re.Min, 1)+1, 2*maxProgram)
	}
	return n + 1
}

// replace replaces a text, or what a pattern between slashes matches; then $1 or ${1} is its first group.
func (m *Meter) replace(args []cty.Value) (cty.Value, error) {
	text, old, by := args[0].AsString(), args[1].AsString(), args[2].AsString()
	if len(old) > 1 && old[0] == '/' && old[len(old)-1] == '/' {
		return m.replacePattern(text, old[1:len(old)-1], by)
	}
	if err := m.room(len(text) + strings.Count(text, old)*len(by)); err != nil {
		return cty.NilVal, err
	}
	return m.string(strings.ReplaceAll(text, old, by))
}

func (m *Meter) replacePattern(text, pattern, by string) (cty.Value, error) {
	if err := m.match(pattern, text, true); err != nil {
		return cty.NilVal, err
	}
	re, err := regexp.Compile(pattern)
	if err != nil {
		return cty.NilVal, function.NewArgError(1, err)
	}
	var out []byte
	end := 0
	for _, at := range re.FindAllStringSubmatchIndex(text, -1) {
		out = append(out, text[end:at[0]]...)
		if err := m.room(len(out) + len(by) + strings.Count(by, "$")*(at[1]-at[0])); err != nil {
			return cty.NilVal, err
		}
		out = re.ExpandString(out, by, text, at)
		end = at[1]
	}
	return m.string(string(append(out, text[end:]...)))
}
