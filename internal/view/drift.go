package view

import (
	"slices"

	"github.com/asbuilt/asbuilt/pkg/arch"
	"github.com/asbuilt/asbuilt/pkg/diagram"
	"github.com/asbuilt/asbuilt/pkg/finding"
)

// drift draws what the check found and nothing else. Where it found nothing, the picture says so over what it is of:
// that is good news, not an empty view.
func drift(in Input) (*stage, []finding.Finding) {
	m, of := in.Model, in.View.Of
	st := &stage{model: m, natural: set{}}
	st.uses = slices.DeleteFunc(usesOf(in), func(u use) bool {
		about := of == "" || m.Within(u.from.Address, of) || m.Within(u.to.Address, of)
		return quiet(u.verdict) || !about
	})
	for _, u := range st.uses {
		st.natural.add(u.from, u.to)
	}
	if len(st.uses) > 0 {
		return st, nil
	}
	st.whole = true
	st.natural.add(m.Element(of))
	if of == "" {
		st.natural = opened(m, kindLandscape)
	}
	st.remark = func(d *diagram.Diagram, _ []*arch.Element) {
		if d.Description == "" {
			d.Description = "Nothing has drifted: what is declared is what is built."
		}
	}
	return st, nil
}
