package golang

import (
	"cmp"
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strings"

	"github.com/asbuilt/asbuilt/pkg/evidence"
	"github.com/asbuilt/asbuilt/pkg/source"
)

// graph writes down what the survey found.
func (s *survey) graph() (evidence.Graph, error) {
	nodes := s.rank()
	edges := make([][]evidence.Edge, len(s.done))
	slices.SortFunc(s.done, func(a, b *folder) int { return cmp.Compare(a.id, b.id) })
	err := s.each(len(s.done), func() func(int) {
		w := &edgeWriter{survey: s, variants: map[string][]string{}}
		return func(i int) { edges[i] = w.edges(s.done[i]) }
	})
	if err != nil {
		return evidence.Graph{}, err
	}
	return evidence.Graph{
		Nodes:    nodes,
		Edges:    slices.Concat(edges...),
		Gaps:     s.sortedGaps(),
		Coverage: s.coverage(),
	}, nil
}

// rank orders all nodes by id.
func (s *survey) rank() []evidence.Node {
	for _, f := range s.done {
		s.local(f)
	}
	all := make([]*target, 0, len(s.targets))
	for _, t := range s.targets {
		all = append(all, t)
	}
	slices.SortFunc(all, func(a, b *target) int { return cmp.Compare(a.id, b.id) })
	nodes := make([]evidence.Node, len(all))
	for i, t := range all {
		t.rank = i
		nodes[i] = t.node()
	}
	return nodes
}

func (t *target) node() evidence.Node {
	n := evidence.Node{ID: t.id, Kind: t.kind, Dir: t.dir, Module: t.module}
	if t.folder == nil || t.folder.excluded {
		return n
	}
	library := false
	for _, f := range t.folder.files {
		if !f.read {
			continue
		}
		n.Files++
		if f.generated {
			n.Generated++
		}
		if !f.test && !f.isIgnored() {
			n.Main = n.Main || f.main
			library = library || !f.main
		}
	}
	n.Main = n.Main && !library
	return n
}

// edgeWriter makes edges on one goroutine.
type edgeWriter struct {
	*survey
	variants map[string][]string // by the texts of the conditions
	uses     []scopedUse
	names    []string // printed names of the folder's files
}

// scopedUse is a use with what decides its edge.
type scopedUse struct {
	use
	scope evidence.Scope
}

// edges joins the uses of a folder to edges, sorted.
func (w *edgeWriter) edges(f *folder) []evidence.Edge {
	w.collect(f)
	count := 0
	for i := range w.uses {
		if i == 0 || !w.uses[i].sameEdge(w.uses[i-1]) {
			count++
		}
	}
	edges := make([]evidence.Edge, 0, count)
	witnesses := make([]evidence.Witness, 0, len(w.uses))
	for start := 0; start < len(w.uses); {
		end, first := start, len(witnesses)
		for ; end < len(w.uses) && w.uses[end].sameEdge(w.uses[start]); end++ {
			u := w.uses[end]
			witnesses = append(witnesses, evidence.Witness{File: w.names[u.file], Line: int(u.line)})
		}
		edges = append(edges, evidence.Edge{
			From: f.id, To: w.uses[start].target.id, Kind: evidence.KindImport, Grade: evidence.Proven,
			Scope: w.uses[start].scope, Variants: w.variantsOf(f, w.uses[start:end]),
			Witnesses: witnesses[first:len(witnesses):len(witnesses)],
		})
		start = end
	}
	return edges
}

// collect fills w.uses, sorted by target, scope, file and line. What a package's external tests import
// of the package itself is left out.
func (w *edgeWriter) collect(f *folder) {
	w.names = w.names[:0]
	prefix := w.tree.Name(f.dir) + "/"
	if prefix == "./" {
		prefix = ""
	}
	for _, e := range f.entries {
		w.names = append(w.names, prefix+e.name)
	}
	w.names = append(w.names, w.tree.Name(f.dir)) // for unseen files
	w.uses = w.uses[:0]
	for _, u := range f.uses {
		if u.target.folder != f {
			w.uses = append(w.uses, scopedUse{u, f.files[u.file].scope()})
		}
	}
	slices.SortFunc(w.uses, func(a, b scopedUse) int {
		return cmp.Or(cmp.Compare(a.target.rank, b.target.rank), cmp.Compare(a.scope, b.scope),
			cmp.Compare(a.file, b.file), cmp.Compare(a.line, b.line))
	})
}

