package workspace

import (
	"fmt"

	"github.com/asbuilt/asbuilt/pkg/diagram"
	"github.com/asbuilt/asbuilt/pkg/evidence"
)

// mostWitnesses is how many lines of code are shown of one edge.
const mostWitnesses = 6

// ways are the two ends of an edge of a picture: addresses, or ids of packages.
type ways [2]string

// witnesses are the lines of code behind the edges of pictures, as file:line. Pictures hold
// none, so that they are fresh as long as what they show is; a page is drawn for the moment.
func (s *Snapshot) witnesses(drawn []*diagram.Diagram) map[ways][]string {
	wanted := map[ways]bool{}
	for _, d := range drawn {
		for _, e := range d.Edges {
			wanted[ways{d.Nodes[e.From].Address, d.Nodes[e.To].Address}] = true
		}
	}
	result, err := s.Reflexion()
	if err != nil {
		return nil
	}
	out, more := map[ways][]string{}, map[ways]int{}
	ends := map[string][]string{}
	endsOf := func(id string) []string { // of whatever may be drawn for a package
		if known, ok := ends[id]; ok {
			return known
		}
		all := []string{id}
		if e := s.model.Element(result.Owners[id]); e != nil {
			all = append(all, e.Address)
			for _, around := range s.model.Ancestors(e) {
				all = append(all, around.Address)
			}
		}
		ends[id] = all
		return all
	}
	for _, e := range s.graph.Edges {
		if e.Scope != evidence.Code {
			continue
		}
		for _, from := range endsOf(e.From) {
			for _, to := range endsOf(e.To) {
				way := ways{from, to}
				if !wanted[way] || s.model.Related(from, to) {
					continue
				}
				for _, w := range e.Witnesses {
					if len(out[way]) == mostWitnesses {
						more[way]++
						continue
					}
					out[way] = append(out[way], fmt.Sprintf("%s:%d", w.File, w.Line))
				}
			}
		}
	}
	for way, n := range more {
		out[way] = append(out[way], fmt.Sprintf("and %d more", n))
	}
	return out
}
