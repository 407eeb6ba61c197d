package golang

import (
	"cmp"
	"fmt"
	"path"
	"slices"

	"github.com/asbuilt/asbuilt/pkg/source"
)

// follow resolves the imports of folders that were read, and returns the folders that they lead to
// and that are still to be read, by path.
func (s *survey) follow(batch []*folder) []*folder {
	var next []*folder
	for _, f := range batch {
		f.queued = true
		s.done = append(s.done, f)
	}
	for _, f := range batch {
		if unseen := s.followUnseen(f); unseen != nil {
			f.files = append(f.files, file{imports: unseen})
		}
		imports := 0
		for i := range f.files {
			imports += len(f.files[i].imports)
		}
		f.uses = make([]use, 0, imports)
		for i := range f.files {
			next = append(next, s.followFile(f, i)...)
		}
	}
	slices.SortFunc(next, func(a, b *folder) int { return cmp.Compare(a.dir, b.dir) })
	return next
}

func (s *survey) followFile(f *folder, index int) []*folder {
	var next []*folder
	file := &f.files[index]
	if f.foreign && file.isIgnored() {
		file.imports = nil
	}
	for _, spec := range file.imports {
		r, exact := s.resolveExactly(f, spec.path)
		if !exact {
			r = s.resolve(f.module, spec.path)
		}
		if !file.isIgnored() && (r.missing || r.fault != "") {
			s.gapImport(f, index, spec, r)
		}
		if !file.isIgnored() && r.refused != nil {
			r.refused.refused(s.placeOf(f, index, spec), spec.path)
		}
		if r.target == nil {
			continue
		}
		next = f.use(r.target, index, spec.line, next)
		for _, t := range r.others {
			next = f.use(t, index, spec.line, next)
		}
		for _, d := range r.also {
			if !file.isIgnored() && !d.queued {
				d.queued = true
				next = append(next, d)
			}
		}
	}
	file.imports = nil
	return next
}

// use notes one import, and returns the folders to be read with the one that it leads to.
func (f *folder) use(t *target, file, line int, next []*folder) []*folder {
	f.uses = append(f.uses, use{t, int32(file), int32(line)})
	if d := t.folder; d != nil && !d.excluded && !d.queued {
		d.queued = true
		next = append(next, d)
	}
	return next
}

// missingImport is an import of a package that is not there: it is said once, at the first place.
type missingImport struct {
	at    source.Range
	count int
}

func (s *survey) gapImport(f *folder, index int, spec importSpec, r resolution) {
	at := s.placeOf(f, index, spec)
	if r.fault != "" {
		s.gaps.add(at, fmt.Sprintf("imports %q, which %s", spec.path, r.fault), "write the full import path of a package")
		return
	}
	if m := s.missing[spec.path]; m != nil {
		m.count++
		return
	}
	s.missing[spec.path] = &missingImport{at, 1}
}

// placeOf is the place of an import.
func (s *survey) placeOf(f *folder, index int, spec importSpec) source.Range {
	name := f.dir
	if index < len(f.entries) { // else a file outside the tree
		name = path.Join(f.dir, f.entries[index].name)
	}
	return source.At(s.treeOf(f).Name(name), spec.line)
}
