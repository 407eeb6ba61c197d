// Package check judges a comparison: it says what drift is a finding, how much it weighs, and which
// waiver accepts it.
package check

import (
	"time"

	"github.com/asbuilt/asbuilt/internal/baseline"
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
	Graph    evidence.Graph          // what they saw, as it is judged
	Pictures []Picture               // the rendered files in the output folder
	Baseline *baseline.File          // nil when none is declared
	Today    time.Time               // for `expires` alone
	Name     func(dir string) string // the printed name of a folder of the code tree
}

// RuleIDs lists the rules that a severity or a waiver may name.
func RuleIDs() []string { return catalog.IDs() }

// Findings judges everything and applies the architecture's severities, waivers and baseline. The findings are sorted.
func Findings(in Input) []finding.Finding {
	out := append(drift(in), pictures(in.Pictures)...)
	out = append(weigh(in.Model, out), waive(in, out)...)
	out = append(out, accept(in, out)...)
	finding.Sort(out)
	return out
}

// Drift judges the comparison alone, accepted findings marked: what a picture shows of it.
func Drift(in Input) []finding.Finding {
	out := weigh(in.Model, drift(in))
	waive(in, out)
	accept(in, out)
	finding.Sort(out)
	return out
}

func drift(in Input) []finding.Finding {
	if in.Result == nil {
		return nil
	}
	return append(append(arrows(in), mapping(in)...), gate(in)...)
}

// Weighed gives findings made elsewhere the architecture's severities.
func Weighed(m *arch.Model, findings []finding.Finding) []finding.Finding { return weigh(m, findings) }

func weigh(m *arch.Model, findings []finding.Finding) []finding.Finding {
	for i := range findings {
		findings[i].Severity = severity(m, findings[i].Rule)
	}
	return findings
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
