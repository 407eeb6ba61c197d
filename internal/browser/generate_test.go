//go:build browser

package browser

import (
	"fmt"
	"math/rand/v2"
	"slices"

	"github.com/asbuilt/asbuilt/internal/icon"
	"github.com/asbuilt/asbuilt/internal/palette"
	"github.com/asbuilt/asbuilt/pkg/diagram"
)

const (
	generations  = 200
	fewest, most = 5, 250 // nodes of a generated diagram
	lifelines    = 30     // at most, of a generated sequence
)

// generated are the kinds of view that diagrams are made up of, and what their groups and nodes are.
var generated = []struct {
	kind          string
	groups, nodes []string // types
	drift         bool
}{
	{"landscape", []string{"group"}, []string{"person", "system", "external"}, false},
	{"context", nil, []string{"system", "person", "external"}, false},
	{"container", []string{"system", "group"}, []string{"component", "api", "datastore", "queue", "person", "external"}, true},
	{"component", []string{"component", "group"}, []string{"component", "api", "datastore"}, false},
	{"deployment", []string{"node"}, []string{"component", "datastore", "queue", "external"}, false},
	{"team", []string{"team", "system"}, []string{"component", "datastore", "api", "system"}, false},
	{"drift", []string{"system"}, []string{"component", "api", "datastore", "queue"}, true},
	{"impact", []string{"system"}, []string{"component", "person", "api"}, false},
	{"code", []string{"component"}, []string{"package"}, true},
	{diagram.KindSequence, nil, []string{"person", "component", "datastore", "queue", "external"}, true},
}

// generate makes a diagram up: number n of those there are, the same in every run. They grow from the fewest nodes to
// the most; few are large.
func generate(n int) *diagram.Diagram {
	h := hand{Rand: rand.New(rand.NewPCG(uint64(n), 4)), script: scripts[(n/len(generated)+n)%len(scripts)]}
	part := float64(n) / (generations - 1)
	h.size = fewest + int(part*part*part*(most-fewest)+0.5)
	kind := generated[n%len(generated)]
	name := fmt.Sprintf("%s-%03d", kind.kind, n)
	if kind.kind == diagram.KindSequence {
		return h.sequence(name, kind.nodes)
	}
	themes := palette.Themes()
	f := &draft{Diagram: diagram.Diagram{
		Name: name, Kind: kind.kind, Title: h.say(4), Description: h.some(12), Architecture: h.say(2), Version: "1.0",
		Direction: []string{"down", "right", "up", "left"}[n/3%4], Drift: kind.drift,
		Badges: []diagram.Badge{{Title: h.say(2)}, {Title: h.say(1)}, {Title: h.say(3)}},
		Theme:  themes[n/7%len(themes)], Colors: []diagram.Color{{Name: "loud", Light: "#ffff00", Dark: "#000080"}, {Name: "same", Light: "#808080", Dark: "#808080"}},
		Keys: []diagram.Key{{Title: h.say(3), Look: h.look()}, {Title: h.say(2), Edges: true, Look: h.look()}},
	}}
	groups := h.groups(f, kind.groups)
	nodes := h.nodes(f, kind.nodes, groups)
	h.edges(f, nodes)
	return f.diagram()
}

// hand makes things up.
type hand struct {
	*rand.Rand
	script script
	size   int
}

func (h hand) say(most int) string { return h.script.say(h.Rand, 1+h.IntN(most)) }

// some is a text of up to so many words, or none.
func (h hand) some(most int) string { return h.script.say(h.Rand, max(0, h.IntN(most+3)-2)) }

func (h hand) of(values ...string) string { return values[h.IntN(len(values))] }

// look is how one in three things is drawn.
func (h hand) look() (l diagram.Look) {
	if h.IntN(3) > 0 {
		return l
	}
	l.Color = h.of(append(palette.Names(), "", "loud", "same")...)
	l.Line = h.of("", "solid", "dashed", "dotted")
	l.Width = []float64{0, 1, 3, 6}[h.IntN(4)]
	if opacity := h.IntN(150); opacity <= 100 {
		l.Opacity = &opacity
	}
	return l
}

// groups makes frames up, up to four in each other, and returns their addresses.
func (h hand) groups(f *draft, types []string) []string {
	if len(types) == 0 {
		return nil
	}
	outer := []string{""}
	var all []string
	for i := range 1 + h.size/12 {
		address := fmt.Sprintf("%s.g%02d", h.of(types...), i)
		parent := outer[h.IntN(len(outer))]
		all = append(all, address)
		f.group(address, parent, h.say(5), h.some(3))
		g := &f.Groups[len(f.Groups)-1]
		g.Technology, g.Status, g.Look = h.some(2), h.of("", "", "", "planned", "deprecated"), h.look()
		depth := 0
		for at := address; at != ""; at = f.parents[at] {
			depth++
		}
		if depth < 4 {
			outer = append(outer, address)
		}
	}
	return all
}

