package golang

import (
	"maps"
	"path"
	"slices"
	"strings"
)

// maxSumFile bounds go.sum.
const maxSumFile = 32 << 20

// knownTo lists the paths of all modules that the build list of a module names, sorted: what is in none of them
// cannot be imported.
func (s *survey) knownTo(m *module) []string {
	if w := m.space; w != nil {
		if w.known == nil {
			w.known = s.sum(path.Join(w.dir, "go.work.sum"))
			w.known = slices.AppendSeq(w.known, maps.Keys(w.replaces))
			w.known = slices.AppendSeq(w.known, maps.Keys(w.outside))
			for _, member := range w.modules {
				w.known = append(w.known, s.namedBy(member)...)
			}
			w.known = sortedSet(w.known)
		}
		return w.known
	}
	if m.known == nil {
		m.known = sortedSet(s.namedBy(m))
	}
	return m.known
}

// namedBy lists the modules of a go.mod and the go.sum beside it.
func (s *survey) namedBy(m *module) []string {
	out := s.sum(path.Join(m.dir, "go.sum"))
	out = slices.AppendSeq(out, maps.Keys(m.requires))
	return slices.AppendSeq(out, maps.Keys(m.replaces))
}

// sum reads the module paths of a go.sum; the go command makes do without one, too.
func (s *survey) sum(name string) []string {
	data, err := s.readAny(name, maxSumFile)
	if err != nil {
		return nil
	}
	var out []string
	for line := range strings.Lines(string(data)) {
		modulePath, _, ok := strings.Cut(line, " ")
		if ok && (len(out) == 0 || out[len(out)-1] != modulePath) {
			out = append(out, modulePath)
		}
	}
	return out
}

func sortedSet(list []string) []string {
	slices.Sort(list)
	return append([]string{}, slices.Compact(list)...)
}

// moduleAround is the longest of a module's known paths that an import path lies in.
func (s *survey) moduleAround(m *module, importPath string) string {
	if m == nil {
		return ""
	}
	known := s.knownTo(m)
	for prefix := importPath; prefix != "."; prefix = path.Dir(prefix) {
		if _, ok := slices.BinarySearch(known, prefix); ok {
			return prefix
		}
	}
	return ""
}
