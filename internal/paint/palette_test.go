package paint

import (
	"math"
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"
)

// Contrasts by WCAG 2.2, success criteria 1.4.3 (text) and 1.4.11 (lines): every pair that is ever drawn, in
// light and in dark.
func TestContrast(t *testing.T) {
	const text, line = 4.5, 3.0
	grounds := []color{canvas, frame1, frame2, frame3, frame4}
	check := func(front, back color, least float64) {
		a, b := palette[front], palette[back]
		require.GreaterOrEqual(t, contrast(t, a.light, b.light), least, "light: %s on %s", a.name, b.name)
		require.GreaterOrEqual(t, contrast(t, a.dark, b.dark), least, "dark: %s on %s", a.name, b.name)
	}
	for _, ground := range grounds {
		for _, c := range []color{ink, body, muted, divergence, waived, absence} {
			check(c, ground, text)
		}
		for _, c := range []color{way, absence, frameLine, focus} {
			check(c, ground, line)
		}
		for h := range hues {
			check(h.color(outline), ground, line)
		}
	}
	for h := range hues {
		for _, c := range []color{ink, body, h.color(word)} {
			check(c, h.color(fill), text)
		}
		check(h.color(word), h.color(field), text)
		check(h.color(outline), h.color(fill), line)
	}
}

// contrast is the ratio of the relative luminances of two colours.
func contrast(t *testing.T, a, b string) float64 {
	x, y := luminance(t, a), luminance(t, b)
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

func luminance(t *testing.T, hex string) float64 {
	require.Len(t, hex, 7)
	sum := 0.0
	for i, weight := range []float64{0.2126, 0.7152, 0.0722} {
		v, err := strconv.ParseUint(hex[1+2*i:3+2*i], 16, 8)
		require.NoError(t, err)
		c := float64(v) / 255
		if c <= 0.04045 {
			c /= 12.92
		} else {
			c = math.Pow((c+0.055)/1.055, 2.4)
		}
		sum += weight * c
	}
	return sum
}

// Every colour has a value and a name of its own.
func TestPaletteIsWhole(t *testing.T) {
	names := map[string]bool{}
	for _, c := range palette {
		require.NotEmpty(t, c.name)
		require.Regexp(t, `^#[0-9a-f]{6}$`, c.light)
		require.Regexp(t, `^#[0-9a-f]{6}$`, c.dark)
		require.False(t, names[c.name], c.name)
		names[c.name] = true
	}
}
