package policy_test

import (
	"fmt"
	"maps"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/asbuilt/asbuilt/internal/baseline"
	"github.com/asbuilt/asbuilt/internal/policy"
	"github.com/asbuilt/asbuilt/pkg/arch"
	"github.com/asbuilt/asbuilt/pkg/finding"
	"github.com/asbuilt/asbuilt/pkg/source"
)

// state is a whole policy as a value: an edit of a copy leaves the original as it is.
type state struct {
	model    arch.Model
	accepted []baseline.Entry
}

var addresses = []string{"component.a", "component.b", "component.c", "component.d", "component.e"}

func patterns(texts ...string) []arch.Pattern {
	var out []arch.Pattern
	for _, t := range texts {
		out = append(out, arch.Pattern{Text: t})
	}
	return out
}

func set(names ...string) *arch.Set { return &arch.Set{Elements: names, Text: fmt.Sprint(names)} }

// plain is a policy with one of everything.
func plain() state {
	at := source.At("m.arch.hcl", 1)
	m := arch.Model{
		Architecture: arch.Architecture{
			Name: "m", Strict: true, Edges: arch.EdgesDeclared, Severity: map[string]string{"map/unassigned": "error", "code/variant": "warning"}, At: at,
		},
		Teams:     []*arch.Team{{Address: "team.t", Name: "t"}},
		Observers: []*arch.Observer{{Kind: "go", Roots: patterns("./..."), Exclude: patterns("gen/..."), Tests: "enforce", At: at}},
		Kinds:     []*arch.Kind{{Name: "store", Of: "component", Requires: patterns("owner"), MayUse: patterns("store"), Restricts: true, At: at}},
		Waivers: []*arch.Waiver{
			{Name: "w", Rule: "code/undeclared", From: "component.a", To: "component.b", Owner: "team.t", Reason: "r", Expires: "2027-01-31", At: at},
		},
		Baseline: &arch.Baseline{File: "asbuilt.baseline", At: at},
		Rules: []*arch.Rule{
			{Name: "layers", Kind: arch.RuleLayers, Closed: true, Layers: []arch.Set{*set("component.a"), *set("component.b", "component.c"), *set("component.d")}, At: at},
			{Name: "acyclic", Kind: arch.RuleAcyclic, Members: set("component.a", "component.b", "component.c"), At: at},
			{Name: "apart", Kind: arch.RuleIndependent, Members: set("component.b", "component.c", "component.e"), Via: []arch.EdgeKind{arch.EdgeCall, arch.EdgeImport}, At: at},
			{Name: "deny", Kind: arch.RuleDeny, Severity: "error", At: at, Denials: []arch.Denial{
				{From: set("component.a", "component.b"), To: set("component.d", "component.e"), Except: set("component.e"), Transitive: true, At: at},
				{Imports: patterns("net/http", "os/..."), At: at},
			}},
			{Name: "few", Kind: arch.RuleOnly, Only: set("component.a", "component.b"), MayUse: set("component.d"), At: at},
		},
	}
	for i, address := range addresses {
		e := &arch.Element{Address: address, Type: "component", Name: address[10:], Owner: "team.t", At: source.At("m.arch.hcl", 10+i)}
		e.Code = &arch.Code{Go: patterns("./" + e.Name + "/...")}
		e.Code.Exposes, e.Code.Modules = &arch.Patterns{List: patterns("./" + e.Name + "/api")}, &arch.Patterns{List: patterns("example.com/x")}
		m.Elements = append(m.Elements, e)
	}
	m.Elements[3].Kind, m.Elements[4].Status = "store", arch.StatusDeprecated
	return state{model: m, accepted: []baseline.Entry{{Rule: "code/undeclared", Subject: finding.Subject{From: "go:m/a", To: "go:m/c"}}}}
}

func pointers[T any](in []*T) []*T {
	out := slices.Clone(in)
	for i := range out {
		copied := *out[i]
		out[i] = &copied
	}
	return out
}

func sets(s *arch.Set) *arch.Set {
	if s == nil {
		return nil
	}
	copied := *s
	copied.Elements = slices.Clone(s.Elements)
	return &copied
}

