package workspace

import (
	"slices"
	"strings"

	"github.com/asbuilt/asbuilt/internal/export"
	"github.com/asbuilt/asbuilt/internal/geometry"
	"github.com/asbuilt/asbuilt/internal/paint"
	"github.com/asbuilt/asbuilt/internal/sheet"
	"github.com/asbuilt/asbuilt/pkg/diagram"
)

// format is one sort of product of a view. It has words alone, or is painted with everything in its place.
type format struct {
	name    string
	label   string // for people
	ending  string // of its files
	words   func(*diagram.Diagram) []byte
	paint   func(*diagram.Diagram, *sheet.Sheet, geometry.Plan) ([]byte, error)
	scaled  func(d *diagram.Diagram, s *sheet.Sheet, plan geometry.Plan, scale int) ([]byte, error)
	painter func(scale int) string // what its marks say of how they were painted
}

// formats are all products of a view; the first is the default.
var formats = []format{
	{name: "svg", label: "SVG", ending: "svg", paint: paint.SVG, painter: paint.Painter},
	{name: "inline.svg", label: "SVG for pages", ending: "inline.svg", paint: paint.Fragment, painter: paint.Painter},
	{name: "png", label: "PNG", ending: "png", scaled: paint.PNG, painter: paint.PNGPainter},
	{name: "pdf", label: "PDF", ending: "pdf", paint: paint.PDF, painter: paint.Painter},
	{name: "md", label: "Tables", ending: "md", words: export.Markdown},
	{name: "dot", label: "DOT", ending: "dot", words: export.DOT},
	{name: "mermaid", label: "Mermaid", ending: "mmd", words: export.Mermaid},
	{name: "d2", label: "D2", ending: "d2", words: export.D2},
	{name: "plantuml", label: "PlantUML", ending: "puml", words: export.PlantUML},
	{name: "json", label: "JSON", ending: "json", words: export.JSON},
}

// make makes the product of a sketch, which is laid out if it must be.
func (f format) make(k *sketch, scale int) ([]byte, error) {
	switch {
	case f.words != nil:
		return f.words(k.diagram), nil
	case f.scaled != nil:
		return f.scaled(k.diagram, k.words, k.plan, max(scale, 1))
	}
	return f.paint(k.diagram, k.words, k.plan)
}

// Formats are the names of the products of a view; the first is the default.
func Formats() []string {
	names := make([]string, len(formats))
	for i, f := range formats {
		names[i] = f.name
	}
	return names
}

// formatOf finds a format by its name.
func formatOf(name string) format {
	return formats[slices.IndexFunc(formats, func(f format) bool { return f.name == name })]
}

// fileFormat finds the format of a file by its ending, the longest of those that fit.
func fileFormat(file string) (format, bool) {
	var best format
	for _, f := range formats {
		if strings.HasSuffix(file, "."+f.ending) && len(f.ending) > len(best.ending) {
			best = f
		}
	}
	return best, best.name != ""
}

// remedy is the command that writes the files of a format.
func (f format) remedy() string {
	if f.name == formats[0].name {
		return "asbuilt render"
	}
	return "asbuilt render --format " + f.name
}
