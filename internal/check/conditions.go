package check

import (
	"fmt"
	"slices"
	"strings"

	"github.com/asbuilt/asbuilt/pkg/arch"
	"github.com/asbuilt/asbuilt/pkg/finding"
	"github.com/asbuilt/asbuilt/pkg/source"
)

// condition asks a rule's condition about each of its subjects.
func (q *inquiry) condition(r *arch.Rule) []finding.Finding {
	var out []finding.Finding
	for _, s := range r.ForEach {
		holds, err := r.Holds.Holds(s)
		if err != nil {
			return append(out, notEvaluated(r.Holds.At(), err))
		}
		if holds {
			continue
		}
		f := finding.Finding{
			Rule: "rule/condition", By: r.Address(), Because: r.Because,
			Fix: &finding.Fix{Message: "make it so, or change the condition"},
			Related: []finding.Related{
				{Message: r.Holds.String(), At: r.Holds.At()},
				{Message: r.Address(), At: r.At},
			},
		}
		name := about(s, &f)
		f.Message = fmt.Sprintf("%s does not meet: %s", name, r.Text)
		if r.Message != nil {
			if f.Message, err = r.Message.Text(s); err != nil {
				return append(out, notEvaluated(r.At, err))
			}
		}
		out = append(out, f)
	}
	return out
}

// about names the subject of a condition in a finding and gives it its place.
func about(s arch.Subject, f *finding.Finding) string {
	if s.Edge != nil {
		f.At, f.Subject = s.Edge.At, finding.Subject{From: s.Edge.From, To: s.Edge.To}
		f.Between = &finding.Pair{From: s.Edge.From, To: s.Edge.To}
		return s.Edge.From + " -> " + s.Edge.To
	}
	f.At, f.Subject = s.Element.At, finding.Subject{Element: s.Element.Address}
	return s.Element.Address
}

// notEvaluated means that a condition gave no answer, and so no verdict can be given.
func notEvaluated(at source.Range, err error) finding.Finding {
	return finding.Finding{
		Rule: "language/value", Severity: finding.Error, At: at, Subject: finding.Subject{Path: at.File},
		Message: err.Error(),
		Fix:     &finding.Fix{Message: "change the expression so that it has an answer for every subject"},
	}
}

// conditionsOfKinds finds elements that lack what their kind requires.
func (q *inquiry) conditionsOfKinds() []finding.Finding {
	kindOf := kindsByName(q.Model)
	var out []finding.Finding
	for _, e := range q.elements {
		k := kindOf[e.Kind]
		if k == nil {
			continue
		}
		for _, required := range k.Requires {
			if has(e, required.Text) {
				continue
			}
			out = append(out, finding.Finding{
				Rule: "kind/attribute", At: e.At, Subject: finding.Subject{Element: e.Address, Path: required.Text},
				Message: fmt.Sprintf("%s is a %s and has no %s", e.Address, k.Name, required.Text),
				Related: []finding.Related{{Message: "kind." + k.Name + " requires it", At: required.At}},
				Fix:     &finding.Fix{Message: fmt.Sprintf("add %s = …", required.Text)},
			})
		}
	}
	return out
}

func kindsByName(m *arch.Model) map[string]*arch.Kind {
	out := map[string]*arch.Kind{}
	for _, k := range m.Kinds {
		out[k.Name] = k
	}
	return out
}

// has reports whether an element was given an attribute.
func has(e *arch.Element, attribute string) bool {
	switch attribute {
	case "title":
		return e.Title != ""
	case "description":
		return e.Description != ""
	case "technology":
		return e.Technology != ""
	case "owner":
		return e.Owner != ""
	case "docs":
		return e.Docs != ""
	case "tags":
		return len(e.Tags) > 0
	case "in":
		return e.Parent != ""
	}
	return slices.ContainsFunc(e.Facts, func(f arch.Fact) bool { return f.Name == attribute && !isEmpty(f.Value) })
}

func isEmpty(value any) bool {
	switch v := value.(type) {
	case nil:
		return true
	case string:
		return v == ""
	case []any:
		return len(v) == 0
	case map[string]any:
		return len(v) == 0
	}
	return false
}

// endpoints finds uses that the kind of the user does not allow. What stands inside an element of a kind is
// bound by it too, unless it has a kind of its own.
func (q *inquiry) endpoints() []finding.Finding {
	kindOf := kindsByName(q.Model)
	var kinded []int32
	for i, e := range q.elements {
		if kindOf[e.Kind] != nil {
			kinded = append(kinded, int32(i))
		}
	}
	nearest := q.within(kinded)
	var out []finding.Finding
	for i := range q.uses {
		u := &q.uses[i]
		at := nearest[u.from]
		if at == none || !u.is(kindAny) {
			continue
		}
		k := kindOf[q.elements[at].Kind]
		if !k.Restricts || q.mayUse(k, u.to, nearest[u.to]) {
			continue
		}
		l := law{id: "kind/endpoint", name: "kind." + k.Name, header: k.At, at: k.At}
		if len(k.MayUse) > 0 {
			l.at = k.MayUse[0].At
		}
		l.text = l.name
		out = append(out, q.broken(l, u, fmt.Sprintf("and a %s may use only %s", k.Name, orNothing(k.MayUse)),
			"use something that the kind allows, or add to its may_use"))
	}
	return out
}

// mayUse reports whether a kind allows a target: by its type, its kind, or the kind of what it stands in.
func (q *inquiry) mayUse(k *arch.Kind, target, kinded int32) bool {
	return slices.ContainsFunc(k.MayUse, func(p arch.Pattern) bool {
		return p.Text == q.elements[target].Type || kinded != none && p.Text == q.elements[kinded].Kind
	})
}

func orNothing(patterns []arch.Pattern) string {
	if len(patterns) == 0 {
		return "nothing"
	}
	var names []string
	for _, p := range patterns {
		names = append(names, p.Text)
	}
	return strings.Join(names, ", ")
}
