package view

import (
	"fmt"
	"slices"

	"github.com/asbuilt/asbuilt/pkg/arch"
	"github.com/asbuilt/asbuilt/pkg/finding"
)

// mostLinks is how many arrows between instances are drawn: nobody can read more, and layouts of them take minutes.
const mostLinks = 5_000

// deployment sets the instances of an environment into its nodes, and leads each use to the instances that are nearest:
// those with which it shares the innermost node.
func deployment(in Input) (*stage, []finding.Finding) {
	v := in.View
	env := in.Model.Environment(v.Environment)
	if env == nil {
		return nil, ofProblem(v, fmt.Sprintf("the view %q is of no environment", v.Name), "say environment = environment.NAME")
	}
	d := &deployed{
		stage: &stage{natural: set{}, stands: map[string][]*arch.Element{}, reals: map[*arch.Element]*arch.Element{}},
		model: in.Model, paths: map[*arch.Element][]string{},
	}
	d.put(env.Nodes, "environment."+env.Name, nil)
	d.stage.model = in.Model.With(func(m *arch.Model) { m.Elements = append(m.Elements, d.made...) })
	for _, u := range usesOf(in) {
		d.link(u)
		if len(d.uses) > mostLinks {
			return nil, ofProblem(v, fmt.Sprintf("the view %q draws more than %d arrows between instances", v.Name, mostLinks), "exclude what is everywhere, or draw a part with include")
		}
	}
	return d.stage, nil
}

// deployed is an environment on its way to a stage.
type deployed struct {
	*stage
	model *arch.Model // without the instances
	made  []*arch.Element
	paths map[*arch.Element][]string // the nodes around an instance, outermost first
}

// put makes the nodes and instances inside of an address.
func (d *deployed) put(nodes []*arch.Node, inside string, around []string) {
	for _, n := range nodes {
		address := inside + "/" + n.Name
		parent := inside
		if around == nil {
			parent = ""
		}
		frame := &arch.Element{Address: address, Type: typeNode, Name: n.Name, Title: n.Label(), Technology: n.Technology, Parent: parent, At: n.At}
		d.made = append(d.made, frame)
		d.reals[frame] = nil
		path := append(slices.Clip(around), n.Name)
		for _, i := range n.Instances {
			if e := d.model.Element(i.Of); e != nil {
				d.instance(e, i, address, path)
			}
		}
		d.put(n.Nodes, address, path)
	}
}

func (d *deployed) instance(e *arch.Element, i *arch.Instance, node string, path []string) {
	c := *e
	c.Address, c.Parent, c.At = node+"/"+e.Address, node, i.At
	c.Title, c.Owner, c.Status = e.Label(), d.model.OwnerOf(e.Address), elementStatus(d.model, e)
	for _, said := range []struct {
		by   string
		what *string
	}{{i.Title, &c.Title}, {i.Description, &c.Description}, {i.Technology, &c.Technology}} {
		if said.by != "" {
			*said.what = said.by
		}
	}
	if i.Replicas > 0 {
		c.Facts = append(slices.DeleteFunc(slices.Clone(e.Facts), func(f arch.Fact) bool { return f.Name == replicas }),
			arch.Fact{Name: replicas, Value: float64(i.Replicas), At: i.At})
	}
	d.made = append(d.made, &c)
	d.stands[e.Address] = append(d.stands[e.Address], &c)
	d.reals[&c] = e
	d.paths[&c] = path
	d.natural.add(&c)
}

// link draws a use between instances, and to and from externals, which run elsewhere.
func (d *deployed) link(u use) {
	from, to := d.ends(u.from), d.ends(u.to)
	for _, a := range from {
		for _, b := range d.nearest(a, to) {
			one := u
			one.from, one.to = a, b
			d.uses = append(d.uses, one)
			d.outside(a, b)
			d.outside(b, a)
		}
	}
}

// outside shows an external that an instance has to do with.
func (d *deployed) outside(e, of *arch.Element) {
	if d.reals[of] == nil {
		return
	}
	if e.Type == arch.TypeAPI {
		e = d.model.Parent(e)
	}
	if e != nil && e.Type == arch.TypeExternal {
		d.natural.add(e)
	}
}

// ends are the instances of an element, or of the nearest element around it that has some; else the element itself.
func (d *deployed) ends(e *arch.Element) []*arch.Element {
	for x := e; x != nil; x = d.model.Parent(x) {
		if all := d.stands[x.Address]; all != nil {
			return all
		}
	}
	return []*arch.Element{e}
}

// nearest are those that share the most nodes with an instance.
func (d *deployed) nearest(to *arch.Element, all []*arch.Element) []*arch.Element {
	var out []*arch.Element
	most := 0
	for _, e := range all {
		n := shared(d.paths[e], d.paths[to])
		if n > most {
			most, out = n, nil
		}
		if n == most {
			out = append(out, e)
		}
	}
	return out
}
