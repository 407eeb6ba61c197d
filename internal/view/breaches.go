package view

import (
	"cmp"
	"slices"
	"strings"

	"github.com/asbuilt/asbuilt/pkg/arch"
	"github.com/asbuilt/asbuilt/pkg/finding"
	"github.com/asbuilt/asbuilt/pkg/reflexion"
)

// pair is two packages behind a use, with the rules that it breaks.
type pair struct {
	from, to string   // ids
	way      []string // what stands between them, where it is no direct use
	rules    []string
}

// breach is a finding of a rule about what an arrow does.
type breach struct {
	rule             string // the declared rule, or the built-in one
	subject, between finding.Pair
	accepted         bool
	way              []string // of a denied way, from end to end
}

// verdicts are the findings that say no more than the verdict of an arrow, or remark on it.
var verdicts = []string{"code/undeclared", "code/absent", "code/test-only", "code/variant", "code/planned", "service/weak"}

// breachesOf lists, by the elements at both ends, what breaks a rule. Notes do not.
func breachesOf(findings []finding.Finding) map[finding.Pair][]breach {
	out := map[finding.Pair][]breach{}
	for i := range findings {
		f := &findings[i]
		if f.Between == nil || f.Severity == finding.Note || slices.Contains(verdicts, f.Rule) {
			continue
		}
		out[*f.Between] = append(out[*f.Between], breach{
			rule: cmp.Or(f.By, f.Rule), between: *f.Between, accepted: !f.Active(), way: f.Way,
			subject: finding.Pair{From: f.Subject.From, To: f.Subject.To},
		})
	}
	return out
}

// breaks makes a use worse that breaks rules: it diverges from what was agreed, unless all of that is accepted.
func (u *use) breaks(broken []breach, a reflexion.Arrow) {
	active := slices.DeleteFunc(slices.Clone(broken), func(b breach) bool { return b.accepted })
	switch {
	case len(active) > 0:
		if u.verdict != reflexion.Divergence {
			u.pairs = nil
		}
		u.verdict, broken = reflexion.Divergence, active
	case len(broken) > 0 && quiet(u.verdict):
		u.verdict = reflexion.Waived
	case u.verdict != reflexion.Waived:
		return
	}
	for _, b := range broken {
		for _, p := range b.pairs(a) {
			p.rules = []string{b.rule}
			u.pairs.add(p)
		}
	}
}

// pairs are the packages that a breach is about: those that it names, else all behind the arrow, else nothing but the
// elements that declare it.
func (b breach) pairs(a reflexion.Arrow) []pair {
	if n := len(b.way); n > 2 {
		return []pair{{from: b.way[0], to: b.way[n-1], way: b.way[1 : n-1]}}
	}
	if isNode(b.subject.From) && isNode(b.subject.To) {
		return []pair{{from: b.subject.From, to: b.subject.To}}
	}
	if seen := codePairs(a.Imports); len(seen) > 0 {
		return seen
	}
	return []pair{{from: b.between.From, to: b.between.To}}
}

// isNode tells the id of a node from the address of an element.
func isNode(id string) bool { return strings.Contains(id, ":") }

// pairs holds each pair of packages once.
type pairs []pair

func (all *pairs) add(p pair) {
	i := slices.IndexFunc(*all, func(x pair) bool { return x.from == p.from && x.to == p.to && slices.Equal(x.way, p.way) })
	if i < 0 {
		*all = append(*all, p)
		return
	}
	rules := slices.Concat((*all)[i].rules, p.rules)
	slices.Sort(rules)
	(*all)[i].rules = slices.Compact(rules)
}

// waysOf lists the denied ways between elements of which neither uses the other: no arrow shows them.
func waysOf(m *arch.Model, broken map[finding.Pair][]breach, arrows []reflexion.Arrow) []use {
	for _, a := range arrows {
		delete(broken, finding.Pair{From: a.From, To: a.To})
	}
	var out []use
	for between, all := range broken {
		u := use{from: m.Element(between.From), to: m.Element(between.To), verdict: reflexion.Convergence, reaches: true}
		ways := slices.DeleteFunc(slices.Clone(all), func(b breach) bool { return len(b.way) == 0 })
		if u.from == nil || u.to == nil || len(ways) == 0 {
			continue
		}
		u.breaks(ways, reflexion.Arrow{})
		out = append(out, u)
	}
	slices.SortFunc(out, func(a, b use) int {
		return cmp.Or(strings.Compare(a.from.Address, b.from.Address), strings.Compare(a.to.Address, b.to.Address))
	})
	return out
}
