package policy_test

import (
	"fmt"
	"slices"

	"github.com/asbuilt/asbuilt/internal/baseline"
	"github.com/asbuilt/asbuilt/pkg/arch"
	"github.com/asbuilt/asbuilt/pkg/finding"
	"github.com/asbuilt/asbuilt/pkg/source"
)

// edit is a change of a policy. It reports false where there is nothing to change.
type edit struct {
	name string
	do   func(s *state, pick func(int) int) bool
}

func (s *state) rule(kind arch.RuleKind) *arch.Rule {
	for _, r := range s.model.Rules {
		if r.Kind == kind {
			return r
		}
	}
	return nil
}

// about makes an edit of the rule of a kind.
func about(kind arch.RuleKind, do func(r *arch.Rule, pick func(int) int) bool) func(*state, func(int) int) bool {
	return func(s *state, pick func(int) int) bool {
		r := s.rule(kind)
		return r != nil && do(r, pick)
	}
}

// reading makes an edit of the first observer, kinded of the first kind.
func reading(do func(o *arch.Observer, pick func(int) int)) func(*state, func(int) int) bool {
	return func(s *state, pick func(int) int) bool {
		if len(s.model.Observers) > 0 {
			do(s.model.Observers[0], pick)
		}
		return len(s.model.Observers) > 0
	}
}

func kinded(do func(k *arch.Kind)) func(*state, func(int) int) bool {
	return func(s *state, _ func(int) int) bool {
		if len(s.model.Kinds) > 0 {
			do(s.model.Kinds[0])
		}
		return len(s.model.Kinds) > 0
	}
}

// drop takes one name out of a set that has more than one.
func drop(s *arch.Set, pick func(int) int) bool {
	if s == nil || len(s.Elements) < 2 {
		return false
	}
	i := pick(len(s.Elements))
	s.Elements = slices.Delete(s.Elements, i, i+1)
	return true
}

// enter puts one more name into a set.
func enter(s *arch.Set, pick func(int) int) bool {
	if s == nil {
		return false
	}
	rest := slices.DeleteFunc(slices.Clone(addresses), func(a string) bool { return slices.Contains(s.Elements, a) })
	if len(rest) == 0 {
		return false
	}
	s.Elements = append(s.Elements, rest[pick(len(rest))])
	slices.Sort(s.Elements)
	return true
}

