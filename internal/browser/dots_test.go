//go:build browser

package browser

import (
	"bytes"
	"image"
	"image/png"
	"os/exec"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/stretchr/testify/require"

	"github.com/asbuilt/asbuilt/internal/font"
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

// What we draw on paper is what we draw in dots, as Poppler shows it, and its words are the browser's, but for those that the font lacks.
func TestPaperIsTheDots(t *testing.T) {
	pool, tab, dir := newPool(t), newTab(t), t.TempDir()
	for _, d := range samples() {
		if d.Name == "long" {
			continue
		}
		words := typeset.Set(d, nil)
		plan := place(t, pool, d, words)
		dots, err := paint.PNG(d, words, plan, 1)
		require.NoError(t, err)
		paper, err := paint.PDF(d, words, plan)
		require.NoError(t, err)
		file := write(t, dir, d.Name+".pdf", paper)
		a, b := decoded(t, dots), decoded(t, poppler(t, "pdftoppm", "-r", "96", "-png", "-singlefile", file))
		require.InDelta(t, a.Bounds().Dx(), b.Bounds().Dx(), 1, d.Name)
		require.InDelta(t, a.Bounds().Dy(), b.Bounds().Dy(), 1, d.Name)
		mean, far := apart(a, b)
		t.Logf("%s: %.2f %% apart in the mean, %.2f %% of the dots by more than a quarter", d.Name, 100*mean, 100*far)
		require.Less(t, mean, 0.01, d.Name)
		require.Less(t, far, 0.015, d.Name)

		svg, err := paint.SVG(d, words, plan)
		require.NoError(t, err)
		require.NoError(t, chromedp.Do(tab, chromedp.Navigate("file://"+write(t, dir, d.Name+".svg", svg))))
		read := strings.Fields(unturned.Replace(string(poppler(t, "pdftotext", "-raw", file, "-"))))
		for _, word := range evaluate[[]string](t, tab, `[...document.querySelectorAll('text')].flatMap((t) => t.textContent.split(/\s+/).filter(Boolean))`) {
			if at := slices.Index(read, word); font.Native(word) {
				require.GreaterOrEqual(t, at, 0, "%s: %q", d.Name, word)
				read = slices.Delete(read, at, at+1)
			}
		}
	}
}

// unturned takes out the marks of direction that Poppler puts around words.
var unturned = strings.NewReplacer("\u202a", "", "\u202b", "", "\u202c", "")

// poppler runs one of its programs.
func poppler(t *testing.T, program string, args ...string) []byte {
	out, err := exec.Command(program, args...).Output()
	require.NoError(t, err, "the tests of PDF need poppler-utils")
	return out
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
