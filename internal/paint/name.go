package paint

import (
	"cmp"
	"fmt"
	"strings"

	"github.com/asbuilt/asbuilt/internal/console"
	"github.com/asbuilt/asbuilt/pkg/diagram"
)

// clean makes a text one line that shows whatever is hidden in it.
func clean(text string) string { return console.Clean(strings.Join(strings.Fields(text), " ")) }

// nodeName is what a screen reader says of a node: "Checkout, component, Go, owned by Payments".
func nodeName(n diagram.Node) string {
	return spoken(n.Title, cmp.Or(n.Kind, n.Type), n.Status, n.Technology, n.Note, owned(n.Owner))
}

// nodeHint is shown when the pointer rests on a node: its whole title and description.
func nodeHint(n diagram.Node) string {
	hint := nodeName(n)
	if n.Description != "" {
		hint += "\n" + clean(n.Description)
	}
	return hint
}

func groupName(g diagram.Group) string {
	kind := cmp.Or(g.Kind, g.Type)
	if kind == "set" {
		kind = "group"
	}
	return spoken(g.Title, kind, g.Technology, g.Status, owned(g.Owner))
}

func owned(team string) string {
	if team == "" {
		return ""
	}
	return "owned by " + team
}

// edgeName is what a screen reader says of an edge: "Checkout charges Stripe, HTTPS".
func edgeName(d *diagram.Diagram, e diagram.Edge) string {
	does := strings.Join(e.Labels, " and ")
	switch {
	case e.Reaches:
		does = "reaches"
	case does == "":
		does = "uses"
	}
	async := ""
	if e.Async {
		async = "asynchronous"
	}
	crosses := ""
	if e.Crosses {
		crosses = "from one team to another"
	}
	over := ""
	if e.Reaches {
		over = "over others"
	}
	sentence := d.Nodes[e.From].Title + " " + does + " " + d.Nodes[e.To].Title
	return spoken(sentence, e.Technology, async, crosses, over, e.Status, verdictName(d, e))
}

func verdictName(d *diagram.Diagram, e diagram.Edge) string {
	switch {
	case !d.Drift:
		return ""
	case e.Count == 1:
		return e.Verdict + ", 1 import"
	case e.Count > 1:
		return fmt.Sprintf("%s, %d imports", e.Verdict, e.Count)
	}
	return e.Verdict
}

// edgeHint adds the evidence, a pair of packages a line.
func edgeHint(d *diagram.Diagram, e diagram.Edge) string {
	lines := []string{edgeName(d, e)}
	for _, pair := range e.Evidence {
		lines = append(lines, clean(pair))
	}
	if more := e.Count - len(e.Evidence); more > 0 && len(e.Evidence) > 0 {
		lines = append(lines, fmt.Sprintf("and %d more", more))
	}
	return strings.Join(lines, "\n")
}

// spoken joins the parts that say something with commas.
func spoken(parts ...string) string {
	kept := parts[:0:0]
	for _, p := range parts {
		if p = clean(p); p != "" {
			kept = append(kept, p)
		}
	}
	return strings.Join(kept, ", ")
}
