package cli

import (
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"github.com/asbuilt/asbuilt/internal/workspace"
)

// stdinLimit is the most that fmt reads from standard input, in bytes.
const stdinLimit = 2 << 20

// formatting is the fmt command's flags: with either nothing is changed.
type formatting struct{ check, diff bool }

func (a *app) fmtCommand() *cobra.Command {
	var f formatting
	cmd := &cobra.Command{
		Use:     "fmt [-]",
		Short:   "Bring the HCL files into the one form",
		Long:    "Formats the HCL files in place and prints the names of those it changed; with - it formats\nstandard input.",
		Example: "  asbuilt fmt\n  asbuilt fmt --check\n  asbuilt fmt - < shop.arch.hcl",
		Args:    arguments(0, 1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) == 1 {
				if args[0] != "-" {
					return fmt.Errorf("fmt takes no file: it formats the whole architecture (- is standard input)")
				}
				return a.formatStdin(f)
			}
			return a.formatFiles(f)
		},
	}
	cmd.Flags().BoolVar(&f.check, "check", false, "change nothing; status 1 when a file is not in form")
	cmd.Flags().BoolVar(&f.diff, "diff", false, "print what would change, change nothing")
	return cmd
}

func (a *app) formatStdin(how formatting) error {
	data, err := io.ReadAll(io.LimitReader(a.Stdin, stdinLimit+1))
	if err != nil {
		return fmt.Errorf("standard input: %w", err)
	}
	if len(data) > stdinLimit {
		return fmt.Errorf("standard input: over %d bytes", stdinLimit)
	}
	f, told := workspace.FormatText("<stdin>", data)
	if len(told) > 0 {
		workspace.ReportBare(a.err, told)
		a.status = StatusNoAnswer
		return nil
	}
	if how.check || how.diff {
		a.tellFormatted(f, how)
		return nil
	}
	a.out.Bytes(f.After)
	return nil
}

func (a *app) formatFiles(how formatting) error {
	w, err := a.open()
	if err != nil {
		return err
	}
	defer w.Close()
	formatted, told, err := w.Format()
	if err != nil {
		return err
	}
	for _, f := range formatted {
		if f.Changed() && !how.check && !how.diff {
			if err := w.WriteFormatted(f); err != nil {
				return err
			}
		}
		a.tellFormatted(f, how)
	}
	if len(told) > 0 {
		a.noAnswer(w, told)
	}
	return nil
}

// tellFormatted prints the name of a text that was not in the one form, or what is different in it.
func (a *app) tellFormatted(f workspace.Formatted, how formatting) {
	switch {
	case !f.Changed():
		return
	case how.diff:
		a.out.Text(f.Diff())
	default:
		a.out.Printf("%s\n", f.Name)
	}
	if how.check {
		a.status = StatusFindings
	}
}
