//go:build browser

package browser

import (
	"fmt"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/stretchr/testify/require"

	"github.com/asbuilt/asbuilt/pkg/diagram"
)

// hostileWords are written into every field of a picture.
var hostileWords = []string{
	`<script>alert(1)</script>`, `</text><script>alert(1)</script>`, `</title><script>alert(1)</script>`, `</style><script>alert(1)</script>`,
	`<img src=x onerror=alert(1)>`, `<svg onload=alert(1)>`, `"><script>alert(1)</script>`, `" onload="alert(1)`, `' onload='alert(1)`,
	`" onmouseover="alert(1)" x="`, `<foreignObject><iframe src="https://evil.example"/></foreignObject>`, `<use href="https://evil.example/x.svg#a"/>`,
	`<image href="https://evil.example/x.png"/>`, `<a href="javascript:alert(1)">x</a>`, `<set attributeName="onload" to="alert(1)"/>`,
	`<!ENTITY x SYSTEM "file:///etc/passwd">`, `&x;`, `&lt;script&gt;alert(1)&lt;/script&gt;`, `&#60;script&#62;`, `&amp;amp;`, `<![CDATA[<script>alert(1)</script>]]>`,
	`]]>`, `<!--`, `-->`, `<?xml-stylesheet href="https://evil.example/x.css"?>`, `<!DOCTYPE svg [<!ENTITY a "b">]>`,
	`javascript:alert(1)`, `JaVaScRiPt:alert(1)`, "java\tscript:alert(1)", ` javascript:alert(1)`, `data:text/html,<script>alert(1)</script>`, `vbscript:alert(1)`,
	`//evil.example/x`, `url(https://evil.example/x.png)`, `}</style>*{background:url(https://evil.example)}`, `expression(alert(1))`, `--asbuilt-canvas:red`,
	`{process.env.HOME}`, `{{7*7}}`, `${7*7}`, `{% include "x" %}`, "`whoami`",
	"\x00nul\x01\x08\x0b\x1b[31mred", "invalid \xff\xfe bytes", "\ufffe\uffff", "line\nbreak\r\nand\ttab", "\u2028line\u2029separators",
	"\u202etxt.exe\u202c", "\u2066isolate\u2069 \u200e\u200f", "zero\u200bwidth\u2060joined\ufeff", "soft\u00adhyphen",
	"עברית שם של רכיב ארוך מאוד", "مكون له اسم طويل جدا جدا", "mixed עברית and العربية", "注文処理サービスの非常に長い名前のコンポーネント", "한국어 구성 요소 이름", "🚀🎉👩🏽‍🚀🏳️‍🌈❤️🇩🇪", "ไทยแลนด์ระบบสั่งซื้อ",
	"e\u0301\u0301\u0301\u0301\u0301\u0301 zalgo", strings.Repeat("W", 500), strings.Repeat("i", 500), strings.Repeat("Donaudampfschiff", 20), strings.Repeat("a b ", 200), strings.Repeat("注", 300), strings.Repeat("🚀", 100),
	strings.Repeat("a/b-c.d_", 60), "           ", "AVAVAVAVAVAVAVAV ToToToTo", "ﬁﬂ ﬀ ligatures fi fl ffi", "½ ¼ ™ © № ∑ √ ≠ → ⇒ ■ ▲ ♥ ☺",
}

// Whatever a label says, it stays text in its place: no script runs, nothing is loaded, no link leads astray and
// no text leaves its card, as a picture of its own and inside a page.
func TestHostileWords(t *testing.T) {
	require.GreaterOrEqual(t, len(hostileWords), 40)
	pool, tab, dir := newPool(t), newTab(t), t.TempDir()
	watch := newWatch(t, tab)
	var sum tally
	for i, word := range hostileWords {
		svg := render(t, pool, hostile(word))
		name := fmt.Sprintf("hostile %d: %.40q", i, word)
		sum.look(t, tab, write(t, dir, "hostile.svg", svg), name)
		page := write(t, dir, "hostile.html", append([]byte("<!doctype html><title>host</title>"), svg...))
		require.NoError(t, chromedp.Do(tab, prefer("light"), chromedp.Navigate("file://"+page)))
		fit(t, tab)
		require.Empty(t, whole(t, tab).Found, "%s inside a page", name)
		require.Equal(t, int64(0), evaluate[int64](t, tab, `document.querySelectorAll('script, iframe, img, image, use, foreignObject').length`), name)
	}
	sum.require(t)
	watch.requireQuiet(t, tab)
}

func hostile(word string) *diagram.Diagram {
	d := &diagram.Diagram{
		Name: "hostile", Kind: word, Title: word, Description: word, Architecture: word, Version: word, Direction: "right", Drift: true,
		Groups: []diagram.Group{{Address: "system." + word, Parent: -1, Type: "system", Kind: word, Title: word, Owner: word, Link: word, Status: word}},
		Badges: []diagram.Badge{{Title: word}, {Title: word}},
	}
	for i, kind := range []string{"component", "datastore", "person", "queue", "api", "external", word} {
		d.Nodes = append(d.Nodes, diagram.Node{
			Address: fmt.Sprintf("%d.%s", i, word), Group: i%2 - 1, Type: kind, Title: word, Technology: word, Description: word, Owner: word,
			Tags: []string{word}, Status: word, Shape: []string{"", word, "cloud"}[i%3], Look: diagram.Look{Color: word, Line: word}, Icon: word, Kind: word, View: word, Badges: []int{0, 1}[:i%3], Link: word,
		})
	}
	for i := range 5 {
		d.Edges = append(d.Edges, diagram.Edge{
			From: i, To: i + 1, Labels: []string{word}, Technology: word, Status: word, Async: i%2 == 0,
			Verdict: []string{"divergence", "absence", "waived", "unknown", word}[i], Count: i, Evidence: []string{word, word},
		})
	}
	return d
}
