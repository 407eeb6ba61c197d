package export

import (
	"bytes"
	"cmp"
	"fmt"

	"github.com/asbuilt/asbuilt/internal/markup"
	"github.com/asbuilt/asbuilt/internal/stamp"
	"github.com/asbuilt/asbuilt/pkg/diagram"
)

// PlantUML writes a diagram with the macros of C4-PlantUML, from the library that PlantUML carries, so that
// drawing it needs no network. Aliases are generated; words are labels.
func PlantUML(d *diagram.Diagram) []byte {
	if d.Kind == diagram.KindSequence {
		return plantumlSequence(d)
	}
	w := &plantUMLWriter{d: d}
	w.line("' %s", stamp.Line(d.Name, d.Version, d.Digest()))
	w.line("@startuml")
	w.line("!include <C4/C4_Component>")
	w.line("%s", map[string]string{"right": "LAYOUT_LEFT_RIGHT()", "left": "LAYOUT_LEFT_RIGHT()"}[d.Direction])
	for _, verdict := range []string{"divergence", "waived", "absence"} {
		w.line(`AddRelTag("%s", $lineColor="%s", $textColor="%[2]s")`, verdict, verdictColors[verdict])
	}
	w.line(`AddRelTag("async", $lineStyle=DashedLine())`)
	inks := inksOf(d)
	for i, e := range d.Edges {
		if color := inks.line(e.Look); color != "" && quiet(e) {
			w.line(`AddRelTag("e%d", $lineColor="%s"%s)`, i, color, map[string]string{"dashed": ", $lineStyle=DashedLine()", "dotted": ", $lineStyle=DottedLine()"}[broken(e)])
		}
	}
	w.line("title %s", markup.PlantUML(d.Title))
	w.members(-1, "")
	for i, e := range d.Edges {
		tag := ""
		switch {
		case inks.line(e.Look) != "" && quiet(e):
			tag = fmt.Sprintf(`, $tags="e%d"`, i)
		case verdictColors[e.Verdict] != "":
			tag = fmt.Sprintf(`, $tags="%s"`, e.Verdict)
		case e.Async:
			tag = `, $tags="async"`
		}
		e.Technology, tag = "", fmt.Sprintf(`, $techn="%s"%s`, markup.PlantUML(e.Technology), tag)
		w.line(`Rel(n%d, n%d, "%s"%s)`, e.From, e.To, markup.PlantUMLLabel(edgeText(e)...), tag)
	}
	w.line("@enduml")
	return w.Bytes()
}

// macro is the C4 macro that draws a node, and whether it takes a technology.
func macro(n diagram.Node) (name string, technology bool) {
	switch {
	case n.Type == "person":
		return "Person", false
	case n.Type == "external":
		return "System_Ext", false
	case n.Type == "system":
		return "System", false
	case n.Shape == "cylinder", n.Shape == "bucket":
		return "ContainerDb", true
	case n.Shape == "queue":
		return "ContainerQueue", true
	case n.Type == "api":
		return "Component", true
	}
	return "Container", true
}

type plantUMLWriter struct {
	bytes.Buffer
	d *diagram.Diagram
}

// line writes a line that is not empty.
func (w *plantUMLWriter) line(format string, args ...any) {
	if text := fmt.Sprintf(format, args...); text != "" {
		w.WriteString(text + "\n")
	}
}

func (w *plantUMLWriter) members(group int, indent string) {
	for i, g := range w.d.Groups {
		if g.Parent != group {
			continue
		}
		w.line(`%sBoundary(g%d, "%s", "%s") {`, indent, i, markup.PlantUML(g.Title), markup.PlantUML(cmp.Or(g.Kind, g.Type)))
		w.members(i, indent+"  ")
		w.line("%s}", indent)
	}
	for i, n := range w.d.Nodes {
		if n.Group != group {
			continue
		}
		name, technology := macro(n)
		middle := ""
		if technology {
			middle = fmt.Sprintf(`"%s", `, markup.PlantUML(n.Technology))
		}
		w.line(`%s%s(n%d, "%s", %s"%s")`, indent, name, i, markup.PlantUMLLabel(said(n.Title, n.Status, n.Note)...), middle, markup.PlantUML(n.Description))
	}
}
