package cli

import (
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/asbuilt/asbuilt/internal/workspace"
	"github.com/asbuilt/asbuilt/pkg/arch"
	"github.com/asbuilt/asbuilt/pkg/finding"
)

// rendering is the render command's flags.
type rendering struct {
	formats []string
	out     string
	check   bool
	force   bool
}

func (a *app) renderCommand() *cobra.Command {
	var r rendering
	cmd := &cobra.Command{
		Use:   "render [VIEW...]",
		Short: "Draw the views",
		Long: "Draws the declared views, all or those named, into the architecture's out folder\n" +
			"(docs/architecture unless it says otherwise). With --check nothing is written: the files\n" +
			"there are judged, and status 1 says that one is missing, stale or edited by hand.",
		Example: "  asbuilt render\n  asbuilt render shop --format svg,mermaid\n  asbuilt render --check",
		RunE: func(cmd *cobra.Command, args []string) error {
			for _, f := range r.formats {
				if err := oneOf("format", f, workspace.Formats...); err != nil {
					return err
				}
			}
			return a.render(cmd, args, r)
		},
		ValidArgsFunction: a.completeViews,
	}
	f := cmd.Flags()
	f.StringSliceVar(&r.formats, "format", []string{"svg"}, "what to write: "+strings.Join(workspace.Formats, ", "))
	f.StringVar(&r.out, "out", "", "the `folder` to write to; - is standard output")
	f.BoolVar(&r.check, "check", false, "write nothing, judge the files that are there")
	f.BoolVar(&r.force, "force", false, "overwrite files that are not ours or were edited")
	return cmd
}

func (a *app) render(cmd *cobra.Command, names []string, r rendering) error {
	w, err := a.open()
	if err != nil {
		return err
	}
	defer w.Close()
	s := w.Snapshot(cmd.Context())
	_, told, err := s.Model()
	if err != nil {
		return err
	}
	if workspace.Broken(told) {
		w.ReportText(a.err, told, a.flags.verbose)
		a.status = StatusNoAnswer
		return nil
	}
	if r.check {
		return a.judgePictures(w, s, names, r)
	}
	products, told, err := s.Render(names, r.out, r.formats)
	if err != nil {
		return err
	}
	if len(told) > 0 {
		w.ReportText(a.err, told, a.flags.verbose)
		if a.status = workspace.Status(told, finding.Error); a.status != StatusOK {
			return nil
		}
	}
	if r.out == "-" {
		for _, p := range products {
			a.out.Bytes(p.Data)
		}
		return nil
	}
	return a.writePictures(s, products, r)
}

func (a *app) writePictures(s *workspace.Snapshot, products []workspace.Product, r rendering) error {
	out, err := s.Output(r.out, true)
	if err != nil {
		return fmt.Errorf("the output folder: %w", err)
	}
	defer out.Close()
	var failed []error
	same := 0
	for _, p := range products {
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
	if same > 0 {
		a.say("%d unchanged\n", same)
	}
	return errors.Join(failed...)
}

// judgePictures says which pictures are missing, stale or edited.
func (a *app) judgePictures(w *workspace.Workspace, s *workspace.Snapshot, names []string, r rendering) error {
	views, err := s.Views(names)
	if err != nil {
		return err
	}
	out, err := s.Output(r.out, false)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("the output folder: %w", err)
	}
	var findings []finding.Finding
	if err == nil {
		defer out.Close()
	}
	if findings, err = s.JudgePictures(views, out, r.formats); err != nil {
		return err
	}
	if len(names) > 0 {
		findings = slices.DeleteFunc(findings, func(f finding.Finding) bool {
			return !slices.ContainsFunc(names, func(n string) bool {
				return strings.Contains(f.Subject.Path, "/"+n+".") || strings.HasPrefix(f.Subject.Path, n+".")
			})
		})
	}
	w.ReportText(a.out, findings, a.flags.verbose)
	a.status = workspace.Status(findings, finding.Error)
	return nil
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
