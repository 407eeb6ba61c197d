package check

import (
	"fmt"
	"slices"
	"strings"

	"github.com/asbuilt/asbuilt/internal/builds"
	"github.com/asbuilt/asbuilt/internal/pattern"
	"github.com/asbuilt/asbuilt/pkg/arch"
	"github.com/asbuilt/asbuilt/pkg/evidence"
	"github.com/asbuilt/asbuilt/pkg/finding"
	"github.com/asbuilt/asbuilt/pkg/reflexion"
)

// denial is one deny block, with its sets by element.
type denial struct {
	*inquiry
	rule *arch.Rule
	*arch.Denial
	from, to []bool // by element: whether it is denied, or denied to use
	excepted []bool // by element: no way leads over it
	reached  *reached
}

// reached is what the packages of who is denied lead to.
type reached struct {
	nodes []bool // by node, they themselves included
	used  []bool // by node: one of those uses it
}

func (q *inquiry) denials(r *arch.Rule) []finding.Finding {
	var out []finding.Finding
	for i := range r.Denials {
		d := q.denial(r, &r.Denials[i])
		if d.To == nil {
			out = append(out, d.imports()...)
			continue
		}
		if d.Transitive {
			out = append(out, d.ways()...)
			out = append(out, d.direct(true)...)
			out = append(out, d.paths()...)
			continue
		}
		out = append(out, d.direct(false)...)
	}
	return out
}

func (q *inquiry) denial(r *arch.Rule, block *arch.Denial) *denial {
	d := &denial{inquiry: q, rule: r, Denial: block}
	d.from, d.to = q.chosen(block.From), make([]bool, len(q.elements))
	if block.To != nil {
		d.to = q.chosen(block.To)
	}
	d.excepted = make([]bool, len(q.elements))
	if block.Except != nil {
		d.excepted = q.chosen(block.Except)
		for i, excepted := range d.excepted {
			d.from[i], d.to[i] = d.from[i] && !excepted, d.to[i] && !excepted
		}
	}
	return d
}

// chosen tells which elements are in a set or inside one of its members; no set is everything.
func (q *inquiry) chosen(set *arch.Set) []bool {
	out := make([]bool, len(q.elements))
	if set == nil {
		for i := range out {
			out[i] = true
		}
		return out
	}
	for i, member := range q.within(q.members(set)) {
		out[i] = member != none
	}
	return out
}

// because is how a denial ends a sentence.
func (d *denial) denies() string { return "which " + d.rule.Address() + " denies" }

const denialFix = "remove the use, or change the rule where it denies too much"

// direct finds denied uses of elements; onlyDeclared leaves the observed ones to those that follow packages.
func (d *denial) direct(onlyDeclared bool) []finding.Finding {
	k := every(d.rule)
	l := lawOf(d.rule, "code/denied", d.To)
	var out []finding.Finding
	for i := range d.uses {
		u := &d.uses[i]
		if !d.from[u.from] || !d.to[u.to] || !u.is(k) || onlyDeclared && u.seen != nil {
			continue
		}
		out = append(out, d.broken(l, u, d.denies(), denialFix))
	}
	return out
}

// imports finds imports of denied packages: direct ones and those through packages that nobody owns, and in a
// transitive denial those through anything else.
func (d *denial) imports() []finding.Finding {
	p := d.packages(kindImport)
	var out []finding.Finding
	for _, denied := range d.Imports {
		l := law{"code/denied", d.rule.Address(), d.rule.Because, d.rule.Address(), d.rule.At, denied.At, denied.Text}
		match := pattern.New(denied.Text)
		for node, n := range p.all.Nodes {
			if !match.Means(n.Dir, evidence.Name(n.ID)) && !match.Means("", n.ID) {
				continue
			}
			d.follow(p, []int{node}, func(imp reflexion.Import, owner int32, ways []int) {
				out = append(out, d.crossed(p, l, imp, [2]int32{owner, p.owners[node]}))
			})
		}
	}
	return out
}

