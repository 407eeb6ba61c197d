package paint

import (
	"strings"

	"github.com/asbuilt/asbuilt/internal/palette"
)

// Colours are written twice: as presentation attributes with the light value, which hold where a host strips
// the style sheet, and as classes, which the style sheet resolves to custom properties. A host page sets
// --asbuilt-NAME to change a colour, and its own light/dark switch wins over the system's.

// brush collects the colours that a picture uses.
type brush struct {
	colors        *palette.Palette
	filled, drawn map[color]bool
	inline        bool // there is no style sheet
}

// tone is a colour's name in CSS, its values, and the classes that fill and draw with it.
type tone struct{ name, light, dark, fill, stroke string }

func (b *brush) tone(c color) tone {
	t := b.colors.Tone(c)
	return tone{name: t.Name, light: t.Light, dark: t.Dark, fill: "ab-f-" + t.Name, stroke: "ab-s-" + t.Name}
}

// fill paints an area.
func (b *brush) fill(c color) []attr {
	b.filled[c] = true
	t := b.tone(c)
	return []attr{b.class("", t.fill), att("fill", b.value(t))}
}

// stroke paints a line and no area. A class, or "", says what the line is.
func (b *brush) stroke(c color, width float64, class string) []attr {
	b.drawn[c] = true
	t := b.tone(c)
	return []attr{b.class(class, t.stroke), att("fill", "none"), att("stroke", b.value(t)), num("stroke-width", width)}
}

// area paints an area with a border.
func (b *brush) area(inside, border color, width float64, class string) []attr {
	b.filled[inside], b.drawn[border] = true, true
	in, out := b.tone(inside), b.tone(border)
	return []attr{
		b.class(class, in.fill+" "+out.stroke), att("fill", b.value(in)),
		att("stroke", b.value(out)), num("stroke-width", width),
	}
}

// class says what something is, and its colours.
func (b *brush) class(own, colors string) attr {
	switch {
	case b.inline && own == "":
		return attr{}
	case b.inline:
		colors = ""
	case own != "":
		own += " "
	}
	return att("class", own+colors)
}

// value is a colour for a presentation attribute: the light one, in a page only where the page sets none.
func (b *brush) value(t tone) string {
	if b.inline {
		return "var(--asbuilt-" + t.name + "," + t.light + ")"
	}
	return t.light
}

// What host pages put on an element around the picture when their reader chose light or dark.
const (
	darkHost  = `:is([data-theme="dark"],[data-bs-theme="dark"],[data-md-color-scheme="slate"],.dark)`
	lightHost = `:is([data-theme="light"],[data-bs-theme="light"],[data-md-color-scheme="default"],.light)`
)

// css is the style sheet for the colours that were used, a rule a line.
func (b *brush) css() string {
	b.drawn[focus] = true
	dark := b.properties(func(t tone) string { return t.dark })
	rules := []string{
		".asbuilt{height:auto;max-width:100%}",
		".asbuilt{" + b.properties(func(t tone) string { return t.light }) + "}",
		"@media (prefers-color-scheme:dark){.asbuilt:not(" + lightHost + " *){" + dark + "}}",
		darkHost + " .asbuilt{" + dark + "}",
	}
	for i := range b.colors.Colors() {
		c := color(i)
		t := b.tone(c)
		value := "var(--asbuilt-" + t.name + ",var(--ab-" + t.name + "))"
		if b.filled[c] {
			rules = append(rules, ".asbuilt ."+t.fill+"{fill:"+value+"}")
		}
		if b.drawn[c] {
			rules = append(rules, ".asbuilt ."+t.stroke+"{stroke:"+value+"}")
		}
	}
	return strings.Join(append(rules,
		".asbuilt .ab-edge:hover .ab-way,.asbuilt .ab-edge:focus-visible .ab-way,.asbuilt a:hover .ab-outline{stroke-width:2.5px}",
		".asbuilt a:focus-visible,.asbuilt .ab-edge:focus-visible{outline:2px solid var(--asbuilt-focus,var(--ab-focus));outline-offset:3px}",
	), "\n")
}

// properties sets the custom properties of the used colours.
func (b *brush) properties(value func(tone) string) string {
	var out []string
	for i := range b.colors.Colors() {
		c := color(i)
		if t := b.tone(c); b.filled[c] || b.drawn[c] {
			out = append(out, "--ab-"+t.name+":"+value(t))
		}
	}
	return strings.Join(out, ";")
}
