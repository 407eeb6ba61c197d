package view_test

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/asbuilt/asbuilt/pkg/diagram"
	"github.com/asbuilt/asbuilt/pkg/finding"
)

// dump writes a diagram, or what is wrong with the view, one thing a line.
func dump(d *diagram.Diagram, problems []finding.Finding) string {
	var b strings.Builder
	for _, f := range problems {
		fmt.Fprintf(&b, "%s %s %s: %s; %s\n", f.Severity, f.Rule, f.At, f.Message, f.Fix.Message)
	}
	if d == nil {
		return b.String()
	}
	fmt.Fprintf(&b, "%q\n", d.Title)
	if d.Description != "" {
		fmt.Fprintf(&b, "%s\n", d.Description)
	}
	dumpFrame(&b, d, -1, "")
	for _, e := range d.Edges {
		fmt.Fprintf(&b, "%s -> %s %s", d.Nodes[e.From].Address, d.Nodes[e.To].Address, e.Verdict)
		for _, l := range e.Labels {
			fmt.Fprintf(&b, " %q", l)
		}
		field(&b, "tech", e.Technology)
		field(&b, "color", e.Color)
		flagged(&b, "async", e.Async)
		flagged(&b, "crosses", e.Crosses)
		flagged(&b, "reaches", e.Reaches)
		field(&b, "status", e.Status)
		field(&b, "breaks", strings.Join(e.Breaks, ","))
		if e.Count > 0 {
			fmt.Fprintf(&b, " x%d", e.Count)
		}
		b.WriteString("\n")
		for _, line := range e.Evidence {
			fmt.Fprintf(&b, "    %s\n", line)
		}
	}
	for i, badge := range d.Badges {
		fmt.Fprintf(&b, "badge %d %q\n", i, badge.Title)
	}
	for _, rank := range d.SameRank {
		b.WriteString("rank")
		for _, i := range rank {
			b.WriteString(" " + d.Nodes[i].Address)
		}
		b.WriteString("\n")
	}
	return b.String()
}

func dumpFrame(b *strings.Builder, d *diagram.Diagram, frame int, indent string) {
	for _, n := range d.Nodes {
		if n.Group != frame {
			continue
		}
		fmt.Fprintf(b, "%s%s", indent, n.Address)
		if n.Shape != plainShape(n.Type) {
			field(b, "shape", n.Shape)
		}
		field(b, "title", n.Title[:len(n.Title)*named(n)])
		field(b, "kind", n.Kind)
		field(b, "tech", n.Technology)
		field(b, "color", n.Color)
		field(b, "owner", n.Owner)
		field(b, "status", n.Status)
		field(b, "link", n.Link)
		field(b, "view", n.View)
		for _, i := range n.Badges {
			fmt.Fprintf(b, " #%d", i)
		}
		flagged(b, "subject", n.Subject)
		field(b, "note", n.Note)
		b.WriteString("\n")
	}
	for i, g := range d.Groups {
		if g.Parent != frame {
			continue
		}
		fmt.Fprintf(b, "%s[%s", indent, g.Address)
		field(b, "kind", g.Kind)
		field(b, "tech", g.Technology)
		field(b, "owner", g.Owner)
		field(b, "status", g.Status)
		b.WriteString("]\n")
		dumpFrame(b, d, i, indent+"  ")
	}
}

// named is 1 when a card has a title of its own, else 0: the name is in the address already.
func named(n diagram.Node) int {
	if strings.HasSuffix(n.Address, "."+n.Title) {
		return 0
	}
	return 1
}

func plainShape(elementType string) string {
	switch elementType {
	case "datastore":
		return "cylinder"
	case "api":
		return "hexagon"
	case "system", "external":
		return "box"
	}
	return elementType
}

func field(b *strings.Builder, name, value string) {
	if value != "" {
		fmt.Fprintf(b, " %s=%s", name, quoteIfNeeded(value))
	}
}

func quoteIfNeeded(s string) string {
	if strings.ContainsAny(s, " ") {
		return strconv.Quote(s)
	}
	return s
}

func flagged(b *strings.Builder, name string, holds bool) {
	if holds {
		b.WriteString(" " + name)
	}
}
