package typeset

import "fmt"

var typeWords = map[string]string{
	"person": "Person", "system": "System", "component": "Component", "api": "API",
	"datastore": "Data store", "queue": "Queue", "external": "External",
}

// typeWord is a node type as a reader sees it.
func typeWord(t string) string {
	if w, ok := typeWords[t]; ok {
		return w
	}
	return clean(t)
}

// groupWord is a group's type as a reader sees it. A set of the view is named by its title alone.
func groupWord(t string) string {
	if t == "set" {
		return ""
	}
	return typeWord(t)
}

// hasIcon reports whether a type has a mark of its own.
func hasIcon(t string) bool {
	_, ok := typeWords[t]
	return ok
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

// verdictLabel is the word on an edge with the count of imports behind it; "" for a quiet verdict.
func verdictLabel(verdict string, imports int) string {
	word := verdictLabels[verdict]
	switch {
	case word == "" || imports == 0:
		return word
	case imports == 1:
		return word + " · 1 import"
	}
	return fmt.Sprintf("%s · %d imports", word, imports)
}
