package typeset

import "strings"

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
	"waived":      "waived",
	"absence":     "declared, not in the code",
	"unknown":     "declared, not observed",
}

func countWords(verdict string, n int) string {
	word := "undeclared"
	if verdict == "waived" {
		word = "waived"
	}
	if n == 0 {
		return word
	}
	return strings.Join([]string{word, itoa(n) + "×"}, " ")
}
