package check

import (
	"fmt"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/asbuilt/asbuilt/internal/compare"
	"github.com/asbuilt/asbuilt/pkg/arch"
	"github.com/asbuilt/asbuilt/pkg/evidence"
	"github.com/asbuilt/asbuilt/pkg/finding"
)

// drawWorld is a model of elements of all types, some inside others, without edges and code.
func drawWorld(t *rapid.T) arch.Model {
	var m arch.Model
	types := []string{arch.TypePerson, arch.TypeSystem, arch.TypeComponent, arch.TypeAPI, arch.TypeDatastore, arch.TypeQueue, arch.TypeExternal}
	for i := range rapid.IntRange(2, 6).Draw(t, "elements") {
		e := &arch.Element{Type: rapid.SampledFrom(types).Draw(t, "type"), Name: fmt.Sprintf("e%d", i)}
		e.Address = e.Type + "." + e.Name
		if inside := rapid.IntRange(-1, i-1).Draw(t, "in"); inside >= 0 {
			around := m.Elements[inside]
			switch {
			case e.Type == arch.TypePerson || e.Type == arch.TypeExternal:
			case around.Type == arch.TypeSystem, around.Type == arch.TypeComponent && e.Type != arch.TypeSystem:
				e.Parent = around.Address
			}
		}
		m.Elements = append(m.Elements, e)
	}
	return m
}

func drawSet(t *rapid.T, m arch.Model, name string) *arch.Set {
	s := &arch.Set{Text: name}
	for _, e := range m.Elements {
		if rapid.Bool().Draw(t, name) {
			s.Elements = append(s.Elements, e.Address)
		}
	}
	if len(s.Elements) == 0 {
		s.Elements = []string{rapid.SampledFrom(m.Elements).Draw(t, name).Address}
	}
	return s
}

func drawRule(t *rapid.T, m arch.Model) *arch.Rule {
	kinds := []arch.RuleKind{arch.RuleLayers, arch.RuleAcyclic, arch.RuleIndependent, arch.RuleDeny, arch.RuleOnly}
	r := &arch.Rule{Name: "r", Kind: rapid.SampledFrom(kinds).Draw(t, "kind")}
	if k := rapid.SampledFrom(uses).Draw(t, "via"); k != arch.EdgePlain {
		r.Via = []arch.EdgeKind{k}
	}
	switch r.Kind {
	case arch.RuleLayers:
		layers := make([]arch.Set, 3)
		for _, e := range m.Elements {
			if n := rapid.IntRange(-1, 2).Draw(t, "layer"); n >= 0 {
				layers[n].Elements = append(layers[n].Elements, e.Address)
			}
		}
		r.Layers = slices.DeleteFunc(layers, func(s arch.Set) bool { return len(s.Elements) == 0 })
		r.Closed = len(r.Layers) > 2 && rapid.Bool().Draw(t, "closed")
	case arch.RuleAcyclic, arch.RuleIndependent:
		r.Members = drawSet(t, m, "members")
	case arch.RuleDeny:
		r.Denials = []arch.Denial{{From: drawSet(t, m, "from"), To: drawSet(t, m, "to"), Transitive: rapid.Bool().Draw(t, "transitive")}}
	case arch.RuleOnly:
		r.Only, r.MayUse = drawSet(t, m, "only"), drawSet(t, m, "may_use")
	}
	return r
}

var uses = []arch.EdgeKind{arch.EdgePlain, arch.EdgeImport, arch.EdgeCall, arch.EdgeEvent, arch.EdgeData}

// declareAll adds every edge that the language lets anybody declare.
func declareAll(m arch.Model) arch.Model {
	whole := arch.New(m)
	for _, from := range m.Elements {
		for _, to := range m.Elements {
			if from == to || from.Type == arch.TypeAPI || to.Type == arch.TypePerson || whole.Related(from.Address, to.Address) {
				continue
			}
			kinds := []arch.EdgeKind{arch.NaturalKind(to.Address)}
			if kinds[0] == arch.EdgePlain {
				kinds = uses
			}
			for _, k := range kinds {
				m.Edges = append(m.Edges, &arch.Edge{From: from.Address, To: to.Address, Kind: k})
			}
		}
	}
	return m
}

// TestVacuousIsWhatNothingCanBreak declares everything that can be declared: a rule finds something in it, or it was
// called vacuous before.
func TestVacuousIsWhatNothingCanBreak(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := drawWorld(t)
		m.Rules = []*arch.Rule{drawRule(t, m)}
		said := func(m arch.Model, ids func(f finding.Finding) bool) bool {
			model, g := arch.New(m), evidence.Graph{Kinds: []string{evidence.KindImport}}
			found := Findings(Input{Model: model, Graph: g, Result: compare.Reflexion(model, g), Name: func(dir string) string { return dir }})
			return slices.ContainsFunc(found, ids)
		}
		vacuous := said(m, func(f finding.Finding) bool { return f.Rule == "gate/vacuous" && f.Subject.Path != "via" })
		broken := said(declareAll(m), func(f finding.Finding) bool { return f.By == "rule.r" })
		require.Equal(t, !vacuous, broken, "%+v", m.Rules[0])
	})
}
