package view

import (
	"github.com/asbuilt/asbuilt/pkg/arch"
	"github.com/asbuilt/asbuilt/pkg/diagram"
	"github.com/asbuilt/asbuilt/pkg/finding"
)

// stage is what a view draws from. For most kinds it is the model as it is; a few put what they draw into a model of
// their own, in which it stands inside of what is around it in the picture: instances in nodes, parts in teams.
type stage struct {
	model   *arch.Model
	uses    []use
	natural set // what is drawn when the view does not say
	// stands are what an element of the real model is drawn as, by its address: its instances, its packages.
	stands map[string][]*arch.Element
	// reals are the elements that stand-ins stand for; nil for what is no element, such as a team.
	reals map[*arch.Element]*arch.Element
	// admits says what may be drawn at all; nil: everything.
	admits func(*arch.Element) bool
	edges  map[edgeKey]said // what the view says of edges
	// whole keeps the libraries and composition roots that no arrow touches.
	whole bool
	// remark adds what only this kind of view says.
	remark func(d *diagram.Diagram, cards []*arch.Element)
}

// setting makes the stage of one kind of view.
type setting func(in Input) (*stage, []finding.Finding)

// settings are the kinds of view that are more than a selection of the model.
var settings = map[string]setting{
	kindTeam: teams, kindDrift: drift, kindImpact: impact, kindDeployment: deployment, kindCode: code,
}

// newStage is the stage of a view.
func newStage(in Input) (*stage, []finding.Finding) {
	if set, ok := settings[in.View.Kind]; ok {
		return set(in)
	}
	uses := usesOf(in)
	return &stage{model: in.Model, uses: uses, natural: natural(in.Model, in.View, uses)}, nil
}

// at are the elements of addresses, or what stands for them.
func (st *stage) at(addresses []string) set {
	out := set{}
	for _, a := range addresses {
		if all := st.stands[a]; all != nil {
			out.add(all...)
		} else if e := st.model.Element(a); e != nil {
			out.add(e)
		}
	}
	return out
}

// real is the element of the real model that e is or stands for; nil for what is none.
func (st *stage) real(e *arch.Element) *arch.Element {
	if r, standIn := st.reals[e]; standIn {
		return r
	}
	return e
}

// ofProblem is a finding about what a view is of.
func ofProblem(v *arch.View, message, fix string) []finding.Finding {
	at := v.OfAt
	if at.File == "" {
		at = v.At
	}
	return []finding.Finding{problem(v, at, message, fix)}
}
