package policy

import (
	"fmt"
	"slices"

	"github.com/asbuilt/asbuilt/internal/catalog"
	"github.com/asbuilt/asbuilt/pkg/arch"
	"github.com/asbuilt/asbuilt/pkg/finding"
	"github.com/asbuilt/asbuilt/pkg/source"
)

// builtIn is the built-in rule whose severity a rule of a kind has unless it gives its own.
var builtIn = map[arch.RuleKind]string{
	arch.RuleLayers: "code/layer", arch.RuleAcyclic: "code/cycle", arch.RuleIndependent: "code/independent",
	arch.RuleDeny: "code/denied", arch.RuleOnly: "code/inverse", arch.RuleCondition: "rule/condition",
}

func (c *comparison) rules() {
	for _, old := range c.Old.Rules {
		was := c.names.carried(old, c.over(old.Name))
		is := ruleOf(c.New.Rules, old.Name)
		if is == nil || is.Kind != was.Kind {
			if !c.replaced(was) {
				c.gone(was, is)
			}
			continue
		}
		for _, l := range c.looser(was, is) {
			c.say(c.ruled(was, is, l))
		}
	}
}

// over is a rule as its sets stand over the new model; the rule of the change, where that is not known.
func (c *comparison) over(name string) *arch.Rule {
	if c.Rules == nil {
		return ruleOf(c.New.Rules, name)
	}
	return ruleOf(c.Rules, name)
}

func ruleOf(rules []*arch.Rule, name string) *arch.Rule {
	for _, r := range rules {
		if r.Name == name {
			return r
		}
	}
	return nil
}

// replaced reports whether a rule that is new under its name demands all that one demanded.
func (c *comparison) replaced(was *arch.Rule) bool {
	return slices.ContainsFunc(c.New.Rules, func(is *arch.Rule) bool {
		return is.Kind == was.Kind && ruleOf(c.Old.Rules, is.Name) == nil && len(c.looser(was, is)) == 0
	})
}

func (c *comparison) gone(was, is *arch.Rule) {
	l := loosening{
		subject: element(was.Address(), ""), was: was.At, old: "it stood here",
		message: fmt.Sprintf("%s is gone", was.Address()),
	}
	if is != nil {
		l.at, l.message = is.At, fmt.Sprintf("%s is another rule now: %s instead of %s", was.Address(), is.Kind, was.Kind)
	}
	c.say(l)
}

// ruled completes what is looser about a rule: its places, where none is nearer.
func (c *comparison) ruled(was, is *arch.Rule, l loosening) loosening {
	l.subject = element(was.Address(), l.subject.Path)
	l.message = was.Address() + " " + l.message
	if l.at.IsZero() {
		l.at = is.At
	}
	if l.was.IsZero() {
		l.was = was.At
	}
	return l
}

// looser says in which ways a rule demands less than one of today's names.
func (c *comparison) looser(was, is *arch.Rule) []loosening {
	out := c.lesser(was, is)
	switch was.Kind {
	case arch.RuleLayers:
		out = append(out, c.layers(was, is)...)
	case arch.RuleAcyclic, arch.RuleIndependent:
		out = append(out, c.narrowed("members", was.Members, is.Members, c.names.same)...)
	case arch.RuleDeny:
		out = append(out, c.denials(was, is)...)
	case arch.RuleOnly:
		out = append(out, c.narrowed("may_use", was.MayUse, is.MayUse, c.names.inside)...)
		out = append(out, c.grown("only", was.Only, is.Only)...)
	case arch.RuleCondition:
		out = append(out, c.condition(was, is)...)
	}
	return out
}

// lesser compares what rules of all kinds have.
func (c *comparison) lesser(was, is *arch.Rule) []loosening {
	var out []loosening
	before, after := severity(c.Old, was), severity(c.New, is)
	if after.Rank() < before.Rank() && (was.Severity != "" || is.Severity != "") {
		out = append(out, loosening{
			subject: element("", "severity"), old: fmt.Sprintf("its severity was %s", before),
			message: fmt.Sprintf("goes from severity %s to %s", before, after),
		})
	}
	if lost := c.lostKinds(was, is); len(lost) > 0 {
		out = append(out, loosening{
			subject: element("", "via"), old: "via was " + words(was.Via),
			message: fmt.Sprintf("does not mean %s any more", words(lost)),
		})
	}
	return out
}

func severity(m *arch.Model, r *arch.Rule) finding.Severity {
	if r.Severity != "" {
		return finding.Severity(r.Severity)
	}
	if _, ok := catalog.Lookup(builtIn[r.Kind]); !ok {
		return finding.Error
	}
	return level(m.Architecture, builtIn[r.Kind])
}

