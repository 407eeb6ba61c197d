//go:build browser

package browser

import (
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/stretchr/testify/require"
)

// The probe finds what it looks for: each spoiled picture has one fault, and the probe names it.
func TestProbeFindsFaults(t *testing.T) {
	svg := string(render(t, newPool(t), shop("down")))
	tab, dir := newTab(t), t.TempDir()
	for _, c := range []struct{ name, old, new, want string }{
		{"a wide title", ">Checkout</text>", ">Checkout of everything there is</text>", "text leaves its card"},
		{"a wide owner", ">Commerce</text>", ">Commerce and trade</text>", "text leaves its card"},
		{"a wide label", ">places orders</text>", ">places orders and waits</text>", "text leaves its plate"},
		{"a wide group title", ">Payments</text>", ">Payments and everything that has to do with money</text>", "title leaves its group"},
		{"a wide legend", ">Data store</text>", ">Data store of all stores</text>", "legend entries overlap"},
		{"a wide page title", ">Inside the shop</text>", ">" + strings.Repeat("Inside the shop ", 20) + "</text>", "text leaves the page"},
		{"a label on a node", `class="ab-label" transform="translate(`, `class="ab-label" transform="translate(80 420) translate(0 0) scale(1) translate(`, "overlap"},
		{"pale text", ".asbuilt .ab-f-body{fill:var(", ".asbuilt .ab-f-body{fill:#aaa}.x{fill:var(", "contrast"},
		{"pale lines", ".asbuilt .ab-s-way{stroke:var(", ".asbuilt .ab-s-way{stroke:#bbb}.x{fill:var(", "contrast"},
		{"pale frames", ".asbuilt .ab-s-frame-line{stroke:var(", ".asbuilt .ab-s-frame-line{stroke:#ddd}.x{fill:var(", "of border"},
		{"pale heads", ".asbuilt .ab-f-way{fill:var(", ".asbuilt .ab-f-way{fill:#ddd}.x{fill:var(", "of head"},
		{"no heads", `class="ab-f-way" d=`, `class="ab-f-way" transform="scale(0)" d=`, "an edge without a head"},
		{"words on words", ">Component · TypeScript, Next.js</text>", `><tspan dy="-12">Component · TypeScript, Next.js</tspan></text>`, "texts overlap"},
		{"a card on a card", `data-address="component.storefront" role="graphics-symbol img" transform="translate(`, `data-address="component.storefront" role="graphics-symbol img" transform="translate(0 160) translate(`, "cards overlap"},
		{"a link that runs", `href="../checkout.md"`, `href="javascript:alert(1)"`, "a link to javascript:"},
	} {
		require.Contains(t, svg, c.old, c.name)
		file := write(t, dir, "spoiled.svg", []byte(strings.ReplaceAll(svg, c.old, c.new)))
		require.NoError(t, chromedp.Do(tab, prefer("light"), chromedp.Navigate("file://"+file)))
		fit(t, tab)
		r := whole(t, tab)
		require.Contains(t, strings.Join(r.Found, "\n"), c.want, c.name)
	}
}
