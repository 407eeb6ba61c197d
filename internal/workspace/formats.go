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
	name   string
	ending string // of its files
	words  func(*diagram.Diagram) []byte
	paint  func(*diagram.Diagram, *sheet.Sheet, geometry.Plan) ([]byte, error)
}

// formats are all products of a view; the first is the default.
var formats = []format{
	{name: "svg", ending: "svg", paint: paint.SVG},
	{name: "md", ending: "md", words: export.Markdown},
	{name: "dot", ending: "dot", words: export.DOT},
	{name: "mermaid", ending: "mmd", words: export.Mermaid},
	{name: "d2", ending: "d2", words: export.D2},
	{name: "plantuml", ending: "puml", words: export.PlantUML},
	{name: "json", ending: "json", words: export.JSON},
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

// fileFormat finds the format of a file by its ending.
func fileFormat(file string) (format, bool) {
	i := slices.IndexFunc(formats, func(f format) bool { return strings.HasSuffix(file, "."+f.ending) })
	if i < 0 {
		return format{}, false
	}
	return formats[i], true
}