func loosenings() []edit {
	return []edit{
		{"a rule is gone", func(s *state, pick func(int) int) bool {
			if len(s.model.Rules) == 0 {
				return false
			}
			i := pick(len(s.model.Rules))
			s.model.Rules = slices.Delete(s.model.Rules, i, i+1)
			return true
		}},
		{"a rule weighs less", func(s *state, pick func(int) int) bool {
			if len(s.model.Rules) == 0 {
				return false
			}
			s.model.Rules[pick(len(s.model.Rules))].Severity = "note"
			return true
		}},
		{"a rule means fewer kinds of edge", about(arch.RuleIndependent, func(r *arch.Rule, pick func(int) int) bool {
			if len(r.Via) < 2 {
				return false
			}
			i := pick(len(r.Via))
			r.Via = slices.Delete(r.Via, i, i+1)
			return true
		})},
		{"layers change places", about(arch.RuleLayers, func(r *arch.Rule, pick func(int) int) bool {
			if len(r.Layers) < 2 {
				return false
			}
			i := pick(len(r.Layers) - 1)
			r.Layers[i], r.Layers[i+1] = r.Layers[i+1], r.Layers[i]
			return true
		})},
		{"a layer is gone", about(arch.RuleLayers, func(r *arch.Rule, pick func(int) int) bool {
			if len(r.Layers) < 2 {
				return false
			}
			i := pick(len(r.Layers))
			r.Layers = slices.Delete(r.Layers, i, i+1)
			return true
		})},
		{"two layers are one", about(arch.RuleLayers, func(r *arch.Rule, pick func(int) int) bool {
			if len(r.Layers) < 2 {
				return false
			}
			i := pick(len(r.Layers) - 1)
			r.Layers[i].Elements = append(r.Layers[i].Elements, r.Layers[i+1].Elements...)
			r.Layers = slices.Delete(r.Layers, i+1, i+2)
			return true
		})},
		{"layers may be skipped", about(arch.RuleLayers, func(r *arch.Rule, _ func(int) int) bool {
			was := r.Closed
			r.Closed = false
			return was
		})},
		{"a member of a circle is free", about(arch.RuleAcyclic, func(r *arch.Rule, pick func(int) int) bool { return drop(r.Members, pick) })},
		{"a member may be used", about(arch.RuleIndependent, func(r *arch.Rule, pick func(int) int) bool { return drop(r.Members, pick) })},
		{"one is denied nothing", about(arch.RuleDeny, func(r *arch.Rule, pick func(int) int) bool { return drop(r.Denials[0].From, pick) })},
		{"one may be used again", about(arch.RuleDeny, func(r *arch.Rule, pick func(int) int) bool { return drop(r.Denials[0].To, pick) })},
		{"one is excepted", about(arch.RuleDeny, func(r *arch.Rule, pick func(int) int) bool { return enter(r.Denials[0].Except, pick) })},
		{"direct uses alone are denied", about(arch.RuleDeny, func(r *arch.Rule, _ func(int) int) bool {
			was := r.Denials[0].Transitive
			r.Denials[0].Transitive = false
			return was
		})},
		{"a package may be imported", about(arch.RuleDeny, func(r *arch.Rule, pick func(int) int) bool {
			list := r.Denials[1].Imports
			if len(list) == 0 {
				return false
			}
			i := pick(len(list))
			r.Denials[1].Imports = slices.Delete(list, i, i+1)
			return true
		})},
		{"fewer packages are meant", about(arch.RuleDeny, func(r *arch.Rule, _ func(int) int) bool {
			i := slices.IndexFunc(r.Denials[1].Imports, func(p arch.Pattern) bool { return p.Text == "os/..." })
			if i < 0 {
				return false
			}
			r.Denials[1].Imports[i].Text = "os"
			return true
		})},
		{"one more may use it", about(arch.RuleOnly, func(r *arch.Rule, pick func(int) int) bool { return enter(r.Only, pick) })},
		{"nothing is kept to few", about(arch.RuleOnly, func(r *arch.Rule, _ func(int) int) bool { r.MayUse.Elements = nil; return true })},
		{"edges are free", func(s *state, _ func(int) int) bool {
			was := s.model.Architecture.Edges
			s.model.Architecture.Edges = arch.EdgesOpen
			return was != arch.EdgesOpen
		}},
		{"what nobody owns passes", func(s *state, _ func(int) int) bool {
			was := s.model.Architecture.Strict
			s.model.Architecture.Strict = false
			delete(s.model.Architecture.Severity, "map/unassigned")
			return was
		}},
		{"a built-in rule weighs less", func(s *state, pick func(int) int) bool {
			ids := []string{"code/undeclared", "code/absent", "gate/vacuous", "map/empty", "code/cycle"}
			s.model.Architecture.Severity[ids[pick(len(ids))]] = "note"
			return true
		}},
		{"tests count less", reading(func(o *arch.Observer, _ func(int) int) { o.Tests = "label" })},
		{"less is read", reading(func(o *arch.Observer, _ func(int) int) { o.Roots = patterns("./a/...") })},
		{"more is left out", reading(func(o *arch.Observer, pick func(int) int) {
			o.Exclude = append(o.Exclude, patterns([]string{"a/...", "b/x", "..."}[pick(3)])...)
		})},
		{"nothing is read", func(s *state, _ func(int) int) bool { s.model.Observers = nil; return true }},
		{"a kind demands less", kinded(func(k *arch.Kind) { k.Requires = nil })},
		{"a kind may use more", kinded(func(k *arch.Kind) { k.MayUse = patterns("store", "component") })},
		{"a kind is gone", func(s *state, _ func(int) int) bool {
			s.model.Kinds, s.model.Elements[3].Kind = nil, ""
			return true
		}},
		{"one more waiver", func(s *state, pick func(int) int) bool {
			s.model.Waivers = append(s.model.Waivers, &arch.Waiver{Name: "x", Rule: "code/absent", Element: addresses[pick(5)], At: source.At("m.arch.hcl", 2)})
			return true
		}},
		{"a waiver holds longer", func(s *state, pick func(int) int) bool {
			if len(s.model.Waivers) == 0 {
				return false
			}
			s.model.Waivers[0].Expires = []string{"2027-02-01", ""}[pick(2)]
			return true
		}},
		{"a waiver accepts more", func(s *state, pick func(int) int) bool {
			if len(s.model.Waivers) == 0 {
				return false
			}
			*[]*string{&s.model.Waivers[0].From, &s.model.Waivers[0].To}[pick(2)] = ""
			return true
		}},
		{"the baseline accepts more", func(s *state, pick func(int) int) bool {
			if s.model.Baseline == nil {
				return false
			}
			s.accepted = append(s.accepted, baseline.Entry{
				Rule: "code/undeclared", Subject: finding.Subject{From: "go:m/z", To: fmt.Sprint("go:m/", pick(9))}, At: source.At("asbuilt.baseline", 3),
			})
			return true
		}},
		{"one is a library", func(s *state, pick func(int) int) bool { s.model.Elements[pick(5)].Shared = true; return true }},
		{"one is a root", func(s *state, pick func(int) int) bool { s.model.Elements[pick(5)].Root = true; return true }},
		{"one exposes everything", func(s *state, pick func(int) int) bool { s.model.Elements[pick(5)].Code.Exposes = nil; return true }},
		{"one exposes more", func(s *state, pick func(int) int) bool {
			s.model.Elements[pick(5)].Code.Exposes = &arch.Patterns{List: patterns("./x")}
			return true
		}},
		{"one may import any module", func(s *state, pick func(int) int) bool { s.model.Elements[pick(5)].Code.Modules = nil; return true }},
		{"packages count as tests", func(s *state, pick func(int) int) bool {
			s.model.Elements[pick(5)].Code.TestSupport = patterns("./y")
			return true
		}},
		{"one is not deprecated any more", func(s *state, _ func(int) int) bool { s.model.Elements[4].Status = ""; return true }},
	}
}

