package config

import (
	"fmt"
	"slices"

	"github.com/hashicorp/hcl/v2"

	"github.com/asbuilt/asbuilt/pkg/arch"
	"github.com/asbuilt/asbuilt/pkg/finding"
)

// edges decodes what an element uses: its uses blocks, and what depends_on names besides.
func (f *frame) edges(from string) []*arch.Edge {
	var out []*arch.Edge
	used := map[string]bool{} // targets
	first := map[useKey]hcl.Range{}
	for _, b := range f.block.of("uses") {
		n := f.inner(b)
		e := n.use(from)
		if e == nil {
			continue
		}
		key := useKey{e.To, e.Kind, e.Label}
		if at, same := first[key]; same {
			n.add(note{
				rule: ruleDuplicate, at: b.header(),
				message: fmt.Sprintf("%s is used twice with the same kind and label", e.To),
				fix:     "give them different labels or kinds, or keep one",
				related: []related{{"the first is here", at}},
			})
			continue
		}
		first[key], used[e.To] = b.header(), true
		out = append(out, e)
	}
	for _, e := range f.plainEdges(from) {
		if !used[e.To] { // else one edge with the words of the uses
			out = append(out, e)
		}
	}
	if !f.count(&f.made.edges, len(out), f.block.header()) {
		return nil
	}
	return out
}

// useKey tells apart the uses of one element.
type useKey struct {
	to    string
	kind  arch.EdgeKind
	label string
}

// use decodes one uses block, or returns nil.
func (f *frame) use(from string) *arch.Edge {
	to := f.one("to")
	e := &arch.Edge{
		From: from, To: to,
		Label: f.text("label"), Technology: f.text("technology"), Async: f.flag("async"),
		Tags: f.words("tags"), Status: arch.Status(f.word("status")),
		Kind: arch.EdgeKind(f.word("kind")),
	}
	if data, ok := f.object("metadata"); ok {
		e.Metadata, _ = data.(map[string]any)
	}
	if to == "" || !f.edgeAllowed(from, to, f.at("to")) {
		return nil
	}
	e.At = f.report.place(f.at("to"))
	e.Literal = f.each == nil && isReference(f.block.attrs["to"].hcl.Expr)
	natural := arch.NaturalKind(to)
	if e.Kind != arch.EdgePlain && natural != arch.EdgePlain && e.Kind != natural {
		f.wrong(ruleValue, f.at("kind"), fmt.Sprintf("an edge to %s is of kind %s", to, natural), "leave kind out")
	}
	if natural != arch.EdgePlain {
		e.Kind = natural
	}
	return e
}

// plainEdges decodes depends_on.
func (f *frame) plainEdges(from string) []*arch.Edge {
	all, _ := f.members("depends_on")
	out := make([]*arch.Edge, 0, len(all))
	first := make(map[string]int, len(all)) // in all
	for i, m := range all {
		if at, twice := first[m.address]; twice {
			if seen := all[at]; m.literal && seen.literal {
				f.add(note{
					rule: ruleDuplicate, at: m.at, message: m.address + " stands twice in depends_on", fix: "keep one",
					related: []related{{"the first is here", seen.at}},
				})
			}
			continue
		}
		first[m.address] = i
		if !f.edgeAllowed(from, m.address, m.at) {
			continue
		}
		out = append(out, &arch.Edge{
			From: from, To: m.address, Kind: arch.NaturalKind(m.address), At: f.report.place(m.at), Literal: m.literal,
		})
	}
	return out
}

// edgeAllowed refuses an edge to the element itself. Edges to what it is in, or what is in it, are refused
// when the tree is known.
func (f *frame) edgeAllowed(from, to string, at hcl.Range) bool {
	if from != to {
		return true
	}
	f.wrong(rulePlace, at, to+" uses itself", "take it out: what happens inside an element needs no edge")
	return false
}

// checkEdges refuses edges between an element and what it is in: they are internal, no observer judges them.
func (l *loader) checkEdges(m *arch.Model) {
	parents := make(map[string]string, len(m.Elements))
	for _, e := range m.Elements {
		parents[e.Address] = e.Parent
	}
	within := func(inner, outer string) bool {
		for inner != "" && inner != outer {
			inner = parents[inner]
		}
		return inner == outer
	}
	m.Edges = slices.DeleteFunc(m.Edges, func(e *arch.Edge) bool {
		inner, outer := e.From, e.To
		if !within(inner, outer) {
			inner, outer = e.To, e.From
		}
		if !within(inner, outer) {
			return false
		}
		l.report.addFinding(finding.Finding{
			Rule: rulePlace, Severity: finding.Error, At: e.At, Subject: finding.Subject{From: e.From, To: e.To},
			Message: fmt.Sprintf("%s is inside %s: an edge between them is internal and would never be judged", inner, outer),
			Fix:     &finding.Fix{Message: "take it out, or point it at the part that is used"},
		})
		return true
	})
}
