package cli

import (
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// manCommand writes the manual page of asbuilt for who packages it: asbuilt(1), all commands on one page.
func (a *app) manCommand() *cobra.Command {
	return &cobra.Command{
		Use:     "man",
		Short:   "Print the manual page, in roff",
		Example: "  asbuilt man > asbuilt.1",
		Hidden:  true,
		Args:    noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error {
			a.out.Bytes([]byte(manual(cmd.Root())))
			return nil
		},
	}
}

// page writes roff with the macros of man(7).
type page struct{ strings.Builder }

func manual(root *cobra.Command) string {
	p := &page{}
	p.macro("TH", "ASBUILT", "1", "", "asbuilt", "")
	p.macro("SH", "NAME")
	p.text("asbuilt - " + root.Short)
	p.macro("SH", "SYNOPSIS")
	p.text("asbuilt COMMAND [flags]")
	p.macro("SH", "DESCRIPTION")
	p.text(root.Long)
	p.macro("SH", "COMMANDS")
	for _, c := range root.Commands() {
		p.command(c)
	}
	p.macro("SH", "FLAGS OF EVERY COMMAND")
	p.flags(root.PersistentFlags())
	p.macro("SH", "ENVIRONMENT")
	for _, name := range settings() {
		p.macro("TP")
		p.text(variableOf(name))
		p.text("stands for --" + name + " where that is not written")
	}
	p.macro("SH", "EXIT STATUS")
	for _, s := range [][2]string{{"0", "nothing to say"}, {"1", "findings"}, {"2", "could not judge"}} {
		p.macro("TP")
		p.text(s[0])
		p.text(s[1])
	}
	return p.String()
}

func (p *page) command(c *cobra.Command) {
	if c.Hidden || c.Name() == "help" {
		return
	}
	p.macro("SS", strings.TrimSuffix(c.UseLine(), " [flags]"))
	p.text(firstOf(c.Long, c.Short))
	p.macro("PP")
	p.macro("nf")
	p.text(c.Example)
	p.macro("fi")
	p.flags(c.LocalNonPersistentFlags())
	for _, sub := range c.Commands() {
		p.command(sub)
	}
}

func firstOf(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

func (p *page) flags(set *pflag.FlagSet) {
	set.VisitAll(func(f *pflag.Flag) {
		if f.Hidden || f.Name == "help" {
			return
		}
		value, usage := pflag.UnquoteUsage(f)
		name := "--" + f.Name
		if f.Shorthand != "" {
			name = "-" + f.Shorthand + ", " + name
		}
		if value != "" {
			name += " " + value
		}
		p.macro("TP")
		p.text(name)
		p.text(usage)
	})
}

func (p *page) macro(name string, args ...string) {
	p.WriteString("." + name)
	for _, a := range args {
		p.WriteString(` "` + escaped(strings.ReplaceAll(a, `"`, `""`)) + `"`)
	}
	p.WriteByte('\n')
}

func (p *page) text(s string) {
	for line := range strings.Lines(s) {
		line = escaped(strings.TrimRight(line, "\n"))
		if strings.HasPrefix(line, ".") || strings.HasPrefix(line, "'") {
			line = `\&` + line // else it would be a macro
		}
		p.WriteString(line + "\n")
	}
}

func escaped(s string) string {
	return strings.NewReplacer(`\`, `\e`, "-", `\-`).Replace(s)
}
