package rewrite

import (
	"fmt"
	"strings"
	"unicode"

	"github.com/hashicorp/hcl/v2/hclsyntax"

	"github.com/asbuilt/asbuilt/pkg/arch"
)

const (
	dependsOn = "depends_on"
	uses      = "uses"
)

// remove takes out what changes remove.
func (p *planner) remove(changes []arch.Change) {
	for _, group := range from(changes, arch.Remove) {
		p.removeEdges(group)
	}
	for _, c := range changes {
		switch {
		case c.Action != arch.Remove:
		case c.Waiver != nil:
			p.removeBlock(c, "waiver", c.Waiver.Name)
		case c.Element != nil:
			if d, b := p.element(c, c.Element.Address, c.Element.At); b != nil {
				d.cutLines(b.Range(), true)
			}
		}
	}
}

func (p *planner) removeBlock(c arch.Change, blockType, label string) {
	d, b := p.find(blockType, label)
	if b == nil {
		p.leave(c, c.Waiver.At, "no block of its own makes it")
		return
	}
	d.cutLines(b.Range(), true)
}

// removeEdges takes out edges that leave one element.
func (p *planner) removeEdges(group []arch.Change) {
	var d *document
	var b *hclsyntax.Block
	items := map[int]bool{}
	for _, c := range group {
		if !c.Edge.Literal {
			p.leave(c, c.Edge.At, "the edge comes from an expression: change it at its place")
			continue
		}
		if d, b = p.element(c, c.Edge.From, c.Edge.At); b == nil {
			continue
		}
		found := false
		all := usesOf(d, b, c.Edge.To)
		for _, u := range all {
			if len(all) == 1 || d.place(u.Body.Attributes["to"].Expr.Range()).Start == c.Edge.At.Start {
				d.cutLines(u.Range(), true)
				found = true
			}
		}
		if list := listOf(b); list != nil && len(all) <= 1 { // with several uses, depends_on says nothing of its own
			for i, x := range list.Exprs {
				if d.address(x) == c.Edge.To {
					items[i], found = true, true
				}
			}
		}
		if !found {
			p.leave(c, c.Edge.At, "the edge comes from an expression: change it at its place")
		}
	}
	if len(items) > 0 {
		d.removeItems(b.Body.Attributes[dependsOn], listOf(b), items)
	}
}

// usesOf lists the uses blocks that name a target.
func usesOf(d *document, b *hclsyntax.Block, target string) []*hclsyntax.Block {
	var out []*hclsyntax.Block
	for _, u := range b.Body.Blocks {
		if to := u.Body.Attributes["to"]; u.Type == uses && to != nil && d.address(to.Expr) == target {
			out = append(out, u)
		}
	}
	return out
}

// listOf is the literal list of depends_on; nil when there is none.
func listOf(b *hclsyntax.Block) *hclsyntax.TupleConsExpr {
	a := b.Body.Attributes[dependsOn]
	if a == nil {
		return nil
	}
	list, _ := a.Expr.(*hclsyntax.TupleConsExpr)
	return list
}

// add writes what changes add. Edges that leave a new element stand in its block.
func (p *planner) add(changes []arch.Change) {
	made := map[string][]arch.Change{}
	for _, c := range changes {
		if c.Action == arch.Add && c.Element != nil {
			made[c.Element.Address] = nil
		}
	}
	for _, group := range from(changes, arch.Add) {
		address := group[0].Edge.From
		if _, ok := made[address]; ok {
			made[address] = group
			continue
		}
		if d, b := p.element(group[0], address, group[0].Edge.At); b != nil {
			p.addEdges(d, b, group)
			continue
		}
		for _, c := range group[1:] { // the first was left already
			p.leave(c, p.left[len(p.left)-1].At, "%s", p.left[len(p.left)-1].Reason)
		}
	}
	for _, c := range changes {
		if c.Action == arch.Add && c.Element != nil {
			p.addElement(c, made[c.Element.Address])
		}
	}
}

