package cli

import (
	"strings"

	"github.com/spf13/cobra"

	"github.com/asbuilt/asbuilt/internal/console"
	"github.com/asbuilt/asbuilt/internal/phrase"
	"github.com/asbuilt/asbuilt/internal/workspace"
)

func (a *app) whyCommand() *cobra.Command {
	var format string
	cmd := &cobra.Command{
		Use:   "why FROM TO",
		Short: "Say whether and how one part uses another",
		Long: "Prints whether FROM may use TO and by which line, all shortest ways between them in the\n" +
			"code with the line of every import, and the weakest step: what removing it would cut.\n" +
			"FROM and TO are elements (component.checkout) or packages (an import path, or ./folder).\n" +
			"It answers and judges nothing: status 0 whether FROM may or not, 2 where not all was read.",
		Example: "  asbuilt why component.checkout component.ledger\n  asbuilt why ./cmd/shop ./pkg/money --format json",
		Args:    arguments(2, 2),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.askCode(cmd, format, func(_ *workspace.Workspace, s *workspace.Snapshot) error {
				why, err := s.Why(args[0], args[1])
				if err != nil {
					return err
				}
				if format == "json" {
					a.out.JSON(struct {
						SchemaVersion int `json:"schema_version"`
						workspace.Why
					}{1, why})
					return nil
				}
				a.why(why)
				return nil
			})
		},
		ValidArgsFunction: a.completeAddresses,
	}
	flagPlain(cmd, &format)
	return cmd
}

func (a *app) why(w workspace.Why) {
	if !w.Declared {
		a.out.Printf("%s does not declare that it uses %s\n", w.From, w.To)
	}
	for _, d := range w.By {
		a.out.Printf("declared: %s uses %s", d.From, d.To)
		a.out.Styled(console.Faint, "  %s\n", d.At)
	}
	for _, b := range w.Breaks {
		a.out.Styled(console.Error, "against %s", b.Rule)
		a.out.Printf(": %s", b.Message)
		a.out.Styled(console.Faint, "  %s\n", b.At)
	}
	for _, v := range w.Verdicts {
		style := console.Good
		switch v.Verdict {
		case "divergence":
			style = console.Error
		case "absence", "unknown":
			style = console.Warning
		}
		a.out.Styled(style, "%s", v.Verdict)
		a.out.Printf(" (%s): %s to %s, %s\n", v.Reason, v.From, v.To, phrase.Count(v.Imports, "use"))
	}
	if len(w.Paths) == 0 {
		a.out.Printf("no way leads from %s to %s in the code\n", w.From, w.To)
		return
	}
	more := ""
	if w.MorePaths {
		more = ", and there are more"
	}
	a.out.Printf("%s of %s%s\n", phrase.Count(len(w.Paths), "shortest way"), phrase.Count(len(w.Paths[0]), "step"), more)
	for i, p := range w.Paths {
		a.out.Styled(console.Faint, "%3d  ", i+1)
		a.out.Printf("%s\n", bare(p[0].From))
		for _, h := range p {
			a.out.Printf("     -> %s", bare(h.To))
			a.witness(h)
		}
	}
	a.weakest(w)
}

// bare is a package's import path; a node of another world keeps its world.
func bare(id string) string { return strings.TrimPrefix(id, "go:") }

func (a *app) witness(h workspace.Hop) {
	if len(h.Witnesses) > 0 {
		a.out.Styled(console.Faint, "  %s", h.Witnesses[0].At())
	}
	if n := len(h.Witnesses); n > 1 {
		a.out.Styled(console.Faint, " and %d more", n-1)
	}
	if len(h.Variants) > 0 {
		a.out.Styled(console.Faint, "  only under %s", strings.Join(h.Variants, " or "))
	}
	a.out.Printf("\n")
}

// mostCuts is how many pairs of elements the text names.
const mostCuts = 10

func (a *app) weakest(w workspace.Why) {
	a.out.Styled(console.Bold, "weakest")
	a.out.Printf(": %s -> %s, %s", bare(w.Weakest.From), bare(w.Weakest.To), phrase.Count(len(w.Weakest.Witnesses), "line"))
	if !w.Weakest.Separates {
		a.out.Printf("; other ways remain without it\n")
		return
	}
	a.out.Printf("; without it nothing leads from %s to %s\n", w.From, w.To)
	for i, p := range w.Weakest.Cuts {
		if i == mostCuts {
			a.out.Printf("  … %d more: --format json lists all\n", len(w.Weakest.Cuts)-mostCuts)
			break
		}
		a.out.Printf("  it cuts %s from %s\n", p.From, p.To)
	}
}
