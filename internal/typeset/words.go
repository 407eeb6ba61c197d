package typeset

import (
	"fmt"
	"slices"

	"github.com/asbuilt/asbuilt/pkg/diagram"
)

var typeWords = map[string]string{
	"person": "Person", "system": "System", "component": "Component", "api": "API",
	"datastore": "Data store", "queue": "Queue", "external": "External",
	"package": "Package", "node": "Node", "team": "Team",
}

// typeWord is a node type as a reader sees it.
func typeWord(t string) string {
	if w, ok := typeWords[t]; ok {
		return w
	}
	return clean(t)
}

// groupWord is what a group is to a reader. A set of the view is named by its title alone.
func groupWord(g diagram.Group) string {
	if g.Type == "set" {
		return ""
	}
	return kindWord(g.Kind, g.Type)
}

// kindWord is the kind of a node or group, where it has one, or its type as a reader sees it.
func kindWord(kind, nodeType string) string {
	if kind != "" {
		return clean(kind)
	}
	return typeWord(nodeType)
}

// verdictWords say what the line style of a verdict means.
var verdictWords = map[string]string{
	"convergence": "declared and in the code",
	"divergence":  "in the code, not declared",
	"waived":      "not declared, but waived",
	"absence":     "declared, not in the code",
	"unknown":     "declared, not observed",
}

// verdictLabels say in the drawing itself what is wrong with an edge: colour alone tells nobody.
var verdictLabels = map[string]string{"divergence": "undeclared", "waived": "waived", "absence": "absent"}

// breachWords say what the line styles mean in a picture where something breaks a rule.
var breachWords = map[string]string{
	"divergence": "in the code, not declared or against a rule",
	"waived":     "not declared or against a rule, but waived",
}

// verdictWord is what the line style of a verdict means in a picture.
func verdictWord(d *diagram.Diagram, verdict string) string {
	word, ok := breachWords[verdict]
	if ok && slices.ContainsFunc(d.Edges, func(e diagram.Edge) bool { return len(e.Breaks) > 0 }) {
		return word
	}
	return verdictWords[verdict]
}

// verdictLabel is the word on an edge with the count of imports behind it; "" for a quiet verdict.
func verdictLabel(e *diagram.Edge) string {
	word, imports, and := verdictLabels[e.Verdict], e.Count, " · "
	if e.Verdict == "divergence" && len(e.Breaks) > 0 {
		word, and = "breaks "+clean(e.Breaks[0]), ", " // it may need a second line
		if more := len(e.Breaks) - 1; more > 0 {
			word += fmt.Sprintf(" and %d more", more)
		}
	}
	switch {
	case word == "" || imports == 0:
		return word
	case imports == 1:
		return word + and + "1 import"
	}
	return fmt.Sprintf("%s%s%d imports", word, and, imports)
}
