package builds

import (
	"strings"
	"sync"
)

// cells is a set of platforms: for each operating system a set of processors.
type cells [len(systems)]processorSet

func (c cells) and(d cells) cells {
	for i := range c {
		c[i] &= d[i]
	}
	return c
}

func (c cells) or(d cells) cells {
	for i := range c {
		c[i] |= d[i]
	}
	return c
}

func (c cells) minus(d cells) cells {
	for i := range c {
		c[i] &^= d[i]
	}
	return c
}

func (c cells) isEmpty() bool { return c == cells{} }

func (c cells) disjoint(d cells) bool { return c.and(d).isEmpty() }

// block is the set of every processor in p with every system in s.
func block(s systemSet, p processorSet) cells {
	var c cells
	for i := range c {
		if s&(1<<i) != 0 {
			c[i] = p
		}
	}
	return c
}

var allCells = block(allSystems, allProcessors)

var portCells = sync.OnceValue(func() cells {
	var c cells
	for port := range strings.FieldsSeq(ports) {
		system, processor, _ := strings.Cut(port, "/")
		for i, name := range systems {
			if name == system {
				c[i] |= processorsOf(processor)
			}
		}
	}
	return c
})
