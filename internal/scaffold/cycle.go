package scaffold

import "slices"

// knot is a set of parts that all use each other, directly or not.
type knot struct {
	circle []*part // a shortest circle through the first of them
	size   int
}

// knots lists what is in a circle, in the order of the parts.
func knots(parts []*part) []knot {
	users := map[*part][]*part{}
	for _, p := range parts {
		for _, to := range p.uses {
			users[to] = append(users[to], p)
		}
	}
	var out []knot
	done := map[*part]bool{}
	for _, p := range parts {
		if done[p] {
			continue
		}
		down := reach(p, func(q *part) []*part { return q.uses })
		up := reach(p, func(q *part) []*part { return users[q] })
		size := 0
		for q := range down {
			if _, both := up[q]; both {
				done[q] = true
				size++
			}
		}
		if size > 0 {
			out = append(out, knot{circle(p, down), size})
		}
	}
	return out
}

// reach finds, breadth first, what can be reached from a part in at least one step; each part comes with the
// one before it on a shortest way.
func reach(start *part, next func(*part) []*part) map[*part]*part {
	before := map[*part]*part{}
	queue := []*part{start}
	for len(queue) > 0 {
		p := queue[0]
		queue = queue[1:]
		for _, q := range next(p) {
			if _, seen := before[q]; !seen {
				before[q] = p
				queue = append(queue, q)
			}
		}
	}
	return before
}

// circle is the way from a part back to it.
func circle(start *part, before map[*part]*part) []*part {
	way := []*part{start}
	for p := before[start]; p != start; p = before[p] {
		way = append(way, p)
	}
	way = append(way, start)
	slices.Reverse(way)
	return way
}
