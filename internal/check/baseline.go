package check

import (
	"fmt"
	"strings"

	"github.com/asbuilt/asbuilt/internal/baseline"
	"github.com/asbuilt/asbuilt/internal/catalog"
	"github.com/asbuilt/asbuilt/pkg/finding"
)

// acceptable reports whether a baseline may hold findings of a rule: those about the system, never those about the
// gate itself. What accepts drift must not accept that it does so wrongly.
func acceptable(id string) bool {
	rule, known := catalog.Lookup(id)
	family, _, _ := strings.Cut(id, "/")
	return known && !rule.Fatal && family != "gate" && family != "waiver" && family != "baseline"
}

// Accept lists the entries of a baseline that accepts findings as they stand: errors and warnings that no waiver
// accepts already.
func Accept(findings []finding.Finding) []baseline.Entry {
	var out []baseline.Entry
	for i := range findings {
		f := &findings[i]
		if f.Waived == nil && f.Severity.Rank() >= finding.Warning.Rank() && acceptable(f.Rule) {
			out = append(out, baseline.Of(f))
		}
	}
	return out
}

// accept marks the findings that the baseline holds, and says what is wrong with the baseline itself. Entries are
// stale only when everything was read: what was not seen may still be there.
func accept(in Input, findings []finding.Finding) []finding.Finding {
	if in.Baseline == nil {
		return nil
	}
	held := map[string]bool{}
	for _, e := range in.Baseline.Entries {
		held[e.Fingerprint()] = false
	}
	blind := len(in.Baseline.Problems) > 0
	for i := range findings {
		f := &findings[i]
		rule, _ := catalog.Lookup(f.Rule)
		blind = blind || rule.Fatal
		print := baseline.Of(f).Fingerprint()
		if _, ok := held[print]; ok && acceptable(f.Rule) {
			held[print] = true
			f.Baselined = f.Waived == nil
		}
	}
	var out []finding.Finding
	for _, p := range in.Baseline.Problems {
		out = append(out, finding.Finding{
			Rule: "gate/blind", Severity: severity(in.Model, "gate/blind"), At: p.At, Message: p.Message,
			Subject: finding.Subject{Path: in.Baseline.Name}, Fix: &finding.Fix{Message: p.Fix},
		})
	}
	if blind {
		return out
	}
	for _, e := range in.Baseline.Entries {
		print := e.Fingerprint()
		if held[print] {
			continue
		}
		held[print] = true // told once
		out = append(out, finding.Finding{
			Rule: "baseline/stale", Severity: severity(in.Model, "baseline/stale"), At: e.At,
			Message: fmt.Sprintf("the baseline accepts what is not found any more: %s", e.Words()),
			Subject: finding.Subject{Path: in.Baseline.Name + "#" + print},
			Fix:     &finding.Fix{Message: "remove the line, or run: asbuilt check --fix"},
		})
	}
	return out
}
