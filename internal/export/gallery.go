package export

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"embed"
	"encoding/base64"
	"encoding/hex"
	"html/template"
	"net/url"
	"slices"
	"strings"

	"github.com/asbuilt/asbuilt/internal/console"
	"github.com/asbuilt/asbuilt/internal/stamp"
	"github.com/asbuilt/asbuilt/pkg/diagram"
)

// Gallery is a page of all views whose files stand in a folder.
type Gallery struct {
	Architecture, Version string
	Views                 []Hanging
}

// Hanging is a view on the page.
type Hanging struct {
	Diagram *diagram.Diagram
	Files   []File // that show it; the first is the one to open
	Picture string // the file of them to look at on the page; "": none is a picture
}

// File is one file of a view.
type File struct{ Name, Label string }

//go:embed gallery.html gallery.css
var galleryFiles embed.FS

// kindsByScope are the kinds of views, from the wide to the narrow.
var kindsByScope = []string{
	"landscape", "context", "container", "component", "code", "deployment", diagram.KindSequence, "team", "drift", "impact",
}

// Page writes the gallery as a page that needs no script, and of all else only the pictures beside it. Its digest is of
// the page itself: it changes when a view is added, renamed or gets another sort of file, not when a picture changes.
func (g Gallery) Page() ([]byte, error) {
	css, err := galleryFiles.ReadFile("gallery.css")
	if err != nil {
		return nil, err
	}
	page, err := template.ParseFS(galleryFiles, "gallery.html")
	if err != nil {
		return nil, err
	}
	sum := sha256.Sum256(css)
	data := struct {
		Title, Version, Policy string
		Style                  template.CSS
		Views                  []galleryView
	}{
		Title: plain(g.Architecture), Version: plain(g.Version), Style: template.CSS(css),
		// A page opened from a disk has no origin that 'self' could name.
		Policy: "default-src 'none'; img-src 'self' file:; style-src 'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'",
		Views:  g.sorted(),
	}
	var body bytes.Buffer
	if err := page.Execute(&body, data); err != nil {
		return nil, err
	}
	digest := sha256.Sum256(body.Bytes())
	return append([]byte("<!-- "+stamp.Line("", g.Version, hex.EncodeToString(digest[:8]))+" -->\n"), body.Bytes()...), nil
}

// galleryView is what the page says of a view.
type galleryView struct {
	Title, Kind, Description string
	Open, Picture            string
	Dots                     bool // the picture is light, whatever the page is
	Files                    []File
}

func (g Gallery) sorted() []galleryView {
	views := slices.Clone(g.Views)
	slices.SortFunc(views, func(a, b Hanging) int {
		return cmp.Or(cmp.Compare(scope(a), scope(b)), strings.Compare(a.Diagram.Name, b.Diagram.Name))
	})
	out := make([]galleryView, len(views))
	for i, v := range views {
		d := v.Diagram
		out[i] = galleryView{
			Title: cmp.Or(plain(d.Title), d.Name), Kind: d.Kind, Description: plain(d.Description),
			Open: link(v.Files[0].Name), Dots: !strings.HasSuffix(v.Picture, ".svg"),
		}
		if v.Picture != "" {
			out[i].Picture = link(v.Picture)
		}
		for _, f := range v.Files {
			out[i].Files = append(out[i].Files, File{link(f.Name), f.Label})
		}
	}
	return out
}

func scope(v Hanging) int { return slices.Index(kindsByScope, v.Diagram.Kind) }

// link is a file beside the page, whatever its name looks like.
func link(file string) string { return "./" + url.PathEscape(file) }

// plain makes a text one line that shows whatever is hidden in it.
func plain(text string) string { return console.Clean(strings.Join(strings.Fields(text), " ")) }
