package policy

import (
	"cmp"
	"slices"

	"github.com/asbuilt/asbuilt/pkg/arch"
	"github.com/asbuilt/asbuilt/pkg/finding"
)

// Difference lists what a change adds to a model and takes from it; what a moved block renames is neither.
func Difference(old, new *arch.Model) (added, removed finding.Parts) {
	before := parts(old, func(address string) string {
		if new.Element(address) != nil {
			return address
		}
		if now := Renamed(new.Moves, address); new.Element(now) != nil {
			return now
		}
		return address
	})
	after := parts(new, func(address string) string { return address })
	return without(after, before), without(before, after)
}

func parts(m *arch.Model, name func(string) string) finding.Parts {
	var p finding.Parts
	for _, e := range m.Elements {
		p.Elements = append(p.Elements, name(e.Address))
	}
	for _, e := range m.Edges {
		p.Edges = append(p.Edges, finding.Use{From: name(e.From), To: name(e.To), Kind: string(e.Kind)})
	}
	return p
}

// without are the parts that others lack. The lists are never nil: they are read by scripts.
func without(p, others finding.Parts) finding.Parts {
	elements := lacking(p.Elements, others.Elements)
	slices.Sort(elements)
	edges := lacking(p.Edges, others.Edges)
	slices.SortFunc(edges, func(a, b finding.Use) int {
		return cmp.Or(cmp.Compare(a.From, b.From), cmp.Compare(a.To, b.To), cmp.Compare(a.Kind, b.Kind))
	})
	return finding.Parts{Elements: slices.Compact(elements), Edges: slices.Compact(edges)}
}

func lacking[T comparable](all, others []T) []T {
	has := make(map[T]bool, len(others))
	for _, o := range others {
		has[o] = true
	}
	out := []T{}
	for _, each := range all {
		if !has[each] {
			out = append(out, each)
		}
	}
	return out
}
