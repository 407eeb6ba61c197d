package workspace

import (
	"slices"

	"github.com/asbuilt/asbuilt/internal/answer"
	"github.com/asbuilt/asbuilt/internal/check"
	"github.com/asbuilt/asbuilt/internal/compare"
	"github.com/asbuilt/asbuilt/internal/prove"
	"github.com/asbuilt/asbuilt/pkg/arch"
	"github.com/asbuilt/asbuilt/pkg/evidence"
	"github.com/asbuilt/asbuilt/pkg/finding"
)

// Prove puts violations into evidence and model, in memory, and says which the check finds.
func (s *Snapshot) Prove() ([]prove.Proof, []finding.Finding, error) {
	in, err := s.brief()
	if err != nil {
		return nil, nil, err
	}
	judge := func(m *arch.Model, graphs []evidence.Graph) ([]finding.Finding, error) {
		again := in
		again.Model, again.Graph = m, evidence.Merge(graphs...)
		again.Result = compare.Reflexion(m, graphs...)
		return check.Drift(again), nil
	}
	proofs, err := prove.Run(prove.Input{Model: s.model, Graphs: s.judged, Owners: in.Result.Owners}, judge)
	return proofs, check.Weighed(s.model, prove.Findings(proofs)), err
}

// question is what there is to ask of the compared architecture.
func (s *Snapshot) question() (answer.Input, error) {
	result, err := s.Reflexion()
	return answer.Input{Model: s.model, Graph: evidence.Merge(s.judged...), Result: result}, err
}

// Why says whether and how one element or package uses another.
func (s *Snapshot) Why(from, to string) (answer.Why, error) {
	in, err := s.question()
	if err != nil {
		return answer.Why{}, err
	}
	a, err := answer.Find(in, from)
	if err != nil {
		return answer.Why{}, err
	}
	b, err := answer.Find(in, to)
	if err != nil {
		return answer.Why{}, err
	}
	brief, err := s.brief()
	if err != nil {
		return answer.Why{}, err
	}
	in.Broken = check.Broken(brief)
	return answer.Explain(in, a, b), nil
}

// Stats counts how the architecture is built.
func (s *Snapshot) Stats() (answer.Stats, error) {
	in, err := s.question()
	if err != nil {
		return answer.Stats{}, err
	}
	return answer.Measure(in), nil
}

// What the answers are made of, for the doors.
type (
	Proof = prove.Proof
	Why   = answer.Why
	Hop   = answer.Hop
	Stats = answer.Stats
	Part  = answer.Part
)

// ByFloor orders parts from the top floor down.
func ByFloor(parts []Part) []Part { return slices.SortedFunc(slices.Values(parts), answer.ByFloor) }
