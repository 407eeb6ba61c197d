package cli

import (
	"github.com/spf13/cobra"

	"github.com/asbuilt/asbuilt/internal/phrase"
	"github.com/asbuilt/asbuilt/internal/workspace"
	"github.com/asbuilt/asbuilt/pkg/finding"
)

// rebase writes the baseline anew and says what that changed, whatever --quiet says: nothing is accepted in silence.
// It returns the findings of a project that could not be judged, and then nothing was written.
func (a *app) rebase(s *workspace.Snapshot) ([]finding.Finding, error) {
	written, wrong, err := s.Rebase()
	if err == nil && len(wrong) == 0 {
		err = s.WriteBaseline(written)
	}
	if err != nil {
		return nil, err
	}
	if len(wrong) > 0 {
		a.err.Printf("no baseline was written: not everything could be judged\n")
		return wrong, nil
	}
	if written.File == "" {
		a.err.Printf("no baseline was written: there is nothing to accept\n")
		return nil, nil
	}
	delta := written.Delta
	a.err.Printf("%s: %s accepted, +%d -%d\n", written.File, phrase.Count(written.Entries, "finding"), len(delta.Added), len(delta.Removed))
	for _, c := range delta.ByRule() {
		a.err.Printf("  %-20s +%d -%d\n", c.Rule, c.Added, c.Removed)
	}
	if !written.First && len(delta.Added) > 0 {
		a.err.Printf("the baseline grew: it accepts now what it did not accept before\n")
		for _, e := range delta.Added {
			a.err.Printf("  + %s\n", e.Words())
		}
	}
	if written.Block != "" {
		a.err.Printf("it counts once an architecture file declares it:\n\n")
		a.err.Text(written.Block + "\n")
	}
	return nil, nil
}

// rebaseDiff shows what --write-baseline would change, and changes nothing.
func (a *app) rebaseDiff(cmd *cobra.Command) error {
	return a.project(cmd, func(w *workspace.Workspace, s *workspace.Snapshot) error {
		made, wrong, err := s.Rebase()
		if err != nil {
			return err
		}
		if len(wrong) > 0 {
			a.noAnswer(w, wrong)
			return nil
		}
		if made.File != "" {
			a.out.Text(made.Diff())
		}
		return nil
	})
}
