package cli

import (
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/asbuilt/asbuilt/internal/console"
	"github.com/asbuilt/asbuilt/internal/phrase"
	"github.com/asbuilt/asbuilt/internal/workspace"
)

func (a *app) statsCommand() *cobra.Command {
	var format string
	cmd := &cobra.Command{
		Use:   "stats",
		Short: "Count how the architecture is built",
		Long: "Counts elements, the uses that are allowed against those that are possible, how much of the\n" +
			"code belongs to an element; and for each element who uses it, what it uses, how unstable\n" +
			"that makes it (R. C. Martin), and on which floor it stands: 0 uses no other.",
		Example: "  asbuilt stats\n  asbuilt stats --format json",
		Args:    noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return a.askCode(cmd, format, func(_ *workspace.Workspace, s *workspace.Snapshot) error {
				stats, err := s.Stats()
				if err != nil {
					return err
				}
				if format == "json" {
					a.out.JSON(struct {
						SchemaVersion int `json:"schema_version"`
						workspace.Stats
					}{1, stats})
					return nil
				}
				a.stats(stats)
				return nil
			})
		},
	}
	flagPlain(cmd, &format)
	return cmd
}

func (a *app) stats(s workspace.Stats) {
	row := func(name, format string, args ...any) {
		a.out.Styled(console.Faint, "%-10s", name)
		a.out.Printf(format+"\n", args...)
	}
	var types []string
	for t := range s.Elements {
		types = append(types, t)
	}
	slices.Sort(types)
	for i, t := range types {
		types[i] = phrase.Count(s.Elements[t], t)
	}
	row("elements", "%s", strings.Join(types, ", "))
	e, p := s.Edges, s.Packages
	row("edges", "%d declared, %d of them absent; of %d possible uses %d are allowed, %d happen, %d undeclared",
		e.Declared, e.Absent, e.Possible, e.Allowed, e.Used, e.Undeclared)
	row("packages", "%d of %d belong to an element%s; %s, %d generated", p.Owned, p.Read, percent(p.Owned, p.Read), phrase.Count(p.Files, "file"), p.Generated)
	row("floors", "%d", s.Floors)
	for _, c := range s.Cycles {
		row("cycle", "%s", strings.Join(c, ", "))
	}
	if len(s.Parts) == 0 {
		return
	}
	width := len("element")
	for _, part := range s.Parts {
		width = max(width, console.Width(part.Element))
	}
	a.out.Styled(console.Faint, "\nfloor  %-*s  packages  in  out  instability\n", width, "element")
	for _, part := range workspace.ByFloor(s.Parts) {
		a.out.Printf("%5d  %s%s  %8d %3d  %3d  %11.2f", part.Floor, part.Element, strings.Repeat(" ", width-console.Width(part.Element)),
			part.Packages, part.FanIn, part.FanOut, part.Instability)
		if part.Cyclic {
			a.out.Styled(console.Warning, "  in a cycle")
		}
		a.out.Printf("\n")
	}
}

func percent(part, whole int) string {
	if whole == 0 {
		return ""
	}
	return fmt.Sprintf(" (%.0f %%)", 100*float64(part)/float64(whole))
}
