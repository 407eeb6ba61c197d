package export

import (
	"bytes"
	"fmt"

	"github.com/asbuilt/asbuilt/internal/markup"
	"github.com/asbuilt/asbuilt/internal/stamp"
	"github.com/asbuilt/asbuilt/pkg/diagram"
)

// D2 writes a diagram in the language of D2 (https://d2lang.com). Keys are generated; words are labels.
func D2(d *diagram.Diagram) []byte {
	if d.Kind == diagram.KindSequence {
		return d2Sequence(d)
	}
	w := &d2Writer{d: d, inks: inksOf(d)}
	w.line("# %s", stamp.Line(d.Name, d.Version, d.Digest()))
	w.line("direction: %s", d.Direction)
	w.members(-1, "")
	for _, e := range d.Edges {
		label := ""
		if text := edgeText(e); len(text) > 0 {
			label = ": " + markup.D2Label(text...)
		}
		w.styled(fmt.Sprintf("%s -> %s%s", w.key(e.From), w.key(e.To), label), w.edge(e), "")
	}
	return w.Bytes()
}

// d2Shapes are D2's words for shapes that it has.
var d2Shapes = map[string]string{
	"cylinder": "cylinder", "queue": "queue", "person": "c4-person", "hexagon": "hexagon", "cloud": "cloud",
	"document": "document", "bucket": "cylinder",
}

type d2Writer struct {
	bytes.Buffer
	inks
	d *diagram.Diagram
}

func (w *d2Writer) line(format string, args ...any) { fmt.Fprintf(w, format+"\n", args...) }

// key is the path to a node through the groups around it.
func (w *d2Writer) key(node int) string {
	key := fmt.Sprintf("n%d", node)
	for g := w.d.Nodes[node].Group; g >= 0; g = w.d.Groups[g].Parent {
		key = fmt.Sprintf("g%d.%s", g, key)
	}
	return key
}

func (w *d2Writer) members(group int, indent string) {
	for i, g := range w.d.Groups {
		if g.Parent != group {
			continue
		}
		w.line("%sg%d: %s {", indent, i, markup.D2Label(g.Title))
		w.members(i, indent+"  ")
		w.line("%s}", indent)
	}
	for i, n := range w.d.Nodes {
		if n.Group != group {
			continue
		}
		var style []string
		if shape, ok := d2Shapes[n.Shape]; ok {
			style = append(style, "shape: "+shape)
		}
		if dashed(n) || n.Line == "dashed" {
			style = append(style, "style.stroke-dash: 3")
		} else if n.Line == "dotted" {
			style = append(style, "style.stroke-dash: 1")
		}
		if color := w.inks.line(n.Look); color != "" {
			style = append(style, fmt.Sprintf("style.stroke: %q", color))
		}
		w.styled(fmt.Sprintf("%sn%d: %s", indent, i, markup.D2Label(nodeText(n)...)), style, indent)
	}
}

// styled writes an object with what it looks like.
func (w *d2Writer) styled(object string, style []string, indent string) {
	if len(style) == 0 {
		w.line("%s", object)
		return
	}
	w.line("%s {", object)
	for _, s := range style {
		w.line("%s  %s", indent, s)
	}
	w.line("%s}", indent)
}

// edge draws what a verdict means, else what a style says.
func (w *d2Writer) edge(e diagram.Edge) []string {
	var out []string
	color, width := verdictColors[e.Verdict], 0.0
	if quiet(e) {
		color, width = w.inks.line(e.Look), e.Width
	}
	if color != "" {
		out = append(out, fmt.Sprintf("style.stroke: %q", color))
	}
	switch {
	case width >= 1:
		out = append(out, fmt.Sprintf("style.stroke-width: %.0f", width))
	case e.Crosses:
		out = append(out, "style.stroke-width: 3")
	}
	if quiet(e) && e.Opacity != nil {
		out = append(out, fmt.Sprintf("style.opacity: %g", float64(*e.Opacity)/100))
	}
	switch how := broken(e); {
	case how == "dotted" && quiet(e) && e.Status == "":
		out = append(out, "style.stroke-dash: 1")
	case how != "", e.Reaches:
		out = append(out, "style.stroke-dash: 3")
	}
	return out
}