// lostKinds are the kinds of edge that a rule meant. Without via, a rule about the order of its members means
// imports, and between members without code every kind; any other rule means every kind.
func (c *comparison) lostKinds(was, is *arch.Rule) []arch.EdgeKind {
	if is.Via == nil {
		if was.Via == nil || !ordered(is) {
			return nil
		}
		return slices.DeleteFunc(slices.Clone(was.Via), func(k arch.EdgeKind) bool { return k == arch.EdgeImport })
	}
	before := was.Via
	if before == nil {
		before = []arch.EdgeKind{arch.EdgeImport, arch.EdgeCall, arch.EdgeEvent, arch.EdgeData}
		if ordered(was) && !c.uncoded(was) {
			before = before[:1]
		}
	}
	return slices.DeleteFunc(slices.Clone(before), func(k arch.EdgeKind) bool { return slices.Contains(is.Via, k) })
}

func ordered(r *arch.Rule) bool {
	return r.Kind == arch.RuleLayers || r.Kind == arch.RuleAcyclic || r.Kind == arch.RuleIndependent
}

// uncoded reports whether a member of a rule has no code.
func (c *comparison) uncoded(r *arch.Rule) bool {
	sets := r.Layers
	if r.Members != nil {
		sets = append(slices.Clone(sets), *r.Members)
	}
	for _, s := range sets {
		for _, a := range s.Elements {
			if e := c.New.Element(a); e != nil && !c.New.Binds(e, "go") {
				return true
			}
		}
	}
	return false
}

func words(kinds []arch.EdgeKind) string {
	if len(kinds) == 0 {
		return "not written"
	}
	var out []string
	for _, k := range kinds {
		out = append(out, string(k))
	}
	return list(out)
}

// denials compares what is denied: each denial of the old rule needs one of the new that denies as much.
func (c *comparison) denials(was, is *arch.Rule) []loosening {
	var out []loosening
	for i := range was.Denials {
		var least []loosening
		for j := range is.Denials {
			found := c.denial(&was.Denials[i], &is.Denials[j])
			if j == 0 || len(found) < len(least) {
				least = found
			}
			if len(found) == 0 {
				break
			}
		}
		if len(is.Denials) == 0 {
			least = []loosening{{subject: element("", "deny"), message: "denies nothing any more", old: "it denied", was: was.Denials[i].At}}
		}
		for _, l := range least {
			if len(was.Denials) > 1 {
				l.subject.Path = fmt.Sprintf("%s (%d)", l.subject.Path, i+1)
			}
			out = append(out, l)
		}
	}
	return out
}

func (c *comparison) denial(was, is *arch.Denial) []loosening {
	add := func(setting, message, old string) loosening {
		return loosening{subject: element("", "deny."+setting), message: message, old: old, at: is.At, was: was.At}
	}
	var out []loosening
	switch {
	case was.From == nil && is.From != nil:
		all := &arch.Set{At: was.At, Text: "everything"}
		for _, e := range c.New.Elements {
			if e.Code != nil {
				all.Elements = append(all.Elements, e.Address)
			}
		}
		out = append(out, c.narrowed("deny.from", all, is.From, c.names.inside)...)
	case was.From != nil && is.From != nil:
		out = append(out, c.narrowed("deny.from", was.From, is.From, c.names.inside)...)
	}
	switch {
	case was.To != nil && is.To == nil:
		out = append(out, add("to", "does not deny elements any more", "it denied "+was.To.Text))
	case was.To != nil:
		out = append(out, c.narrowed("deny.to", was.To, is.To, c.names.inside)...)
	}
	for _, p := range was.Imports {
		if !covered(p, is.Imports) {
			l := add("imports "+p.Text, fmt.Sprintf("does not deny the import of %q any more", p.Text), "it denied "+written(was.Imports))
			l.was = orElse(p.At, was.At)
			out = append(out, l)
		}
	}
	if was.Transitive && !is.Transitive {
		out = append(out, add("transitive", "denies direct uses alone, no longer transitive ones", "transitive was true"))
	}
	if is.Except != nil {
		before := was.Except
		if before == nil {
			before = &arch.Set{At: was.At, Text: "nothing"}
		}
		out = append(out, c.grown("deny.except", before, is.Except)...)
	}
	return out
}

func orElse(at, other source.Range) source.Range {
	if at.IsZero() {
		return other
	}
	return at
}
