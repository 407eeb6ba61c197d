package font

import (
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// Glyphs stand where measuring says: what is drawn is as wide as what was measured.
func TestSetIsAsMeasured(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringOfN(rapid.RuneFrom([]rune("abc XYZ 189.,-/()&Äößжשלום注文ไ🚀e\u0301")), 0, 30, -1).Draw(t, "text")
		x := 0.0
		for _, g := range Set(body, text) {
			require.GreaterOrEqual(t, g.X, x-1e-9)
			require.LessOrEqual(t, g.X+g.Width, Width(body, text)+1e-9)
			x = g.X
		}
	})
}

func TestSet(t *testing.T) {
	runes := func(text string) (out []rune) {
		for _, g := range Set(body, text) {
			out = append(out, g.Rune)
		}
		return out
	}
	require.Equal(t, []rune("Checkout"), runes("Check out"))
	require.Equal(t, []rune("abםולש"), runes("ab שלום"), "from left to right, as it is seen")
	require.Equal(t, []rune("םולשund"), runes("שלום und"), "a line runs from the left, whatever it begins with")
	require.InDelta(t, Width(body, "שלום "), Set(body, "שלום und")[4].X, 1e-9, "the gap is between the words")
	require.Equal(t, []rune("12.5%םולש"), runes("שלום 12.5%"), "a number runs on with the words before it")
	require.Equal(t, []rune("םלוע123םולשabc4"), runes("שלום 123 עולם abc 4"))
	require.Equal(t, []rune("a(םולש)b"), runes("a (שלום) b"))
	require.Equal(t, []rune("(םלוע)םולש"), runes("שלום (עולם)"), "brackets among such words are turned")
	require.Equal(t, []rune{'a', 0, 0, 'b'}, runes("a注文b"), "a box for each that the font lacks")
	require.Equal(t, []rune{0}, runes("👩🏽‍🚀"), "one box for one cluster")
	require.Equal(t, []rune{'e', 0x301}, runes("e\u0301"))
}

func TestOutline(t *testing.T) {
	var f Faces
	for _, bold := range []bool{false, true} {
		for _, r := range runs {
			for c := r.first; c <= r.last; c++ {
				_, err := f.Outline(bold, c)
				require.NoError(t, err, "%q", c)
			}
		}
	}
	dash, err := f.Outline(false, 'H')
	require.NoError(t, err)
	top := 0.0
	for _, s := range dash.Steps {
		top = min(top, s.To.Y)
	}
	require.InDelta(t, -CapHeight, top, 0.03)
}
