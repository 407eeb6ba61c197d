package budget

import (
	"strings"

	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/function"
	"github.com/zclconf/go-cty/cty/function/stdlib"
)

func (m *Meter) stringFunctions() map[string]function.Function {
	plain := func(f function.Function) function.Function { return m.standard(f, makesText, nil) }
	slow := func(f function.Function) function.Function { // goes through text grapheme by grapheme
		return m.standard(f, makesText, func(args []cty.Value) error { return m.spend(len(args[0].AsString())) })
	}
	return map[string]function.Function{
		"chomp":       m.function(takes(cty.String, parameter("str", cty.String)), m.chomp),
		"endswith":    m.test(strings.HasSuffix),
		"format":      m.standard(stdlib.FormatFunc, makesText, m.beforeFormat),
		"formatlist":  m.standard(stdlib.FormatListFunc, makesText, m.beforeFormatList),
		"indent":      m.standard(stdlib.IndentFunc, makesText, m.beforeIndent),
		"join":        m.function(takes(cty.String, parameter("separator", cty.String)).more(parameter("lists", cty.DynamicPseudoType)), m.join),
		"lower":       plain(stdlib.LowerFunc),
		"split":       m.standard(stdlib.SplitFunc, makesText, m.beforeSplit),
		"startswith":  m.test(strings.HasPrefix),
		"strcontains": m.test(strings.Contains),
		"strrev":      slow(stdlib.ReverseFunc),
		"substr":      slow(stdlib.SubstrFunc),
		"title":       plain(stdlib.TitleFunc),
		"trim":        m.standard(stdlib.TrimFunc, makesText, m.beforeTrim),
		"trimprefix":  plain(stdlib.TrimPrefixFunc),
		"trimspace":   plain(stdlib.TrimSpaceFunc),
		"trimsuffix":  plain(stdlib.TrimSuffixFunc),
		"upper":       plain(stdlib.UpperFunc),
	}
}

func (m *Meter) test(holds func(s, part string) bool) function.Function {
	return m.function(takes(cty.Bool, parameter("str", cty.String), parameter("part", cty.String)), func(args []cty.Value) (cty.Value, error) {
		return cty.BoolVal(holds(args[0].AsString(), args[1].AsString())), nil
	})
}

func (m *Meter) chomp(args []cty.Value) (cty.Value, error) {
	return m.string(strings.TrimRight(args[0].AsString(), "\r\n"))
}

func (m *Meter) join(args []cty.Value) (cty.Value, error) {
	var all []string
	separator := args[0].AsString()
	size := 0
	for i := range args[1:] {
		words, err := texted(args, i+1)
		if err != nil {
			return cty.NilVal, err
		}
		for _, w := range words {
			size += len(w) + len(separator)
		}
		if err := m.room(size); err != nil {
			return cty.NilVal, err
		}
		all = append(all, words...)
	}
	return m.string(strings.Join(all, separator))
}

func (m *Meter) beforeIndent(args []cty.Value) error {
	spaces, err := whole(args, 0)
	if err != nil {
		return err
	}
	if spaces < 0 || spaces > MaxString {
		return function.NewArgErrorf(0, "it must be a number of spaces from 0 to %d", MaxString)
	}
	s := args[1].AsString()
	return m.room(len(s) + spaces*(1+strings.Count(s, "\n")))
}

func (m *Meter) beforeSplit(args []cty.Value) error {
	return m.fits(1 + strings.Count(args[1].AsString(), args[0].AsString()))
}

// beforeTrim charges looking for each character of one string in the other.
func (m *Meter) beforeTrim(args []cty.Value) error {
	return m.spend(len(args[0].AsString()) * len(args[1].AsString()) / 100)
}

// fits refuses to begin what makes n elements when there is no room for them.
func (m *Meter) fits(n int) error {
	if n <= MaxElements-m.elements {
		return nil
	}
	return m.collect(n)
}

func (m *Meter) beforeFormat(args []cty.Value) error {
	return m.formatted(args[0].AsString(), args[1:], 1)
}

func (m *Meter) beforeFormatList(args []cty.Value) error {
	times := 1
	for _, a := range args[1:] {
		if t := a.Type(); !a.IsNull() && (t.IsListType() || t.IsSetType() || t.IsTupleType()) {
			times = max(times, length(a))
		}
	}
	if err := m.fits(times); err != nil {
		return err
	}
	return m.formatted(args[0].AsString(), args[1:], times)
}

// formatted refuses a format that may print too much: each verb may print its width, its precision and the
// longest argument.
func (m *Meter) formatted(format string, args []cty.Value, times int) error {
	longest := 0
	for _, a := range args {
		longest = max(longest, jsonSize(a))
	}
	size := len(format)
	for _, verb := range strings.Split(format, "%")[1:] {
		size += longest
		if mode := strings.TrimLeft(verb, "0123456789.+-# []"); mode != "" && strings.ContainsRune("bdoxXeEfgG", rune(mode[0])) {
			if err := m.numerals(args); err != nil {
				return err
			}
		}
		for _, digits := range strings.FieldsFunc(verb, func(r rune) bool { return r < '0' || r > '9' }) {
			n, ok := small(digits)
			if !ok {
				return m.over("A width or precision in a format is larger than %d.", MaxString)
			}
			size += n
		}
	}
	if err := m.spend(times * (1 + size/bytesPerStep)); err != nil {
		return err
	}
	return m.room(size * times)
}

// numerals checks what a verb for numbers may be about to convert; lists are those of formatlist.
func (m *Meter) numerals(args []cty.Value) error {
	for _, a := range args {
		if a.Type() == cty.String || a.IsNull() || !a.CanIterateElements() {
			if err := m.numeral(a); err != nil {
				return err
			}
			continue
		}
		if err := m.numerals(parts(a)); err != nil {
			return err
		}
	}
	return nil
}

// small reads a number up to MaxString.
func small(digits string) (n int, ok bool) {
	for _, d := range digits {
		n = 10*n + int(d-'0')
		if n > MaxString {
			return 0, false
		}
	}
	return n, true
}

// jsonSize is at least the length of a value as JSON.
func jsonSize(v cty.Value) int {
	const number, punctuation = 500, 4
	t := v.Type()
	switch {
	case v.IsNull() || t == cty.Bool:
		return 5
	case t == cty.String:
		s := v.AsString()
		return len(s) + 5*escapes(s) + 2
	case t == cty.Number:
		return number
	case !v.CanIterateElements():
		return 0
	}
	size := 2
	for it := v.ElementIterator(); it.Next(); {
		k, e := it.Element()
		size += jsonSize(e) + punctuation
		if k.Type() == cty.String && (t.IsMapType() || t.IsObjectType()) {
			size += jsonSize(k)
		}
	}
	return size
}

// escapes counts the bytes that JSON may write as \u00XX.
func escapes(s string) int {
	n := 0
	for i := 0; i < len(s); i++ {
		if c := s[i]; c < ' ' || c == '"' || c == '\\' || c == '<' || c == '>' || c == '&' || c >= 0x7f {
			n++
		}
	}
	return n
}
