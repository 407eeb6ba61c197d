package check

import (
	"fmt"
	"slices"
	"strings"

	"github.com/asbuilt/asbuilt/internal/digraph"
	"github.com/asbuilt/asbuilt/internal/phrase"
	"github.com/asbuilt/asbuilt/pkg/arch"
	"github.com/asbuilt/asbuilt/pkg/finding"
)

// link is what makes one member of a rule use another.
type link struct {
	lines int    // that witness it; 0 when it is only declared
	uses  []*use // the first ones
}

// mostOfAHop is how many uses are shown for one step of a cycle.
const mostOfAHop = 3

// cycles says one finding for each knot of members that use each other in a circle.
func (q *inquiry) cycles(r *arch.Rule) []finding.Finding {
	members := q.members(r.Members)
	links := q.links(r, members)
	edges := make([]digraph.Edge, 0, len(links))
	for e := range links {
		edges = append(edges, e)
	}
	g := digraph.New(len(members), edges)
	var out []finding.Finding
	for _, knot := range g.Components() {
		hops := digraph.Hops(g.Cycle(knot))
		weakest := digraph.Weakest(hops, func(e digraph.Edge) int { return links[e].lines })
		c := cycle{links: links, hops: hops, weakest: weakest}
		for _, m := range members {
			c.names = append(c.names, q.address(m))
		}
		out = append(out, c.finding(r, knot))
	}
	return out
}

// links lifts the uses to the members, by position in the list: a member stands for everything inside it, and
// so does a member around it.
func (q *inquiry) links(r *arch.Rule, members []int32) map[digraph.Edge]*link {
	rank := make([]int, len(q.elements))
	for i := range rank {
		rank[i] = -1
	}
	for i, m := range members {
		rank[m] = i
	}
	around := q.around(members)
	links := map[digraph.Edge]*link{}
	for i := range q.uses {
		u := &q.uses[i]
		for _, a := range around[u.from] {
			for _, b := range around[u.to] {
				if a == b || q.related(a, b) || !u.is(q.means(r, a, b)) {
					continue
				}
				links[digraph.Edge{From: rank[a], To: rank[b]}] = links[digraph.Edge{From: rank[a], To: rank[b]}].with(u)
			}
		}
	}
	return links
}

// around gives, for each element, the members that it is or is inside of, nearest first.
func (q *inquiry) around(members []int32) [][]int32 {
	nearest := q.within(members)
	out := make([][]int32, len(q.elements))
	for i, at := range nearest {
		for at != none {
			out[i] = append(out[i], at)
			if at = q.parents[at]; at != none {
				at = nearest[at]
			}
		}
	}
	return out
}

func (l *link) with(u *use) *link {
	if l == nil {
		l = &link{}
	}
	if u.seen != nil {
		l.lines += len(u.seen.Hops[0].Witnesses)
	}
	if len(l.uses) < mostOfAHop {
		l.uses = append(l.uses, u)
	}
	return l
}

// cycle is a circle of members.
type cycle struct {
	names   []string // of the members
	links   map[digraph.Edge]*link
	hops    []digraph.Edge
	weakest digraph.Edge
}

// finding tells a cycle. Its subject is the whole knot: who joins it makes another one.
func (c cycle) finding(r *arch.Rule, knot []int) finding.Finding {
	names := make([]string, len(knot))
	for i, m := range knot {
		names[i] = c.names[m]
	}
	from, to := c.names[c.weakest.From], c.names[c.weakest.To]
	f := finding.Finding{
		Rule: "code/cycle", By: r.Address(), Because: r.Because, At: r.Members.At,
		Subject: finding.Subject{Path: strings.Join(names, " ")},
		Between: &finding.Pair{From: from, To: to},
	}
	var way []string
	for i, hop := range c.hops {
		way = append(way, c.names[hop.From])
		f.Related = append(f.Related, c.evidence(hop, i+1)...)
	}
	f.Related = append(f.Related, finding.Related{Message: r.Address(), At: r.At})
	f.Message = "a cycle: " + strings.Join(append(way, way[0]), " -> ")
	if len(knot) > len(c.hops) {
		f.Message += fmt.Sprintf("; it is the shortest among %d elements that all reach each other", len(knot))
	}
	weak := c.links[c.weakest]
	if weak.lines == 0 {
		f.Fix = &finding.Fix{Message: fmt.Sprintf("its weakest edge is only declared: take %s out of %s", to, from)}
		if slices.ContainsFunc(weak.uses, func(u *use) bool { return !u.edge.Literal }) {
			f.Fix.Message = fmt.Sprintf("its weakest edge is only declared: change the expression that makes %s use %s", from, to)
		}
		return f
	}
	f.Fix = &finding.Fix{Message: fmt.Sprintf("its weakest edge is %s -> %s, %s: turn it round, or move what both need below them",
		from, to, phrase.Count(weak.lines, "import line"))}
	return f
}

// evidence are the first places of one step.
func (c cycle) evidence(hop digraph.Edge, number int) []finding.Related {
	var out []finding.Related
	step := c.names[hop.From] + " -> " + c.names[hop.To] + ": "
	for _, u := range c.links[hop].uses {
		places := []finding.Related{}
		if u.seen == nil {
			places = append(places, finding.Related{Message: "declared", At: u.edge.At})
		} else {
			places = witnesses(*u.seen)
		}
		for _, p := range places {
			p.Message, p.Hop = step+p.Message, number
			out = append(out, p)
		}
	}
	return out[:min(len(out), mostOfAHop)]
}
