// Package report says findings in the formats that people and machines read.
package report

import (
	"strings"
	"unicode/utf16"

	"github.com/asbuilt/asbuilt/internal/console"
	"github.com/asbuilt/asbuilt/pkg/finding"
	"github.com/asbuilt/asbuilt/pkg/source"
)

// Options are what a format may need beside the findings.
type Options struct {
	Verbose bool                             // notes too, where people read
	Source  func(file string) ([]byte, bool) // the content behind a printed name, for code frames and columns
	Home    string                           // printed name of the architecture's folder: the place of what has none
	Version string                           // of the program
	Failure string                           // why the run ended without a verdict; "" when it did not
	Part    *finding.Part                    // what the findings are a part of; nil: they are all
	Against *finding.Against                 // what the findings are held against; nil: the project alone
}

// Format is one way to write findings: sorted ones, by finding.Sort.
type Format struct {
	Name  string
	About string // one clause
	Write func(*console.Printer, []finding.Finding, Options)
}

// Formats lists all; the first is for people at a terminal.
func Formats() []Format {
	return []Format{
		{"text", "for people, with the lines of code", Text},
		{"json", "for scripts", JSON},
		{"sarif", "SARIF 2.1.0, for code scanning", SARIF},
		{"github", "annotations of GitHub Actions", GitHub},
		{"gitlab", "GitLab's code quality report", GitLab},
		{"junit", "JUnit XML, for CI servers", JUnit},
		{"markdown", "for a comment or a step summary", Markdown},
	}
}

// spot is the place that a reader of a change looks at: the line that does it, where the finding is about
// what code does, else the declaration. rest are the other places.
func spot(f *finding.Finding) (at source.Range, rest []finding.Related) {
	if !aboutCode(f) || len(f.Related) == 0 || f.Related[0].At.IsZero() {
		return f.At, f.Related
	}
	rest = f.Related[1:]
	if !f.At.IsZero() {
		rest = append([]finding.Related{{Message: "the declaration", At: f.At}}, rest...)
	}
	return f.Related[0].At, rest
}

// aboutCode reports whether the first evidence is what is wrong: the subject is a pair of packages, or the evidence is
// a way of several steps.
func aboutCode(f *finding.Finding) bool {
	return strings.HasPrefix(f.Subject.From, "go:") && f.Subject.To != "" || len(f.Related) > 0 && f.Related[0].Hop > 0
}

// said is what a finding says, cleaned, a line a thought: the message, the user's reason, the next step.
func said(f *finding.Finding) []string {
	lines := []string{console.Clean(f.Message)}
	if why := reason(f); why != "" {
		lines = append(lines, console.Clean(why))
	}
	if f.Fix != nil {
		lines = append(lines, "fix: "+console.Clean(f.Fix.Message))
		for _, line := range patch(f.Fix) {
			lines = append(lines, "    "+line)
		}
	}
	return lines
}

// reason says which declared rule was broken and why it is there; "" for a built-in rule alone.
func reason(f *finding.Finding) string {
	switch {
	case f.By != "" && f.Because != "":
		return "because of " + f.By + ": " + f.Because
	case f.By != "":
		return "because of " + f.By
	case f.Because != "":
		return "because: " + f.Because
	}
	return ""
}

// patch is the lines of a fix's HCL, cleaned.
func patch(fix *finding.Fix) []string {
	if strings.TrimSpace(fix.Patch) == "" {
		return nil
	}
	lines := strings.Split(strings.Trim(fix.Patch, "\n"), "\n")
	for i, line := range lines {
		lines[i] = visible(line)
	}
	return lines
}

// accepted says who accepts a finding and why; "" for one that counts.
func accepted(f *finding.Finding) string {
	switch {
	case f.Waived != nil:
		by, until := f.Waived.By, ""
		if inSource(f.Waived) {
			by = "a comment in " + by
		}
		if f.Waived.Expires != "" {
			until = " until " + f.Waived.Expires
		}
		why := ""
		if f.Waived.Reason != "" {
			why = ": " + f.Waived.Reason
		}
		return console.Clean("accepted by " + by + until + why)
	case f.Baselined:
		return "held by the baseline"
	}
	return ""
}

// inSource reports whether a waiver is a comment in code: it is named by its file.
func inSource(w *finding.Waived) bool { return !strings.HasPrefix(w.By, "waiver.") }

// topic names what a finding is about, without line numbers: the same in every run.
func topic(f *finding.Finding) string {
	s := f.Subject
	switch {
	case s.From != "" || s.To != "":
		return s.From + " -> " + s.To
	case s.Element != "" && s.Path != "":
		return s.Element + " " + s.Path
	case s.Element != "" || s.Path != "":
		return s.Element + s.Path
	}
	return f.Message
}

// region is a range as editors and code hosts count: lines from 1, columns in UTF-16 code units from 1,
// the end exclusive. 0 is not known.
type region struct{ line, column, endLine, endColumn int }

// region converts columns by the text of their lines; without the text only the line is known.
func (f *frames) region(at source.Range) region {
	r := region{line: at.Start.Line}
	start, ok := f.line(at)
	if !ok || at.Start.Column == 0 {
		return r
	}
	r.column = units(start, at.Start.Column)
	end, ok := f.line(source.Range{File: at.File, Start: at.End})
	if !ok || at.End.Column == 0 || at.End.Line < at.Start.Line {
		return r
	}
	if column := units(end, at.End.Column); at.End.Line > at.Start.Line || column >= r.column {
		r.endLine, r.endColumn = at.End.Line, column
	}
	return r
}

// units turns a column in bytes into one in UTF-16 code units.
func units(line string, column int) int {
	n := 1
	for _, r := range line[:snap(line, column-1)] {
		n += utf16.RuneLen(r)
	}
	return n
}