func (s state) clone() state {
	m := s.model
	m.Architecture.Severity = maps.Clone(m.Architecture.Severity)
	m.Observers, m.Kinds, m.Waivers, m.Rules, m.Elements = pointers(m.Observers), pointers(m.Kinds), pointers(m.Waivers), pointers(m.Rules), pointers(m.Elements)
	if m.Baseline != nil {
		copied := *m.Baseline
		m.Baseline = &copied
	}
	for _, r := range m.Rules {
		r.Members, r.Only, r.MayUse = sets(r.Members), sets(r.Only), sets(r.MayUse)
		r.Layers, r.Denials, r.Via = slices.Clone(r.Layers), slices.Clone(r.Denials), slices.Clone(r.Via)
		for i := range r.Layers {
			r.Layers[i] = *sets(&r.Layers[i])
		}
		for i := range r.Denials {
			d := &r.Denials[i]
			d.From, d.To, d.Except, d.Imports = sets(d.From), sets(d.To), sets(d.Except), slices.Clone(d.Imports)
		}
	}
	for _, e := range m.Elements {
		code := *e.Code
		e.Code = &code
	}
	for _, o := range m.Observers {
		o.Exclude, o.Roots = slices.Clone(o.Exclude), slices.Clone(o.Roots)
	}
	return state{m, slices.Clone(s.accepted)}
}

// weakened says which settings of an old policy a new one loosens, and requires that each says so in full.
func weakened(t require.TestingT, old, now state) []string {
	before, after := arch.New(old.clone().model), arch.New(now.clone().model)
	var out []string
	for _, f := range policy.Weakened(policy.Input{
		Ref: "main", Old: before, New: after, Rules: before.Rules,
		Accepted: policy.Accepted{Old: old.accepted, New: now.accepted},
	}) {
		require.Contains(t, []string{"gate/weakened", "baseline/grown"}, f.Rule)
		require.NotEmpty(t, f.Message)
		require.NotNil(t, f.Fix)
		require.False(t, f.At.IsZero(), "%s has no place", f.Message)
		out = append(out, f.Subject.Element+" "+f.Subject.Path)
	}
	return out
}

func first(int) int { return 0 }

func TestEveryLooseningIsSaidByItself(t *testing.T) {
	for _, e := range loosenings() {
		t.Run(e.name, func(t *testing.T) {
			now := plain().clone()
			require.True(t, e.do(&now, first))
			require.NotEmpty(t, weakened(t, plain(), now))
		})
	}
}

func TestTighteningIsSilent(t *testing.T) {
	for _, e := range tightenings() {
		t.Run(e.name, func(t *testing.T) {
			now := plain().clone()
			require.True(t, e.do(&now, first))
			require.Empty(t, weakened(t, plain(), now))
		})
	}
}

// drawn is a policy somewhere between strict and loose.
func drawn(t *rapid.T, label string) state {
	s := plain().clone()
	for _, e := range rapid.SliceOfN(rapid.SampledFrom(append(loosenings(), tightenings()...)), 0, 4).Draw(t, label) {
		e.do(&s, func(n int) int { return rapid.IntRange(0, n-1).Draw(t, e.name) })
	}
	return s
}

func TestAPolicyIsNotWeakerThanItself(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := drawn(t, "policy")
		require.Empty(t, weakened(t, s, s))
	})
}

func TestAnyTighteningOfAnyPolicyIsSilent(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		old := drawn(t, "policy")
		now := old.clone()
		for _, e := range rapid.SliceOfN(rapid.SampledFrom(tightenings()), 1, 5).Draw(t, "tighter") {
			e.do(&now, func(n int) int { return rapid.IntRange(0, n-1).Draw(t, e.name) })
		}
		require.Empty(t, weakened(t, old, now))
	})
}

// TestALooseningOfAnyStricterPolicyIsSaid: whatever stands in the policy besides.
func TestALooseningOfAnyStricterPolicyIsSaid(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		pick := func(n int) int { return rapid.IntRange(0, n-1).Draw(t, "pick") }
		old := plain().clone()
		for _, e := range rapid.SliceOfN(rapid.SampledFrom(tightenings()), 0, 5).Draw(t, "stricter") {
			e.do(&old, pick)
		}
		now := old.clone()
		if e := rapid.SampledFrom(loosenings()).Draw(t, "looser"); e.do(&now, pick) {
			require.NotEmpty(t, weakened(t, old, now), e.name)
		}
	})
}
