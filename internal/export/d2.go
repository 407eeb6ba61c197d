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
	w := &d2Writer{d: d}
	w.line("# %s", stamp.Line(d.Name, d.Version, d.Digest()))
	w.line("direction: %s", d.Direction)
	w.members(-1, "")
	for _, e := range d.Edges {
		label := ""
		if text := edgeText(e); len(text) > 0 {
			label = ": " + markup.D2Label(text...)
		}
		w.styled(fmt.Sprintf("%s -> %s%s", w.key(e.From), w.key(e.To), label), d2Edge(e), "")
	}
	return w.Bytes()
}

// d2Shapes are D2's words for shapes that it has.
var d2Shapes = map[string]string{
	"cylinder": "cylinder", "queue": "queue", "person": "c4-person", "hexagon": "hexagon", "cloud": "cloud",
}

type d2Writer struct {
	bytes.Buffer
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
		if dashed(n) {
			style = append(style, "style.stroke-dash: 3")
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

// d2Edge draws what a verdict means.
func d2Edge(e diagram.Edge) []string {
	var out []string
	if color := verdictColors[e.Verdict]; color != "" {
		out = append(out, fmt.Sprintf("style.stroke: %q", color))
	}
	if e.Crosses {
		out = append(out, "style.stroke-width: 3")
	}
	if e.Async || e.Reaches || e.Status == "planned" || e.Verdict == "absence" || e.Verdict == "unknown" {
		out = append(out, "style.stroke-dash: 3")
	}
	return out
}
