// Package rewrite changes the text of *.arch.hcl files: only their form, never what they say.
package rewrite

import (
	"bytes"
	"slices"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/hashicorp/hcl/v2/hclwrite"
	"github.com/rogpeppe/go-internal/diff"

	"github.com/asbuilt/asbuilt/internal/budget"
	"github.com/asbuilt/asbuilt/pkg/finding"
)

// maxRounds bounds the search for a form that formatting leaves alone. One round is nearly always enough.
const maxRounds = 4

// Format brings a file into the one form: indented, aligned, one line end at the end of the file, no blank lines
// around the whole. Its line ends and its byte order mark are its own. Formatting again changes nothing. Text that
// does not parse is refused with findings (language/budget, language/syntax) and returned as it came.
func Format(name string, src []byte) ([]byte, []finding.Finding) {
	if over := budget.Scan(name, src); over != nil {
		return src, []finding.Finding{*over}
	}
	text, dress := undress(src)
	_, diags := hclsyntax.ParseConfig(text, name, hcl.InitialPos)
	if told := syntax(text, diags); len(told) > 0 {
		return src, told
	}
	return dress.on(stable(trimmed(text))), nil
}

// trimmed has nothing blank around the whole, and one line end.
func trimmed(text []byte) []byte {
	text = bytes.Trim(text, " \t\n")
	if len(text) == 0 {
		return []byte{}
	}
	return append(text, '\n')
}

// stable formats until nothing changes. Text for which hclwrite finds no such form, or whose tokens it
// would change, keeps the form it has.
func stable(text []byte) []byte {
	before := text
	for range maxRounds {
		after := trimmed(hclwrite.Format(before))
		if bytes.Equal(before, after) {
			if !sameTokens(text, after) {
				break
			}
			return after
		}
		before = after
	}
	return text
}

// sameTokens reports whether two texts differ in spaces alone.
func sameTokens(a, b []byte) bool {
	return slices.EqualFunc(tokens(a), tokens(b), func(x, y hclsyntax.Token) bool {
		return x.Type == y.Type && bytes.Equal(x.Bytes, y.Bytes)
	})
}

// tokens are a text's tokens. The end marker of a heredoc is one token with the spaces before it.
func tokens(text []byte) hclsyntax.Tokens {
	all, _ := hclsyntax.LexConfig(text, "", hcl.InitialPos) // it parses, so it lexes
	for i := range all {
		if all[i].Type == hclsyntax.TokenCHeredoc {
			all[i].Bytes = bytes.TrimSpace(all[i].Bytes)
		}
	}
	return all
}

// Diff is the unified difference between two forms of a file, as git and patch read it; "" when there is none.
func Diff(name string, before, after []byte) string {
	text := diff.Diff("a/"+name, before, "b/"+name, after)
	_, text, _ = bytes.Cut(text, []byte("\n")) // the first line repeats the names
	return string(text)
}
