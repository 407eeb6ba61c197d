//go:build browser

package browser

import (
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/stretchr/testify/require"
)

const (
	lightCanvas = "rgb(255, 255, 255)"
	darkCanvas  = "rgb(13, 17, 23)"
)

// A picture inside a page follows the page's own switch, else the reader's preference, and the page may
// change a colour.
func TestHostPages(t *testing.T) {
	svg := string(render(t, newPool(t), shop("down")))
	tab, dir := newTab(t), t.TempDir()
	for _, c := range []struct{ name, scheme, html, body, want string }{
		{"nothing said, light", "light", "", "", lightCanvas},
		{"nothing said, dark", "dark", "", "", darkCanvas},
		{"Docusaurus dark", "light", `data-theme="dark"`, "", darkCanvas},
		{"Docusaurus light", "dark", `data-theme="light"`, "", lightCanvas},
		{"VitePress dark", "light", `class="dark"`, "", darkCanvas},
		{"Material dark", "light", "", `data-md-color-scheme="slate"`, darkCanvas},
		{"Material light", "dark", "", `data-md-color-scheme="default"`, lightCanvas},
		{"Bootstrap dark", "light", `data-bs-theme="dark"`, "", darkCanvas},
		{"own colour", "dark", `style="--asbuilt-canvas:#123456"`, "", "rgb(18, 52, 86)"},
	} {
		page := "<!doctype html><html " + c.html + "><title>host</title><body " + c.body + "><main>" + svg + "</main>"
		file := write(t, dir, "host.html", []byte(page))
		require.NoError(t, chromedp.Do(tab, prefer(c.scheme), chromedp.Navigate("file://"+file)))
		got := evaluate[string](t, tab, `getComputedStyle(document.querySelector('svg > rect')).fill`)
		require.Equal(t, c.want, got, c.name)
	}
}

// A page narrower than the picture shows all of it.
func TestNarrowHost(t *testing.T) {
	svg := string(render(t, newPool(t), shop("right")))
	tab := newTab(t)
	file := write(t, t.TempDir(), "host.html", []byte(`<!doctype html><title>host</title><body style="margin:0;width:600px">`+svg))
	require.NoError(t, chromedp.Do(tab, chromedp.Navigate("file://"+file)))
	box := evaluate[[]float64](t, tab, `(({width, height}) => [width, height])(document.querySelector('svg').getBoundingClientRect())`)
	view := evaluate[[]float64](t, tab, `(({width, height}) => [width, height])(document.querySelector('svg').viewBox.baseVal)`)
	require.InDelta(t, 600, box[0], 0.5)
	require.InDelta(t, view[1]/view[0], box[1]/box[0], 0.01)
}

// Links are reached with the keyboard and show where the focus is.
func TestFocus(t *testing.T) {
	tab := newTab(t)
	file := write(t, t.TempDir(), "shop.svg", render(t, newPool(t), shop("down")))
	require.NoError(t, chromedp.Do(tab, chromedp.Navigate("file://"+file), chromedp.KeyEvent("\t")))
	require.Equal(t, "a", evaluate[string](t, tab, `document.activeElement.localName`))
	require.Equal(t, "solid 2px", evaluate[string](t, tab, `(({outlineStyle, outlineWidth}) => outlineStyle + ' ' + outlineWidth)(getComputedStyle(document.activeElement))`))
}
