// Package check judges a comparison: it says what drift is a finding, how much it weighs, and which
// waiver accepts it.
package check

import (
	"slices"
	"strings"
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
	Model     *arch.Model
	Result    *reflexion.Result       // nil when nothing is observed
	Graph     evidence.Graph          // the evidence as it is judged
	Coverage  []evidence.Coverage     // what the observers read
	Standard  []string                // the packages of the standard library
	Unmatched []arch.Pattern          // patterns of evidence files that match none
	Pictures  []Picture               // the rendered files in the output folder
	Baseline  *baseline.File          // nil when none is declared
	Weakened  []finding.Finding       // how a change loosens the policy that judges it
	Raw       []finding.Finding       // what Raw gives for this, where it was asked before; nil: it was not
	Today     time.Time               // for `expires` alone
	Name      func(dir string) string // the printed name of a folder of the code tree
}

// RuleIDs lists the rules that a severity or a waiver may name.
func RuleIDs() []string {
	return slices.DeleteFunc(catalog.IDs(), func(id string) bool { return strings.HasPrefix(id, catalog.OfImport) })
}

// Findings judges everything and applies the architecture's severities, waivers and baseline. The findings are sorted.
func Findings(in Input) []finding.Finding {
	out := weigh(in.Model, slices.Concat(drift(in), steps(in.Model), colors(in.Model), pictures(in.Pictures), in.Weakened))
	waivers := waive(in, out)
	out = append(outranked(out), waivers...)
	out = append(out, accept(in, out)...)
	if in.Result != nil && in.Result.Blind {
		out = slices.DeleteFunc(out, isEcho)
	}
	finding.Sort(out)
	return out
}

// isEcho reports a finding that says that something is not there. Where an observer saw nothing at all it says that
// again, and whoever followed its advice would take out what holds.
func isEcho(f finding.Finding) bool {
	return slices.Contains([]string{"waiver/stale", "baseline/stale", "docs/stale"}, f.Rule)
}

// Drift judges the comparison alone, accepted findings marked: what a picture shows of it.
func Drift(in Input) []finding.Finding { return shown(in, drift(in)) }

// Steps judges the steps of sequences alone, as Drift does the comparison.
func Steps(in Input) []finding.Finding { return shown(in, steps(in.Model)) }

func shown(in Input, found []finding.Finding) []finding.Finding {
	out := weigh(in.Model, found)
	waive(in, out)
	out = outranked(out)
	accept(in, out)
	finding.Sort(out)
	return out
}

// Broken is what there is to say of uses that break a rule, a declared or a built-in one, whether or not it is accepted.
func Broken(in Input) []finding.Finding {
	return slices.DeleteFunc(Drift(in), func(f finding.Finding) bool {
		return f.Between == nil || f.By == "" && !slices.Contains([]string{"code/bypass", "code/deprecated", "kind/endpoint"}, f.Rule)
	})
}

func drift(in Input) []finding.Finding {
	if in.Raw != nil {
		return slices.Clone(in.Raw)
	}
	return Raw(in)
}

// Raw judges the comparison without severities, waivers and baseline: what Findings and Drift begin with, so that who
// asks both has it judged once.
func Raw(in Input) []finding.Finding {
	if in.Result == nil {
		return nil
	}
	return slices.Concat(arrows(in), mapping(in), gate(in), rules(in))
}

// Weighed gives findings made elsewhere the architecture's severities.
func Weighed(m *arch.Model, findings []finding.Finding) []finding.Finding { return weigh(m, findings) }

func weigh(m *arch.Model, findings []finding.Finding) []finding.Finding {
	own := map[string]finding.Severity{}
	for _, r := range m.Rules {
		own[r.Address()] = finding.Severity(r.Severity)
	}
	for i := range findings {
		f := &findings[i]
		if f.Severity = own[f.By]; f.Severity == "" {
			f.Severity = severity(m, f.Rule)
		}
	}
	return findings
}

// outranking are the findings beside which an undeclared use of the same packages is not said again.
var outranking = []string{"code/denied", "code/layer", "code/independent", "code/inverse", "code/deprecated", "kind/endpoint"}

// outranked leaves out undeclared uses that a finding about the same pair says already: a denied import must
// not be declared but removed. One that is waived or weighs less hides nothing.
func outranked(findings []finding.Finding) []finding.Finding {
	rank := map[finding.Subject]int{}
	for i := range findings {
		if f := &findings[i]; f.Waived == nil && slices.Contains(outranking, f.Rule) {
			rank[f.Subject] = max(rank[f.Subject], f.Severity.Rank())
		}
	}
	return slices.DeleteFunc(findings, func(f finding.Finding) bool {
		return f.Rule == "code/undeclared" && f.Waived == nil && rank[f.Subject] >= f.Severity.Rank()
	})
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
