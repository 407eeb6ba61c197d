// Package catalog lists the rules: what each finding is called, how much it weighs, and its page. A rule's
// id is never reused.
package catalog

import (
	"embed"
	"slices"
	"strings"

	"github.com/asbuilt/asbuilt/pkg/finding"
)

// Rule is one kind of finding.
type Rule struct {
	ID       string
	Severity finding.Severity // unless the architecture block says otherwise
	Summary  string           // one clause
	Fatal    bool             // a finding of it means that no verdict can be given: status 2
}

//go:embed pages/*.md
var pages embed.FS

// OfImport begins the ids of what import finds in the files of other tools: check never does.
const OfImport = "import/"

// All lists the rules by id.
func All() []Rule { return slices.Clone(rules) }

// IDs lists the ids, sorted.
func IDs() []string {
	ids := make([]string, len(rules))
	for i, r := range rules {
		ids[i] = r.ID
	}
	return ids
}

// Lookup finds a rule by its id.
func Lookup(id string) (Rule, bool) {
	i, ok := slices.BinarySearchFunc(rules, id, func(r Rule, id string) int { return strings.Compare(r.ID, id) })
	if !ok {
		return Rule{}, false
	}
	return rules[i], true
}

// Page is a rule's page in Markdown.
func Page(id string) (string, bool) {
	b, err := pages.ReadFile("pages/" + strings.ReplaceAll(id, "/", "-") + ".md")
	return string(b), err == nil
}

// rules is sorted by id.
var rules = []Rule{
	{"baseline/grown", finding.Error, "a change that accepts more findings in the baseline", false},
	{"baseline/stale", finding.Error, "an accepted finding that is there no more", false},
	{"code/absent", finding.Error, "a declared edge that no import shows", false},
	{"code/bypass", finding.Error, "an import of a package that its element does not expose", false},
	{"code/cycle", finding.Error, "elements that use each other in a circle against a rule", false},
	{"code/denied", finding.Error, "a use that a rule denies, with the whole chain", false},
	{"code/deprecated", finding.Error, "a new use of a deprecated element", false},
	{"code/independent", finding.Error, "a use between elements that a rule keeps apart", false},
	{"code/inverse", finding.Error, "a use by others than those that a rule allows", false},
	{"code/layer", finding.Error, "a use of a higher layer, or one that skips a layer", false},
	{"code/module", finding.Error, "a third-party module that an element does not permit", false},
	{"code/module-unused", finding.Warning, "a permitted module that nothing is used of", false},
	{"code/planned", finding.Note, "an edge or element declared as planned exists already", false},
	{"code/test-only", finding.Note, "an edge that only tests show", false},
	{"code/undeclared", finding.Error, "an import between elements that nobody declared", false},
	{"code/variant", finding.Note, "a declared edge that exists only under a build constraint", false},
	{"docs/contrast", finding.Note, "a colour of yours that is drawn otherwise, so that it can be seen", false},
	{"docs/edited", finding.Error, "a rendered file that was changed by hand", false},
	{"docs/stale", finding.Error, "a rendered file that no longer shows the architecture", false},
	{"docs/step", finding.Error, "a step of a sequence that no declared edge allows", false},
	{"gate/blind", finding.Error, "something that was not read, so that nothing can be concluded", true},
	{"gate/unproven", finding.Error, "a rule or border of which a violation stays green", false},
	{"gate/vacuous", finding.Error, "a rule or setting of the gate that can find nothing", false},
	{"gate/weakened", finding.Error, "a change that loosens the policy which judges it", false},
	{"import/not-carried", finding.Warning, "a part of another tool's rules that has no counterpart", false},
	{"import/owner", finding.Note, "who would own an element, after CODEOWNERS", false},
	{"import/syntax", finding.Error, "another tool's file that was not understood", true},
	{"import/unknown", finding.Warning, "a name in another tool's rules that nothing defines", false},
	{"import/unused", finding.Warning, "a permission of another tool's rules that nothing uses", false},
	{"import/vacuous", finding.Warning, "a part of another tool's rules that matches nothing", false},
	{"import/wider", finding.Warning, "a part of another tool's rules that does more than it reads", false},
	{"kind/attribute", finding.Error, "an element without an attribute that its kind requires", false},
	{"kind/endpoint", finding.Error, "a use that the kind of an element does not allow", false},
	{"language/budget", finding.Error, "files that would cost too much to read or evaluate", true},
	{"language/cycle", finding.Error, "a definition that needs itself", true},
	{"language/duplicate", finding.Error, "the same thing said twice", true},
	{"language/later", finding.Error, "a part of the language that a later version brings", true},
	{"language/missing", finding.Error, "something required that is not there", true},
	{"language/more", finding.Error, "more mistakes than are printed", true},
	{"language/order", finding.Error, "a value used before it is known", true},
	{"language/place", finding.Error, "an element where its type may not stand", true},
	{"language/syntax", finding.Error, "text that is not HCL", true},
	{"language/type", finding.Error, "a value of another type than the one needed", true},
	{"language/unknown", finding.Error, "a name that nothing defines", true},
	{"language/value", finding.Error, "a value that is not allowed, or an expression that fails", true},
	{"language/version", finding.Error, "an architecture that asks for another version of asbuilt", true},
	{"map/ambiguous", finding.Error, "a package that two elements claim equally", false},
	{"map/empty", finding.Error, "a code pattern that matches no package", false},
	{"map/unassigned", finding.Warning, "a package that no element owns", false},
	{"rule/condition", finding.Error, "a condition of a rule that does not hold", false},
	{"service/weak", finding.Note, "a hint at a use that nobody declared", false},
	{"waiver/expired", finding.Error, "a waiver whose last day is over", false},
	{"waiver/incomplete", finding.Error, "a waiver without reason, owner or date", false},
	{"waiver/stale", finding.Error, "a waiver that matches nothing any more", false},
}
