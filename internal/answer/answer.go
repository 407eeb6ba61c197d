// Package answer answers questions about a compared architecture: why one part uses another, and how the
// whole is built. It asks the same evidence and the same comparison as the gate.
package answer

import (
	"fmt"
	"path"
	"strings"

	"github.com/asbuilt/asbuilt/internal/digraph"
	"github.com/asbuilt/asbuilt/internal/phrase"
	"github.com/asbuilt/asbuilt/pkg/arch"
	"github.com/asbuilt/asbuilt/pkg/evidence"
	"github.com/asbuilt/asbuilt/pkg/finding"
	"github.com/asbuilt/asbuilt/pkg/reflexion"
)

// Input is what there is to ask.
type Input struct {
	Model  *arch.Model
	Graph  evidence.Graph // of all observers, as it is judged
	Result *reflexion.Result
	Broken []finding.Finding // what the check says of rules and the uses that break them
}

// nodes is the evidence by index: uses in code that is built, tests left out.
type nodes struct {
	Input
	index map[string]int
	graph *digraph.Graph
	edges map[digraph.Edge]evidence.Edge
}

func newNodes(in Input) *nodes {
	n := &nodes{Input: in, index: make(map[string]int, len(in.Graph.Nodes)), edges: map[digraph.Edge]evidence.Edge{}}
	for i, node := range in.Graph.Nodes {
		n.index[node.ID] = i
	}
	var edges []digraph.Edge
	for _, e := range in.Graph.Edges {
		if e.Scope != evidence.Code {
			continue
		}
		key := digraph.Edge{From: n.index[e.From], To: n.index[e.To]}
		edges = append(edges, key)
		if _, twice := n.edges[key]; !twice { // several kinds between two nodes: the first shows it
			n.edges[key] = e
		}
	}
	n.graph = digraph.New(len(in.Graph.Nodes), edges)
	return n
}

// Thing is one end of a question: an element, or one node of the evidence.
type Thing struct {
	Name    string // as it is printed: an address, or a node's id
	Element string // the element, or the node's owner; "" for a node that nobody owns
	isNode  bool
}

// Find reads the name of a thing: an element's address, a package's import path, its folder (./dir), or a node's id.
func Find(in Input, name string) (Thing, error) {
	if e := in.Model.Element(name); e != nil {
		return Thing{Name: e.Address, Element: e.Address}, nil
	}
	folder := ""
	if name == "." || strings.HasPrefix(name, "./") {
		folder = path.Clean(name)
	}
	for _, n := range in.Graph.Nodes {
		if n.ID == name || n.ID == "go:"+name || folder != "" && n.Dir == folder {
			return Thing{Name: n.ID, Element: in.Result.Owners[n.ID], isNode: true}, nil
		}
	}
	for _, m := range in.Model.Moves {
		if m.From == name {
			return Thing{}, fmt.Errorf("%s is now %s", name, m.To)
		}
	}
	hint := "asbuilt show lists the elements, asbuilt observe the packages"
	if near := nearest(in, name); near != "" {
		hint = "did you mean " + near + "?"
	}
	return Thing{}, fmt.Errorf("there is no element and no package %q; %s", name, hint)
}

// nearest is the name of the element or package that a mistyped one probably meant, or "".
func nearest(in Input, name string) string {
	g := phrase.NewGuess(name, max(1, len(name)/3))
	for _, e := range in.Model.Elements {
		g.Consider(e.Address)
	}
	for _, n := range in.Graph.Nodes {
		g.Consider(strings.TrimPrefix(n.ID, "go:"))
		g.Consider("./" + n.Dir)
	}
	return g.Best()
}

// of lists the nodes that a thing stands for, by index.
func (n *nodes) of(t Thing) []int {
	if t.isNode {
		return []int{n.index[t.Name]}
	}
	var out []int
	for i, node := range n.Graph.Nodes {
		if owner := n.Result.Owners[node.ID]; owner != "" && n.Model.Within(owner, t.Element) {
			out = append(out, i)
		}
	}
	return out
}
