package golang

import (
	"context"
	"sync"
	"sync/atomic"
	"time"

	"github.com/asbuilt/asbuilt/internal/builds"
	"github.com/asbuilt/asbuilt/internal/files"
	"github.com/asbuilt/asbuilt/internal/pattern"
	"github.com/asbuilt/asbuilt/pkg/evidence"
	"github.com/asbuilt/asbuilt/pkg/source"
)

// survey is one run of the observer.
type survey struct {
	ctx      context.Context
	tree     *files.Tree
	options  Options
	excludes []pattern.Pattern

	modules    map[string]*module   // by folder
	byPath     map[string][]*module // by module path, in the order of their folders
	workspaces map[string]*workspace
	spaces     []string   // folders with a go.work that a walk led to
	outer      *workspace // the go.work above the tree, or nil
	goroot     *module    // the standard library's own module, when that is what is observed

	folders  map[string]*folder // every folder with Go files that a walk or an import led to, by path
	named    map[string]*folder // by node id
	clashes  map[[2]*module]bool
	targets  map[string]*target // by node id
	resolved map[lookup]resolution
	vendored map[string]bool           // which folders in a vendor folder of GOROOT hold Go files
	missing  map[string]*missingImport // by import path
	// passedOver are excluded packages that are imported and have no file: import path → folder.
	passedOver map[string]string
	foreign    map[place]*folder // what an import led to and is not the tree's own; nil without Go files
	done       []*folder         // what was read

	build *buildView // in exact mode

	began    time.Time          // with a memory
	listings map[string]listing // by path, to be remembered
	reads    reads

	ignored []source.Range // lines of go.mod that kept a walk from entering a folder

	gaps gapList
}

// folder is a folder with Go files: a package and its tests.
type folder struct {
	dir      string
	id       string
	module   *module // nil outside any module
	root     int     // index of the root that led here
	entries  []entry
	excluded bool
	queued   bool // read, or about to be
	foreign  bool // see foreign.go
	beside   bool // in Options.Around, not in the tree

	files []file
	pages []*page // of files that can be remembered
	uses  []use
}

// entry is the name of a Go file.
type entry struct {
	name string
	link bool
}

// file is a Go file that was read.
type file struct {
	read      bool // false where a gap says why
	test      bool
	main      bool
	generated bool
	condition *builds.Condition
	imports   []importSpec
	waivers   []evidence.Waiver // their places lack the file
}

// use is one import, resolved.
type use struct {
	target *target
	file   int32
	line   int32
}

func newSurvey(ctx context.Context, tree *files.Tree, o Options) *survey {
	s := &survey{
		ctx: ctx, tree: tree, options: o,
		excludes:   pattern.All(o.Exclude),
		modules:    map[string]*module{},
		byPath:     map[string][]*module{},
		workspaces: map[string]*workspace{},
		folders:    map[string]*folder{},
		named:      map[string]*folder{},
		clashes:    map[[2]*module]bool{},
		targets:    map[string]*target{},
		resolved:   map[lookup]resolution{},
		vendored:   map[string]bool{},
		missing:    map[string]*missingImport{},
		passedOver: map[string]string{},
		listings:   map[string]listing{},
		foreign:    map[place]*folder{},
	}
	if o.Memory != nil {
		s.began = o.Memory.now()
	}
	return s
}

// treeOf is the tree that holds a folder.
func (s *survey) treeOf(f *folder) *files.Tree {
	if f.beside {
		return s.options.Around
	}
	return s.tree
}

// gapList collects gaps from several goroutines.
type gapList struct {
	mu   sync.Mutex
	list []evidence.Gap
}

func (g *gapList) add(at source.Range, reason, fix string) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.list = append(g.list, evidence.Gap{At: at, Reason: reason, Fix: fix})
}

// each calls do for 0 … n-1 on several goroutines. Every goroutine makes its own do, which may keep buffers and open
// folders. It stops early when ctx is done.
func (s *survey) each(n int, newWorker func(folders *files.Folders) (do func(int))) error {
	var next atomic.Int64
	var wait sync.WaitGroup
	for range min(s.options.Jobs, n) {
		wait.Go(func() {
			folders := s.tree.Folders()
			defer folders.Close()
			do := newWorker(folders)
			for s.ctx.Err() == nil {
				i := int(next.Add(1)) - 1
				if i >= n {
					return
				}
				do(i)
			}
		})
	}
	wait.Wait()
	return s.ctx.Err()
}
