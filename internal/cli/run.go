// Package cli is the command line: flags in, exit status out, one file a command.
package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"time"

	"github.com/spf13/cobra"

	"github.com/asbuilt/asbuilt/internal/console"
	"github.com/asbuilt/asbuilt/internal/phrase"
	"github.com/asbuilt/asbuilt/internal/process"
	"github.com/asbuilt/asbuilt/internal/workspace"
	"github.com/asbuilt/asbuilt/pkg/finding"
)

// Exit statuses.
const (
	StatusOK       = 0 // nothing to say
	StatusFindings = 1 // findings at or above --fail-on
	StatusNoAnswer = 2 // could not judge: usage, configuration, unreadable input, a limit, a crash
)

// System is what a run gets from the operating system.
type System struct {
	Args           []string // without the program's name
	Stdin          io.Reader
	Stdout, Stderr io.Writer
	Getenv         func(string) string
	Dir            func() (string, error)
	Now            func() time.Time
	Executable     func() (string, error)
	Terminal       func(io.Writer) bool
	Keep           func(crash []byte) (file string, err error) // where the report of a crash goes
}

// OS is the real system.
func OS() System {
	return System{
		Args: os.Args[1:], Stdin: os.Stdin, Stdout: os.Stdout, Stderr: os.Stderr,
		Getenv: os.Getenv, Dir: os.Getwd, Now: time.Now, Executable: os.Executable,
		Terminal: func(w io.Writer) bool {
			f, ok := w.(*os.File)
			if !ok {
				return false
			}
			info, err := f.Stat()
			return err == nil && info.Mode()&os.ModeCharDevice != 0
		},
		Keep: workspace.KeepCrash,
	}
}

// app is one run of the program.
type app struct {
	System
	flags    flags
	out, err *console.Printer
	status   int
	endless  *atomic.Bool // an interrupt is how the command ends: it has status 0
}

// flags are those of every command.
type flags struct {
	dir     string
	code    string
	vars    []string
	today   string
	color   string
	quiet   bool
	verbose bool
	jobs    int
	timeout time.Duration
}

// perform runs one command line to its end.
func perform(ctx context.Context, s System, endless *atomic.Bool) (status int) {
	a := &app{System: s, endless: endless}
	a.out, a.err = console.NewPrinter(s.Stdout, false), console.NewPrinter(s.Stderr, false)
	defer func() {
		if r := recover(); r != nil {
			a.crashed(r)
			status = StatusNoAnswer
		}
	}()
	began := s.Now()
	defer a.tuneCollector()()
	root := a.root()
	root.SetArgs(s.Args)
	if err := root.ExecuteContext(ctx); err != nil {
		if ctx.Err() != nil && endless.Load() {
			return StatusOK
		}
		if ctx.Err() != nil {
			err = errInterrupted
		}
		a.complain(err)
		return StatusNoAnswer
	}
	if err := a.out.Err(); err != nil {
		a.complain(fmt.Errorf("writing the output: %w", err))
		return StatusNoAnswer
	}
	if a.flags.verbose {
		a.say("took %s\n", s.Now().Sub(began).Round(time.Millisecond).String())
	}
	return a.status
}

// complain says what is wrong with the run, a line an error.
func (a *app) complain(err error) {
	var many interface{ Unwrap() []error }
	if errors.As(err, &many) {
		for _, e := range many.Unwrap() {
			a.complain(e)
		}
		return
	}
	a.err.Styled(console.Error, "asbuilt:")
	a.err.Printf(" %s\n", err)
}

// say tells about the run itself, on standard error, unless --quiet.
func (a *app) say(format string, args ...any) {
	if !a.flags.quiet {
		a.err.Printf(format, args...)
	}
}

