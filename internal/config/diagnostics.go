package config

import (
	"errors"
	"fmt"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"

	"github.com/asbuilt/asbuilt/internal/phrase"
)

// summaries gives each of HCL's evaluation problems our rule. What is not listed is a value.
var summaries = map[string]string{
	"Unsupported attribute":                    ruleUnknown,
	"Invalid index":                            ruleUnknown,
	"Unknown variable":                         ruleUnknown,
	"Call to unknown function":                 ruleUnknown,
	"Attempt to get attribute from null value": ruleValue,
	"Invalid operand":                          ruleType,
	"Invalid function argument":                ruleType,
	"Not enough function arguments":            ruleType,
	"Too many function arguments":              ruleType,
	"Incorrect condition type":                 ruleType,
	"Inconsistent conditional result types":    ruleType,
	"Iteration over non-iterable value":        ruleType,
	"Invalid template interpolation value":     ruleType,
	"Incorrect key type":                       ruleType,
	"Invalid expanding argument value":         ruleType,
}

// noteOf turns HCL's diagnostic into a finding: the first sentence is the message, the rest the next step.
func noteOf(d *hcl.Diagnostic) note {
	n := note{rule: summaries[d.Summary]}
	if n.rule == "" {
		n.rule = ruleValue
	}
	if d.Subject != nil {
		n.at = *d.Subject
	}
	text := d.Detail
	if text == "" {
		text = d.Summary
	}
	text = argumentProblem.ReplaceAllString(text, "")
	first, rest := firstSentence(text)
	n.message, n.fix = plainSentence(first), plainSentence(rest)
	return n
}

// firstSentence splits at the first full stop that ends a sentence.
func firstSentence(s string) (first, rest string) {
	for i := 0; i+2 < len(s); i++ {
		if c, _ := utf8.DecodeRuneInString(s[i+2:]); (s[i] == '.' || s[i] == '?') && s[i+1] == ' ' && unicode.IsUpper(c) {
			return s[:i+1], s[i+2:]
		}
	}
	return s, ""
}

// plainSentence writes a sentence as a clause: no capital, no full stop, one line.
func plainSentence(s string) string {
	s = strings.TrimSuffix(strings.TrimSpace(strings.ReplaceAll(s, "\n", " ")), ".")
	c, size := utf8.DecodeRuneInString(s)
	next, _ := utf8.DecodeRuneInString(s[min(size, len(s)):])
	if unicode.IsUpper(c) && !unicode.IsUpper(next) {
		s = string(unicode.ToLower(c)) + s[size:]
	}
	return s
}

// failed reports a problem of evaluation.
func (f *frame) failed(d *hcl.Diagnostic) {
	d = innermost(d)
	n := noteOf(d)
	if n.at.Filename == "" {
		n.at = f.block.header()
	}
	n.message = plainMessage(d)
	if word := strings.TrimPrefix(f.report.source(n.at), "."); d.Summary == "Unsupported attribute" {
		if len(word) < f.report.width(n.at) { // at the word, not at its dot
			n.at.Start.Byte++
		}
		f.unknownAttribute(&n, word)
	}
	f.unknownInstance(&n, d)
	f.noEnds(&n, d)
	f.add(n)
}

// innermost returns the problem inside the condition of a filter, which has a place of its own.
func innermost(d *hcl.Diagnostic) *hcl.Diagnostic {
	for {
		extra, ok := hcl.DiagnosticExtra[hclsyntax.FunctionCallDiagExtra](d)
		if !ok {
			return d
		}
		var inner diagnosticError
		if !errors.As(extra.FunctionCallError(), &inner) {
			return d
		}
		d = inner.Diagnostic
	}
}

// plainMessage is what a problem says, with the function that it is about.
func plainMessage(d *hcl.Diagnostic) string {
	message := noteOf(d).message
	if name := calledFunction(d); name != "" {
		return name + "(): " + message
	}
	return message
}

