package workspace

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"

	"github.com/asbuilt/asbuilt/internal/check"
	"github.com/asbuilt/asbuilt/internal/lock"
	"github.com/asbuilt/asbuilt/internal/stamp"
	"github.com/asbuilt/asbuilt/pkg/arch"
	"github.com/asbuilt/asbuilt/pkg/finding"
)

// standing lists the rendered files in the declared output folder with what they should show. A folder that cannot be
// read is a finding.
func (s *Snapshot) standing() ([]check.Picture, []finding.Finding, error) {
	out, err := s.Output("", false)
	var unread noFolder
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, nil, nil
	case errors.As(err, &unread):
		return nil, []finding.Finding{unread.Finding}, nil
	case err != nil:
		return nil, nil, err
	}
	defer out.Close()
	pictures, err := s.Standing(out)
	return pictures, nil, err
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
	want, undrawn := map[string]check.Shown{}, map[string][]finding.Finding{}
	var out []check.Picture
	for _, e := range entries {
		f, known := fileFormat(e.Name())
		if !e.Type().IsRegular() || !known && e.Name() != GalleryFile {
			continue
		}
		mark, ours, err := o.mark(e.Name())
		if err != nil {
			return nil, err
		}
		if !ours {
			continue
		}
		if !known {
			hung, err := s.hung(o, mark)
			if err != nil {
				return nil, err
			}
			out = append(out, hung)
			continue
		}
		if _, ok := want[mark.View]; !ok {
			if want[mark.View], undrawn[mark.View], err = s.shown(mark.View, o.dir, locked); err != nil {
				return nil, err
			}
		}
		shows, wanted := check.Shown{Digest: mark.Digest, Places: mark.Places}, want[mark.View]
		if f.words != nil {
			wanted.Places = ""
		}
		out = append(out, check.Picture{File: o.tree.Name(e.Name()), View: mark.View, Shows: shows, Intact: mark.Intact, Torn: mark.Torn, Want: wanted, Remedy: f.remedy(), Undrawn: undrawn[mark.View]})
	}
	return out, nil
}

// shown is what a picture of a view should show now; nothing when there is no such view, or when it cannot be drawn, for
// the reasons given.
func (s *Snapshot) shown(name, dir string, locked *lock.Lock) (check.Shown, []finding.Finding, error) {
	i := slices.IndexFunc(s.model.Views, func(v *arch.View) bool { return v.Name == name })
	if i < 0 {
		return check.Shown{}, nil, nil
	}
	d, told, err := s.Diagram(s.model.Views[i], dir)
	if d == nil || err != nil {
		return check.Shown{}, told, err
	}
	return check.Shown{Digest: d.Digest(), Places: s.held(d, locked).digest(d)}, nil, nil
}

// JudgePictures says which files of a folder (nil: there is none) are stale or edited, and which views lack one.
// What must stand there besides is the gallery, or not.
func (s *Snapshot) JudgePictures(views []*arch.View, out *Output, formats []string, gallery bool) ([]finding.Finding, error) {
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
				_, undrawn, err := s.shown(v.Name, "", &lock.Lock{})
				if err != nil {
					return nil, err
				}
				standing = append(standing, check.Picture{File: file, View: v.Name, Missing: true, At: v.At, Remedy: formatOf(name).remedy(), Undrawn: undrawn})
			}
		}
	}
	if gallery && !slices.ContainsFunc(standing, func(p check.Picture) bool { return path.Base(p.File) == GalleryFile }) {
		standing = append(standing, check.Picture{File: GalleryFile, Missing: true, At: s.first(), Remedy: galleryRemedy})
	}
	_, torn, err := s.lock()
	if err != nil {
		return nil, err
	}
	return append(check.Pictures(s.model, standing, s.w.env.Today), torn...), nil
}

// mark reads the mark of a file. One without, or of another version, is not ours to judge.
func (o *Output) mark(file string) (m stamp.Mark, ours bool, err error) {
	data, err := o.tree.Read(file, pictureLimit)
	if err != nil {
		return stamp.Mark{}, false, fmt.Errorf("%s: %s", o.tree.Name(file), reason(err))
	}
	m, ours = stamp.Read(data)
	return m, ours && m.Version == o.version, nil
}
