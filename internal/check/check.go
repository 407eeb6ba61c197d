// Package check judges a comparison: it says what drift is a finding, how much it weighs, and which
// waiver accepts it.
package check

import (
	"time"

	"github.com/asbuilt/asbuilt/internal/catalog"
	"github.com/asbuilt/asbuilt/pkg/arch"
	"github.com/asbuilt/asbuilt/pkg/evidence"
	"github.com/asbuilt/asbuilt/pkg/finding"
	"github.com/asbuilt/asbuilt/pkg/reflexion"
)

// Input is what there is to judge.
type Input struct {
	Model    *arch.Model
	Result   *reflexion.Result       // nil when nothing is observed
	Coverage []evidence.Coverage     // what the observers read
	Pictures []Picture               // the rendered files in the output folder
	Today    time.Time               // for `expires` alone
	Name     func(dir string) string // the printed name of a folder of the code tree
}

// Findings judges everything and applies the architecture's severities and waivers. The findings are sorted.
func Findings(in Input) []finding.Finding {
	var out []finding.Finding
	if in.Result != nil {
		out = append(out, arrows(in)...)
		out = append(out, mapping(in)...)
		out = append(out, gate(in)...)
	}
	out = append(out, pictures(in.Pictures)...)
	for i := range out {
		out[i].Severity = severity(in.Model, out[i].Rule)
	}
	out = append(out, waive(in, out)...)
	finding.Sort(out)
	return out
}

// severity is a rule's own, unless the architecture block changes it; map/unassigned is an error in a
// strict architecture. What means "not read" cannot be softened.
func severity(m *arch.Model, id string) finding.Severity {
	rule, _ := catalog.Lookup(id)
	if rule.Fatal {
		return rule.Severity
	}
	if s, ok := m.Architecture.Severity[id]; ok {
		return finding.Severity(s)
	}
	if id == "map/unassigned" && m.Architecture.Strict {
		return finding.Error
	}
	return rule.Severity
}

// Status is the exit status of a run with these findings: 0, 1 at or above failOn ("" or "never": none), and 2 when
// something was not read or not understood.
func Status(findings []finding.Finding, failOn finding.Severity) int {
	status := 0
	for i := range findings {
		f := &findings[i]
		if rule, _ := catalog.Lookup(f.Rule); rule.Fatal {
			return 2
		}
		if f.Active() && failOn.Rank() > 0 && f.Severity.Rank() >= failOn.Rank() {
			status = 1
		}
	}
	return status
}
