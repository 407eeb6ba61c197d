package cli

import (
	"cmp"
	"fmt"
	"runtime"
	"runtime/debug"
	"strings"

	"github.com/spf13/cobra"

	"github.com/asbuilt/asbuilt/internal/phrase"
	"github.com/asbuilt/asbuilt/internal/workspace"
)

func (a *app) explainCommand() *cobra.Command {
	return &cobra.Command{
		Use:     "explain [RULE]",
		Short:   "Print a rule's page",
		Long:    "Prints the page of a rule: what it means, an example, how to fix it. Without a rule it lists all.",
		Example: "  asbuilt explain code/undeclared",
		Args:    arguments(0, 1),
		RunE: func(_ *cobra.Command, args []string) error {
			if len(args) == 0 {
				for _, r := range workspace.Rules() {
					a.out.Printf("%-20s %-8s %s\n", r.ID, string(r.Severity), r.Summary)
				}
				return nil
			}
			page, ok := workspace.RulePage(args[0])
			if !ok {
				return unknownRule(args[0])
			}
			a.out.Text(page)
			return nil
		},
		ValidArgsFunction: func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
			var ids []string
			for _, r := range workspace.Rules() {
				ids = append(ids, r.ID)
			}
			return ids, cobra.ShellCompDirectiveNoFileComp
		},
	}
}

func unknownRule(id string) error {
	var ids []string
	for _, r := range workspace.Rules() {
		ids = append(ids, r.ID)
	}
	return fmt.Errorf("there is no rule %q; %s", id, cmp.Or(phrase.DidYouMean(id, ids), "asbuilt explain lists them"))
}

// versionDocument is what `version --json` prints.
type versionDocument struct {
	SchemaVersion int    `json:"schema_version"`
	Version       string `json:"version"`
	Commit        string `json:"commit"`
	Modified      bool   `json:"modified"`
	Go            string `json:"go"`
	Graphviz      string `json:"graphviz"`
	Platform      string `json:"platform"`
}

func (a *app) versionCommand() *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:     "version",
		Short:   "Print the version",
		Example: "  asbuilt version\n  asbuilt version --json",
		Args:    noArguments,
		RunE: func(*cobra.Command, []string) error {
			if asJSON {
				a.out.JSON(versionOf())
				return nil
			}
			a.out.Printf("%s\n", versionLine())
			return nil
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print JSON")
	return cmd
}

func versionLine() string {
	v := versionOf()
	return fmt.Sprintf("asbuilt %s (%s, Graphviz %s, %s)", v.Version, v.Go, v.Graphviz, v.Platform)
}

func versionOf() versionDocument {
	v := versionDocument{
		SchemaVersion: 1, Version: buildVersion(), Go: runtime.Version(),
		Graphviz: workspace.GraphvizVersion, Platform: runtime.GOOS + "/" + runtime.GOARCH,
	}
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, s := range info.Settings {
			switch s.Key {
			case "vcs.revision":
				v.Commit = s.Value
			case "vcs.modified":
				v.Modified = s.Value == "true"
			}
		}
	}
	return v
}

// buildVersion is the module version that the binary was built from; "(devel)" for a working copy.
func buildVersion() string {
	if info, ok := debug.ReadBuildInfo(); ok && info.Main.Version != "" {
		return info.Main.Version
	}
	return "(devel)"
}

func (a *app) completionCommand() *cobra.Command {
	shells := []string{"bash", "zsh", "fish", "powershell"}
	return &cobra.Command{
		Use:       "completion SHELL",
		Short:     "Print a completion script: bash, zsh, fish or powershell",
		Example:   "  source <(asbuilt completion bash)",
		ValidArgs: shells,
		Args:      arguments(1, 1),
		RunE: func(cmd *cobra.Command, args []string) error {
			root := cmd.Root()
			switch args[0] {
			case "bash":
				return root.GenBashCompletionV2(a.out, true)
			case "zsh":
				return root.GenZshCompletion(a.out)
			case "fish":
				return root.GenFishCompletion(a.out, true)
			case "powershell":
				return root.GenPowerShellCompletionWithDesc(a.out)
			}
			return fmt.Errorf("completion %q: the shell is one of %s", args[0], strings.Join(shells, ", "))
		},
	}
}

// workerName is the command that this program starts itself with.
const workerName = "layout-worker"

func (a *app) layoutWorkerCommand() *cobra.Command {
	return &cobra.Command{
		Use:    workerName,
		Hidden: true,
		Args:   noArguments,
		RunE: func(*cobra.Command, []string) error {
			return workspace.ServeLayout(a.Stdin, a.Stdout)
		},
	}
}
