package typeset

import (
	"cmp"
	"maps"
	"slices"

	"github.com/asbuilt/asbuilt/internal/icon"
	"github.com/asbuilt/asbuilt/internal/sheet"
	"github.com/asbuilt/asbuilt/pkg/diagram"
)

// legend explains what occurs in a diagram and nothing else.
func legend(d *diagram.Diagram) []sheet.Entry {
	out := entries(kinds(d))
	for _, s := range [...]string{"planned", "deprecated"} {
		out.add(hasStatus(d, s), sheet.StatusSample, s, s)
	}
	out.add(anyEdge(d, func(e diagram.Edge) bool { return e.Crosses }), sheet.EdgeSample, "crosses", "from one team to another")
	if d.Kind == diagram.KindSequence {
		out = append(out, messages(d)...)
	} else {
		out = append(out, arrows(d)...)
	}
	for _, k := range d.Keys {
		kind := sheet.LookSample
		if k.Edges {
			kind = sheet.LineSample
		}
		if k.Icon != "" {
			kind = sheet.TypeSample
		}
		out = append(out, sheet.NewEntry(sheet.Sample{Kind: kind, Icon: k.Icon, Look: k.Look}, clean(k.Title)))
	}
	for i, b := range d.Badges {
		out.add(true, sheet.BadgeSample, badgeLetter(i), clean(b.Title))
	}
	return out
}

type entries []sheet.Entry

// add appends an entry for something that occurs.
func (e *entries) add(occurs bool, kind sheet.SampleKind, name, text string) {
	if occurs {
		*e = append(*e, sheet.NewEntry(sheet.Sample{Kind: kind, Name: name}, text))
	}
}

func anyEdge(d *diagram.Diagram, is func(diagram.Edge) bool) bool {
	return slices.ContainsFunc(d.Edges, is)
}

// arrows are the entries for what lines say: verdicts, and how something is used.
func arrows(d *diagram.Diagram) (out entries) {
	for _, v := range [...]string{"convergence", "divergence", "waived", "absence", "unknown"} {
		is := func(e diagram.Edge) bool {
			return d.Drift && e.Verdict == v && !e.Reaches && (v != "unknown" || e.Status != "planned")
		}
		out.add(anyEdge(d, is), sheet.VerdictSample, v, verdictWord(d, v))
	}
	out.add(anyEdge(d, func(e diagram.Edge) bool { return e.Reaches }), sheet.EdgeSample, sheet.ReachSample, "reached over others, against a rule")
	out.add(anyEdge(d, func(e diagram.Edge) bool { return e.Async }), sheet.EdgeSample, "async", "asynchronous")
	return out
}

// kinds are the entries for the types of nodes, and for the kinds among them: each with its own icon and with
// the colour of the first that is drawn.
func kinds(d *diagram.Diagram) []sheet.Entry {
	var out []sheet.Entry
	for _, t := range [...]string{"person", "system", "component", "api", "datastore", "queue", "external", "package"} {
		var plain bool
		first := map[string]*diagram.Node{}
		for i := range d.Nodes {
			switch n := &d.Nodes[i]; {
			case n.Type != t:
			case n.Kind == "":
				plain = true
			case first[n.Kind] == nil:
				first[n.Kind] = n
			}
		}
		if plain {
			out = append(out, sheet.NewEntry(sheet.Sample{Kind: sheet.TypeSample, Name: t, Icon: icon.Of(t)}, typeWord(t)))
		}
		for _, k := range slices.Sorted(maps.Keys(first)) {
			sample := sheet.Sample{Kind: sheet.TypeSample, Name: t, Icon: cmp.Or(first[k].KindIcon, mark(first[k])), Look: diagram.Look{Color: first[k].Color}}
			out = append(out, sheet.NewEntry(sample, clean(k)))
		}
	}
	return out
}

func hasStatus(d *diagram.Diagram, s string) bool {
	return slices.ContainsFunc(d.Nodes, func(n diagram.Node) bool { return n.Status == s }) ||
		anyEdge(d, func(e diagram.Edge) bool { return e.Status == s }) ||
		slices.ContainsFunc(d.Groups, func(g diagram.Group) bool { return g.Status == s })
}
