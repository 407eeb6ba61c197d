package cli

import (
	"cmp"
	"errors"
	"fmt"
	"regexp"
	"slices"

	"github.com/spf13/cobra"

	"github.com/asbuilt/asbuilt/internal/phrase"
	"github.com/asbuilt/asbuilt/internal/workspace"
	"github.com/asbuilt/asbuilt/pkg/arch"
	"github.com/asbuilt/asbuilt/pkg/evidence"
	"github.com/asbuilt/asbuilt/pkg/finding"
)

// checking is the check command's flags.
type checking struct {
	reporting
	choice
	fail, base        string
	rebase, fix, diff bool
	against           bool // that --against is written
}

// choice is what --owner and --only name.
type choice struct{ owner, only string }

func (a *app) checkCommand() *cobra.Command {
	var c checking
	cmd := &cobra.Command{
		Use:     "check",
		Short:   "Compare the declared architecture with the code",
		Long:    "Compares the declared architecture with the imports of the code and says where they differ.",
		Example: "  asbuilt check\n  asbuilt check --format json\n  asbuilt check --against origin/main\n  asbuilt check --owner team.payments\n  asbuilt check --output sarif=asbuilt.sarif --output junit=asbuilt.xml",
		Args:    noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error {
			level, err := failOn(c.fail)
			if err != nil {
				return err
			}
			c.against = cmd.Flags().Changed("against")
			if err := c.together(); err != nil {
				return err
			}
			if c.diff && c.rebase {
				return a.rebaseDiff(cmd)
			}
			if c.diff {
				return a.revise(cmd, true, (*workspace.Snapshot).Fix)
			}
			return a.judge(cmd, &c.reporting, level, func(s *workspace.Snapshot) ([]finding.Finding, error) {
				return a.check(s, &c)
			})
		},
	}
	c.flag(cmd)
	f := cmd.Flags()
	f.StringVar(&c.base, "against", "", "judge by the policy of a git `REF`, and say where the change since then loosens it")
	f.StringVar(&c.fail, "fail-on", "error", "lowest `severity` that gives status 1: error, warning, note or never")
	f.StringVar(&c.owner, "owner", "", "report what belongs to this `team`, and say how much is left out")
	f.StringVar(&c.only, "only", "", "report what belongs to this element, file or folder: `ADDRESS` or PATH")
	f.BoolVar(&c.rebase, "write-baseline", false, "first accept the findings as they stand, in the file of the baseline block")
	f.BoolVar(&c.fix, "fix", false, "first take out absent edges, stale waivers and stale lines of the baseline")
	f.Bool("no-cache", false, "read everything anew: the same result, and since nothing of a check is kept, in the same time")
	f.BoolVar(&c.diff, "diff", false, "with --fix or --write-baseline: print what would change, change nothing")
	a.completePart(cmd)
	return cmd
}

// together refuses flags that do not go together.
func (c *checking) together() error {
	switch writes := c.rebase || c.fix; {
	case c.diff && c.fix == c.rebase:
		return errors.New("--diff shows what --fix or --write-baseline would change, and stands with one of them")
	case c.against && writes:
		return errors.New("--against judges the change as it stands: run --write-baseline or --fix first, without it")
	case (c.owner != "" || c.only != "") && writes:
		return errors.New("--owner and --only choose what is reported, and --write-baseline and --fix are about everything: run them without")
	}
	return nil
}

// check judges, after it has fixed and accepted what it is told to.
func (a *app) check(s *workspace.Snapshot, c *checking) (findings []finding.Finding, err error) {
	if c.fix {
		if wrong, err := a.fix(s); err != nil || len(wrong) > 0 {
			return wrong, err
		}
		s = s.Again()
	}
	if c.rebase {
		if wrong, err := a.rebase(s); err != nil || len(wrong) > 0 {
			return wrong, err
		}
	}
	part, err := a.part(s, c.choice)
	if err != nil {
		return nil, err
	}
	if c.against {
		findings, c.reporting.against, err = s.Against(c.base)
	} else {
		findings, err = s.Findings()
	}
	if err != nil {
		return findings, err
	}
	if findings, err = s.Partial(findings, part); err != nil {
		return findings, err
	}
	c.reporting.part = part
	if workspace.Broken(findings) {
		return findings, nil
	}
	graph, err := s.Evidence()
	a.coverage(graph.Coverage)
	a.withoutFlags(s)
	return findings, err
}

// part is what --owner and --only choose; nil when neither is written.
func (a *app) part(s *workspace.Snapshot, c choice) (*finding.Part, error) {
	if c.owner == "" && c.only == "" {
		return nil, nil
	}
	part, err := s.Part(c.owner, c.only)
	var unknown *workspace.UnknownError
	if errors.As(err, &unknown) {
		return nil, fmt.Errorf("%w; %s", err, cmp.Or(phrase.DidYouMean(unknown.Name, unknown.Known), "asbuilt show lists what there is"))
	}
	return part, err
}

