package export

import (
	"bytes"
	"cmp"
	"fmt"
	"strings"

	"github.com/asbuilt/asbuilt/internal/markup"
	"github.com/asbuilt/asbuilt/internal/stamp"
	"github.com/asbuilt/asbuilt/pkg/diagram"
)

// Markdown writes a diagram as text: tables of what is drawn and of what leads where, for search and for
// whoever listens to a page.
func Markdown(d *diagram.Diagram) []byte {
	w := &tableWriter{d: d}
	w.line("<!-- %s -->", stamp.Line(d.Name, d.Version, d.Digest()))
	w.line("# %s", markup.Markdown(d.Title))
	if d.Description != "" {
		w.line("\n%s", markup.Markdown(d.Description))
	}
	if d.Architecture != "" {
		w.line("\n%s", markup.Markdown(strings.TrimSpace(d.Architecture+" "+d.Version)))
	}
	w.line("\n## Elements")
	rows := make([][]string, len(d.Nodes))
	for i, n := range d.Nodes {
		kind := cmp.Or(n.Kind, n.Type)
		if n.Status != "" {
			kind += ", " + n.Status
		}
		rows[i] = []string{n.Title, kind, n.Technology, n.Note, n.Owner, w.place(n.Group), n.Description}
	}
	w.table([]string{"Name", "Type", "Technology", "Note", "Owner", "In", "Description"}, rows)
	if d.Kind == diagram.KindSequence {
		w.line("\n## Steps")
		w.table([]string{"No.", "From", "To", "What", "How", "When", "Verdict"}, stepRows(d, d.Steps, nil))
		return w.Bytes()
	}
	if len(d.Edges) == 0 {
		return w.Bytes()
	}
	w.line("\n## Uses")
	rows = nil
	for _, e := range d.Edges {
		rows = append(rows, []string{
			d.Nodes[e.From].Title, d.Nodes[e.To].Title, strings.Join(e.Labels, "; "), e.Technology, manner(e), verdict(e),
		})
	}
	w.table([]string{"From", "To", "What for", "Technology", "How", "Verdict"}, rows)
	return w.Bytes()
}

type tableWriter struct {
	bytes.Buffer
	d *diagram.Diagram
}

func (w *tableWriter) line(format string, args ...any) { fmt.Fprintf(w, format+"\n", args...) }

// place names the groups around something, outermost first.
func (w *tableWriter) place(group int) string {
	var names []string
	for g := group; g >= 0; g = w.d.Groups[g].Parent {
		names = append([]string{w.d.Groups[g].Title}, names...)
	}
	return strings.Join(names, ", ")
}

// table writes rows; a column in which nothing stands is left out.
func (w *tableWriter) table(head []string, rows [][]string) {
	var columns []int
	for c := range head {
		for _, row := range rows {
			if row[c] != "" {
				columns = append(columns, c)
				break
			}
		}
	}
	w.WriteString("\n|")
	for _, c := range columns {
		w.WriteString(" " + head[c] + " |")
	}
	w.WriteString("\n|" + strings.Repeat(" --- |", len(columns)) + "\n")
	for _, row := range rows {
		w.WriteString("|")
		for _, c := range columns {
			w.WriteString(" " + markup.Markdown(row[c]) + " |")
		}
		w.WriteString("\n")
	}
}

// manner says how an edge is used, beyond an ordinary call.
func manner(e diagram.Edge) string {
	async, crosses := "", ""
	if e.Async {
		async = "asynchronous"
	}
	if e.Crosses {
		crosses = "from one team to another"
	}
	over := ""
	if e.Reaches {
		over = "over others"
	}
	return strings.Join(said(async, crosses, over, e.Status), ", ")
}

// verdict is what a check said of an edge; nothing where none was drawn.
func verdict(e diagram.Edge) string {
	switch {
	case e.Verdict == "declared":
		return ""
	case e.Count > 0:
		return fmt.Sprintf("%s (%d)", e.Verdict, e.Count)
	}
	return e.Verdict
}
