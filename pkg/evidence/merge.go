package evidence

import (
	"cmp"
	"slices"
	"strings"
)

// Merge joins graphs into one: nodes and edges once, witnesses together. Where several observers saw a
// node, the one that read it wins. Variants of several stand side by side as they were written, so that they may
// add up to "always": verdicts are found observer by observer, and who prints them adds them up. What one alone could prove absent, the merged graph does not claim. The
// inputs are not changed.
func Merge(graphs ...Graph) Graph {
	if len(graphs) == 1 {
		return graphs[0]
	}
	var out Graph
	for _, g := range graphs {
		out.Nodes = append(out.Nodes, g.Nodes...)
		out.Edges = append(out.Edges, g.Edges...)
		out.Gaps = append(out.Gaps, g.Gaps...)
		out.Coverage = append(out.Coverage, g.Coverage...)
		out.Waivers = append(out.Waivers, g.Waivers...)
		out.Kinds = append(out.Kinds, g.Kinds...)
	}
	slices.Sort(out.Kinds)
	out.Kinds = slices.Compact(out.Kinds)
	out.Nodes = mergeNodes(out.Nodes)
	out.Edges = MergeEdges(out.Edges)
	return out
}

// AsRead returns nodes as whoever read their sources knows them: a tool that only names a package need not know its
// folder, or that it is a third party's. Known is sorted by id. The inputs are not changed.
func AsRead(nodes, known []Node) []Node {
	out := slices.Clone(nodes)
	for i, n := range out {
		if k, ok := slices.BinarySearchFunc(known, n.ID, func(n Node, id string) int { return strings.Compare(n.ID, id) }); ok {
			out[i] = known[k]
		}
	}
	return out
}

func mergeNodes(nodes []Node) []Node {
	slices.SortStableFunc(nodes, func(a, b Node) int {
		return cmp.Or(strings.Compare(a.ID, b.ID), cmp.Compare(kindRank(a.Kind), kindRank(b.Kind)))
	})
	return slices.CompactFunc(nodes, func(a, b Node) bool { return a.ID == b.ID })
}

func kindRank(kind string) int {
	return slices.Index([]string{Package, Service, Standard, Unread, ThirdParty}, kind)
}

// MergeEdges sorts edges and joins those of the same ends, kind and scope: one that exists
// unconditionally makes the whole unconditional.
func MergeEdges(edges []Edge) []Edge {
	slices.SortStableFunc(edges, CompareEdges)
	var out []Edge
	for _, e := range edges {
		if n := len(out); n > 0 && CompareEdges(out[n-1], e) == 0 {
			out[n-1] = join(out[n-1], e)
			continue
		}
		out = append(out, e)
	}
	return out
}

// CompareEdges orders edges by From, To, Kind and Scope.
func CompareEdges(a, b Edge) int {
	return cmp.Or(strings.Compare(a.From, b.From), strings.Compare(a.To, b.To),
		strings.Compare(a.Kind, b.Kind), strings.Compare(string(a.Scope), string(b.Scope)))
}

func join(a, b Edge) Edge {
	if len(a.Variants) == 0 || len(b.Variants) == 0 {
		a.Variants = []string{}
	} else {
		a.Variants = sortedSet(a.Variants, b.Variants, strings.Compare)
	}
	if b.Grade.Rank() > a.Grade.Rank() {
		a.Grade = b.Grade
	}
	a.Witnesses = sortedSet(a.Witnesses, b.Witnesses, func(x, y Witness) int {
		return cmp.Or(strings.Compare(x.File, y.File), cmp.Compare(x.Line, y.Line))
	})
	return a
}

func sortedSet[T comparable](a, b []T, compare func(x, y T) int) []T {
	all := slices.Concat(a, b)
	slices.SortFunc(all, compare)
	return slices.Compact(all)
}
