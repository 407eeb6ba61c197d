package cli

import (
	"github.com/spf13/cobra"

	"github.com/asbuilt/asbuilt/internal/console"
	"github.com/asbuilt/asbuilt/internal/phrase"
	"github.com/asbuilt/asbuilt/internal/workspace"
	"github.com/asbuilt/asbuilt/pkg/finding"
)

// proofDocument is what `prove --format json` prints.
type proofDocument struct {
	SchemaVersion int               `json:"schema_version"`
	Proofs        []workspace.Proof `json:"proofs"`
	Summary       proofSummary      `json:"summary"`
}

type proofSummary struct {
	Rules    int `json:"rules"`    // that a violation was tried of
	Injected int `json:"injected"` // violations
	Unproven int `json:"unproven"` // of them, not found
}

func (a *app) proveCommand() *cobra.Command {
	var format string
	cmd := &cobra.Command{
		Use:   "prove",
		Short: "Show that every rule can go red",
		Long: "Puts a violation of every rule, and of every border between elements that declares\n" +
			"no use, into the evidence or the model, in memory, and checks that check finds it.\n" +
			"What stays green guards nothing: status 1.",
		Example: "  asbuilt prove\n  asbuilt prove -v\n  asbuilt prove --format json",
		Args:    noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return a.askCode(cmd, format, func(w *workspace.Workspace, s *workspace.Snapshot) error {
				proofs, findings, err := s.Prove()
				if err != nil {
					return err
				}
				sum := summarize(proofs)
				if format == "json" {
					a.out.JSON(proofDocument{1, list(proofs), sum})
				} else {
					a.proofs(proofs)
					if len(findings) > 0 {
						w.ReportText(a.out, findings, a.flags.verbose)
					}
					a.out.Printf("%s over %s: %d not found\n", phrase.Count(sum.Injected, "violation"), phrase.Count(sum.Rules, "rule"), sum.Unproven)
				}
				a.status = workspace.Status(findings, finding.Error)
				return nil
			})
		},
	}
	flagPlain(cmd, &format)
	return cmd
}

func summarize(proofs []workspace.Proof) proofSummary {
	s := proofSummary{Injected: len(proofs)}
	rules := map[string]bool{}
	for _, p := range proofs {
		rules[p.Rule] = true
		if !p.Caught {
			s.Unproven++
		}
	}
	s.Rules = len(rules)
	return s
}

// proofs lists every violation that was found, for those who want to read it.
func (a *app) proofs(proofs []workspace.Proof) {
	for _, p := range proofs {
		if p.Caught && a.flags.verbose {
			a.out.Styled(console.Good, "found ")
			a.out.Styled(console.Bold, "%s", p.Rule)
			a.out.Printf("  %s\n", p.Injected)
		}
	}
}
