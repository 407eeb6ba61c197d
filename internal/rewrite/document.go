package rewrite

import (
	"bytes"
	"cmp"
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"

	"github.com/asbuilt/asbuilt/internal/budget"
	"github.com/asbuilt/asbuilt/pkg/finding"
	"github.com/asbuilt/asbuilt/pkg/source"
)

// document is one file that is edited: spans of its text are replaced, so that every byte that no edit names stays.
type document struct {
	name   string
	text   []byte // LF line ends, no byte order mark
	body   *hclsyntax.Body
	tokens hclsyntax.Tokens
	edits  []edit
}

// edit replaces text[start:end].
type edit struct {
	start, end int
	text       string
}

// parse reads a file for editing.
func parse(name string, src []byte) (*document, []finding.Finding) {
	if over := budget.Scan(name, src); over != nil {
		return nil, []finding.Finding{*over}
	}
	text, _ := undress(src)
	file, diags := hclsyntax.ParseConfig(text, name, hcl.InitialPos)
	if told := syntax(text, diags); len(told) > 0 {
		return nil, told
	}
	tokens, _ := hclsyntax.LexConfig(text, name, hcl.InitialPos)
	return &document{name: name, text: text, body: file.Body.(*hclsyntax.Body), tokens: tokens}, nil
}

func (d *document) replace(start, end int, text string) {
	d.edits = append(d.edits, edit{start, end, text})
}

func (d *document) insert(at int, text string) { d.replace(at, at, text) }

// edited is the text with all edits. They do not overlap; those at one place stand in the order in which they came.
func (d *document) edited() []byte {
	slices.SortStableFunc(d.edits, func(a, b edit) int { return cmp.Compare(a.start, b.start) })
	var out bytes.Buffer
	done := 0
	for _, e := range d.edits {
		out.Write(d.text[done:max(done, e.start)])
		out.WriteString(e.text)
		done = max(done, e.end)
	}
	out.Write(d.text[done:])
	return out.Bytes()
}

// place is a span as it is printed.
func (d *document) place(r hcl.Range) source.Range {
	return source.Range{File: d.name, Start: position(d.text, r.Start.Byte), End: position(d.text, r.End.Byte)}
}

// after is the index of the first token at or behind an offset.
func (d *document) after(offset int) int {
	i, _ := slices.BinarySearchFunc(d.tokens, offset, func(t hclsyntax.Token, o int) int { return cmp.Compare(t.Range.Start.Byte, o) })
	return i
}

// lineEnd is where the line behind an offset ends, comments included. It is false when something else stands there
// first: the offset is then that thing's.
func (d *document) lineEnd(offset int) (int, bool) {
	for _, t := range d.tokens[d.after(offset):] {
		switch {
		case t.Type == hclsyntax.TokenNewline, t.Type == hclsyntax.TokenComment && bytes.HasSuffix(t.Bytes, []byte("\n")):
			return t.Range.End.Byte, true
		case t.Type == hclsyntax.TokenComment:
		case t.Type == hclsyntax.TokenEOF:
			return len(d.text), true
		default:
			return t.Range.Start.Byte, false
		}
	}
	return len(d.text), true
}

// lineStart is where the line of an offset starts. It is false when something stands before the offset there.
func (d *document) lineStart(offset int) (int, bool) {
	start := bytes.LastIndexByte(d.text[:offset], '\n') + 1
	return start, len(bytes.Trim(d.text[start:offset], " \t")) == 0
}

// next is the first token behind an offset that says something: no comment, no line end.
func (d *document) next(offset int) hclsyntax.Token {
	for _, t := range d.tokens[d.after(offset):] {
		if t.Type != hclsyntax.TokenComment && t.Type != hclsyntax.TokenNewline {
			return t
		}
	}
	return d.tokens[len(d.tokens)-1]
}

// cutLines removes a span with its lines, where nothing else stands on them, and the blank line that would then
// follow another. lead takes the comment lines directly above along.
func (d *document) cutLines(r hcl.Range, lead bool) {
	start, alone := d.lineStart(r.Start.Byte)
	end, ends := d.lineEnd(r.End.Byte)
	if !alone || !ends {
		d.replace(r.Start.Byte, r.End.Byte, "")
		return
	}
	for lead && d.isComment(start) {
		start, _ = d.lineStart(start - 1)
	}
	if d.isEdge(start) {
		for next := end; ; end = next {
			line, rest, found := bytes.Cut(d.text[next:], []byte("\n"))
			if !found || len(bytes.TrimSpace(line)) > 0 {
				break
			}
			next = len(d.text) - len(rest)
		}
	}
	d.replace(start, end, "")
}

// isComment reports whether the line above an offset is nothing but a comment.
func (d *document) isComment(offset int) bool {
	if offset == 0 {
		return false
	}
	start, _ := d.lineStart(offset - 1)
	i := d.after(start)
	return i < len(d.tokens) && d.tokens[i].Type == hclsyntax.TokenComment && d.tokens[i].Range.End.Byte == offset
}

// isEdge reports whether the line above an offset is blank, opens a block, or is none.
func (d *document) isEdge(offset int) bool {
	if offset == 0 {
		return true
	}
	start, _ := d.lineStart(offset - 1)
	above := bytes.TrimSpace(d.text[start:offset])
	return len(above) == 0 || bytes.HasSuffix(above, []byte("{"))
}

// block finds a block of the top level by its type and label.
func (d *document) block(blockType, label string) *hclsyntax.Block {
	for _, b := range d.body.Blocks {
		if b.Type == blockType && len(b.Labels) == 1 && b.Labels[0] == label {
			return b
		}
	}
	return nil
}

// address is the reference that an expression is: component.cart, component.worker["eu"]; "" for anything else.
func (d *document) address(x hclsyntax.Expression) string {
	t, ok := x.(*hclsyntax.ScopeTraversalExpr)
	if !ok {
		return ""
	}
	r := t.Range()
	var out strings.Builder
	for _, token := range d.tokens[d.after(r.Start.Byte):d.after(r.End.Byte)] {
		out.Write(token.Bytes)
	}
	return out.String()
}
