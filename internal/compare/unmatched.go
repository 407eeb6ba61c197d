package compare

import (
	"cmp"
	"path"
	"slices"
	"strings"

	"github.com/asbuilt/asbuilt/internal/phrase"
	"github.com/asbuilt/asbuilt/pkg/evidence"
	"github.com/asbuilt/asbuilt/pkg/reflexion"
	"github.com/asbuilt/asbuilt/pkg/source"
)

// empty lists the patterns that matched nothing, with the most similar folder. What is planned may have none yet. A binding to what runs counts
// where something that reads its world ran; one to code does not where an observer saw nothing at all, for it may be
// the one that reads it.
func (c *comparison) empty(blind bool) []reflexion.Empty {
	var out []reflexion.Empty
	for _, cl := range c.claims.all {
		if cl.matched || c.toCome(cl.element) || (isRuntime(cl.world) || blind) && !c.observed(cl.world) {
			continue
		}
		out = append(out, reflexion.Empty{
			World: cl.world, Element: cl.element.Address, Pattern: cl.pattern, Nearest: c.nearest(cl),
		})
	}
	return out
}

// sawNothing reports an observer, or an evidence file, of which nothing could be read.
func (o *observation) sawNothing() bool { return len(o.graph.Gaps) > 0 && len(o.graph.Worlds) == 0 }

// observed reports whether an observer reads a world, or saw a node of it.
func (c *comparison) observed(world string) bool {
	return slices.ContainsFunc(c.observations, func(o *observation) bool {
		return slices.Contains(o.graph.Worlds, world) || slices.ContainsFunc(o.graph.Nodes, func(n evidence.Node) bool {
			return strings.HasPrefix(n.ID, world+":")
		})
	})
}

// nearest is the pattern, of the folders and names that exist, which is most like the one that matches
// nothing; "" when none is alike.
func (c *comparison) nearest(cl *claim) string {
	want := path.Join(cl.segments[:min(cl.literal, len(cl.segments))]...)
	guess := phrase.NewGuess(want, len(want)/2)
	for _, o := range c.observations {
		for _, n := range o.graph.Nodes {
			world, have := evidence.Split(n.ID)
			if cl.relative {
				have = n.Dir
			}
			if world != cl.world || have == "" || n.Kind == evidence.Standard {
				continue
			}
			for ; have != "." && have != "" && have != "/"; have = path.Dir(have) {
				guess.Consider(have)
			}
		}
	}
	best := guess.Best()
	switch {
	case best == "":
		return ""
	case cl.relative:
		best = "./" + best
	case cl.world != worldGo:
		best = cl.world + ":" + best
	}
	if !cl.exact {
		best += "/..."
	}
	return best
}

// place is where a node is grouped: a Go package in its folder, anything else by its name.
type place struct {
	in  table
	dir string
}

func placeOf(n *evidence.Node) place {
	world, name := evidence.Split(n.ID)
	if world == worldGo && n.Dir != "" {
		return place{table{world, true}, n.Dir}
	}
	return place{table{world, false}, strings.TrimPrefix(path.Clean("/"+name), "/")}
}

func (p place) above() place { return place{p.in, path.Dir(p.dir)} }

// loose is a node that nobody owns.
type loose struct {
	place
	node   *evidence.Node
	seenIn *observation
}

// unassigned groups the packages and services that nobody owns by the largest folder without an owned one.
func (c *comparison) unassigned() []reflexion.Unassigned {
	ownedBelow := map[place]int{}
	var free []loose
	known := map[string]bool{}
	for _, o := range c.observations {
		for i := range o.graph.Nodes {
			n := &o.graph.Nodes[i]
			switch {
			case o.owner[i] != nil:
				at := placeOf(n)
				count(ownedBelow, at)
				if at.in.relative { // by its name, too, for what has only that
					count(ownedBelow, placeOf(&evidence.Node{ID: n.ID}))
				}
			case n.Kind != evidence.Package && n.Kind != evidence.Service, known[n.ID]:
			default:
				known[n.ID] = true
				free = append(free, loose{placeOf(n), n, o})
			}
		}
	}
	byPlace := map[place]int{}
	var out []reflexion.Unassigned
	for _, l := range free {
		at := l.place
		for at.dir != "." && ownedBelow[at.above()] == 0 {
			at = at.above()
		}
		i, ok := byPlace[at]
		if !ok {
			i = len(out)
			byPlace[at] = i
			out = append(out, l.group(at))
		}
		out[i].Packages = append(out[i].Packages, l.node.ID)
	}
	for i := range out {
		slices.Sort(out[i].Packages)
	}
	slices.SortFunc(out, func(a, b reflexion.Unassigned) int {
		return cmp.Or(strings.Compare(a.World, b.World), strings.Compare(a.Dir, b.Dir))
	})
	return out
}

func count(below map[place]int, at place) {
	for {
		below[at]++
		if at.dir == "." {
			return
		}
		at = at.above()
	}
}

// group begins the list of what stands in one place.
func (l loose) group(at place) reflexion.Unassigned {
	if at.in.relative {
		return reflexion.Unassigned{Dir: at.dir}
	}
	return reflexion.Unassigned{World: at.in.world, Dir: at.dir, At: l.at()}
}

// at is the first line that shows the node, else what its observer read.
func (l loose) at() source.Range {
	for i := range l.seenIn.graph.Edges {
		if e := &l.seenIn.graph.Edges[i]; e.From == l.node.ID || e.To == l.node.ID {
			if len(e.Witnesses) > 0 {
				return e.Witnesses[0].At()
			}
		}
	}
	for _, c := range l.seenIn.graph.Coverage {
		return source.At(c.Root, 0)
	}
	return source.Range{}
}
