package compare

import (
	"slices"

	"github.com/asbuilt/asbuilt/pkg/arch"
	"github.com/asbuilt/asbuilt/pkg/reflexion"
)

// judgeUndeclared gives an arrow that no edge covers its verdict. Evidence that only hints at a use makes no
// divergence: whether there is one is not known.
func (c *comparison) judgeUndeclared(a *arrow) {
	a.Verdict = reflexion.Unknown
	for i, s := range a.sights {
		if s == nothing {
			continue
		}
		verdict := reflexion.Unknown
		switch {
		case a.Reason != reflexion.Undeclared:
			verdict = reflexion.Convergence
		case s == shown:
			verdict = reflexion.Divergence
		}
		if verdict != reflexion.Unknown {
			a.Verdict = verdict
		}
		a.Seen = append(a.Seen, c.sighting(i, verdict))
	}
}

// judgeDeclared gives an arrow of a declared edge its verdict. One observer that saw it is enough for
// convergence; a hint is, too, for it says the same as the declaration. It is absent when an observer could
// have seen it, and every one that could have read everything and saw nothing.
func (c *comparison) judgeDeclared(a *arrow) {
	from, to := c.model.Element(a.From), c.model.Element(a.To)
	inert := from == nil || to == nil || c.model.Related(a.From, a.To) || c.planned(a.Edge, from, to)
	seen, missed, blind := false, false, false
	for i, o := range c.observations {
		verdict := reflexion.Unknown
		switch {
		case a.sights[i] >= hinted:
			verdict, seen = reflexion.Convergence, true
		case inert, a.sights[i] == allowed:
		case o.sawNothing(): // what it reads was not to be read, either
			blind = true
		case !o.couldSee(a.Edge, from, to):
		case len(o.graph.Gaps) > 0 || o.unread[from]:
			blind = true
		default:
			verdict, missed = reflexion.Absence, true
		}
		a.Seen = append(a.Seen, c.sighting(i, verdict))
	}
	switch {
	case seen:
		a.Verdict = reflexion.Convergence
	case missed && !blind && !c.overlooked(a.Edge, from, to):
		a.Verdict = reflexion.Absence
	default:
		a.Verdict = reflexion.Unknown
	}
}

func (c *comparison) sighting(i int, v reflexion.Verdict) reflexion.Sighting {
	return reflexion.Sighting{Observer: c.observations[i].graph.Observer, Verdict: v}
}

// couldSee reports whether an observer would have seen an edge if it were there: it looks for one of the
// edge's kinds, and both ends carry a binding that it reads.
func (o *observation) couldSee(e *arch.Edge, from, to *arch.Element) bool {
	for k := range kinds {
		if o.proves[k] && covers(e, to, kind(k)) {
			return o.reads(from) && o.reads(to)
		}
	}
	return false
}

func (o *observation) reads(e *arch.Element) bool {
	return slices.ContainsFunc(o.worldsOf(e), func(world string) bool { return slices.Contains(o.graph.Worlds, world) })
}

// overlooked reports whether both ends carry a binding in which the edge could show, and that no observer reads.
func (c *comparison) overlooked(e *arch.Edge, from, to *arch.Element) bool {
	for _, world := range c.worldsOf(from) {
		if !slices.Contains(c.worldsOf(to), world) || !couldShow(world, e, to) {
			continue
		}
		if !slices.ContainsFunc(c.observations, func(o *observation) bool { return slices.Contains(o.graph.Worlds, world) }) {
			return true
		}
	}
	return false
}

// couldShow reports whether an edge can have a kind that the world has: code imports, and what runs does all else.
func couldShow(world string, e *arch.Edge, to *arch.Element) bool {
	switch {
	case world == worldGo:
		return covers(e, to, imports)
	case isRuntime(world):
		return e.Kind != arch.EdgeImport
	}
	return true
}

// worldsOf lists the worlds in which an element, or one inside it, is bound. An api without a binding of its
// own is seen where what offers it runs.
func (c *comparison) worldsOf(e *arch.Element) []string {
	worlds := c.claims.worlds[e]
	if len(worlds) > 0 || e.Type != arch.TypeAPI {
		return worlds
	}
	if provider := c.model.Parent(e); provider != nil {
		return slices.DeleteFunc(slices.Clone(c.claims.worlds[provider]), func(world string) bool { return !isRuntime(world) })
	}
	return nil
}

func (c *comparison) planned(e *arch.Edge, ends ...*arch.Element) bool {
	return e.Status == arch.StatusPlanned || slices.ContainsFunc(ends, c.toCome)
}

// toCome reports whether an element, or one around it, is planned.
func (c *comparison) toCome(e *arch.Element) bool {
	return slices.ContainsFunc(c.around(e), func(x *arch.Element) bool { return x.Status == arch.StatusPlanned })
}
