package policy

import (
	"slices"

	"github.com/asbuilt/asbuilt/pkg/arch"
)

// Judge is the model that the change is judged by: the elements, edges and code patterns of New under the
// policy of Old.
func Judge(in Input) *arch.Model {
	c := &comparison{Input: in, names: newNames(in)}
	var rules []*arch.Rule
	m := in.New.With(func(m *arch.Model) {
		a := &m.Architecture
		a.Strict, a.Edges = in.Old.Architecture.Strict, in.Old.Architecture.Edges
		a.Severity, a.SeverityAt = in.Old.Architecture.Severity, in.Old.Architecture.SeverityAt
		m.Observers = c.watching()
		m.Waivers = c.names.kept()
		m.Baseline = in.Old.Baseline
		m.Kinds = c.judgingKinds()
		for i, e := range m.Elements {
			m.Elements[i] = c.judged(e)
		}
		free(in.New, m.Elements, c.sharedOnce(), func(e *arch.Element) *bool { return &e.Shared })
		free(in.New, m.Elements, c.rootOnce(), func(e *arch.Element) *bool { return &e.Root })
		m.Rules = nil
		for _, old := range in.Old.Rules {
			r := c.names.carried(old, c.over(old.Name))
			rules = append(rules, r)
			m.Rules = append(m.Rules, r)
		}
	})
	for _, r := range rules { // conditions ask about the model that judges
		if r.Holds != nil {
			r.Holds = r.Holds.In(m)
		}
		if r.Message != nil {
			r.Message = r.Message.In(m)
		}
		r.ForEach = subjectsIn(m, r.ForEach)
	}
	return m
}

func subjectsIn(m *arch.Model, subjects []arch.Subject) []arch.Subject {
	var out []arch.Subject
	for _, s := range subjects {
		if s.Element != nil {
			s = arch.Subject{Element: m.Element(s.Element.Address)}
		}
		out = append(out, s)
	}
	return out
}

// watching are the old observers, as far as what they read is still there, and those of a kind that is new.
func (c *comparison) watching() []*arch.Observer {
	var out []*arch.Observer
	for _, o := range c.Old.Observers {
		kept := *o
		kept.Roots = slices.DeleteFunc(slices.Clone(o.Roots), func(p arch.Pattern) bool { return c.Gone != nil && c.Gone(folder(p)) })
		if len(o.Roots) > 0 && len(kept.Roots) == 0 {
			continue
		}
		for _, now := range observersOf(c.New, o.Kind) {
			kept.Exact = now.Exact
		}
		out = append(out, &kept)
	}
	for _, o := range c.New.Observers {
		if len(observersOf(c.Old, o.Kind)) == 0 {
			out = append(out, o)
		}
	}
	return out
}

// judgingKinds are the old kinds, and those that are new.
func (c *comparison) judgingKinds() []*arch.Kind {
	out := slices.Clone(c.Old.Kinds)
	for _, k := range c.New.Kinds {
		if kindOf(c.Old, k.Name) == nil {
			out = append(out, k)
		}
	}
	return out
}

// judged is an element with the lists, the kind and the status that it had.
func (c *comparison) judged(e *arch.Element) *arch.Element {
	was := c.names.before(e.Address)
	if was == nil {
		return e
	}
	now := *e
	if k := kindOf(c.Old, was.Kind); k != nil {
		now.Kind = was.Kind
	}
	if was.Status == arch.StatusDeprecated {
		now.Status = was.Status
	}
	if e.Code == nil || was.Code == nil {
		return &now
	}
	code := *e.Code
	code.Exposes, code.Modules = was.Code.Exposes, was.Code.Modules
	code.TestSupport = nil
	code.Go = slices.Clone(code.Go)
	for _, p := range e.Code.TestSupport {
		if covered(p, was.Code.TestSupport) {
			code.TestSupport = append(code.TestSupport, p)
		} else {
			code.Go = append(code.Go, p)
		}
	}
	now.Code = &code
	return &now
}

func (c *comparison) sharedOnce() func(*arch.Element) bool {
	return c.once(c.Old.IsShared, func(e *arch.Element) bool { return e.Shared })
}

func (c *comparison) rootOnce() func(*arch.Element) bool {
	return c.once(c.Old.IsRoot, func(e *arch.Element) bool { return e.Root })
}

// once tells whether an element of today is free: as it was, where it was; else by its own word or that of the
// elements around it.
func (c *comparison) once(was func(*arch.Element) bool, says func(*arch.Element) bool) func(*arch.Element) bool {
	return func(e *arch.Element) bool {
		for ; e != nil; e = c.New.Parent(e) {
			if before := c.names.before(e.Address); before != nil {
				return was(before)
			}
			if says(e) {
				return true
			}
		}
		return false
	}
}

// free sets a flag, which holds for all that is inside an element, so that it holds for no element of which it
// should not.
func free(m *arch.Model, elements []*arch.Element, should func(*arch.Element) bool, flag func(*arch.Element) *bool) {
	for i, e := range elements {
		wanted := should(e)
		for _, d := range m.Descendants(e.Address) {
			wanted = wanted && should(d)
		}
		if *flag(e) != wanted {
			now := *e
			*flag(&now) = wanted
			elements[i] = &now
		}
	}
}
