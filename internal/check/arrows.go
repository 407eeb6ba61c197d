package check

import (
	"fmt"
	"slices"
	"strings"

	"github.com/asbuilt/asbuilt/pkg/arch"
	"github.com/asbuilt/asbuilt/pkg/evidence"
	"github.com/asbuilt/asbuilt/pkg/finding"
	"github.com/asbuilt/asbuilt/pkg/reflexion"
	"github.com/asbuilt/asbuilt/pkg/source"
)

// arrows turns the comparison's arrows into findings.
func arrows(in Input) []finding.Finding {
	var out []finding.Finding
	for _, a := range in.Result.Arrows {
		switch {
		case a.Verdict == reflexion.Divergence, a.Verdict == reflexion.Unknown && a.Reason == reflexion.Undeclared:
			out = append(out, undeclared(in.Model, a)...)
		case a.Verdict == reflexion.Absence:
			out = append(out, absent(in.Model, a))
		case a.Edge != nil && a.Verdict == reflexion.Convergence:
			out = append(out, remarks(a)...)
		}
	}
	return out
}

// undeclared says one finding a pair of packages.
func undeclared(m *arch.Model, a reflexion.Arrow) []finding.Finding {
	from := m.Element(a.From)
	var out []finding.Finding
	for _, imp := range a.Imports {
		f := finding.Finding{
			Rule:    "code/undeclared",
			At:      from.At,
			Subject: finding.Subject{From: imp.From, To: imp.To},
			Between: &finding.Pair{From: a.From, To: a.To},
			Related: witnesses(imp),
			Message: fmt.Sprintf("%s uses %s, which it does not declare: %s %s %s%s",
				a.From, a.To, evidence.Name(imp.From), verb(imp.Kind), evidence.Name(imp.To), through(imp)),
			Fix: declare(m, from, a.To, imp.Kind),
		}
		switch {
		case !imp.Grade.ShowsUse():
			f.Rule = "service/weak"
			f.Message = fmt.Sprintf("%s may use %s, which it does not declare: %s evidence that %s %s %s%s",
				a.From, a.To, imp.Grade, evidence.Name(imp.From), verb(imp.Kind), evidence.Name(imp.To), through(imp))
			f.Fix = &finding.Fix{Message: "declare the edge if there is one"}
		case imp.Scope == evidence.Test:
			f.Rule = "code/test-only"
			f.Message = fmt.Sprintf("tests of %s use %s, which it does not declare: %s %s %s%s",
				a.From, a.To, evidence.Name(imp.From), verb(imp.Kind), evidence.Name(imp.To), through(imp))
			f.Fix = nil
		}
		if n := len(out); n > 0 && out[n-1].Rule == f.Rule && out[n-1].Subject == f.Subject { // of another kind: one finding a pair
			out[n-1].Related = append(out[n-1].Related, f.Related...)
			continue
		}
		out = append(out, f)
	}
	return out
}

// verb is what an edge of a kind does.
func verb(kind string) string {
	switch kind {
	case evidence.KindCall:
		return "calls"
	case evidence.KindEvent:
		return "exchanges events with"
	case evidence.KindData:
		return "reads or writes"
	}
	return "imports"
}

// declare offers the line that would make an edge declared.
func declare(m *arch.Model, from *arch.Element, to, kind string) *finding.Fix {
	place := from.At
	remove := "remove the use"
	if kind == evidence.KindImport {
		remove = "remove the import"
	}
	if from.Key != "" { // one of several instances: there is no literal to edit
		return &finding.Fix{Message: remove + ", or declare the edge in the block that makes " + from.Address, Place: &place}
	}
	line := "depends_on = [" + to + "]"
	if len(m.EdgesFrom(from.Address)) > 0 { // a second depends_on would be a mistake
		line = "uses { to = " + to + " }"
	}
	return &finding.Fix{Message: remove + ", or declare the edge in " + from.Address, Patch: line, Place: &place}
}

