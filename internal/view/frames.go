package view

import (
	"cmp"
	"slices"

	"github.com/asbuilt/asbuilt/pkg/arch"
	"github.com/asbuilt/asbuilt/pkg/diagram"
)

// typeSet is the type of a frame that a view's group block draws.
const typeSet = "set"

// frame is something drawn around cards and other frames: an element, or a set of the view.
type frame struct {
	element *arch.Element // nil for a set
	title   string        // of a set
	around  *frame
}

func (f *frame) address() string {
	if f.element != nil {
		return f.element.Address
	}
	return "group." + f.title
}

// forest is the frames of a diagram, and which of them is around what.
type forest struct {
	*stage
	frames []*frame
	of     map[*arch.Element]*frame // an element's own frame
	cards  map[*arch.Element]*frame // the frame around a card; no entry for none
	badges []diagram.Badge
	marks  map[*arch.Element][]int
}

func newForest(sc *scene) *forest {
	m := sc.model
	f := &forest{
		stage: sc.stage, of: map[*arch.Element]*frame{}, cards: map[*arch.Element]*frame{}, marks: map[*arch.Element][]int{},
	}
	elements := sorted(sc.frames)
	for _, e := range elements {
		f.of[e] = &frame{element: e}
		f.frames = append(f.frames, f.of[e])
	}
	for _, e := range elements {
		f.of[e].around = f.nearest(m.Parent(e))
	}
	for _, e := range sc.sortedCards() {
		start := m.Parent(e)
		if f.of[e] != nil { // the card of a frame's own element
			start = e
		}
		f.cards[e] = f.nearest(start)
	}
	return f
}

// nearest is the frame of e or of the nearest element around it that has one.
func (f *forest) nearest(e *arch.Element) *frame {
	for ; e != nil; e = f.model.Parent(e) {
		if f.of[e] != nil {
			return f.of[e]
		}
	}
	return nil
}

// addSets draws groups: as a frame where all members stand side by side, else as a badge. Those inside of a group that
// became a frame stand in that; outer is the innermost such frame, nil for none.
func (f *forest) addSets(groups []arch.ViewGroup, cards []*arch.Element, outer *frame) {
	for _, g := range groups {
		m := f.members(g.All(), cards, outer)
		if m.empty() {
			continue
		}
		box := outer
		if around, ok := f.sideBySide(m); ok {
			box = f.enclose(g.Title, m, around)
		} else {
			f.badges = append(f.badges, diagram.Badge{Title: g.Title})
			for _, e := range cards {
				if m.cards[e] || f.inside(f.cards[e], m.frames) {
					f.marks[e] = append(f.marks[e], len(f.badges)-1)
				}
			}
		}
		f.addSets(g.Groups, cards, box)
	}
}

// members is what of a set is drawn: whole frames, and cards that are in none of these.
type members struct {
	cards  set
	frames map[*frame]bool
}

func (m members) empty() bool { return len(m.cards)+len(m.frames) == 0 }

func (f *forest) members(addresses []string, cards []*arch.Element, outer *frame) members {
	wanted := f.at(addresses)
	m := members{cards: set{}, frames: map[*frame]bool{}}
	for _, fr := range f.frames {
		if fr.element != nil && wanted[fr.element] {
			m.frames[fr] = true
		}
	}
	for _, e := range cards {
		if wanted[e] {
			m.cards.add(e)
		}
	}
	// A set whose members are all in this one is taken as a whole, unless this one stands inside of it.
	for _, fr := range f.frames {
		if fr.element == nil && !f.inside(outer, map[*frame]bool{fr: true}) && f.holdsOnly(fr, m) {
			m.frames[fr] = true
		}
	}
	for e := range m.cards {
		if f.inside(f.cards[e], m.frames) {
			delete(m.cards, e)
		}
	}
	for fr := range m.frames {
		if f.inside(fr.around, m.frames) {
			delete(m.frames, fr)
		}
	}
	return m
}

// holdsOnly reports whether everything directly in a frame is a member.
func (f *forest) holdsOnly(fr *frame, m members) bool {
	for e, around := range f.cards {
		if around == fr && !m.cards[e] {
			return false
		}
	}
	return !slices.ContainsFunc(f.frames, func(inner *frame) bool { return inner.around == fr && !m.frames[inner] })
}

// inside reports whether fr is one of the frames, or in one of them.
func (f *forest) inside(fr *frame, frames map[*frame]bool) bool {
	for ; fr != nil; fr = fr.around {
		if frames[fr] {
			return true
		}
	}
	return false
}

// sideBySide returns the frame directly around all members; ok is false when they have not the same one.
func (f *forest) sideBySide(m members) (around *frame, ok bool) {
	var all []*frame
	for e := range m.cards {
		all = append(all, f.cards[e])
	}
	for fr := range m.frames {
		all = append(all, fr.around)
	}
	return all[0], !slices.ContainsFunc(all, func(x *frame) bool { return x != all[0] })
}

func (f *forest) enclose(title string, m members, around *frame) *frame {
	box := &frame{title: title, around: around}
	f.frames = append(f.frames, box)
	for e := range m.cards {
		f.cards[e] = box
	}
	for fr := range m.frames {
		fr.around = box
	}
	return box
}

// number orders the frames, a parent before its children and siblings by address.
func (f *forest) number() []*frame {
	var out []*frame
	var walk func(around *frame)
	walk = func(around *frame) {
		var here []*frame
		for _, fr := range f.frames {
			if fr.around == around {
				here = append(here, fr)
			}
		}
		slices.SortStableFunc(here, func(a, b *frame) int { return cmp.Compare(a.address(), b.address()) })
		for _, fr := range here {
			out = append(out, fr)
			walk(fr)
		}
	}
	walk(nil)
	return out
}

func (f *forest) groups(order []*frame, w words, wear *wardrobe) []diagram.Group {
	out := make([]diagram.Group, 0, len(order))
	for _, fr := range order {
		g := diagram.Group{Address: fr.address(), Type: typeSet, Title: fr.title}
		if fr.element != nil {
			g = w.group(fr.element, wear.looks[fr.element])
		}
		g.Parent = slices.Index(order, fr.around)
		out = append(out, g)
	}
	return out
}

// around is the index of the frame around a card, -1 for none.
func (f *forest) around(e *arch.Element, order []*frame) int { return slices.Index(order, f.cards[e]) }
