package prove

import (
	"fmt"
	"slices"

	"github.com/asbuilt/asbuilt/pkg/arch"
	"github.com/asbuilt/asbuilt/pkg/evidence"
	"github.com/asbuilt/asbuilt/pkg/finding"
	"github.com/asbuilt/asbuilt/pkg/source"
)

// rules proves every declared rule.
func (r *run) rules() error {
	for _, rule := range r.Model.Rules {
		if why := r.unseen(rule); why != "" {
			r.green(rule.Address(), rule.At, "nothing was put in", "the check says already: "+why)
			continue
		}
		var err error
		switch rule.Kind {
		case arch.RuleLayers:
			err = r.layers(rule)
		case arch.RuleAcyclic:
			err = r.acyclic(rule)
		case arch.RuleIndependent:
			err = r.independent(rule)
		case arch.RuleDeny:
			err = r.denials(rule)
		case arch.RuleOnly:
			err = r.only(rule)
		case arch.RuleCondition:
			err = r.condition(rule)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// unseen is what the check says of a rule about kinds of use that nothing shows: a declared edge could be made up that
// breaks it, and would prove nothing about the code. "" where it says nothing.
func (r *run) unseen(rule *arch.Rule) string {
	for _, f := range r.base {
		if f.Rule == "gate/vacuous" && f.Subject.Element == rule.Address() && f.Subject.Path == "via" {
			return f.Message
		}
	}
	return ""
}

// pairs proves that uses from each of one set of elements to one of another break a rule. Every element
// takes part in at least one violation, where it can.
func (r *run) pairs(rule *arch.Rule, at source.Range, froms, tos []string) error {
	var batch []violation
	for i := range max(len(froms), len(tos)) {
		if len(froms) == 0 || len(tos) == 0 {
			break
		}
		for shift := range tos { // the next target in turn that the element can use at all
			from, to := froms[i%len(froms)], tos[(i+shift)%len(tos)]
			if from == to || r.Model.Related(from, to) {
				continue
			}
			if v, ok := r.breaks(rule, at, from, to); ok {
				batch = append(batch, v)
				break
			}
		}
	}
	if len(batch) == 0 {
		r.green(rule.Address(), at, "nothing could be put in", "no two elements that it names can use each other")
		return nil
	}
	return r.separately(batch)
}

// breaks is the violation of a rule by a use between two elements: an observed one where an observer sees
// both ends and the rule is about what it shows, else a declared edge.
func (r *run) breaks(rule *arch.Rule, at source.Range, from, to string) (violation, bool) {
	v := violation{Proof: Proof{Rule: rule.Address(), Injected: from + " uses " + to, At: at}, want: want{by: rule.Address()}}
	if u, ok := r.places.between(from, to); ok && means(rule, u.kind) {
		v.uses, v.want.from, v.want.to = []use{u}, u.from, u.to
		return v, true
	}
	if r.said(rule, from, to) {
		v.Injected, v.found = v.Injected+", as the code does already", true
		return v, true
	}
	e := r.declare(rule, from, to)
	if e == nil {
		return v, false
	}
	v.Injected = from + " declares that it uses " + to
	v.model = r.Model.With(func(m *arch.Model) { m.Edges = append(m.Edges, e) })
	return v, true
}

// said reports whether the check says already that a use between two elements breaks a rule: where each package of the
// one uses each of the other, there is nothing to put in. That a baseline accepts it takes nothing from the proof.
func (r *run) said(rule *arch.Rule, from, to string) bool {
	return slices.ContainsFunc(r.base, func(f finding.Finding) bool {
		return f.By == rule.Address() && f.Between != nil && f.Waived == nil && f.Severity.Rank() >= finding.Warning.Rank() &&
			r.Model.Within(f.Between.From, from) && r.Model.Within(f.Between.To, to)
	})
}

func means(rule *arch.Rule, kind string) bool {
	return len(rule.Via) == 0 || slices.Contains(rule.Via, arch.EdgeKind(kind))
}

// declare is an edge of a kind that a rule means; nil where its end cannot have one.
func (r *run) declare(rule *arch.Rule, from, to string) *arch.Edge {
	f, t := r.Model.Element(from), r.Model.Element(to)
	if f == nil || t == nil || t.Type == arch.TypePerson || f.Type == arch.TypeExternal {
		return nil
	}
	e := &arch.Edge{From: from, To: to, At: f.At}
	switch t.Type {
	case arch.TypeAPI:
		e.Kind = arch.EdgeCall
	case arch.TypeQueue:
		e.Kind = arch.EdgeEvent
	case arch.TypeDatastore:
		e.Kind = arch.EdgeData
	default:
		if len(rule.Via) > 0 {
			e.Kind = rule.Via[0]
		}
		return e
	}
	if !means(rule, string(e.Kind)) {
		return nil
	}
	return e
}

// separately puts observed violations in together, since each has a finding of its own, and every change of
// the model alone.
func (r *run) separately(all []violation) error {
	var together []violation
	for _, v := range all {
		if v.model == nil && v.want.from != "" {
			together = append(together, v)
			continue
		}
		if err := r.try([]violation{v}); err != nil {
			return err
		}
	}
	return r.try(together)
}

// layers proves that each layer may not use the one above it and, when none may be skipped, that each may
// not use the one after the next.
func (r *run) layers(rule *arch.Rule) error {
	for i := 1; i < len(rule.Layers); i++ {
		if err := r.pairs(rule, rule.Layers[i].At, rule.Layers[i].Elements, rule.Layers[i-1].Elements); err != nil {
			return err
		}
	}
	for i := 2; rule.Closed && i < len(rule.Layers); i++ {
		if err := r.pairs(rule, rule.Layers[i].At, rule.Layers[i-2].Elements, rule.Layers[i].Elements); err != nil {
			return err
		}
	}
	return nil
}

// acyclic proves that two members that use each other are found. Two that stand in a circle already cannot
// show it, so the next two are tried.
func (r *run) acyclic(rule *arch.Rule) error {
	members := head(rule.Members.Elements)
	first := len(r.proofs)
	for i, a := range members {
		for _, b := range members[i+1:] {
			v, ok := r.circle(rule, a, b)
			if !ok {
				continue
			}
			if err := r.try([]violation{v}); err != nil {
				return err
			}
			if last := r.proofs[len(r.proofs)-1]; last.Caught {
				r.proofs = append(r.proofs[:first], last)
				return nil
			}
			r.proofs = r.proofs[:first+1] // the first failure stands for all
		}
	}
	if len(r.proofs) == first {
		r.green(rule.Address(), rule.Members.At, "nothing could be put in", "no two of its members can use each other")
	}
	return nil
}

// circle is the violation of a rule by two elements that use each other.
func (r *run) circle(rule *arch.Rule, a, b string) (violation, bool) {
	v := violation{
		Proof: Proof{Rule: rule.Address(), Injected: fmt.Sprintf("%s and %s use each other", a, b), At: rule.Members.At},
		want:  want{by: rule.Address()},
	}
	if r.Model.Related(a, b) {
		return v, false
	}
	there, seen := r.observable(rule, a, b)
	back, both := r.observable(rule, b, a)
	if seen && both {
		v.uses = append(there, back...)
		v.found = len(v.uses) == 0 && (r.said(rule, a, b) || r.said(rule, b, a))
		return v, len(v.uses) > 0 || v.found
	}
	one, other := r.declare(rule, a, b), r.declare(rule, b, a)
	if seen || both || one == nil || other == nil {
		return v, false
	}
	v.model = r.Model.With(func(m *arch.Model) { m.Edges = append(m.Edges, one, other) })
	return v, true
}

// observable is a use to put in from one element to another; none where each of its packages uses each of the other's.
// It is false where no observer sees both.
func (r *run) observable(rule *arch.Rule, from, to string) ([]use, bool) {
	if u, ok := r.places.between(from, to); ok && means(rule, u.kind) {
		return []use{u}, true
	}
	return nil, r.places.linked(rule, from, to)
}

// independent proves each member against the next.
func (r *run) independent(rule *arch.Rule) error {
	members := rule.Members.Elements
	if len(members) < 2 {
		r.green(rule.Address(), rule.Members.At, "nothing could be put in", "it has fewer than two members")
		return nil
	}
	return r.pairs(rule, rule.Members.At, members, append(slices.Clone(members[1:]), members[0]))
}

// only proves that an element which is not named may not use what is kept for others.
func (r *run) only(rule *arch.Rule) error {
	var others []string
	for _, e := range r.Model.Elements {
		if e.Type == arch.TypeSystem || e.Type == arch.TypeExternal {
			continue
		}
		named := slices.ContainsFunc(slices.Concat(rule.Only.Elements, rule.MayUse.Elements), func(a string) bool {
			return r.Model.Related(e.Address, a)
		})
		if !named {
			others = append(others, e.Address)
		}
	}
	if len(others) == 0 {
		r.green(rule.Address(), rule.Only.At, "nothing could be put in", "there is no other element that could use it")
		return nil
	}
	return r.pairs(rule, rule.MayUse.At, head(others), rule.MayUse.Elements)
}

// denials proves every deny block: every element that must not, and everything it must not use.
func (r *run) denials(rule *arch.Rule) error {
	for i := range rule.Denials {
		d := &rule.Denials[i]
		froms := r.without(d.From, d.Except)
		var err error
		switch {
		case d.To == nil:
			err = r.deniedImports(rule, d, froms)
		default:
			tos := r.without(d.To, d.Except)
			if err = r.pairs(rule, d.At, froms, tos); err == nil && d.Transitive {
				err = r.chain(rule, d, froms, tos)
			}
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// without are the elements of a set (nil: all that may use something) but the excepted ones.
func (r *run) without(set, except *arch.Set) []string {
	var all []string
	if set != nil {
		all = set.Elements
	} else {
		for _, e := range r.Model.Elements {
			if e.Type != arch.TypeExternal {
				all = append(all, e.Address)
			}
		}
	}
	if except == nil {
		return all
	}
	return slices.DeleteFunc(slices.Clone(all), func(a string) bool {
		return slices.ContainsFunc(except.Elements, func(x string) bool { return r.Model.Related(a, x) })
	})
}

// chain proves a transitive rule: the use leads through a package that nobody owns.
func (r *run) chain(rule *arch.Rule, d *arch.Denial, froms, tos []string) error {
	for _, from := range froms {
		for _, to := range tos {
			if r.Model.Related(from, to) {
				continue
			}
			v := violation{Proof: Proof{Rule: rule.Address(), Injected: from + " uses " + to + " through another package", At: d.At}}
			u, ok := r.untold(rule, from, to)
			if !ok && r.said(rule, from, to) {
				v.Injected, v.found = v.Injected+", as the code does already", true
				return r.try([]violation{v})
			}
			if !ok || !isGo(u.from) || !means(rule, u.kind) {
				continue
			}
			hop := evidence.Node{ID: "go:asbuilt.invalid/between", Kind: evidence.ThirdParty}
			v.nodes = []graphNode{{u.graph, hop}}
			v.uses = []use{{u.graph, u.from, hop.ID, u.kind}, {u.graph, hop.ID, u.to, u.kind}}
			v.want = want{by: rule.Address()}
			return r.try([]violation{v})
		}
	}
	return r.chainOfEdges(rule, d, froms, tos)
}

// untold is a use from one element to another by a package of which the check says nothing yet: of a way it says the
// shortest alone.
func (r *run) untold(rule *arch.Rule, from, to string) (use, bool) {
	for g := range r.Graphs {
		for _, f := range head(r.places.within(g, from)) {
			told := slices.ContainsFunc(r.base, func(x finding.Finding) bool {
				return x.By == rule.Address() && x.Subject.From == f && x.Between != nil && r.Model.Within(x.Between.To, to)
			})
			if told {
				continue
			}
			if u, ok := r.places.free(g, []string{f}, r.places.within(g, to), nil); ok {
				return u, true
			}
		}
	}
	return use{}, false
}

// exceptedBy reports whether a denial takes an element out: a way over it is none.
func (r *run) exceptedBy(d *arch.Denial, address string) bool {
	return d.Except != nil && slices.ContainsFunc(d.Except.Elements, func(x string) bool { return r.Model.Within(address, x) })
}

// chainOfEdges proves a transitive rule where no observer sees both ends: by declared edges over an element
// in between.
func (r *run) chainOfEdges(rule *arch.Rule, d *arch.Denial, froms, tos []string) error {
	for _, from := range froms {
		for _, to := range tos {
			for _, e := range r.Model.Elements {
				first, second := r.declare(rule, from, e.Address), r.declare(rule, e.Address, to)
				if first == nil || second == nil || e.Type != arch.TypeComponent || r.exceptedBy(d, e.Address) || slices.Contains(froms, e.Address) || slices.Contains(tos, e.Address) ||
					r.Model.Related(from, e.Address) || r.Model.Related(to, e.Address) {
					continue
				}
				return r.try([]violation{{
					Proof: Proof{Rule: rule.Address(), Injected: from + " declares a way to " + to + " over " + e.Address, At: d.At},
					model: r.Model.With(func(m *arch.Model) { m.Edges = append(m.Edges, first, second) }),
					want:  want{by: rule.Address()},
				}})
			}
		}
	}
	return nil // the direct violation was tried; there is nothing in between
}
