package export

import (
	"bytes"
	"fmt"
	"slices"
	"strings"

	"github.com/asbuilt/asbuilt/internal/markup"
	"github.com/asbuilt/asbuilt/internal/stamp"
	"github.com/asbuilt/asbuilt/pkg/diagram"
)

// messageText is what a message says in one line. Formats without colours say in words what is wrong with it.
func messageText(e diagram.Edge) string {
	text := strings.Join(e.Labels, ", ")
	switch e.Verdict {
	case "divergence":
		text = strings.TrimSpace(text + " (not declared)")
	case "waived":
		text = strings.TrimSpace(text + " (not declared, waived)")
	}
	if text == "" { // only a reply may say nothing, and the formats want words
		return "reply"
	}
	return text
}

// untitled are what fragments say that have no title, where a format wants one.
var untitled = map[diagram.StepKind]string{diagram.StepElse: "otherwise", diagram.StepPar: "in parallel", diagram.StepBranch: "at the same time"}

func fragmentText(s diagram.Step) string {
	if s.Text == "" {
		return untitled[s.Kind]
	}
	return s.Text
}

// scriptWriter writes steps in a language that is read line by line.
type scriptWriter struct {
	bytes.Buffer
	d       *diagram.Diagram
	words   func(string) string
	message func(diagram.Edge) string              // between the ends and the text
	note    func(from, to int, text string) string // over lifelines
	another string                                 // what begins a further branch of a par
}

func (w *scriptWriter) line(format string, args ...any) { fmt.Fprintf(w, format+"\n", args...) }

func (w *scriptWriter) steps(steps []diagram.Step, indent string) {
	for _, s := range steps {
		switch s.Kind {
		case diagram.StepMessage:
			e := w.d.Edges[s.Edge]
			w.line("%sn%d%sn%d: %s", indent, e.From, w.message(e), e.To, w.words(messageText(e)))
		case diagram.StepNote:
			w.line("%s%s", indent, w.note(s.Nodes[0], s.Nodes[len(s.Nodes)-1], w.words(s.Text)))
		case diagram.StepPar:
			w.par(s, indent)
		case diagram.StepElse:
			outer := strings.TrimSuffix(indent, "  ")
			w.line("%selse %s", outer, w.words(fragmentText(s)))
			w.steps(s.Steps, indent)
		default:
			w.line("%s%s %s", indent, s.Kind, w.words(fragmentText(s)))
			w.steps(s.Steps, indent+"  ")
			w.line("%send", indent)
		}
	}
}

// par opens with its first branch.
func (w *scriptWriter) par(s diagram.Step, indent string) {
	for i, branch := range s.Steps {
		word, title := w.another, fragmentText(branch)
		if i == 0 {
			word, title = "par", strings.Join(said(s.Text, branch.Text), ": ")
			if title == "" {
				title = fragmentText(s)
			}
		}
		w.line("%s%s %s", indent, word, w.words(title))
		w.steps(branch.Steps, indent+"  ")
	}
	w.line("%send", indent)
}

func mermaidSequence(d *diagram.Diagram) []byte {
	w := &scriptWriter{
		d: d, words: markup.Mermaid, another: "and",
		message: func(e diagram.Edge) string {
			switch {
			case e.Reply:
				return "-->>"
			case e.Async:
				return "-)"
			}
			return "->>"
		},
		note: func(from, to int, text string) string {
			if from == to {
				return fmt.Sprintf("Note over n%d: %s", from, text)
			}
			return fmt.Sprintf("Note over n%d,n%d: %s", from, to, text)
		},
	}
	w.line("%%%% %s", stamp.Line(d.Name, d.Version, d.Digest()))
	w.line("sequenceDiagram")
	w.line("  autonumber")
	for i, n := range d.Nodes {
		word := "participant"
		if n.Type == "person" {
			word = "actor"
		}
		w.line("  %s n%d as %s", word, i, markup.Mermaid(n.Title))
	}
	w.steps(d.Steps, "  ")
	return w.Bytes()
}

// plantUMLActors are PlantUML's words for who takes part, by shape.
var plantUMLActors = map[string]string{"person": "actor", "cylinder": "database", "queue": "queue"}

