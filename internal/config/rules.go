package config

// RuleInfo is a rule of this room with its meaning in one line.
type RuleInfo struct {
	ID      string
	Meaning string
}

// The rules: what can be wrong with the text itself.
const (
	ruleSyntax    = "language/syntax"
	ruleUnknown   = "language/unknown"
	ruleType      = "language/type"
	ruleValue     = "language/value"
	ruleMissing   = "language/missing"
	ruleDuplicate = "language/duplicate"
	rulePlace     = "language/place"
	ruleCycle     = "language/cycle"
	ruleOrder     = "language/order"
	ruleLater     = "language/later"
	ruleVersion   = "language/version"
	ruleBudget    = "language/budget"
	ruleMore      = "language/more"
)

// Rules lists them. All are errors, and all mean that nothing could be judged.
func Rules() []RuleInfo {
	return []RuleInfo{
		{ruleSyntax, "A file cannot be read as HCL."},
		{ruleUnknown, "A block, attribute, reference, function or rule id that does not exist."},
		{ruleType, "A value of another type than the one needed here."},
		{ruleValue, "A value that is not allowed here, or an expression that fails."},
		{ruleMissing, "Something required is not there: an attribute, a label, the value of a variable."},
		{ruleDuplicate, "The same thing is said twice."},
		{rulePlace, "An element stands where its type may not: a person as a target, a system in a component, a kind of another block."},
		{ruleCycle, "A definition that needs itself: a circle of `in`, of locals, or of a set function and the model it reads."},
		{ruleOrder, "Something is used before it is known: another element's attributes while elements are being read."},
		{ruleLater, "Something that comes with a later version; it is never accepted and ignored."},
		{ruleVersion, "The architecture asks for another version of asbuilt."},
		{ruleBudget, "Reading the files would cost too much: too large, too deep, or too many."},
		{ruleMore, "More findings than are printed."},
	}
}
