package layout

import (
	"fmt"
	"math"

	"github.com/asbuilt/asbuilt/internal/geometry"
)

// Nodes that no edge tells apart – without an edge, or all at the end of one edge from the same node –
// the engine puts in one row, however many they are. Hints spread them over several rows, to a block
// of about the shape of a screen.

const (
	longRow  = 5   // nodes that may stay in one row
	mostRows = 6   // of a block
	screen   = 1.6 // width of a block over its height
)

// hints are what the engine is told beside the edges.
type hints struct {
	pairs  [][2]int    // nodes of which the second is to stand in a later row
	length map[int]int // edge → rows that it is to span, where that is not 1
}

// edge is a hint as an attribute.
func (h hints) edge(i int) string {
	if n, ok := h.length[i]; ok {
		return fmt.Sprintf(",minlen=%d", n)
	}
	return ""
}

// leaves names nodes that are interchangeable: in the same group, hanging on the same node.
type leaves struct {
	group, hub int // hub is -1 for nodes without edges
	outgoing   bool
}

func shape(r geometry.Request) hints {
	h := hints{length: make(map[int]int)}
	only := onlyEdges(r)
	alike := make(map[leaves][]int) // nodes, in order
	var kinds []leaves              // in order
	for n := range r.Nodes {
		kind, ok := leafOf(r, n, only[n])
		if !ok {
			continue
		}
		if alike[kind] == nil {
			kinds = append(kinds, kind)
		}
		alike[kind] = append(alike[kind], n)
	}
	for _, kind := range kinds {
		nodes := alike[kind]
		rows := rowsFor(r, nodes)
		for i, n := range nodes {
			switch {
			case kind.hub >= 0 && i%rows > 0:
				h.length[only[n]] = 1 + i%rows
			case kind.hub < 0 && i%rows > 0:
				h.pairs = append(h.pairs, [2]int{nodes[i-1], n})
			}
		}
	}
	return h
}

const (
	noEdge    = -1
	manyEdges = -2
)

// onlyEdges is the one edge of each node that has no other, loops aside. Nodes of a wanted row count as
// having many: their place is given.
func onlyEdges(r geometry.Request) []int {
	only := make([]int, len(r.Nodes))
	for n := range only {
		only[n] = noEdge
	}
	for i, e := range r.Edges {
		if e.From == e.To {
			continue
		}
		for _, n := range [...]int{e.From, e.To} {
			if only[n] == noEdge {
				only[n] = i
			} else {
				only[n] = manyEdges
			}
		}
	}
	for _, row := range r.SameRank {
		for _, n := range row {
			only[n] = manyEdges
		}
	}
	return only
}

func leafOf(r geometry.Request, n, only int) (leaves, bool) {
	switch only {
	case manyEdges:
		return leaves{}, false
	case noEdge:
		return leaves{group: r.Nodes[n].Group, hub: -1}, true
	}
	if e := r.Edges[only]; e.From == n {
		return leaves{r.Nodes[n].Group, e.To, true}, true
	}
	return leaves{r.Nodes[n].Group, r.Edges[only].From, false}, true
}

// rowsFor is over how many rows nodes are spread.
func rowsFor(r geometry.Request, nodes []int) int {
	if len(nodes) <= longRow {
		return 1
	}
	var w, h float64 // of all
	for _, n := range nodes {
		w += r.Nodes[n].Size.W
		h += r.Nodes[n].Size.H
	}
	count := float64(len(nodes))
	w, h = w/count, h/count
	rows := math.Sqrt(count * (w + nodeGap) / (screen * (h + rankGap)))
	if way, _ := courses(r.Direction); way.rankdir == "LR" {
		rows = math.Sqrt(count * screen * (h + nodeGap) / (w + rankGap))
	}
	return min(max(int(math.Round(rows)), 1), mostRows)
}
