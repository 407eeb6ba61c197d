//go:build browser

package browser

import (
	"context"
	_ "embed"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/stretchr/testify/require"
)

//go:embed probe.js
var probe string

// In every picture of the examples and of the samples, in light and in dark: no text leaves its card, label,
// group or page; no label overlaps a node or another label; colours contrast; every node and edge has a name;
// nothing runs and nothing is loaded.
func TestPictures(t *testing.T) {
	tab := newTab(t)
	watch := newWatch(t, tab)
	var sum tally
	for _, file := range pictures(t) {
		sum.look(t, tab, file, filepath.Base(file))
		sum.ink(t, tab, filepath.Base(file))
	}
	sum.require(t)
	watch.requireQuiet(t, tab)
}

// pictures lists the examples' pictures and draws the samples.
func pictures(t *testing.T) []string {
	var out []string
	require.NoError(t, filepath.WalkDir("../../examples", func(path string, e fs.DirEntry, err error) error {
		if err == nil && !e.IsDir() && strings.HasSuffix(path, ".svg") {
			out = append(out, absolute(t, path))
		}
		return err
	}))
	pool, dir := newPool(t), t.TempDir()
	for _, d := range samples() {
		out = append(out, write(t, dir, d.Name+".svg", render(t, pool, d)))
	}
	return out
}

func absolute(t *testing.T, path string) string {
	abs, err := filepath.Abs(path)
	require.NoError(t, err)
	return abs
}

func write(t *testing.T, dir, name string, data []byte) string {
	file := filepath.Join(dir, name)
	require.NoError(t, os.WriteFile(file, data, 0o644))
	return file
}

// whole is what the probe says of the picture in the page.
func whole(t *testing.T, tab context.Context) report {
	return evaluate[report](t, tab, probe+"probe.whole()")
}

// fit makes the window as large as the picture, so that every point of it can be asked about.
func fit(t *testing.T, tab context.Context) {
	root := "document.querySelector('svg').viewBox.baseVal"
	size := evaluate[[]int64](t, tab, "["+root+".width, "+root+".height].map(Math.ceil)")
	require.NoError(t, chromedp.Do(tab, chromedp.EmulateViewport(size[0]+40, size[1]+40)))
}
