package console

import (
	"bytes"
	"encoding/json"
	"errors"
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"
)

func TestClean(t *testing.T) {
	for in, want := range map[string]string{
		"plain":                 "plain",
		"naïve 日本 🎉":            "naïve 日本 🎉",
		"a\nb":                  `a\nb`,
		"a\rb":                  `a\rb`,
		"\x1b[31mred":           `\x1b[31mred`,
		"\u009b31m":             `\u{9b}31m`,
		"a\u202eb":              `a\u{202e}b`,
		"a\u2066b":              `a\u{2066}b`,
		"a\u2028b":              `a\u{2028}b`,
		"bad\xffbyte":           `bad\xffbyte`,
		"##[error]x":            `\x23#[error]x`,
		"a ##vso[task.x]y":      `a \x23#vso[task.x]y`,
		"###teamcity[x]":        `#\x23#teamcity[x]`,
		"👩\u200d💻":              "👩\u200d💻",
		"\x00\x07\x7f":          `\x00\x07\x7f`,
		"zero\u200bwidth\ufeff": `zero\u{200b}width\u{feff}`,
	} {
		require.Equal(t, want, Clean(in), "%q", in)
	}
}

func printed(color bool, do func(*Printer)) string {
	var b bytes.Buffer
	p := NewPrinter(&b, color)
	do(p)
	return b.String()
}

func TestNoWorkflowCommandGetsThrough(t *testing.T) {
	for _, attack := range []string{"::stop-commands::x", "\n::error::x", "\r::add-mask::x", "  ::set-output::", "##[command]x", "\n##[error]", "a ##vso[task.complete]", "##teamcity[buildStop]"} {
		out := printed(false, func(p *Printer) {
			p.Printf("%s\n", attack)
			p.Printf("%s", attack)
			p.Text(attack)
			p.Printf("\n")
			p.JSON(map[string]string{attack: attack})
		})
		for line := range strings.Lines(out) {
			require.False(t, strings.HasPrefix(strings.TrimSpace(line), "::"), "%q in %q", attack, line)
			require.NotRegexp(t, `##[A-Za-z]*\[`, line, "%q", attack)
		}
	}
}

func TestStyles(t *testing.T) {
	require.Equal(t, "a b\n", printed(false, func(p *Printer) { p.Styled(Bold, "a"); p.Printf(" b\n") }))
	require.Equal(t, "\x1b[1ma\x1b[0m b\n", printed(true, func(p *Printer) { p.Styled(Bold, "%s", "a"); p.Printf(" b\n") }))
}

func TestFirstErrorIsKept(t *testing.T) {
	p := NewPrinter(failing{}, false)
	p.Printf("x")
	p.Printf("y")
	require.EqualError(t, p.Err(), "closed")
}

type failing struct{}

func (failing) Write([]byte) (int, error) { return 0, errors.New("closed") }

func TestWidth(t *testing.T) {
	require.Equal(t, 5, Width("plain"))
	require.Equal(t, 4, Width("日本"))
	require.Equal(t, 2, Width("👩‍💻"))
	require.Equal(t, 1, Width("e\u0301"))
}

var control = regexp.MustCompile(`[\x00-\x08\x0b-\x1f\x7f\x{80}-\x{9f}\x{202a}-\x{202e}\x{2066}-\x{2069}]`)

// FuzzPrinter: no control or bidirectional character and no workflow command reaches the output, and JSON stays
// the same value.
func FuzzPrinter(f *testing.F) {
	for _, s := range []string{"a", "\x1b[2J", "::error::", "a\u202e", "\xff", "##[x"} {
		f.Add(s, s)
	}
	f.Fuzz(func(t *testing.T, a, b string) {
		out := printed(false, func(p *Printer) {
			p.Printf("%s %s\n", a, b)
			p.Text(b)
		})
		require.True(t, utf8.ValidString(out))
		require.False(t, control.MatchString(out), "%q", out)
		require.NotRegexp(t, `##[A-Za-z]*\[`, out)
		text := printed(false, func(p *Printer) { p.JSON([]string{a, b}) })
		require.False(t, control.MatchString(text), "%q", text)
		var back []string
		require.NoError(t, json.Unmarshal([]byte(text), &back))
		if utf8.ValidString(a) && utf8.ValidString(b) {
			require.Equal(t, []string{a, b}, back)
		}
	})
}
