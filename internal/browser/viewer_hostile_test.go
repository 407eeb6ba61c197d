//go:build browser

package browser

import (
	"context"
	"fmt"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/stretchr/testify/require"

	"github.com/asbuilt/asbuilt/internal/viewer"
	"github.com/asbuilt/asbuilt/internal/workspace"
	"github.com/asbuilt/asbuilt/pkg/arch"
	"github.com/asbuilt/asbuilt/pkg/diagram"
)

// Whatever the words are that reach the page – in pictures, in the index, in what went wrong – no dialog opens, nothing is
// asked of anybody else, and no word becomes an element.
func TestViewerHostileWords(t *testing.T) {
	tab, pool, server := newTab(t), newPool(t), listen(t)
	heard := complaints(t, tab)
	watch := newWatchOf(t, tab, server.URL())
	require.NoError(t, chromedp.Do(tab, chromedp.EmulateViewport(1200, 800), prefer("light"), chromedp.Navigate(server.URL())))
	for i, word := range hostileWords {
		d := hostile(word)
		require.NoError(t, server.Show(exhibit(d, []string{word}, render(t, pool, d))))
		tempt(t, tab, d, fmt.Sprintf("%d: %.40q", i, word))
	}
	require.Empty(t, heard())
	watch.requireQuiet(t, tab)
}

// exhibit is a diagram as serve shows it, with an index and troubles that say what it says.
func exhibit(d *diagram.Diagram, words []string, svg []byte) *workspace.Exhibit {
	m := arch.Model{Architecture: arch.Architecture{Title: words[0], Version: words[0]}, Teams: []*arch.Team{{Address: "team.t", Title: words[0]}}}
	for _, word := range words {
		m.Elements = append(m.Elements, &arch.Element{Address: "system." + word, Type: "system", Title: word})
	}
	for i, n := range d.Nodes {
		word := words[i*len(words)/len(d.Nodes)]
		m.Elements = append(m.Elements, &arch.Element{
			Address: n.Address, Type: n.Type, Kind: word, Title: word, Technology: word, Description: word, Tags: []string{word}, Docs: word, Owner: "team.t", Parent: "system." + word,
		})
	}
	index := viewer.NewIndex(arch.New(m), []*diagram.Diagram{d})
	index.AddView(d, viewer.View{Of: d.Nodes[0].Address, Sum: d.Digest()})
	for _, word := range words {
		index.AddTrouble(word, word, word)
	}
	return &workspace.Exhibit{Index: index, Pictures: map[string][]byte{d.Name: svg}}
}

// tempt waits for a picture, and does what a reader does with every part of it.
func tempt(t *testing.T, tab context.Context, d *diagram.Diagram, name string) {
	t.Helper()
	until(t, tab, fmt.Sprintf(`document.querySelector('#stage > svg')?.dataset.digest === %q`, d.Digest()))
	require.Positive(t, evaluate[int](t, tab, `(() => {
		let asked = 0;
		const show = (e) => {
			for (const type of ['pointerover', 'click']) e.dispatchEvent(type === 'click' ? new MouseEvent(type, {bubbles: true}) : new PointerEvent(type, {bubbles: true}));
			asked += document.querySelectorAll('#details h2').length;
		};
		document.querySelectorAll('.ab-node, .ab-edge, .ab-title').forEach(show);
		const search = document.getElementById('search');
		search.focus();
		search.value = document.querySelector('#trouble li code')?.textContent ?? 'x';
		search.dispatchEvent(new Event('input'));
		return asked;
	})()`), name)
	require.Equal(t, 0, evaluate[int](t, tab, `document.querySelectorAll('body script, iframe, img, image, use, foreignObject, object, embed, [onload], [onerror], [onmouseover], body style, a[href^="javascript" i], a[href^="data" i]').length`), name)
	require.Equal(t, 1, evaluate[int](t, tab, `document.querySelectorAll('#stage > svg').length`), name)
}
