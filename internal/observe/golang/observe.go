// Package golang observes Go source: which package imports which, in which builds, with the line of
// every import. It reads the files itself and starts no process; Options.Exact asks the go command or a
// build system's driver instead.
//
// What is read: every folder below the roots that patterns of the go command enter, in all builds at once,
// and every folder of the tree that a package so read imports, and so on: testdata, hidden and vendor
// folders, and folders behind a symbolic link inside the tree, are no roots, but what is compiled is read. Of what is
// not the tree's own (foreign.go) only the ways that lead back into it are kept.
// Nothing is passed over in silence: what could not be read is a gap, but for files that no build reads.
package golang

import (
	"context"
	"path"
	"runtime"
	"slices"
	"strings"

	"github.com/asbuilt/asbuilt/internal/files"
	"github.com/asbuilt/asbuilt/pkg/evidence"
	"github.com/asbuilt/asbuilt/pkg/source"
)

// Observer is the name of this observer in evidence.
const Observer = "go"

// Options say what to observe. The zero value observes the whole tree.
type Options struct {
	// Roots are folders relative to the tree; none means the tree itself. Modules, nested modules and
	// the modules that a go.work in a root uses are found by walking.
	Roots []string
	// Exclude are patterns of packages that are not read: ./dir, dir, dir/..., or an import path with
	// or without /... .
	Exclude []string
	// Exact asks the go command, or Driver, which packages there are. It needs go on PATH.
	Exact bool
	// Driver is the value of GOPACKAGESDRIVER in exact mode; empty means the go command. It must come
	// from whoever starts the program, never from the observed tree: it is run.
	Driver string
	// Around is the work tree around the observed tree, and Inside the tree's path in it: modules beside the tree, which
	// a go.work or a replacement names, are read there as far as they are imported. Nil: there is none.
	Around *files.Tree
	Inside string
	// Jobs bounds the goroutines; 0 means GOMAXPROCS.
	Jobs int
	// Memory is what the observation before read; it takes in what this one does. nil: everything is read.
	Memory *Memory
	// At is the place of the observe block, where a gap about a root is shown. Zero: the root itself.
	At source.Range
}

// Observe reads the Go packages of a tree. What cannot be read is a gap of the graph; an error is
// about the run: ctx is done, or exact mode cannot start.
func Observe(ctx context.Context, tree *files.Tree, o Options) (evidence.Graph, error) {
	if o.Jobs <= 0 {
		o.Jobs = runtime.GOMAXPROCS(0)
	}
	o.Roots = cleanRoots(o.Roots)
	if o.Exact {
		o.Memory = nil // others say what there is
		return observeExact(ctx, tree, o)
	}
	s := newSurvey(ctx, tree, o)
	if err := s.run(); err != nil {
		return evidence.Graph{}, err
	}
	if o.Memory != nil {
		o.Memory.take(s)
	}
	return s.graph()
}

// run finds the folders, reads those that count, and follows their imports.
func (s *survey) run() error {
	if err := s.walk(); err != nil {
		return err
	}
	s.placeModules()
	return s.readAll()
}

// readAll reads the folders that count, and follows their imports to folders that no walk enters, until
// nothing new is imported.
func (s *survey) readAll() error {
	batch := s.classify()
	for len(batch) > 0 {
		if err := s.read(batch); err != nil {
			return err
		}
		batch = s.follow(batch)
	}
	s.reportRoots()
	return s.ctx.Err()
}

// cleanRoots brings folders to their one form, without repetitions.
func cleanRoots(roots []string) []string {
	if len(roots) == 0 {
		return []string{"."}
	}
	var out []string
	for _, root := range roots {
		root = path.Clean(strings.TrimSuffix(root, "..."))
		if !slices.Contains(out, root) {
			out = append(out, root)
		}
	}
	return out
}
