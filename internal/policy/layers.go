package policy

import (
	"fmt"

	"github.com/asbuilt/asbuilt/pkg/arch"
)

// layers says which uses the old layers forbade and the new ones allow. Elements that stand in the same old and
// the same new layer fare alike, so that the groups are compared, not the elements.
func (c *comparison) layers(was, is *arch.Rule) []loosening {
	type group struct{ old, new int }
	example := map[group]string{}
	var groups []group
	var lost []string
	now := positions(is)
	for i := range was.Layers {
		for _, a := range was.Layers[i].Elements {
			e := c.New.Element(a)
			if e == nil {
				continue
			}
			for _, j := range c.names.floors(e, now) {
				if j < 0 {
					lost = append(lost, a)
					break
				}
				if g := (group{i, j}); example[g] == "" {
					example[g] = a
					groups = append(groups, g)
				}
			}
		}
	}
	var out []loosening
	say := func(setting, message string) {
		out = append(out, loosening{subject: element("", setting), message: message, old: "the layers as they were"})
	}
	if len(lost) > 0 {
		say("layers", fmt.Sprintf("does not hold %s any more: no longer in layers", list(lost)))
	}
	if was.Closed && !is.Closed {
		say("closed", "lets layers be skipped: closed is switched off")
	}
	for _, from := range groups {
		for _, to := range groups {
			before := forbids(from.old, to.old, was.Closed)
			after := forbids(from.new, to.new, is.Closed || was.Closed) // closed was said above
			if before && !after && example[from] != example[to] {
				say(fmt.Sprintf("layers %s %s", example[from], example[to]),
					fmt.Sprintf("lets %s use %s now: they stand in other layers", example[from], example[to]))
			}
		}
	}
	return out
}

// forbids reports whether an element of one layer may not use one of another, by their numbers from the top.
func forbids(from, to int, closed bool) bool {
	return from > to || closed && to > from+1
}

// positions is the layer of each address.
func positions(r *arch.Rule) map[string]int {
	out := map[string]int{}
	for i := range r.Layers {
		for _, a := range r.Layers[i].Elements {
			if _, ok := out[a]; !ok {
				out[a] = i
			}
		}
	}
	return out
}

// floors are the layers in which an element, or an element around it, or else its parts stand; -1 is none.
func (n names) floors(e *arch.Element, layers map[string]int) []int {
	for at := e; at != nil; at = n.new.Parent(at) {
		if i, ok := layers[at.Address]; ok {
			return []int{i}
		}
	}
	parts := n.new.Children(e.Address)
	if e.Code != nil || len(parts) == 0 {
		return []int{-1}
	}
	var out []int
	for _, p := range parts {
		out = append(out, n.floors(p, layers)...)
	}
	return out
}
