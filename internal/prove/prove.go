// Package prove shows that a gate can go red: for every rule and every border that default-deny draws it
// puts a violation into the evidence or the model, in memory, and asks whether the check says so. What
// stays green proves nothing to anybody.
//
// The violation goes in before the comparison, never into its result. Which pairs of elements have a border
// is read from the declaration by this package itself, so that a comparison that takes everything for
// declared cannot shorten the list of what it must prove.
package prove

import (
	"cmp"
	"slices"
	"strings"

	"github.com/asbuilt/asbuilt/pkg/arch"
	"github.com/asbuilt/asbuilt/pkg/evidence"
	"github.com/asbuilt/asbuilt/pkg/finding"
	"github.com/asbuilt/asbuilt/pkg/source"
)

// Input is the gate as it stands.
type Input struct {
	Model  *arch.Model
	Graphs []evidence.Graph  // what each observer saw, as it is judged
	Owners map[string]string // node id → element address
}

// Judge is the check: what it finds for a model and the evidence of the observers.
type Judge func(*arch.Model, []evidence.Graph) ([]finding.Finding, error)

// Proof is one violation that was put in, and whether the check said so.
type Proof struct {
	Rule     string       `json:"rule"`     // rule.layers, code/undeclared, …
	Injected string       `json:"injected"` // what was put in, one clause
	Caught   bool         `json:"caught"`
	At       source.Range `json:"at"`            // where the rule or border is declared
	Why      string       `json:"why,omitempty"` // not caught: what happened instead
	fix      string
}

// Run puts in one violation after the other. The proofs are sorted by rule and violation.
func Run(in Input, judge Judge) ([]Proof, error) {
	base, err := judge(in.Model, in.Graphs)
	if err != nil {
		return nil, err
	}
	r := &run{Input: in, judge: judge, base: base, stands: map[string]bool{}, places: newPlaces(in)}
	r.places.hear(base)
	for i := range base {
		r.stands[base[i].Fingerprint] = true
	}
	for _, step := range []func() error{r.borders, r.assignments, r.rules, r.kinds, r.exposures, r.modules} {
		if err := step(); err != nil {
			return nil, err
		}
	}
	slices.SortStableFunc(r.proofs, func(a, b Proof) int {
		return cmp.Or(strings.Compare(a.Rule, b.Rule), strings.Compare(a.Injected, b.Injected))
	})
	return r.proofs, nil
}

// Findings says what stayed green.
func Findings(proofs []Proof) []finding.Finding {
	var out []finding.Finding
	for _, p := range proofs {
		if p.Caught {
			continue
		}
		out = append(out, finding.Finding{
			Rule: "gate/unproven", At: p.At,
			Subject: finding.Subject{Element: p.Rule, Path: p.Injected},
			Message: p.Rule + " stays green: " + p.Injected + ", and " + p.Why,
			Fix:     &finding.Fix{Message: cmp.Or(p.fix, "correct the rule until its violation is found, or remove it: it guards nothing")},
		})
	}
	finding.Sort(out)
	return out
}

// run is one run over all rules.
type run struct {
	Input
	judge  Judge
	places *places
	base   []finding.Finding // what the check says without any violation
	stands map[string]bool   // their fingerprints
	proofs []Proof
}

// violation is what is put in: uses, or a changed model; and what must be said of it.
type violation struct {
	Proof
	model *arch.Model // nil: as it is
	uses  []use
	nodes []graphNode
	want  want
	found bool // the code does it already, and the check says so: nothing is put in
}

// want is the finding that a violation must bring.
type want struct {
	rule     string // id; "" for any
	by       string // rule.NAME; "" for any
	from, to string // the subject; "" for any
}

func (w want) holds(f *finding.Finding) bool {
	return (w.rule == "" || f.Rule == w.rule) && (w.by == "" || f.By == w.by) &&
		(w.from == "" || f.Subject.From == w.from && f.Subject.To == w.to)
}

// try puts violations in together, each with a finding of its own, and notes which were caught.
func (r *run) try(all []violation) error {
	if len(all) == 0 {
		return nil
	}
	model := r.Model
	graphs := slices.Clone(r.Graphs)
	extra := make([]evidence.Graph, len(graphs))
	for _, v := range all {
		if v.model != nil {
			model = v.model
		}
		for _, n := range v.nodes {
			extra[n.graph].Nodes = append(extra[n.graph].Nodes, n.Node)
		}
		for _, u := range v.uses {
			extra[u.graph].Edges = append(extra[u.graph].Edges, u.edge())
		}
	}
	for i, g := range extra {
		if len(g.Edges)+len(g.Nodes) > 0 {
			graphs[i] = evidence.Merge(graphs[i], g)
		}
	}
	found, err := r.judge(model, graphs)
	if err != nil {
		return err
	}
	said := r.index(found)
	for _, v := range all {
		if v.Caught = v.found; !v.found {
			v.Caught, v.Why, v.fix = said.answer(v.want)
		}
		r.proofs = append(r.proofs, v.Proof)
	}
	return nil
}

// answers finds what was said about a pair, or about anything.
type answers struct {
	pairs map[[2]string][]*finding.Finding
	all   []*finding.Finding // new ones
}

// index keeps what the violations brought: findings that were not there before.
func (r *run) index(found []finding.Finding) answers {
	a := answers{pairs: map[[2]string][]*finding.Finding{}}
	for i := range found {
		f := &found[i]
		if r.stands[f.Fingerprint] {
			continue
		}
		a.all = append(a.all, f)
		pair := [2]string{f.Subject.From, f.Subject.To}
		a.pairs[pair] = append(a.pairs[pair], f)
	}
	return a
}

// answer reports whether the check went red, and if not, what it did and what to do about that.
func (a answers) answer(w want) (caught bool, why, fix string) {
	among := a.all
	if w.from != "" {
		among = a.pairs[[2]string{w.from, w.to}]
	}
	why = "the check says nothing"
	for _, f := range among {
		switch {
		case !w.holds(f):
		case f.Waived != nil:
			why, fix = f.Waived.By+" accepts it", "let the waiver name both ends, so that it accepts what its author meant and no more"
		case f.Baselined:
			why, fix = "the baseline accepts it", "write the baseline again: it holds what was not there"
		case f.Severity.Rank() < finding.Warning.Rank():
			why, fix = "the check says it as a note, which fails nothing", "raise the severity of "+f.Rule
		default:
			return true, "", ""
		}
	}
	return false, why, fix
}

// green notes a rule of which no violation could be made.
func (r *run) green(rule string, at source.Range, injected, why string) {
	r.proofs = append(r.proofs, Proof{Rule: rule, Injected: injected, At: at, Why: why})
}
