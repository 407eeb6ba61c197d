package workspace

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/asbuilt/asbuilt/internal/check"
	"github.com/asbuilt/asbuilt/internal/files"
	"github.com/asbuilt/asbuilt/internal/lock"
	"github.com/asbuilt/asbuilt/internal/stamp"
	"github.com/asbuilt/asbuilt/internal/view"
	"github.com/asbuilt/asbuilt/pkg/arch"
	"github.com/asbuilt/asbuilt/pkg/diagram"
	"github.com/asbuilt/asbuilt/pkg/finding"
)

// ErrNoViews means that there is nothing to draw.
var ErrNoViews = errors.New(`no view is declared; add one, for example: view "landscape" "overview" {}`)

// Diagram is the picture of one view before layout, with findings about the view itself. dir is the folder
// of the picture relative to the project root: links are made relative to it.
func (s *Snapshot) Diagram(v *arch.View, dir string) (*diagram.Diagram, []finding.Finding, error) {
	in := view.Input{Model: s.model, View: v, Links: func(docs string) string { return relink(dir, docs) }}
	if v.Drift {
		brief, err := s.brief()
		if err != nil {
			return nil, nil, err
		}
		s.judge.Do(func() {
			brief.Baseline = s.w.accepted(s.model)
			s.drift = check.Drift(brief)
		})
		in.Result, in.Findings = brief.Result, s.drift
	}
	d, told := view.Build(in)
	return d, told, nil
}

// relink turns a path relative to the project root, or a full address, into a link from a folder.
func relink(dir, docs string) string {
	if docs == "" || strings.Contains(docs, "://") || strings.HasPrefix(docs, "mailto:") || strings.HasPrefix(docs, "#") {
		return docs
	}
	rel, err := filepath.Rel(filepath.FromSlash(dir), filepath.FromSlash(docs))
	if err != nil {
		return docs
	}
	return filepath.ToSlash(rel)
}

// Views are the declared views of the given names, in order of name; all when none is named.
func (s *Snapshot) Views(names []string) ([]*arch.View, error) {
	if _, _, err := s.Model(); err != nil {
		return nil, err
	}
	if s.model == nil {
		return nil, ErrNoViews
	}
	if len(s.model.Views) == 0 {
		return nil, ErrNoViews
	}
	if len(names) == 0 {
		return s.model.Views, nil
	}
	var out []*arch.View
	for _, name := range names {
		i := slices.IndexFunc(s.model.Views, func(v *arch.View) bool { return v.Name == name })
		if i < 0 {
			return nil, fmt.Errorf("no view is named %q; there are: %s", name, strings.Join(viewNames(s.model), ", "))
		}
		if !slices.Contains(out, s.model.Views[i]) {
			out = append(out, s.model.Views[i])
		}
	}
	return out, nil
}

func viewNames(m *arch.Model) []string {
	var names []string
	for _, v := range m.Views {
		names = append(names, v.Name)
	}
	return names
}

// Output is the folder that pictures are written to.
type Output struct {
	ctx     context.Context
	tree    *files.Tree
	dir     string // relative to the project root, for links; it may begin with ..
	version string // of the architecture
}

// Output opens the output folder: the declared one, or the one named by the user relative to the
// working folder. Without create, a missing folder is fs.ErrNotExist.
func (s *Snapshot) Output(named string, create bool) (*Output, error) {
	if named == "" {
		dir := s.model.Architecture.Out
		tree, err := s.w.root.Sub(dir, create)
		if err != nil {
			return nil, err
		}
		return &Output{s.ctx, tree, dir, s.model.Architecture.Version}, nil
	}
	shown := filepath.ToSlash(filepath.Clean(named))
	if !filepath.IsAbs(named) {
		named = filepath.Join(s.w.env.Dir, named)
	}
	tree, err := files.Create(named, shown, create)
	if err != nil {
		return nil, fmt.Errorf("--out %s: %w", shown, bare(err))
	}
	dir, err := filepath.Rel(s.w.root.Abs(), named)
	if err != nil {
		dir = "."
	}
	return &Output{s.ctx, tree, filepath.ToSlash(dir), s.model.Architecture.Version}, nil
}

// Close releases the folder.
func (o *Output) Close() error { return o.tree.Close() }

// Outcome says what became of a product.
type Outcome string

// The outcomes.
const (
	Written   Outcome = "written"
	Unchanged Outcome = "unchanged"
)

// ErrForeign is a file in the way that we did not write, or that was changed by hand.
var ErrForeign = errors.New("stands in the way")

