package cli

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/asbuilt/asbuilt/internal/console"
	"github.com/asbuilt/asbuilt/internal/workspace"
	"github.com/asbuilt/asbuilt/pkg/arch"
	"github.com/asbuilt/asbuilt/pkg/finding"
)

// reporting is the flags of a command that ends in findings.
type reporting struct {
	format  string           // on standard output
	outputs []string         // FORMAT=FILE
	part    *finding.Part    // what the findings are a part of; nil: they are all
	against *finding.Against // what the findings are held against; nil: the project alone
}

// flag adds --format and --output to a command.
func (r *reporting) flag(cmd *cobra.Command) {
	names := formatNames()
	cmd.Flags().StringVar(&r.format, "format", names[0], "`how` to report: "+strings.Join(names, ", "))
	offerFormats(cmd, "format", cobra.ShellCompDirectiveNoFileComp, func(f string) string { return f })
	r.flagOutput(cmd)
}

// flagOutput adds --output alone: standard output has the text.
func (r *reporting) flagOutput(cmd *cobra.Command) {
	if r.format == "" {
		r.format = formatNames()[0]
	}
	cmd.Flags().StringArrayVarP(&r.outputs, "output", "o", nil, "write a report to a file, too: `FORMAT=FILE`; repeatable; a FILE of - is standard output, in place of --format")
	offerFormats(cmd, "output", cobra.ShellCompDirectiveNoSpace, func(f string) string { return f + "=" })
}

// offerFormats offers the formats for a flag, each with what it is for.
func offerFormats(cmd *cobra.Command, flag string, directive cobra.ShellCompDirective, word func(string) string) {
	var words []string
	for _, f := range workspace.ReportFormats() {
		words = append(words, word(f.Name)+"\t"+f.About)
	}
	err := cmd.RegisterFlagCompletionFunc(flag, func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
		return words, directive
	})
	if err != nil {
		panic(err) // the flag was added a line before
	}
}

func formatNames() []string {
	var names []string
	for _, f := range workspace.ReportFormats() {
		names = append(names, f.Name)
	}
	return names
}

// sink is where one report goes.
type sink struct {
	format string
	file   *workspace.ReportFile // nil: standard output
}

// sinks are all reports of a run. Whatever is wrong with one is said before anything is read or written.
type sinks []sink

func (s sinks) close() {
	for _, each := range s {
		if each.file != nil {
			each.file.Close()
		}
	}
}

// open looks at the flags and at the places of the files.
func (r *reporting) open(a *app, cmd *cobra.Command) (_ sinks, err error) {
	if err := oneOf("format", r.format, formatNames()...); err != nil {
		return nil, err
	}
	env, err := a.env()
	if err != nil {
		return nil, err
	}
	out := sinks{{format: r.format}}
	taken := cmd.Flags().Changed("format") && len(r.outputs) > 0
	defer func() {
		if err != nil {
			out.close()
		}
	}()
	for _, text := range r.outputs {
		format, name, ok := strings.Cut(text, "=")
		if !ok || name == "" {
			return nil, fmt.Errorf("--output %q: it is written FORMAT=FILE", text)
		}
		if err := oneOf("output", format, formatNames()...); err != nil {
			return nil, err
		}
		if name == "-" {
			if taken {
				return nil, fmt.Errorf("--output %s: standard output has a report already", text)
			}
			out[0].format, taken = format, true
			continue
		}
		file, err := workspace.OpenReportFile(env.Dir, name)
		if err != nil {
			return nil, fmt.Errorf("--output %w", err)
		}
		for _, other := range out[1:] {
			if file.Is(other.file) {
				file.Close()
				return nil, fmt.Errorf("--output %s: the file has a report already", text)
			}
		}
		out = append(out, sink{format, file})
	}
	return out, nil
}

