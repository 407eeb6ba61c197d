//go:build browser

package browser

import (
	"bytes"
	"context"
	"fmt"
	"image/png"
	"testing"

	"github.com/chromedp/cdproto/accessibility"
	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/chromedp"
	"github.com/stretchr/testify/require"
)

// report is what the probe says.
type report struct {
	Found                         []string
	Texts, Nodes, Edges, Compared int
	Through                       int // edges that pass over a card
}

// tally adds up what was found in many pictures, so that one run tells all.
type tally struct {
	pictures, nodes, edges, texts, compared, named, inked, through, walked int
	found                                                                  []string
}

// look holds a picture, opened by itself, to all that the probe looks for, in light and in dark, and to names.
func (s *tally) look(t *testing.T, tab context.Context, file, name string) {
	t.Helper()
	require.NoError(t, chromedp.Do(tab, prefer("light"), chromedp.Navigate("file://"+file)))
	fit(t, tab)
	r := s.probe(t, tab, name, "whole")
	s.names(t, tab, name, r.Nodes+r.Edges)
	require.NoError(t, chromedp.Do(tab, prefer("dark")))
	s.probe(t, tab, name+" in dark", "colors")
	s.pictures++
	s.nodes += r.Nodes
	s.edges += r.Edges
	s.through += r.Through
	s.texts += r.Texts
}

// probe lets the probe look at all, or at the colours alone.
func (s *tally) probe(t *testing.T, tab context.Context, name, what string) report {
	t.Helper()
	r := evaluate[report](t, tab, probe+"probe."+what+"()")
	require.Greater(t, r.Compared, r.Texts, name)
	require.Positive(t, r.Texts, name)
	for _, found := range r.Found {
		s.found = append(s.found, name+": "+found)
	}
	s.compared += r.Compared
	return r
}

// names asks the browser's accessibility tree, which is what a screen reader sees.
func (s *tally) names(t *testing.T, tab context.Context, name string, want int) {
	t.Helper()
	tree, err := chromedp.Run(tab, func(ctx context.Context, target *chromedp.Target) (accessibility.GetFullAXTreeResult, error) {
		return cdp.Call(ctx, target, accessibility.GetFullAXTree, accessibility.GetFullAXTreeParams{})
	})
	require.NoError(t, err)
	named := 0
	for _, n := range tree.Nodes {
		if n.Ignored || n.Role == nil {
			continue
		}
		switch string(n.Role.Value) {
		case `"graphics-symbol"`, `"graphics-object"`, `"graphics-document"`:
			if n.Name == nil || string(n.Name.Value) == `""` {
				s.found = append(s.found, name+": something in the accessibility tree has no name")
			}
			named++
		}
	}
	if named <= want { // the picture has a name, too
		s.found = append(s.found, fmt.Sprintf("%s: %d of %d things are in the accessibility tree", name, named, want+1))
	}
	s.named += named
}

// onlyWords hides all but the words, which are black on white; wholeAgain shows the rest again.
const onlyWords = `(() => {
	const style = window.hiding = document.createElementNS('http://www.w3.org/2000/svg', 'style');
	style.textContent = '.asbuilt, .asbuilt * {fill: none !important; stroke: none !important} .asbuilt text {fill: #000 !important}';
	document.documentElement.append(style);
	return true;
})()`

const wholeAgain = `hiding.remove(), true`

// ink looks at the dots of the words themselves: letters may be higher than their font says, and then touch others.
func (s *tally) ink(t *testing.T, tab context.Context, name string) {
	t.Helper()
	const reach = 2 // of a line's own room, in pixels
	boxes := evaluate[[][]float64](t, tab, probe+"probe.words()")
	evaluate[bool](t, tab, onlyWords)
	shot, err := chromedp.Run(tab, chromedp.CaptureScreenshot())
	require.NoError(t, err)
	evaluate[bool](t, tab, wholeAgain)
	img, err := png.Decode(bytes.NewReader(shot))
	require.NoError(t, err)
	size := img.Bounds()
	room := make([]bool, size.Dx()*size.Dy())
	for _, b := range boxes {
		for y := max(int(b[1])-reach, 0); y < min(int(b[3])+reach+1, size.Dy()); y++ {
			for x := max(int(b[0])-reach, 0); x < min(int(b[2])+reach+1, size.Dx()); x++ {
				room[y*size.Dx()+x] = true
			}
		}
	}
	inside, outside := 0, 0
	for y := range size.Dy() {
		for x := range size.Dx() {
			if r, g, b, _ := img.At(x, y).RGBA(); r+g+b > 3*0xa000 {
				continue
			}
			if room[y*size.Dx()+x] {
				inside++
			} else if outside++; outside == 1 {
				s.found = append(s.found, fmt.Sprintf("%s: letters reach out of their line at %d, %d", name, x, y))
			}
		}
	}
	require.Positive(t, inside, name)
	s.inked++
}

func (s *tally) require(t *testing.T) {
	t.Helper()
	t.Logf("%d pictures, %d nodes and groups, %d edges (%d pass over a card), %d texts, %d colours compared, %d names, %d reached by keyboard, %d looked at dot by dot: %d faults",
		s.pictures, s.nodes, s.edges, s.through, s.texts, s.compared, s.named, s.walked, s.inked, len(s.found))
	require.Empty(t, s.found[:min(len(s.found), 40)])
}
