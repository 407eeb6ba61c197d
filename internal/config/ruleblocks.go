package config

import (
	"fmt"
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/zclconf/go-cty/cty"

	"github.com/asbuilt/asbuilt/internal/budget"
	"github.com/asbuilt/asbuilt/internal/phrase"
	"github.com/asbuilt/asbuilt/pkg/arch"
	"github.com/asbuilt/asbuilt/pkg/finding"
)

// ruleParts are what can make a rule, with the attributes that go with each.
var ruleParts = []struct {
	kind  arch.RuleKind
	attrs []string // all of them are needed
	with  []string // and these may stand beside them
}{
	{arch.RuleLayers, []string{"layers"}, []string{"closed", "via"}},
	{arch.RuleAcyclic, []string{"acyclic"}, []string{"via"}},
	{arch.RuleIndependent, []string{"independent"}, []string{"via"}},
	{arch.RuleDeny, nil, []string{"via"}},
	{arch.RuleOnly, []string{"only", "may_use"}, []string{"via"}},
	{arch.RuleCondition, []string{"for_each", "condition"}, []string{"error_message"}},
}

// ruleList decodes the rule blocks. One with a mistake is not in the model.
func (l *loader) ruleList() []*arch.Rule {
	var out []*arch.Rule
	for _, b := range l.ruleBlocks {
		f := l.frame(b, late)
		before := len(l.report.findings)
		if r := f.ruleOf(); r != nil && f.sound(before) {
			out = append(out, r)
		}
	}
	return out
}

// written is a part of a rule as it stands in the file.
type written struct {
	name string
	kind arch.RuleKind
	at   hcl.Range
}

// ruleOf decodes one rule, or returns nil.
func (f *frame) ruleOf() *arch.Rule {
	kind, ok := f.ruleKind()
	if !ok {
		return nil
	}
	r := &arch.Rule{
		Name: f.block.labels[0], Kind: kind, Because: f.text("because"), Severity: f.word("severity"),
		Via: f.ways("via"), At: f.report.place(f.block.header()),
	}
	switch kind {
	case arch.RuleLayers:
		r.Layers, r.Closed = f.layers("layers"), f.flag("closed")
	case arch.RuleAcyclic:
		r.Members = f.memberSet("acyclic")
	case arch.RuleIndependent:
		r.Members = f.memberSet("independent")
	case arch.RuleDeny:
		r.Denials = f.denials(r.Via)
	case arch.RuleOnly:
		r.Only, r.MayUse = f.memberSet("only"), f.memberSet("may_use")
	case arch.RuleCondition:
		f.conditionOf(r)
	}
	return r
}

// ruleKind says which kind of rule the block is; a rule is of one kind, and complete.
func (f *frame) ruleKind() (arch.RuleKind, bool) {
	parts := f.ruleParts()
	if len(parts) == 0 {
		f.wrong(ruleMissing, f.block.header(), "the rule says nothing",
			"add layers, acyclic, independent, deny { … }, only with may_use, or for_each with condition")
		return "", false
	}
	first, ok := parts[0], true
	for _, p := range parts {
		if p.kind != first.kind {
			f.add(note{
				rule: ruleDuplicate, at: p.at,
				message: fmt.Sprintf("a rule is of one kind: %s does not go with %s", p.name, first.name),
				fix:     "make two rules of it",
				related: []related{{"the first is here", first.at}},
			})
			return "", false
		}
	}
	for _, part := range ruleParts {
		if part.kind != first.kind {
			continue
		}
		for _, name := range part.attrs {
			if f.block.attrs[name] == nil {
				ok = false
				f.wrong(ruleMissing, first.at, fmt.Sprintf("%s needs %s", first.name, name), fmt.Sprintf("add %s = … (%s)", name, f.block.spec.attr(name).Kind))
			}
		}
		for _, name := range []string{"closed", "error_message", "via"} {
			if a := f.block.attrs[name]; a != nil && !slices.Contains(part.with, name) {
				ok = false
				f.wrong(ruleValue, a.hcl.NameRange, fmt.Sprintf("%s means nothing beside %s", name, first.kind), "take it out")
			}
		}
	}
	return first.kind, ok
}

