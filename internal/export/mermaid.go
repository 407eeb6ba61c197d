package export

import (
	"bytes"
	"fmt"
	"strings"

	"github.com/asbuilt/asbuilt/internal/markup"
	"github.com/asbuilt/asbuilt/internal/stamp"
	"github.com/asbuilt/asbuilt/pkg/diagram"
)

// mermaidShapes are the brackets around a label.
var mermaidShapes = map[string][2]string{
	"cylinder": {"[(", ")]"}, "queue": {"[[", "]]"}, "person": {"([", "])"}, "hexagon": {"{{", "}}"}, "cloud": {"(", ")"},
	"bucket": {"[\\", "/]"}, "document": {">", "]"},
}

// Mermaid writes a diagram as a Mermaid flowchart, as GitHub draws it. Ids are generated; every character of
// a label that Mermaid might read is an entity.
func Mermaid(d *diagram.Diagram) []byte {
	if d.Kind == diagram.KindSequence {
		return mermaidSequence(d)
	}
	w, inks := &mermaidWriter{d: d}, inksOf(d)
	w.line("%%%% %s", stamp.Line(d.Name, d.Version, d.Digest()))
	w.line("flowchart %s", direction(d))
	w.members(-1, "  ")
	var styles []string
	for i, e := range d.Edges {
		label := ""
		if text := markup.MermaidLabel(edgeText(e)...); text != "" {
			label = "|\"" + text + "\"|"
		}
		arrow := "-->"
		if broken(e) != "" || e.Reaches {
			arrow = "-.->"
		}
		w.line("  n%d %s%s n%d", e.From, arrow, label, e.To)
		color := verdictColors[e.Verdict]
		if quiet(e) {
			color = inks.line(e.Look)
		}
		if color != "" {
			styles = append(styles, fmt.Sprintf("  linkStyle %d stroke:%s", i, color))
		}
		switch {
		case quiet(e) && e.Width > 0:
			styles = append(styles, fmt.Sprintf("  linkStyle %d stroke-width:%gpx", i, e.Width))
		case e.Crosses:
			styles = append(styles, fmt.Sprintf("  linkStyle %d stroke-width:3px", i))
		}
	}
	for _, s := range styles {
		w.line("%s", s)
	}
	w.dashed()
	for i, n := range d.Nodes {
		if color := inks.line(n.Look); color != "" {
			w.line("  style n%d stroke:%s", i, color)
		}
	}
	return w.Bytes()
}

// verdictColors are those of the verdicts that stand out.
var verdictColors = map[string]string{"divergence": "#c62828", "waived": "#b26a00", "absence": "#757575"}

type mermaidWriter struct {
	bytes.Buffer
	d *diagram.Diagram
}

func (w *mermaidWriter) line(format string, args ...any) { fmt.Fprintf(w, format+"\n", args...) }

func (w *mermaidWriter) members(group int, indent string) {
	for i, g := range w.d.Groups {
		if g.Parent != group {
			continue
		}
		w.line("%ssubgraph g%d[\"%s\"]", indent, i, markup.MermaidLabel(g.Title))
		w.members(i, indent+"  ")
		w.line("%send", indent)
	}
	for i, n := range w.d.Nodes {
		if n.Group != group {
			continue
		}
		brackets, ok := mermaidShapes[n.Shape]
		if !ok {
			brackets = [2]string{"[", "]"}
		}
		w.line("%sn%d%s\"%s\"%s", indent, i, brackets[0], markup.MermaidLabel(nodeText(n)...), brackets[1])
	}
}

// dashed marks what is not ours, or not yet.
func (w *mermaidWriter) dashed() {
	var ids []string
	for i, n := range w.d.Nodes {
		if dashed(n) {
			ids = append(ids, fmt.Sprintf("n%d", i))
		}
	}
	if len(ids) > 0 {
		w.line("  classDef dashed stroke-dasharray:4 3")
		w.line("  class %s dashed", strings.Join(ids, ","))
	}
}