// judge runs a command that ends in findings: they go to every report, also when there is no verdict, and then
// decide the exit status.
func (a *app) judge(cmd *cobra.Command, r *reporting, failOn finding.Severity, find func(*workspace.Snapshot) ([]finding.Finding, error)) error {
	to, err := r.open(a, cmd)
	if err != nil {
		return err
	}
	defer to.close()
	w, err := a.open()
	if err != nil {
		return errors.Join(err, a.deliver(cmd.Context(), to, func(p *console.Printer, format string) {
			workspace.ReportUnopened(p, buildVersion(), workspace.Telling{Format: format, Failure: err.Error()})
		}))
	}
	defer w.Close()
	s := w.Snapshot(cmd.Context())
	findings, err := find(s)
	if required := s.Untested(); required != "" && a.flags.verbose {
		a.say("this is a development build, which satisfies required_version %s\n", required)
	}
	how := workspace.Telling{Verbose: a.flags.verbose || failOn == finding.Note, Against: r.against, Part: r.part} // what fails is shown
	if err != nil {
		how.Failure = err.Error()
	}
	if err := errors.Join(err, a.deliver(cmd.Context(), to, telling(w, findings, how))); err != nil {
		return err
	}
	if r.part != nil && !workspace.SaysLeftOut(to[0].format) { // whatever --quiet says
		workspace.ReportLeftOut(a.err, r.part)
	}
	a.status = workspace.Status(findings, failOn)
	return nil
}

// telling writes findings in a format.
func telling(w *workspace.Workspace, findings []finding.Finding, how workspace.Telling) func(*console.Printer, string) {
	return func(p *console.Printer, format string) {
		how.Format = format
		w.Report(p, findings, how)
	}
}

// deliver writes every report, files first: whoever reads standard output may go away before its end. A run that was
// interrupted writes none.
func (a *app) deliver(ctx context.Context, to sinks, tell func(p *console.Printer, format string)) error {
	var failed []error
	for _, s := range to {
		if s.file == nil {
			continue
		}
		var text bytes.Buffer
		tell(console.NewPrinter(&text, false), s.format)
		if err := ctx.Err(); err != nil {
			return err
		}
		failed = append(failed, s.file.Write(text.Bytes()))
	}
	for _, s := range to {
		if s.file == nil && ctx.Err() == nil {
			tell(a.out, s.format)
		}
	}
	return errors.Join(append(failed, ctx.Err())...)
}

// project runs a command on the project around the working folder.
func (a *app) project(cmd *cobra.Command, do func(*workspace.Workspace, *workspace.Snapshot) error) error {
	w, err := a.open()
	if err != nil {
		return err
	}
	defer w.Close()
	return do(w, w.Snapshot(cmd.Context()))
}

// understood is the model for commands that print or draw it. It is nil when the text is broken, which is said on
// standard error and is status 2.
func (a *app) understood(w *workspace.Workspace, s *workspace.Snapshot) (*arch.Model, error) {
	model, told, err := s.Model()
	if err != nil {
		return nil, err
	}
	if workspace.Broken(told) {
		a.noAnswer(w, told)
		return nil, nil
	}
	return model, nil
}

// noAnswer says why there is no answer: findings of a project that could not be judged, or not be read.
func (a *app) noAnswer(w *workspace.Workspace, why []finding.Finding) {
	w.ReportText(a.err, why, a.flags.verbose)
	a.status = StatusNoAnswer
}

// plainFormats are those of a command that prints what it knows, not findings.
var plainFormats = []string{"text", "json"}

// flagPlain adds --format to such a command.
func flagPlain(cmd *cobra.Command, format *string) {
	cmd.Flags().StringVar(format, "format", plainFormats[0], "`how` to print: text or json")
}

// ask runs such a command on a project whose text is understood.
func (a *app) ask(cmd *cobra.Command, format string, do func(*workspace.Workspace, *workspace.Snapshot) error) error {
	if err := oneOf("format", format, plainFormats...); err != nil {
		return err
	}
	return a.project(cmd, func(w *workspace.Workspace, s *workspace.Snapshot) error {
		model, err := a.understood(w, s)
		if err != nil || model == nil {
			return err
		}
		return do(w, s)
	})
}

// askCode runs such a command on what the code does. An answer from half of it is no answer.
func (a *app) askCode(cmd *cobra.Command, format string, do func(*workspace.Workspace, *workspace.Snapshot) error) error {
	return a.ask(cmd, format, func(w *workspace.Workspace, s *workspace.Snapshot) error {
		graph, err := s.Evidence()
		if err != nil {
			return err
		}
		if err := do(w, s); err != nil {
			return err
		}
		a.unread(graph.Gaps)
		return nil
	})
}