// ruleParts lists the parts of a rule in the order of the file.
func (f *frame) ruleParts() []written {
	var out []written
	for _, part := range ruleParts {
		for _, name := range part.attrs {
			if a := f.block.attrs[name]; a != nil {
				out = append(out, written{name, part.kind, a.hcl.NameRange})
			}
		}
	}
	for _, b := range f.block.of("deny") {
		out = append(out, written{"deny", arch.RuleDeny, b.header()})
	}
	slices.SortFunc(out, func(a, b written) int { return compareRanges(a.at, b.at) })
	return out
}

// ways decodes one kind of edge, or a list of them.
func (f *frame) ways(name string) []arch.EdgeKind {
	v, ok := f.value(name)
	if !ok || !f.known(v, f.at(name)) {
		return nil
	}
	var texts []located
	if v.Type().IsPrimitiveType() {
		texts = []located{{f.text(name), f.at(name)}}
	} else if texts = f.texts(name); len(texts) == 0 {
		f.wrong(ruleValue, f.at(name), name+" is empty: nothing would be judged", "name kinds of edge, or leave it out")
	}
	var out []arch.EdgeKind
	for _, x := range texts {
		if !slices.Contains(edgeKinds, x.text) {
			f.wrong(ruleValue, x.at, fmt.Sprintf("%s cannot be %q", name, clip(x.text)), choose(x.text, edgeKinds, nil))
			continue
		}
		out = append(out, arch.EdgeKind(x.text))
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// memberSet decodes a set with what was written; nil when it was reported, or is not written.
func (f *frame) memberSet(name string) *arch.Set {
	all := gathered{bare: true}
	if !f.gather(name, &all) {
		return nil
	}
	s := f.setAt(&all, f.at(name))
	return &s
}

func (f *frame) setAt(all *gathered, at hcl.Range) arch.Set {
	return arch.Set{Elements: all.set(), Text: strings.TrimSpace(f.report.source(at)), At: f.report.place(at)}
}

// layers decodes a list of sets, each with its own place where the list is written out.
func (f *frame) layers(name string) []arch.Set {
	v, ok := f.value(name)
	if !ok {
		return nil
	}
	const fix = `write [[…], […]], such as [tagged("ui"), tagged("store")]`
	if _, kind := identify(v); kind != thingList {
		f.wrong(ruleType, f.at(name), fmt.Sprintf("%s takes a list of sets of elements, not %s", name, typeName(v)), fix)
		return nil
	}
	items := f.items(name)
	if len(items) != v.LengthInt() {
		items = nil
	}
	var out []arch.Set
	for x := range budget.Parts(v) {
		at := f.at(name)
		if items != nil {
			at = items[len(out)].Range()
		} else if _, kind := identify(x); kind == thingElement {
			f.wrong(ruleType, at, name+" takes a list of sets of elements; this is one set, in no order of layers", fix)
			return nil
		}
		all := gathered{bare: true}
		if !f.flatten(name, x, member{at: at}, &all) {
			return nil
		}
		out = append(out, f.setAt(&all, at))
	}
	if len(out) < 2 {
		f.wrong(ruleValue, f.at(name), fmt.Sprintf("%s holds %s: nothing can be above another", name, phrase.Count(len(out), "layer")), "name two at least, top first")
	}
	f.inTwoLayers(out)
	return out
}

// inTwoLayers reports an element that stands above itself.
func (f *frame) inTwoLayers(layers []arch.Set) {
	first := map[string]arch.Set{}
	for _, layer := range layers {
		for _, address := range layer.Elements {
			if other, twice := first[address]; twice {
				f.twoLayers(address, layer, other)
				break // one is enough to see why
			}
			first[address] = layer
		}
	}
}

func (f *frame) twoLayers(address string, layer, other arch.Set) {
	f.report.addFinding(finding.Finding{
		Rule: ruleDuplicate, Severity: finding.Error, At: layer.At, Subject: finding.Subject{Path: layer.At.File},
		Message: fmt.Sprintf("%s stands in two layers", address),
		Fix:     &finding.Fix{Message: "take it out of one"},
		Related: []finding.Related{{Message: "the first is here", At: other.At}},
	})
}

// denials decodes the deny blocks.
func (f *frame) denials(via []arch.EdgeKind) []arch.Denial {
	var out []arch.Denial
	for _, b := range f.block.of("deny") {
		n := f.inner(b)
		to, imports := b.attrs["to"], b.attrs["imports"]
		switch {
		case to == nil && imports == nil:
			n.wrong(ruleMissing, b.header(), "deny has no to or imports", "add to = … (elements), or imports = … (list of package patterns)")
			continue
		case to != nil && imports != nil:
			second, first := imports.hcl.NameRange, to.hcl.NameRange
			if compareRanges(second, first) < 0 {
				second, first = first, second
			}
			n.add(note{
				rule: ruleDuplicate, at: second, message: "a deny block is about elements or about packages, not about both",
				fix: "make two deny blocks of it", related: []related{{"the first is here", first}},
			})
			continue
		case imports != nil && via != nil && !slices.Contains(via, arch.EdgeImport):
			n.wrong(ruleValue, imports.hcl.NameRange, "imports are never of the kinds in via", `add "import" to via, or leave via out`)
		}
		out = append(out, arch.Denial{
			From: n.memberSet("from"), To: n.memberSet("to"), Imports: n.patterns("imports"), Except: n.memberSet("except"),
			Transitive: n.flag("transitive"), At: f.report.place(b.header()),
		})
	}
	return out
}

// conditionOf decodes a condition, what it is asked about, and what it says.
func (f *frame) conditionOf(r *arch.Rule) {
	about, ok := f.subjects("for_each")
	if !ok {
		return
	}
	r.ForEach, r.About, r.ForEachAt = about.list, f.report.source(f.at("for_each")), f.report.place(f.at("for_each"))
	holds, ok := f.predicate("condition", about).(*predicate)
	if !ok {
		return
	}
	r.Holds, r.Text, r.Always = holds, holds.String(), holds.always
	r.Message = f.message("error_message", r.Holds, about)
}

// subjects decodes elements or relationships.
func (f *frame) subjects(name string) (subjects, bool) {
	v, ok := f.value(name)
	if !ok {
		return subjects{}, false
	}
	if _, kind := identify(v); kind == thingOther || kind == thingTeam {
		f.notAnElement(name, v, f.at(name), "elements or relationships")
		return subjects{}, false
	}
	if mixesRelationships(v.Type()) {
		f.wrong(ruleType, f.at(name), name+" takes elements or relationships, not both", "make two rules of it")
		return subjects{}, false
	}
	if !areRelationships(v.Type()) {
		all := gathered{bare: true}
		if !f.flatten(name, v, member{at: f.at(name)}, &all) {
			return subjects{}, false
		}
		return elementSubjects(f.graph.elements(all.set())), true
	}
	values, err := f.flatRelationships(v)
	f.made.work.add(len(values)) // to find their edges again
	if f.overBudget(f.at(name)) || err != nil {
		return subjects{}, false
	}
	return edgeSubjects(f.graph.edgesOf(values)), true
}

// mixesRelationships reports whether values of a type hold relationships beside something else.
func mixesRelationships(t cty.Type) bool {
	if !t.IsTupleType() || areRelationships(t) {
		return false
	}
	return slices.ContainsFunc(t.TupleElementTypes(), func(t cty.Type) bool { return areRelationships(t) || mixesRelationships(t) })
}
