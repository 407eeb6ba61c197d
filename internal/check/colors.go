package check

import (
	"fmt"

	"github.com/asbuilt/asbuilt/internal/palette"
	"github.com/asbuilt/asbuilt/pkg/arch"
	"github.com/asbuilt/asbuilt/pkg/finding"
	"github.com/asbuilt/asbuilt/pkg/source"
)

// colors finds colours of the user's whose lines could hardly be seen, so that pictures draw them otherwise.
func colors(m *arch.Model) []finding.Finding {
	var out []finding.Finding
	for _, t := range m.Themes {
		add := func(c arch.Color, value string, dark bool, at source.Range) {
			drawn, ratio, pale := palette.Adjusted(t.Base, value, dark)
			if !pale {
				return
			}
			page, become := "light", "darker"
			if dark {
				page, become = "dark", "lighter"
			}
			out = append(out, finding.Finding{
				Rule: "docs/contrast", At: at,
				Subject: finding.Subject{Element: fmt.Sprintf("theme.%s.%s.%s", t.Name, c.Name, page)},
				Message: fmt.Sprintf("%s has a contrast of %.1f:1 on a %s page, less than lines need: it is drawn %s, as %s", value, ratio, page, become, drawn),
				Fix:     &finding.Fix{Message: fmt.Sprintf("write %s, or another colour that is %s", drawn, become)},
			})
		}
		for _, c := range t.Colors {
			add(c, c.Light, false, c.At)
			if c.DarkAt.File != "" {
				add(c, c.Dark, true, c.DarkAt)
			}
		}
	}
	return out
}
