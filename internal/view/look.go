package view

import (
	"github.com/asbuilt/asbuilt/pkg/arch"
	"github.com/asbuilt/asbuilt/pkg/finding"
)

// look is how an element's card is drawn.
type look struct{ shape, color string }

var shapes = map[string]string{
	arch.TypePerson:    "person",
	arch.TypeSystem:    "box",
	arch.TypeComponent: "component",
	arch.TypeAPI:       "hexagon",
	arch.TypeDatastore: "cylinder",
	arch.TypeQueue:     "queue",
	arch.TypeExternal:  "box",
	typePackage:        "box",
}

// looksOf applies the styles, a later one over an earlier one.
func looksOf(st *stage, cards []*arch.Element) (map[*arch.Element]look, []finding.Finding) {
	looks := make(map[*arch.Element]look, len(cards))
	for _, e := range cards {
		looks[e] = look{shape: shapes[e.Type]}
	}
	var problems []finding.Finding
	for _, s := range st.model.Styles {
		for _, e := range cards {
			real := st.real(e)
			if real == nil {
				continue
			}
			holds, err := s.Match.Holds(arch.Subject{Element: real})
			if err != nil {
				problems = append(problems, finding.Finding{
					Rule: ruleValue, Severity: finding.Error, At: s.Match.At(), Message: err.Error(),
					Subject: finding.Subject{Element: "style." + s.Name},
					Fix:     &finding.Fix{Message: "change the condition " + s.Match.String()},
				})
				break
			}
			if holds {
				looks[e] = looks[e].under(s)
			}
		}
	}
	return looks, problems
}

// under is the look with what a style changes of it.
func (l look) under(s *arch.Style) look {
	if s.Shape != "" {
		l.shape = s.Shape
	}
	if s.Color != "" {
		l.color = s.Color
	}
	return l
}
