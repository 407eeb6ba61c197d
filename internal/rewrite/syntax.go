package rewrite

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/hashicorp/hcl/v2"

	"github.com/asbuilt/asbuilt/internal/budget"
	"github.com/asbuilt/asbuilt/pkg/finding"
	"github.com/asbuilt/asbuilt/pkg/source"
)

// redefinedSummary is a mistake that the parser reports and that has a form nevertheless.
const redefinedSummary = "Attribute redefined"

// syntax turns the parser's problems into findings, the first of each kind: it stumbles over one mistake
// again and again.
func syntax(text []byte, diags hcl.Diagnostics) []finding.Finding {
	var out []finding.Finding
	said := map[string]bool{redefinedSummary: true}
	for _, d := range diags {
		if d.Severity != hcl.DiagError || said[d.Summary] {
			continue
		}
		said[d.Summary] = true
		out = append(out, problem(text, d))
	}
	finding.Sort(out)
	return out
}

func problem(text []byte, d *hcl.Diagnostic) finding.Finding {
	message, fix, _ := strings.Cut(d.Detail, ". ")
	if d.Detail == "" {
		message = d.Summary
	}
	f := finding.Finding{
		Rule: budget.Syntax, Severity: finding.Error,
		Message: clause(message),
		At:      source.Range{File: d.Subject.Filename, Start: position(text, d.Subject.Start.Byte), End: position(text, d.Subject.End.Byte)},
		Subject: finding.Subject{Path: d.Subject.Filename},
	}
	if fix != "" {
		f.Fix = &finding.Fix{Message: clause(fix)}
	}
	return f
}

// clause writes a sentence without its capital and its full stop, on one line.
func clause(sentence string) string {
	s := strings.TrimSuffix(strings.Join(strings.Fields(sentence), " "), ".")
	first, size := utf8.DecodeRuneInString(s)
	return string(unicode.ToLower(first)) + s[size:]
}

// position is the line, and the column in bytes, of an offset.
func position(text []byte, offset int) source.Pos {
	before := text[:min(max(offset, 0), len(text))]
	return source.Pos{
		Line:   bytes.Count(before, []byte("\n")) + 1,
		Column: len(before) - bytes.LastIndexByte(before, '\n'),
	}
}
