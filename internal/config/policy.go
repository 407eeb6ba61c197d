package config

import (
	"slices"
	"strings"

	"github.com/zclconf/go-cty/cty"

	"github.com/asbuilt/asbuilt/pkg/arch"
	"github.com/asbuilt/asbuilt/pkg/finding"
)

// LoadPolicy reads an architecture for what it demands, and asks that of another model: its rules and waivers
// see the elements and edges of over. What it names and over does not have is followed through over's
// renames, or drops out of sets. The model that it gives has the architecture block, kinds, rules, waivers,
// baseline and observers of the files, and all else of over.
func LoadPolicy(files []File, o Options, over *arch.Model) (*arch.Model, []finding.Finding) {
	return load(files, o, newSuccessor(over))
}

// successor is the model that a policy is asked about, as references of the older files find it.
type successor struct {
	model   *arch.Model
	renames map[string]string          // by old address
	blocks  map[string][]*arch.Element // the instances of blocks with for_each, by the block's address
	own     *graph                     // the model of the files themselves
}

func newSuccessor(m *arch.Model) *successor {
	s := &successor{model: m, renames: map[string]string{}, blocks: map[string][]*arch.Element{}}
	for _, move := range m.Moves {
		s.renames[move.From] = move.To
	}
	for _, e := range m.Elements {
		if block, _, ok := strings.Cut(e.Address, "["); ok {
			s.blocks[block] = append(s.blocks[block], e)
		}
	}
	return s
}

// policy is the phase after the model of the files is finished: what may ask about a whole model asks about
// the successor.
func (l *loader) policy(m arch.Model) *arch.Model {
	next := l.over.model
	l.over.own, l.graph = l.graph, newGraph(next)
	m.Teams, m.Elements, m.Edges = slices.Clone(next.Teams), slices.Clone(next.Elements), slices.Clone(next.Edges)
	m.Moves, m.Views, m.Styles = slices.Clone(next.Moves), slices.Clone(next.Views), slices.Clone(next.Styles)
	m.Environments = slices.Clone(next.Environments)
	m.Rules = l.ruleList()
	m.Waivers = l.waiverList()
	return arch.New(m)
}

// now is the address that something has in the successor; the same when it is not there.
func (s *successor) now(address string) string {
	if s == nil {
		return address
	}
	at := address
	for range maxChain {
		if s.model.Element(at) != nil || s.model.Team(at) != nil || len(s.blocks[at]) > 0 {
			return at
		}
		to, ok := s.renames[at]
		if block, key, instance := strings.Cut(at, "["); !ok && instance {
			if to, ok = s.renames[block]; ok && !strings.Contains(to, "[") {
				to += "[" + key
			}
		}
		if !ok {
			break
		}
		at = to
	}
	return address
}

// valueNow is the value of an instance in the successor; of one that is gone, what it was.
func (l *loader) valueNow(address string) (cty.Value, bool) {
	if v, ok := l.graph.value(l.over.now(address)); ok || l.over == nil {
		return v, ok
	}
	return l.over.own.value(address)
}

// instancesNow are the instances that a block has in the successor, by key. Where it makes one element alone
// now, that has no key.
func (l *loader) instancesNow(d *declared) map[string]cty.Value {
	if l.over == nil {
		return nil
	}
	block := l.over.now(d.address)
	elements := l.over.blocks[block]
	if e := l.over.model.Element(block); e != nil {
		elements = append(elements, e)
	}
	out := make(map[string]cty.Value, len(elements))
	for _, e := range elements {
		out[e.Key] = l.graph.element(e.Address)
	}
	return out
}

// present are the elements of the model that an address stands for: one; none when it had a finding or is
// gone; several when what was one element is a block with instances now.
func (l *loader) present(address string) []*arch.Element {
	if e := l.graph.model.Element(address); e != nil {
		return []*arch.Element{e}
	}
	if l.over == nil {
		return nil
	}
	return l.over.blocks[l.over.now(address)]
}
