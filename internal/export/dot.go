// Package export writes a diagram in the text formats of other tools. Words of the user stand only where
// the format reads them as text, each character that could end that place escaped.
package export

import (
	"bytes"
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/asbuilt/asbuilt/internal/console"
	"github.com/asbuilt/asbuilt/internal/stamp"
	"github.com/asbuilt/asbuilt/pkg/diagram"
)

// direction is the word of both Graphviz (rankdir) and Mermaid for a view's direction.
func direction(d *diagram.Diagram) string {
	switch d.Direction {
	case "up":
		return "BT"
	case "right":
		return "LR"
	case "left":
		return "RL"
	}
	return "TB"
}

// shapes are Graphviz's shapes for a node's.
var shapes = map[string]string{"cylinder": "cylinder", "queue": "cds", "person": "oval", "hexagon": "hexagon", "cloud": "ellipse", "component": "component", "document": "note", "bucket": "invtrapezium", "browser": "tab"}

// DOT writes a diagram for Graphviz (https://graphviz.org/doc/info/lang.html). Labels are quoted strings,
// never HTML; no attribute that could name a file is written.
func DOT(d *diagram.Diagram) []byte {
	w := &dotWriter{d: d, inks: inksOf(d)}
	w.line("// %s", stamp.Line(d.Name, d.Version, d.Digest()))
	w.line("digraph %s {", quoteDOT(d.Name))
	w.line("  label=%s; labelloc=t; rankdir=%s; newrank=true; node [shape=box, style=rounded];", labelDOT(d.Title), direction(d))
	w.members(-1, "  ")
	for _, rank := range d.SameRank {
		ids := make([]string, len(rank))
		for i, n := range rank {
			ids[i] = quoteDOT(d.Nodes[n].Address)
		}
		w.line("  { rank=same; %s; }", strings.Join(ids, "; "))
	}
	for i, e := range d.Edges {
		text := edgeText(e)
		if d.Kind == diagram.KindSequence { // Graphviz has no time: a graph of calls, numbered
			if e.Reply {
				continue
			}
			text = append([]string{fmt.Sprint(i + 1)}, text...)
		}
		w.line("  %s -> %s [label=%s%s];", quoteDOT(d.Nodes[e.From].Address), quoteDOT(d.Nodes[e.To].Address),
			labelDOT(text...), w.style(e))
	}
	w.line("}")
	return w.Bytes()
}

type dotWriter struct {
	bytes.Buffer
	inks
	d *diagram.Diagram
}

func (w *dotWriter) line(format string, args ...any) { fmt.Fprintf(w, format+"\n", args...) }

// members writes the groups and nodes directly inside a group.
func (w *dotWriter) members(group int, indent string) {
	for i, g := range w.d.Groups {
		if g.Parent != group {
			continue
		}
		w.line("%ssubgraph %s {", indent, quoteDOT("cluster_"+g.Address))
		w.line("%s  label=%s;", indent, labelDOT(g.Title))
		w.members(i, indent+"  ")
		w.line("%s}", indent)
	}
	for _, n := range w.d.Nodes {
		if n.Group != group {
			continue
		}
		shape := ""
		if s, ok := shapes[n.Shape]; ok {
			shape = ", shape=" + s
		}
		style := ""
		switch {
		case dashed(n), n.Line == "dashed":
			style = ", style=dashed"
		case n.Line == "dotted":
			style = ", style=dotted"
		}
		if color := w.inks.line(n.Look); color != "" {
			style += fmt.Sprintf(`, color="%s"`, color)
		}
		w.line("%s%s [label=%s%s%s];", indent, quoteDOT(n.Address), labelDOT(nodeText(n)...), shape, style)
	}
}

// style draws what a style says of an edge, and over it what was found.
func (w *dotWriter) style(e diagram.Edge) string {
	out := dotStyle(e)
	if !quiet(e) {
		return out
	}
	if e.Line != "" && e.Status == "" {
		out = map[string]string{"dashed": ", style=dashed", "dotted": ", style=dotted"}[e.Line]
	}
	if color := w.inks.line(e.Look); color != "" {
		out += fmt.Sprintf(`, color="%s"`, color)
	}
	if e.Width > 0 {
		out += fmt.Sprintf(", penwidth=%g", e.Width)
	}
	return out
}

// dotStyle draws what a verdict means where colours are not ours.
func dotStyle(e diagram.Edge) string {
	switch {
	case e.Verdict == "divergence" && e.Reaches:
		return ", color=red, fontcolor=red, style=dashed"
	case e.Verdict == "divergence":
		return ", color=red, fontcolor=red"
	case e.Verdict == "waived":
		return ", color=orange"
	case e.Verdict == "absence":
		return ", color=gray, style=dashed"
	case e.Verdict == "unknown", e.Status == "planned":
		return ", style=dotted"
	case e.Async && e.Crosses:
		return `, style="dashed,bold"`
	case e.Async:
		return ", style=dashed"
	case e.Crosses:
		return ", style=bold"
	}
	return ""
}

// quoteDOT writes a name as a DOT string. A quote ends it; a backslash before that quote would save it.
func quoteDOT(name string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(console.Clean(name)) + `"`
}

// labelDOT writes a label as a DOT string, a line a part. In a label Graphviz reads escapes (\N is the name
// of the node) and character references (&lt;), too.
func labelDOT(parts ...string) string {
	lines := make([]string, len(parts))
	for i, p := range parts {
		lines[i] = strings.NewReplacer(`\`, `\\`, `"`, `\"`, "&", "&amp;").Replace(console.Clean(p))
	}
	return `"` + strings.Join(lines, `\n`) + `"`
}

// dashed reports what is not ours, or not yet.
func dashed(n diagram.Node) bool { return n.Type == "external" || n.Status == "planned" }

// nodeText is what a node says, part by part.
func nodeText(n diagram.Node) []string {
	kind := cmp.Or(n.Kind, n.Type)
	if n.Technology != "" {
		kind += ": " + n.Technology
	}
	return said(n.Title, "["+kind+"]", n.Status, n.Note)
}

// edgeText is what an edge says, part by part.
func edgeText(e diagram.Edge) []string {
	count := ""
	if e.Count > 0 {
		count = fmt.Sprintf("%s (%d)", e.Verdict, e.Count)
	}
	if e.Reaches {
		count = strings.Join(said("reached over others", strings.Join(e.Breaks, ", ")), ", against ")
	}
	technology := ""
	if e.Technology != "" {
		technology = "[" + e.Technology + "]"
	}
	return said(append(append([]string{}, e.Labels...), technology, count)...)
}

// said leaves out the parts that say nothing.
func said(parts ...string) []string {
	return slices.DeleteFunc(parts, func(p string) bool { return p == "" })
}
