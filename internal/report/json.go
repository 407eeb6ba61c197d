package report

import (
	"github.com/asbuilt/asbuilt/internal/console"
	"github.com/asbuilt/asbuilt/pkg/finding"
)

// SchemaVersion counts the incompatible changes of the JSON report: it only grows.
const SchemaVersion = 1

// document is the JSON report.
type document struct {
	SchemaVersion int               `json:"schema_version"`
	Findings      []finding.Finding `json:"findings"`
	Summary       finding.Summary   `json:"summary"`
	Failure       string            `json:"failure,omitempty"`
	Against       *finding.Against  `json:"against,omitempty"`
	Part          *finding.Part     `json:"part,omitempty"`
}

// JSON writes all findings, notes, waived and baselined ones included.
func JSON(p *console.Printer, findings []finding.Finding, o Options) {
	if findings == nil {
		findings = []finding.Finding{}
	}
	p.JSON(document{SchemaVersion, findings, finding.Summarize(findings), o.Failure, o.Against, o.Part})
}
