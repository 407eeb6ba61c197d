package config

import (
	"fmt"
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"

	"github.com/asbuilt/asbuilt/internal/phrase"
	"github.com/asbuilt/asbuilt/pkg/finding"
)

// block is a block whose shape was held against the schema: what is left in it is known.
type block struct {
	spec    *Block
	hcl     *hclsyntax.Block
	labels  []string
	attrs   map[string]*attribute
	blocks  []*block
	subject finding.Subject
	forEach bool // instances: `each` may be used
}

// attribute is a known attribute of a block.
type attribute struct {
	spec *Attribute
	hcl  *hclsyntax.Attribute
	refs references
	// bad is set when a finding was reported about it already: it is never evaluated, and whatever needs
	// it stays silent.
	bad     bool
	context [stages]*scopeCache
}

func (b *block) header() hcl.Range { return b.hcl.DefRange() }

// all calls f for every attribute of a block and the blocks in it, in the order of the file.
func (b *block) all(f func(*block, *attribute)) {
	for _, a := range b.sorted() {
		f(b, a)
	}
	for _, n := range b.blocks {
		n.all(f)
	}
}

func (b *block) sorted() []*attribute {
	out := make([]*attribute, 0, len(b.attrs))
	for _, a := range b.attrs {
		out = append(out, a)
	}
	slices.SortFunc(out, func(x, y *attribute) int { return compareRanges(x.hcl.SrcRange, y.hcl.SrcRange) })
	return out
}

func (b *block) of(blockType string) []*block {
	var out []*block
	for _, n := range b.blocks {
		if n.spec.Type == blockType {
			out = append(out, n)
		}
	}
	return out
}

// first returns the block of a type that may stand once, or nil.
func (b *block) first(blockType string) *block {
	i := slices.IndexFunc(b.blocks, func(n *block) bool { return n.spec.Type == blockType })
	if i < 0 {
		return nil
	}
	return b.blocks[i]
}

// shape holds a body against the schema.
type shape struct {
	report *report
	// lost are names declared in blocks of a mistyped type: references to them say nothing more.
	lost map[string]bool
}

// body returns the known part of a body; owner is the block it belongs to.
func (s *shape) body(body *hclsyntax.Body, owner *block) {
	owner.attrs = map[string]*attribute{}
	spec := owner.spec
	meant := map[string]bool{} // attributes that are there under a mistyped name
	for _, a := range sortedAttributes(body) {
		known := spec.attr(a.Name)
		switch {
		case spec.Free:
			known = &Attribute{Name: a.Name, Kind: Any}
		case known == nil:
			s.unknownAttribute(a, owner)
			attrs, _ := spec.names()
			meant[phrase.Nearest(a.Name, attrs)] = true
			continue
		case known.Later:
			s.later(fmt.Sprintf("%s in %s", a.Name, spec.Type), a.NameRange, owner.subject)
			continue
		case known.Under != "" && known.Under != owner.labels[0], known.NotUnder != "" && known.NotUnder == owner.labels[0]:
			s.otherLabel(a.Name, a.NameRange, known.Under, owner)
			continue
		}
		owner.attrs[a.Name] = &attribute{spec: known, hcl: a}
	}
	for _, n := range body.Blocks {
		s.nested(n, owner)
	}
	s.needs(body, owner, meant)
	for i := range spec.Attrs {
		if a := &spec.Attrs[i]; a.Required && body.Attributes[a.Name] == nil && !meant[a.Name] {
			s.report.add(note{
				rule: ruleMissing, at: owner.header(), subject: owner.subject,
				message: fmt.Sprintf("%s has no %s", spec.Type, a.Name),
				fix:     fmt.Sprintf("add %s = … (%s)", a.Name, a.Kind),
			})
		}
	}
}

// needs reports a block in which none of several attributes is written.
func (s *shape) needs(body *hclsyntax.Body, owner *block, meant map[string]bool) {
	names := owner.spec.Needs
	written := func(name string) bool { return body.Attributes[name] != nil || meant[name] }
	if len(names) == 0 || slices.ContainsFunc(names, written) {
		return
	}
	s.report.add(note{
		rule: ruleMissing, at: owner.header(), subject: owner.subject,
		message: fmt.Sprintf("%s has no %s", owner.spec.Type, phrase.Choice(names)),
		fix:     fmt.Sprintf("add %s = … (%s)", names[0], owner.spec.attr(names[0]).Kind),
	})
}

