//go:build browser

package browser

import (
	"context"
	"flag"
	"os"
	"path/filepath"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/stretchr/testify/require"
)

var gallery = flag.String("gallery", "", "folder to write the samples to, as SVG and PNG")

// Every sample is drawn by the browser in light and dark. With -gallery the pictures are kept for the eye.
func TestSamplesAreDrawn(t *testing.T) {
	dir := *gallery
	if dir == "" {
		dir = t.TempDir()
	}
	require.NoError(t, os.MkdirAll(dir, 0o755))
	pool, tab := newPool(t), newTab(t)
	for _, d := range samples() {
		file := filepath.Join(dir, d.Name+".svg")
		require.NoError(t, os.WriteFile(file, render(t, pool, d), 0o644))
		for _, scheme := range []string{"light", "dark"} {
			png := screenshot(t, tab, file, scheme)
			require.NotEmpty(t, png)
			require.NoError(t, os.WriteFile(filepath.Join(dir, d.Name+"-"+scheme+".png"), png, 0o644))
		}
	}
}

// screenshot is the whole picture as a browser draws it.
func screenshot(t *testing.T, tab context.Context, file, scheme string) []byte {
	require.NoError(t, chromedp.Do(tab, prefer(scheme), chromedp.Navigate("file://"+file)))
	root := "document.documentElement"
	size := evaluate[[]int64](t, tab, "["+root+".width.baseVal.value, "+root+".height.baseVal.value].map(Math.ceil)")
	require.NoError(t, chromedp.Do(tab, chromedp.EmulateViewport(size[0], size[1])))
	png, err := chromedp.Run(tab, chromedp.CaptureScreenshot())
	require.NoError(t, err)
	return png
}
