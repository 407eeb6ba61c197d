package layout

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/asbuilt/asbuilt/internal/geometry"
)

// The room between things, in pixels. The engine counts in points of 1/72 inch; one point stands for
// one pixel throughout.
const (
	pointsPerInch = 72

	nodeGap  = 40 // between cards side by side
	rankGap  = 60 // between rows of cards, at least
	frameGap = 20 // more between rows, where frames end and begin there
	edgeGap  = 50 // more between rows for each edge a node above the first
	framePad = 20 // between a frame and what stands in it, or another frame beside it
	titlePad = 24 // beside a frame's title, over what the engine adds (16)
	arrow    = 10 // length of an arrow's head
)

// course is how a direction is put to the engine. Up and left are down and right with every edge turned
// round: the engine's own BT and RL put the room for a frame's title on its wrong side.
type course struct {
	rankdir string
	turned  bool
}

// courses are the directions of a request; a function, so that nobody can change them.
func courses(direction string) (c course, ok bool) {
	switch direction {
	case "", "down":
		return course{"TB", false}, true
	case "up":
		return course{"TB", true}, true
	case "right":
		return course{"LR", false}, true
	case "left":
		return course{"LR", true}, true
	}
	return course{}, false
}

// manner is a way to ask the engine. The first gives the best pictures; each next one asks for less,
// for the rare graph on which the engine fails.
type manner struct {
	plain  bool // without routes
	shaped bool // with the wanted rows, and hints about others
}

var manners = [...]manner{
	{shaped: true},
	{},
	{plain: true},
}

// writer writes a request in the DOT language: generated names and sizes, never a word of the user.
type writer struct {
	strings.Builder
	r      geometry.Request
	groups [][]int // group → groups in it; the last entry is the top
	nodes  [][]int // group → nodes in it; the last entry is the top
}

// source is a request as the engine reads it.
func source(r geometry.Request, m manner) string {
	w := &writer{r: r}
	w.groups, w.nodes = make([][]int, len(r.Groups)+1), make([][]int, len(r.Groups)+1)
	for i, g := range r.Groups {
		at := w.slot(g.Parent)
		w.groups[at] = append(w.groups[at], i)
	}
	for i, n := range r.Nodes {
		at := w.slot(n.Group)
		w.nodes[at] = append(w.nodes[at], i)
	}
	if way, _ := courses(r.Direction); way.rankdir == "LR" {
		for at := range w.nodes {
			slices.Reverse(w.nodes[at])
			slices.Reverse(w.groups[at])
		}
	}
	w.graph(m)
	return w.String()
}

// slot is the index of a group in writer.groups and writer.nodes, -1 being the top.
func (w *writer) slot(group int) int {
	if group < 0 {
		return len(w.r.Groups)
	}
	return group
}

func (w *writer) graph(m manner) {
	way, _ := courses(w.r.Direction)
	fmt.Fprintf(w, "digraph {\ngraph [rankdir=%s,nodesep=%s,ranksep=%s,newrank=true,margin=%d%s]\n",
		way.rankdir, inches(nodeGap), inches(between(w.r)), framePad, effort(w.r, m))
	w.WriteString("node [shape=box,fixedsize=true,label=\"\",penwidth=0]\n")
	fmt.Fprintf(w, "edge [arrowsize=%s]\n", decimal(arrow/10.0))
	var h hints
	if m.shaped {
		h = shape(w.r)
	}
	w.content(len(w.r.Groups))
	turned := turned(w.r)
	for i, e := range w.r.Edges {
		tail, head, arrowhead := e.From, e.To, "forward"
		if turned[i] {
			tail, head, arrowhead = e.To, e.From, "back"
		}
		fmt.Fprintf(w, "n%d -> n%d [id=e%d,dir=%s%s%s]\n", tail, head, i, arrowhead, label(e.Label), h.edge(i))
	}
	for _, e := range h.pairs {
		fmt.Fprintf(w, "n%d -> n%d [style=invis]\n", e[0], e[1])
	}
	if m.shaped {
		w.ranks()
	}
	w.WriteString("}\n")
}

// turned are the edges that are put to the engine the other way round: by the direction, and the stray ones that lead back
// against others. The engine turns edges of a circle too, but which of them is chance.
func turned(r geometry.Request) map[int]bool {
	way, _ := courses(r.Direction)
	to := make([][]int, len(r.Nodes))
	for _, e := range r.Edges {
		if !e.Stray {
			to[e.From] = append(to[e.From], e.To)
		}
	}
	out := make(map[int]bool)
	for i, e := range r.Edges {
		out[i] = way.turned != (e.Stray && reaches(to, e.To, e.From))
	}
	return out
}

// reaches reports whether a way leads from one node to another.
func reaches(to [][]int, from, end int) bool {
	seen := make([]bool, len(to))
	for next := []int{from}; len(next) > 0; {
		at := next[len(next)-1]
		next = next[:len(next)-1]
		if at == end {
			return true
		}
		if !seen[at] {
			seen[at] = true
			next = append(next, to[at]...)
		}
	}
	return false
}

func (w *writer) content(group int) {
	for _, n := range w.nodes[group] {
		size := w.r.Nodes[n].Size
		fmt.Fprintf(w, "n%d [width=%s,height=%s]\n", n, inches(size.W), inches(size.H))
	}
	for _, g := range w.groups[group] {
		fmt.Fprintf(w, "subgraph cluster%d {\ngraph [margin=%d,labeljust=l,labelloc=t%s]\n", g, framePad, title(w.r.Groups[g].Title))
		w.content(g)
		w.WriteString("}\n")
	}
}

func (w *writer) ranks() {
	for _, set := range w.r.SameRank {
		w.WriteString("{rank=same")
		for _, n := range set {
			fmt.Fprintf(w, " n%d", n)
		}
		w.WriteString("}\n")
	}
}

// between is the room between rows: the more edges must pass, the more.
func between(r geometry.Request) float64 {
	dense := float64(len(r.Edges))/float64(len(r.Nodes)) - 1
	gap := rankGap + math.Round(edgeGap*min(max(dense, 0), 1))
	if len(r.Groups) > 0 {
		gap += frameGap
	}
	return gap
}

// label reserves room: an empty table of fixed size.
func label(s geometry.Size) string {
	if s == (geometry.Size{}) {
		return ""
	}
	return fmt.Sprintf(`,label=<<TABLE BORDER="0" FIXEDSIZE="TRUE" WIDTH="%d" HEIGHT="%d"><TR><TD></TD></TR></TABLE>>`,
		int(math.Ceil(s.W)), int(math.Ceil(s.H)))
}

// title is label for a frame, where an inherited one must be cleared.
func title(s geometry.Size) string {
	if s == (geometry.Size{}) {
		return `,label=""`
	}
	return label(geometry.Size{W: s.W + titlePad, H: s.H})
}

// effort bounds the engine's search on large graphs, where its time grows out of proportion. It goes by
// the request alone, never by the clock, so that every machine draws the same.
func effort(r geometry.Request, m manner) string {
	splines := ",splines=line"
	if curved(r, m) {
		splines = ",splines=spline"
	}
	switch size := len(r.Nodes) + len(r.Edges); {
	case size <= 300:
		return splines
	case size <= 600:
		return ",mclimit=0.3" + splines
	default:
		return ",mclimit=0.1" + splines
	}
}

// curved reports whether the engine routes the edges, too.
func curved(r geometry.Request, m manner) bool { return !m.plain && len(r.Nodes)+len(r.Edges) <= 600 }

func inches(px float64) string { return decimal(px / pointsPerInch) }

func decimal(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }
