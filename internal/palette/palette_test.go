package palette_test

import (
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/asbuilt/asbuilt/internal/palette"
	"github.com/asbuilt/asbuilt/pkg/diagram"
)

// Contrasts by WCAG 2.2, success criteria 1.4.3 (text) and 1.4.11 (lines): every pair that is ever drawn, in light and in
// dark, in every theme, whatever colour a user adds.
func TestContrast(t *testing.T) {
	t.Run("of the themes", func(t *testing.T) {
		for _, theme := range palette.Themes() {
			checkContrast(t, palette.New(theme, nil), palette.Names())
		}
	})
	t.Run("of any colour", rapid.MakeCheck(func(t *rapid.T) {
		hex := rapid.StringMatching(`#[0-9a-f]{6}`)
		own := []diagram.Color{{Name: "mine", Light: hex.Draw(t, "light"), Dark: hex.Draw(t, "dark")}, {Name: "blue", Light: hex.Draw(t, "light blue"), Dark: hex.Draw(t, "dark blue")}}
		checkContrast(t, palette.New(rapid.SampledFrom(palette.Themes()).Draw(t, "theme"), own), []string{"mine", "blue"})
	}))
}

func checkContrast(t require.TestingT, p *palette.Palette, hues []string) {
	const text, line = 4.5, 3.0
	grounds := []palette.Color{palette.Canvas, palette.Frame1, palette.Frame2, palette.Frame3, palette.Frame4}
	check := func(front, back palette.Color, least float64) {
		a, b := p.Tone(front), p.Tone(back)
		require.GreaterOrEqual(t, palette.Contrast(a.Light, b.Light), least, "light: %v on %v", a, b)
		require.GreaterOrEqual(t, palette.Contrast(a.Dark, b.Dark), least, "dark: %v on %v", a, b)
	}
	for _, ground := range grounds {
		for _, c := range []palette.Color{palette.Ink, palette.Body, palette.Muted, palette.Divergence, palette.Waived, palette.Absence} {
			check(c, ground, text)
		}
		for _, c := range []palette.Color{palette.Way, palette.Absence, palette.FrameLine, palette.Crossing, palette.Focus, p.Faded(palette.Way, 10)} {
			check(c, ground, line)
		}
	}
	for _, name := range hues {
		h, ok := p.Hue(name)
		require.True(t, ok, name)
		for _, ground := range grounds {
			check(h.Color(palette.Outline), ground, line)
			check(h.Color(palette.Mark), ground, line)
			check(p.Faded(h.Color(palette.Mark), 30), ground, line)
			check(h.Color(palette.Word), ground, text)
		}
		for _, c := range []palette.Color{palette.Ink, palette.Body, h.Color(palette.Word)} {
			check(c, h.Color(palette.Fill), text)
		}
		check(h.Color(palette.Word), h.Color(palette.Field), text)
		check(h.Color(palette.Outline), h.Color(palette.Fill), line)
		check(h.Color(palette.Mark), h.Color(palette.Field), line)
	}
}

// Every colour has values and a name of its own.
func TestPaletteIsWhole(t *testing.T) {
	for _, theme := range palette.Themes() {
		p := palette.New(theme, []diagram.Color{{Name: "frame", Light: "#123456", Dark: "#abcdef"}})
		names := map[string]bool{}
		for c := range p.Colors() {
			tone := p.Tone(palette.Color(c))
			require.NotEmpty(t, tone.Name)
			require.Regexp(t, `^#[0-9a-f]{6}$`, tone.Light)
			require.Regexp(t, `^#[0-9a-f]{6}$`, tone.Dark)
			require.False(t, names[tone.Name], tone.Name)
			names[tone.Name] = true
		}
	}
}

// A colour that can be seen is drawn as it is; one that cannot becomes clearer, and what it becomes can be said.
func TestAdjusted(t *testing.T) {
	_, _, changed := palette.Adjusted("clear", "#0b5fff", false)
	require.False(t, changed)
	drawn, ratio, changed := palette.Adjusted("clear", "#ffe600", false)
	require.True(t, changed)
	require.InDelta(t, 1.28, ratio, 0.05)
	require.GreaterOrEqual(t, palette.Contrast(drawn, "#ffffff"), 3.0)
	_, _, changed = palette.Adjusted("clear", "#ffe600", true)
	require.False(t, changed)
}

func TestParse(t *testing.T) {
	for text, want := range map[string]string{"#ABC": "#aabbcc", "#12ab9F": "#12ab9f", "abc": "", "#12": "", "#1234567": "", "#+12345": "", "red": "", "#ggg": ""} {
		got, ok := palette.Parse(text)
		require.Equal(t, want, got, text)
		require.Equal(t, want != "", ok, text)
	}
}
