package paint

import (
	"cmp"
	"fmt"

	"github.com/asbuilt/asbuilt/internal/geometry"
	"github.com/asbuilt/asbuilt/internal/pdf"
	"github.com/asbuilt/asbuilt/internal/sheet"
	"github.com/asbuilt/asbuilt/internal/stamp"
	"github.com/asbuilt/asbuilt/pkg/diagram"
)

// PDF draws a diagram as a page of its own size, in the light colours. Its words can be found, its links followed.
func PDF(d *diagram.Diagram, s *sheet.Sheet, plan geometry.Plan) ([]byte, error) {
	on := &plotter{at: []shift{{scale: 1}}}
	p, err := newPainter(on, d, s, plan)
	if err != nil {
		return nil, err
	}
	paper := pdf.New(p.page.size)
	paper.About(p.name(), p.summary())
	on.canvas, on.leads = paper, paper.Link
	p.leaf(elemRect, append(p.fill(canvas), num("width", p.page.size.W), num("height", p.page.size.H))...)
	p.body()
	if p.err != nil || on.err != nil {
		return nil, fmt.Errorf("view %s: %w", d.Name, cmp.Or(p.err, on.err))
	}
	data, err := paper.Bytes(stamp.Picture(d.Name, d.Version, d.Digest(), p.places(), Painter(1)))
	if err != nil {
		return nil, err
	}
	return stamp.Seal(data), nil
}
