package cli

import (
	"errors"
	"io/fs"
	"path"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/asbuilt/asbuilt/internal/console"
	"github.com/asbuilt/asbuilt/internal/workspace"
	"github.com/asbuilt/asbuilt/pkg/arch"
	"github.com/asbuilt/asbuilt/pkg/finding"
)

// rendering is the render command's flags.
type rendering struct {
	formats []string
	out     string
	scale   int
	check   bool
	force   bool
	anew    bool
	prune   bool
	gallery bool
	report  reporting // with check
}

func (a *app) renderCommand() *cobra.Command {
	var r rendering
	cmd := &cobra.Command{
		Use:   "render [VIEW...]",
		Short: "Draw the views",
		Long: "Draws the declared views, all or those named, into the architecture's out folder\n" +
			"(docs/architecture unless it says otherwise). With --check nothing is written: the files\n" +
			"there are judged, and status 1 says that one is missing, stale or edited by hand.\n\n" +
			"Where cards stand is kept in asbuilt.lock.hcl beside the architecture: commit it. What\n" +
			"stands stays there; what is new finds a place near its neighbours. --relayout starts afresh.",
		Example: "  asbuilt render\n  asbuilt render shop --format svg,mermaid\n  asbuilt render --gallery\n  asbuilt render --check",
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := products(r.formats, r.scale); err != nil {
				return err
			}
			if r.check {
				if r.anew || r.prune {
					return errors.New("--check writes nothing: it goes with neither --relayout nor --prune")
				}
				return a.judge(cmd, &r.report, finding.Error, func(s *workspace.Snapshot) ([]finding.Finding, error) {
					return judgePictures(s, args, r)
				})
			}
			if r.gallery && r.out == "-" {
				return errors.New("--gallery writes a page of files that stand in a folder: it does not go with --out -")
			}
			if len(r.report.outputs) > 0 {
				return errors.New("--output goes with --check: it is for findings")
			}
			return a.project(cmd, func(w *workspace.Workspace, s *workspace.Snapshot) error {
				if model, err := a.understood(w, s); err != nil || model == nil {
					return err
				}
				return a.render(w, s, args, r)
			})
		},
		ValidArgsFunction: a.completeViews,
	}
	f := cmd.Flags()
	flagProducts(f, &r.formats, &r.scale)
	a.flagTimeout(f)
	f.StringVar(&r.out, "out", "", "the `folder` to write to; - is standard output")
	f.BoolVar(&r.check, "check", false, "write nothing, judge the files that are there")
	r.report.flagOutput(cmd)
	f.BoolVar(&r.anew, "relayout", false, "find a new place for every card")
	f.BoolVar(&r.prune, "prune", false, "drop the places of what is gone")
	f.BoolVar(&r.gallery, "gallery", false, "write index.html as well, a page of all views in the folder")
	f.BoolVar(&r.force, "force", false, "overwrite files that are not ours or were edited")
	return cmd
}

func (a *app) render(w *workspace.Workspace, s *workspace.Snapshot, names []string, r rendering) error {
	what := workspace.Drawing{Views: names, Out: r.out, Formats: r.formats, Scale: r.scale, Keep: !r.force, Relayout: r.anew, Prune: r.prune}
	if a.animated() {
		progress := console.NewProgress(a.Stderr, time.Second)
		defer progress.End()
		what.Progress = func(done, all int) {
			if progress.Say("drawn: %d of %d views", done, all); done == all {
				progress.End()
			}
		}
	}
	drawn, told, err := s.Render(what)
	if err != nil {
		return err
	}
	if len(told) > 0 {
		w.ReportText(a.err, told, a.flags.verbose)
		if a.status = workspace.Status(told, finding.Error); a.status != StatusOK {
			return nil
		}
	}
	for _, note := range drawn.Notes {
		a.say("%s\n", note)
	}
	if r.out == "-" {
		for _, p := range drawn.Products {
			a.out.Bytes(p.Data)
		}
		return nil
	}
	return a.writeDrawn(s, drawn, r)
}

// animated reports whether somebody may look at a line that changes.
func (a *app) animated() bool {
	return a.Terminal(a.Stderr) && !a.flags.quiet && a.Getenv("TERM") != "dumb" && a.Getenv("CI") == ""
}

// flagProducts adds the flags that say what to write.
func flagProducts(f *pflag.FlagSet, formats *[]string, scale *int) {
	f.StringSliceVar(formats, "format", []string{"svg"}, "what to write: "+strings.Join(workspace.Formats(), ", "))
	f.IntVar(scale, "scale", 2, "`dots` of a PNG for a pixel, in each direction: 1, 2 or 3")
}

// flagTimeout adds the flag of commands that lay out.
func (a *app) flagTimeout(f *pflag.FlagSet) {
	f.DurationVar(&a.flags.timeout, "timeout", 30*time.Second, "how long the layout of one view may take")
}

// products checks the flags of flagProducts.
func products(formats []string, scale int) error {
	for _, f := range formats {
		if err := oneOf("format", f, workspace.Formats()...); err != nil {
			return err
		}
	}
	return oneOf("scale", strconv.Itoa(scale), "1", "2", "3")
}

// writeDrawn writes the lock and the pictures, or nothing where something stands in the way of one of them.
func (a *app) writeDrawn(s *workspace.Snapshot, drawn *workspace.Rendering, r rendering) error {
	out, err := s.Output(r.out, true)
	if err != nil {
		return err
	}
	defer out.Close()
	var failed []error
	for _, p := range drawn.Products {
		_, err := out.May(p, r.force)
		failed = append(failed, err)
	}
	if err := errors.Join(failed...); err != nil {
		return err
	}
	name, err := s.WriteLock(drawn)
	if err != nil {
		return err
	}
	if name != "" {
		a.out.Printf("%s\n", name)
	}
	same := drawn.Kept
	write := func(p workspace.Product) {
		name, outcome, err := out.Write(p, r.force)
		switch {
		case err != nil:
			failed = append(failed, err)
		case outcome == workspace.Unchanged:
			same++
		default:
			a.out.Printf("%s\n", name)
		}
	}
	for _, p := range drawn.Products {
		write(p)
	}
	if r.gallery { // of what stands there now
		page, err := s.Gallery(out)
		if err != nil {
			return errors.Join(append(failed, err)...)
		}
		write(page)
	}
	if same > 0 {
		a.say("%d unchanged\n", same)
	}
	return errors.Join(failed...)
}

// judgePictures says which pictures are missing, stale or edited.
func judgePictures(s *workspace.Snapshot, names []string, r rendering) ([]finding.Finding, error) {
	if _, told, err := s.Model(); err != nil || workspace.Broken(told) {
		return told, err
	}
	views, err := s.Views(names)
	if err != nil {
		return nil, err
	}
	out, err := s.Output(r.out, false)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	if err == nil {
		defer out.Close()
	}
	findings, err := s.JudgePictures(views, out, r.formats, r.gallery)
	if len(names) > 0 {
		findings = slices.DeleteFunc(findings, func(f finding.Finding) bool {
			return !slices.ContainsFunc(names, func(n string) bool {
				return strings.Contains(f.Subject.Path, "/"+n+".") || strings.HasPrefix(f.Subject.Path, n+".")
			}) && !(r.gallery && path.Base(f.Subject.Path) == workspace.GalleryFile)
		})
	}
	return findings, err
}

func (a *app) completeViews(cmd *cobra.Command, _ []string, _ string) ([]string, cobra.ShellCompDirective) {
	return a.complete(cmd, func(m *arch.Model) []string {
		var names []string
		for _, v := range m.Views {
			names = append(names, v.Name)
		}
		return names
	})
}
