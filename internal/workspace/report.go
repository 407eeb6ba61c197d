package workspace

import (
	"github.com/asbuilt/asbuilt/internal/catalog"
	"github.com/asbuilt/asbuilt/internal/check"
	"github.com/asbuilt/asbuilt/internal/console"
	"github.com/asbuilt/asbuilt/internal/report"
	"github.com/asbuilt/asbuilt/pkg/finding"
)

// ReportJSON writes findings for scripts.
func ReportJSON(p *console.Printer, findings []finding.Finding) { report.JSON(p, findings) }

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
