package icon_test

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/asbuilt/asbuilt/internal/icon"
	"github.com/asbuilt/asbuilt/pkg/diagram"
)

func svg(inside string) []byte {
	return []byte(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24">` + inside + `</svg>`)
}

// Shapes become paths of absolute lines and curves in the field of icons.
func TestRead(t *testing.T) {
	own := func(d string) diagram.IconPart { return diagram.IconPart{Data: d, Fill: "own"} }
	for name, c := range map[string]struct {
		inside string
		want   []diagram.IconPart
	}{
		"path":         {`<path d="m2 2 4,0v4H2z"/>`, []diagram.IconPart{own("M2 2L6 2L6 6L2 6Z")}},
		"after an end": {`<path d="M2 2h2zl0 4"/>`, []diagram.IconPart{own("M2 2L4 2ZM2 2L2 6")}},
		"run together": {`<path d="M.5.5-1-1"/>`, []diagram.IconPart{own("M0.5 0.5L-1 -1")}},
		"smooth":       {`<path d="M0 0c0 1 1 2 2 2s2 1 2 2"/>`, []diagram.IconPart{own("M0 0C0 1 1 2 2 2C3 2 4 3 4 4")}},
		"quadratic":    {`<path d="M0 0Q3 0 3 3t3 3"/>`, []diagram.IconPart{own("M0 0C2 0 3 1 3 3C3 5 4 6 6 6")}},
		"arc":          {`<path d="M0 0a2 2 0 012 2"/>`, []diagram.IconPart{own("M0 0C1.1 0 2 0.9 2 2")}},
		"long arc":     {`<path d="M2 0A2 2 0 110 2"/>`, []diagram.IconPart{own("M2 0C3.1 0 4 0.9 4 2C4 3.1 3.1 4 2 4C0.9 4 0 3.1 0 2")}},
		"rect":         {`<rect x="1" y="2" width="3" height="4"/>`, []diagram.IconPart{own("M1 2L4 2L4 6L1 6Z")}},
		"round rect":   {`<rect width="4" height="4" rx="2"/>`, []diagram.IconPart{own("M2 0L2 0C3.1 0 4 0.9 4 2L4 2C4 3.1 3.1 4 2 4L2 4C0.9 4 0 3.1 0 2L0 2C0 0.9 0.9 0 2 0Z")}},
		"circle":       {`<circle cx="2" cy="2" r="2"/>`, []diagram.IconPart{own("M0 2C0 0.9 0.9 0 2 0C3.1 0 4 0.9 4 2C4 3.1 3.1 4 2 4C0.9 4 0 3.1 0 2Z")}},
		"polygon":      {`<polygon points="0,0 2,0 2,2"/>`, []diagram.IconPart{own("M0 0L2 0L2 2Z")}},
		"lines":        {`<g fill="none" stroke="#F00" stroke-width="2"><line x2="4"/><polyline points="0 0 1 1"/></g>`, []diagram.IconPart{{Data: "M0 0L4 0", Stroke: "#ff0000", Width: 2}, {Data: "M0 0L1 1", Stroke: "#ff0000", Width: 2}}},
		"transform":    {`<g transform="translate(10 0) scale(2)"><path d="M1 1h1" fill="none" stroke="currentColor" transform="rotate(90)"/></g>`, []diagram.IconPart{{Data: "M8 2L8 4", Stroke: "own", Width: 2}}},
		"style":        {`<path d="M0 0h1" style="fill: rgb(1, 2, 255); fill-rule:evenodd"/>`, []diagram.IconPart{{Data: "M0 0L1 0", Fill: "#0102ff", EvenOdd: true}}},
		"url":          {`<path d="M0 0h1" fill="url(#gradient)"/><path d="M0 0h1" fill="url(http://example.com/x)"/>`, []diagram.IconPart{own("M0 0L1 0"), own("M0 0L1 0")}},
		"name":         {`<path d="M0 0h1" fill="Red"/><path d="M0 0h1" fill="navy" stroke="nosuch"/>`, []diagram.IconPart{{Data: "M0 0L1 0", Fill: "#ff0000"}, {Data: "M0 0L1 0", Fill: "#000080", Stroke: "own", Width: 1}}},
		"gradient": {
			`<path d="M0 0h1" fill="url(#a)"/><path d="M0 0h1" style="fill:url('#b')"/><path d="M0 0h1" fill="url(#c)"/><path d="M0 0h1" fill="url(#d) #010203"/>
			<linearGradient id="a"><stop stop-color="#000010"/><stop stop-color="#204030"/></linearGradient>
			<defs><radialGradient id="b" xlink:href="#a" xmlns:xlink="http://www.w3.org/1999/xlink"/><linearGradient id="c" href="#c"/></defs>`,
			[]diagram.IconPart{{Data: "M0 0L1 0", Fill: "#102020"}, {Data: "M0 0L1 0", Fill: "#102020"}, own("M0 0L1 0"), {Data: "M0 0L1 0", Fill: "#010203"}},
		},
		"classes": {
			`<style><![CDATA[/* .a{fill:red} */ @media x{} .a, .b { fill : #0b5fff } g.a{fill:red} .b{stroke:url(#g);fill-rule:evenodd}]]></style>
			<linearGradient id="g"><stop class="s"/></linearGradient><style>.s{stop-color:lime}</style>
			<path class="x a" d="M0 0h1" fill="red"/><path class="b" d="M0 0h1" style="fill:none"/>`,
			[]diagram.IconPart{{Data: "M0 0L1 0", Fill: "#0b5fff"}, {Data: "M0 0L1 0", Stroke: "#00ff00", Width: 1}},
		},
		"hidden": {`<path d="M0 0h1" display="none"/><g opacity="0"><path d="M0 0h1"/></g><path d="M0 0h1" fill="none"/><path d="M0 0h2"/>`, []diagram.IconPart{own("M0 0L2 0")}},
		"what is no shape": {
			`<script>alert(1)</script><style>path{fill:url(x)}</style><defs><path d="M9 9h9"/></defs><text>x</text><use href="#a"/>
			<image href="http://example.com/x.png"/><foreignObject><path d="M9 9h9"/></foreignObject><a href="javascript:alert(1)"><path d="M9 9h9"/></a>
			<path onclick="alert(1)" d="M0 0h1"><animate attributeName="d" to="M9 9"/></path>`,
			[]diagram.IconPart{own("M0 0L1 0")},
		},
	} {
		t.Run(name, func(t *testing.T) {
			parts, err := icon.Read(svg(c.inside))
			require.NoError(t, err)
			require.Equal(t, c.want, parts)
		})
	}
}

func TestReadFits(t *testing.T) {
	parts, err := icon.Read([]byte(`<svg width="48px" height="24px"><rect width="48" height="24"/></svg>`))
	require.NoError(t, err)
	require.Equal(t, "M0 6L24 6L24 18L0 18Z", parts[0].Data)
}

func TestReadRefuses(t *testing.T) {
	for name, c := range map[string]struct{ data, want string }{
		"a picture":      {"\x89PNG\r\n\x1a\n", "not an SVG"},
		"nothing":        {"", "not an SVG"},
		"a page":         {"<html><svg/></html>", "not an SVG"},
		"half":           {`<svg viewBox="0 0 1 1"><path d="M0 0h1"/>`, "not an SVG"},
		"an entity":      {`<!DOCTYPE svg [<!ENTITY a "aaaa">]><svg viewBox="0 0 1 1"><title>&a;</title></svg>`, "not an SVG"},
		"other letters":  {`<?xml version="1.0" encoding="UTF-16"?><svg/>`, "not an SVG"},
		"no field":       {`<svg><path d="M0 0h1"/></svg>`, "no viewBox"},
		"an empty field": {`<svg viewBox="0 0 0 0"><path d="M0 0h1"/></svg>`, "no size"},
		"no shape":       {`<svg viewBox="0 0 1 1"><text>a</text></svg>`, "nothing in it"},
		"no path":        {`<svg viewBox="0 0 1 1"><path d="L1 1"/></svg>`, "not written as"},
		"half a path":    {`<svg viewBox="0 0 1 1"><path d="M0 0L1"/></svg>`, "not written as"},
		"far away":       {`<svg viewBox="0 0 1 1"><path d="M0 0L99999 1"/></svg>`, "too large"},
		"not a number":   {`<svg viewBox="0 0 1 1"><path d="MNaN 0L1 1"/></svg>`, "not written as"},
		"turned":         {`<svg viewBox="0 0 1 1"><path d="M0 0h1" transform="turn(3)"/></svg>`, "transform"},
		"deep":           {`<svg viewBox="0 0 1 1">` + strings.Repeat("<g>", 30) + strings.Repeat("</g>", 30) + `</svg>`, "inside one another"},
		"many":           {`<svg viewBox="0 0 1 1">` + strings.Repeat(`<path d="M0 0h1"/>`, 201) + `</svg>`, "more than 200"},
		"long":           {`<svg viewBox="0 0 1 1"><path d="M0 0` + strings.Repeat("h1h-1", 8_000) + `"/></svg>`, "too long"},
		"large":          {strings.Repeat(" ", 65<<10), "larger than"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := icon.Read([]byte(c.data))
			require.ErrorContains(t, err, c.want)
		})
	}
}

