//go:build browser

package browser

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
	"github.com/stretchr/testify/require"

	"github.com/asbuilt/asbuilt/internal/export"
	"github.com/asbuilt/asbuilt/pkg/diagram"
)

// The page of all views shows every picture, and only those are loaded; axe-core finds nothing, and the keyboard reaches
// every link, in light and dark, wide and narrow, whatever the titles say. With -gallery it is kept for the eye.
func TestGalleryPage(t *testing.T) {
	axe, err := os.ReadFile("../viewer/node_modules/axe-core/axe.min.js")
	require.NoError(t, err, "run make viewer")
	pool, tab, dir := newPool(t), newTab(t), t.TempDir()
	heard := complaints(t, tab)
	file := write(t, dir, "index.html", galleryPage(t, func(d *diagram.Diagram) string {
		write(t, dir, d.Name+".svg", render(t, pool, d))
		return d.Name + ".svg"
	}))
	links := 0
	for _, size := range []struct {
		name string
		w, h int64
	}{{"wide", 1440, 900}, {"narrow", 390, 780}} {
		for _, scheme := range []string{"light", "dark"} {
			name := "page-" + size.name + "-" + scheme
			require.NoError(t, chromedp.Do(tab, chromedp.EmulateViewport(size.w, size.h), prefer(scheme), chromedp.Navigate("file://"+file)))
			evaluate[bool](t, tab, `document.querySelectorAll('img').forEach((i) => { i.loading = 'eager' }), true`)
			until(t, tab, `[...document.images].every((i) => i.complete && i.naturalWidth > 0)`)
			require.Empty(t, violations(t, tab, string(axe), 15), name)
			require.False(t, evaluate[bool](t, tab, `document.documentElement.scrollWidth > innerWidth`), name)
			require.Zero(t, evaluate[int](t, tab, `document.scripts.length`), name)
			links = evaluate[int](t, tab, `document.links.length`)
			if *gallery != "" {
				require.NoError(t, os.MkdirAll(*gallery, 0o755))
				png, err := chromedp.Run(tab, chromedp.CaptureScreenshot())
				require.NoError(t, err)
				require.NoError(t, os.WriteFile(filepath.Join(*gallery, name+".png"), png, 0o644))
			}
		}
	}
	require.Greater(t, links, 2*len(hostileWords))
	for i := range links {
		require.NoError(t, chromedp.Do(tab, chromedp.KeyEvent(kb.Tab)))
		require.Equal(t, i, evaluate[int](t, tab, `[...document.links].indexOf(document.activeElement)`))
		require.NotEqual(t, "none", evaluate[string](t, tab, `getComputedStyle(document.activeElement).outlineStyle`))
	}
	require.Empty(t, heard())
}

// galleryPage is a gallery of the samples, and of a view for every hostile word.
func galleryPage(t *testing.T, draw func(*diagram.Diagram) string) []byte {
	g := export.Gallery{Architecture: "Samples", Version: "1"}
	var last string
	for _, d := range samples() {
		last = draw(d)
		g.Views = append(g.Views, export.Hanging{Diagram: d, Files: []export.File{{Name: last, Label: "SVG"}}, Picture: last})
	}
	for i, word := range hostileWords {
		d := &diagram.Diagram{Name: fmt.Sprintf("hostile%d", i), Kind: "landscape", Title: word, Description: word}
		g.Views = append(g.Views, export.Hanging{Diagram: d, Files: []export.File{{Name: last, Label: "SVG"}}, Picture: last})
	}
	written, err := g.Page()
	require.NoError(t, err)
	return written
}
