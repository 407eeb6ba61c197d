package golang

import (
	"cmp"
	"fmt"
	"io/fs"
	"maps"
	"slices"

	"github.com/asbuilt/asbuilt/pkg/evidence"
	"github.com/asbuilt/asbuilt/pkg/source"
)

// graph writes down what the survey found.
func (s *survey) graph() (evidence.Graph, error) {
	s.prune()
	nodes := s.rank()
	edges, err := s.edges()
	if err != nil {
		return evidence.Graph{}, err
	}
	return evidence.Graph{
		Observer: Observer, Worlds: []string{"go"}, Kinds: []string{evidence.KindImport},
		Nodes: nodes, Edges: edges, Gaps: s.sortedGaps(), Coverage: s.coverage(),
		Waivers: s.waivers(),
	}, nil
}

// rank orders all nodes by id.
func (s *survey) rank() []evidence.Node {
	for _, f := range s.done {
		if !f.foreign {
			s.local(f)
		}
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

// sortedGaps adds the missing imports, and brings all gaps in order.
func (s *survey) sortedGaps() []evidence.Gap {
	s.gapOutsiders()
	for path, m := range s.missing {
		reason := fmt.Sprintf("imports %q, which has no Go file in this tree", path)
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
		out[i] = evidence.Coverage{Observer: Observer, Root: root, Modules: []string{}}
		for _, p := range s.excludes {
			out[i].Excluded = append(out[i].Excluded, evidence.ExcludeCount{Pattern: p.Text})
		}
	}
	type telling struct {
		root   int
		module *module
	}
	done := make(map[telling]bool)
	for _, f := range s.folders {
		if f == nil {
			continue
		}
		c := &out[f.root]
		if f.excluded {
			s.countExcluded(c, f.dir, s.nameOf(f))
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
		if f.module == nil || f.module.path == "" {
			continue
		}
		if told := (telling{f.root, f.module}); !done[told] { // two modules may have one path
			done[told] = true
			s.tell(c, f.module)
		}
	}
	for importPath, dir := range s.passedOver {
		s.countExcluded(&out[s.rootOf(dir)], dir, importPath)
	}
	for i := range out {
		slices.Sort(out[i].Modules)
		out[i].Modules = slices.Compact(out[i].Modules)
		out[i].Known = slices.Compact(slices.Sorted(slices.Values(out[i].Known)))
		slices.SortFunc(out[i].Newer, source.Compare)
		out[i].Newer = slices.Compact(out[i].Newer)
		slices.SortFunc(out[i].Ignored, source.Compare)
		out[i].Ignored = slices.Compact(out[i].Ignored)
		slices.SortFunc(out[i].Outside, source.Compare)
		out[i].Outside = slices.Compact(out[i].Outside)
	}
	return out
}

// tell adds what a module says of itself to what a root gave.
func (s *survey) tell(c *evidence.Coverage, m *module) {
	c.Modules = append(c.Modules, m.path)
	c.Known = append(c.Known, s.knownTo(m)...)
	c.Newer = append(c.Newer, m.newer...)
	c.Outside = append(c.Outside, m.unneeded()...)
	for _, i := range m.ignore {
		if slices.Contains(s.ignored, i.at) {
			c.Ignored = append(c.Ignored, i.at)
		}
	}
	if w := m.space; w != nil {
		c.Newer = append(c.Newer, w.newer...)
	}
}

func (s *survey) countExcluded(c *evidence.Coverage, dir, importPath string) {
	for i, e := range s.excludes {
		if e.Covers(dir, importPath) {
			c.Excluded[i].Packages++
		}
	}
}

// reportRoots says which roots gave nothing: no data is never no drift.
func (s *survey) reportRoots() {
	s.reportLoose()
	for _, root := range s.options.Roots {
		switch {
		case !fs.ValidPath(root) || !s.tree.IsDir(root): // said when it was entered
		case !slices.ContainsFunc(s.done, func(f *folder) bool { return !f.foreign && contains(root, f.dir) }):
			s.gapRoot(root, "holds no Go package that is not excluded", "correct the root or the exclude patterns")
		case len(s.modules) == 0 && (s.build == nil || s.options.Driver == ""):
			s.gapRoot(root, "lies in no module, so that its import paths lead nowhere",
				"add the go.mod, or set exact = true where another build system knows the packages")
		}
	}
}
