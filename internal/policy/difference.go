package policy

import (
	"cmp"
	"maps"
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

// Moved lists the elements that a change puts inside of something else, and the code that it gives to another
// element. The other end of such an edge is no neighbour any more, so that a use of it needs no declaration.
func Moved(in Input) []finding.Move {
	names := newNames(in)
	now := func(address string) string {
		if in.Old.Element(address) == nil {
			return ""
		}
		if in.New.Element(address) != nil {
			return address
		}
		return cmp.Or(Renamed(in.New.Moves, address), address)
	}
	out := []finding.Move{}
	for _, is := range in.New.Elements {
		was := names.before(is.Address)
		if was == nil || now(was.Address) != is.Address || now(was.Parent) == is.Parent {
			continue
		}
		out = append(out, finding.Move{Element: is.Address, From: was.Parent, To: is.Parent})
	}
	type hands struct{ from, to string }
	given := map[hands][]string{}
	for _, id := range slices.Sorted(maps.Keys(in.Before)) {
		h := hands{in.Before[id], in.After[id]}
		if h.from != "" && h.to != "" && now(h.from) != h.to {
			given[h] = append(given[h], id)
		}
	}
	for _, h := range slices.SortedFunc(maps.Keys(given), func(a, b hands) int {
		return cmp.Or(cmp.Compare(a.from, b.from), cmp.Compare(a.to, b.to))
	}) {
		out = append(out, finding.Move{Packages: given[h], From: h.from, To: h.to})
	}
	return out
}

// Free lists the elements that a change adds and that are shared or a root.
func Free(in Input) []finding.Free {
	names := newNames(in)
	out := []finding.Free{}
	for _, e := range in.New.Elements {
		f := finding.Free{Element: e.Address, Shared: in.New.IsShared(e), Root: in.New.IsRoot(e)}
		if names.before(e.Address) == nil && (f.Shared || f.Root) {
			out = append(out, f)
		}
	}
	slices.SortFunc(out, func(a, b finding.Free) int { return cmp.Compare(a.Element, b.Element) })
	return out
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
