package prove

import (
	"fmt"
	"slices"
	"strings"

	"github.com/asbuilt/asbuilt/pkg/arch"
)

// strange is a text that no condition about real names expects.
const strange = "~ asbuilt proof ~"

// texts are the attributes of an element that are plain texts.
func texts(e *arch.Element) map[string]*string {
	return map[string]*string{
		"title": &e.Title, "description": &e.Description, "technology": &e.Technology, "docs": &e.Docs,
		"in": &e.Parent, "kind": &e.Kind, "name": &e.Name, "key": &e.Key,
	}
}

// elementChanges lists ways to change what a condition reads of an element: taken away, then made strange.
// A name of "" stands for the element as a whole, handed to a function.
func elementChanges(m *arch.Model, name string) []change {
	set := func(what string, f func(*arch.Element)) change {
		return change{what: what, element: func(_ *arch.Model, e *arch.Element) { f(e) }}
	}
	without := func(f func(*arch.Element)) change { return set("without "+name, f) }
	with := func(value string, f func(*arch.Element)) change {
		return set(fmt.Sprintf("with %s %s", name, value), f)
	}
	switch name {
	case "title", "description", "technology", "docs", "in", "kind", "name", "key":
		return []change{
			without(func(e *arch.Element) { *texts(e)[name] = "" }),
			with(strange, func(e *arch.Element) { *texts(e)[name] = strange }),
		}
	case "owner":
		out := []change{without(func(e *arch.Element) { e.Owner = "" })}
		for _, t := range m.Teams {
			out = append(out, with(t.Address, func(e *arch.Element) { e.Owner = t.Address }))
		}
		return out
	case "tags":
		return tagChanges(m, without, with)
	case "shared":
		return []change{set("with shared changed", func(e *arch.Element) { e.Shared = !e.Shared })}
	case "root":
		return []change{set("with root changed", func(e *arch.Element) { e.Root = !e.Root })}
	case "status":
		var out []change
		for _, s := range []arch.Status{arch.StatusDeprecated, arch.StatusPlanned, arch.StatusCurrent} {
			out = append(out, with(fmt.Sprintf("%q", s), func(e *arch.Element) { e.Status = s }))
		}
		return out
	case "engine", "hosts", "topics", "metadata":
		var value any = strange
		switch name {
		case "hosts", "topics":
			value = []any{strange}
		case "metadata":
			value = map[string]any{strange: strange}
		}
		return []change{
			without(func(e *arch.Element) { e.Facts = replaceFact(e.Facts, name, nil) }),
			with(strange, func(e *arch.Element) { e.Facts = replaceFact(e.Facts, name, value) }),
		}
	case "type", "address":
		return nil // an element of another type or address is another element
	}
	return surroundings()
}

func tagChanges(m *arch.Model, without func(func(*arch.Element)) change, with func(string, func(*arch.Element)) change) []change {
	out := []change{
		without(func(e *arch.Element) { e.Tags = nil }),
		with(strange, func(e *arch.Element) { e.Tags = sortedWith(e.Tags, strange) }),
	}
	seen := map[string]bool{}
	for _, e := range m.Elements {
		for _, tag := range e.Tags {
			if !seen[tag] && len(seen) < most {
				seen[tag] = true
				out = append(out, with(tag, func(e *arch.Element) { e.Tags = sortedWith(e.Tags, tag) }))
			}
		}
	}
	return out
}

func sortedWith(tags []string, tag string) []string {
	out := append(slices.Clone(tags), tag)
	slices.Sort(out)
	return slices.Compact(out)
}

func replaceFact(facts []arch.Fact, name string, value any) []arch.Fact {
	out := slices.DeleteFunc(slices.Clone(facts), func(f arch.Fact) bool { return f.Name == name })
	if value != nil {
		out = append(out, arch.Fact{Name: name, Value: value})
		slices.SortFunc(out, func(a, b arch.Fact) int { return strings.Compare(a.Name, b.Name) })
	}
	return out
}

// surroundings changes what stands around an element: its edges and what is inside it.
func surroundings() []change {
	return []change{
		{what: "without edges", element: func(m *arch.Model, e *arch.Element) {
			m.Edges = slices.DeleteFunc(m.Edges, func(x *arch.Edge) bool { return x.From == e.Address || x.To == e.Address })
		}},
		{what: "with an edge to and from everything", element: func(m *arch.Model, e *arch.Element) { connect(m, e) }},
		{what: "with many elements inside", element: func(m *arch.Model, e *arch.Element) {
			for i := range most {
				name := fmt.Sprintf("asbuilt_proof_%d", i)
				m.Elements = append(m.Elements, &arch.Element{
					Address: "component." + name, Type: arch.TypeComponent, Name: name, Parent: e.Address, At: e.At,
				})
			}
		}},
		{what: "with many edges to new elements", element: func(m *arch.Model, e *arch.Element) {
			for i := range most {
				name := fmt.Sprintf("asbuilt_proof_%d", i)
				x := &arch.Element{Address: "component." + name, Type: arch.TypeComponent, Name: name, At: e.At}
				m.Elements = append(m.Elements, x)
				m.Edges = append(m.Edges, &arch.Edge{From: e.Address, To: x.Address, At: e.At}, &arch.Edge{From: x.Address, To: e.Address, At: e.At})
			}
		}},
	}
}

// connect adds edges between an element and every other that is neither around nor inside it.
func connect(m *arch.Model, e *arch.Element) {
	for _, x := range slices.Clone(m.Elements) {
		if x.Address == e.Address || x.Address == e.Parent || x.Parent == e.Address {
			continue
		}
		if x.Type != arch.TypePerson {
			m.Edges = append(m.Edges, &arch.Edge{From: e.Address, To: x.Address, At: e.At})
		}
		if e.Type != arch.TypePerson && x.Type != arch.TypeExternal {
			m.Edges = append(m.Edges, &arch.Edge{From: x.Address, To: e.Address, At: e.At})
		}
	}
}

// edgeChanges lists ways to change what a condition reads of an edge.
func edgeChanges(name string) []change {
	set := func(what string, f func(*arch.Edge)) change { return change{what: what, edge: f} }
	switch name {
	case "label":
		return []change{
			set("without label", func(e *arch.Edge) { e.Label = "" }),
			set("with label "+strange, func(e *arch.Edge) { e.Label = strange }),
		}
	case "technology":
		return []change{
			set("without technology", func(e *arch.Edge) { e.Technology = "" }),
			set("with technology "+strange, func(e *arch.Edge) { e.Technology = strange }),
		}
	case "tags":
		return []change{
			set("without tags", func(e *arch.Edge) { e.Tags = nil }),
			set("with tag "+strange, func(e *arch.Edge) { e.Tags = sortedWith(e.Tags, strange) }),
		}
	case "async":
		return []change{set("with async changed", func(e *arch.Edge) { e.Async = !e.Async })}
	case "kind":
		var out []change
		for _, k := range []arch.EdgeKind{arch.EdgePlain, arch.EdgeImport, arch.EdgeCall, arch.EdgeEvent, arch.EdgeData} {
			out = append(out, set(fmt.Sprintf("with kind %q", k), func(e *arch.Edge) { e.Kind = k }))
		}
		return out
	case "status":
		var out []change
		for _, s := range []arch.Status{arch.StatusDeprecated, arch.StatusPlanned, arch.StatusCurrent} {
			out = append(out, set(fmt.Sprintf("with status %q", s), func(e *arch.Edge) { e.Status = s }))
		}
		return out
	}
	return nil
}
