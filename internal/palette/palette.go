// Package palette is the colours of pictures: themes with a light and a dark side, and the tones that are made of
// one colour so that words and lines in it can be read on everything that they stand on.
package palette

import (
	"slices"
	"strconv"

	"github.com/asbuilt/asbuilt/pkg/diagram"
)

// Color is a colour of a palette. Each has a value for light and one for dark pages.
type Color int

// The colours that are not a hue's.
const (
	Canvas Color = iota
	Ink
	Body
	Muted
	Way // of edges
	FrameLine
	Frame1 // of groups, outermost first
	Frame2
	Frame3
	Frame4
	Divergence
	Waived
	Absence
	Crossing // of what leads from one team to another
	Focus
	firstHue
)

// FrameTints is how many nested groups have backgrounds of their own; deeper ones repeat the last.
const FrameTints = 4

// Part is what a hue is used for.
type Part int

// The parts of a hue.
const (
	Fill    Part = iota // of a card
	Outline             // of a card
	Word                // on a card
	Field               // of a chip on a card
	Mark                // of an icon, and of an edge
	parts
)

// Hue is a named colour of a palette, with its tones.
type Hue int

// Color is one of the hue's tones.
func (h Hue) Color(p Part) Color { return firstHue + Color(h)*Color(parts) + Color(p) }

// Tone is a colour's name in CSS and its values.
type Tone struct{ Name, Light, Dark string }

// Palette is the colours of one picture.
type Palette struct {
	tones []Tone
	hues  []string // the names, by hue
	theme *theme
}

// New is the palette of a theme with colours of the user's, which may take the place of the theme's own. A theme that
// is not there is the first.
func New(name string, own []diagram.Color) *Palette {
	t := &themes[0]
	for i := range themes {
		if themes[i].name == name {
			t = &themes[i]
		}
	}
	p := &Palette{theme: t, hues: slices.Clone(hueNames[:])}
	light, dark := t.light.neutrals(t), t.dark.neutrals(t)
	for i, n := range neutralNames {
		p.tones = append(p.tones, Tone{n, light[i].String(), dark[i].String()})
	}
	for i, n := range hueNames {
		light, dark := read(t.light.accents[i]), read(t.dark.accents[i])
		for _, c := range own {
			if c.Name == n {
				light, dark = read(c.Light), read(c.Dark)
			}
		}
		p.add(n, light, dark)
	}
	for _, c := range own {
		if !slices.Contains(hueNames[:], c.Name) {
			p.hues = append(p.hues, c.Name)
			p.add("own-"+c.Name, read(c.Light), read(c.Dark))
		}
	}
	return p
}

func (p *Palette) add(name string, light, dark rgb) {
	l, d := p.theme.light.tones(light, p.theme), p.theme.dark.tones(dark, p.theme)
	for i, part := range partNames {
		p.tones = append(p.tones, Tone{name + "-" + part, l[i].String(), d[i].String()})
	}
}

// Tone is a colour's name and values.
func (p *Palette) Tone(c Color) Tone { return p.tones[c] }

// Colors is how many there are.
func (p *Palette) Colors() int { return len(p.tones) }

// Hue finds a colour by its name in the language.
func (p *Palette) Hue(name string) (Hue, bool) {
	i := slices.Index(p.hues, name)
	return Hue(i), i >= 0
}

// Faded is a colour of lines of which so many hundredths are left, as far as the line can still be seen.
func (p *Palette) Faded(c Color, hundredths int) Color {
	if hundredths >= 100 {
		return c
	}
	t := p.tones[c]
	name := t.Name + "-" + strconv.Itoa(hundredths)
	if i := slices.IndexFunc(p.tones, func(t Tone) bool { return t.Name == name }); i >= 0 {
		return Color(i)
	}
	part := 1 - float64(hundredths)/100
	fade := func(s *side, value string) string {
		c, canvas := read(value), read(s.canvas)
		return s.pushed(c.mixed(canvas, part), p.theme.line, s.grounds()...).String()
	}
	p.tones = append(p.tones, Tone{name, fade(&p.theme.light, t.Light), fade(&p.theme.dark, t.Dark)})
	return Color(len(p.tones) - 1)
}

// Names lists the colours that every theme has.
func Names() []string { return hueNames[:] }

// Themes lists the themes, the one that holds where none is named first.
func Themes() []string {
	out := make([]string, len(themes))
	for i := range themes {
		out[i] = themes[i].name
	}
	return out
}

// Darker is what a colour for light pages is on dark ones, where nobody said.
func Darker(theme, light string) string {
	p := New(theme, nil)
	return read(light).mixed(rgb{255, 255, 255}, 0.3).in(&p.theme.dark, p.theme).String()
}

func (c rgb) in(s *side, t *theme) rgb { return s.pushed(c, t.line, s.grounds()...) }

// Adjusted says what a colour of the user's becomes where its lines could hardly be seen: the colour that is drawn, and
// the contrast that the user's own has. ok is false where it is drawn as it is.
func Adjusted(theme, value string, dark bool) (drawn string, ratio float64, ok bool) {
	t := New(theme, nil).theme
	s := &t.light
	if dark {
		s = &t.dark
	}
	c := read(value)
	mark := s.tones(c, t)[Mark]
	return mark.String(), contrast(c, read(s.canvas)), mark != c
}
