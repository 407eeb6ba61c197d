package config

import (
	"fmt"

	"github.com/hashicorp/hcl/v2"
	"github.com/zclconf/go-cty/cty"

	"github.com/asbuilt/asbuilt/internal/budget"
)

// What one model may hold. The budget of evaluation bounds values; these bound what is made of them, since
// a few blocks can repeat one large value: a for_each over a local, each with depends_on over another.
const (
	maxElements = 10_000
	maxEdges    = 200_000
	maxMembers  = 250_000 // addresses in views, groups, ranks and rules
	maxWork     = 200_000 // elements and edges that set functions look at
	maxParts    = 500_000 // parts of the values of attributes
	maxSteps    = 2_000   // steps of sequences, notes and fragments counted
)

// takenPerStep is how many members of a list are taken out of it in one step.
const takenPerStep = 4

// sizes counts what was made in one run.
type sizes struct {
	elements, edges, members, work, parts, steps counter
}

type counter struct {
	n, max int
	what   string
}

func newSizes() sizes {
	return sizes{
		elements: counter{max: maxElements, what: "elements"},
		edges:    counter{max: maxEdges, what: "edges"},
		members:  counter{max: maxMembers, what: "members of sets"},
		work:     counter{max: maxWork, what: "steps of set functions"},
		parts:    counter{max: maxParts, what: "parts of values"},
		steps:    counter{max: maxSteps, what: "steps of sequences"},
	}
}

// add counts n things; it is false when there are too many.
func (c *counter) add(n int) bool {
	c.n += n
	return c.n <= c.max
}

// count counts n things and reports the first place where there are too many.
func (l *loader) count(c *counter, n int, at hcl.Range) bool {
	if c.add(n) {
		return true
	}
	l.stop(note{
		rule: ruleBudget, at: at,
		message: fmt.Sprintf("this makes more than %d %s", c.max, c.what),
		fix:     "split the architecture, or use fewer instances",
	})
	return false
}

// inspect walks a value and counts its parts; known is false when one of them is unknown. It ends where the
// counter does: values share their parts, so that a short text can make a huge one.
func (c *counter) inspect(v cty.Value) (known, within bool) {
	if !c.add(1) {
		return true, false
	}
	switch t := v.Type(); {
	case !v.IsKnown():
		return false, true
	case v.IsNull(), !t.IsObjectType() && !t.IsTupleType() && !t.IsCollectionType():
		return true, true
	}
	for x := range budget.Parts(v) {
		if known, within := c.inspect(x); !known || !within {
			return known, within
		}
	}
	return true, true
}