func (a *app) root() *cobra.Command {
	root := &cobra.Command{
		Use:           "asbuilt",
		Short:         "Architecture as code that cannot drift",
		Long:          "Declare components and APIs in *.arch.hcl, draw them, and fail when the code says otherwise.",
		Example:       "  asbuilt init      propose an architecture for the code here\n  asbuilt check     compare it with the imports\n  asbuilt render    draw it",
		Args:          cobra.ArbitraryArgs,
		SilenceErrors: true, SilenceUsage: true,
		PersistentPreRunE: func(cmd *cobra.Command, _ []string) error {
			if err := errors.Join(a.fromEnvironment(cmd), a.limitJobs()); err != nil {
				return err
			}
			return a.prepare()
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 {
				return cmd.Help()
			}
			return unknownCommand(cmd, args[0])
		},
	}
	root.CompletionOptions.DisableDefaultCmd = true
	root.SetOut(output{func() *console.Printer { return a.out }})
	root.SetErr(output{func() *console.Printer { return a.err }})
	root.Version = versionLine()
	root.SetVersionTemplate("{{.Version}}\n")
	root.SetFlagErrorFunc(flagError)
	root.SetUsageTemplate(usageTemplate)
	root.SetHelpTemplate(helpTemplate)
	f := root.PersistentFlags()
	f.StringVarP(&a.flags.dir, "chdir", "C", "", "work in this `folder`; applied first")
	f.StringVar(&a.flags.code, "code", "", "observe the code of this `folder`")
	f.StringArrayVar(&a.flags.vars, "var", nil, "set a variable: `NAME=VALUE`; repeatable")
	f.StringVar(&a.flags.today, "today", "", "the `date` for waivers, YYYY-MM-DD (default: UTC now)")
	f.IntVar(&a.flags.jobs, "jobs", 0, "do at most `n` things at a time (default: one a processor)")
	f.StringVar(&a.flags.color, "color", "auto", "`when` to colour: auto, always or never")
	f.BoolVarP(&a.flags.quiet, "quiet", "q", false, "say less on standard error")
	f.BoolVarP(&a.flags.verbose, "verbose", "v", false, "say more: notes, what was read")
	root.AddCommand(a.initCommand(), a.importCommand(), a.fmtCommand(), a.validateCommand(), a.checkCommand(), a.adoptCommand(), a.debtCommand(), a.renderCommand(), a.watchCommand(), a.serveCommand(),
		a.observeCommand(), a.showCommand(), a.proveCommand(), a.whyCommand(), a.statsCommand(), a.explainCommand(), a.versionCommand(), a.completionCommand(),
		a.cacheCommand(), a.manCommand(), a.layoutWorkerCommand())
	root.SetHelpCommand(helpCommand())
	fold(root)
	return root
}

// output hands what the library prints to a printer as it is set up by then. It never fails: whether the printer
// did is asked at the end of the run.
type output struct{ to func() *console.Printer }

func (o output) Write(b []byte) (int, error) {
	o.to().Text(string(b))
	return len(b), nil
}

const (
	helpTemplate = `{{with .Example}}{{.}}

{{end}}{{with (or .Long .Short)}}{{. | trimTrailingWhitespaces}}

{{end}}{{if or .Runnable .HasSubCommands}}{{.UsageString}}{{end}}`
	usageTemplate = `Usage:
  {{if .HasAvailableSubCommands}}{{.CommandPath}} COMMAND [flags]{{else}}{{.UseLine}}{{end}}
{{if .HasAvailableSubCommands}}
Commands:{{range .Commands}}{{if .IsAvailableCommand}}
  {{rpad .Name .NamePadding}} {{.Short}}{{end}}{{end}}
{{end}}{{if .HasAvailableLocalFlags}}
Flags:
{{.LocalFlags.FlagUsagesWrapped 80 | trimTrailingWhitespaces}}
{{end}}{{if .HasAvailableInheritedFlags}}
Flags of every command:
{{.InheritedFlags.FlagUsagesWrapped 80 | trimTrailingWhitespaces}}
{{end}}
Environment: ASBUILT_FAIL_ON=warning stands for --fail-on=warning; likewise for
code, color, jobs, out, quiet, today and verbose.
Exit status: 0 nothing to say, 1 findings, 2 could not judge.
`
)

