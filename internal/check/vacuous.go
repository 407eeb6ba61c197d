package check

import (
	"fmt"
	"slices"

	"github.com/asbuilt/asbuilt/internal/pattern"
	"github.com/asbuilt/asbuilt/pkg/arch"
	"github.com/asbuilt/asbuilt/pkg/finding"
	"github.com/asbuilt/asbuilt/pkg/source"
)

// vacuous says which rules and patterns can find nothing, whatever the code does.
func (q *inquiry) vacuous() []finding.Finding {
	var out []finding.Finding
	for _, r := range q.Model.Rules {
		v := vacuity{inquiry: q, rule: r}
		v.judge()
		out = append(out, v.out...)
	}
	return slices.Concat(out, q.vacuousCode(), q.vacuousExposes())
}

// vacuity gathers what is empty in one rule.
type vacuity struct {
	*inquiry
	rule *arch.Rule
	out  []finding.Finding
}

func (v *vacuity) say(at source.Range, text, message string) {
	f := finding.Finding{
		Rule: "gate/vacuous", At: at, Message: v.rule.Address() + " " + message,
		Subject: finding.Subject{Element: v.rule.Address(), Path: text},
		Fix:     &finding.Fix{Message: "correct it, or remove the rule"},
	}
	if at != v.rule.At {
		f.Related = []finding.Related{{Message: v.rule.Address(), At: v.rule.At}}
	}
	v.out = append(v.out, f)
}

func (v *vacuity) judge() {
	r := v.rule
	switch r.Kind {
	case arch.RuleLayers:
		v.layers()
	case arch.RuleAcyclic, arch.RuleIndependent:
		if v.needs(r.Members, string(r.Kind), 2) {
			v.apart()
		}
	case arch.RuleOnly:
		if whole := v.needs(r.Only, "only", 1); v.needs(r.MayUse, "may_use", 1) && whole {
			v.everybody()
		}
	case arch.RuleCondition:
		if len(r.ForEach) == 0 {
			v.say(r.ForEachAt, "for_each", "asks its condition about nothing: for_each is empty")
		}
		if r.Always {
			v.say(r.Holds.At(), "condition", "can find nothing: its condition asks nothing and always holds: "+r.Text)
		}
	case arch.RuleDeny:
		if len(r.Denials) == 0 {
			v.say(r.At, "deny", "denies nothing")
		}
		for i := range r.Denials {
			v.denial(&r.Denials[i])
		}
	}
	v.unseen()
}

// needs reports a set with too few elements, and tells whether it has enough.
func (v *vacuity) needs(set *arch.Set, name string, least int) bool {
	if set == nil {
		return true
	}
	switch n := len(v.members(set)); {
	case n >= least:
		return true
	case n == 0:
		v.say(set.At, set.Text, fmt.Sprintf("can find nothing: %s is empty: %s", name, set.Text))
	default:
		v.say(set.At, set.Text, fmt.Sprintf("can find nothing: %s has a single element: %s", name, set.Text))
	}
	return false
}

func (v *vacuity) denial(block *arch.Denial) {
	whole := v.needs(block.From, "from", 1)
	if block.To != nil {
		whole = v.needs(block.To, "to", 1) && whole
	}
	d := v.inquiry.denial(v.rule, block)
	if block.Except != nil && v.needs(block.Except, "except", 1) && whole {
		v.except(block)
		if !slices.Contains(d.from, true) || block.To != nil && !slices.Contains(d.to, true) {
			v.say(block.Except.At, block.Except.Text, "can find nothing: except takes out everything")
			return
		}
	}
	switch {
	case block.To == nil:
		v.imports(d, whole)
	case whole:
		v.strangers(d)
	}
}

// except reports members of an except that take nothing out.
func (v *vacuity) except(block *arch.Denial) {
	if block.Transitive { // a way may lead over anything
		return
	}
	from, to := v.chosen(block.From), make([]bool, len(v.elements))
	if block.To != nil {
		to = v.chosen(block.To)
	}
	members := v.members(block.Except)
	useful := map[int32]bool{}
	for i, member := range v.within(members) {
		if from[i] || to[i] {
			for ; member != none; member = v.parents[member] {
				useful[member] = true
			}
		}
	}
	for _, m := range members {
		if !useful[m] {
			address := v.address(m)
			v.say(block.Except.At, "except "+address, fmt.Sprintf("excepts %s, which it denies neither to use nor to be used", address))
		}
	}
}

// imports reports denied packages that can never be imported.
func (v *vacuity) imports(d *denial, whole bool) {
	if len(d.Imports) == 0 {
		v.say(d.At, "imports", "denies no package: imports is empty")
		return
	}
	if whole && !slices.ContainsFunc(v.elements, func(e *arch.Element) bool { return e.Code != nil && d.from[v.index[e.Address]] }) {
		v.say(d.At, "imports", "denies imports to elements without code")
		return
	}
	for _, p := range d.Imports {
		if v.Result.Blind || v.canExist(pattern.New(p.Text)) {
			continue
		}
		v.say(p.At, p.Text, fmt.Sprintf("denies %q, which is neither in the standard library nor in a module that the code can import from", p.Text))
	}
}

// canExist reports whether a package that a pattern means is there, or could be imported without a new module.
func (q *inquiry) canExist(p pattern.Pattern) bool {
	if slices.ContainsFunc(q.Standard, p.Matches) {
		return true
	}
	for _, n := range q.Graph.Nodes {
		if exposed([]pattern.Pattern{p}, n) {
			return true
		}
	}
	observed := map[string]bool{}
	for _, c := range q.Coverage {
		for _, m := range c.Modules {
			observed[m] = true // all its packages are nodes
		}
	}
	for _, c := range q.Coverage {
		for _, m := range c.Known {
			if !observed[m] && (p.Matches(m) || pattern.Under(p.Base(), m)) {
				return true
			}
		}
	}
	return false
}

// vacuousCode finds elements whose code is an empty list: no use of theirs can be seen, and none be absent.
func (q *inquiry) vacuousCode() []finding.Finding {
	var out []finding.Finding
	for _, e := range q.elements {
		if c := e.Code; c == nil || len(c.Go)+len(c.Nodes)+len(c.TestSupport) > 0 || c.Exposes != nil || c.Modules != nil {
			continue
		}
		out = append(out, finding.Finding{
			Rule: "gate/vacuous", At: e.Code.At, Subject: finding.Subject{Element: e.Address, Path: "code"},
			Message: e.Address + " has a code block that claims nothing",
			Fix:     &finding.Fix{Message: "name the packages that it is, or remove the block"},
		})
	}
	return out
}

// vacuousExposes finds patterns of exposes that mean no package of their element.
func (q *inquiry) vacuousExposes() []finding.Finding {
	var out []finding.Finding
	for i, e := range q.elements {
		if e.Code == nil || e.Code.Exposes == nil || q.Result.Blind {
			continue
		}
		for _, p := range e.Code.Exposes.List {
			patterns := compiled([]arch.Pattern{p})
			if slices.ContainsFunc(q.packages(kindImport).own[i], func(node int) bool { return exposed(patterns, q.Graph.Nodes[node]) }) {
				continue
			}
			out = append(out, finding.Finding{
				Rule: "gate/vacuous", At: p.At, Subject: finding.Subject{Element: e.Address, Path: p.Text},
				Message: fmt.Sprintf("%s exposes %q, and owns no such package", e.Address, p.Text),
				Fix:     &finding.Fix{Message: "correct the pattern, or remove it"},
			})
		}
	}
	return out
}