// A gradient that names another, and that one another, has the same colour however often the file is read.
func TestReadIsAlwaysTheSame(t *testing.T) {
	var file strings.Builder
	file.WriteString(`<linearGradient id="g0"><stop stop-color="#123456"/></linearGradient>`)
	for i := range 200 {
		fmt.Fprintf(&file, `<linearGradient id="g%d" href="#g%d"/><path d="M0 0h1" fill="url(#g%d)"/>`, i+1, i, i+1)
	}
	first, err := icon.Read(svg(file.String()))
	require.NoError(t, err)
	for range 20 {
		again, err := icon.Read(svg(file.String()))
		require.NoError(t, err)
		require.Equal(t, first, again)
	}
}

// What reading a file takes stays in proportion to its size, however its classes and gradients refer to each other.
func TestReadIsCheap(t *testing.T) {
	classes := strings.Repeat(".a,", 6_000) + ".a{" + strings.Repeat("fill:red;", 1_500) + "}"
	stops := strings.Repeat(`<stop class="a"/>`, 500)
	for _, data := range []string{
		"<style>" + classes + "</style>" + strings.Repeat(`<g class="a"/>`, 1_500) + `<path d="M0 0h1"/>`,
		"<style>" + classes + `</style><path class="` + strings.Repeat("a ", 10_000) + `" d="M0 0h1"/>`,
		`<linearGradient id="g">` + stops + `</linearGradient>` + strings.Repeat(`<linearGradient id="h" href="#g"/>`, 500) + strings.Repeat(`<g fill="url(#h)"/>`, 1_000) + `<path d="M0 0h1"/>`,
	} {
		require.Less(t, len(svg(data)), icon.MostBytes)
		allocs := testing.AllocsPerRun(1, func() {
			_, err := icon.Read(svg(data))
			require.NoError(t, err)
		})
		require.Less(t, allocs, 200_000.0)
	}
}

