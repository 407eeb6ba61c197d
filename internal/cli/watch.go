package cli

import (
	"context"
	"fmt"
	"reflect"
	"strings"
	"sync"
	"time"

	"github.com/spf13/cobra"

	"github.com/asbuilt/asbuilt/internal/phrase"
	"github.com/asbuilt/asbuilt/internal/workspace"
	"github.com/asbuilt/asbuilt/pkg/finding"
)

func (a *app) watchCommand() *cobra.Command {
	var how workspace.Watching
	var line string
	cmd := &cobra.Command{
		Use:   "watch",
		Short: "Draw the views again on every save",
		Long: "Draws the views, and again whenever the HCL, or the code that they show, is saved. What is\n" +
			"broken is said, and the last good pictures stay. A line that begins with \"watching\" says that\n" +
			"it is ready, one that begins with \"built\" what a build has written. An interrupt ends it, with\n" +
			"status 0.",
		Example: "  asbuilt watch\n  asbuilt watch --check\n  asbuilt watch --out site --exec \"make reload\"",
		Args:    noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := products(how.Formats, how.Scale); err != nil {
				return err
			}
			words, err := split(line)
			if err != nil {
				return fmt.Errorf("--exec: %w", err)
			}
			return a.watch(cmd.Context(), how, words)
		},
	}
	f := cmd.Flags()
	f.StringVar(&how.Out, "out", "", "the `folder` to write to")
	flagProducts(f, &how.Formats, &how.Scale)
	a.flagTimeout(f)
	f.BoolVar(&how.Check, "check", false, "print the findings after each build, too")
	f.StringVar(&line, "exec", "", "a `command` to run after each build that wrote something;\nno shell reads it")
	return cmd
}

func (a *app) watch(ctx context.Context, how workspace.Watching, command []string) error {
	a.endless.Store(true)
	env, err := a.env()
	if err != nil {
		return err
	}
	w, err := a.open()
	if err != nil {
		return err
	}
	defer w.Close()
	var mu sync.Mutex // of the printers: the command's words come when they come
	after := &errand{ctx: ctx, words: command, dir: env.Dir, mu: &mu, app: a}
	defer after.wait()
	told := &account{app: a, check: how.Check}
	locked := func(say func()) {
		mu.Lock()
		defer mu.Unlock()
		say()
	}
	how.Now = a.Now
	if a.flags.today == "" {
		how.Today = func() time.Time { return a.Now().UTC() }
	}
	how.Ready = func(folders int) {
		locked(func() { a.out.Printf("watching %s: %s\n", w.Where(), phrase.Count(folders, "folder")) })
	}
	how.Say = func(what string) { locked(func() { a.err.Printf("watch: %s\n", what) }) }
	how.Built = func(b workspace.Build) {
		locked(func() { told.build(w, b) })
		if b.Err == nil && len(b.Written) > 0 {
			after.run()
		}
	}
	return w.Watch(ctx, how)
}

// account is what was said of builds.
type account struct {
	*app
	check bool
	last  []finding.Finding // that were printed
}

// findings says on standard error what a build found: all of it, unless it is that of the build before.
func (a *account) findings(w *workspace.Workspace, b workspace.Build) (findings []finding.Finding) {
	findings = b.Findings
	if !a.check && !b.Broken {
		findings = b.Told
	}
	switch {
	case len(findings) == 0:
	case reflect.DeepEqual(findings, a.last):
		a.say("findings as before\n")
	default:
		w.ReportText(a.err, findings, a.flags.verbose)
	}
	a.last = findings
	for _, note := range b.Notes {
		a.say("%s\n", note)
	}
	for _, err := range []error{b.Err, b.Unjudged} {
		if err != nil {
			a.complain(err)
		}
	}
	return findings
}

// build says what a build came to: what it found, and one line on standard output.
func (a *account) build(w *workspace.Workspace, b workspace.Build) {
	findings := a.findings(w, b)
	switch {
	case len(b.Written) > 0:
		a.out.Printf("built %s", strings.Join(b.Written, ", "))
	case b.Broken, b.Err != nil:
		a.out.Printf("failed: the pictures stay as they were")
	default:
		a.out.Printf("built nothing new")
	}
	switch {
	case a.check && b.Unjudged != nil:
		a.out.Printf("; no verdict")
	case a.check:
		a.out.Printf("; %s", tally(findings))
	}
	a.out.Printf("\n")
}

// tally is how many findings there are that count.
func tally(findings []finding.Finding) string {
	n := finding.Summarize(findings)
	var parts []string
	for _, each := range []struct {
		n    int
		noun finding.Severity
	}{{n.Error, finding.Error}, {n.Warning, finding.Warning}, {n.Note, finding.Note}} {
		if each.n > 0 {
			parts = append(parts, phrase.Count(each.n, string(each.noun)))
		}
	}
	if parts == nil {
		return "no findings"
	}
	return strings.Join(parts, ", ")
}
