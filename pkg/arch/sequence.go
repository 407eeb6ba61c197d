package arch

import "github.com/asbuilt/asbuilt/pkg/source"

// Step is one line of a sequence view: a message, a note, or a fragment around other steps.
type Step struct {
	Kind  StepKind     `json:"kind"`
	From  string       `json:"from,omitempty"` // of a message: an address
	To    string       `json:"to,omitempty"`
	Async bool         `json:"async,omitempty"`
	Reply bool         `json:"reply,omitempty"`
	Over  []string     `json:"over,omitempty"`  // of a note: addresses, sorted
	Text  string       `json:"text,omitempty"`  // a message's label, a note's text, a fragment's title
	Steps []*Step      `json:"steps,omitempty"` // in a fragment; those of an alt end with its elses, those of a par are branches
	At    source.Range `json:"at"`
}

// StepKind is what a step is: the block that makes it.
type StepKind string

// The kinds of step.
const (
	StepMessage StepKind = "step"
	StepNote    StepKind = "note"
	StepAlt     StepKind = "alt"
	StepElse    StepKind = "else"
	StepOpt     StepKind = "opt"
	StepLoop    StepKind = "loop"
	StepPar     StepKind = "par"
	StepBranch  StepKind = "branch"
)

// Walk calls f for steps and all that is in them, in the order written.
func Walk(steps []*Step, f func(*Step)) {
	for _, s := range steps {
		f(s)
		Walk(s.Steps, f)
	}
}

// Uses answers whether a use that somebody speaks of is declared. It speaks of elements as coarsely or finely
// as it likes: a declared edge stands behind it when each end of one is, or is in, or is around, the other's.
type Uses struct {
	model      *Model
	own, below map[string]targets
	reached    map[string]targets // over several steps
}

// targets are what edges lead to, and what is around that.
type targets struct{ exact, around map[string]bool }

// NewUses answers for a model.
func NewUses(m *Model) *Uses {
	return &Uses{model: m, own: map[string]targets{}, below: map[string]targets{}, reached: map[string]targets{}}
}

// Allow reports whether a step may be: what happens inside an element, a reply, what is told to a person, and uses of
// libraries and by composition roots need no edge.
func (u *Uses) Allow(s *Step) bool {
	m := u.model
	from, to := m.Element(s.From), m.Element(s.To)
	switch {
	case s.Kind != StepMessage, s.Reply, from == nil, to == nil, to.Type == TypePerson:
		return true
	case m.Related(s.From, s.To), m.IsShared(to), m.IsRoot(from), m.Architecture.Edges == EdgesOpen:
		return true
	}
	return u.leads(from, to) || m.Architecture.Edges == EdgesTransitive && u.meets(u.reach(from), to)
}

func (u *Uses) leads(from, to *Element) bool {
	if u.meets(u.inside(from.Address), to) {
		return true
	}
	for e := from; e != nil; e = u.model.Parent(e) {
		if u.meets(u.of(e.Address), to) {
			return true
		}
	}
	return false
}

func (u *Uses) meets(t targets, to *Element) bool {
	if t.around[to.Address] {
		return true
	}
	for e := to; e != nil; e = u.model.Parent(e) {
		if t.exact[e.Address] {
			return true
		}
	}
	return false
}

// of is what an element's own edges lead to.
func (u *Uses) of(address string) targets {
	t, known := u.own[address]
	if !known {
		t = targets{map[string]bool{}, map[string]bool{}}
		u.add(t, address)
		u.own[address] = t
	}
	return t
}

// inside is what the edges of all inside an element lead to.
func (u *Uses) inside(address string) targets {
	t, known := u.below[address]
	if !known {
		t = targets{map[string]bool{}, map[string]bool{}}
		for _, e := range u.model.Descendants(address) {
			u.add(t, e.Address)
		}
		u.below[address] = t
	}
	return t
}

// reach is what the edges of an element, of what it is in and of all inside lead to over several steps: what is used,
// what that is in and all inside use on.
func (u *Uses) reach(from *Element) targets {
	t, known := u.reached[from.Address]
	if known {
		return t
	}
	t = targets{map[string]bool{}, map[string]bool{}}
	passed := map[*Element]bool{}
	queue := append(append(u.model.Ancestors(from), from), u.model.Descendants(from.Address)...)
	for len(queue) > 0 {
		e := queue[0]
		queue = queue[1:]
		if passed[e] {
			continue
		}
		passed[e] = true
		u.add(t, e.Address)
		for _, edge := range u.model.EdgesFrom(e.Address) {
			if to := u.model.Element(edge.To); to != nil && !passed[to] {
				queue = append(append(append(queue, to), u.model.Ancestors(to)...), u.model.Descendants(edge.To)...)
			}
		}
	}
	u.reached[from.Address] = t
	return t
}

func (u *Uses) add(t targets, from string) {
	for _, edge := range u.model.EdgesFrom(from) {
		to := u.model.Element(edge.To)
		if to == nil || t.exact[edge.To] {
			continue
		}
		t.exact[edge.To] = true
		for e := to; e != nil && !t.around[e.Address]; e = u.model.Parent(e) {
			t.around[e.Address] = true
		}
	}
}
