//go:build browser

package browser

import (
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/stretchr/testify/require"

	"github.com/asbuilt/asbuilt/internal/geometry"
	"github.com/asbuilt/asbuilt/internal/layout"
	"github.com/asbuilt/asbuilt/internal/paint"
	"github.com/asbuilt/asbuilt/internal/sequence"
	"github.com/asbuilt/asbuilt/internal/typeset"
	"github.com/asbuilt/asbuilt/pkg/diagram"
)

// Two hundred diagrams of all kinds and many scripts, from 5 to 250 nodes, hold what the examples hold.
func TestGeneratedDiagrams(t *testing.T) {
	axe, err := os.ReadFile("../viewer/node_modules/axe-core/axe.min.js")
	require.NoError(t, err, "run make viewer")
	tab := newTab(t)
	watch := newWatch(t, tab)
	var sum tally
	for p := range generatedPictures(t) {
		require.NoError(t, p.err, p.name)
		sum.look(t, tab, p.file, p.name)
		require.Empty(t, violations(t, tab, string(axe), 7), p.name)
		if p.small() {
			sum.ink(t, tab, p.name)
		}
		require.NoError(t, chromedp.Do(tab, prefer([]string{"light", "dark"}[sum.pictures%2])))
		sum.walked += walk(t, tab, p.name)
	}
	require.Equal(t, generations, sum.pictures)
	sum.require(t)
	require.Greater(t, sum.inked, 20)
	require.Zero(t, sum.through, "edges that pass over a card")
	require.Greater(t, sum.walked, 5000)
	watch.requireQuiet(t, tab)
}

// generation is a picture of a diagram that was made up.
type generation struct {
	*diagram.Diagram
	name, file string
	err        error
}

// small picks some pictures that are not too large to be looked at dot by dot.
func (g generation) small() bool { return len(g.Nodes) <= 40 && len(g.Edges)%2 == 0 }

// generatedPictures draws all diagrams side by side, while others are looked at. With -gallery they are kept for the eye.
func generatedPictures(t *testing.T) <-chan generation {
	dir := t.TempDir()
	if *gallery != "" {
		dir = filepath.Join(*gallery, "generated")
		require.NoError(t, os.MkdirAll(dir, 0o755))
	}
	pool := newPool(t)
	out := make(chan generation, 4)
	numbers := make(chan int)
	var drawing sync.WaitGroup
	for range workers {
		drawing.Go(func() {
			for n := range numbers {
				g := generation{Diagram: generate(n)}
				g.name, g.file = g.Name, filepath.Join(dir, g.Name+".svg")
				svg, err := drawn(t, pool, g.Diagram, n%4 == 3 && len(g.Nodes) <= 120)
				if err == nil {
					err = os.WriteFile(g.file, svg, 0o644)
				}
				g.err = err
				select {
				case out <- g:
				case <-t.Context().Done():
					return
				}
			}
		})
	}
	go func() {
		defer close(out)
		defer drawing.Wait()
		defer close(numbers)
		for n := range generations {
			select {
			case numbers <- n:
			case <-t.Context().Done():
				return
			}
		}
	}()
	return out
}

// drawn draws a diagram; again, if asked to, with most cards held where they stood: then words on edges may find no room.
func drawn(t *testing.T, pool *layout.Pool, d *diagram.Diagram, again bool) ([]byte, error) {
	words := typeset.Set(d, nil)
	if d.Kind == diagram.KindSequence {
		return paint.SVG(d, words, sequence.Layout(words))
	}
	request := words.Request()
	plan, err := pool.Layout(t.Context(), request)
	if err != nil {
		return nil, err
	}
	if again {
		for i := range request.Nodes {
			if i%5 > 0 {
				request.Nodes[i].Held = &geometry.Hold{At: plan.Nodes[i]}
			}
		}
		if plan, err = pool.Layout(t.Context(), request); err != nil {
			return nil, err
		}
	}
	return paint.SVG(d, words, plan)
}

// A fragment of a page holds the same, in the page's light.
func TestGeneratedFragments(t *testing.T) {
	pool, tab, dir := newPool(t), newTab(t), t.TempDir()
	var sum tally
	for n := 0; n < generations/2; n += 7 {
		d := generate(n)
		words := typeset.Set(d, nil)
		svg, err := paint.Fragment(d, words, place(t, pool, d, words))
		require.NoError(t, err)
		page := fmt.Sprintf("<!doctype html><html lang=en><meta charset=utf-8><title>host</title><main>%s</main>", svg)
		require.NoError(t, chromedp.Do(tab, prefer("light"), chromedp.Navigate("file://"+write(t, dir, "host.html", []byte(page)))))
		sum.probe(t, tab, d.Name, "whole")
	}
	sum.require(t)
}
