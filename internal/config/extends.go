package config

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/asbuilt/asbuilt/pkg/arch"
)

// maxNested is how far views extend each other, and how far groups, and fragments of sequences, stand inside one
// another: more than anyone can follow.
const maxNested = 16

func (l *loader) viewList() []*arch.View {
	e := &extender{l, map[string]*arch.View{}, map[string]int{}}
	out := l.autoViews()
	for _, v := range out {
		e.made[v.Name] = v
	}
	for _, b := range l.views {
		out = append(out, e.view(b, nil))
	}
	return out
}

// extender decodes views, each after the one that it extends.
type extender struct {
	*loader
	made  map[string]*arch.View // by name
	depth map[string]int        // how many views a view extends, one after the other
}

// view decodes a view. chain is the views that wait for it.
func (e *extender) view(b *block, chain []string) *arch.View {
	name := b.labels[1]
	if e.made[name] == nil {
		f := e.frame(b, late)
		e.made[name] = f.viewOf(e.base(f, append(slices.Clip(chain), name)))
	}
	return e.made[name]
}

// base is the view that a view extends, the last of chain; nil for none.
func (e *extender) base(f *frame, chain []string) *arch.View {
	name := f.viewName("extends")
	if name == "" {
		return nil
	}
	if i := slices.Index(chain, name); i >= 0 {
		circle := append(slices.Clone(chain[i:]), name)
		f.wrong(ruleCycle, f.at("extends"), "a view that extends itself: view."+strings.Join(circle, " → view."), "take one extends out")
		return nil
	}
	if len(chain) > maxNested {
		f.extendsTooFar()
		return nil
	}
	base := e.made[name]
	if base == nil {
		base = e.view(e.names.named["view"][name], chain)
	}
	e.depth[f.block.labels[1]] = e.depth[name] + 1
	switch kind := f.block.labels[0]; {
	case e.depth[name] >= maxNested:
		f.extendsTooFar()
		return nil
	case base.Kind != kind:
		f.wrong(ruleValue, f.at("extends"), fmt.Sprintf("a %s view extends no %s view", kind, base.Kind), fmt.Sprintf("extend a %s view, or make this one a %s view", kind, base.Kind))
		return nil
	}
	return base
}

func (f *frame) extendsTooFar() {
	f.wrong(ruleBudget, f.at("extends"), fmt.Sprintf("more than %d views extend one another", maxNested), "extend a view nearer to the first")
}

// inherit adds what the view says to what holds for the one that it extends.
func (f *frame) inherit(v, base *arch.View) {
	v.Extends = base.Name
	v.Title, v.Description = cmp.Or(v.Title, base.Title), cmp.Or(v.Description, base.Description)
	if f.block.attrs["of"] == nil && f.block.attrs["environment"] == nil {
		v.Of, v.Environment, v.OfAt = base.Of, base.Environment, base.OfAt
	}
	v.Depth, v.Direction = cmp.Or(v.Depth, base.Depth), cmp.Or(v.Direction, base.Direction)
	if f.block.attrs["drift"] == nil {
		v.Drift = base.Drift
	}
	if !f.count(&f.made.members, len(base.Include)+len(base.Also)+len(base.Exclude), f.at("extends")) {
		return
	}
	back := func(address string) bool { return slices.Contains(v.Include, address) } // what was left out and is drawn again
	v.Exclude = union(slices.DeleteFunc(slices.Clone(base.Exclude), back), v.Exclude)
	if base.Include == nil {
		v.Also, v.Include = union(base.Also, v.Include), nil
	} else {
		v.Include = union(base.Include, v.Include)
	}
	v.Where, v.WhereEdges = slices.Clone(base.Where), slices.Clone(base.WhereEdges)
	v.SameRank = slices.Concat(base.SameRank, v.SameRank)
	v.Theme, v.Styles = cmp.Or(v.Theme, base.Theme), slices.Concat(base.Styles, v.Styles)
	v.Overrides = slices.Concat(base.Overrides, v.Overrides)
	v.EdgeOverrides = slices.Concat(base.EdgeOverrides, v.EdgeOverrides)
	v.Groups = f.joined(base.Groups, v.Groups)
}

// union is sorted addresses of both, each once; nil when there are none.
func union(a, b []string) []string {
	out := slices.Concat(a, b)
	slices.Sort(out)
	return slices.Compact(out)
}

// joined are groups with those of an extending view: one of the same title gets more members.
func (f *frame) joined(groups, more []arch.ViewGroup) []arch.ViewGroup {
	out := slices.Clone(groups)
	for _, g := range more {
		i := slices.IndexFunc(out, func(x arch.ViewGroup) bool { return x.Title == g.Title })
		if i < 0 {
			out = append(out, g)
			continue
		}
		if !f.count(&f.made.members, len(out[i].Members), f.at("extends")) {
			return out
		}
		out[i].Members = union(out[i].Members, g.Members)
		out[i].Groups = f.joined(out[i].Groups, g.Groups)
	}
	return out
}
