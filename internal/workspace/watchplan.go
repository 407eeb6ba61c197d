package workspace

import (
	"fmt"
	"maps"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/asbuilt/asbuilt/internal/files"
	"github.com/asbuilt/asbuilt/internal/lock"
	"github.com/asbuilt/asbuilt/internal/observe/golang"
	"github.com/asbuilt/asbuilt/internal/observe/graph"
	"github.com/asbuilt/asbuilt/pkg/arch"
	"github.com/asbuilt/asbuilt/pkg/evidence"
	"github.com/asbuilt/asbuilt/pkg/finding"
)

// plan watches what a snapshot is made from.
func (t *watch) plan(s *Snapshot) kind {
	targets := t.scan.targets(t.w)
	for _, a := range targets {
		if f := t.scan.folders[a.abs()]; f == nil || !maps.Equal(f.also, a.also) { // what was saved there before it is watched had no event
			t.dirty[t.home()] = true
			t.pulse.hint(t.how.Now())
		}
	}
	if s.observed {
		t.apart = slices.Concat(s.apart(t.scan.ignores), s.around())
	}
	changed, fewer := t.scan.set(slices.Concat(s.watched(t.out), t.apart, targets))
	if fewer { // the simple way to be sure that no watch is on a folder that is not to be watched
		t.listenAnew()
	}
	return changed
}

// home is the folder of the architecture.
func (t *watch) home() string { return area{tree: t.w.root, dir: t.w.home}.abs() }

// listenAnew watches every folder anew, and looks at all: what happened meanwhile had no event.
func (t *watch) listenAnew() {
	t.hints.reset()
	for abs := range t.scan.folders {
		t.hints.add(abs)
	}
	t.everything(t.how.Now())
}

// watched are the folders of what a snapshot was made from: the text, the sources of every observer, the baseline. out
// is the folder of the pictures; nil when there is none.
func (s *Snapshot) watched(out *Output) []area {
	w := s.w
	areas := []area{
		{tree: w.root, dir: w.home, here: inText, also: map[string]bool{lock.File: true}},
		{tree: w.code, dir: ".", here: inModule},
	}
	if out != nil {
		areas = append(areas, area{tree: out.tree, dir: ".", here: inPictures})
	}
	if s.model == nil {
		return areas
	}
	if b := s.model.Baseline; b != nil {
		areas = append(areas, area{tree: w.root, dir: path.Dir(b.File), also: map[string]bool{path.Base(b.File): true}})
	}
	for _, i := range s.model.Icons() {
		areas = append(areas, area{tree: w.root, dir: path.Dir(i.Name), also: map[string]bool{path.Base(i.Name): true}})
	}
	for _, o := range s.model.Observers {
		areas = append(areas, sources(w.code, o)...)
	}
	return areas
}

// apart are the folders of packages that no walk for the watch comes to: what is imported is read wherever it stands, and
// what git ignores, too. One that is missing may come.
func (s *Snapshot) apart(ignores *ignores) (areas []area) {
	var roots []string
	for _, o := range s.model.Observers {
		if o.Kind == golang.Observer {
			roots = append(roots, rootsOf(o)...)
		}
	}
	for _, n := range s.graph.Nodes {
		if n.Kind != evidence.Package && n.Kind != evidence.Unread || n.Dir == "" {
			continue
		}
		a := area{tree: s.w.code, dir: n.Dir, here: inCode}
		if ignores.covers(a.abs()) || !slices.ContainsFunc(roots, func(root string) bool { return entered(root, n.Dir) }) {
			areas = append(areas, a)
		}
	}
	return areas
}

// around are the folders outside the code in which something was looked for: modules beside it, and what says that it is
// built with them.
func (s *Snapshot) around() (areas []area) {
	for _, dir := range s.beside {
		areas = append(areas, area{tree: s.w.around, dir: dir, here: inCode})
	}
	return areas
}

// entered reports whether a walk from a root for code comes to a folder.
func entered(root, dir string) bool {
	rest := dir
	if root != "." {
		var in bool
		if rest, in = strings.CutPrefix(dir+"/", root+"/"); !in {
			return false
		}
	}
	for name := range strings.SplitSeq(rest, "/") {
		if name != "" && name != "." && !inCode.enters(name) {
			return false
		}
	}
	return true
}

// targets are the folders that links in the folder of the architecture lead to: a save to what is behind a link has its
// event there.
func (s *scan) targets(w *Workspace) (areas []area) {
	home := s.folders[area{tree: w.root, dir: w.home}.abs()]
	for name, e := range sorted(home.entries) {
		if !e.link {
			continue
		}
		to, err := filepath.EvalSymlinks(filepath.Join(home.abs(), name))
		if err != nil {
			continue
		}
		if rel, err := filepath.Rel(w.root.Abs(), to); err == nil && filepath.IsLocal(rel) {
			rel = filepath.ToSlash(rel)
			areas = append(areas, area{tree: w.root, dir: path.Dir(rel), link: true, also: map[string]bool{path.Base(rel): true}})
		}
	}
	return areas
}

// sources are the folders that an observer reads.
func sources(tree *files.Tree, o *arch.Observer) (areas []area) {
	switch o.Kind {
	case graph.Observer:
		for _, f := range o.Files {
			a := area{tree: tree, dir: path.Dir(path.Clean(f.Text)), here: inData}
			for files.IsGlob(a.dir) {
				a.dir, a.deep = path.Dir(a.dir), inData
			}
			areas = append(areas, a)
		}
	case golang.Observer:
		for _, root := range rootsOf(o) {
			areas = append(areas, area{tree: tree, dir: root, deep: inCode})
			for dir := root; dir != "."; {
				dir = path.Dir(dir)
				areas = append(areas, area{tree: tree, dir: dir, here: inModule})
			}
		}
	}
	return areas
}

func rootsOf(o *arch.Observer) (out []string) {
	for _, root := range written(o.Roots) {
		if root = path.Clean(strings.TrimSuffix(root, "...")); filepath.IsLocal(filepath.FromSlash(root)) {
			out = append(out, root)
		}
	}
	if len(o.Roots) == 0 {
		out = append(out, ".")
	}
	return out
}

// texts are the files of the architecture as the last look read them.
func (s *scan) texts(w *Workspace) (*texts, error) {
	home := s.folders[area{tree: w.root, dir: w.home}.abs()]
	if home == nil || home.info == nil {
		return nil, fmt.Errorf("the folder %s is gone", w.Where())
	}
	var out texts
	for name, e := range sorted(home.entries) {
		if e.kind&ofText != 0 {
			out.add(home.tree.Name(home.join(name)), e.text, e.err)
		}
	}
	if len(out.files)+len(out.blind) == 0 {
		return nil, fmt.Errorf("%w in %s any more", ErrNotFound, w.Where())
	}
	finding.Sort(out.blind)
	return &out, nil
}
