package workspace

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"sync"

	"github.com/asbuilt/asbuilt/internal/compare"
	"github.com/asbuilt/asbuilt/internal/files"
	"github.com/asbuilt/asbuilt/internal/observe/golang"
	"github.com/asbuilt/asbuilt/internal/observe/graph"
	"github.com/asbuilt/asbuilt/pkg/arch"
	"github.com/asbuilt/asbuilt/pkg/evidence"
)

// sight is what observers saw.
type sight struct {
	graph     evidence.Graph   // of all observers merged, as seen
	judged    []evidence.Graph // of each observer or evidence file, as its `tests` wants it judged
	unmatched []arch.Pattern   // patterns of evidence files that match none
	beside    []string         // of a watch: the folders of the work tree around that were looked into
}

// runObservers runs the observers of the model.
func (s *Snapshot) runObservers() (sight, error) {
	model, _, err := s.Model()
	if err != nil {
		return sight{}, err
	}
	if model == nil {
		return sight{}, ErrNothingObserved
	}
	return s.w.look(s.ctx, model.Observers)
}

func (w *Workspace) look(ctx context.Context, observers []*arch.Observer) (sight, error) {
	if len(observers) == 0 {
		return sight{}, ErrNothingObserved
	}
	var all sight
	var seen, read []evidence.Graph // all of them, and those whose sources we read ourselves
	var tests []string              // how each is judged
	beside := notes{dirs: map[string]bool{}}
	for _, o := range observers {
		graphs, unmatched, err := w.observe(ctx, o, beside.note)
		if ctx.Err() != nil {
			return all, ctx.Err()
		}
		if err != nil { // the others are judged all the same; this one proves nothing, and gives status 2
			graphs = []evidence.Graph{{Observer: o.Kind, Gaps: []evidence.Gap{{
				At: o.At, Reason: fmt.Sprintf("observe %q saw nothing: %s", o.Kind, reason(err)),
				Fix: "repair that; what the other observers saw was judged",
			}}}}
		}
		all.unmatched = append(all.unmatched, unmatched...)
		if o.Kind != graph.Observer {
			read = append(read, graphs...)
		}
		seen = append(seen, graphs...)
		for range graphs {
			tests = append(tests, o.Tests)
		}
	}
	known := evidence.Merge(read...).Nodes
	for i := range seen {
		seen[i].Nodes = evidence.AsRead(seen[i].Nodes, known)
		all.judged = append(all.judged, compare.Scoped(seen[i], tests[i]))
	}
	all.graph, all.beside = evidence.Merge(seen...), slices.Sorted(maps.Keys(beside.dirs))
	return all, nil
}

// notes gathers folders.
type notes struct {
	mu   sync.Mutex
	dirs map[string]bool
}

func (n *notes) note(dir string) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.dirs[dir] = true
}

// observe runs one observer. On a watch, beside is told the folders of the work tree around that it looks into.
func (w *Workspace) observe(ctx context.Context, o *arch.Observer, beside func(dir string)) ([]evidence.Graph, []arch.Pattern, error) {
	if o.Kind == graph.Observer {
		graphs, unmatched := w.observeFiles(o)
		return graphs, unmatched, nil
	}
	options := golang.Options{
		Roots: written(o.Roots), Exclude: written(o.Exclude), Exact: o.Exact, Driver: w.env.Driver, At: o.At, Memory: w.memory,
	}
	if w.around != nil {
		options.Around = w.around.Noting(beside)
	}
	g, err := observeGo(ctx, w.code, options)
	return []evidence.Graph{g}, nil, err
}

// observeGo observes the Go code of a folder, with the work tree around it: that it is built with modules beside it is
// for the go.mod and go.work of a tree to say.
func observeGo(ctx context.Context, tree *files.Tree, o golang.Options) (evidence.Graph, error) {
	if o.Around == nil {
		around, err := openAround(tree)
		if err != nil {
			return evidence.Graph{}, err
		}
		if around != nil {
			defer around.Close()
		}
		o.Around = around
	}
	if o.Around != nil {
		inside, err := filepath.Rel(o.Around.Abs(), tree.Abs())
		if err != nil {
			return evidence.Graph{}, err
		}
		o.Inside = filepath.ToSlash(inside)
	}
	return golang.Observe(ctx, tree, o)
}

// openAround opens the work tree around a folder; nil when there is none, or it is the folder itself.
func openAround(tree *files.Tree) (*files.Tree, error) {
	top := workTree(tree.Abs())
	if top == "" || top == tree.Abs() {
		return nil, nil
	}
	return files.Open(top, "")
}

// observeFiles reads evidence files, each once and each an observer of its own, in the order in which they are named.
func (w *Workspace) observeFiles(o *arch.Observer) (graphs []evidence.Graph, unmatched []arch.Pattern) {
	read := map[string]bool{}
	for _, p := range o.Files {
		names, err := graph.Expand(w.code, p.Text)
		switch {
		case err != nil:
			graphs = append(graphs, unexpanded(p, err))
		case len(names) == 0:
			unmatched = append(unmatched, p)
		}
		for _, name := range names {
			if !read[name] {
				read[name] = true
				graphs = append(graphs, graph.Observe(w.code, name))
			}
		}
	}
	return graphs, unmatched
}

func unexpanded(p arch.Pattern, err error) evidence.Graph {
	gap := evidence.Gap{At: p.At, Reason: fmt.Sprintf("%q is no pattern of files", p.Text), Fix: "name the file, or write a pattern such as evidence/*.json"}
	switch {
	case errors.Is(err, files.ErrTooLarge):
		gap.Reason, gap.Fix = fmt.Sprintf("%q matches too many files", p.Text), "name a narrower pattern"
	case !errors.Is(err, files.ErrPattern):
		gap.Reason = fmt.Sprintf("the files of %q cannot be listed: %s", p.Text, reason(err))
	}
	return evidence.Graph{Observer: graph.Observer, Gaps: []evidence.Gap{gap}}
}

func written(patterns []arch.Pattern) []string {
	out := make([]string, len(patterns))
	for i, p := range patterns {
		out[i] = p.Text
	}
	return out
}
