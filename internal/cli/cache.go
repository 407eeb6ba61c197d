package cli

import (
	"github.com/spf13/cobra"

	"github.com/asbuilt/asbuilt/internal/phrase"
	"github.com/asbuilt/asbuilt/internal/workspace"
)

func (a *app) cacheCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "cache",
		Short: "Clean the cache",
		Long: "The cache holds machine code of the layout engine, in asbuilt/engine of the user's cache folder, and " +
			"after a crash its report, crash.txt: no answer depends on it.",
		Example: "  asbuilt cache clean",
		Args:    cobra.ArbitraryArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 {
				return cmd.Help()
			}
			return unknownCommand(cmd, args[0])
		},
	}
	cmd.AddCommand(&cobra.Command{
		Use:     "clean",
		Short:   "Remove what is kept; it is made again when it is needed",
		Example: "  asbuilt cache clean",
		Args:    noArguments,
		RunE: func(*cobra.Command, []string) error {
			n, size, err := workspace.CleanCache()
			if err != nil {
				return err
			}
			a.out.Printf("removed %s (%d KiB)\n", phrase.Count(n, "file"), size>>10)
			return nil
		},
	})
	return cmd
}
