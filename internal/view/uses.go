package view

import (
	"slices"

	"github.com/asbuilt/asbuilt/pkg/arch"
	"github.com/asbuilt/asbuilt/pkg/evidence"
	"github.com/asbuilt/asbuilt/pkg/finding"
	"github.com/asbuilt/asbuilt/pkg/reflexion"
)

// use is one relationship that may be drawn, before it is lifted.
type use struct {
	from, to *arch.Element
	edge     *arch.Edge // nil when it was seen and not declared
	verdict  reflexion.Verdict
	pairs    pairs            // the packages behind a divergence or waived use
	arrow    *reflexion.Arrow // nil when nothing was compared
	reaches  bool             // no use: a denied way over others
}

// declared is the verdict of every arrow in a picture without drift.
const declared reflexion.Verdict = "declared"

// severity orders verdicts from what may be merged away to what must show.
func severity(v reflexion.Verdict) int {
	return slices.Index([]reflexion.Verdict{
		declared, reflexion.Convergence, reflexion.Unknown, reflexion.Absence, reflexion.Waived, reflexion.Divergence,
	}, v)
}

// quiet reports whether nothing is lost when another arrow stands for this one.
func quiet(v reflexion.Verdict) bool { return severity(v) < severity(reflexion.Absence) }

// usesOf lists what may be drawn: the declared edges, or the arrows of the comparison.
func usesOf(in Input) []use {
	if in.Result == nil {
		return declaredUses(in)
	}
	accepted, broken := newAcceptance(in.Findings), breachesOf(in.Findings)
	var out []use
	for i := range in.Result.Arrows {
		a := in.Result.Arrows[i]
		u := use{from: in.Model.Element(a.From), to: in.Model.Element(a.To), edge: a.Edge, verdict: a.Verdict, arrow: &in.Result.Arrows[i]}
		breaches := broken[finding.Pair{From: a.From, To: a.To}]
		if a.Edge == nil && !worthDrawing(a) && len(breaches) == 0 || u.from == nil || u.to == nil {
			continue
		}
		if accepted.covers(a) {
			u.verdict = reflexion.Waived
		}
		if a.Verdict == reflexion.Divergence {
			u.pairs = codePairs(a.Imports)
		}
		u.breaks(breaches, a)
		out = append(out, u)
	}
	return drawable(in, append(out, waysOf(in.Model, broken, in.Result.Arrows)...))
}

// worthDrawing reports whether an arrow that nobody declared is drawn: what was seen of libraries and
// composition roots is drawn only where it is declared or breaks a rule, and what tests alone use is a note.
func worthDrawing(a reflexion.Arrow) bool {
	return a.Scope != evidence.Test && (a.Reason == reflexion.Undeclared || a.Reason == reflexion.Open)
}

func declaredUses(in Input) []use {
	m := in.Model
	out := make([]use, 0, len(m.Edges))
	for _, e := range m.Edges {
		from, to := m.Element(e.From), m.Element(e.To)
		if from != nil && to != nil {
			out = append(out, use{from: from, to: to, edge: e, verdict: declared})
		}
	}
	return drawable(in, out)
}

// drawable leaves out what an element has with its own ancestors and descendants, and what the view does not want.
func drawable(in Input, uses []use) []use {
	m := in.Model
	return slices.DeleteFunc(uses, func(u use) bool {
		return m.Related(u.from.Address, u.to.Address) || !in.wants(u, u.from, u.to)
	})
}

// wants asks the view's conditions over relationships about a use between two elements of the model.
func (in Input) wants(u use, from, to *arch.Element) bool {
	for _, condition := range in.View.WhereEdges {
		if len(*in.told) > 0 {
			return true
		}
		holds, err := condition.Holds(u.subject(from, to))
		if err != nil {
			*in.told = append(*in.told, problem(in.View, condition.At(), err.Error(), "change the condition "+condition.String()))
		}
		if !holds {
			return false
		}
	}
	return true
}

// subject is a use as a condition is asked about it, between two elements of the model.
func (u use) subject(from, to *arch.Element) arch.Subject {
	e := u.edge
	if e == nil && from != nil && to != nil {
		e = &arch.Edge{From: from.Address, To: to.Address, Kind: arch.EdgeImport}
		if u.arrow != nil && len(u.arrow.Imports) > 0 {
			e.Kind = arch.EdgeKind(u.arrow.Imports[0].Kind)
		}
	}
	return arch.Subject{Edge: e, Verdict: string(u.verdict)}
}

func codePairs(imports []reflexion.Import) pairs {
	var out pairs
	for _, i := range imports {
		if i.Scope == evidence.Code {
			out.add(pair{from: i.From, to: i.To})
		}
	}
	return out
}

// acceptance knows, for each rule and pair of elements, whether waivers and the baseline accept every finding.
type acceptance map[acceptanceKey]bool

type acceptanceKey struct {
	rule string
	finding.Pair
}

func newAcceptance(findings []finding.Finding) acceptance {
	out := acceptance{}
	for i := range findings {
		f := &findings[i]
		if f.Between == nil {
			continue
		}
		key := acceptanceKey{f.Rule, *f.Between}
		before, seen := out[key]
		out[key] = !f.Active() && (before || !seen)
	}
	return out
}

// covers reports whether an arrow that differs from its declaration is accepted as a whole. Notes about
// the same pair, such as code/test-only, have rules of their own and say nothing about that.
func (a acceptance) covers(arrow reflexion.Arrow) bool {
	pair := finding.Pair{From: arrow.From, To: arrow.To}
	switch arrow.Verdict {
	case reflexion.Divergence:
		return a[acceptanceKey{"code/undeclared", pair}]
	case reflexion.Absence:
		return a[acceptanceKey{"code/absent", pair}]
	}
	return false
}
