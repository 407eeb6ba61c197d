package prove

import (
	"path"
	"strings"

	"github.com/asbuilt/asbuilt/pkg/arch"
	"github.com/asbuilt/asbuilt/pkg/evidence"
)

// atOnce is how many uses are put in together: each has a finding of its own, so one comparison proves many.
const atOnce = 200_000

// borders proves default-deny: a use between two elements that nobody declared is found, by every observer
// that sees both.
func (r *run) borders() error {
	if r.Model.Architecture.Edges == arch.EdgesOpen {
		return nil // rules alone judge
	}
	var batch []violation
	for g := range r.Graphs {
		observed := r.places.observed(g)
		for _, from := range observed {
			allowed := r.allowed(from, r.places.kinds[g])
			for _, to := range observed {
				if from == to || allowed(to) || r.excepted(from, to) {
					continue
				}
				u, ok := r.places.ownUse(g, from.Address, to.Address)
				if !ok {
					continue // each of its packages uses each of the other's already: the check says so
				}
				batch = append(batch, violation{
					Proof: Proof{Rule: "code/undeclared", Injected: from.Address + " uses " + to.Address, At: from.At},
					uses:  []use{u},
					want:  want{from: u.from, to: u.to}, // a rule may say it instead: that is red too
				})
				if len(batch) == atOnce {
					if err := r.try(batch); err != nil {
						return err
					}
					batch = nil
				}
			}
		}
	}
	return r.try(batch)
}

// allowed says, from the declaration alone, to which elements an element has no border for a kind of use.
func (r *run) allowed(from *arch.Element, kind string) func(*arch.Element) bool {
	m := r.Model
	if m.IsRoot(from) {
		return func(*arch.Element) bool { return true }
	}
	reached := r.declared(from, kind)
	return func(to *arch.Element) bool {
		if m.IsShared(to) || m.Related(from.Address, to.Address) {
			return true
		}
		for e := to; e != nil; e = m.Parent(e) {
			if reached[e.Address] {
				return true
			}
		}
		return false
	}
}

// declared are the ends of the edges of a kind that an element, or one around it, declares; where the
// architecture allows what declared edges imply, all that they lead to.
func (r *run) declared(from *arch.Element, kind string) map[string]bool {
	m := r.Model
	reached := map[string]bool{}
	queue := append([]*arch.Element{from}, m.Ancestors(from)...)
	for i := 0; i < len(queue); i++ {
		for _, e := range m.EdgesFrom(queue[i].Address) {
			to := m.Element(e.To)
			if reached[e.To] || to == nil || !permits(e, to, kind) {
				continue
			}
			reached[e.To] = true
			if m.Architecture.Edges == arch.EdgesTransitive {
				queue = append(append(append(queue, to), m.Ancestors(to)...), m.Descendants(to.Address)...)
			}
		}
	}
	return reached
}

// permits reports whether a declared edge allows a kind of use. The packages of an api, a queue or a
// datastore itself are its generated client: importing them is how it is used.
func permits(e *arch.Edge, to *arch.Element, kind string) bool {
	if e.Kind == arch.EdgePlain || string(e.Kind) == kind {
		return true
	}
	switch to.Type {
	case arch.TypeAPI, arch.TypeQueue, arch.TypeDatastore:
		return kind == evidence.KindImport
	}
	return false
}

// excepted reports whether a waiver names both ends: until it ends that border is open, in words that
// anybody can read. A waiver that names less is no exception but a hole.
func (r *run) excepted(from, to *arch.Element) bool {
	for _, w := range r.Model.Waivers {
		if w.From != "" && w.To != "" && r.Model.Within(from.Address, w.From) && r.Model.Within(to.Address, w.To) {
			return true
		}
	}
	return false
}

// assignments proves that a strict architecture says when a package belongs to nobody. Where one element
// takes all that is left over, nothing can.
func (r *run) assignments() error {
	if !r.Model.Architecture.Strict || r.takesAll() {
		return nil
	}
	for g, graph := range r.Graphs {
		if len(graph.Nodes) == 0 || !isGo(graph.Nodes[0].ID) {
			continue
		}
		nobody := evidence.Node{ID: "go:asbuilt.invalid/nobody", Kind: evidence.Package, Dir: "asbuilt.invalid/nobody", Files: 1}
		return r.try([]violation{{
			Proof: Proof{Rule: "map/unassigned", Injected: "a package that no element owns", At: r.Model.Architecture.At},
			nodes: []graphNode{{g, nobody}},
			want:  want{rule: "map/unassigned"},
		}})
	}
	return nil
}

func (r *run) takesAll() bool {
	for _, e := range r.Model.Elements {
		if e.Code == nil {
			continue
		}
		for _, p := range e.Code.Go {
			if text := path.Clean(p.Text); text == "..." || text == "./..." {
				return true
			}
		}
	}
	return false
}

func isGo(id string) bool { return strings.HasPrefix(id, "go:") }
