package check

import (
	"slices"
	"strings"

	"github.com/asbuilt/asbuilt/pkg/arch"
	"github.com/asbuilt/asbuilt/pkg/finding"
	"github.com/asbuilt/asbuilt/pkg/reflexion"
	"github.com/asbuilt/asbuilt/pkg/source"
)

// Pruned lists the changes that take out what is declared and not so: absent edges and stale waivers. What a waiver
// or the baseline accepts stays.
func Pruned(in Input, findings []finding.Finding) []arch.Change {
	var out []arch.Change
	absences := map[source.Range]*arch.Edge{}
	for _, a := range in.Result.Arrows {
		if a.Verdict == reflexion.Absence {
			absences[a.Edge.At] = a.Edge
		}
	}
	waivers := map[string]*arch.Waiver{}
	for _, w := range in.Model.Waivers {
		waivers["waiver."+w.Name] = w
	}
	for i := range findings {
		f := &findings[i]
		if !f.Active() {
			continue
		}
		switch f.Rule {
		case "code/absent":
			if e := absences[f.At]; e != nil && e.From == f.Subject.From && e.To == f.Subject.To {
				out = append(out, arch.Change{Action: arch.Remove, Edge: e})
			}
		case "waiver/stale":
			if w := waivers[f.Subject.Element]; w != nil {
				out = append(out, arch.Change{Action: arch.Remove, Waiver: w})
			}
		}
	}
	return out
}

// Adopted lists the edges that declare what the code does and nobody declared. What breaks a rule is no such edge: it
// has a finding of its own.
func Adopted(in Input, findings []finding.Finding) []arch.Change {
	kinds := map[finding.Subject]string{}
	for _, a := range in.Result.Arrows {
		for _, imp := range a.Imports {
			kinds[finding.Subject{From: imp.From, To: imp.To}] = imp.Kind
		}
	}
	denied := map[finding.Subject]bool{} // whatever accepts that
	for i := range findings {
		if slices.Contains(outranking, findings[i].Rule) {
			denied[findings[i].Subject] = true
		}
	}
	var out []arch.Change
	seen := map[[3]string]bool{}
	for i := range findings {
		f := &findings[i]
		if f.Rule != "code/undeclared" || !f.Active() || f.Between == nil || denied[f.Subject] {
			continue
		}
		e := arch.Edge{From: f.Between.From, To: f.Between.To, Kind: arch.NaturalKind(f.Between.To), Literal: true}
		if len(in.Model.EdgesBetween(e.From, e.To)) > 0 && e.Kind == arch.EdgePlain { // declared, and only for another kind
			e.Kind = arch.EdgeKind(kinds[f.Subject])
		}
		key := [3]string{e.From, e.To, string(e.Kind)}
		if seen[key] {
			continue
		}
		seen[key] = true
		e.At = f.At
		out = append(out, arch.Change{Action: arch.Add, Edge: &e})
	}
	return out
}

// Unowned are the packages that a finding which counts says no element owns.
func Unowned(in Input, findings []finding.Finding) []reflexion.Unassigned {
	counts := map[string]bool{}
	for i := range findings {
		if f := &findings[i]; f.Rule == "map/unassigned" && f.Active() {
			counts[f.Subject.Path] = true
		}
	}
	var out []reflexion.Unassigned
	for _, u := range in.Result.Unassigned {
		if counts[u.Dir] && strings.HasPrefix(u.Packages[0], "go:") {
			out = append(out, u)
		}
	}
	return out
}

// Remaining are the errors and warnings that count.
func Remaining(findings []finding.Finding) []finding.Finding {
	return slices.DeleteFunc(findings, func(f finding.Finding) bool {
		return !f.Active() || f.Severity.Rank() < finding.Warning.Rank()
	})
}