func plantumlSequence(d *diagram.Diagram) []byte {
	w := &scriptWriter{
		d: d, words: markup.PlantUML, another: "else",
		message: func(e diagram.Edge) string {
			line, head := "-", ">"
			if e.Reply {
				line = "--"
			}
			if e.Async {
				head = ">>"
			}
			if color := verdictColors[e.Verdict]; color != "" {
				line = "-[" + color + "]" + line[1:]
			}
			return " " + line + head + " "
		},
		note: func(from, to int, text string) string {
			if from == to {
				return fmt.Sprintf("note over n%d : %s", from, text)
			}
			return fmt.Sprintf("note over n%d, n%d : %s", from, to, text)
		},
	}
	w.line("' %s", stamp.Line(d.Name, d.Version, d.Digest()))
	w.line("@startuml")
	w.line("title %s", markup.PlantUML(d.Title))
	w.line("autonumber")
	for i, n := range d.Nodes {
		word, ok := plantUMLActors[n.Shape]
		if !ok {
			word = "participant"
		}
		w.line(`%s "%s" as n%d`, word, markup.PlantUML(n.Title), i)
	}
	w.steps(d.Steps, "")
	w.line("@enduml")
	return w.Bytes()
}

func d2Sequence(d *diagram.Diagram) []byte {
	w := &d2Writer{d: d, inks: inksOf(d)}
	w.line("# %s", stamp.Line(d.Name, d.Version, d.Digest()))
	w.line("shape: sequence_diagram")
	for i, n := range d.Nodes {
		var style []string
		if n.Type == "person" {
			style = append(style, "shape: person")
		}
		w.styled(fmt.Sprintf("n%d: %s", i, markup.D2Label(n.Title)), style, "")
	}
	parts := 0
	w.steps(d.Steps, "", &parts)
	return w.Bytes()
}

// steps writes messages in order; fragments are groups, each with a key of its own, notes stand at their first
// lifeline.
func (w *d2Writer) steps(steps []diagram.Step, indent string, parts *int) {
	for _, s := range steps {
		switch s.Kind {
		case diagram.StepMessage:
			e := w.d.Edges[s.Edge]
			style := w.edge(e)
			if e.Reply {
				style = append(style, "style.stroke-dash: 3")
			}
			w.styled(fmt.Sprintf("%sn%d -> n%d: %s", indent, e.From, e.To, markup.D2Label(messageText(e))), style, indent)
		case diagram.StepNote:
			*parts++
			w.line("%sn%d.note%d: %s", indent, s.Nodes[0], *parts, markup.D2Label(s.Text))
		default:
			*parts++
			w.line("%spart%d: %s {", indent, *parts, markup.D2Label(fragmentWords(s)))
			w.steps(s.Steps, indent+"  ", parts)
			w.line("%s}", indent)
		}
	}
}

// fragmentWords names a fragment: "alt: the card is accepted".
func fragmentWords(s diagram.Step) string {
	if s.Kind == diagram.StepBranch {
		return fragmentText(s)
	}
	return strings.Join(said(string(s.Kind), s.Text), ": ")
}

// stepRows are the steps as rows of a table; around are the fragments that they stand in.
func stepRows(d *diagram.Diagram, steps []diagram.Step, around []string) [][]string {
	var rows [][]string
	when := strings.Join(around, " › ")
	for _, s := range steps {
		switch s.Kind {
		case diagram.StepMessage:
			e := d.Edges[s.Edge]
			how := manner(e)
			if e.Reply {
				how = "reply"
			}
			rows = append(rows, []string{
				fmt.Sprint(s.Edge + 1), d.Nodes[e.From].Title, d.Nodes[e.To].Title, strings.Join(e.Labels, "; "), how, when, verdict(e),
			})
		case diagram.StepNote:
			names := make([]string, len(s.Nodes))
			for i, n := range s.Nodes {
				names[i] = d.Nodes[n].Title
			}
			rows = append(rows, []string{"", strings.Join(names, ", "), "", s.Text, "note", when, ""})
		case diagram.StepElse: // instead of what stands before it in its alt
			rows = append(rows, stepRows(d, s.Steps, append(slices.Clone(around[:len(around)-1]), fragmentWords(s)))...)
		default:
			rows = append(rows, stepRows(d, s.Steps, append(slices.Clone(around), fragmentWords(s)))...)
		}
	}
	return rows
}