// ways finds the ways of packages that lead to denied elements, each from the package where it leaves the
// elements that are denied to go there.
func (d *denial) ways() []finding.Finding {
	p := d.packages(every(d.rule))
	l := lawOf(d.rule, "code/denied", d.To)
	var out []finding.Finding
	for target, goals := range p.own {
		if !d.to[target] || len(goals) == 0 {
			continue
		}
		d.follow(p, goals, func(imp reflexion.Import, owner int32, ways []int) {
			out = append(out, d.crossed(p, l, imp, [2]int32{owner, int32(target)}))
		})
	}
	return out
}

// follow offers the ways that lead from a package of who is denied to goals.
func (d *denial) follow(p *packages, goals []int, offer func(imp reflexion.Import, owner int32, way []int)) {
	goal := p.owners[goals[0]]
	stops := func(node int) bool { return p.owners[node] != none && d.from[p.owners[node]] }
	through := p.unowned
	if d.Transitive { // what they do not lead to is on no way from them
		r := d.leadTo(p, stops)
		if !slices.ContainsFunc(goals, func(node int) bool { return r.used[node] }) {
			return
		}
		through = func(node int) bool { return r.nodes[node] && !(p.owners[node] != none && d.excepted[p.owners[node]]) }
	}
	p.reach(goals, stops, through, func(way []int) {
		owner := p.owners[way[0]]
		if p.support[way[0]] || goal != none && d.related(owner, goal) {
			return
		}
		offer(p.way(way), owner, way)
	})
}

// leadTo follows the packages of who is denied, once for all goals: so that a rule that holds costs one walk, not
// one for every goal.
func (d *denial) leadTo(p *packages, starts func(node int) bool) *reached {
	if d.reached != nil {
		return d.reached
	}
	var from []int
	for node := range p.owners {
		if starts(node) {
			from = append(from, node)
		}
	}
	d.reached = &reached{p.graph.Reachable(from...), make([]bool, p.graph.Len())}
	for node, ok := range d.reached.nodes {
		if !ok {
			continue
		}
		for _, used := range p.graph.From(node) {
			d.reached.used[used] = true
		}
	}
	return d.reached
}

// crossed is the finding about a way of packages.
func (d *denial) crossed(p *packages, l law, imp reflexion.Import, ends [2]int32) finding.Finding {
	from, to := d.address(ends[0]), d.address(ends[1])
	what := to
	if d.To == nil {
		what = evidence.Name(imp.To)
	}
	f := finding.Finding{
		Rule: l.id, By: l.by, Because: l.because, At: l.at,
		Subject: finding.Subject{From: imp.From, To: imp.To},
		Between: &finding.Pair{From: from, To: to},
		Related: append(chain(imp), finding.Related{Message: l.name, At: l.header}),
		Fix:     &finding.Fix{Message: denialFix},
	}
	reaches := "uses"
	if len(imp.Hops) > 1 {
		reaches = "reaches"
		f.Way = []string{imp.From}
		for _, h := range imp.Hops {
			f.Way = append(f.Way, h.To)
		}
	}
	if d.overOthers(imp) { // another finding than the direct use: who accepts the way does not accept that
		f.Subject.Path = "transitive"
	}
	f.Message = fmt.Sprintf("%s %s %s, %s: %s", from, reaches, what, d.denies(), route(imp))
	return f
}

// overOthers reports whether a way leads over packages that elements own.
func (d *denial) overOthers(imp reflexion.Import) bool {
	return slices.ContainsFunc(imp.Hops[:len(imp.Hops)-1], func(h evidence.Edge) bool { return d.Result.Owners[h.To] != "" })
}

// route names every step of a way.
func route(imp reflexion.Import) string {
	if len(imp.Hops) == 1 {
		return fmt.Sprintf("%s %s %s%s", evidence.Name(imp.From), verb(imp.Kind), evidence.Name(imp.To), only(builds.Any(imp.Hops[0].Variants)))
	}
	names := []string{evidence.Name(imp.From)}
	for _, h := range imp.Hops {
		names = append(names, evidence.Name(h.To))
	}
	return strings.Join(names, " -> ")
}
