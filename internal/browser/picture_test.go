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

	"github.com/chromedp/cdproto/accessibility"
	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/chromedp"
	"github.com/stretchr/testify/require"
)

//go:embed probe.js
var probe string

// report is what the probe says.
type report struct {
	Found                         []string
	Texts, Nodes, Edges, Compared int
}

// In every picture of the examples and of the samples, in light and in dark: no text leaves its card, label,
// group or page; no label overlaps a node or another label; colours contrast; every node and edge has a name;
// nothing runs and nothing is loaded.
func TestPictures(t *testing.T) {
	tab := newTab(t)
	watch := newWatch(t, tab)
	for _, file := range pictures(t) {
		requireGood(t, tab, file, filepath.Base(file), "light", "dark")
	}
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

// requireGood holds one picture to all that the probe looks for.
func requireGood(t *testing.T, tab context.Context, file, name string, schemes ...string) {
	for _, scheme := range schemes {
		require.NoError(t, chromedp.Do(tab, prefer(scheme), chromedp.Navigate("file://"+file)))
		fit(t, tab)
		r := evaluate[report](t, tab, probe)
		require.Empty(t, r.Found, "%s in %s", name, scheme)
		require.Positive(t, r.Texts, name)
		require.Greater(t, r.Compared, r.Texts, name)
		if scheme == "light" {
			requireNames(t, tab, name, r.Nodes+r.Edges)
		}
	}
}

// fit makes the window as large as the picture, so that every point of it can be asked about.
func fit(t *testing.T, tab context.Context) {
	root := "document.querySelector('svg').viewBox.baseVal"
	size := evaluate[[]int64](t, tab, "["+root+".width, "+root+".height].map(Math.ceil)")
	require.NoError(t, chromedp.Do(tab, chromedp.EmulateViewport(size[0]+40, size[1]+40)))
}

// requireNames asks the browser's accessibility tree, which is what a screen reader sees.
func requireNames(t *testing.T, tab context.Context, name string, want int) {
	named := 0
	tree, err := chromedp.Run(tab, func(ctx context.Context, target *chromedp.Target) (accessibility.GetFullAXTreeResult, error) {
		return cdp.Call(ctx, target, accessibility.GetFullAXTree, accessibility.GetFullAXTreeParams{})
	})
	require.NoError(t, err)
	for _, n := range tree.Nodes {
		if n.Ignored || n.Role == nil || n.Name == nil {
			continue
		}
		switch string(n.Role.Value) {
		case `"graphics-symbol"`, `"graphics-object"`:
			require.NotEqual(t, `""`, string(n.Name.Value), name)
			named++
		}
	}
	require.GreaterOrEqual(t, named, want, "%s: nodes and edges in the accessibility tree", name)
}
