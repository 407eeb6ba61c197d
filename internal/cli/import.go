package cli

import (
	"cmp"
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/asbuilt/asbuilt/internal/phrase"
	"github.com/asbuilt/asbuilt/internal/workspace"
	"github.com/asbuilt/asbuilt/pkg/finding"
)

// importing is the import commands' flags.
type importing struct {
	reporting
	force bool
	dry   bool
}

func (a *app) importCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "import",
		Short: "Bring the rules of another tool",
		Long: "Translates the configuration of another tool into HCL, and reports what that configuration\n" +
			"does not enforce: names that nothing defines, patterns that match nothing, permissions that\n" +
			"nobody uses. docs/import.md says where the verdicts differ.\n\n" +
			"Rules are written where there is no architecture yet; beside another file they would say\n" +
			"things twice, and --dry-run prints them instead. Owners are added to what is there.",
		Example: "  asbuilt import go-arch-lint .go-arch-lint.yml\n  asbuilt import codeowners --dry-run",
		Args:    cobra.ArbitraryArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 {
				return cmd.Help()
			}
			return unknownTool(args[0])
		},
	}
	for _, tool := range workspace.Tools() {
		cmd.AddCommand(a.importToolCommand(tool))
	}
	return cmd
}

func (a *app) importToolCommand(tool workspace.Tool) *cobra.Command {
	var i importing
	cmd := &cobra.Command{
		Use:   tool.Name + " [FILE]",
		Short: "Import " + tool.Title,
		Long: "Translates " + tool.Title + " into " + tool.Name + workspace.Suffix + ".\n" +
			"Without FILE it looks for " + strings.Join(tool.Files, ", ") + ".",
		Example: "  asbuilt import " + tool.Name + " " + tool.Files[0] + "\n  asbuilt import " + tool.Name + " --dry-run",
		Args:    arguments(0, 1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.importRules(cmd, tool, strings.Join(args, ""), &i)
		},
	}
	i.flag(cmd)
	f := cmd.Flags()
	f.BoolVar(&i.force, "force", false, "overwrite the file of an earlier import")
	f.BoolVar(&i.dry, "dry-run", false, "print the HCL, write nothing")
	return cmd
}

// unknownTool says what was meant, in one line.
func unknownTool(name string) error {
	var names []string
	for _, t := range workspace.Tools() {
		names = append(names, t.Name)
	}
	return fmt.Errorf("import knows no tool %q; %s", name, cmp.Or(phrase.DidYouMean(name, names), "it knows "+strings.Join(names, ", ")))
}

func (a *app) importRules(cmd *cobra.Command, tool workspace.Tool, file string, i *importing) error {
	if i.dry && cmd.Flags().Changed("format") {
		return errors.New("--dry-run prints the HCL, --format the report: use one of them, and --output FORMAT=FILE for the other")
	}
	to, err := i.open(a, cmd)
	if err != nil {
		return err
	}
	defer to.close()
	env, err := a.env()
	if err != nil {
		return err
	}
	w, err := workspace.OpenForImport(env)
	if err != nil {
		return err
	}
	defer w.Close()
	made, err := w.Import(cmd.Context(), tool, file)
	if err != nil {
		return err
	}
	if err := cmd.Context().Err(); err != nil {
		return err
	}
	if made.Text != nil && !i.dry {
		if err := w.WriteImported(made, i.force); err != nil {
			return err
		}
	}
	if i.dry {
		a.out.Bytes(made.Text)
		w.ReportText(a.err, made.Findings, true)
		to = to[1:]
	}
	if err := a.deliver(cmd.Context(), to, telling(w, made.Findings, workspace.Telling{Verbose: true})); err != nil {
		return err
	}
	if made.Text != nil && !i.dry {
		a.say("wrote %s; next: asbuilt check, then asbuilt render\n", made.Name)
	}
	a.status = workspace.Status(made.Findings, finding.Error)
	return nil
}