// prepare looks at the flags of every command, before the command runs.
func (a *app) prepare() error {
	on := func(w io.Writer) bool {
		return a.Terminal(w) && a.Getenv("NO_COLOR") == "" && a.Getenv("TERM") != "dumb"
	}
	switch a.flags.color {
	case "always":
		on = func(io.Writer) bool { return true }
	case "never":
		on = func(io.Writer) bool { return false }
	case "auto":
		if a.Getenv("FORCE_COLOR") != "" && a.Getenv("NO_COLOR") == "" {
			on = func(io.Writer) bool { return true }
		}
	default:
		return fmt.Errorf("--color=%s: it is auto, always or never", a.flags.color)
	}
	a.out, a.err = console.NewPrinter(a.Stdout, on(a.Stdout)), console.NewPrinter(a.Stderr, on(a.Stderr))
	return nil
}

// env is what the flags say about the project.
func (a *app) env() (workspace.Env, error) {
	dir, err := a.Dir()
	if err != nil {
		return workspace.Env{}, err
	}
	if a.flags.dir != "" {
		if !filepath.IsAbs(a.flags.dir) {
			a.flags.dir = filepath.Join(dir, a.flags.dir)
		}
		dir = filepath.Clean(a.flags.dir)
		if info, err := os.Stat(dir); err != nil || !info.IsDir() {
			return workspace.Env{}, fmt.Errorf("-C: there is no folder %s", filepath.Base(dir))
		}
	}
	if real, err := filepath.EvalSymlinks(dir); err == nil { // through a link, the work tree around it would not be seen
		dir = real
	}
	today, err := a.todayDate()
	if err != nil {
		return workspace.Env{}, err
	}
	if a.flags.timeout < 0 {
		return workspace.Env{}, fmt.Errorf("--timeout=%s: it is how long a layout may take, such as 2m", a.flags.timeout)
	}
	vars, err := parseVars(a.flags.vars)
	return workspace.Env{
		Dir: dir, Code: a.flags.code, Vars: vars, Today: today, Version: buildVersion(),
		Driver: a.Getenv("GOPACKAGESDRIVER"), Worker: a.worker,
		Timeout: a.flags.timeout,
	}, err
}

// open finds the project.
func (a *app) open() (*workspace.Workspace, error) {
	env, err := a.env()
	if err != nil {
		return nil, err
	}
	w, err := workspace.Open(env)
	if err != nil {
		return nil, err
	}
	if a.flags.verbose {
		a.say("architecture: %s\n", w.Where())
	}
	for _, folder := range w.Unread() {
		a.say("the architecture in %s is not read: the one in %s comes before it\n", folder, w.Where())
	}
	return w, nil
}

// worker starts this program again as a layout worker.
func (a *app) worker() (process.Command, error) {
	self, err := a.Executable()
	return process.Command{Path: self, Args: []string{workerName}, Keep: []string{"XDG_CACHE_HOME", "ASBUILT_TEST_MAIN"}}, err
}

func (a *app) todayDate() (time.Time, error) {
	text := a.flags.today
	if text == "" {
		return a.Now().UTC(), nil
	}
	day, err := time.Parse(time.DateOnly, text)
	if err != nil {
		return time.Time{}, fmt.Errorf("--today %q is no day; one is written YYYY-MM-DD, such as 2027-01-31", text)
	}
	return day, nil
}

func parseVars(list []string) (map[string]string, error) {
	vars := map[string]string{}
	for _, v := range list {
		name, value, ok := strings.Cut(v, "=")
		if !ok || name == "" {
			return nil, fmt.Errorf("--var %q: it is written NAME=VALUE", v)
		}
		vars[name] = value
	}
	return vars, nil
}

// oneOf checks the value of a flag against the values it may have.
func oneOf(flag, value string, allowed ...string) error {
	for _, v := range allowed {
		if v == value {
			return nil
		}
	}
	if near := phrase.Nearest(value, allowed); near != "" {
		return fmt.Errorf("--%s=%s: did you mean %s? It is one of %s", flag, value, near, strings.Join(allowed, ", "))
	}
	return fmt.Errorf("--%s=%s: it is one of %s", flag, value, strings.Join(allowed, ", "))
}

// failOn turns the flag into a severity; "never" is none.
func failOn(value string) (finding.Severity, error) {
	if err := oneOf("fail-on", value, "error", "warning", "note", "never"); err != nil {
		return "", err
	}
	return finding.Severity(value), nil
}
