package digraph

import "slices"

// unreached is the distance of a node that no way leads to.
const unreached = -1

// Reachable tells, for each node, whether a way of any length, none included, leads to it from one of the starts.
func (g *Graph) Reachable(starts ...int) []bool {
	out := make([]bool, g.Len())
	for node, d := range g.distances(starts) {
		out[node] = d != unreached
	}
	return out
}

// distances are the lengths of shortest ways from the nearest start, by node.
func (g *Graph) distances(starts []int) []int32 {
	distance := make([]int32, g.Len())
	for i := range distance {
		distance[i] = unreached
	}
	var queue []int32
	for _, s := range starts {
		if distance[s] == unreached {
			distance[s] = 0
			queue = append(queue, int32(s))
		}
	}
	for len(queue) > 0 {
		node := queue[0]
		queue = queue[1:]
		for _, next := range g.From(int(node)) {
			if distance[next] == unreached {
				distance[next] = distance[node] + 1
				queue = append(queue, next)
			}
		}
	}
	return distance
}

// Path is the first of the shortest ways between two nodes, in the order of nodes, both ends included; nil
// when there is none. The way from a node to itself is that node.
func (g *Graph) Path(from, to int) []int {
	paths, _ := g.Paths(from, to, 1)
	if len(paths) == 0 {
		return nil
	}
	return paths[0]
}

// Paths lists all shortest ways between two nodes in order, at most so many, and reports whether there are more.
func (g *Graph) Paths(from, to, most int) (paths [][]int, more bool) {
	left := g.Reverse().distances([]int{to}) // by node: the steps that are left
	if left[from] == unreached {
		return nil, false
	}
	// The way so far, and for each node on it how many of its edges were tried.
	way, tried := []int{from}, []int{0}
	for len(way) > 0 {
		last := len(way) - 1
		node := way[last]
		if node == to {
			if len(paths) == most {
				return paths, true
			}
			paths = append(paths, slices.Clone(way))
			way, tried = way[:last], tried[:last]
			continue
		}
		targets := g.From(node)
		i := tried[last]
		for i < len(targets) && left[targets[i]] != left[node]-1 {
			i++
		}
		if i == len(targets) {
			way, tried = way[:last], tried[:last]
			continue
		}
		tried[last] = i + 1
		way, tried = append(way, int(targets[i])), append(tried, 0)
	}
	return paths, false
}

// Walker walks through a graph any number of times, and makes room for that once.
type Walker struct {
	g      *Graph
	seen   []int32 // by node: the walk that last reached it
	before []int32 // by node: from where, -1 at a start
	walk   int32
	queue  []int32
}

// Walker is one for this graph.
func (g *Graph) Walker() *Walker {
	return &Walker{g: g, seen: make([]int32, g.Len()), before: make([]int32, g.Len())}
}

// Walk visits the nodes that the starts lead to, nearest first and then in order, the starts included. before
// is the node from which a node was reached, -1 at a start. visit says whether ways lead on through the node.
func (w *Walker) Walk(starts []int, visit func(node, before int) (on bool)) {
	w.walk++
	w.queue = w.queue[:0]
	reach := func(node, before int32) {
		if w.seen[node] != w.walk {
			w.seen[node], w.before[node] = w.walk, before
			w.queue = append(w.queue, node)
		}
	}
	for _, s := range starts {
		reach(int32(s), -1)
	}
	for i := 0; i < len(w.queue); i++ {
		node := w.queue[i]
		if !visit(int(node), int(w.before[node])) {
			continue
		}
		for _, next := range w.g.From(int(node)) {
			reach(next, node)
		}
	}
}

// Back is the way by which the last walk reached a node, from the node back to a start.
func (w *Walker) Back(node int) []int {
	var out []int
	for at := int32(node); at >= 0; at = w.before[at] {
		out = append(out, int(at))
	}
	return out
}
