package check

import (
	"fmt"
	"slices"
	"strings"

	"github.com/asbuilt/asbuilt/pkg/arch"
)

// canUse reports whether an element can use another in one of some kinds: by evidence that could show it, or by an edge
// that could be declared.
func (q *inquiry) canUse(from, to int32, k kinds) bool {
	f, t := q.elements[from], q.elements[to]
	seen := f.Code != nil && t.Code != nil && k&q.observed != 0
	declared := f.Type != arch.TypeAPI && t.Type != arch.TypePerson && kindsOf(arch.NaturalKind(t.Address))&k != 0
	return (seen || declared) && from != to && !q.related(from, to)
}

// anyUse reports whether one of some elements can use one of others; it asks no further than needed.
func anyUse[N int | int32](froms, tos []N, can func(from, to int32) bool) bool {
	return slices.ContainsFunc(froms, func(from N) bool {
		return slices.ContainsFunc(tos, func(to N) bool { return can(int32(from), int32(to)) })
	})
}

// layers reports layers between which nothing can be wrong.
func (v *vacuity) layers() {
	r, whole := v.rule, true
	if len(r.Layers) < 2 {
		v.say(r.At, "layers", "names fewer than two layers: nothing can be above another")
		return
	}
	if r.Closed && len(r.Layers) == 2 {
		v.say(r.At, "closed", "can find nothing by closed: there is no layer between two")
	}
	var all []int32
	layerOf := map[int32]int{}
	for i := range r.Layers {
		whole = v.needs(&r.Layers[i], fmt.Sprintf("layer %d", i+1), 1) && whole
		for _, m := range v.members(&r.Layers[i]) {
			all = append(all, m)
			layerOf[m] = i
		}
	}
	member := v.within(all)
	var in []int32
	for i, m := range member {
		if m != none {
			in = append(in, int32(i))
		}
	}
	wrong := func(from, to int32) bool {
		a, b := member[from], member[to]
		up := layerOf[a] > layerOf[b] || r.Closed && layerOf[b] > layerOf[a]+1
		return up && v.canUse(from, to, v.means(r, a, b))
	}
	if whole && !anyUse(in, in, wrong) {
		v.say(r.At, "layers", "can find nothing: no element of its layers can use one of a higher layer")
	}
}

// apart reports members that cannot use each other.
func (v *vacuity) apart() {
	r := v.rule
	members := v.members(r.Members)
	wrong := func(from, to int32) bool {
		k := v.means(r, from, to)
		return v.canUse(from, to, k) && (r.Kind == arch.RuleIndependent || v.canUse(to, from, k))
	}
	if !anyUse(members, members, wrong) {
		v.say(r.Members.At, r.Members.Text, "can find nothing: no two of its members can use each other: "+r.Members.Text)
	}
}

// everybody reports an only that leaves nobody out, and one that keeps what nobody could use.
func (v *vacuity) everybody() {
	r, k := v.rule, every(v.rule)
	users, used := v.within(v.members(r.Only)), v.within(v.members(r.MayUse))
	var others, all, kept []int32
	for i := range v.elements {
		all = append(all, int32(i))
		if users[i] == none {
			others = append(others, int32(i))
		}
		if used[i] != none {
			kept = append(kept, int32(i))
		}
	}
	can := func(from, to int32) bool { return used[from] != used[to] && v.canUse(from, to, k) }
	switch {
	case anyUse(others, kept, can):
	case anyUse(all, kept, can):
		v.say(r.Only.At, r.Only.Text, "can find nothing: only leaves out nobody who could use it: "+r.Only.Text)
	default:
		v.say(r.MayUse.At, r.MayUse.Text, "can find nothing: nobody could use what it keeps: "+r.MayUse.Text)
	}
}

// strangers reports a denial between elements that cannot use each other.
func (v *vacuity) strangers(d *denial) {
	can := func(from, to int32) bool { return v.canUse(from, to, every(v.rule)) }
	if !anyUse(positions(d.from), positions(d.to), can) {
		v.say(d.To.At, d.To.Text, "can find nothing: no use that it denies is possible: "+d.To.Text)
	}
}

// unseen reports a rule about kinds of use that no observer gives and no declared edge is of: the code may do what it
// forbids, and nothing would show it.
func (v *vacuity) unseen() {
	k := via(v.rule)
	if k == 0 || k&v.observed != 0 || v.Result.Blind {
		return
	}
	if slices.ContainsFunc(v.Model.Edges, func(e *arch.Edge) bool { return e.Kind != arch.EdgePlain && kindsOf(e.Kind)&k != 0 }) {
		return
	}
	v.say(v.rule.At, "via", fmt.Sprintf("means uses by %s alone, and nothing shows one: what is observed gives %s, and no declared edge names that kind",
		words(k), words(v.observed)))
	v.out[len(v.out)-1].Fix.Message = "name a kind that is observed, declare the uses of that kind, or let an observer read them"
}

// words names some kinds.
func words(k kinds) string {
	var out []string
	for _, kind := range []arch.EdgeKind{arch.EdgeImport, arch.EdgeCall, arch.EdgeEvent, arch.EdgeData} {
		if kindsOf(kind)&k != 0 {
			out = append(out, string(kind))
		}
	}
	if len(out) == 0 {
		return "nothing"
	}
	return strings.Join(out, ", ")
}
