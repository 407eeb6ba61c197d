//go:build browser

package browser

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
	"github.com/stretchr/testify/require"
)

// focused says where the keyboard is, and what shows it.
const focused = `(() => {
	const e = document.activeElement, {outlineStyle, outlineWidth, outlineColor} = getComputedStyle(e);
	return {index: stops.indexOf(e), style: outlineStyle, width: parseFloat(outlineWidth), contrast: probe.clear(outlineColor)};
})()`

// The keyboard reaches every link of a picture, and every edge with evidence, in their order, and always shows where it
// is: by a line of two pixels in a colour that contrasts, in light and dark. (TestGeneratedDiagrams walks those.)
func TestKeyboard(t *testing.T) {
	tab := newTab(t)
	walked, walkable := 0, 0
	for _, file := range pictures(t) {
		name, scheme := filepath.Base(file), []string{"light", "dark"}[walkable%2]
		require.NoError(t, chromedp.Do(tab, prefer(scheme), chromedp.EmulateViewport(1440, 900), chromedp.Navigate("file://"+file)))
		before, err := chromedp.Run(tab, chromedp.CaptureScreenshot())
		require.NoError(t, err)
		stops := walk(t, tab, name)
		if stops == 0 {
			continue
		}
		evaluate[bool](t, tab, `stops[0].focus(), true`)
		after, err := chromedp.Run(tab, chromedp.CaptureScreenshot())
		require.NoError(t, err)
		require.NotEqual(t, before, after, "%s: the focus is seen", name)
		walked += stops
		walkable++
	}
	t.Logf("%d links and edges reached in %d pictures", walked, walkable)
	require.Greater(t, walkable, 15)
}

// walk presses Tab through the picture that is open, from its beginning to its end, and says how often it stopped.
func walk(t *testing.T, tab context.Context, name string) int {
	stops := evaluate[int](t, tab, probe+`window.stops = [...document.querySelectorAll('a, [tabindex="0"]')], stops.length`)
	for i := range stops {
		require.NoError(t, chromedp.Do(tab, chromedp.KeyEvent(kb.Tab)))
		at := evaluate[struct {
			Index           int
			Style           string
			Width, Contrast float64
		}](t, tab, focused)
		require.Equal(t, i, at.Index, name)
		require.Equal(t, "solid", at.Style, name)
		require.GreaterOrEqual(t, at.Width, 2.0, name)
		require.GreaterOrEqual(t, at.Contrast, 3.0, name)
	}
	return stops
}

// sampled are all pictures of the examples, the samples, and some of the smaller generated diagrams.
func sampled(t *testing.T) []string {
	out := pictures(t)
	pool, dir := newPool(t), t.TempDir()
	for n := 3; n < generations/2; n += 11 {
		d := generate(n)
		out = append(out, write(t, dir, d.Name+".svg", render(t, pool, d)))
	}
	return out
}

// axe-core finds nothing in pictures: opened by themselves in light, and inside a page in dark.
func TestPicturesAreAccessible(t *testing.T) {
	axe, err := os.ReadFile("../viewer/node_modules/axe-core/axe.min.js")
	require.NoError(t, err, "run make viewer")
	tab, dir := newTab(t), t.TempDir()
	looked := 0
	hold := func(file, scheme, name string, least int) {
		require.NoError(t, chromedp.Do(tab, prefer(scheme), chromedp.EmulateViewport(1440, 900), chromedp.Navigate("file://"+file)))
		require.Empty(t, violations(t, tab, string(axe), least), "%s in %s", name, scheme)
		looked++
	}
	for _, file := range sampled(t) {
		svg, err := os.ReadFile(file)
		require.NoError(t, err)
		page := fmt.Sprintf("<!doctype html><html lang=en><meta charset=utf-8><title>host</title><main><h1>A page</h1>%s</main>", svg)
		host := write(t, dir, "host.html", []byte(page))
		hold(file, "light", filepath.Base(file), 7)
		hold(host, "dark", filepath.Base(file)+" in a page", 15)
	}
	t.Logf("%d times looked at", looked)
	require.Greater(t, looked, 50)
}

// The keyboard reaches everything on the page of serve, in its order, and always shows where it is.
func TestViewerKeyboard(t *testing.T) {
	tab := newTab(t)
	url := serve(t, copyShop(t))
	for _, scheme := range []string{"light", "dark"} {
		require.NoError(t, chromedp.Do(tab, prefer(scheme), chromedp.EmulateViewport(1440, 900)))
		open(t, tab, url+"#/shop/component.checkout")
		until(t, tab, `!document.getElementById('details').hidden`)
		evaluate[bool](t, tab, `window.stops = [...document.querySelectorAll('a[href], button, input, [tabindex]')].filter((e) => e.tabIndex >= 0 && e.checkVisibility({visibilityProperty: true})), document.activeElement.blur(), getSelection().removeAllRanges(), true`)
		stops := evaluate[int](t, tab, `stops.length`)
		require.Greater(t, stops, 40)
		reached := map[int]bool{}
		for range stops {
			require.NoError(t, chromedp.Do(tab, chromedp.KeyEvent(kb.Tab)))
			at := evaluate[struct {
				Index int
				What  string
			}](t, tab, `({index: stops.indexOf(document.activeElement), what: document.activeElement.outerHTML.slice(0, 120)})`)
			require.GreaterOrEqual(t, at.Index, 0, at.What)
			// The picture glides to what is off the stage.
			require.Eventually(t, func() bool { return evaluate[bool](t, tab, focusSeen) }, 10*time.Second, 20*time.Millisecond, "%s: the focus is seen: %s", scheme, at.What)
			reached[at.Index] = true
		}
		require.Len(t, reached, stops)
	}
}

const focusSeen = `(() => {
	const e = document.activeElement, {outlineStyle, outlineWidth} = getComputedStyle(e), b = e.getBoundingClientRect();
	return outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2 && b.right > 0 && b.bottom > 0 && b.left < innerWidth && b.top < innerHeight;
})()`
