package rewrite

import (
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
)

// listWidth is the length in bytes of the longest list that is written on one line.
const listWidth = 100

// newList is an attribute with a list of references.
func newList(name string, items []string) string {
	if one := name + " = [" + strings.Join(items, ", ") + "]"; len(one) <= listWidth {
		return one
	}
	return name + " = [\n" + strings.Join(items, ",\n") + ",\n]"
}

// appendItems adds items at the end of a list that stands in the text, in the manner in which it is written.
func (d *document) appendItems(list *hclsyntax.TupleConsExpr, items []string) {
	text := strings.Join(items, ", ")
	closing := list.SrcRange.End.Byte - 1
	if len(list.Exprs) == 0 {
		d.insert(closing, text)
		return
	}
	end := list.Exprs[len(list.Exprs)-1].Range().End.Byte
	comma := d.next(end)
	trailing := comma.Type == hclsyntax.TokenComma
	if trailing {
		end = comma.Range.End.Byte
	}
	line, ends := d.lineEnd(end)
	switch {
	case !ends && trailing:
		d.insert(closing, " "+text)
	case !ends:
		d.insert(closing, ", "+text)
	case trailing:
		d.insert(line, strings.Join(items, ",\n")+",\n")
	default:
		d.insert(end, ",")
		d.insert(line, strings.Join(items, ",\n")+"\n")
	}
}

// removeItems takes items out of an attribute's list, each with its comma and the comment behind it on its line. A list
// of which nothing is left, not even a comment, goes as a whole.
func (d *document) removeItems(attr *hclsyntax.Attribute, list *hclsyntax.TupleConsExpr, remove map[int]bool) {
	before := len(d.edits)
	last := -1 // the last item that stays
	for i, x := range list.Exprs {
		if remove[i] {
			d.removeItem(x.Range())
			continue
		}
		last = i
	}
	if last < 0 && !d.commentLeft(list.SrcRange, d.edits[before:]) {
		d.edits = d.edits[:before]
		d.cutLines(whole(attr), false)
		return
	}
	// The last item that stays keeps no comma behind it on its line, unless the list had one at its end.
	final := len(list.Exprs) - 1
	if last < 0 || !remove[final] || d.next(list.Exprs[final].Range().End.Byte).Type == hclsyntax.TokenComma {
		return
	}
	comma := d.next(list.Exprs[last].Range().End.Byte)
	if _, ends := d.lineEnd(comma.Range.End.Byte); !ends {
		d.replace(comma.Range.Start.Byte, comma.Range.End.Byte, "")
	}
}

func (d *document) removeItem(item hcl.Range) {
	end := item.End.Byte
	if comma := d.next(end); comma.Type == hclsyntax.TokenComma {
		end = comma.Range.End.Byte
	}
	start, alone := d.lineStart(item.Start.Byte)
	line, ends := d.lineEnd(end)
	if alone && ends {
		d.replace(start, line, "")
		return
	}
	d.replace(item.Start.Byte, end, "")
}

// commentLeft reports whether a comment inside a span stands in none of the edits.
func (d *document) commentLeft(r hcl.Range, edits []edit) bool {
	for _, t := range d.tokens[d.after(r.Start.Byte):d.after(r.End.Byte)] {
		if t.Type != hclsyntax.TokenComment {
			continue
		}
		gone := false
		for _, e := range edits {
			gone = gone || e.start <= t.Range.Start.Byte && t.Range.End.Byte <= e.end
		}
		if !gone {
			return true
		}
	}
	return false
}

// whole is the span of an attribute, a heredoc's end included.
func whole(a *hclsyntax.Attribute) hcl.Range {
	r := a.SrcRange
	if end := a.Expr.Range().End; end.Byte > r.End.Byte {
		r.End = end
	}
	return r
}

// addLines puts lines behind the last attribute of a block, or at its beginning when it has none.
func (d *document) addLines(b *hclsyntax.Block, lines string) {
	at := b.OpenBraceRange.End.Byte
	for _, a := range b.Body.Attributes {
		at = max(at, whole(a).End.Byte)
	}
	if end, ends := d.lineEnd(at); ends {
		d.insert(end, lines+"\n")
		return
	}
	d.addAtEnd(b, lines)
}

// addAtEnd puts lines before the closing brace of a block. A block on one line is opened.
func (d *document) addAtEnd(b *hclsyntax.Block, lines string) {
	opening, closing := b.OpenBraceRange.End.Byte, b.CloseBraceRange.Start.Byte
	if _, ends := d.lineEnd(opening); !ends && len(b.Body.Attributes) > 0 && !slices.Contains(d.edits, edit{opening, opening, "\n"}) {
		d.insert(opening, "\n")
	}
	if _, alone := d.lineStart(closing); !alone {
		lines = "\n" + lines
	}
	d.insert(closing, lines+"\n")
}
