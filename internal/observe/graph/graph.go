// Package graph observes what another tool saw: it reads evidence files, the JSON that `asbuilt observe` prints
// and that docs/evidence.md describes.
//
// A file was written by a stranger's program. It is read strictly: what is not understood is a gap with its
// line and column, for evidence that is passed over would make a gate pass. Fields that are not known are
// ignored, since a schema version only grows.
package graph

import (
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"github.com/asbuilt/asbuilt/internal/files"
	"github.com/asbuilt/asbuilt/pkg/evidence"
	"github.com/asbuilt/asbuilt/pkg/source"
)

// Observer is the name of an evidence file that gives none.
const Observer = "graph"

const (
	maxFile  = 64 << 20 // bytes of an evidence file
	maxFiles = 1000     // of one pattern
	maxDepth = 100      // of values inside values
	maxGaps  = 20       // mistakes that are told of one file
	maxName  = 1000     // bytes of an id, a path or a module
)

// Expand lists the files that a path or pattern means. A path means itself, whether there is a file or not.
func Expand(tree *files.Tree, pattern string) ([]string, error) {
	if !files.IsGlob(pattern) {
		return []string{pattern}, nil
	}
	return tree.Glob(pattern, maxFiles)
}

// Observe reads one evidence file of a tree. What is wrong with it is a gap.
func Observe(tree *files.Tree, name string) evidence.Graph {
	printed := tree.Name(name)
	data, err := tree.Read(name, maxFile)
	if err != nil {
		return evidence.Graph{Observer: Observer, Gaps: []evidence.Gap{{
			At: source.At(printed, 0), Reason: "the evidence file " + failure(err),
			Fix: "let the tool that makes it run first, or correct the path",
		}}}
	}
	return Parse(printed, data)
}

func failure(err error) string {
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return "does not exist"
	case errors.Is(err, files.ErrNotRegular):
		return "is not a regular file"
	case errors.Is(err, files.ErrTooLarge):
		return fmt.Sprintf("is larger than %d MiB", maxFile>>20)
	case errors.Is(err, fs.ErrPermission):
		return "cannot be read: permission denied"
	}
	return "cannot be read"
}

// Parse reads evidence. name is the printed name of its file.
func Parse(name string, data []byte) evidence.Graph {
	r := newReader(name, data)
	d := document{reader: r, graph: evidence.Graph{Observer: Observer}, nodes: map[string]int{}}
	if r.text() {
		d.read()
	}
	g := d.graph
	g.Gaps = slices.Concat(r.gaps, g.Gaps)
	d.finish(&g)
	return g
}

// finish brings everything in order, and counts it.
func (d *document) finish(g *evidence.Graph) {
	slices.SortFunc(g.Nodes, func(a, b evidence.Node) int { return strings.Compare(a.ID, b.ID) })
	g.Edges = evidence.MergeEdges(g.Edges)
	g.Worlds, g.Kinds = sorted(g.Worlds), sorted(g.Kinds)
	c := evidence.Coverage{Observer: g.Observer, Root: d.file, Modules: sorted(d.modules), Known: sorted(d.known)}
	if c.Modules == nil {
		c.Modules = []string{}
	}
	for _, n := range g.Nodes {
		if n.Kind == evidence.Package || n.Kind == evidence.Service {
			c.Packages++
		}
		c.Files += n.Files
		c.Generated += n.Generated
	}
	g.Coverage = []evidence.Coverage{c}
}

func sorted(list []string) []string {
	slices.Sort(list)
	return slices.Compact(list)
}
