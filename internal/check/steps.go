package check

import (
	"fmt"

	"github.com/asbuilt/asbuilt/pkg/arch"
	"github.com/asbuilt/asbuilt/pkg/finding"
)

// steps finds messages of sequences that no declared edge allows: one finding for each pair in a view, at its
// first step.
func steps(m *arch.Model) []finding.Finding {
	var out []finding.Finding
	uses := arch.NewUses(m)
	for _, v := range m.Views {
		said := map[finding.Pair]int{} // where in out
		arch.Walk(v.Steps, func(s *arch.Step) {
			if uses.Allow(s) {
				return
			}
			pair := finding.Pair{From: s.From, To: s.To}
			if at, again := said[pair]; again {
				out[at].Related = append(out[at].Related, finding.Related{Message: "and in this step", At: s.At})
				return
			}
			said[pair] = len(out)
			out = append(out, undeclaredStep(v, s))
		})
	}
	return out
}

func undeclaredStep(v *arch.View, s *arch.Step) finding.Finding {
	pair := finding.Pair{From: s.From, To: s.To}
	return finding.Finding{
		Rule: "docs/step", At: s.At,
		Subject: finding.Subject{From: s.From, To: s.To, Element: "view." + v.Name},
		Between: &pair,
		Message: fmt.Sprintf("in the sequence %q, %s uses %s, which nothing declares", v.Name, s.From, s.To),
		Fix: &finding.Fix{
			Message: fmt.Sprintf("declare it in %s, or correct the step", s.From),
			Patch:   fmt.Sprintf("depends_on = [%s]", s.To),
		},
	}
}