var (
	pathForm  = regexp.MustCompile(`^(M[-0-9.]+ [-0-9.]+(L[-0-9.]+ [-0-9.]+|C[-0-9.]+( [-0-9.]+){5}|Z)*)+$`)
	colorForm = regexp.MustCompile(`^(own|#[0-9a-f]{6})?$`)
)

// Whatever a file holds, what comes of it is paths of ours in colours.
func FuzzRead(f *testing.F) {
	for _, inside := range []string{
		`<path d="M1 2a3 4 5 1 0 6-7zm1 1q1 1 2 2t3 3S1 2 3 4"/>`, `<rect x="1" width="3" height="4" rx="9"/><circle r="2"/>`,
		`<g transform="matrix(1 2 3 4 5 6) skewX(45)" style="fill:red;stroke:#123"><ellipse rx="1" ry="2"/></g>`, `<script>x</script><use href="#a"/>`,
		`<style>.a{fill:url(#g)}</style><linearGradient id="g"><stop stop-color="#123"/></linearGradient><path class="a" d="M0 0h1"/>`,
	} {
		f.Add(svg(inside))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		parts, err := icon.Read(data)
		require.Equal(t, err == nil, len(parts) > 0)
		for _, p := range parts {
			require.Regexp(t, pathForm, p.Data)
			require.Regexp(t, colorForm, p.Fill)
			require.Regexp(t, colorForm, p.Stroke)
			require.NotContains(t, p.Data, "-0 ", fmt.Sprint("a negative zero in ", p.Data))
			require.Equal(t, p.Stroke != "", p.Width > 0)
		}
	})
}

// The icons of the project are on one grid.
func TestDrawnIcons(t *testing.T) {
	for _, name := range icon.Names() {
		data, ok := icon.Data(name)
		require.True(t, ok)
		parts, err := icon.Read(svg(`<path d="` + data + `"/>`))
		require.NoError(t, err, name)
		require.Len(t, parts, 1)
		for _, n := range regexp.MustCompile(`-?[0-9.]+`).FindAllString(parts[0].Data, -1) {
			require.LessOrEqual(t, len(n), 5, name)
			var v float64
			_, err := fmt.Sscan(n, &v)
			require.NoError(t, err)
			require.GreaterOrEqual(t, v, 1.5, "%s leaves its field", name)
			require.LessOrEqual(t, v, 22.5, "%s leaves its field", name)
		}
	}
}
