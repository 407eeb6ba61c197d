//go:build browser

package browser

import (
	"bytes"
	"image"
	"image/png"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/asbuilt/asbuilt/internal/paint"
	"github.com/asbuilt/asbuilt/internal/typeset"
)

// What we draw in dots is what the browser draws of the SVG: letters differ by kerning and by how their edges are
// smoothed, nothing else does. "long" has words in scripts that only the browser has.
func TestDotsAreTheBrowsers(t *testing.T) {
	pool, tab, dir := newPool(t), newTab(t), t.TempDir()
	for _, d := range samples() {
		if d.Name == "long" {
			continue
		}
		words := typeset.Set(d, nil)
		plan := place(t, pool, d, words)
		svg, err := paint.SVG(d, words, plan)
		require.NoError(t, err)
		ours, err := paint.PNG(d, words, plan, 1)
		require.NoError(t, err)
		theirs := screenshot(t, tab, write(t, dir, d.Name+".svg", svg), "light")
		a, b := decoded(t, ours), decoded(t, theirs)
		require.Equal(t, a.Bounds().Size(), b.Bounds().Size(), d.Name)
		mean, far := apart(a, b)
		t.Logf("%s: %.2f %% apart in the mean, %.2f %% of the dots by more than a quarter", d.Name, 100*mean, 100*far)
		require.Less(t, mean, 0.01, d.Name)
		require.Less(t, far, 0.015, d.Name)
	}
}

func decoded(t *testing.T, data []byte) image.Image {
	read, err := png.Decode(bytes.NewReader(data))
	require.NoError(t, err)
	return read
}

// apart is the mean distance of two pictures, of 1, and the share of dots that are apart by more than a quarter.
func apart(a, b image.Image) (mean, far float64) {
	size := a.Bounds()
	for y := range size.Dy() {
		for x := range size.Dx() {
			r, g, bl, _ := a.At(x, y).RGBA()
			r2, g2, bl2, _ := b.At(x, y).RGBA()
			d := (gapOf(r, r2) + gapOf(g, g2) + gapOf(bl, bl2)) / 3
			mean += d
			if d > 0.25 {
				far++
			}
		}
	}
	n := float64(size.Dx() * size.Dy())
	return mean / n, far / n
}

func gapOf(a, b uint32) float64 {
	if a < b {
		a, b = b, a
	}
	return float64(a-b) / 0xffff
}
