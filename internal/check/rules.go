package check

import (
	"fmt"

	"github.com/asbuilt/asbuilt/pkg/arch"
	"github.com/asbuilt/asbuilt/pkg/evidence"
	"github.com/asbuilt/asbuilt/pkg/finding"
	"github.com/asbuilt/asbuilt/pkg/source"
)

// rules judges what must hold besides the declared edges.
func rules(in Input) []finding.Finding {
	q := newInquiry(in)
	var out []finding.Finding
	for _, r := range in.Model.Rules {
		out = append(out, once(q.rule(r))...)
	}
	out = append(out, q.conditionsOfKinds()...)
	out = append(out, once(q.endpoints())...)
	out = append(out, once(q.bypasses())...)
	out = append(out, once(q.deprecated())...)
	out = append(out, q.modules()...)
	return append(out, q.vacuous()...)
}

func (q *inquiry) rule(r *arch.Rule) []finding.Finding {
	switch r.Kind {
	case arch.RuleLayers:
		return q.layers(r)
	case arch.RuleAcyclic:
		return q.cycles(r)
	case arch.RuleIndependent:
		return q.independent(r)
	case arch.RuleDeny:
		return q.denials(r)
	case arch.RuleOnly:
		return q.inverse(r)
	case arch.RuleCondition:
		return q.condition(r)
	}
	return nil
}

// once keeps the first finding of each subject: two denials of one rule may name the same import.
func once(findings []finding.Finding) []finding.Finding {
	type key struct {
		id      string
		subject finding.Subject
	}
	seen := make(map[key]bool, len(findings))
	out := findings[:0]
	for _, f := range findings {
		k := key{f.Rule, f.Subject}
		if !seen[k] {
			seen[k] = true
			out = append(out, f)
		}
	}
	return out
}

// law is what a use breaks: where it stands, and in which words.
type law struct {
	id      string       // of the finding
	by      string       // the declared rule, "" for a built-in one alone
	because string       // in the rule's words
	name    string       // of the block that holds it
	header  source.Range // of that block
	at      source.Range // the expression that the use breaks
	text    string       // that expression
}

// lawOf is a rule with the expression that a use breaks.
func lawOf(r *arch.Rule, id string, set *arch.Set) law {
	return law{id, r.Address(), r.Because, r.Address(), r.At, set.At, set.Text}
}

// broken is the finding about a use that breaks a law. why ends the sentence "A uses B, …".
func (q *inquiry) broken(l law, u *use, why, fix string) finding.Finding {
	from, to := q.address(u.from), q.address(u.to)
	f := finding.Finding{
		Rule: l.id, By: l.by, Because: l.because, At: l.at,
		Between: &finding.Pair{From: from, To: to},
		Fix:     &finding.Fix{Message: fix},
	}
	if u.seen == nil {
		f.At, f.Subject = u.edge.At, finding.Subject{From: from, To: to}
		f.Message = fmt.Sprintf("%s declares that it uses %s, %s", from, to, why)
		f.Related = append(f.Related, finding.Related{Message: l.text, At: l.at})
	} else {
		f.Subject = finding.Subject{From: u.seen.From, To: u.seen.To}
		f.Message = fmt.Sprintf("%s uses %s, %s: %s %s %s%s",
			from, to, why, evidence.Name(u.seen.From), verb(u.seen.Kind), evidence.Name(u.seen.To), through(*u.seen))
		f.Related = witnesses(*u.seen)
		if u.edge != nil {
			f.Related = append(f.Related, finding.Related{Message: "declares the edge", At: u.edge.At})
		}
	}
	if l.header != l.at {
		f.Related = append(f.Related, finding.Related{Message: l.name, At: l.header})
	}
	return f
}

// layers finds uses of a higher layer and, where none may be skipped, of one further down than the next.
func (q *inquiry) layers(r *arch.Rule) []finding.Finding {
	var all []int32
	layerOf := map[int32]int{}
	for i := range r.Layers {
		for _, m := range q.members(&r.Layers[i]) {
			all = append(all, m)
			layerOf[m] = i
		}
	}
	member := q.within(all)
	var out []finding.Finding
	for i := range q.uses {
		u := &q.uses[i]
		a, b := member[u.from], member[u.to]
		if a == none || b == none || !u.is(q.means(r, a, b)) {
			continue
		}
		from, to := layerOf[a], layerOf[b]
		if from <= to && !(r.Closed && to > from+1) {
			continue
		}
		why, fix := "which is in a higher layer", "turn the use round, or move what both need into a lower layer"
		if to > from {
			why, fix = fmt.Sprintf("which is %d layers below it", to-from), "go through the layer between, or leave closed out of the rule"
		}
		out = append(out, q.broken(lawOf(r, "code/layer", &r.Layers[from]), u, why, fix))
	}
	return out
}

func (q *inquiry) independent(r *arch.Rule) []finding.Finding {
	member := q.within(q.members(r.Members))
	l := lawOf(r, "code/independent", r.Members)
	var out []finding.Finding
	for i := range q.uses {
		u := &q.uses[i]
		a, b := member[u.from], member[u.to]
		if a == none || b == none || a == b || q.related(a, b) || !u.is(q.means(r, a, b)) {
			continue
		}
		out = append(out, q.broken(l, u, "and the two are to stay independent", "move what both need into an element beside them"))
	}
	return out
}

// inverse finds uses by others than those that may.
func (q *inquiry) inverse(r *arch.Rule) []finding.Finding {
	users, used := q.within(q.members(r.Only)), q.within(q.members(r.MayUse))
	l := lawOf(r, "code/inverse", r.Only)
	k := every(r)
	var out []finding.Finding
	for i := range q.uses {
		u := &q.uses[i]
		target := used[u.to]
		if target == none || users[u.from] != none || used[u.from] == target || !u.is(k) {
			continue
		}
		out = append(out, q.broken(l, u, "which only "+r.Only.Text+" may use", "ask one of those that may to do it, or add the user to only"))
	}
	return out
}