func tightenings() []edit {
	return []edit{
		{"one more rule", func(s *state, pick func(int) int) bool {
			s.model.Rules = append(s.model.Rules, &arch.Rule{Name: fmt.Sprint("more", len(s.model.Rules)), Kind: arch.RuleAcyclic, Members: set(addresses[:2+pick(3)]...)})
			return true
		}},
		{"a rule weighs more", about(arch.RuleOnly, func(r *arch.Rule, _ func(int) int) bool { r.Severity = "error"; return true })},
		{"a rule means every kind of edge", about(arch.RuleDeny, func(r *arch.Rule, _ func(int) int) bool { r.Via = nil; return true })},
		{"a reason is given", about(arch.RuleLayers, func(r *arch.Rule, _ func(int) int) bool { r.Because = "of experience"; return true })},
		{"no layer may be skipped", about(arch.RuleLayers, func(r *arch.Rule, _ func(int) int) bool { r.Closed = true; return true })},
		{"one more layer", about(arch.RuleLayers, func(r *arch.Rule, _ func(int) int) bool {
			if slices.ContainsFunc(r.Layers, func(s arch.Set) bool { return slices.Contains(s.Elements, "component.e") }) {
				return false
			}
			r.Layers = append(r.Layers, *set("component.e"))
			return true
		})},
		{"one more in a circle", about(arch.RuleAcyclic, func(r *arch.Rule, pick func(int) int) bool { return enter(r.Members, pick) })},
		{"one more kept apart", about(arch.RuleIndependent, func(r *arch.Rule, pick func(int) int) bool { return enter(r.Members, pick) })},
		{"more is denied", about(arch.RuleDeny, func(r *arch.Rule, pick func(int) int) bool {
			return enter(r.Denials[0].From, pick) || enter(r.Denials[0].To, pick)
		})},
		{"nothing is excepted", about(arch.RuleDeny, func(r *arch.Rule, _ func(int) int) bool { r.Denials[0].Except = nil; return true })},
		{"more packages are denied", about(arch.RuleDeny, func(r *arch.Rule, _ func(int) int) bool {
			r.Denials[1].Imports = append(r.Denials[1].Imports, patterns("unsafe")...)
			return true
		})},
		{"a denial more", about(arch.RuleDeny, func(r *arch.Rule, _ func(int) int) bool {
			r.Denials = append(r.Denials, arch.Denial{Imports: patterns("plugin")})
			return true
		})},
		{"fewer may use it", about(arch.RuleOnly, func(r *arch.Rule, pick func(int) int) bool { return drop(r.Only, pick) })},
		{"more is kept to few", about(arch.RuleOnly, func(r *arch.Rule, pick func(int) int) bool { return enter(r.MayUse, pick) })},
		{"strict", func(s *state, _ func(int) int) bool { s.model.Architecture.Strict = true; return true }},
		{"declared edges", func(s *state, _ func(int) int) bool {
			s.model.Architecture.Edges = arch.EdgesDeclared
			return true
		}},
		{"a built-in rule weighs more", func(s *state, pick func(int) int) bool {
			s.model.Architecture.Severity[[]string{"code/variant", "code/test-only", "code/module-unused"}[pick(3)]] = "error"
			return true
		}},
		{"a waiver ends earlier", func(s *state, _ func(int) int) bool {
			if len(s.model.Waivers) == 0 {
				return false
			}
			s.model.Waivers[0].Expires = "2026-01-01"
			return true
		}},
		{"a waiver accepts less", func(s *state, _ func(int) int) bool {
			if len(s.model.Waivers) == 0 {
				return false
			}
			s.model.Waivers[0].Path = "a/x"
			return true
		}},
		{"no waiver", func(s *state, _ func(int) int) bool { s.model.Waivers = nil; return true }},
		{"the baseline shrinks", func(s *state, _ func(int) int) bool { s.accepted = nil; return true }},
		{"no baseline", func(s *state, _ func(int) int) bool { s.model.Baseline, s.accepted = nil, nil; return true }},
		{"everything is read", reading(func(o *arch.Observer, _ func(int) int) { o.Exclude = nil })},
		{"tests count", reading(func(o *arch.Observer, _ func(int) int) { o.Tests = "enforce" })},
		{"a kind demands more", kinded(func(k *arch.Kind) { k.Requires = patterns("owner", "title") })},
		{"one exposes nothing", func(s *state, pick func(int) int) bool {
			s.model.Elements[pick(5)].Code.Exposes = &arch.Patterns{}
			return true
		}},
		{"one may import no module", func(s *state, pick func(int) int) bool {
			s.model.Elements[pick(5)].Code.Modules = &arch.Patterns{}
			return true
		}},
		{"one more is deprecated", func(s *state, pick func(int) int) bool {
			s.model.Elements[pick(5)].Status = arch.StatusDeprecated
			return true
		}},
		{"one more element", func(s *state, _ func(int) int) bool {
			if len(s.model.Elements) > 5 {
				return false
			}
			s.model.Elements = append(s.model.Elements, &arch.Element{Address: "component.z", Type: "component", Name: "z", Code: &arch.Code{}})
			return true
		}},
		{"one more edge", func(s *state, pick func(int) int) bool {
			s.model.Edges = append(slices.Clone(s.model.Edges), &arch.Edge{From: "component.a", To: addresses[1+pick(4)]})
			return true
		}},
	}
}
