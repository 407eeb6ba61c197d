//go:build browser

package browser

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/input"
	devlog "github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
	"github.com/stretchr/testify/require"

	"github.com/asbuilt/asbuilt/internal/process"
	"github.com/asbuilt/asbuilt/internal/web"
	"github.com/asbuilt/asbuilt/internal/workspace"
)

// serve serves a project as the command does, and returns the address of the page.
func serve(t *testing.T, dir string) string {
	w, err := workspace.Open(workspace.Env{Dir: dir, Today: time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC), Worker: func() (process.Command, error) {
		self, err := os.Executable()
		return process.Command{Path: self, Env: []string{workerVariable + "=1"}}, err
	}})
	require.NoError(t, err)
	server := listen(t)
	ctx, stop := context.WithCancel(t.Context())
	ready, ended := make(chan bool, 1), make(chan error)
	go func() {
		ended <- w.Watch(ctx, workspace.Watching{
			Now: time.Now, Show: func(e *workspace.Exhibit) { server.Show(e) },
			Ready: func(int) { ready <- true }, Built: func(workspace.Build) {}, Say: func(string) {},
		})
	}()
	t.Cleanup(func() {
		stop()
		require.NoError(t, <-ended)
		require.NoError(t, w.Close())
	})
	<-ready
	return server.URL()
}

func listen(t *testing.T) *web.Server {
	server, err := web.Listen(0)
	require.NoError(t, err)
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan error)
	go func() { ended <- server.Serve(ctx) }()
	t.Cleanup(func() {
		stop()
		require.NoError(t, <-ended)
	})
	return server
}

// copyShop is the example with an import that nobody declared, to be changed.
func copyShop(t *testing.T) string {
	dir := filepath.Join(t.TempDir(), "shop")
	require.NoError(t, os.CopyFS(dir, os.DirFS("../../examples/shop")))
	drift := "package shipping\n\nimport _ \"example.com/shop/services/payments\"\n"
	require.NoError(t, os.WriteFile(filepath.Join(dir, "services/shipping/drift.go"), []byte(drift), 0o644))
	return dir
}

// complaints collects what the browser complains of: errors and warnings on its console, exceptions.
func complaints(t *testing.T, tab context.Context) func() []string {
	seen := make(chan string, 1000)
	require.NoError(t, chromedp.Do(tab, chromedp.Func(func(ctx context.Context, target *chromedp.Target) error {
		_, err := cdp.Call(ctx, target, devlog.Enable, cdp.Empty{})
		return err
	})))
	entries, exceptions, calls := chromedp.Events(tab, devlog.EntryAdded), chromedp.Events(tab, runtime.ExceptionThrown), chromedp.Events(tab, runtime.ConsoleAPICalled)
	go func() {
		for e, err := range entries {
			if err != nil {
				return
			}
			seen <- fmt.Sprintf("%s: %s %s", e.Entry.Level, e.Entry.Text, e.Entry.URL)
		}
	}()
	go func() {
		for e, err := range exceptions {
			if err != nil {
				return
			}
			seen <- e.ExceptionDetails.Text + " " + e.ExceptionDetails.Exception.Description
		}
	}()
	go func() {
		for e, err := range calls {
			if err != nil {
				return
			}
			seen <- string(e.Type) + " called"
		}
	}()
	return func() []string {
		evaluate[bool](t, tab, `console.debug('awake'), true`) // all that came before has been heard when this is
		var heard []string
		for what := range seen {
			if what == "debug called" {
				break
			}
			heard = append(heard, what)
		}
		return heard
	}
}

// until waits for a condition in the page.
func until(t *testing.T, tab context.Context, condition string) {
	t.Helper()
	require.Eventually(t, func() bool { return evaluate[bool](t, tab, "!!("+condition+")") }, 20*time.Second, 20*time.Millisecond, condition)
}

func keys(t *testing.T, tab context.Context, text string) {
	t.Helper()
	require.NoError(t, chromedp.Do(tab, chromedp.KeyEvent(text)))
}

const (
	picture   = `document.querySelector('#stage > svg')`
	scaleNow  = `new DOMMatrix(getComputedStyle(document.querySelector('#stage > svg')).transform).a`
	placeNow  = `(({e, f}) => [e, f])(new DOMMatrix(getComputedStyle(document.querySelector('#stage > svg')).transform))`
	shownView = `document.querySelector('#stage > svg')?.dataset.view`
)

func open(t *testing.T, tab context.Context, url string) {
	t.Helper()
	require.NoError(t, chromedp.Do(tab, chromedp.Navigate("about:blank"), chromedp.Navigate(url)))
	until(t, tab, picture)
	settle(t, tab)
}