func (u scopedUse) sameEdge(v scopedUse) bool { return u.target == v.target && u.scope == v.scope }

func (f *file) scope() evidence.Scope {
	switch {
	case f.isIgnored():
		return evidence.Ignored
	case f.test:
		return evidence.Test
	}
	return evidence.Code
}

// variantsOf returns the builds in which one of the uses exists; never nil, so that JSON has a list.
func (w *edgeWriter) variantsOf(f *folder, uses []scopedUse) []string {
	var conditions []*condition
	for _, u := range uses {
		c := f.files[u.file].condition
		if c == nil || c.never {
			return []string{}
		}
		conditions = append(conditions, c)
	}
	slices.SortFunc(conditions, func(a, b *condition) int { return cmp.Compare(a.text, b.text) })
	conditions = slices.CompactFunc(conditions, func(a, b *condition) bool { return a.text == b.text })
	var key strings.Builder
	for _, c := range conditions {
		key.WriteString(c.text + "\n")
	}
	out, known := w.variants[key.String()]
	if !known {
		out = append([]string{}, variantsOf(conditions)...)
		w.variants[key.String()] = out
	}
	return slices.Clone(out)
}

// sortedGaps adds the missing imports, and brings all gaps in order.
func (s *survey) sortedGaps() []evidence.Gap {
	for _, m := range s.missing {
		reason := fmt.Sprintf("imports %q, which has no Go file in this tree", m.path)
		if m.count > 1 {
			reason += fmt.Sprintf(" (%d imports of it)", m.count)
		}
		s.gaps.add(m.at, reason, "generate or commit the package, correct the import, or exclude its folder")
	}
	if s.build != nil {
		s.gaps.list = slices.AppendSeq(s.gaps.list, maps.Values(s.build.gaps))
	}
	slices.SortFunc(s.gaps.list, func(a, b evidence.Gap) int {
		return cmp.Or(source.Compare(a.At, b.At), cmp.Compare(a.Reason, b.Reason))
	})
	return slices.Compact(s.gaps.list)
}

// coverage counts what each root gave.
func (s *survey) coverage() []evidence.Coverage {
	out := make([]evidence.Coverage, len(s.options.Roots))
	for i, root := range s.options.Roots {
		out[i] = evidence.Coverage{Observer: "go", Root: root, Modules: []string{}}
		for _, p := range s.excludes {
			out[i].Excluded = append(out[i].Excluded, evidence.ExcludeCount{Pattern: p.text})
		}
	}
	for _, f := range s.folders {
		if f == nil {
			continue
		}
		c := &out[f.root]
		if f.excluded {
			s.countExcluded(c, f)
			continue
		}
		if !f.queued {
			continue
		}
		c.Packages++
		for _, file := range f.files {
			if file.read {
				c.Files++
			}
			if file.generated {
				c.Generated++
			}
		}
		if f.module != nil && f.module.path != "" {
			c.Modules = append(c.Modules, f.module.path)
		}
	}
	for i := range out {
		slices.Sort(out[i].Modules)
		out[i].Modules = slices.Compact(out[i].Modules)
	}
	return out
}

func (s *survey) countExcluded(c *evidence.Coverage, f *folder) {
	p := s.nameOf(f)
	for i, e := range s.excludes {
		if e.covers(f.dir, p) {
			c.Excluded[i].Packages++
		}
	}
}

// reportRoots says which roots gave nothing: no data is never no drift.
func (s *survey) reportRoots() {
	for _, root := range s.options.Roots {
		switch {
		case !fs.ValidPath(root) || !s.tree.IsDir(root): // said when it was entered
		case !slices.ContainsFunc(s.done, func(f *folder) bool { return contains(root, f.dir) }):
			s.gapRoot(root, "holds no Go package that is not excluded", "correct the root or the exclude patterns")
		case len(s.modules) == 0 && s.build == nil:
			s.gapRoot(root, "lies in no module, so that its import paths lead nowhere",
				"add the go.mod, or set exact = true where another build system knows the packages")
		}
	}
}