// through names the unowned packages on the way and the variants under which it exists.
func through(imp reflexion.Import) string {
	var s string
	if n := len(imp.Hops); n > 1 {
		var via []string
		for _, h := range imp.Hops[:n-1] {
			via = append(via, evidence.Name(h.To))
		}
		s = " through " + strings.Join(via, ", ") + ", which no element owns"
	}
	return s + only(imp.Variants)
}

func only(variants []string) string {
	if len(variants) == 0 {
		return ""
	}
	return " (only under " + strings.Join(variants, " or ") + ")"
}

func witnesses(imp reflexion.Import) []finding.Related {
	var out []finding.Related
	for i, h := range imp.Hops {
		for _, w := range h.Witnesses {
			r := finding.Related{Message: verb(h.Kind) + " " + evidence.Name(h.To), At: w.At()}
			if len(imp.Hops) > 1 {
				r.Hop = i + 1
			}
			out = append(out, r)
		}
	}
	return out
}

func absent(m *arch.Model, a reflexion.Arrow) finding.Finding {
	f := finding.Finding{
		Rule:    "code/absent",
		At:      a.Edge.At,
		Subject: finding.Subject{From: a.From, To: a.To},
		Between: &finding.Pair{From: a.From, To: a.To},
		Message: fmt.Sprintf("%s declares that it uses %s, and %s", a.From, a.To, unseenBy(a.Seen)),
		Fix:     &finding.Fix{Message: `remove the edge, or mark it status = "planned" in a uses block`},
	}
	for _, address := range []string{a.From, a.To} {
		if e := m.Element(address); e.Code != nil {
			f.Related = append(f.Related, finding.Related{Message: "the code of " + address, At: e.Code.At})
		}
	}
	if !a.Edge.Literal {
		place := a.Edge.At
		f.Fix = &finding.Fix{Message: "the edge comes from an expression: change it at its place", Place: &place}
	}
	return f
}

// unseenBy says who looked for a declared edge and did not see it.
func unseenBy(seen []reflexion.Sighting) string {
	var names []string
	for _, s := range seen {
		if s.Verdict == reflexion.Absence && !slices.Contains(names, s.Observer) {
			names = append(names, s.Observer)
		}
	}
	if len(names) == 0 || slices.Equal(names, []string{"go"}) {
		return "no import shows it on any platform"
	}
	return "nothing that could have seen it does: " + strings.Join(names, ", ")
}

// remarks are the notes about a declared edge that was seen.
func remarks(a reflexion.Arrow) []finding.Finding {
	note := func(rule, message string) finding.Finding {
		return finding.Finding{
			Rule: rule, Message: message, At: a.Edge.At,
			Subject: finding.Subject{From: a.From, To: a.To},
			Between: &finding.Pair{From: a.From, To: a.To},
			Related: firstPlaces(a.Imports, 3),
		}
	}
	var out []finding.Finding
	if a.Scope == evidence.Test {
		out = append(out, note("code/test-only", fmt.Sprintf("only tests of %s use %s", a.From, a.To)))
	}
	if len(a.Variants) > 0 {
		out = append(out, note("code/variant", fmt.Sprintf("%s uses %s%s", a.From, a.To, only(a.Variants))))
	}
	if a.Edge.Status == arch.StatusPlanned {
		f := note("code/planned", fmt.Sprintf("%s uses %s already, and the edge is declared as planned", a.From, a.To))
		f.Fix = &finding.Fix{Message: asBuilt}
		out = append(out, f)
	}
	return out
}

func firstPlaces(imports []reflexion.Import, most int) []finding.Related {
	var out []finding.Related
	for _, imp := range imports {
		for _, r := range witnesses(imp) {
			if len(out) == most {
				return out
			}
			out = append(out, r)
		}
	}
	return out
}

// at is the place of a file or folder as a whole.
func at(name string) source.Range { return source.Range{File: name} }
