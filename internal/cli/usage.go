package cli

import (
	"cmp"
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/asbuilt/asbuilt/internal/phrase"
)

// noArguments refuses arguments of a command that takes none, with the next step.
func noArguments(cmd *cobra.Command, args []string) error { return arguments(0, 0)(cmd, args) }

// arguments refuses fewer or more arguments than a command takes, with the next step.
func arguments(least, most int) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		switch {
		case len(args) > most && most == 0:
			return fmt.Errorf("%s takes no argument, and %q is one; see: %s --help", cmd.CommandPath(), args[0], cmd.CommandPath())
		case len(args) > most:
			return fmt.Errorf("%q is an argument too many; it is: %s; see: %s --help", args[most], strings.TrimSuffix(cmd.UseLine(), " [flags]"), cmd.CommandPath())
		case len(args) < least:
			return fmt.Errorf("%s is missing; it is: %s; see: %s --help", missing(cmd, len(args)), strings.TrimSuffix(cmd.UseLine(), " [flags]"), cmd.CommandPath())
		}
		return nil
	}
}

// missing names the first argument that was not written, by the command's usage.
func missing(cmd *cobra.Command, written int) string {
	if words := strings.Fields(cmd.Use); written+1 < len(words) {
		return words[written+1]
	}
	return "an argument"
}

// unknownCommand says what was meant, in one line.
func unknownCommand(parent *cobra.Command, name string) error {
	return fmt.Errorf("there is no command %q; %s", name, cmp.Or(phrase.DidYouMean(name, commandNames(parent)), parent.CommandPath()+" --help lists the commands"))
}

func commandNames(parent *cobra.Command) []string {
	var names []string
	for _, c := range parent.Commands() {
		if !c.Hidden {
			names = append(names, c.Name())
		}
	}
	return names
}

// flagError says what is wrong with a flag in words of the command line, and what was probably meant.
func flagError(cmd *cobra.Command, err error) error {
	see := "see: " + cmd.CommandPath() + " --help"
	var unknown *pflag.NotExistError
	var value *pflag.InvalidValueError
	var bare *pflag.ValueRequiredError
	switch {
	case errors.As(err, &value):
		f := value.GetFlag()
		return fmt.Errorf("--%s=%s: it is %s; %s", f.Name, value.GetValue(), valuesOf(f), see)
	case errors.As(err, &bare):
		return fmt.Errorf("--%s wants a value: %s; %s", bare.GetFlag().Name, valuesOf(bare.GetFlag()), see)
	case errors.As(err, &unknown) && unknown.GetSpecifiedShortnames() == "":
		name := unknown.GetSpecifiedName()
		return fmt.Errorf("unknown flag: --%s; %s", name, hint(cmd, name, see))
	}
	return fmt.Errorf("%w; %s", err, see)
}

// hint says which flag was meant, or which command, where its name was written like a flag.
func hint(cmd *cobra.Command, name, otherwise string) string {
	commands := commandNames(cmd)
	for _, c := range commands {
		if c == name {
			return "did you mean " + cmd.CommandPath() + " " + c + "?"
		}
	}
	var flags []string
	cmd.Flags().VisitAll(func(f *pflag.Flag) {
		if !f.Hidden {
			flags = append(flags, f.Name)
		}
	})
	if near := phrase.Nearest(name, flags); near != "" {
		return "did you mean --" + near + "?"
	}
	if near := phrase.Nearest(name, commands); near != "" {
		return "did you mean " + cmd.CommandPath() + " " + near + "?"
	}
	return otherwise
}

// valuesOf says in a few words what a flag takes.
func valuesOf(f *pflag.Flag) string {
	switch f.Value.Type() {
	case "bool":
		return "true or false"
	case "int":
		return "a number"
	}
	name, _ := pflag.UnquoteUsage(f)
	return name
}

// helpCommand is `help [COMMAND]`, which knows what it does not know.
func helpCommand() *cobra.Command {
	return &cobra.Command{
		Use:     "help [COMMAND]",
		Short:   "Print the help of a command",
		Example: "  asbuilt help check",
		RunE: func(cmd *cobra.Command, args []string) error {
			at := cmd.Root()
			for _, name := range args {
				next, _, err := at.Find([]string{name})
				if err != nil || next == at {
					return unknownCommand(at, name)
				}
				at = next
			}
			return at.Help()
		},
		ValidArgsFunction: func(cmd *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
			if len(args) > 0 {
				return nil, cobra.ShellCompDirectiveNoFileComp
			}
			return commandNames(cmd.Root()), cobra.ShellCompDirectiveNoFileComp
		},
	}
}
