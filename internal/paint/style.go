package paint

import "strings"

// Colours are written twice: as presentation attributes with the light value, which hold where a host strips
// the style sheet, and as classes, which the style sheet resolves to custom properties. A host page sets
// --asbuilt-NAME to change a colour, and its own light/dark switch wins over the system's.

// brush collects the colours that a picture uses.
type brush struct{ used [colors]bool }

// fill paints an area; extra are further classes.
func (b *brush) fill(c color, extra ...string) []attr {
	b.used[c] = true
	classes := append(extra, "ab-f-"+palette[c].name)
	return []attr{att("class", strings.Join(classes, " ")), att("fill", palette[c].light)}
}

// stroke paints a line and no area.
func (b *brush) stroke(c color, width float64, extra ...string) []attr {
	b.used[c] = true
	classes := append(extra, "ab-s-"+palette[c].name)
	return []attr{
		att("class", strings.Join(classes, " ")), att("fill", "none"),
		att("stroke", palette[c].light), num("stroke-width", width),
	}
}

// area paints an area with a border.
func (b *brush) area(inside, border color, width float64, extra ...string) []attr {
	b.used[inside], b.used[border] = true, true
	classes := append(extra, "ab-f-"+palette[inside].name, "ab-s-"+palette[border].name)
	return []attr{
		att("class", strings.Join(classes, " ")), att("fill", palette[inside].light),
		att("stroke", palette[border].light), num("stroke-width", width),
	}
}

const (
	darkHost  = `:is([data-theme="dark"],[data-bs-theme="dark"],[data-md-color-scheme="slate"],.dark) .asbuilt`
	lightHost = `:is([data-theme="light"],[data-bs-theme="light"],[data-md-color-scheme="default"],.light) .asbuilt`
)

// sheet is the style sheet for the colours that were used, a rule a line.
func (b *brush) sheet() string {
	light, dark := b.properties(func(t tone) string { return t.light }), b.properties(func(t tone) string { return t.dark })
	rules := []string{
		".asbuilt{height:auto;max-width:100%}",
		".asbuilt{" + light + "}",
		"@media (prefers-color-scheme:dark){.asbuilt{" + dark + "}}",
		lightHost + "{" + light + "}",
		darkHost + "{" + dark + "}",
	}
	for c, t := range palette {
		if b.used[c] {
			rules = append(rules, ".asbuilt .ab-f-"+t.name+"{fill:var(--ab-"+t.name+")}", ".asbuilt .ab-s-"+t.name+"{stroke:var(--ab-"+t.name+")}")
		}
	}
	rules = append(rules,
		".asbuilt .ab-edge:hover .ab-way,.asbuilt .ab-edge:focus-visible .ab-way,.asbuilt a:hover .ab-outline{stroke-width:2.5px}",
		".asbuilt a:focus-visible,.asbuilt .ab-edge:focus-visible{outline:2px solid var(--ab-focus);outline-offset:3px}",
	)
	return "\n" + strings.Join(rules, "\n") + "\n"
}

// properties sets the custom properties of the used colours.
func (b *brush) properties(value func(tone) string) string {
	b.used[focus] = true
	var out []string
	for c, t := range palette {
		if b.used[c] {
			out = append(out, "--ab-"+t.name+":var(--asbuilt-"+t.name+","+value(t)+")")
		}
	}
	return strings.Join(out, ";")
}
