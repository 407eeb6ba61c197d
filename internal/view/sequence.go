package view

import (
	"slices"

	"github.com/asbuilt/asbuilt/pkg/arch"
	"github.com/asbuilt/asbuilt/pkg/diagram"
	"github.com/asbuilt/asbuilt/pkg/finding"
	"github.com/asbuilt/asbuilt/pkg/reflexion"
)

// sequence makes the diagram of a view with steps. A message that no declared edge allows is drawn as a divergence:
// what check says of it, the picture shows; as waived where that is accepted.
func sequence(in Input) (*diagram.Diagram, []finding.Finding) {
	s := &script{in: in, uses: arch.NewUses(in.Model), nodes: map[*arch.Element]int{}}
	for _, address := range in.View.Lifelines {
		s.lifeline(address)
	}
	arch.Walk(in.View.Steps, func(step *arch.Step) {
		s.lifeline(step.From)
		s.lifeline(step.To)
		for _, address := range step.Over {
			s.lifeline(address)
		}
	})
	if len(s.lifelines) == 0 {
		return nil, []finding.Finding{empty(in.View)}
	}
	w := dress(in, &stage{model: in.Model}, s.lifelines)
	s.wear = w
	d := blank(in)
	words := words{in.Model, in.Links}
	for _, e := range s.lifelines {
		n := words.node(e, w.looks[e])
		n.Group = -1
		d.Nodes = append(d.Nodes, n)
	}
	d.Steps = s.steps(in.View.Steps, d)
	if len(w.problems) > 0 {
		return nil, w.problems
	}
	w.finish(in, d)
	return d, nil
}

// script is a sequence while it is put into words.
type script struct {
	in        Input
	uses      *arch.Uses
	lifelines []*arch.Element
	nodes     map[*arch.Element]int
	wear      *wardrobe
}

// lifeline gives an element its place beside those that occurred before it.
func (s *script) lifeline(address string) {
	e := s.in.Model.Element(address)
	if _, known := s.nodes[e]; e == nil || known {
		return
	}
	s.nodes[e] = len(s.lifelines)
	s.lifelines = append(s.lifelines, e)
}

var stepKinds = map[arch.StepKind]diagram.StepKind{
	arch.StepMessage: diagram.StepMessage, arch.StepNote: diagram.StepNote,
	arch.StepAlt: diagram.StepAlt, arch.StepElse: diagram.StepElse, arch.StepOpt: diagram.StepOpt,
	arch.StepLoop: diagram.StepLoop, arch.StepPar: diagram.StepPar, arch.StepBranch: diagram.StepBranch,
}

func (s *script) steps(steps []*arch.Step, d *diagram.Diagram) []diagram.Step {
	var out []diagram.Step
	for _, step := range steps {
		made := diagram.Step{Kind: stepKinds[step.Kind], Edge: -1, Text: step.Text}
		switch step.Kind {
		case arch.StepMessage:
			made.Edge, made.Text = len(d.Edges), ""
			d.Edges = append(d.Edges, s.message(step))
		case arch.StepNote:
			for i, e := range s.lifelines {
				if slices.Contains(step.Over, e.Address) {
					made.Nodes = append(made.Nodes, i)
				}
			}
			if made.Nodes == nil {
				continue
			}
		default:
			made.Steps = s.steps(step.Steps, d)
		}
		out = append(out, made)
	}
	return out
}

func (s *script) message(step *arch.Step) diagram.Edge {
	m := s.in.Model
	e := diagram.Edge{
		From: s.nodes[m.Element(step.From)], To: s.nodes[m.Element(step.To)],
		Async: step.Async, Reply: step.Reply, Verdict: string(declared),
	}
	e.Look = s.wear.arrow(s.behind(step))
	if step.Text != "" {
		e.Labels = []string{step.Text}
	}
	if !s.uses.Allow(step) {
		e.Verdict = string(reflexion.Divergence)
		if s.accepted(step) {
			e.Verdict = string(reflexion.Waived)
		}
	}
	return e
}

// behind are the declared edges that a message follows, or, as a reply, answers: those between its ends, what is inside of
// them and what is around them.
func (s *script) behind(step *arch.Step) []arch.Subject {
	m, from, to := s.in.Model, step.From, step.To
	if step.Reply {
		from, to = to, from
	}
	if m.Related(from, to) {
		return nil
	}
	start := m.Element(from)
	users := slices.Concat([]*arch.Element{start}, m.Ancestors(start), m.Descendants(from))
	var out []arch.Subject
	for _, user := range users {
		for _, e := range m.EdgesFrom(user.Address) {
			if m.Related(e.To, to) && !m.Related(e.To, from) {
				out = append(out, arch.Subject{Edge: e, Verdict: string(declared)})
			}
		}
	}
	return out
}

// accepted reports whether a waiver or the baseline accepts that no edge allows a step.
func (s *script) accepted(step *arch.Step) bool {
	return slices.ContainsFunc(s.in.Findings, func(f finding.Finding) bool {
		about := finding.Subject{Element: "view." + s.in.View.Name, From: step.From, To: step.To}
		return f.Rule == "docs/step" && f.Subject == about && !f.Active()
	})
}
