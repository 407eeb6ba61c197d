package web

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"

	"github.com/asbuilt/asbuilt/internal/viewer"
	"github.com/asbuilt/asbuilt/internal/workspace"
)

// page is everything there is to get, by its name after the secret.
type page struct {
	files map[string]viewer.File
	sum   string
	stale chan struct{} // closed when there is a newer one
}

const (
	indexFile  = "index.json"
	eventsName = "events"
)

// newPage is the page for an exhibit; without one it is empty.
func newPage(e *workspace.Exhibit) (*page, error) {
	own, err := viewer.Files(map[string]string{"index": indexFile, "events": eventsName, "links": "absolute"})
	if err != nil {
		return nil, err
	}
	p := &page{files: map[string]viewer.File{}, stale: make(chan struct{})}
	for _, f := range own {
		p.files[f.Name] = f
	}
	p.files[""] = p.files[viewer.Page]
	delete(p.files, viewer.Page)
	if e == nil {
		e = &workspace.Exhibit{Index: viewer.Empty("asbuilt")}
	}
	index, err := json.Marshal(e.Index)
	if err != nil {
		return nil, err
	}
	p.files[indexFile] = viewer.File{Type: viewer.JSON, Data: index}
	for view, picture := range e.Pictures {
		svg, style := viewer.Split(picture)
		p.files[viewer.PictureFile(view)] = viewer.File{Type: viewer.SVG, Data: svg}
		p.files[viewer.StyleFile(view)] = viewer.File{Type: viewer.CSS, Data: style}
	}
	sum := sha256.Sum256(index) // it holds the sums of the pictures
	p.sum = hex.EncodeToString(sum[:])
	return p, nil
}
