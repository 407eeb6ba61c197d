package golang

import (
	"cmp"
	"maps"
	"path"
	"slices"
)

// placeModules reads the modules that no walk entered but that others replace or use, and finds out
// which belong together.
func (s *survey) placeModules() {
	s.outer = s.workspaceAbove()
	slices.Sort(s.spaces)
	queue := s.sortedModules()
	for len(queue) > 0 {
		m := queue[0]
		queue = queue[1:]
		m.space = s.spaceOf(m)
		m.others = s.othersOf(m)
		for _, dir := range m.neighbours() {
			if _, known := s.modules[dir]; known {
				continue
			}
			if other := s.knownModule(dir); other != nil {
				queue = append(queue, other)
			}
		}
	}
	all := s.sortedModules()
	for _, m := range all {
		s.byPath[m.path] = append(s.byPath[m.path], m)
		for _, w := range m.workspaces() {
			w.take(m)
		}
	}
	s.goroot = standardModule(all)
	for _, m := range all {
		s.placeVendors(m)
	}
}

// workspaces are those that a build of the module may be of, its own first.
func (m *module) workspaces() []*workspace {
	if m.space == nil {
		return m.others
	}
	return append([]*workspace{m.space}, m.others...)
}

// take takes in a module that the workspace uses: what it requires and replaces counts for all of them.
func (w *workspace) take(m *module) {
	w.modules[m.path] = m
	for p := range m.requires {
		w.requires[p] = true
	}
	for old, dir := range m.replaces {
		if _, ok := w.replaces[old]; !ok {
			w.replaces[old] = dir
		}
	}
	for old, o := range m.outside {
		if _, ok := w.outside[old]; !ok {
			w.outside[old] = o
		}
	}
}

// standardModule returns the module of the standard library when that is what the tree holds. A module
// that only calls itself so, beside others, does not get import paths without a prefix.
func standardModule(all []*module) *module {
	i := slices.IndexFunc(all, func(m *module) bool { return m.path == "std" })
	if i < 0 || slices.ContainsFunc(all, func(m *module) bool { return !contains(all[i].dir, m.dir) }) {
		return nil
	}
	return all[i]
}

func (s *survey) sortedModules() []*module {
	var all []*module
	for _, m := range s.modules {
		all = append(all, m)
	}
	slices.SortFunc(all, func(a, b *module) int { return cmp.Compare(a.dir, b.dir) })
	return all
}

// neighbours are the folders of the modules that m builds with, by path.
func (m *module) neighbours() []string {
	dirs := slices.Concat(slices.Collect(maps.Values(m.replaces))...)
	for _, w := range m.workspaces() {
		dirs = append(append(dirs, w.uses...), slices.Concat(slices.Collect(maps.Values(w.replaces))...)...)
	}
	slices.Sort(dirs)
	return slices.Compact(dirs)
}

// othersOf returns the go.works, but for its own, that a walk led to or that lie above, and that use a module.
func (s *survey) othersOf(m *module) []*workspace {
	var out []*workspace
	for _, dir := range s.spaces {
		out = append(out, s.workspaceAt(dir))
	}
	return slices.DeleteFunc(append(out, s.outer), func(w *workspace) bool {
		return w == nil || w == m.space || !slices.Contains(w.uses, m.dir)
	})
}

// spaceOf returns the go.work that uses a module: the nearest one, or none.
func (s *survey) spaceOf(m *module) *workspace {
	for dir := m.dir; ; dir = path.Dir(dir) {
		if w := s.workspaceAt(dir); w != nil {
			if slices.Contains(w.uses, m.dir) {
				return w
			}
			return nil
		}
		if dir != "." {
			continue
		}
		if s.outer != nil && slices.Contains(s.outer.uses, m.dir) {
			return s.outer
		}
		return nil
	}
}
