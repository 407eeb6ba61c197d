// Package font measures text in the widths of Arial, Helvetica and Liberation Sans, which are the same:
// what is measured here holds in every browser without embedding a font.
//
// Widths are sums of whole font units, so that they are equal on every machine. Kerning is left out: it
// narrows text in these fonts, so a measured width is an upper bound.
package font

import (
	"unicode"

	"github.com/rivo/uniseg"
	"golang.org/x/text/unicode/norm"
)

// Family is the list of families whose widths are measured, for CSS and SVG.
const Family = "Arial, Helvetica, 'Liberation Sans', sans-serif"

// unitsPerEm is the grid of the font: an advance of 2048 is one em.
const unitsPerEm = 2048

// Heights of the font's parts, in em.
const (
	Ascent    = 0.905 // baseline to the top of a line
	Descent   = 0.212 // baseline to the bottom of a line
	CapHeight = 0.716 // baseline to the top of a capital
)

// Style is a size in CSS pixels and a weight.
type Style struct {
	Size float64
	Bold bool
}

// Width is the width of a text on one line, in CSS pixels.
func Width(s Style, text string) float64 {
	units, _ := measure(s.Bold, text)
	return pixels(s, units)
}

// Composed is a text whose letters carry their marks built in where there are such letters: those the font has, and of a
// known width.
func Composed(text string) string { return norm.NFC.String(text) }

// Native reports whether the font has every character of the text. The width of other text is an
// estimate; a picture states it as textLength to make it hold.
func Native(text string) bool {
	_, native := measure(false, text)
	return native
}

func pixels(s Style, units int) float64 { return float64(units) * s.Size / unitsPerEm }

// measure adds up advances in font units. Plain ASCII needs no search for grapheme clusters.
func measure(bold bool, text string) (units int, native bool) {
	native = true
	state := -1
	for text != "" {
		if n := leadingASCII(text); n > 0 {
			for i := range n {
				units += asciiAdvance(bold, text[i])
			}
			text, state = text[n:], -1
			continue
		}
		var cluster string
		cluster, text, _, state = uniseg.FirstGraphemeClusterInString(text, state)
		u, ok := clusterAdvance(bold, cluster)
		units += u
		native = native && ok
	}
	return units, native
}

// leadingASCII counts the printable ASCII characters that start a text and combine with nothing.
func leadingASCII(text string) int {
	n := 0
	for n < len(text) && text[n] >= ' ' && text[n] <= '~' {
		n++
	}
	if n < len(text) && n > 0 { // the last one may carry a mark
		n--
	}
	return n
}

// clusterAdvance is the width of one grapheme cluster. Marks stand over their base; whether the browser sets
// them so depends on the font it has, so they are not native. What the font does not have is one em wide where
// East Asian text or an emoji stands, else as wide as a middling letter.
func clusterAdvance(bold bool, cluster string) (units int, native bool) {
	native = true
	for _, r := range cluster {
		if isMark(r) {
			native = false
			if r == variationEmoji {
				return unitsPerEm, false
			}
			continue
		}
		a, ok := advance(bold, r)
		if !ok {
			return foreignAdvance(cluster), false
		}
		units += a
	}
	return units, native
}

func foreignAdvance(cluster string) int {
	if uniseg.StringWidth(cluster) > 1 {
		return unitsPerEm
	}
	return unitsPerEm * 5 / 8
}

// variationEmoji asks for the coloured form of the character before it.
const variationEmoji = '\ufe0f'

func isMark(r rune) bool {
	return r > unicode.MaxLatin1 && unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf)
}

func asciiAdvance(bold bool, c byte) int {
	i := 2 * int(c-' ')
	return unitsAt(bold, i)
}

// advance is the advance width of a character; ok is false when the font has none.
func advance(bold bool, r rune) (units int, ok bool) {
	lo, hi := 0, len(runs)
	for lo < hi {
		mid := (lo + hi) / 2
		if runs[mid].last < r {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	if lo == len(runs) || r < runs[lo].first {
		return 0, false
	}
	return unitsAt(bold, 2*(runs[lo].at+int(r-runs[lo].first))), true
}

// run is a range of characters that the font has; the advance of first is entry at of the tables.
type run struct {
	first, last rune
	at          int
}

func unitsAt(bold bool, i int) int {
	if bold {
		return int(boldAdvances[i])<<8 | int(boldAdvances[i+1])
	}
	return int(regularAdvances[i])<<8 | int(regularAdvances[i+1])
}

// isSpace reports whether a line may break at a cluster and drop it.
func isSpace(cluster string) bool {
	switch cluster {
	case " ", "\t", "\n", "\r", "\r\n":
		return true
	}
	return false
}
