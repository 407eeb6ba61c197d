package cli

import (
	"strings"

	"github.com/spf13/cobra"

	"github.com/asbuilt/asbuilt/internal/workspace"
)

func (a *app) debtCommand() *cobra.Command {
	var format string
	formats := workspace.DebtFormats()
	cmd := &cobra.Command{
		Use:   "debt",
		Short: "List what waivers and the baseline accept",
		Long: "Lists the drift that is accepted, in waivers, in comments of the code and in the baseline, what weighs " +
			"most first: how many elements reach through the edge, how many files witness it, how long it has stood. " +
			"The latter is read from the first parents of HEAD, in git's objects.",
		Example: "  asbuilt debt\n  asbuilt debt --format markdown",
		Args:    noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := oneOf("format", format, formats...); err != nil {
				return err
			}
			return a.project(cmd, func(w *workspace.Workspace, s *workspace.Snapshot) error {
				debts, wrong, err := s.Debt()
				if err != nil {
					return err
				}
				if len(wrong) > 0 {
					a.noAnswer(w, wrong)
					return nil
				}
				workspace.ReportDebt(a.out, debts.Debts, format)
				if len(debts.Debts) > 0 && debts.Note != "" {
					a.say("%s\n", debts.Note)
				}
				return nil
			})
		},
	}
	cmd.Flags().StringVar(&format, "format", formats[0], "`how` to print: "+strings.Join(formats, ", "))
	return cmd
}
