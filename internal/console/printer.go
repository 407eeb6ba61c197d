package console

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"regexp"
	"strings"
	"unicode/utf8"

	"charm.land/lipgloss/v2"
)

// Style is how a piece of text looks on a terminal that shows colour.
type Style string

// The styles, as the parameters of an SGR sequence (ECMA-48 8.3.117).
const (
	Plain   Style = ""
	Bold    Style = "1"
	Faint   Style = "2"
	Error   Style = "1;31"
	Warning Style = "1;33"
	Note    Style = "1;36"
	Good    Style = "32"
	Path    Style = "1"
)

// Printer writes lines of text. It remembers the first error, so that callers check once, by Err.
type Printer struct {
	w         io.Writer
	color     bool
	err       error
	lineStart bool
}

// NewPrinter writes to w, with colour or without.
func NewPrinter(w io.Writer, color bool) *Printer {
	return &Printer{w: w, color: color, lineStart: true}
}

// Err is the first error of any write.
func (p *Printer) Err() error { return p.err }

// Printf writes text. The format is the program's own; every string among args is cleaned.
func (p *Printer) Printf(format string, args ...any) {
	p.put(fmt.Sprintf(format, cleaned(args)...))
}

// Styled writes like Printf, in a style.
func (p *Printer) Styled(style Style, format string, args ...any) {
	text := fmt.Sprintf(format, cleaned(args)...)
	if !p.color || style == Plain || text == "" {
		p.put(text)
		return
	}
	p.raw("\x1b[" + string(style) + "m")
	p.put(text)
	p.raw("\x1b[0m")
}

// Text writes lines of unknown origin: each line is cleaned, line breaks and tabs stay.
func (p *Printer) Text(s string) {
	for line := range strings.Lines(s) {
		body, hasBreak := strings.CutSuffix(line, "\n")
		parts := strings.Split(strings.TrimSuffix(body, "\r"), "\t")
		for i := range parts {
			parts[i] = Clean(parts[i])
		}
		p.put(strings.Join(parts, "\t"))
		if hasBreak {
			p.put("\n")
		}
	}
}

// Write is Text for libraries that want an io.Writer.
func (p *Printer) Write(b []byte) (int, error) {
	p.Text(string(b))
	return len(b), p.err
}

// JSON writes a value as indented JSON and a line break. Characters that a terminal would act on are
// written as \u escapes, so that the text is both the same value and safe to look at.
func (p *Printer) JSON(v any) {
	var buf bytes.Buffer
	enc := json.NewEncoder(&buf)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(v); err != nil {
		p.fail(err)
		return
	}
	p.raw(EscapeJSON(buf.String()))
}

// Bytes writes what the program has made itself and already made safe: a rendered file.
func (p *Printer) Bytes(b []byte) { p.raw(string(b)) }

// Property is one setting of a workflow command.
type Property struct{ Name, Value string }

// Command writes a CI workflow command as GitHub's runner reads it: ::error file=a.go,line=3::text. It is the only
// way to write one. Values and lines are cleaned; lines are kept apart. A property without a value is left out.
func (p *Printer) Command(name string, properties []Property, lines ...string) {
	if !p.lineStart {
		p.put("\n")
	}
	var set []string
	for _, x := range properties {
		if x.Value != "" {
			set = append(set, x.Name+"="+commandProperty.Replace(Clean(x.Value)))
		}
	}
	text := make([]string, len(lines))
	for i, line := range lines {
		text[i] = commandText.Replace(Clean(line))
	}
	p.raw(strings.TrimRight("::"+name+" "+strings.Join(set, ","), " ") + "::" + strings.Join(text, "%0A") + "\n")
}

// What a runner reads as more than text: in a message, and in the value of a property. No cleaned text holds a
// line break.
var (
	commandText     = strings.NewReplacer("%", "%25")
	commandProperty = strings.NewReplacer("%", "%25", ":", "%3A", ",", "%2C")
)

// EscapeJSON writes hidden characters and the start of workflow commands in JSON text as \u escapes.
// They occur in strings only, so the value stays the same.
func EscapeJSON(s string) string {
	s = commandInJSON.ReplaceAllString(s, `\u0023#$1`)
	if strings.IndexFunc(s, needsEscape) < 0 {
		return s
	}
	var b strings.Builder
	for _, r := range s {
		switch {
		case !needsEscape(r):
			b.WriteRune(r)
		case r > 0xffff:
			r -= 0x10000
			fmt.Fprintf(&b, `\u%04x\u%04x`, 0xd800+r>>10, 0xdc00+r&0x3ff)
		default:
			fmt.Fprintf(&b, `\u%04x`, r)
		}
	}
	return b.String()
}

var commandInJSON = regexp.MustCompile(`##([A-Za-z]*\[)`)

func needsEscape(r rune) bool { return r != '\n' && r != '\t' && r >= 0x7f && isHidden(r) }

// put writes cleaned text, and keeps a line of it from being a workflow command: CI runners act on
// a line that begins with "::".
func (p *Printer) put(s string) {
	for line := range strings.Lines(s) {
		if p.lineStart && strings.HasPrefix(strings.TrimLeft(line, " \t"), "::") {
			line = strings.Replace(line, "::", `\x3a:`, 1)
		}
		p.raw(line)
		p.lineStart = strings.HasSuffix(line, "\n")
	}
}

func (p *Printer) raw(s string) {
	if p.err != nil || s == "" {
		return
	}
	_, err := io.WriteString(p.w, s)
	p.fail(err)
}

func (p *Printer) fail(err error) {
	if p.err == nil {
		p.err = err
	}
}

func cleaned(args []any) []any {
	out := make([]any, len(args))
	for i, a := range args {
		switch a := a.(type) {
		case string:
			out[i] = Clean(a)
		case error:
			out[i] = Clean(a.Error())
		case fmt.Stringer:
			out[i] = Clean(a.String())
		default:
			out[i] = a
		}
	}
	return out
}

// Width is the number of terminal cells that a text takes.
func Width(s string) int {
	if utf8.RuneCountInString(s) == len(s) {
		return len(s)
	}
	return lipgloss.Width(s)
}
