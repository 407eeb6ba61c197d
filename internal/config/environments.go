package config

import (
	"fmt"
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/zclconf/go-cty/cty"

	"github.com/asbuilt/asbuilt/pkg/arch"
)

func (l *loader) environmentList() []*arch.Environment {
	var out []*arch.Environment
	for _, b := range l.environments {
		f := l.frame(b, late)
		e := &arch.Environment{
			Name: b.labels[0], Title: f.text("title"), Description: f.text("description"),
			Nodes: f.nodes(), At: l.report.place(b.header()),
		}
		out = append(out, e)
	}
	return out
}

// nodes decodes the nodes in an environment or in a node, sorted by name.
func (f *frame) nodes() []*arch.Node {
	var out []*arch.Node
	for name, n := range f.named("node", "two nodes %q stand beside each other", "rename one, or merge them") {
		out = append(out, &arch.Node{
			Name: name, Title: n.text("title"), Technology: n.text("technology"),
			Nodes: n.nodes(), Instances: n.instances(), At: f.report.place(n.block.header()),
		})
	}
	slices.SortFunc(out, func(a, b *arch.Node) int { return strings.Compare(a.Name, b.Name) })
	return out
}

// instances decodes what runs in a node: each element once, with words or without.
func (f *frame) instances() []*arch.Instance {
	first := map[string]hcl.Range{}
	var out []*arch.Instance
	add := func(i *arch.Instance, at hcl.Range) {
		if before, twice := first[i.Of]; twice {
			f.add(note{
				rule: ruleDuplicate, at: at, message: fmt.Sprintf("%s runs twice in the node %q", i.Of, f.block.labels[0]),
				fix: "say replicas, or give each a node of its own", related: []related{{"the first is here", before}},
			})
			return
		}
		first[i.Of] = at
		i.At = f.report.place(at)
		out = append(out, i)
	}
	for _, b := range f.block.of("instance") {
		n := f.inner(b)
		i := &arch.Instance{
			Of: n.one("of"), Title: n.text("title"), Description: n.text("description"), Technology: n.text("technology"),
			Replicas: n.whole("replicas"),
		}
		if i.Of != "" {
			add(i, n.at("of"))
		}
	}
	plain, _ := f.members("runs")
	said := map[string]bool{} // a set may name an element twice
	for _, m := range plain {
		if !said[m.address] {
			said[m.address] = true
			add(&arch.Instance{Of: m.address}, m.at)
		}
	}
	slices.SortFunc(out, func(a, b *arch.Instance) int { return strings.Compare(a.Of, b.Of) })
	return out
}

// mostWhole is the largest whole number that is taken: of replicas, of hops.
const mostWhole = 1_000_000

// whole decodes a whole number from 1; 0 when it is not written or was reported.
func (f *frame) whole(name string) int {
	v, ok := f.convert(name, cty.Number, "a whole number")
	if !ok {
		return 0
	}
	n, _ := v.AsBigFloat().Int64()
	if !v.AsBigFloat().IsInt() || n < 1 || n > mostWhole {
		f.wrong(ruleValue, f.at(name), fmt.Sprintf("%s takes a whole number from 1 to %d", name, mostWhole), "")
		return 0
	}
	return int(n)
}

// reference decodes a reference to what is no element, as its name.
func (f *frame) reference(name, blockType string) string {
	v, ok := f.value(name)
	if !ok {
		return ""
	}
	if v.Type() == cty.String && !isQuoted(f.block.attrs[name].hcl.Expr) {
		if _, known := f.names.named[blockType][v.AsString()]; known {
			return v.AsString()
		}
	}
	f.wrong(ruleType, f.at(name), fmt.Sprintf("%s takes %s.NAME, not %s", name, blockType, typeName(v)), "references are expressions: write "+blockType+".NAME without quotes")
	return ""
}
