//go:build browser

package browser

import (
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/stretchr/testify/require"

	"github.com/asbuilt/asbuilt/internal/paint"
	"github.com/asbuilt/asbuilt/internal/typeset"
)

// Two fragments stand on one page: each is light, but for the colours that the page sets around it.
func TestFragmentsInAPage(t *testing.T) {
	pool, tab, dir := newPool(t), newTab(t), t.TempDir()
	d := shop("down")
	words := typeset.Set(d, nil)
	svg, err := paint.Fragment(d, words, place(t, pool, d, words))
	require.NoError(t, err)
	page := `<!doctype html><title>host</title><main>` + string(svg) + `</main><aside style="--asbuilt-canvas:#123456;--asbuilt-way:#654321">` + string(svg) + `</aside>`
	file := write(t, dir, "host.html", []byte(page))
	watch := newWatch(t, tab)
	require.NoError(t, chromedp.Do(tab, prefer("dark"), chromedp.Navigate("file://"+file)))
	look := func(of, property string) string {
		return evaluate[string](t, tab, `getComputedStyle(document.querySelector('`+of+`')).`+property)
	}
	require.Equal(t, lightCanvas, look("main svg > rect", "fill"))
	require.Equal(t, "rgb(18, 52, 86)", look("aside svg > rect", "fill"))
	require.Equal(t, "rgb(100, 112, 138)", look("main .ab-way", "stroke"))
	require.Equal(t, "rgb(101, 67, 33)", look("aside .ab-way", "stroke"))
	require.Equal(t, int64(0), evaluate[int64](t, tab, `document.querySelectorAll('svg style, svg use, svg [id]').length`))
	watch.requireQuiet(t, tab)

	// How the page sets its own words is no affair of the picture's.
	page = `<!doctype html><title>host</title><style>body { direction: rtl; letter-spacing: 2px; word-spacing: 9px; font: italic small-caps bold 20px serif }</style>` + string(svg)
	require.NoError(t, chromedp.Do(tab, chromedp.Navigate("file://"+write(t, dir, "hostile.html", []byte(page)))))
	set := `[...document.querySelectorAll('svg text')].map((t) => { const b = t.getBBox(); return [b.x, b.width].map((v) => v.toFixed(1)).join(' '); })`
	hostile := evaluate[[]string](t, tab, set)
	require.NoError(t, chromedp.Do(tab, chromedp.Navigate("file://"+write(t, dir, "alone.svg", svg))))
	require.Equal(t, evaluate[[]string](t, tab, set), hostile)
}