// settle waits until nothing moves.
func settle(t *testing.T, tab context.Context) {
	t.Helper()
	last := ""
	require.Eventually(t, func() bool {
		now := evaluate[string](t, tab, picture+`?.style.transform ?? ''`)
		still := now == last && now != ""
		last = now
		return still
	}, 20*time.Second, 150*time.Millisecond)
}

// A person's walk: from the landscape into the shop and a component, by pointer and by keyboard; back; search.
func TestViewer(t *testing.T) {
	tab := newTab(t)
	heard := complaints(t, tab)
	url := serve(t, copyShop(t))
	require.NoError(t, chromedp.Do(tab, chromedp.EmulateViewport(1440, 900), prefer("light")))
	open(t, tab, url)
	require.Equal(t, "landscape", evaluate[string](t, tab, shownView))
	require.Equal(t, "Who uses what – Web shop", evaluate[string](t, tab, `document.title`))

	// Zoom, pan and fit with the keyboard.
	fitted := evaluate[float64](t, tab, scaleNow)
	keys(t, tab, "+")
	settle(t, tab)
	require.InDelta(t, fitted*1.4, evaluate[float64](t, tab, scaleNow), 0.01)
	keys(t, tab, "-")
	settle(t, tab)
	require.InDelta(t, fitted, evaluate[float64](t, tab, scaleNow), 0.01)
	before := evaluate[[]float64](t, tab, placeNow)
	keys(t, tab, "\u0303") // arrow right
	settle(t, tab)
	require.InDelta(t, before[0]-80, evaluate[[]float64](t, tab, placeNow)[0], 1)
	keys(t, tab, "0")
	settle(t, tab)
	require.InDelta(t, before[0], evaluate[[]float64](t, tab, placeNow)[0], 1)
	require.NoError(t, chromedp.Do(tab, chromedp.MouseEvent(input.DispatchMouseEventTypeMouseWheel, 700, 500, func(p *input.DispatchMouseEventParams) { p.DeltaX, p.DeltaY = 0.01, -200 })))
	until(t, tab, scaleNow+" > "+fmt.Sprint(fitted*1.2))
	keys(t, tab, "0")
	settle(t, tab)

	// Drill down with the keyboard, then with the pointer.
	evaluate[bool](t, tab, picture+`.querySelector('[data-address="system.shop"]').focus({focusVisible: true}), true`)
	until(t, tab, `!document.getElementById('hint').hidden`)
	require.Equal(t, "hint", evaluate[string](t, tab, `document.activeElement.getAttribute('aria-describedby')`))
	require.Equal(t, "solid", evaluate[string](t, tab, `getComputedStyle(document.activeElement).outlineStyle`))
	keys(t, tab, "\r")
	until(t, tab, shownView+` === 'shop'`)
	settle(t, tab)
	require.Equal(t, []string{"Who uses what", "Inside the web shop, as built"}, evaluate[[]string](t, tab, `[...document.querySelectorAll('#crumbs li')].map((li) => li.textContent)`))
	click(t, tab, picture+`.querySelector('[data-address="component.checkout"] .v-mark')`)
	until(t, tab, shownView+` === 'checkout'`)
	settle(t, tab)
	require.Equal(t, 3, evaluate[int](t, tab, `document.querySelectorAll('#crumbs li').length`))
	evaluate[bool](t, tab, `history.back(), true`)
	until(t, tab, shownView+` === 'shop'`)
	settle(t, tab)

	// What is pointed at, and what it touches, stands out; the evidence is there.
	divergence := picture + `.querySelector('[data-verdict="divergence"]')`
	p := evaluate[[]float64](t, tab, `(() => {
		const e = `+divergence+`, w = e.querySelector('.ab-way');
		for (let at = 0.2; at < 0.8; at += 0.01) { // where nothing else lies over it
			const p = w.getPointAtLength(w.getTotalLength() * at).matrixTransform(w.getScreenCTM());
			if ([-2, 0, 2].every((d) => e.contains(document.elementFromPoint(p.x + d, p.y)))) return [p.x, p.y];
		}
	})()`)
	require.NoError(t, chromedp.Do(tab, chromedp.MouseEvent(input.DispatchMouseEventTypeMouseMoved, p[0], p[1])))
	until(t, tab, `!document.getElementById('hint').hidden && document.querySelector('#hint code')`)
	require.Equal(t, 3, evaluate[int](t, tab, picture+`.querySelectorAll('.v-lit:not(.ab-label)').length`))
	require.Contains(t, evaluate[string](t, tab, `document.querySelector('#hint code').textContent`), "shipping → payments")
	require.NoError(t, chromedp.Do(tab, chromedp.MouseClickXY(p[0], p[1])))
	until(t, tab, `!document.getElementById('details').hidden`)
	require.Equal(t, "Shipping uses Payments, 1 import", evaluate[string](t, tab, `document.querySelector('#details h2').textContent`))
	require.Equal(t, "not declared", evaluate[string](t, tab, `document.querySelector('#details .verdict').textContent`))
	keys(t, tab, "\x1b")
	until(t, tab, `document.getElementById('details').hidden`)
	settle(t, tab)
	click(t, tab, picture+`.querySelector('[data-address="component.payments"] > .ab-outline')`)
	until(t, tab, `!document.getElementById('details').hidden`)
	require.Contains(t, evaluate[string](t, tab, `document.getElementById('details').innerText`), "Used by")
	keys(t, tab, "\x1b")
	until(t, tab, `document.getElementById('details').hidden`)

	// Search finds, and goes there.
	keys(t, tab, "/")
	until(t, tab, `document.activeElement.id === 'search'`)
	keys(t, tab, "order")
	until(t, tab, `document.querySelectorAll('#found li').length > 1`)
	require.Equal(t, "found-0", evaluate[string](t, tab, `document.activeElement.getAttribute('aria-activedescendant')`))
	evaluate[bool](t, tab, `document.getElementById('search').value = '', true`)
	keys(t, tab, "orders api")
	until(t, tab, `document.querySelector('#found .what')?.textContent === 'Orders API'`)
	keys(t, tab, "\r")
	until(t, tab, shownView+` === 'checkout'`)
	until(t, tab, picture+`.querySelector('[data-address="api.orders_v1"].v-chosen')`)
	require.Contains(t, evaluate[string](t, tab, `location.hash`), "checkout/api.orders_v1")

	// An instance in an environment is of its element, and opens the same.
	evaluate[bool](t, tab, `location.hash = '#/production', true`)
	until(t, tab, shownView+` === 'production'`)
	settle(t, tab)
	click(t, tab, picture+`.querySelector('[data-address$="/component.checkout"] > .ab-outline')`)
	until(t, tab, `document.querySelector('#details .primary')`)
	require.Contains(t, evaluate[string](t, tab, `document.getElementById('details').innerText`), "Used by")
	click(t, tab, `document.querySelector('#details .primary')`)
	until(t, tab, shownView+` === 'checkout'`)

	// The reader's colours.
	require.Equal(t, lightCanvas, evaluate[string](t, tab, `getComputedStyle(`+picture+`.querySelector('rect')).fill`))
	click(t, tab, `document.getElementById('theme')`)
	require.Equal(t, darkCanvas, evaluate[string](t, tab, `getComputedStyle(`+picture+`.querySelector('rect')).fill`))
	require.Empty(t, heard())
}

