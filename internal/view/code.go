package view

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/asbuilt/asbuilt/pkg/arch"
	"github.com/asbuilt/asbuilt/pkg/evidence"
	"github.com/asbuilt/asbuilt/pkg/finding"
	"github.com/asbuilt/asbuilt/pkg/reflexion"
)

// code draws the packages of an element, what they import of each other, and the elements that they use and are used by.
func code(in Input) (*stage, []finding.Finding) {
	m, v := in.Model, in.View
	of := m.Element(v.Of)
	if of == nil {
		return nil, ofProblem(v, fmt.Sprintf("the view %q is of nothing", v.Name), "say of = …: whose packages are drawn")
	}
	if in.Result == nil {
		return nil, ofProblem(v, fmt.Sprintf("the view %q draws code, and none was observed", v.Name), `add observe "go" {}`)
	}
	c := &coded{
		stage: &stage{natural: set{}, stands: map[string][]*arch.Element{}, reals: map[*arch.Element]*arch.Element{}, whole: true},
		in:    in, of: of, packages: map[string]*arch.Element{},
	}
	c.put()
	if len(c.packages) == 0 {
		return nil, ofProblem(v, fmt.Sprintf("%s has no packages that were observed", of.Address), "draw an element with code")
	}
	c.model = m.With(func(m *arch.Model) {
		for _, p := range c.packages {
			m.Elements = append(m.Elements, p)
		}
	})
	verdicts := c.verdicts()
	for _, e := range in.Graph.Edges {
		if e.Scope == evidence.Code {
			c.link(e, verdicts[[2]string{e.From, e.To}])
		}
	}
	return c.stage, nil
}

// coded is the packages of an element on their way to a stage.
type coded struct {
	*stage
	in       Input
	of       *arch.Element
	packages map[string]*arch.Element // by id
}

// put makes a card of every package that the element, or something inside of it, owns.
func (c *coded) put() {
	m := c.in.Model
	var ids []string
	for id, owner := range c.in.Result.Owners {
		if m.Within(owner, c.of.Address) {
			ids = append(ids, id)
		}
	}
	slices.Sort(ids)
	common := folderOf(ids)
	for _, id := range ids {
		owner := m.Element(c.in.Result.Owners[id])
		p := &arch.Element{Address: id, Type: typePackage, Name: path.Base(importPath(id)), Title: c.title(id, common), Parent: c.of.Address, At: owner.At}
		if owner != c.of {
			p.Technology = owner.Label()
		}
		c.packages[id] = p
		c.stands[owner.Address] = append(c.stands[owner.Address], p)
		c.reals[p] = owner
		c.natural.add(p)
	}
	c.stands[c.of.Address] = nil
	for _, id := range ids {
		c.stands[c.of.Address] = append(c.stands[c.of.Address], c.packages[id])
	}
}

// title is a package's path in the folder of all of them; that of the folder itself is its last word.
func (c *coded) title(id, common string) string {
	name := importPath(id)
	if in, ok := strings.CutPrefix(name, common+"/"); ok && common != "" {
		return in
	}
	if name == common {
		return path.Base(name)
	}
	return name
}

// folderOf is the folder that all packages are in, or the path of one that all others are in.
func folderOf(ids []string) string {
	var common []string
	for i, id := range ids {
		segments := strings.Split(importPath(id), "/")
		if i == 0 {
			common = segments
		}
		common = common[:shared(common, segments)]
	}
	if len(ids) == 1 && len(common) > 1 {
		common = common[:len(common)-1]
	}
	return strings.Join(common, "/")
}

// verdicts are those of the imports that lead from one element to another.
func (c *coded) verdicts() map[[2]string]use {
	out := map[[2]string]use{}
	if !c.in.View.Drift {
		return out
	}
	for _, u := range usesOf(c.in) {
		if u.arrow == nil { // a way over others: its imports have arrows of their own
			continue
		}
		for _, i := range u.arrow.Imports {
			out[[2]string{i.From, i.To}] = u
		}
	}
	return out
}

// link draws one import between packages, or between one and another element.
func (c *coded) link(e evidence.Edge, between use) {
	from, to := c.end(e.From), c.end(e.To)
	if from == nil || to == nil || from == to || c.packages[e.From] == nil && c.packages[e.To] == nil {
		return
	}
	u := use{from: from, to: to, verdict: declared}
	switch {
	case !c.in.View.Drift:
	case between.from == nil:
		u.verdict = reflexion.Convergence
	default:
		u.verdict = between.verdict
		if !quiet(u.verdict) {
			u.pairs = pairs{{from: e.From, to: e.To, rules: rulesOf(between, e)}}
		}
	}
	if !c.in.wants(u, c.real(from), c.real(to)) {
		return
	}
	c.uses = append(c.uses, u)
	for _, other := range []*arch.Element{from, to} {
		if other.Type != typePackage {
			c.natural.add(beside(c.in.Model, other, c.of))
		}
	}
}

// rulesOf are the rules that an import breaks.
func rulesOf(u use, e evidence.Edge) []string {
	for _, p := range u.pairs {
		if p.from == e.From && p.to == e.To {
			return p.rules
		}
	}
	return nil
}

// end is the card of a package of the element, or the element that owns another's.
func (c *coded) end(id string) *arch.Element {
	if p := c.packages[id]; p != nil {
		return p
	}
	return c.in.Model.Element(c.in.Result.Owners[id])
}