// completePart offers teams and elements.
func (a *app) completePart(cmd *cobra.Command) {
	for flag, words := range map[string]func(*arch.Model) []string{"owner": workspace.Teams, "only": workspace.Addresses} {
		err := cmd.RegisterFlagCompletionFunc(flag, func(cmd *cobra.Command, _ []string, _ string) ([]string, cobra.ShellCompDirective) {
			return a.complete(cmd, words)
		})
		if err != nil {
			panic(err) // the flag was added before
		}
	}
}

func (a *app) validateCommand() *cobra.Command {
	var r reporting
	cmd := &cobra.Command{
		Use:     "validate",
		Short:   "Check the HCL files alone",
		Long:    "Reads the HCL files and says what is wrong with them, without looking at any code.",
		Example: "  asbuilt validate",
		Args:    noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return a.judge(cmd, &r, finding.Error, func(s *workspace.Snapshot) ([]finding.Finding, error) {
				_, findings, err := s.Model()
				return findings, err
			})
		},
	}
	r.flag(cmd)
	return cmd
}

// answering are the flags of the go command that change which packages there are.
var answering = regexp.MustCompile(`(^|\s)--?(tags|mod|modfile|overlay)\b`)

// replacing are those that put other files in the place of the tree's, or build what is never built else.
var replacing = regexp.MustCompile(`(^|\s)--?(modfile|overlay|tags=\S*\bignore)\b`)

// withoutFlags says that the caller's GOFLAGS do not count: in exact mode the go command gets an environment that is
// the same everywhere, and else nothing is run.
func (a *app) withoutFlags(s *workspace.Snapshot) {
	model, _, err := s.Model()
	flags := a.Getenv("GOFLAGS")
	if err != nil || model == nil || !answering.MatchString(flags) {
		return
	}
	exact := slices.ContainsFunc(model.Observers, func(o *arch.Observer) bool { return o.Exact })
	if exact || replacing.MatchString(flags) {
		a.say("GOFLAGS is set and does not count here: all build tags but ignore are read, and modules as go.mod has them\n")
	}
}

// coverage says what the observers read: how much stands behind "nothing to say".
func (a *app) coverage(all []evidence.Coverage) {
	for _, c := range all {
		if c.Packages > 0 && c.Files == 0 { // evidence of what has no files
			a.say("read %s of %s\n", phrase.Count(c.Packages, "node"), c.Root)
			continue
		}
		a.say("read %s (%s, %d generated) in %s of %s\n", phrase.Count(c.Packages, "package"), phrase.Count(c.Files, "file"), c.Generated,
			phrase.Count(len(c.Modules), "module"), c.Root)
		for _, x := range c.Excluded {
			a.say("excluded by %s: %s\n", x.Pattern, phrase.Count(x.Packages, "package"))
		}
		for _, at := range c.Outside {
			a.say("%s names a module outside the work tree: it is not read, and nothing here imports it\n", at)
		}
		for _, at := range c.Ignored {
			a.say("%s ignores a folder: of it is read what is imported\n", at)
		}
		for _, at := range c.Newer {
			a.say("%s asks for a newer Go than this program knows: packages that are new in it look like a third party's\n", at)
		}
	}
}

// unread complains about what was not read. What was is printed all the same, and the status says that it is
// not everything.
func (a *app) unread(gaps []evidence.Gap) {
	for _, g := range gaps {
		text := g.At.String() + ": " + g.Reason
		if g.Fix != "" {
			text += "; " + g.Fix
		}
		a.complain(errors.New(text))
		a.status = StatusNoAnswer
	}
}

func (a *app) observeCommand() *cobra.Command {
	var format string
	cmd := &cobra.Command{
		Use:     "observe",
		Short:   "Print what the code does: the evidence",
		Long:    "Prints the import graph with the line of every import. What was not read gives status 2;\nthe evidence is printed all the same.",
		Example: "  asbuilt observe\n  asbuilt observe --format json",
		Args:    noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := oneOf("format", format, "text", "json"); err != nil {
				return err
			}
			return a.project(cmd, func(w *workspace.Workspace, s *workspace.Snapshot) error {
				if model, err := a.understood(w, s); err != nil || model == nil {
					return err
				}
				graph, err := s.Evidence()
				if err != nil {
					return err
				}
				a.evidence(graph, format)
				a.withoutFlags(s)
				a.unread(graph.Gaps)
				return nil
			})
		},
	}
	cmd.Flags().StringVar(&format, "format", "text", "`how` to print: text or json")
	return cmd
}

func (a *app) evidence(g evidence.Graph, format string) {
	if format == "json" {
		a.out.JSON(struct {
			SchemaVersion int `json:"schema_version"`
			evidence.Graph
		}{1, g})
		return
	}
	for _, e := range g.Edges {
		a.out.Printf("%s -> %s", e.From, e.To)
		if e.Scope != evidence.Code {
			a.out.Printf(" (%s)", string(e.Scope))
		}
		for _, v := range e.Variants {
			a.out.Printf(" [%s]", v)
		}
		if len(e.Witnesses) > 0 {
			a.out.Printf("  %s", e.Witnesses[0].At())
		}
		a.out.Printf("\n")
	}
	a.coverage(g.Coverage)
}
