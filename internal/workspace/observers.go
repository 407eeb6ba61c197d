package workspace

import (
	"context"
	"errors"
	"fmt"

	"github.com/asbuilt/asbuilt/internal/compare"
	"github.com/asbuilt/asbuilt/internal/files"
	"github.com/asbuilt/asbuilt/internal/observe/golang"
	"github.com/asbuilt/asbuilt/internal/observe/graph"
	"github.com/asbuilt/asbuilt/pkg/arch"
	"github.com/asbuilt/asbuilt/pkg/evidence"
)

// runObservers fills in what was seen.
func (s *Snapshot) runObservers() error {
	model, _, err := s.Model()
	if err != nil {
		return err
	}
	if model == nil || len(model.Observers) == 0 {
		return ErrNothingObserved
	}
	var seen []evidence.Graph
	for _, o := range model.Observers {
		graphs, unmatched, err := s.w.observe(s.ctx, o)
		if err != nil {
			return fmt.Errorf("observing %s: %w", o.Kind, err)
		}
		s.unmatched = append(s.unmatched, unmatched...)
		for _, g := range graphs {
			seen = append(seen, g)
			s.judged = append(s.judged, compare.Scoped(g, o.Tests))
		}
	}
	s.graph = evidence.Merge(seen...)
	return nil
}

// observe runs one observer.
func (w *Workspace) observe(ctx context.Context, o *arch.Observer) ([]evidence.Graph, []arch.Pattern, error) {
	if o.Kind == graph.Observer {
		graphs, unmatched := w.observeFiles(o)
		return graphs, unmatched, nil
	}
	g, err := golang.Observe(ctx, w.code, golang.Options{
		Roots: written(o.Roots), Exclude: written(o.Exclude), Exact: o.Exact, Driver: w.env.Driver, At: o.At,
	})
	return []evidence.Graph{g}, nil, err
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
