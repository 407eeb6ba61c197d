package policy

import (
	"fmt"
	"maps"
	"slices"

	"github.com/asbuilt/asbuilt/pkg/arch"
	"github.com/asbuilt/asbuilt/pkg/evidence"
	"github.com/asbuilt/asbuilt/pkg/source"
)

// elements compares what elements of both models may do and hide.
func (c *comparison) elements() {
	for _, is := range c.New.Elements {
		was := c.names.before(is.Address)
		if was == nil {
			continue
		}
		c.free(was, is)
		c.code(was, is)
		c.kind(was, is)
		if was.Status == arch.StatusDeprecated && is.Status != arch.StatusDeprecated {
			c.say(c.about(was, is, "status", "is not deprecated any more: new uses of it pass", "it was deprecated"))
		}
	}
}

func (c *comparison) about(was, is *arch.Element, setting, message, old string) loosening {
	return loosening{
		subject: element(is.Address, setting), at: is.At, was: was.At, old: old, owner: was.Owner,
		message: is.Address + " " + message,
	}
}

// free is about the elements that need no declared edges.
func (c *comparison) free(was, is *arch.Element) {
	if c.newlyShared(was, is) {
		c.say(c.about(was, is, "shared", "is shared now: anyone may use it undeclared", "it was not shared"))
	}
	if c.newlyRoot(was, is) {
		c.say(c.about(was, is, "root", "is a root now: it may use anything undeclared", "it was no root"))
	}
}

func (c *comparison) newlyShared(was, is *arch.Element) bool {
	return was != nil && c.New.IsShared(is) && !c.Old.IsShared(was)
}

func (c *comparison) newlyRoot(was, is *arch.Element) bool {
	return was != nil && c.New.IsRoot(is) && !c.Old.IsRoot(was)
}

// code compares the lists that narrow what is allowed: what an element exposes, which modules it may import,
// and which of its packages count as tests.
func (c *comparison) code(was, is *arch.Element) {
	if was.Code == nil || is.Code == nil {
		return
	}
	c.listed(was, is, "exposes", was.Code.Exposes, is.Code.Exposes)
	c.listed(was, is, "modules", was.Code.Modules, is.Code.Modules)
	for _, p := range is.Code.TestSupport {
		if !covered(p, was.Code.TestSupport) {
			l := c.about(was, is, "test_support "+p.Text, fmt.Sprintf("counts %q as test support: it is not judged as code any more", p.Text),
				"test_support was "+written(was.Code.TestSupport))
			l.at = orElse(p.At, is.Code.At)
			c.say(l)
		}
	}
}

// opened says what a list of this name opens.
func opened(name string) (gone, more string) {
	if name == "exposes" {
		return "exposes everything now: the list is gone", "exposes %q now"
	}
	return "may import every module now: the list is gone", "may import the module %q now"
}

func (c *comparison) listed(was, is *arch.Element, name string, before, after *arch.Patterns) {
	if before == nil {
		return
	}
	gone, more := opened(name)
	add := func(setting, message string, at source.Range) {
		l := c.about(was, is, setting, message, name+" was "+written(before.List))
		l.at, l.was = orElse(at, is.Code.At), orElse(before.At, was.At)
		c.say(l)
	}
	if after == nil {
		add(name, gone, is.Code.At)
		return
	}
	for _, p := range after.List {
		if !covered(p, before.List) {
			add(name+" "+p.Text, fmt.Sprintf(more, p.Text), p.At)
		}
	}
}

// kind is about an element that is of another kind than it was.
func (c *comparison) kind(was, is *arch.Element) {
	if was.Kind == is.Kind {
		return // kinds says what is looser about it
	}
	for _, clause := range looserKind(kindOf(c.Old, was.Kind), kindOf(c.New, is.Kind)) {
		c.say(c.about(was, is, "kind", fmt.Sprintf("is no %s any more, and so %s", was.Kind, clause), "its kind was "+was.Kind))
	}
}

// packages says which code fell out of an element's hands: nobody owns it now, or an element whose uses need no
// declaration.
func (c *comparison) packages() {
	type loss struct{ owner, to, how string }
	lost := map[loss][]string{}
	for _, id := range slices.Sorted(maps.Keys(c.Before)) {
		was := c.Old.Element(c.Before[id])
		if was == nil {
			continue
		}
		l := loss{owner: was.Address, to: c.After[id]}
		is := c.New.Element(l.to)
		switch {
		case is == nil:
			l.how = "nobody owns"
		case c.New.IsShared(is) && !c.Old.IsShared(was) && !c.newlyShared(c.names.before(l.to), is):
			l.how = "shared"
		case c.New.IsRoot(is) && !c.Old.IsRoot(was) && !c.newlyRoot(c.names.before(l.to), is):
			l.how = "root"
		default:
			continue
		}
		lost[l] = append(lost[l], evidence.Name(id))
	}
	for _, l := range slices.SortedFunc(maps.Keys(lost), func(a, b loss) int { return slices.Compare([]string{a.owner, a.to}, []string{b.owner, b.to}) }) {
		was := c.Old.Element(l.owner)
		said := loosening{
			subject: element(l.owner, "code "+l.to), was: was.At, owner: was.Owner,
			old: "its code held " + list(lost[l]),
		}
		if was.Code != nil {
			said.was = orElse(was.Code.At, was.At)
		}
		for _, a := range c.names.next[l.owner] {
			said.at = c.New.Element(a).At
			break
		}
		switch l.how {
		case "nobody owns":
			said.message = fmt.Sprintf("%s does not own %s any more, and nobody else does", l.owner, list(lost[l]))
		case "shared":
			said.at = c.New.Element(l.to).At
			said.message = fmt.Sprintf("%s of %s belongs to %s now, which is shared: anyone may use it undeclared", list(lost[l]), l.owner, l.to)
		case "root":
			said.at = c.New.Element(l.to).At
			said.message = fmt.Sprintf("%s of %s belongs to %s now, which is a root: it may use anything undeclared", list(lost[l]), l.owner, l.to)
		}
		c.say(said)
	}
}
