package view

import (
	"slices"
	"strings"

	"github.com/asbuilt/asbuilt/pkg/arch"
	"github.com/asbuilt/asbuilt/pkg/reflexion"
)

// scene is a selection with every use lifted to it.
type scene struct {
	*stage
	cards    set
	frames   set // what is drawn around cards
	rejected set // the frames that get no card of their own
	arrows   map[ends]*arrow
}

// ends are the two cards of an arrow.
type ends struct{ from, to *arch.Element }

// arrow is everything that is drawn as one line.
type arrow struct {
	ends
	uses []use
}

// arrange decides what is a card and what a frame, and lifts the uses.
func arrange(st *stage, s *selection) *scene {
	sc := &scene{stage: st, cards: set{}, frames: set{}, rejected: s.rejected, arrows: map[ends]*arrow{}}
	for e := range s.shown {
		sc.cards.add(e)
	}
	for e := range s.shown {
		for _, around := range st.model.Ancestors(e) {
			delete(sc.cards, around)
			if !s.excluded[around] {
				sc.frames.add(around)
			}
		}
	}
	sc.lift()
	return sc
}

// lift draws each use between the nearest drawn ancestors of its ends; it is dropped where one has none,
// or both are the same. What is said about a frame as a whole is drawn last: see lastResort.
func (sc *scene) lift() {
	var coarse []arrow
	for _, u := range sc.uses {
		from, fromFrame := sc.end(u.from)
		to, toFrame := sc.end(u.to)
		if from == nil || to == nil || sc.model.Related(from.Address, to.Address) {
			continue
		}
		a := arrow{ends{from, to}, []use{u}}
		if fromFrame || toFrame {
			coarse = append(coarse, a)
			continue
		}
		sc.draw(a)
	}
	sc.lastResort(coarse)
}

// end is where a use that ends at e is drawn: at a card, or at a frame when e is the frame's own
// element. An API that is not drawn is the element that offers it.
func (sc *scene) end(e *arch.Element) (at *arch.Element, frame bool) {
	if e.Type == arch.TypeAPI && !sc.cards[e] {
		e = sc.model.Parent(e)
	}
	if e != nil && sc.frames[e] {
		return e, true
	}
	for ; e != nil && !sc.frames[e]; e = sc.model.Parent(e) {
		if sc.cards[e] {
			return e, false
		}
	}
	return nil, false
}

func (sc *scene) draw(a arrow) {
	if old := sc.arrows[a.ends]; old != nil {
		old.uses = append(old.uses, a.uses...)
		return
	}
	sc.arrows[a.ends] = &a
}

// lastResort draws what is said about a frame as a whole. Where arrows into the frame already say it in
// more detail, they stand for it; else the frame's element gets a card of its own inside its frame, so
// that no declared edge is lost.
func (sc *scene) lastResort(coarse []arrow) {
	var unsaid []arrow
	for _, a := range coarse {
		if !quiet(a.uses[0].verdict) || !sc.detailed(a.ends) {
			unsaid = append(unsaid, a)
		}
	}
	for _, a := range unsaid {
		if sc.rejected[a.from] || sc.rejected[a.to] {
			continue
		}
		sc.cards.add(a.from, a.to)
		sc.draw(a)
	}
}

// detailed reports whether an arrow is drawn between something in one end and something in the other.
func (sc *scene) detailed(e ends) bool {
	for drawn := range sc.arrows {
		if sc.model.Within(drawn.from.Address, e.from.Address) && sc.model.Within(drawn.to.Address, e.to.Address) {
			return true
		}
	}
	return false
}

// idle lists the libraries and composition roots that no arrow touches. What uses them, or what they
// use, is not declared, so in a picture that nobody chose them for they would only stand around.
func (sc *scene) idle(chosen set) []*arch.Element {
	busy := set{}
	for e := range sc.arrows {
		busy.add(e.from, e.to)
	}
	var out []*arch.Element
	for e := range sc.cards {
		if !busy[e] && !chosen[e] && (sc.model.IsShared(e) || sc.model.IsRoot(e)) {
			out = append(out, e)
		}
	}
	return out
}

// sortedCards lists the cards by address.
func (sc *scene) sortedCards() []*arch.Element {
	return sorted(sc.cards)
}

func sorted(s set) []*arch.Element {
	out := make([]*arch.Element, 0, len(s))
	for e := range s {
		out = append(out, e)
	}
	slices.SortFunc(out, func(a, b *arch.Element) int { return strings.Compare(a.Address, b.Address) })
	return out
}

// worst is the verdict of an arrow: the worst of what it stands for.
func (a *arrow) worst() reflexion.Verdict {
	out := declared
	for _, u := range a.uses {
		if severity(u.verdict) > severity(out) {
			out = u.verdict
		}
	}
	return out
}