// otherLabel reports what belongs to a block with another label: that of under, or any other.
func (s *shape) otherLabel(name string, at hcl.Range, under string, owner *block) {
	n := note{
		rule: ruleUnknown, at: at, subject: owner.subject,
		message: fmt.Sprintf("%s %q has no %s", owner.spec.Type, owner.labels[0], name),
		fix:     "take it out",
	}
	if under != "" {
		n.fix = fmt.Sprintf("it belongs to %s %q", owner.spec.Type, under)
	}
	s.report.add(n)
}

func (s *shape) nested(n *hclsyntax.Block, owner *block) {
	spec := owner.spec.block(n.Type)
	if spec == nil {
		s.unknownBlock(n, owner)
		return
	}
	if spec.Later {
		s.later("the block "+n.Type, n.TypeRange, owner.subject)
		return
	}
	if owner.spec.Type == viewBlock.Type && (spec.Under != "" && spec.Under != owner.labels[0] || spec.NotUnder != "" && spec.NotUnder == owner.labels[0]) {
		s.otherLabel(n.Type, n.TypeRange, spec.Under, owner)
		return
	}
	b := &block{spec: spec, hcl: n, subject: owner.subject, forEach: owner.forEach}
	if !s.labels(b) {
		return
	}
	if s.second(b, owner) {
		return
	}
	if isElementType(spec.Type) {
		b.forEach = n.Body.Attributes["for_each"] != nil
	}
	if isElementType(spec.Type) || spec.Type == "team" {
		b.subject = finding.Subject{Element: spec.Type + "." + b.labels[0]}
	}
	s.body(n.Body, b)
	owner.blocks = append(owner.blocks, b)
}

// second reports a block that may stand once in its owner and stands there already.
func (s *shape) second(b, owner *block) bool {
	if b.spec.Many || owner.spec.Type == "" {
		return false // what may stand once in all files is told apart by its address, not here
	}
	first := owner.first(b.spec.Type)
	if first == nil {
		return false
	}
	s.report.add(note{
		rule: ruleDuplicate, at: b.header(), subject: owner.subject,
		message: fmt.Sprintf("a second %s block", b.spec.Type),
		fix:     "put everything into one",
		related: []related{{"the first is here", first.header()}},
	})
	return true
}

// labels checks a header and fills the block's labels.
func (s *shape) labels(b *block) bool {
	n, spec := b.hcl, b.spec
	want := len(spec.Labels)
	if len(n.Labels) < want && !spec.Labels[len(n.Labels)].Optional {
		s.report.add(note{
			rule: ruleMissing, at: n.DefRange(),
			message: fmt.Sprintf("%s needs %s", n.Type, phrase.Count(want, "label")),
			fix:     "write " + header(spec),
		})
		return false
	}
	if len(n.Labels) > want {
		s.report.add(note{
			rule: ruleUnknown, at: n.LabelRanges[want],
			message: fmt.Sprintf("%s takes %s", n.Type, phrase.Count(want, "label")),
			fix:     "write " + header(spec),
		})
		return false
	}
	ok := true
	for i := range n.Labels {
		ok = s.label(b, spec.Labels[i], i) && ok
	}
	b.labels = n.Labels
	return ok
}

func (s *shape) label(b *block, l Label, i int) bool {
	text, at := b.hcl.Labels[i], b.hcl.LabelRanges[i]
	switch {
	case slices.Contains(l.Words, text):
		return true
	case slices.Contains(l.Later, text):
		s.later(fmt.Sprintf("%s %q", b.hcl.Type, text), at, b.subject)
		return false
	case l.Words != nil:
		s.report.add(note{
			rule: ruleUnknown, at: at,
			message: fmt.Sprintf("there is no %s %q", b.hcl.Type, text),
			fix:     choose(text, l.Words, l.Later),
		})
		return false
	case l.Text:
		return true
	}
	if problem := nameProblem(text); problem != "" {
		s.report.add(note{
			rule: ruleValue, at: at,
			message: fmt.Sprintf("the name %q %s", clip(text), problem),
			fix:     "letters, digits, _ and - make a name, beginning with a letter or _; other words go into title",
		})
		return false
	}
	return true
}

