package workspace

import (
	"path"

	"github.com/asbuilt/asbuilt/internal/catalog"
	"github.com/asbuilt/asbuilt/internal/check"
	"github.com/asbuilt/asbuilt/internal/console"
	"github.com/asbuilt/asbuilt/internal/report"
	"github.com/asbuilt/asbuilt/pkg/finding"
)

// Telling is how findings are to be said.
type Telling struct {
	Format  string // the name of one of ReportFormats
	Verbose bool
	Failure string           // why the run ended without a verdict; "" when it did not
	Part    *finding.Part    // what they are a part of; nil: they are all
	Against *finding.Against // what they are held against; nil: the project alone
}

// ReportFormats lists the ways to write findings.
func ReportFormats() []report.Format { return report.Formats() }

// Report writes findings in a format.
func (w *Workspace) Report(p *console.Printer, findings []finding.Finding, how Telling) {
	how.write(p, findings, report.Options{Source: w.Source, Home: w.anchor(), Version: w.env.Version})
}

// ReportUnopened writes, in a format, that there was no project to judge, and why.
func ReportUnopened(p *console.Printer, version string, how Telling) {
	how.write(p, nil, report.Options{Version: version})
}

func (how Telling) write(p *console.Printer, findings []finding.Finding, o report.Options) {
	o.Verbose, o.Failure, o.Against, o.Part = how.Verbose, how.Failure, how.Against, how.Part
	for _, f := range report.Formats() {
		if f.Name == how.Format {
			f.Write(p, findings, o)
		}
	}
}

// anchor is the place of what has no place of its own: the first file of the architecture.
func (w *Workspace) anchor() string {
	entries, err := w.root.Entries(w.home)
	if err != nil {
		return ""
	}
	for _, e := range entries {
		if isArchitecture(e.Name()) {
			return w.root.Name(path.Join(w.home, e.Name()))
		}
	}
	return ""
}

// ReportText writes findings for people.
func (w *Workspace) ReportText(p *console.Printer, findings []finding.Finding, verbose bool) {
	report.Text(p, findings, report.Options{Verbose: verbose, Source: w.Source})
}

// ReportBare writes findings about text that stands in no file.
func ReportBare(p *console.Printer, findings []finding.Finding) {
	report.Text(p, findings, report.Options{})
}

// Status is the exit status for findings.
func Status(findings []finding.Finding, failOn finding.Severity) int {
	return check.Status(findings, failOn)
}

// Rules lists what a finding can be about.
func Rules() []catalog.Rule { return catalog.All() }

// RulePage is a rule's page in Markdown.
func RulePage(id string) (string, bool) { return catalog.Page(id) }

// SaysLeftOut reports whether a format itself says what a report on a part leaves out.
func SaysLeftOut(format string) bool {
	return format == "text" || format == "json" || format == "markdown"
}

// ReportLeftOut says what a report on a part leaves out.
func ReportLeftOut(p *console.Printer, part *finding.Part) { report.LeftOut(p, part) }
