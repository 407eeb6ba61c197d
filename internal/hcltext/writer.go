// Package hcltext writes HCL in the form that fmt gives it, and finds names that HCL allows.
package hcltext

import (
	"bytes"
	"fmt"
	"strings"
	"unicode"
)

const width = 100 // bytes of a line with a list

// Writer collects text, indented by the blocks that are open.
type Writer struct {
	bytes.Buffer
	indent string
}

// Attr is the name of an attribute and its value as written.
type Attr = [2]string

// Line writes one line; nothing gives an empty one.
func (w *Writer) Line(format string, args ...any) {
	if text := fmt.Sprintf(format, args...); text != "" {
		w.WriteString(w.indent + text)
	}
	w.WriteByte('\n')
}

// Comments writes lines of comment.
func (w *Writer) Comments(lines ...string) {
	for _, l := range lines {
		w.Line("%s", strings.TrimRight("# "+Printable(l), " "))
	}
}

// Open begins a block.
func (w *Writer) Open(format string, args ...any) {
	w.Line(format+" {", args...)
	w.indent += "  "
}

// Close ends the block that was opened last.
func (w *Writer) Close() {
	w.indent = w.indent[2:]
	w.Line("}")
}

// Attrs writes attributes on consecutive lines, aligned. One without a value is left out.
func (w *Writer) Attrs(all ...Attr) {
	longest := 0
	for _, a := range all {
		if a[1] != "" {
			longest = max(longest, len(a[0]))
		}
	}
	for _, a := range all {
		if a[1] != "" {
			w.Line("%-*s = %s", longest, a[0], a[1])
		}
	}
}

// List writes an attribute whose value is a list, on one line where it fits, nothing when it is empty.
func (w *Writer) List(name string, items []string) {
	if len(items) == 0 {
		return
	}
	if one := name + " = [" + strings.Join(items, ", ") + "]"; len(w.indent+one) <= width {
		w.Line("%s", one)
		return
	}
	w.Line("%s = [", name)
	for _, item := range items {
		w.Line("  %s,", item)
	}
	w.Line("]")
}

var escapes = strings.NewReplacer(`\`, `\\`, `"`, `\"`, "${", "$${", "%{", "%%{")

// Quote writes text as a string, with a mark for what cannot be printed.
func Quote(s string) string { return `"` + escapes.Replace(Printable(s)) + `"` }

// Printable is text with a mark for what cannot be printed.
func Printable(s string) string {
	return strings.Map(func(c rune) rune {
		if !unicode.IsPrint(c) {
			return unicode.ReplacementChar
		}
		return c
	}, s)
}

// Titled is a title's value where the name does not say it already.
func Titled(name, title string) string {
	if name == title {
		return ""
	}
	return Quote(title)
}
