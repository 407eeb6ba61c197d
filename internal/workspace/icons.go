package workspace

import (
	"errors"
	"fmt"
	"io/fs"

	"github.com/asbuilt/asbuilt/internal/icon"
	"github.com/asbuilt/asbuilt/pkg/arch"
	"github.com/asbuilt/asbuilt/pkg/diagram"
	"github.com/asbuilt/asbuilt/pkg/finding"
)

// icons reads the icon files that a model names, each once. What is wrong with one is said where it is named.
func (w *Workspace) icons(m *arch.Model) (map[string]diagram.Icon, []finding.Finding) {
	read, failed := map[string]diagram.Icon{}, map[string]string{}
	var told []finding.Finding
	seen := map[string]bool{} // places: a view that extends another names its icons again
	for _, i := range m.Icons() {
		if _, done := read[i.Name]; !done && failed[i.Name] == "" {
			data, err := w.root.Read(i.Name, icon.MostBytes)
			parts, why := []diagram.IconPart(nil), ""
			switch {
			case errors.Is(err, fs.ErrNotExist):
				why = "there is no such file"
			case err != nil:
				why = reason(err)
			default:
				if parts, err = icon.Read(data); err != nil {
					why = err.Error()
				}
			}
			if why == "" {
				read[i.Name] = diagram.Icon{Name: i.Name, Parts: parts}
			} else {
				failed[i.Name] = why
			}
		}
		if why := failed[i.Name]; why != "" && !seen[i.At.String()] {
			seen[i.At.String()] = true
			told = append(told, finding.Finding{
				Rule: "language/value", Severity: finding.Error, At: i.At, Subject: finding.Subject{Path: i.At.File},
				Message: fmt.Sprintf("the icon %s cannot be drawn: %s", w.root.Name(i.Name), why),
				Fix:     &finding.Fix{Message: `name an SVG file of shapes, or an icon that there is, such as "database"`},
			})
		}
	}
	return read, told
}
