package config

import (
	"fmt"
	"strings"

	"github.com/hashicorp/hcl/v2"

	"github.com/asbuilt/asbuilt/pkg/arch"
)

// groups decodes the groups in a view, or depth groups inside one another, in the order written.
func (f *frame) groups(depth int) []arch.ViewGroup {
	var out []arch.ViewGroup
	for _, b := range f.block.of("group") {
		title := strings.TrimSpace(b.labels[0])
		n := f.inner(b)
		switch {
		case title == "":
			n.wrong(ruleValue, b.hcl.LabelRanges[0], "a group needs a title", "write what its members have in common")
			continue
		case depth > maxNested:
			n.wrong(ruleBudget, b.header(), fmt.Sprintf("more than %d groups inside one another", maxNested), "leave some out: nobody sees so many frames")
			return nil
		case len(b.hcl.Body.Attributes)+len(b.hcl.Body.Blocks) == 0:
			n.wrong(ruleMissing, b.header(), "group has no members", "add members = … (elements)")
		}
		g := arch.ViewGroup{Title: title, Members: n.set("members"), Groups: n.groups(depth + 1), At: f.report.place(b.header())}
		if g.Members == nil {
			g.Members = []string{}
		}
		out = append(out, g)
	}
	return out
}

// toldApart reports groups of a view that have the same title: in legends, and in the file of places, nothing else
// tells them apart.
func (f *frame) toldApart(groups []arch.ViewGroup) bool {
	places := map[string][]hcl.Range{}
	f.block.groupPlaces(places)
	seen, ok := map[string]bool{}, true
	var walk func([]arch.ViewGroup)
	walk = func(groups []arch.ViewGroup) {
		for _, g := range groups {
			at := places[g.Title]
			if seen[g.Title] && len(at) > 0 {
				n := note{rule: ruleDuplicate, at: at[len(at)-1], message: fmt.Sprintf("the view has two groups %q", clip(g.Title)), fix: "merge them, or rename one"}
				if len(at) > 1 {
					n.related = []related{{"the first is here", at[0]}}
				}
				f.add(n)
				ok = false
			}
			seen[g.Title] = true
			walk(g.Groups)
		}
	}
	walk(groups)
	return ok
}

// groupPlaces collects where the groups in a block begin, by title.
func (b *block) groupPlaces(out map[string][]hcl.Range) {
	for _, g := range b.of("group") {
		title := strings.TrimSpace(g.labels[0])
		out[title] = append(out[title], g.header())
		g.groupPlaces(out)
	}
}