func click(t *testing.T, tab context.Context, target string) {
	t.Helper()
	p := evaluate[[]float64](t, tab, `(({left, right, top, bottom}) => [(left + right) / 2, (top + bottom) / 2])(`+target+`.getBoundingClientRect())`)
	require.NoError(t, chromedp.Do(tab, chromedp.MouseClickXY(p[0], p[1])))
}

// From the landscape it is three steps to the packages: system, component, code.
func TestViewerReachesCode(t *testing.T) {
	tab, dir := newTab(t), copyShop(t)
	heard := complaints(t, tab)
	view := "view \"code\" \"catalog_code\" {\n  of    = component.catalog\n  title = \"The catalogue's packages\"\n}\n"
	require.NoError(t, os.WriteFile(filepath.Join(dir, "code.arch.hcl"), []byte(view), 0o644))
	open(t, tab, serve(t, dir)+"#/landscape")
	for _, step := range []struct{ on, view string }{{"system.shop", "shop"}, {"component.catalog", "catalog_code"}} {
		evaluate[bool](t, tab, picture+`.querySelector('[data-address="`+step.on+`"]').focus({focusVisible: true}), true`)
		keys(t, tab, "\r")
		until(t, tab, shownView+` === '`+step.view+`'`)
		settle(t, tab)
	}
	require.Positive(t, evaluate[int](t, tab, picture+`.querySelectorAll('.ab-node[aria-label*="package"]').length`))
	require.Equal(t, []string{"Who uses what", "Inside the web shop, as built", "The catalogue's packages"}, evaluate[[]string](t, tab, `[...document.querySelectorAll('#crumbs li')].map((li) => li.textContent)`))
	keys(t, tab, "\x1b")
	require.NoError(t, chromedp.Do(tab, chromedp.NavigateBack()))
	until(t, tab, shownView+` === 'shop'`)
	require.Empty(t, heard())
}