// nodes makes cards up, at least one in every group.
func (h hand) nodes(f *draft, types, groups []string) []string {
	var all []string
	for i := range h.size {
		n := diagram.Node{
			Address: fmt.Sprintf("%s.n%03d", h.of(types...), i), Title: h.say(4), Technology: h.some(3), Description: h.some(14), Owner: h.some(3),
			Status: h.of("", "", "", "", "planned", "deprecated"), Subject: h.IntN(20) == 0,
			Shape: h.of("", "", "", "box", "component", "person", "hexagon", "cylinder", "queue", "cloud", "browser", "mobile", "bucket", "document"),
			Icon:  h.of(append(icon.Names(), "", "", "", "none")...), Look: h.look(),
			Link: h.of("", "", "https://example.com/a?b=c&d=e#f", "../docs/page.md", "mailto:team@example.com"),
		}
		if f.Kind == "impact" {
			n.Note = h.of("fails", "1 hop", "2 hops", "12 hops")
		}
		for b := range f.Badges {
			if h.IntN(6) == 0 {
				n.Badges = append(n.Badges, b)
			}
		}
		group := ""
		switch at := h.IntN(len(groups) + 1); {
		case i < len(groups):
			group = groups[i]
		case at > 0:
			group = groups[at-1]
		}
		f.node(group, n)
		all = append(all, n.Address)
	}
	return all
}

// edges makes a tree up, and half as many edges across it.
func (h hand) edges(f *draft, nodes []string) {
	seen := map[[2]string]bool{}
	add := func(from, to string) {
		if seen[[2]string{from, to}] {
			return
		}
		seen[[2]string{from, to}] = true
		e := diagram.Edge{Technology: h.some(2), Async: h.IntN(5) == 0, Status: h.of("", "", "", "", "", "planned", "deprecated"), Crosses: f.Kind == "team" && h.IntN(3) == 0, Look: h.look()}
		for range h.IntN(3) {
			e.Labels = append(e.Labels, h.say(4))
		}
		if f.Drift {
			h.verdict(&e)
		}
		f.edge(from, to, e)
	}
	for i := 1; i < len(nodes); i++ {
		add(nodes[h.IntN(i)], nodes[i])
	}
	for range len(nodes) / 2 {
		add(nodes[h.IntN(len(nodes))], nodes[h.IntN(len(nodes))])
	}
}

func (h hand) verdict(e *diagram.Edge) {
	e.Verdict = h.of("convergence", "convergence", "convergence", "divergence", "absence", "waived", "unknown")
	if e.Verdict != "divergence" && e.Verdict != "waived" {
		return
	}
	e.Count = 1 + h.IntN(14)
	for range min(e.Count, 10) {
		e.Evidence = append(e.Evidence, h.say(1)+" → "+h.say(1))
	}
	if h.IntN(3) == 0 {
		e.Breaks = []string{"code/bypass", "rule." + h.say(1)}[:1+h.IntN(2)]
		slices.Sort(e.Breaks)
	}
}

// sequence makes lifelines up and what they say to each other.
func (h hand) sequence(name string, types []string) *diagram.Diagram {
	var nodes []diagram.Node
	for i := range min(h.size, lifelines) {
		nodes = append(nodes, diagram.Node{Address: fmt.Sprintf("%s.n%03d", h.of(types...), i), Title: h.say(4), Status: h.of("", "", "planned"), Link: h.of("", "page.md")})
	}
	p := newPlay(name, h.say(6), nodes...)
	p.Description = h.some(12)
	p.Steps = h.steps(p, 2+h.size/3, 0)
	return &p.Diagram
}

func (h hand) steps(p *play, count, depth int) []diagram.Step {
	var out []diagram.Step
	for range count {
		from, to := h.IntN(len(p.Nodes)), h.IntN(len(p.Nodes))
		switch what := h.IntN(12); {
		case what < 8 || depth > 2:
			e := diagram.Edge{Async: what == 0, Reply: what == 1, Verdict: h.of("declared", "declared", "declared", "divergence")}
			out = append(out, p.says(from, to, h.some(8), e))
		case what == 8:
			out = append(out, note(h.say(16), slices.Compact(slices.Sorted(slices.Values([]int{from, to})))...))
		case what == 9:
			out = append(out, part(diagram.StepPar, h.some(6), part(diagram.StepBranch, h.some(6), h.steps(p, 2, depth+1)...), part(diagram.StepBranch, h.some(6), h.steps(p, 1, depth+1)...)))
		case what == 10:
			steps := append(h.steps(p, 2, depth+1), part(diagram.StepElse, h.some(6), h.steps(p, 2, depth+1)...))
			out = append(out, part(diagram.StepAlt, h.some(6), steps...))
		default:
			out = append(out, part(diagram.StepKind(h.of(string(diagram.StepOpt), string(diagram.StepLoop))), h.some(8), h.steps(p, 2, depth+1)...))
		}
	}
	return out
}