// addEdges writes plain edges into depends_on, others as uses blocks.
func (p *planner) addEdges(d *document, b *hclsyntax.Block, group []arch.Change) {
	var plain []arch.Change
	for _, c := range group {
		if isPlain(c.Edge) {
			plain = append(plain, c)
			continue
		}
		d.addAtEnd(b, usesText(c.Edge))
	}
	if len(plain) == 0 {
		return
	}
	a, list := b.Body.Attributes[dependsOn], listOf(b)
	switch {
	case a == nil:
		d.addLines(b, newList(dependsOn, targets(plain)))
	case list == nil:
		for _, c := range plain {
			p.leave(c, d.place(a.Expr.Range()), "depends_on is an expression: change it at its place")
		}
	default:
		d.appendItems(list, targets(plain))
	}
}

// isPlain reports whether depends_on can say an edge: a kind that the target's type gives needs no word.
func isPlain(e *arch.Edge) bool {
	return e.Kind == arch.NaturalKind(e.To) && e.Label == "" && e.Technology == "" && !e.Async && len(e.Tags) == 0 && e.Status == arch.StatusCurrent
}

func targets(changes []arch.Change) []string {
	var out []string
	for _, c := range changes {
		out = append(out, c.Edge.To)
	}
	return out
}

// usesText is an edge as a block of its own.
func usesText(e *arch.Edge) string {
	var b strings.Builder
	line := func(name, value string) {
		if value != "" {
			fmt.Fprintf(&b, "%s = %s\n", name, value)
		}
	}
	b.WriteString("uses {\n")
	line("to", e.To)
	line("kind", text(string(e.Kind)))
	line("label", text(e.Label))
	line("technology", text(e.Technology))
	if e.Async {
		line("async", "true")
	}
	if len(e.Tags) > 0 {
		line("tags", texts(e.Tags))
	}
	line("status", text(string(e.Status)))
	b.WriteString("}")
	return b.String()
}

// addElement appends a new element, with the plain edges that leave it, to the home file.
func (p *planner) addElement(c arch.Change, edges []arch.Change) {
	e := c.Element
	var d *document
	for _, each := range p.documents {
		if each.name == p.home {
			d = each
		}
	}
	if d == nil {
		p.leave(c, e.At, "there is no file %s", p.home)
		return
	}
	var b strings.Builder
	fmt.Fprintf(&b, "\n%s %s {\n", e.Type, text(e.Name))
	line := func(name, value string) {
		if value != "" {
			fmt.Fprintf(&b, "%s = %s\n", name, value)
		}
	}
	line("in", e.Parent)
	line("title", text(e.Title))
	line("description", text(e.Description))
	line("owner", e.Owner)
	var plain []arch.Change
	var blocks string
	for _, x := range edges {
		if isPlain(x.Edge) {
			plain = append(plain, x)
		} else {
			blocks += usesText(x.Edge) + "\n"
		}
	}
	if len(plain) > 0 {
		b.WriteString(newList(dependsOn, targets(plain)) + "\n")
	}
	if e.Code != nil {
		var patterns []string
		for _, each := range e.Code.Go {
			patterns = append(patterns, each.Text)
		}
		fmt.Fprintf(&b, "code { go = %s }\n", texts(patterns))
	}
	b.WriteString(blocks + "}\n")
	if n := len(d.text); n > 0 && d.text[n-1] != '\n' {
		d.insert(n, "\n")
	}
	d.insert(len(d.text), b.String())
}

// text is a string as HCL writes it; "" for none.
func text(s string) string {
	if s == "" {
		return ""
	}
	var b strings.Builder
	b.WriteByte('"')
	for _, c := range s {
		switch {
		case c == '"' || c == '\\':
			b.WriteString(`\` + string(c))
		case unicode.IsPrint(c):
			b.WriteRune(c)
		default:
			fmt.Fprintf(&b, `\U%08x`, c)
		}
	}
	b.WriteByte('"')
	return templates.Replace(b.String())
}

// templates hides what would begin a template.
var templates = strings.NewReplacer("${", "$${", "%{", "%%{")

func texts(list []string) string {
	quoted := make([]string, len(list))
	for i, s := range list {
		quoted[i] = text(s)
	}
	return "[" + strings.Join(quoted, ", ") + "]"
}