func (s *shape) unknownAttribute(a *hclsyntax.Attribute, owner *block) {
	attrs, blocks := owner.spec.names()
	n := note{rule: ruleUnknown, at: a.NameRange, subject: owner.subject}
	if owner.spec.Type == "" {
		n.message = fmt.Sprintf("%s stands outside of any block", a.Name)
		n.fix = "put it into a block, or into locals { … }"
		s.report.add(n)
		return
	}
	n.message = fmt.Sprintf("%s has no attribute %q", owner.spec.Type, a.Name)
	elsewhere := elementTypesWith(a.Name)
	switch near := phrase.DidYouMean(a.Name, attrs); {
	case slices.Contains(blocks, a.Name):
		n.fix = fmt.Sprintf("%s is a block: write %s { … } without =", a.Name, a.Name)
	case isElementType(owner.spec.Type) && len(elsewhere) > 0:
		n.fix = "what has it: " + phrase.Choice(elsewhere)
	case near != "":
		n.fix = near
	case slices.Contains(attrs, "metadata"):
		n.fix = "free data goes into metadata = { … }"
	}
	s.report.add(n)
}

// elementTypesWith lists the element types that have an attribute.
func elementTypesWith(name string) []string {
	var out []string
	for i := range elementBlocks {
		if elementBlocks[i].attr(name) != nil {
			out = append(out, elementBlocks[i].Type)
		}
	}
	return out
}

func (s *shape) unknownBlock(b *hclsyntax.Block, owner *block) {
	attrs, blocks := owner.spec.names()
	n := note{rule: ruleUnknown, at: b.TypeRange, subject: owner.subject}
	near := phrase.Nearest(b.Type, blocks)
	switch {
	case slices.Contains(attrs, b.Type):
		n.fix = fmt.Sprintf("%s is an attribute: write %s = …", b.Type, b.Type)
	case near != "":
		n.fix = "did you mean " + near + "?"
	case owner.spec.Type == "":
		n.fix = "the blocks are " + strings.Join(builtBlocks(), ", ")
	}
	n.message = fmt.Sprintf("there is no block %q", b.Type)
	if owner.spec.Type != "" {
		n.message = fmt.Sprintf("%s has no block %q", owner.spec.Type, b.Type)
	} else if len(b.Labels) > 0 {
		s.lost[near+"."+b.Labels[0]] = true
	}
	s.report.add(n)
}

func (s *shape) later(what string, at hcl.Range, subject finding.Subject) {
	s.report.add(note{
		rule: ruleLater, at: at, subject: subject,
		message: what + " comes with a later version",
		fix:     "take it out until then; nothing is accepted and ignored",
	})
}

func builtBlocks() []string {
	var out []string
	for _, b := range schema.Blocks {
		if !b.Later {
			out = append(out, b.Type)
		}
	}
	return out
}

// header writes how a block begins: component "NAME" { … }.
func header(b *Block) string {
	s := b.Type
	for _, l := range b.Labels {
		if !l.Optional {
			s += ` "` + l.Name + `"`
		}
	}
	return s + " { … }"
}

// choose is the next step for a word that is not one of a few.
func choose(word string, words, later []string) string {
	if n := phrase.Nearest(word, slices.Concat(words, later)); n != "" {
		return "did you mean " + n + "?"
	}
	return "choose " + phrase.Choice(words)
}

func sortedAttributes(body *hclsyntax.Body) []*hclsyntax.Attribute {
	out := make([]*hclsyntax.Attribute, 0, len(body.Attributes))
	for _, a := range body.Attributes {
		out = append(out, a)
	}
	slices.SortFunc(out, func(x, y *hclsyntax.Attribute) int { return compareRanges(x.SrcRange, y.SrcRange) })
	return out
}
