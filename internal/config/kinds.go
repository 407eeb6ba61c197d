package config

import (
	"fmt"
	"slices"

	"github.com/hashicorp/hcl/v2/hclsyntax"

	"github.com/asbuilt/asbuilt/internal/phrase"
	"github.com/asbuilt/asbuilt/pkg/arch"
)

// kindList decodes the kind blocks. The value of kind.NAME is the kind's name, so that it compares with
// self.kind and stands where a block type may.
func (l *loader) kindList() []*arch.Kind {
	l.kinds = map[string]*arch.Kind{}
	var out []*arch.Kind
	for _, b := range l.kindBlocks {
		f := l.frame(b, early)
		k := &arch.Kind{Name: b.labels[0], Of: f.word("of"), Title: f.text("title"), Look: f.look(), At: l.report.place(b.header())}
		if isElementType(k.Name) || k.Name == "team" {
			f.wrong(ruleValue, b.hcl.LabelRanges[0], fmt.Sprintf("a kind cannot be called %q: that is a block", k.Name), "choose another name")
		}
		switch {
		case k.Of != "":
		case b.attrs["of"] != nil:
			continue // it had a finding, or is null
		default:
			k.Of = arch.TypeComponent
		}
		k.Requires = f.attributeNames("requires", k.Of)
		k.MayUse, k.Restricts = f.kindNames("may_use")
		l.kinds[k.Name] = k
		out = append(out, k)
	}
	return out
}

// notRequired are attributes that every element has, or that say something else than what it is.
var notRequired = []string{"for_each", "kind", "status", "shared", "root", "depends_on", "of", "icon"}

// attributeNames decodes the names of attributes of a block.
func (f *frame) attributeNames(name, of string) []arch.Pattern {
	attrs, _ := schema.block(of).names()
	attrs = slices.DeleteFunc(attrs, func(a string) bool { return slices.Contains(notRequired, a) })
	var out []arch.Pattern
	for _, x := range f.texts(name) {
		if !slices.Contains(attrs, x.text) {
			f.wrong(ruleUnknown, x.at, fmt.Sprintf("%s has no attribute %q that can be required", of, clip(x.text)),
				didYouMeanOr(x.text, attrs, "there are "+phrase.Choice(attrs)))
			continue
		}
		out = append(out, arch.Pattern{Text: x.text, At: f.report.place(x.at)})
	}
	return out
}

// kindNames decodes a list of kinds and block types; false when it is not written.
func (f *frame) kindNames(name string) ([]arch.Pattern, bool) {
	texts, ok := f.textsOK(name)
	if !ok {
		return nil, false
	}
	items := f.items(name)
	var out []arch.Pattern
	for i, x := range texts {
		switch {
		case slices.Contains(targets, x.text):
		case len(items) == len(texts) && isQuoted(items[i]) && f.names.named["kind"][x.text] != nil:
			f.wrong(ruleType, x.at, fmt.Sprintf("the kind %q is written as a reference", x.text), "write kind."+x.text)
			continue
		case f.names.named["kind"][x.text] == nil:
			f.wrong(ruleUnknown, x.at, fmt.Sprintf("there is no kind %q that can be used", clip(x.text)), choose(x.text, targets, nil))
			continue
		}
		out = append(out, arch.Pattern{Text: x.text, At: f.report.place(x.at)})
	}
	return out, true
}

// isQuoted reports whether an expression is a text as it stands.
func isQuoted(e hclsyntax.Expression) bool {
	_, ok := e.(*hclsyntax.TemplateExpr)
	return ok
}

// kind decodes the kind of an element.
func (f *frame) kind(name string) string {
	v, ok := f.value(name)
	if !ok || !v.Type().IsPrimitiveType() {
		if ok {
			f.wrong(ruleType, f.at(name), "kind takes a kind, not "+typeName(v), "write kind.NAME")
		}
		return ""
	}
	s, ok := f.textOK(name)
	if !ok {
		return ""
	}
	if isQuoted(f.block.attrs[name].hcl.Expr) {
		fix := "references are expressions: write kind.NAME without quotes"
		if f.names.named["kind"][s] != nil {
			fix = "references are expressions: write kind." + s
		}
		f.wrong(ruleType, f.at(name), "kind takes a kind, not a string", fix)
		return ""
	}
	if f.names.named["kind"][s] == nil {
		f.wrong(ruleUnknown, f.at(name), fmt.Sprintf("there is no kind %q", clip(s)), phrase.DidYouMean(s, sortedKeys(f.names.named["kind"])))
		return ""
	}
	k := f.kinds[s]
	if k == nil {
		return "" // it had a finding
	}
	if t := f.block.spec.Type; k.Of != t {
		f.add(note{
			rule: rulePlace, at: f.at(name),
			message: fmt.Sprintf("this is a %s, and kind.%s is a kind of %s", t, s, k.Of),
			fix:     "choose another kind, or change the kind's of",
			related: []related{{"the kind is here", f.names.named["kind"][s].header()}},
		})
		return ""
	}
	return s
}