// A save is seen without a reload: the place, the zoom and the focus stay. What breaks the text is said over the last good
// picture, and goes away again.
func TestViewerFollowsSaves(t *testing.T) {
	tab := newTab(t)
	heard := complaints(t, tab)
	dir := copyShop(t)
	file := filepath.Join(dir, "views.arch.hcl")
	good, err := os.ReadFile(file)
	require.NoError(t, err)
	save := func(text string) { require.NoError(t, os.WriteFile(file, []byte(text), 0o644)) }
	open(t, tab, serve(t, dir)+"#/shop")
	evaluate[bool](t, tab, `window.mine = true`)
	evaluate[bool](t, tab, picture+`.querySelector('[data-address="component.payments"]').focus(), true`)
	keys(t, tab, "++")
	settle(t, tab)
	before := evaluate[string](t, tab, picture+`.style.transform`)
	text := string(good)

	anew := strings.Replace(text, "Inside the web shop, as built", "Inside the shop, anew", 1)
	save(anew)
	until(t, tab, `document.title.startsWith('Inside the shop, anew')`)
	until(t, tab, picture+`.textContent.includes('Inside the shop, anew')`)
	require.Equal(t, before, evaluate[string](t, tab, picture+`.style.transform`))
	require.Equal(t, "component.payments", evaluate[string](t, tab, `document.activeElement.dataset.address`))
	require.True(t, evaluate[bool](t, tab, `window.mine`))

	// What changes another view alone leaves this one as it is: where it is, and what was chosen.
	click(t, tab, picture+`.querySelector('[data-address="component.payments"] > .ab-outline')`)
	until(t, tab, `!document.getElementById('details').hidden`)
	keys(t, tab, "+\u0303\u0303")
	settle(t, tab)
	before = evaluate[string](t, tab, picture+`.style.transform`)
	evaluate[bool](t, tab, `window.drawn = `+picture+`, true`)
	save(strings.Replace(anew, "Who uses what", "Who uses whom", 1))
	until(t, tab, `document.getElementById('views').textContent.includes('Who uses whom')`)
	settle(t, tab)
	require.Equal(t, before, evaluate[string](t, tab, picture+`.style.transform`))
	require.True(t, evaluate[bool](t, tab, `window.drawn === `+picture))
	require.Contains(t, evaluate[string](t, tab, `document.getElementById('details').textContent`), "Payments")
	keys(t, tab, "\x1b")

	save(text + "component {\n")
	until(t, tab, `!document.getElementById('trouble').hidden`)
	require.Contains(t, evaluate[string](t, tab, `document.getElementById('trouble').textContent`), "views.arch.hcl:")
	require.Contains(t, evaluate[string](t, tab, picture+`.textContent`), "Inside the shop, anew")
	save(text)
	until(t, tab, `document.getElementById('trouble').hidden && document.title.startsWith('Inside the web shop')`)
	require.Empty(t, heard())
}