// Write puts a product in place. A file that is not ours, or was edited, is overwritten only by force.
func (o *Output) Write(p Product, force bool) (name string, out Outcome, err error) {
	name = o.tree.Name(p.File)
	if err := o.ctx.Err(); err != nil {
		return name, "", err
	}
	old, err := o.tree.Read(p.File, pictureLimit)
	switch {
	case err == nil && string(old) == string(p.Data):
		return name, Unchanged, nil
	case err == nil && !force:
		if why := o.foreign(old); why != "" {
			return name, "", fmt.Errorf("%s %w: %s; --force overwrites it", name, ErrForeign, why)
		}
	case err != nil && !errors.Is(err, fs.ErrNotExist):
		return name, "", fmt.Errorf("%s: %s", name, reason(err))
	}
	return name, Written, o.tree.Write(p.File, p.Data)
}

// foreign says why a file that stands there must not be overwritten; "" when it may be.
func (o *Output) foreign(old []byte) string {
	mark, ours := stamp.Read(old)
	switch {
	case !ours:
		return "it was not made by asbuilt"
	case !mark.Intact:
		return "it was changed by hand"
	case mark.Version != o.version:
		return fmt.Sprintf("it shows version %q of the architecture, this is %q (out = \"…/{version}\" keeps both)", mark.Version, o.version)
	}
	return ""
}

// pictureLimit is the size in bytes of the largest rendered file that is read back.
const pictureLimit = 64 << 20

// standing lists the rendered files in the declared output folder with what they should show.
func (s *Snapshot) standing() ([]check.Picture, error) {
	out, err := s.Output("", false)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("the output folder %s: %s", s.model.Architecture.Out, reason(err))
	}
	defer out.Close()
	return s.Standing(out)
}

// Standing lists the rendered files in a folder with what they should show. Files without our mark, and
// those of another version of the architecture, are not judged.
func (s *Snapshot) Standing(o *Output) ([]check.Picture, error) {
	entries, err := o.tree.Entries(".")
	if err != nil {
		return nil, err
	}
	locked, told, err := s.lock()
	if err != nil {
		return nil, err
	}
	if usable := len(told) == 0; !usable { // that is a finding of its own
		locked = &lock.Lock{}
	}
	want := map[string]check.Shown{}
	var out []check.Picture
	for _, e := range entries {
		f, ours := fileFormat(e.Name())
		if !e.Type().IsRegular() || !ours {
			continue
		}
		data, err := o.tree.Read(e.Name(), pictureLimit)
		if err != nil {
			return nil, fmt.Errorf("%s: %s", o.tree.Name(e.Name()), reason(err))
		}
		mark, ours := stamp.Read(data)
		if !ours || mark.Version != s.model.Architecture.Version {
			continue
		}
		if _, ok := want[mark.View]; !ok {
			if want[mark.View], err = s.shown(mark.View, o.dir, locked); err != nil {
				return nil, err
			}
		}
		shows, wanted := check.Shown{Digest: mark.Digest, Places: mark.Places}, want[mark.View]
		if f.paint == nil {
			wanted.Places = ""
		}
		out = append(out, check.Picture{File: o.tree.Name(e.Name()), View: mark.View, Shows: shows, Intact: mark.Intact, Want: wanted})
	}
	return out, nil
}

// shown is what a picture of a view should show now; nothing when there is no such view or it cannot be drawn.
func (s *Snapshot) shown(name, dir string, locked *lock.Lock) (check.Shown, error) {
	i := slices.IndexFunc(s.model.Views, func(v *arch.View) bool { return v.Name == name })
	if i < 0 {
		return check.Shown{}, nil
	}
	d, _, err := s.Diagram(s.model.Views[i], dir)
	if d == nil || err != nil {
		return check.Shown{}, err
	}
	return check.Shown{Digest: d.Digest(), Places: s.held(d, locked).digest(d)}, nil
}

// linkBase is the folder, relative to the project root, that links of pictures start from.
func (s *Snapshot) linkBase(out string) string {
	if out == "" || out == "-" {
		return s.model.Architecture.Out
	}
	if !filepath.IsAbs(out) {
		out = filepath.Join(s.w.env.Dir, out)
	}
	rel, err := filepath.Rel(s.w.root.Abs(), out)
	if err != nil {
		return s.model.Architecture.Out
	}
	return filepath.ToSlash(rel)
}

// JudgePictures says which files of a folder (nil: there is none) are stale or edited, and which views lack one.
func (s *Snapshot) JudgePictures(views []*arch.View, out *Output, formats []string) ([]finding.Finding, error) {
	var standing []check.Picture
	if out != nil {
		var err error
		if standing, err = s.Standing(out); err != nil {
			return nil, err
		}
	}
	for _, v := range views {
		for _, name := range formats {
			file := v.Name + "." + formatOf(name).ending
			if !slices.ContainsFunc(standing, func(p check.Picture) bool { return path.Base(p.File) == file }) {
				standing = append(standing, check.Picture{File: file, View: v.Name, Missing: true, At: v.At})
			}
		}
	}
	_, torn, err := s.lock()
	if err != nil {
		return nil, err
	}
	return append(check.Pictures(s.model, standing, s.w.env.Today), torn...), nil
}