// calledFunction is the name of the function that a problem is about, and of no part of its own message.
func calledFunction(d *hcl.Diagnostic) string {
	extra, ok := hcl.DiagnosticExtra[hclsyntax.FunctionCallDiagExtra](d)
	if !ok || strings.Contains(d.Detail, fmt.Sprintf("Function %q", extra.CalledFunctionName())) {
		return ""
	}
	return extra.CalledFunctionName()
}

// argumentProblem is what HCL says before a function's own words.
var argumentProblem = regexp.MustCompile(`^(?:Invalid value for "[^"]*" parameter|Call to function "[^"]*" failed): `)

// unknownAttribute improves what HCL says about an attribute of an element or relationship.
func (f *frame) unknownAttribute(n *note, word string) {
	if word == "verdict" {
		n.rule, n.message, n.fix = ruleOrder, "verdicts are known when a picture is drawn, not before", "ask in where_edges of a view with drift = true"
		return
	}
	if n.fix == "" {
		n.fix = phrase.DidYouMean(word, append(relationshipAttributes[:len(relationshipAttributes):len(relationshipAttributes)], elementAttributes...))
	}
}

// noEnds improves what HCL says about source and target where self is an element.
func (f *frame) noEnds(n *note, d *hcl.Diagnostic) {
	word := f.report.source(n.at)
	if d.Summary == "Unknown variable" && (word == "source" || word == "target") {
		n.message = "this is asked about elements: there is no " + word
		n.fix = "write self, or let for_each give relationships"
	}
}

// unknownInstance improves what HCL says about a key that no instance of a block has.
func (f *frame) unknownInstance(n *note, d *hcl.Diagnostic) {
	t, ok := d.Expression.(*hclsyntax.ScopeTraversalExpr)
	if !ok || len(t.Traversal) < 3 || d.Summary != "Invalid index" && d.Summary != "Unsupported attribute" {
		return
	}
	block, ok := addressOf(t.Traversal[:2])
	declared := f.names.declared[block]
	if !ok || declared == nil || !declared.block.forEach {
		return
	}
	key := attributeName(t.Traversal[2])
	if i, ok := t.Traversal[2].(hcl.TraverseIndex); ok && i.Key.Type() == cty.String {
		key = i.Key.AsString()
	}
	var keys, addresses []string
	for _, i := range declared.instances {
		keys, addresses = append(keys, i.key), append(addresses, i.address)
	}
	n.message = "there is no " + clip(instanceAddress(block, key))
	n.fix = "its for_each makes none now"
	if near := phrase.Nearest(key, keys); near != "" {
		n.fix = "did you mean " + instanceAddress(block, near) + "?"
	} else if len(keys) > 0 {
		n.fix = "choose " + chooseFew(addresses)
	}
}

// chooseFew writes a choice of many as its first few.
func chooseFew(words []string) string {
	const shown = 3
	if len(words) <= shown {
		return phrase.Choice(words)
	}
	return fmt.Sprintf("%s (there are %d)", phrase.Choice(words[:shown]), len(words))
}

func (r *report) width(h hcl.Range) int { return len(r.source(h)) }

// redefinedSummary is a mistake of the text that the parser gets over.
const redefinedSummary = "Attribute redefined"

// redefined is an attribute that stands twice in one block: the parser keeps the first.
func (l *loader) redefined(d *hcl.Diagnostic, body *hclsyntax.Body) {
	name := l.report.source(*d.Subject)
	n := note{rule: ruleDuplicate, at: *d.Subject, message: name + " is set twice", fix: "keep one"}
	if first := firstAttribute(body, name, *d.Subject); first != nil {
		n.related = []related{{"the first is here", first.NameRange}}
	}
	l.report.add(n)
}

// firstAttribute finds an attribute of the innermost body around a place.
func firstAttribute(body *hclsyntax.Body, name string, at hcl.Range) *hclsyntax.Attribute {
	if body == nil {
		return nil
	}
	for _, b := range body.Blocks {
		if r := b.Body.SrcRange; r.Start.Byte <= at.Start.Byte && at.End.Byte <= r.End.Byte {
			return firstAttribute(b.Body, name, at)
		}
	}
	return body.Attributes[name]
}