// axe-core finds nothing in any state of the page, in light and dark, wide and narrow. With -gallery the states are kept
// for the eye.
func TestViewerIsAccessible(t *testing.T) {
	axe, err := os.ReadFile("../viewer/node_modules/axe-core/axe.min.js")
	require.NoError(t, err, "run make viewer")
	tab, dir := newTab(t), copyShop(t)
	url := serve(t, dir)
	states := []struct{ name, hash, act, until string }{
		{"landscape", "#/landscape", "", picture},
		{"shop", "#/shop", "", shownView + ` === 'shop'`},
		{"deployment", "#/production", "", shownView + ` === 'production'`},
		{"team", "#/teams", "", shownView + ` === 'teams'`},
		{"impact", "#/ledger_fails", "", shownView + ` === 'ledger_fails'`},
		{"details", "#/shop/component.checkout", "", `!document.getElementById('details').hidden`},
		{"edge", "#/shop", picture + `.querySelector('[data-verdict="divergence"]').dispatchEvent(new MouseEvent('click', {bubbles: true}))`, `document.querySelector('#details .evidence')`},
		{"hint", "#/shop", picture + `.querySelector('[data-verdict="divergence"]').dispatchEvent(new PointerEvent('pointerover', {bubbles: true}))`, `!document.getElementById('hint').hidden`},
		{"search", "#/shop", `(() => { const s = document.getElementById('search'); s.focus(); s.value = 'pay'; s.dispatchEvent(new Event('input')); })()`, `!document.getElementById('found').hidden`},
		{"nothing", "#/shop", `(() => { const s = document.getElementById('search'); s.focus(); s.value = 'zzzz'; s.dispatchEvent(new Event('input')); })()`, `document.getElementById('count').textContent`},
		{"trouble", "#/checkout", "broken", `!document.getElementById('trouble').hidden`},
	}
	for _, size := range []struct {
		name string
		w, h int64
	}{{"wide", 1440, 900}, {"narrow", 390, 780}} {
		for _, scheme := range []string{"light", "dark"} {
			require.NoError(t, chromedp.Do(tab, chromedp.EmulateViewport(size.w, size.h), prefer(scheme)))
			for _, s := range states {
				name := size.name + "-" + scheme + "-" + s.name
				open(t, tab, url+s.hash)
				file := filepath.Join(dir, "more.arch.hcl")
				switch s.act {
				case "":
				case "broken":
					require.NoError(t, os.WriteFile(file, []byte("component \"late\" {\n  in = system.shopp\n  owner = 3\n}\n"), 0o644))
				default:
					evaluate[bool](t, tab, `(`+s.act+`, true)`)
				}
				until(t, tab, s.until)
				settle(t, tab)
				evaluate[bool](t, tab, `Promise.allSettled(document.getAnimations().map((a) => a.finish())), true`)
				require.Empty(t, violations(t, tab, string(axe), 15), name)
				require.False(t, evaluate[bool](t, tab, `document.documentElement.scrollWidth > innerWidth`), name)
				if *gallery != "" {
					png, err := chromedp.Run(tab, chromedp.CaptureScreenshot())
					require.NoError(t, err)
					require.NoError(t, os.MkdirAll(*gallery, 0o755))
					require.NoError(t, os.WriteFile(filepath.Join(*gallery, "viewer-"+name+".png"), png, 0o644))
				}
				if s.act == "broken" {
					require.NoError(t, os.Remove(file))
					until(t, tab, `document.getElementById('trouble').hidden`)
				}
			}
		}
	}
}

// violations is what axe-core finds on the page.
func violations(t *testing.T, tab context.Context, axe string, least int) (found []string) {
	evaluate[bool](t, tab, axe+`;axe.run().then((r) => { window.found = JSON.stringify(r.violations.map((v) => v.id + ': ' + v.nodes.slice(0, 3).map((n) => n.html.slice(0, 200) + ' ' + n.failureSummary).join(' | '))); window.passed = r.passes.length; }), true`)
	until(t, tab, `window.found`)
	require.NoError(t, json.Unmarshal([]byte(evaluate[string](t, tab, `window.found`)), &found))
	require.Greater(t, evaluate[int](t, tab, `window.passed`), least)
	return found
}

// On paper there is the picture and nothing else, whole and on white, whatever was zoomed, chosen or dark.
func TestViewerPrints(t *testing.T) {
	tab := newTab(t)
	require.NoError(t, chromedp.Do(tab, chromedp.EmulateViewport(1000, 700), prefer("dark")))
	open(t, tab, serve(t, copyShop(t))+"#/shop/component.checkout")
	until(t, tab, `!document.getElementById('details').hidden`)
	keys(t, tab, "++")
	settle(t, tab)
	require.NoError(t, chromedp.Do(tab, chromedp.Func(func(ctx context.Context, target *chromedp.Target) error {
		_, err := cdp.Call(ctx, target, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Media: "print"})
		return err
	})))
	evaluate[bool](t, tab, `dispatchEvent(new Event('beforeprint'))`)
	require.Equal(t, lightCanvas, evaluate[string](t, tab, `getComputedStyle(`+picture+`.querySelector('rect')).fill`))
	require.Equal(t, []string{"svg"}, evaluate[[]string](t, tab, `[...document.body.querySelectorAll('header, nav, aside, button, #hint, #trouble, #gone, #said, #stage > svg')].filter((e) => e.checkVisibility()).map((e) => e.localName).filter((n) => n !== 'p')`))
	box := evaluate[[]float64](t, tab, `(({left, top, width, height}) => [left, top, width, height])(`+picture+`.getBoundingClientRect())`)
	require.InDelta(t, 0, box[0], 1)
	require.LessOrEqual(t, box[2], 1000.5)
	require.LessOrEqual(t, box[3], 700.5)
	require.Equal(t, "1", evaluate[string](t, tab, `getComputedStyle(`+picture+`.querySelector('.ab-node:not(.v-lit)')).opacity`))
	if *gallery != "" {
		png, err := chromedp.Run(tab, chromedp.CaptureScreenshot())
		require.NoError(t, err)
		require.NoError(t, os.WriteFile(filepath.Join(*gallery, "viewer-print.png"), png, 0o644))
	}
}
