package cli

import (
	"cmp"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/asbuilt/asbuilt/internal/console"
	"github.com/asbuilt/asbuilt/internal/phrase"
	"github.com/asbuilt/asbuilt/internal/workspace"
	"github.com/asbuilt/asbuilt/pkg/arch"
)

func (a *app) showCommand() *cobra.Command {
	var format string
	cmd := &cobra.Command{
		Use:     "show [ADDRESS]",
		Short:   "Print the model, or one element of it",
		Long:    "Prints the architecture as it was understood: everything, or one element with its edges.",
		Example: "  asbuilt show\n  asbuilt show component.checkout --format json",
		Args:    arguments(0, 1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.ask(cmd, format, func(_ *workspace.Workspace, s *workspace.Snapshot) error {
				model, _, err := s.Model()
				if err != nil {
					return err
				}
				if len(args) == 1 {
					return a.showElement(model, args[0], format)
				}
				a.showModel(model, format)
				return nil
			})
		},
		ValidArgsFunction: a.completeAddresses,
	}
	flagPlain(cmd, &format)
	return cmd
}

// modelDocument is the model as scripts see it.
type modelDocument struct {
	SchemaVersion int               `json:"schema_version"`
	Architecture  arch.Architecture `json:"architecture"`
	Teams         []*arch.Team      `json:"teams"`
	Elements      []*arch.Element   `json:"elements"`
	Edges         []*arch.Edge      `json:"edges"`
	Observers     []*arch.Observer  `json:"observers"`
	Views         []*arch.View      `json:"views"`
	Styles        []*arch.Style     `json:"styles"`
	Waivers       []*arch.Waiver    `json:"waivers"`
	Moves         []*arch.Move      `json:"moves"`
	Kinds         []*arch.Kind      `json:"kinds"`
	Themes        []*arch.Theme     `json:"themes,omitempty"`
	Rules         []*arch.Rule      `json:"rules"`
	Baseline      *arch.Baseline    `json:"baseline"`
}

func (a *app) showModel(m *arch.Model, format string) {
	if format == "json" {
		a.out.JSON(modelDocument{
			1, m.Architecture, list(m.Teams), list(m.Elements), list(m.Edges), list(m.Observers),
			list(m.Views), list(m.Styles), list(m.Waivers), list(m.Moves), list(m.Kinds), m.Themes, list(m.Rules), m.Baseline,
		})
		return
	}
	if title := cmp.Or(m.Architecture.Title, m.Architecture.Name); title != "" {
		a.out.Styled(console.Bold, "%s", title)
		if m.Architecture.Version != "" {
			a.out.Printf(" %s", m.Architecture.Version)
		}
		a.out.Printf("\n")
	}
	a.showTree(m, "", 1)
	for _, v := range m.Views {
		how := v.Kind
		if v.Auto {
			how += ", auto"
		}
		a.out.Printf("view %q (%s)\n", v.Name, how)
	}
	for _, k := range m.Kinds {
		a.out.Printf("kind.%s of %s\n", k.Name, k.Of)
	}
	for _, r := range m.Rules {
		a.out.Printf("%s (%s)", r.Address(), r.Kind)
		if r.Because != "" {
			a.out.Styled(console.Faint, "  %s", r.Because)
		}
		a.out.Printf("\n")
	}
	if m.Baseline != nil {
		a.out.Printf("baseline %s\n", m.Baseline.File)
	}
	for _, w := range m.Waivers {
		a.out.Printf("waiver.%s until %s: %s\n", w.Name, w.Expires, w.Reason)
	}
}

// list is a slice that JSON never writes as null.
func list[T any](s []T) []T {
	if s == nil {
		return []T{}
	}
	return s
}

func (a *app) showTree(m *arch.Model, parent string, depth int) {
	indent := strings.Repeat("  ", depth)
	for _, e := range m.Children(parent) {
		a.out.Printf("%s", indent)
		a.out.Styled(console.Bold, "%s", e.Address)
		a.out.Printf("  %s", e.Label())
		if e.Owner != "" {
			a.out.Styled(console.Faint, "  %s", e.Owner)
		}
		a.out.Printf("\n")
		for _, edge := range m.EdgesFrom(e.Address) {
			a.out.Styled(console.Faint, "%s  -> %s", indent, edge.To)
			if edge.Label != "" {
				a.out.Styled(console.Faint, "  %s", edge.Label)
			}
			a.out.Printf("\n")
		}
		a.showTree(m, e.Address, depth+1)
	}
}

func (a *app) showElement(m *arch.Model, address, format string) error {
	e := m.Element(address)
	if e == nil {
		return noElement(m, address)
	}
	var in []*arch.Edge
	for _, edge := range m.Edges {
		if edge.To == address {
			in = append(in, edge)
		}
	}
	if format == "json" {
		a.out.JSON(struct {
			SchemaVersion int           `json:"schema_version"`
			Element       *arch.Element `json:"element"`
			Outgoing      []*arch.Edge  `json:"outgoing"`
			Incoming      []*arch.Edge  `json:"incoming"`
		}{1, e, list(m.EdgesFrom(address)), list(in)})
		return nil
	}
	row := func(name, value string) {
		if value != "" {
			a.out.Styled(console.Faint, "%-12s", name)
			a.out.Printf(" %s\n", value)
		}
	}
	a.out.Styled(console.Bold, "%s\n", e.Address)
	row("kind", e.Kind)
	row("title", e.Title)
	row("description", e.Description)
	row("technology", e.Technology)
	row("in", e.Parent)
	row("owner", e.Owner)
	row("tags", strings.Join(e.Tags, ", "))
	row("status", string(e.Status))
	row("declared at", e.At.String())
	if e.Code != nil {
		for _, p := range e.Code.Go {
			row("code", p.Text)
		}
		for _, p := range e.Code.Nodes {
			row("code", p.Text)
		}
		row("exposes", allowed(e.Code.Exposes))
		row("modules", allowed(e.Code.Modules))
	}
	for _, edge := range m.EdgesFrom(address) {
		row("uses", strings.TrimSpace(edge.To+"  "+edge.Label))
	}
	for _, edge := range in {
		row("used by", strings.TrimSpace(edge.From+"  "+edge.Label))
	}
	return nil
}

// allowed writes what a list of patterns allows; "" when everything is.
func allowed(p *arch.Patterns) string {
	switch {
	case p == nil:
		return ""
	case len(p.List) == 0:
		return "none"
	}
	texts := make([]string, len(p.List))
	for i, x := range p.List {
		texts[i] = x.Text
	}
	return strings.Join(texts, ", ")
}

func noElement(m *arch.Model, address string) error {
	for _, move := range m.Moves {
		if move.From == address {
			return fmt.Errorf("%s is now %s", address, move.To)
		}
	}
	return fmt.Errorf("there is no element %s; %s", address, cmp.Or(phrase.DidYouMean(address, workspace.Addresses(m)), "asbuilt show lists them"))
}

func (a *app) completeAddresses(cmd *cobra.Command, _ []string, _ string) ([]string, cobra.ShellCompDirective) {
	return a.complete(cmd, workspace.Addresses)
}

// complete offers words of the model; none where it cannot be read.
func (a *app) complete(cmd *cobra.Command, words func(*arch.Model) []string) ([]string, cobra.ShellCompDirective) {
	w, err := a.open()
	if err != nil {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	defer w.Close()
	model, _, err := w.Snapshot(cmd.Context()).Model()
	if err != nil || model == nil {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	return words(model), cobra.ShellCompDirectiveNoFileComp
}
