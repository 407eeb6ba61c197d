package golang

import (
	"cmp"
	"slices"
	"strings"

	"github.com/asbuilt/asbuilt/internal/builds"
	"github.com/asbuilt/asbuilt/internal/files"
	"github.com/asbuilt/asbuilt/pkg/evidence"
)

// edges joins the uses of all folders to edges, sorted. They are counted first, so that the one list of
// them is made once.
func (s *survey) edges() ([]evidence.Edge, error) {
	slices.SortFunc(s.done, byID)
	ends := make([]int, len(s.done))
	err := s.each(len(s.done), func(*files.Folders) func(int) {
		return func(i int) { ends[i] = s.done[i].sortUses() }
	})
	if err != nil {
		return nil, err
	}
	total := 0
	for i := range ends {
		total += ends[i]
		ends[i] = total
	}
	out := make([]evidence.Edge, total)
	err = s.each(len(s.done), func(*files.Folders) func(int) {
		w := &edgeWriter{survey: s, variants: map[string][]string{}}
		return func(i int) {
			start := 0
			if i > 0 {
				start = ends[i-1]
			}
			w.write(s.done[i], out[start:start:ends[i]])
		}
	})
	if s.isDoubled() {
		out = evidence.MergeEdges(out)
	}
	return out, err
}

// isDoubled reports whether two folders, in the order of their ids, are of one node.
func (s *survey) isDoubled() bool {
	for i := range s.done {
		if i > 0 && s.done[i].id == s.done[i-1].id {
			return true
		}
	}
	return false
}

// sortUses orders the uses by target, scope, file and line, leaves out what a package's external tests
// import of the package itself, and returns the number of edges.
func (f *folder) sortUses() int {
	f.uses = slices.DeleteFunc(f.uses, func(u use) bool { return u.target.folder == f || f.foreign && u.target.id == f.id })
	slices.SortFunc(f.uses, func(a, b use) int {
		return cmp.Or(cmp.Compare(a.target.rank, b.target.rank), cmp.Compare(f.scope(a), f.scope(b)),
			cmp.Compare(a.file, b.file), cmp.Compare(a.line, b.line))
	})
	count := 0
	for i := range f.uses {
		if i == 0 || !f.sameEdge(f.uses[i-1], f.uses[i]) {
			count++
		}
	}
	return count
}

func (f *folder) sameEdge(a, b use) bool { return a.target == b.target && f.scope(a) == f.scope(b) }

func (f *folder) scope(u use) evidence.Scope {
	file := &f.files[u.file]
	switch {
	case file.isIgnored():
		return evidence.Ignored
	case file.test:
		return evidence.Test
	}
	return evidence.Code
}

// edgeWriter makes edges on one goroutine.
type edgeWriter struct {
	*survey
	variants map[string][]string // by the texts of the conditions
	names    []string            // printed names of the folder's files
}

// write appends the edges of a folder to out, which has the room for them.
func (w *edgeWriter) write(f *folder, out []evidence.Edge) {
	w.name(f)
	witnesses := make([]evidence.Witness, 0, len(f.uses))
	for start := 0; start < len(f.uses); {
		end, first := start, len(witnesses)
		for ; end < len(f.uses) && f.sameEdge(f.uses[start], f.uses[end]); end++ {
			u := f.uses[end]
			witnesses = append(witnesses, evidence.Witness{File: w.names[u.file], Line: int(u.line)})
		}
		out = append(out, evidence.Edge{
			From: f.id, To: f.uses[start].target.id, Kind: evidence.KindImport, Grade: evidence.Proven,
			Scope: f.scope(f.uses[start]), Variants: w.variantsOf(f, f.uses[start:end]),
			Witnesses: witnesses[first:len(witnesses):len(witnesses)],
		})
		start = end
	}
}

// name fills w.names.
func (w *edgeWriter) name(f *folder) {
	w.names = w.names[:0]
	tree := w.treeOf(f)
	prefix := tree.Name(f.dir) + "/"
	if prefix == "./" {
		prefix = ""
	}
	for _, e := range f.entries {
		w.names = append(w.names, prefix+e.name)
	}
	w.names = append(w.names, tree.Name(f.dir)) // for files outside the tree
}

// variantsOf returns the builds in which one of the uses exists; never nil, so that JSON has a list.
func (w *edgeWriter) variantsOf(f *folder, uses []use) []string {
	var conditions []*builds.Condition
	for _, u := range uses {
		c := f.files[u.file].condition
		if c == nil || c.IsNever() {
			return []string{}
		}
		conditions = append(conditions, c)
	}
	slices.SortFunc(conditions, func(a, b *builds.Condition) int { return cmp.Compare(a.String(), b.String()) })
	conditions = slices.CompactFunc(conditions, func(a, b *builds.Condition) bool { return a.String() == b.String() })
	var key strings.Builder
	for _, c := range conditions {
		key.WriteString(c.String() + "\n")
	}
	out, known := w.variants[key.String()]
	if !known {
		out = append([]string{}, builds.Variants(conditions)...)
		w.variants[key.String()] = out
	}
	return slices.Clone(out)
}
