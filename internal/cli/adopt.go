package cli

import (
	"slices"

	"github.com/spf13/cobra"

	"github.com/asbuilt/asbuilt/internal/console"
	"github.com/asbuilt/asbuilt/internal/phrase"
	"github.com/asbuilt/asbuilt/internal/workspace"
	"github.com/asbuilt/asbuilt/pkg/finding"
)

func (a *app) adoptCommand() *cobra.Command {
	var diff bool
	var c choice
	cmd := &cobra.Command{
		Use:   "adopt",
		Short: "Declare what the code does",
		Long: "Writes into the HCL files what the code does and nobody declared: edges into depends_on, and\n" +
			"components for packages that no element owns. What breaks a rule is never adopted.",
		Example: "  asbuilt adopt --diff\n  asbuilt adopt\n  asbuilt adopt --only component.cart",
		Args:    noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return a.revise(cmd, diff, func(s *workspace.Snapshot) (*workspace.Revision, []finding.Finding, error) {
				part, err := a.part(s, c)
				if err != nil {
					return nil, nil, err
				}
				return s.Adopt(part)
			})
		},
	}
	f := cmd.Flags()
	f.BoolVar(&diff, "diff", false, "print what would change, change nothing")
	f.StringVar(&c.owner, "owner", "", "adopt what a check of this `team`'s part reports")
	f.StringVar(&c.only, "only", "", "adopt what a check of this element, file or folder reports: `ADDRESS` or PATH")
	a.completePart(cmd)
	return cmd
}

// revise plans new text for the architecture, and writes it or shows the difference.
func (a *app) revise(cmd *cobra.Command, diff bool, plan func(*workspace.Snapshot) (*workspace.Revision, []finding.Finding, error)) error {
	return a.project(cmd, func(w *workspace.Workspace, s *workspace.Snapshot) error {
		r, wrong, err := plan(s)
		if err != nil {
			return err
		}
		if len(wrong) > 0 {
			a.noAnswer(w, wrong)
			return nil
		}
		if diff {
			a.out.Text(r.Diff())
		} else {
			if err := s.WriteRevision(r); err != nil {
				return err
			}
			a.revised(a.out, r)
		}
		a.byHand(r)
		if len(r.ByHand)+len(r.Unnamed) > 0 {
			a.status = StatusFindings
		}
		return nil
	})
}

// fix takes out what is declared and not so, before a check. It returns the findings of a project that could not be
// judged, and then nothing was written.
func (a *app) fix(s *workspace.Snapshot) ([]finding.Finding, error) {
	r, wrong, err := s.Fix()
	if err != nil {
		return nil, err
	}
	if len(wrong) > 0 {
		a.err.Printf("nothing was fixed: not everything could be judged\n")
		return wrong, nil
	}
	if err := s.WriteRevision(r); err != nil {
		return nil, err
	}
	a.revised(a.err, r)
	a.byHand(r)
	return nil, nil
}

// revised says what was written.
func (a *app) revised(p *console.Printer, r *workspace.Revision) {
	for _, f := range r.Files {
		p.Printf("%s\n", f.Name)
	}
	for _, c := range r.Changes {
		p.Printf("  %s\n", c.String())
	}
	if r.Stale > 0 {
		p.Printf("  remove %s of the baseline\n", phrase.Count(r.Stale, "line"))
	}
}

// byHand says what someone must change, and what no change of a declaration mends.
func (a *app) byHand(r *workspace.Revision) {
	for _, l := range r.ByHand {
		a.err.Printf("by hand: %s: %s: %s\n", l.At, l.Change.String(), l.Reason)
	}
	for _, dir := range r.Unnamed {
		a.err.Printf("by hand: %s: no pattern can name this folder\n", dir)
	}
	rules := map[string]int{}
	var ids []string
	for _, f := range r.Left {
		if rules[f.Rule]++; rules[f.Rule] == 1 {
			ids = append(ids, f.Rule)
		}
	}
	slices.Sort(ids)
	for _, id := range ids {
		a.say("left: %s of %s\n", phrase.Count(rules[id], "finding"), id)
	}
	if len(ids) > 0 {
		a.say("asbuilt check shows them\n")
	}
}
