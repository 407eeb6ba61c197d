package paint

import (
	"cmp"
	"fmt"

	"github.com/asbuilt/asbuilt/internal/geometry"
	"github.com/asbuilt/asbuilt/internal/raster"
	"github.com/asbuilt/asbuilt/internal/sheet"
	"github.com/asbuilt/asbuilt/internal/stamp"
	"github.com/asbuilt/asbuilt/pkg/diagram"
)

// PNG draws a diagram in dots, scale × scale for a pixel, in the light colours.
func PNG(d *diagram.Diagram, s *sheet.Sheet, plan geometry.Plan, scale int) ([]byte, error) {
	on := &plotter{at: []shift{{scale: 1}}}
	p, err := newPainter(on, d, s, plan)
	if err != nil {
		return nil, err
	}
	if err := raster.Fits(p.page.size, float64(scale)); err != nil {
		return nil, err
	}
	image := raster.New(p.page.size, float64(scale))
	on.canvas = image
	p.leaf(elemRect, append(p.fill(canvas), num("width", p.page.size.W), num("height", p.page.size.H))...)
	p.body()
	if p.err != nil || on.err != nil {
		return nil, fmt.Errorf("view %s: %w", d.Name, cmp.Or(p.err, on.err))
	}
	data, err := image.PNG(stamp.Picture(d.Name, d.Version, d.Digest(), p.places(), PNGPainter(scale)))
	if err != nil {
		return nil, err
	}
	return stamp.Seal(data), nil
}

// PNGPainter is how a PNG of a scale is painted.
func PNGPainter(scale int) string { return fmt.Sprintf("%dx%d", Version, scale) }
