package report

import (
	"encoding/xml"
	"slices"
	"strings"

	"github.com/asbuilt/asbuilt/internal/console"
	"github.com/asbuilt/asbuilt/pkg/finding"
)

type junitSuites struct {
	XMLName  xml.Name      `xml:"testsuites"`
	Name     string        `xml:"name,attr"`
	Tests    int           `xml:"tests,attr"`
	Failures int           `xml:"failures,attr"`
	Errors   int           `xml:"errors,attr"`
	Skipped  int           `xml:"skipped,attr"`
	Suites   []*junitSuite `xml:"testsuite"`
}

type junitSuite struct {
	Name     string      `xml:"name,attr"`
	Tests    int         `xml:"tests,attr"`
	Failures int         `xml:"failures,attr"`
	Errors   int         `xml:"errors,attr"`
	Skipped  int         `xml:"skipped,attr"`
	Cases    []junitCase `xml:"testcase"`
}

type junitCase struct {
	Class   string        `xml:"classname,attr"`
	Name    string        `xml:"name,attr"`
	File    string        `xml:"file,attr,omitempty"`
	Line    int           `xml:"line,attr,omitempty"`
	Failure *junitOutcome `xml:"failure"`
	Error   *junitOutcome `xml:"error"`
	Skipped *junitOutcome `xml:"skipped"`
	Out     string        `xml:"system-out,omitempty"`
}

type junitOutcome struct {
	Type    string `xml:"type,attr,omitempty"`
	Message string `xml:"message,attr"`
	Body    string `xml:",chardata"`
}

// JUnit writes a test suite a rule and a test a finding: errors and warnings fail, accepted ones are skipped,
// notes pass. A run with nothing to say is one passed test, since servers take an empty report for a lost one.
func JUnit(p *console.Printer, findings []finding.Finding, o Options) {
	all := junitSuites{Name: "asbuilt"}
	suites, seen := map[string]*junitSuite{}, map[string]int{}
	for i := range findings {
		f := &findings[i]
		s := suites[f.Rule]
		if s == nil {
			s = &junitSuite{Name: console.Clean(f.Rule)}
			suites[f.Rule] = s
			all.Suites = append(all.Suites, s)
		}
		s.add(junitTest(f, seen))
	}
	slices.SortStableFunc(all.Suites, func(a, b *junitSuite) int { return strings.Compare(a.Name, b.Name) })
	if o.Failure != "" || len(all.Suites) == 0 {
		run := junitCase{Class: "asbuilt", Name: "verdict"}
		if o.Failure != "" {
			run.Error = &junitOutcome{Message: console.Clean("no verdict: " + o.Failure)}
		}
		s := &junitSuite{Name: "asbuilt"}
		s.add(run)
		all.Suites = append(all.Suites, s)
	}
	for _, s := range all.Suites {
		all.Tests += s.Tests
		all.Failures += s.Failures
		all.Errors += s.Errors
		all.Skipped += s.Skipped
	}
	text, err := xml.MarshalIndent(all, "", "  ")
	if err != nil {
		panic(err) // structs of strings and numbers always encode
	}
	p.Text(xml.Header + string(text) + "\n")
}

func (s *junitSuite) add(c junitCase) {
	s.Cases = append(s.Cases, c)
	s.Tests++
	switch {
	case c.Error != nil:
		s.Errors++
	case c.Failure != nil:
		s.Failures++
	case c.Skipped != nil:
		s.Skipped++
	}
}

func junitTest(f *finding.Finding, seen map[string]int) junitCase {
	at, _ := spot(f)
	c := junitCase{
		Class: console.Clean(f.Rule), Name: single(seen, f.Rule+"\x00"+console.Clean(topic(f)), " #"),
		File: console.Clean(at.File), Line: at.Start.Line,
	}
	_, c.Name, _ = strings.Cut(c.Name, "\x00")
	switch {
	case !f.Active():
		c.Skipped = &junitOutcome{Message: accepted(f)}
		c.Out = junitBody(f)
	case f.Severity == finding.Note:
		c.Out = junitBody(f)
	default:
		c.Failure = &junitOutcome{Type: console.Clean(f.Rule), Message: console.Clean(f.Message), Body: junitBody(f)}
	}
	return c
}

// junitBody is a finding in lines; each begins with a word of ours.
func junitBody(f *finding.Finding) string {
	lines := said(f)
	lines[0] = string(f.Severity) + "[" + console.Clean(f.Rule) + "] " + lines[0]
	for _, r := range append([]finding.Related{{At: f.At}}, f.Related...) {
		if !r.At.IsZero() {
			lines = append(lines, strings.TrimRight("at "+console.Clean(r.At.String())+"  "+console.Clean(r.Message), " "))
		}
	}
	return strings.Join(lines, "\n")
}
