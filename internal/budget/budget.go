// Package budget bounds what hostile HCL can cost. HCL can be neither interrupted nor recovered from
// a stack overflow, so cost is checked before the parser runs (Scan) and inside evaluation (Meter).
package budget

// Rule is the id of what goes over budget; Syntax is the id of what Scan cannot read at all.
const (
	Rule   = "language/budget"
	Syntax = "language/syntax"
)

// What one file may hold.
const (
	MaxBytes  = 1 << 20 // bytes a file
	MaxTokens = 100_000 // tokens a file, comments and line ends included
	MaxDepth  = 200     // brackets, templates, blocks, conditionals, signs and steps of a reference inside one another
	MaxDigits = 40      // digits of a number
	maxName   = 1000    // bytes of an identifier
	// maxMelded bounds the bytes that hcl copies when it joins the pieces of a template one by one.
	maxMelded = 64 << 20
)

// What one run may make.
const (
	MaxString   = 1 << 20 // bytes of one string
	MaxStrings  = 8 << 20 // bytes of all strings made
	MaxElements = 100_000 // elements of all collections made; also the size of one value, everything inside counted
	maxForDepth = 3       // `for` inside `for`
)
