package workspace

import (
	"cmp"
	"strings"

	"github.com/asbuilt/asbuilt/internal/check"
	"github.com/asbuilt/asbuilt/internal/export"
	"github.com/asbuilt/asbuilt/internal/stamp"
)

// GalleryFile is the page of all views.
const GalleryFile = "index.html"

const galleryRemedy = "asbuilt render --gallery"

// Gallery is the page of all views whose files stand in a folder.
func (s *Snapshot) Gallery(o *Output) (Product, error) {
	views, err := s.Views(nil)
	if err != nil {
		return Product{}, err
	}
	g := export.Gallery{Architecture: cmp.Or(s.model.Architecture.Title, s.model.Architecture.Name), Version: s.model.Architecture.Version}
	for _, v := range views {
		h, err := o.hanging(v.Name)
		if err != nil {
			return Product{}, err
		}
		if len(h.Files) == 0 {
			continue
		}
		if h.Diagram, _, err = s.Diagram(v, o.dir); err != nil {
			return Product{}, err
		}
		if h.Diagram != nil {
			g.Views = append(g.Views, h)
		}
	}
	page, err := g.Page()
	return Product{GalleryFile, stamp.Seal(page)}, err
}

// hanging finds the files of a view, in the order of the formats.
func (o *Output) hanging(view string) (h export.Hanging, err error) {
	for _, f := range formats {
		file := view + "." + f.ending
		if !o.tree.IsFile(file) {
			continue
		}
		mark, ours, err := o.mark(file)
		if err != nil {
			return h, err
		}
		if !ours || mark.View != view {
			continue
		}
		h.Files = append(h.Files, export.File{Name: file, Label: f.label})
		if h.Picture == "" && (strings.HasSuffix(f.ending, "svg") || f.scaled != nil) {
			h.Picture = file
		}
	}
	return h, nil
}

// hung is the page as it stands, and what it should be.
func (s *Snapshot) hung(o *Output, mark stamp.Mark) (check.Picture, error) {
	now, err := s.Gallery(o)
	if err != nil {
		return check.Picture{}, err
	}
	want, _ := stamp.Read(now.Data)
	return check.Picture{
		File: o.tree.Name(GalleryFile), Shows: check.Shown{Digest: mark.Digest}, Intact: mark.Intact, Torn: mark.Torn,
		Want: check.Shown{Digest: want.Digest}, Remedy: galleryRemedy,
	}, nil
}
