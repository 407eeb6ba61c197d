package cli

import (
	"github.com/spf13/cobra"

	"github.com/asbuilt/asbuilt/internal/phrase"
	"github.com/asbuilt/asbuilt/internal/workspace"
)

func (a *app) initCommand() *cobra.Command {
	var force, dry bool
	cmd := &cobra.Command{
		Use:     "init",
		Short:   "Propose an architecture for the Go code here",
		Long:    "Reads the Go code of the working folder and writes an asbuilt.arch.hcl that check passes at once.",
		Example: "  asbuilt init\n  asbuilt init --dry-run",
		Args:    noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error {
			env, err := a.env()
			if err != nil {
				return err
			}
			starter, tree, err := workspace.Propose(cmd.Context(), env, force || dry)
			if err != nil {
				return err
			}
			defer tree.Close()
			defer a.unread(starter.Gaps)
			if dry {
				a.out.Text(string(starter.Text))
				return nil
			}
			if err := cmd.Context().Err(); err != nil {
				return err
			}
			if err := workspace.WriteStarter(tree, starter, force); err != nil {
				return err
			}
			a.out.Printf("%s\n", starter.Name)
			for _, pattern := range starter.Ignored {
				a.say("left out, since git ignores it: %s\n", pattern)
			}
			a.say("proposed from %s; next: asbuilt check, then asbuilt render\n", phrase.Count(starter.Packages, "package"))
			return nil
		},
	}
	cmd.Flags().BoolVar(&force, "force", false, "overwrite an asbuilt.arch.hcl that is there")
	cmd.Flags().BoolVar(&dry, "dry-run", false, "print the proposal, write nothing")
	return cmd
}
