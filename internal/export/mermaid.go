package export

import (
	"bytes"
	"fmt"
	"strings"
	"unicode"

	"github.com/asbuilt/asbuilt/internal/console"
	"github.com/asbuilt/asbuilt/internal/stamp"
	"github.com/asbuilt/asbuilt/pkg/diagram"
)

// mermaidDirections are Mermaid's words for a view's direction.
var mermaidDirections = map[string]string{"down": "TB", "up": "BT", "right": "LR", "left": "RL"}

// mermaidShapes are the brackets around a label.
var mermaidShapes = map[string][2]string{
	"cylinder": {"[(", ")]"}, "queue": {"[[", "]]"}, "person": {"([", "])"}, "hexagon": {"{{", "}}"}, "cloud": {"(", ")"},
}

// Mermaid writes a diagram as a Mermaid flowchart, as GitHub draws it. Ids are generated; every character of
// a label that Mermaid might read is an entity.
func Mermaid(d *diagram.Diagram) []byte {
	w := &mermaidWriter{d: d}
	w.line("%%%% %s", stamp.Line(d.Name, d.Version, d.Digest()))
	w.line("flowchart %s", mermaidDirections[d.Direction])
	w.members(-1, "  ")
	var styles []string
	for i, e := range d.Edges {
		label := ""
		if text := strings.Join(edgeText(e), ", "); text != "" {
			label = "|\"" + entities(text) + "\"|"
		}
		arrow := "-->"
		if e.Async || e.Verdict == "absence" || e.Verdict == "unknown" {
			arrow = "-.->"
		}
		w.line("  n%d %s%s n%d", e.From, arrow, label, e.To)
		if color := mermaidColors[e.Verdict]; color != "" {
			styles = append(styles, fmt.Sprintf("  linkStyle %d stroke:%s", i, color))
		}
	}
	for _, s := range styles {
		w.line("%s", s)
	}
	return w.Bytes()
}

var mermaidColors = map[string]string{"divergence": "#c62828", "waived": "#b26a00", "absence": "#757575"}

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
		w.line("%ssubgraph g%d[\"%s\"]", indent, i, entities(g.Title))
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
		w.line("%sn%d%s\"%s\"%s", indent, i, brackets[0], entities(strings.Join(nodeText(n), " ")), brackets[1])
	}
}

// entities writes every character but letters, digits, blanks and a few marks as a decimal entity (#34;).
func entities(s string) string {
	var b strings.Builder
	for _, r := range console.Clean(s) {
		if unicode.IsLetter(r) || unicode.IsDigit(r) || strings.ContainsRune(" .,-_/", r) {
			b.WriteRune(r)
			continue
		}
		fmt.Fprintf(&b, "#%d;", r)
	}
	return b.String()
}
