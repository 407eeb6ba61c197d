package policy

import (
	"slices"
	"strings"

	"github.com/asbuilt/asbuilt/pkg/arch"
)

// names says which elements of two models are the same.
type names struct {
	old, new *arch.Model
	next     map[string][]string // old address → what stands for it now, sorted; nothing when it is gone
	prev     map[string]string   // new address → the old element that it was
}

// newNames follows addresses, moved blocks, and, for an element that vanished without one, its code: who owns
// the packages now that were its own stands for it, so that another name is no way out of a rule.
func newNames(in Input) names {
	n := names{old: in.Old, new: in.New, next: map[string][]string{}, prev: map[string]string{}}
	var vanished []*arch.Element
	for _, e := range in.Old.Elements {
		to := e.Address
		if in.New.Element(to) == nil {
			to = Renamed(in.New.Moves, e.Address)
		}
		if in.New.Element(to) == nil {
			vanished = append(vanished, e)
			continue
		}
		n.next[e.Address] = []string{to}
		if in.Old.Element(to) == nil || to == e.Address {
			n.prev[to] = e.Address
		}
	}
	heirs := map[string][]string{}
	for id, before := range in.Before {
		if after := in.After[id]; after != "" {
			heirs[before] = append(heirs[before], after)
		}
	}
	for _, e := range vanished {
		all := heirs[e.Address]
		slices.Sort(all)
		all = slices.Compact(all)
		n.next[e.Address] = all
		for _, a := range all {
			if _, known := n.prev[a]; !known {
				n.prev[a] = e.Address
			}
		}
	}
	return n
}

// Renamed follows moved blocks from an address, of an element or of a block with for_each.
func Renamed(moves []*arch.Move, address string) string {
	for range moves {
		next := step(moves, address)
		if next == address {
			break
		}
		address = next
	}
	return address
}

func step(moves []*arch.Move, address string) string {
	base, key, instance := strings.Cut(address, "[")
	for _, m := range moves {
		switch {
		case m.From == address:
			return m.To
		case instance && m.From == base:
			return m.To + "[" + key
		}
	}
	return address
}

// before is the old element that a new one was, or nil.
func (n names) before(address string) *arch.Element {
	if old, ok := n.prev[address]; ok {
		return n.old.Element(old)
	}
	return nil
}

// now maps old addresses to those that stand for them, sorted.
func (n names) now(addresses []string) []string {
	var out []string
	for _, a := range addresses {
		out = append(out, n.next[a]...)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// binding is the set that a rule held elements by, in today's names: those that stood in it, and of the
// elements that are new, those that its expression picks.
func (n names) binding(old, over *arch.Set) *arch.Set {
	if old == nil {
		return nil
	}
	return n.joined(old, n.now(old.Elements), over)
}

// excepting is the set that let elements pass, in today's names. Code that went to an element does not bring
// its permission along.
func (n names) excepting(old, over *arch.Set) *arch.Set {
	if old == nil {
		return nil
	}
	var kept []string
	for _, e := range n.new.Elements {
		if was, ok := n.prev[e.Address]; ok && n.old.Element(was) != nil && slices.Contains(old.Elements, was) {
			kept = append(kept, e.Address)
		}
	}
	return n.joined(old, kept, over)
}

func (n names) joined(old *arch.Set, elements []string, over *arch.Set) *arch.Set {
	if over != nil {
		for _, a := range over.Elements {
			if _, known := n.prev[a]; !known {
				elements = append(elements, a)
			}
		}
	}
	slices.Sort(elements)
	return &arch.Set{Elements: slices.Compact(elements), Text: old.Text, At: old.At}
}
