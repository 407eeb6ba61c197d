package prove

import (
	"fmt"
	"slices"
	"strings"

	"github.com/asbuilt/asbuilt/pkg/arch"
	"github.com/asbuilt/asbuilt/pkg/evidence"
)

// deniedImports proves that each denied package is found, each time from another element.
func (r *run) deniedImports(rule *arch.Rule, d *arch.Denial, froms []string) error {
	var batch []violation
	for i, pattern := range d.Imports {
		for shift := range froms {
			from := froms[(i+shift)%len(froms)]
			graph, id, ok := r.places.any(from)
			if !ok || !isGo(id) {
				continue
			}
			denied := "go:" + strings.TrimSuffix(strings.TrimSuffix(pattern.Text, "..."), "/")
			batch = append(batch, r.importOf(violation{
				Proof: Proof{Rule: rule.Address(), Injected: fmt.Sprintf("%s imports %s", from, pattern.Text), At: pattern.At},
				want:  want{by: rule.Address(), from: id, to: denied},
			}, graph, id, denied))
			break
		}
	}
	if len(batch) < len(d.Imports) {
		r.green(rule.Address(), d.At, "nothing could be put in", "no element that it is about has code that was read")
	}
	return r.try(batch)
}

// importOf completes a violation with an import of a package that may not be in the evidence.
func (r *run) importOf(v violation, graph int, from, to string) violation {
	known := slices.ContainsFunc(r.Graphs[graph].Nodes, func(n evidence.Node) bool { return n.ID == to })
	if !known {
		v.nodes = append(v.nodes, graphNode{graph, evidence.Node{ID: to, Kind: evidence.ThirdParty, Module: strings.TrimPrefix(to, "go:")}})
	}
	v.uses = append(v.uses, use{graph, from, to, evidence.KindImport})
	return v
}

// modules proves each list of allowed third-party modules.
func (r *run) modules() error {
	const stranger = "go:asbuilt.invalid/stranger"
	var batch []violation
	for _, e := range r.Model.Elements {
		if e.Code == nil || e.Code.Modules == nil {
			continue
		}
		graph, id, ok := r.places.any(e.Address)
		if !ok {
			r.green("code/module", e.Code.Modules.At, e.Address+" imports another module", "none of its code was read")
			continue
		}
		batch = append(batch, r.importOf(violation{
			Proof: Proof{Rule: "code/module", Injected: e.Address + " imports a module that it does not list", At: e.Code.Modules.At},
			want:  want{rule: "code/module", from: id},
		}, graph, id, stranger))
	}
	for i := range batch {
		batch[i].want.to = stranger
	}
	return r.try(batch)
}

// exposures proves each list of exposed packages: a package that it does not name, used from outside.
func (r *run) exposures() error {
	var batch []violation
	for _, e := range r.Model.Elements {
		if e.Code == nil || e.Code.Exposes == nil {
			continue
		}
		v, ok := r.bypass(e)
		if !ok {
			r.green("code/bypass", e.Code.Exposes.At, "nothing could be put in",
				"no other element with code could use "+e.Address+", or it exposes all that it has")
			continue
		}
		batch = append(batch, v)
	}
	return r.try(batch)
}

func (r *run) bypass(e *arch.Element) (violation, bool) {
	for _, other := range r.Model.Elements {
		if r.Model.Related(e.Address, other.Address) {
			continue
		}
		for g := range r.Graphs {
			outside := head(r.places.owned[g][other.Address])
			hidden := slices.DeleteFunc(slices.Clone(r.places.owned[g][e.Address]), func(id string) bool { return r.exposed(g, e, id) })
			u, ok := r.places.free(g, outside, hidden, nil)
			if !ok {
				continue
			}
			return violation{
				Proof: Proof{
					Rule: "code/bypass", Injected: fmt.Sprintf("%s imports a package that %s does not expose", other.Address, e.Address),
					At: e.Code.Exposes.At,
				},
				uses: []use{u},
				want: want{rule: "code/bypass", from: u.from, to: u.to},
			}, true
		}
	}
	return violation{}, false
}

// exposed reports whether an element's list of exposed packages names a package, as a folder or an import path.
func (r *run) exposed(graph int, e *arch.Element, id string) bool {
	nodes := r.Graphs[graph].Nodes
	i, found := slices.BinarySearchFunc(nodes, id, func(n evidence.Node, id string) int { return strings.Compare(n.ID, id) })
	if !found {
		return true
	}
	return anyMeans(e.Code.Exposes.List, nodes[i])
}

// kinds proves what the kinds of element ask for.
func (r *run) kinds() error {
	for _, k := range r.Model.Kinds {
		if err := r.kind(k); err != nil {
			return err
		}
	}
	return nil
}

func (r *run) kind(k *arch.Kind) error {
	const name = "asbuilt_proof"
	bare := &arch.Element{Address: k.Of + "." + name, Type: k.Of, Name: name, Kind: k.Name, At: k.At}
	address := "kind." + k.Name
	if len(k.Requires) > 0 {
		err := r.try([]violation{{
			Proof: Proof{Rule: address, Injected: "an element of the kind without " + k.Requires[0].Text, At: k.Requires[0].At},
			model: r.Model.With(func(m *arch.Model) { m.Elements = append(m.Elements, bare) }),
			want:  want{rule: "kind/attribute"},
		}})
		if err != nil {
			return err
		}
	}
	if !k.Restricts {
		return nil
	}
	for _, target := range []string{arch.TypeSystem, arch.TypeComponent, arch.TypeExternal, arch.TypeQueue, arch.TypeDatastore} {
		if slices.ContainsFunc(k.MayUse, func(p arch.Pattern) bool { return p.Text == target }) {
			continue
		}
		end := &arch.Element{Address: target + "." + name + "_target", Type: target, Name: name + "_target", At: k.At}
		return r.try([]violation{{
			Proof: Proof{Rule: address, Injected: "an element of the kind uses a " + target, At: k.At},
			model: r.Model.With(func(m *arch.Model) {
				m.Elements = append(m.Elements, bare, end)
				m.Edges = append(m.Edges, &arch.Edge{From: bare.Address, To: end.Address, At: k.At})
			}),
			want: want{rule: "kind/endpoint"},
		}})
	}
	r.green(address, k.At, "nothing could be put in", "its may_use allows every type of element")
	return nil
}
