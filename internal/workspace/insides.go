package workspace

import (
	"fmt"
	"regexp"
	"slices"

	"github.com/asbuilt/asbuilt/pkg/arch"
)

// A few insides at a time are drawn between two times that what there is is shown.
const insidesAtATime = 16

// insides are views that nobody declared, so that there is a way from each system into its parts, and from a part into its
// code: the inside of every element that has one and no view of it; and everything, where no view shows that. With
// what the code does, where that is known.
func (s *Snapshot) insides(declared []*arch.View) []*arch.View {
	m := s.model
	_, err := s.Evidence()
	seen := err == nil
	names, shown := map[string]bool{}, map[string]bool{}
	whole := false
	for _, v := range declared {
		names[v.Name] = true
		switch v.Kind {
		case "landscape", "context":
			whole = true
		case "container", "component", "code":
			shown[v.Of] = true
			whole = whole || v.Of == ""
		}
	}
	var out []*arch.View
	add := func(kind, name, of string) {
		free := name
		for n := 2; names[free]; n++ {
			free = fmt.Sprintf("%s-%d", name, n)
		}
		names[free] = true
		v := &arch.View{Kind: kind, Name: free, Of: of, Auto: true, Direction: "down", Drift: seen, At: m.Architecture.At}
		if e := m.Element(of); e != nil {
			v.At = e.At
		}
		v.OfAt = v.At
		out = append(out, v)
	}
	if !whole {
		add("landscape", "inside", "")
	}
	for _, e := range m.Elements {
		if shown[e.Address] {
			continue
		}
		parts := slices.ContainsFunc(m.Children(e.Address), func(c *arch.Element) bool { return c.Type != "api" })
		name := "inside." + notInNames.ReplaceAllString(e.Address, "-")
		switch {
		case parts && e.Type == arch.TypeSystem:
			add("container", name, e.Address)
		case parts:
			add("component", name, e.Address)
		case seen && e.Code != nil:
			add("code", name, e.Address)
		}
	}
	return out
}

// notInNames is what must not be in the name of a file.
var notInNames = regexp.MustCompile(`[^A-Za-z0-9_.-]+`)

// hangInsides hangs what insides there are, after the views. One that cannot be drawn, as when there is no package in
// it, is not there: nobody asked for it.
func (s *Snapshot) hangInsides(views []*arch.View, before, e *Exhibit, r *Rendering, show func()) {
	insides := s.insides(views)
	for _, v := range insides {
		e.keep(v.Name, before)
	}
	all := slices.Concat(views, insides)
	for some := range slices.Chunk(insides, insidesAtATime) {
		e.index(s, all, r)
		show()
		for _, v := range some {
			if told, err := s.hang(v, before, e, r); len(told) > 0 || err != nil {
				delete(e.drawn, v.Name)
				delete(e.Pictures, v.Name)
			}
			if s.ctx.Err() != nil {
				e.keep(v.Name, before)
				break
			}
		}
	}
	e.index(s, all, r)
}
