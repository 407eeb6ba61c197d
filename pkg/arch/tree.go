package arch

// Element returns the element of an address, or nil.
func (m *Model) Element(address string) *Element { return m.byAddress[address] }

// Team returns the team of an address, or nil.
func (m *Model) Team(address string) *Team { return m.teams[address] }

// Children returns the elements directly inside an address ("" for the top level), by address.
func (m *Model) Children(address string) []*Element { return m.children[address] }

// Parent returns the element that e is in (an api's is the element that offers it), or nil.
func (m *Model) Parent(e *Element) *Element { return m.byAddress[e.Parent] }

// EdgesFrom returns the declared edges that leave exactly this element, in CompareEdges order.
func (m *Model) EdgesFrom(address string) []*Edge { return m.from[address] }

// EdgesBetween returns the declared edges of exactly these ends, in CompareEdges order.
func (m *Model) EdgesBetween(from, to string) []*Edge {
	var out []*Edge
	for _, e := range m.from[from] {
		if e.To == to {
			out = append(out, e)
		}
	}
	return out
}

// Ancestors returns the elements that e is inside of, nearest first.
func (m *Model) Ancestors(e *Element) []*Element {
	var out []*Element
	for p := m.Parent(e); p != nil; p = m.Parent(p) {
		out = append(out, p)
	}
	return out
}

// Descendants returns all elements inside an address, depth first, by address.
func (m *Model) Descendants(address string) []*Element {
	var out []*Element
	for _, c := range m.children[address] {
		out = append(append(out, c), m.Descendants(c.Address)...)
	}
	return out
}

// OwnerOf is the team that owns an element: its own, else that of the nearest element around it; "" for none.
func (m *Model) OwnerOf(address string) string {
	for e := m.byAddress[address]; e != nil; e = m.Parent(e) {
		if e.Owner != "" {
			return e.Owner
		}
	}
	return ""
}

// Within reports whether the element at address is outer or inside outer. An outer that is the address of
// a block with for_each stands for all its instances.
func (m *Model) Within(address, outer string) bool {
	for e := m.byAddress[address]; e != nil; e = m.Parent(e) {
		if e.Address == outer || e.Key != "" && e.Type+"."+e.Name == outer {
			return true
		}
	}
	return false
}

// Related reports whether one of two addresses is, or is inside, the other: an edge between them is
// internal.
func (m *Model) Related(a, b string) bool { return m.Within(a, b) || m.Within(b, a) }

// IsShared reports whether e or an element around it is a library that anyone may use.
func (m *Model) IsShared(e *Element) bool {
	return m.any(e, func(e *Element) bool { return e.Shared })
}

// IsRoot reports whether e or an element around it may use anything undeclared.
func (m *Model) IsRoot(e *Element) bool {
	return m.any(e, func(e *Element) bool { return e.Root })
}

func (m *Model) any(e *Element, holds func(*Element) bool) bool {
	for ; e != nil; e = m.Parent(e) {
		if holds(e) {
			return true
		}
	}
	return false
}

// Binds reports whether e, or an element inside it, carries a binding of the given world ("go", "compose", …).
func (m *Model) Binds(e *Element, world string) bool {
	for _, b := range e.Bindings {
		if b == world {
			return true
		}
	}
	for _, c := range m.children[e.Address] {
		if m.Binds(c, world) {
			return true
		}
	}
	return false
}

// Environment returns the environment of a name, or nil.
func (m *Model) Environment(name string) *Environment {
	for _, e := range m.Environments {
		if e.Name == name {
			return e
		}
	}
	return nil
}
