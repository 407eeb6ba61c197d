package config

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"

	"github.com/asbuilt/asbuilt/pkg/arch"
)

func (l *loader) waiverList() []*arch.Waiver {
	var out []*arch.Waiver
	for _, b := range l.waivers {
		f := l.frame(b, late)
		before := len(l.report.findings)
		w := &arch.Waiver{
			Name: b.labels[0], Rule: f.rule("rule"),
			From: f.one("from"), To: f.one("to"), Element: f.one("element"), Path: f.path("path"),
			Reason: f.text("reason"), Owner: f.team("owner"), Ticket: f.text("ticket"), Expires: f.date("expires"),
			At: l.report.place(b.header()),
		}
		w.ExpiresAt = w.At
		if b.attrs["expires"] != nil {
			w.ExpiresAt = l.report.place(f.at("expires"))
		}
		if w.Rule != "" && f.sound(before) {
			out = append(out, w)
		}
	}
	return out
}

// WaiverNames are the names of the waivers in the text of a file. The text may be older than the language, or torn by a
// merge: only words are told apart, and only the heads of blocks are looked for.
func WaiverNames(text []byte) []string {
	tokens, _ := hclsyntax.LexConfig(text, "", hcl.InitialPos)
	var out []string
	depth := 0
	for i, t := range tokens {
		switch t.Type {
		case hclsyntax.TokenOBrace:
			depth++
		case hclsyntax.TokenCBrace:
			depth = max(0, depth-1)
		case hclsyntax.TokenIdent:
			if depth == 0 && string(t.Bytes) == waiverBlock.Type {
				out = append(out, labelAt(tokens[i+1:])...)
			}
		}
	}
	return out
}

// labelAt is the one label, in quotes or bare, before the brace of a block.
func labelAt(tokens hclsyntax.Tokens) []string {
	var kinds []hclsyntax.TokenType
	for _, t := range tokens[:min(len(tokens), 4)] {
		kinds = append(kinds, t.Type)
	}
	quoted := []hclsyntax.TokenType{hclsyntax.TokenOQuote, hclsyntax.TokenQuotedLit, hclsyntax.TokenCQuote, hclsyntax.TokenOBrace}
	switch {
	case slices.Equal(kinds, quoted):
		return []string{string(tokens[1].Bytes)}
	case len(kinds) > 1 && kinds[0] == hclsyntax.TokenIdent && kinds[1] == hclsyntax.TokenOBrace:
		return []string{string(tokens[0].Bytes)}
	}
	return nil
}

// sound is false when a mistake took something away from a waiver: it would accept more than was written.
func (f *frame) sound(findingsBefore int) bool {
	for _, a := range f.block.attrs {
		if a.bad {
			return false
		}
	}
	return len(f.report.findings) == findingsBefore
}

// rule decodes which rule is meant: one of the model by reference, or a built-in one by its id.
func (f *frame) rule(name string) string {
	s, ok := f.textOK(name)
	if !ok {
		return ""
	}
	if own, is := strings.CutPrefix(s, ruleAddress("")); is {
		return f.ownRule(own, f.at(name))
	}
	if !f.knownRule(s, f.at(name)) {
		return ""
	}
	if fixedLevel(s) {
		f.wrong(ruleValue, f.at(name), s+" cannot be waived: it means that nothing could be judged", "fix what it says")
		return ""
	}
	return s
}

// ownRule is the address of a rule of the model, which must be written as a reference.
func (f *frame) ownRule(name string, at hcl.Range) string {
	if len(f.block.attrs["rule"].refs.named["rule"]) > 0 {
		return ruleAddress(name)
	}
	fix := "references are expressions: write " + clip(ruleAddress(name)) + " without quotes"
	f.wrong(ruleType, at, "a rule of the model is written as a reference, not as a string", fix)
	return ""
}

func ruleAddress(name string) string { return (&arch.Rule{Name: name}).Address() }

// date decodes a day.
func (f *frame) date(name string) string {
	s, ok := f.textOK(name)
	if !ok {
		return ""
	}
	if _, err := time.Parse(time.DateOnly, s); err != nil {
		f.wrong(ruleValue, f.at(name), fmt.Sprintf("%s %q is no day", name, clip(s)), "write YYYY-MM-DD, such as 2027-01-31")
		return ""
	}
	return s
}
