package paint_test

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/asbuilt/asbuilt/internal/geometry"
	"github.com/asbuilt/asbuilt/internal/paint"
	"github.com/asbuilt/asbuilt/internal/stamp"
	"github.com/asbuilt/asbuilt/internal/typeset"
	"github.com/asbuilt/asbuilt/pkg/diagram"
)

// elements and attributes are all that a picture may consist of, written down a second time.
var (
	elements   = strings.Fields("svg title desc style g a rect path text")
	attributes = strings.Fields(`aria-hidden aria-label class d data-address data-digest data-from data-painter data-places data-sum data-to
		data-verdict data-version data-view direction fill fill-opacity fill-rule font-family font-size font-style font-variant font-weight
		height href lengthAdjust letter-spacing pointer-events role rx stroke stroke-dasharray stroke-linecap stroke-linejoin stroke-width tabindex text-anchor
		text-rendering textLength transform viewBox width word-spacing x xmlns y`)
)

// grid is a layout good enough to paint: cards in a row, groups around their cards, edges straight.
func grid(r geometry.Request) geometry.Plan {
	var p geometry.Plan
	x := 40.0
	for _, n := range r.Nodes {
		p.Nodes = append(p.Nodes, geometry.Rect{X: x, Y: 60, W: n.Size.W, H: n.Size.H})
		x += n.Size.W + 200
	}
	p.Size = geometry.Size{W: x, H: 400}
	for i, g := range r.Groups {
		p.Groups = append(p.Groups, geometry.Rect{X: float64(10 * i), Y: float64(10 * i), W: x - float64(20*i), H: 300 - float64(20*i)})
		p.Titles = append(p.Titles, geometry.Rect{X: float64(10*i + 16), Y: float64(10*i + 11), W: g.Title.W, H: g.Title.H})
	}
	for _, e := range r.Edges {
		a, b := p.Nodes[e.From].Center(), p.Nodes[e.To].Center()
		a.X, b.X = p.Nodes[e.From].X+p.Nodes[e.From].W, p.Nodes[e.To].X
		route := geometry.Route{Points: []geometry.Point{a, {X: a.X + 30, Y: a.Y}, {X: b.X - 30, Y: b.Y}, b}}
		if e.Label != (geometry.Size{}) {
			route.Label = geometry.Rect{X: a.X + 5, Y: a.Y + 5, W: e.Label.W, H: e.Label.H}
		}
		p.Edges = append(p.Edges, route)
	}
	return p
}

func draw(t testing.TB, d *diagram.Diagram) []byte {
	words := typeset.Set(d, nil)
	svg, err := paint.SVG(d, words, grid(words.Request()))
	require.NoError(t, err)
	return svg
}

// sample has one of everything.
func sample() *diagram.Diagram {
	d := &diagram.Diagram{
		Name: "shop", Kind: "container", Title: "Inside the shop", Description: "What runs.", Architecture: "Web shop", Version: "1.4.0",
		Direction: "right", Drift: true, Badges: []diagram.Badge{{Title: "PCI scope"}},
		Groups: []diagram.Group{
			{Address: "system.shop", Parent: -1, Type: "system", Title: "Shop", Owner: "Commerce", Link: "shop.md"},
			{Address: "group.next", Parent: 0, Type: "set", Title: "Next", Status: "planned"},
		},
	}
	for i, kind := range []string{"person", "system", "component", "api", "datastore", "queue", "external"} {
		d.Nodes = append(d.Nodes, diagram.Node{
			Address: kind + ".n", Type: kind, Title: "A " + kind, Technology: "Go", Description: "Does something",
			Group: i%3 - 1, Owner: "Payments", Badges: []int{0}, Link: "https://example.com/?a=1&b=2", Subject: i == 1,
		})
	}
	d.Nodes[2].Status, d.Nodes[3].Status, d.Nodes[4].Shape = "planned", "deprecated", "cloud"
	for i, v := range []string{"convergence", "divergence", "waived", "absence", "unknown", "declared"} {
		d.Edges = append(d.Edges, diagram.Edge{From: i, To: i + 1, Labels: []string{"charges"}, Technology: "HTTPS", Verdict: v, Async: i%2 == 1})
	}
	d.Edges[1].Count, d.Edges[1].Evidence = 12, []string{"a/b → c/d"}
	return d
}

func TestNames(t *testing.T) {
	got := elementsOf(t, draw(t, sample()))
	var labels []string
	for _, e := range got {
		if name := e.attr("aria-label"); name != "" {
			labels = append(labels, name)
		}
	}
	require.Equal(t, []string{
		"Inside the shop",
		"Shop, system, owned by Commerce",
		"Next, group, planned",
		"A component, component, planned, Go, owned by Payments",
		"A queue, queue, Go, owned by Payments",
		"A system, system, Go, owned by Payments",
		"A datastore, datastore, Go, owned by Payments",
		"A person, person, Go, owned by Payments",
		"A api, api, deprecated, Go, owned by Payments",
		"A external, external, Go, owned by Payments",
		"A person charges A system, HTTPS, convergence",
		"A system charges A component, HTTPS, asynchronous, divergence, 12 imports",
		"A component charges A api, HTTPS, waived",
		"A api charges A datastore, HTTPS, asynchronous, absence",
		"A datastore charges A queue, HTTPS, unknown",
		"A queue charges A external, HTTPS, asynchronous, declared",
		"Legend",
	}, labels)
}

func TestTheMarkIsSealed(t *testing.T) {
	d := sample()
	mark, ok := stamp.Read(draw(t, d))
	require.True(t, ok)
	require.True(t, mark.Intact)
	require.Equal(t, "shop", mark.View)
	require.Equal(t, "1.4.0", mark.Version)
	require.Equal(t, d.Digest(), mark.Digest)
}

// Title, version and digest can be read in the picture itself.
func TestStampsAreVisible(t *testing.T) {
	d := sample()
	var text []string
	for _, e := range elementsOf(t, draw(t, d)) {
		if e.name == "text" {
			text = append(text, e.text)
		}
	}
	require.Contains(t, text, "Inside the shop")
	require.Contains(t, text, "Web shop 1.4.0 · container view shop · "+d.Digest())
	require.Contains(t, text, "undeclared · 12 imports")
}

func TestEvidenceIsInTheHint(t *testing.T) {
	require.Contains(t, string(draw(t, sample())), "<title>A system charges A component, HTTPS, asynchronous, divergence, 12 imports&#10;a/b → c/d&#10;and 11 more</title>")
}

// Words that the layout found no room for are said by the legend, under a number on their edge.
func TestHomelessWords(t *testing.T) {
	d := sample()
	words := typeset.Set(d, nil)
	plan := grid(words.Request())
	plan.Edges[2].Label, plan.Edges[4].Label = geometry.Rect{}, geometry.Rect{}
	words.Labels[5].Text, plan.Edges[5].Label = "what needs more room than the names of types do, since it stands nowhere else", geometry.Rect{}
	svg, err := paint.SVG(d, words, plan)
	require.NoError(t, err)
	count := map[string]int{}
	for _, e := range elementsOf(t, svg) {
		count[e.text]++
	}
	require.Equal(t, 2, count["1"])
	require.Equal(t, 2, count["2"])
	require.Equal(t, 1, count["charges, HTTPS, waived"])
	require.Equal(t, 1, count["charges, HTTPS"])
	require.Equal(t, 1, count[words.Labels[5].Text], "it is not cut")
	require.Equal(t, 3, count["charges"])
}

// Every edge has a head, also where its line is thick and the last piece of its route shorter than the head.
func TestHeadsOnShortPieces(t *testing.T) {
	d := sample()
	for i := range d.Edges {
		d.Edges[i].Width = 8
	}
	words := typeset.Set(d, nil)
	plan := grid(words.Request())
	for i := range plan.Edges {
		points := plan.Edges[i].Points
		tip := points[len(points)-1]
		for _, before := range []float64{10, 7, 3, 0} {
			at := geometry.Point{X: tip.X - before, Y: tip.Y}
			if before == 10 {
				points[len(points)-1] = at
			} else {
				points = append(points, points[len(points)-1], at, at)
			}
		}
		plan.Edges[i].Points = points
	}
	svg, err := paint.SVG(d, words, plan)
	require.NoError(t, err)
	heads := regexp.MustCompile(`d="M(\S+ \S+?)L(\S+ \S+?)L(\S+ \S+?)Z?" fill="(?:none|#\w+)"`).FindAllStringSubmatch(string(svg), -1)
	require.GreaterOrEqual(t, len(heads), len(d.Edges))
	for _, h := range heads {
		require.NotEqual(t, h[1], h[2])
		require.NotEqual(t, h[2], h[3])
	}
}

func TestErrors(t *testing.T) {
	d := sample()
	words := typeset.Set(d, nil)
	_, err := paint.SVG(&diagram.Diagram{}, typeset.Set(&diagram.Diagram{}, nil), geometry.Plan{})
	require.ErrorIs(t, err, paint.ErrEmpty)
	for name, spoil := range map[string]func(*geometry.Plan){
		"a lost node":      func(p *geometry.Plan) { p.Nodes = p.Nodes[1:] },
		"a lost edge":      func(p *geometry.Plan) { p.Edges = p.Edges[1:] },
		"a lost group":     func(p *geometry.Plan) { p.Groups = p.Groups[1:] },
		"a lost title":     func(p *geometry.Plan) { p.Titles = nil },
		"an edge nowhere":  func(p *geometry.Plan) { p.Edges[0].Points = nil },
		"NaN in a card":    func(p *geometry.Plan) { p.Nodes[0].X = math.NaN() },
		"Inf in a route":   func(p *geometry.Plan) { p.Edges[0].Points[2].Y = math.Inf(1) },
		"NaN in the size":  func(p *geometry.Plan) { p.Size.H = math.NaN() },
		"NaN in a label":   func(p *geometry.Plan) { p.Edges[1].Label.X = math.NaN() },
		"-Inf in a group":  func(p *geometry.Plan) { p.Groups[1].W = math.Inf(-1) },
		"NaN in an ending": func(p *geometry.Plan) { p.Edges[2].Points[3].X = math.NaN() },
	} {
		plan := grid(words.Request())
		spoil(&plan)
		_, err := paint.SVG(d, words, plan)
		require.Error(t, err, name)
	}
}

// A rename changes the lines of that node, of the edges at it (their names say it) and of the marks.
func TestRenameChangesItsOwnLines(t *testing.T) {
	before := sample()
	after := sample()
	after.Nodes[4].Title = "Another"
	a, b := lines(draw(t, before)), lines(draw(t, after))
	require.Len(t, b, len(a))
	for i := range a {
		if a[i] == b[i] {
			continue
		}
		own := strings.Contains(a[i], "A datastore") && strings.Contains(b[i], "Another")
		mark := strings.Contains(a[i], before.Digest()) && strings.Contains(b[i], after.Digest())
		require.True(t, own || mark, "%s\n%s", a[i], b[i])
	}
}

func lines(b []byte) []string { return strings.Split(string(b), "\n") }

func TestSameBytes(t *testing.T) {
	want := draw(t, sample())
	for range 50 {
		require.Equal(t, string(want), string(draw(t, sample())))
	}
}

func TestLinks(t *testing.T) {
	for link, want := range map[string]string{
		"":                            "",
		"checkout.md":                 "checkout.md",
		"../docs/a b.md#part":         "../docs/a%20b.md#part",
		"https://example.com/?a=1&b=": "https://example.com/?a=1&b=",
		"http://example.com":          "http://example.com",
		"mailto:team@example.com":     "mailto:team@example.com",
		"javascript:alert(1)":         "",
		"JaVaScRiPt:alert(1)":         "",
		" javascript:alert(1)":        "",
		"java\nscript:alert(1)":       "",
		"java\tscript:alert(1)":       "",
		"\x01javascript:alert(1)":     "",
		"data:text/html,<script>":     "",
		"vbscript:x":                  "",
		"file:///etc/passwd":          "",
		"//evil.example/x":            "",
		`\\evil.example\x`:            `%5C%5Cevil.example%5Cx`,
		"https:///nohost":             "",
		"https:opaque":                "",
		"&#106;avascript:alert(1)":    "&#106;avascript:alert(1)", // a relative path and a fragment once it is escaped
		"%6Aavascript:alert(1)":       "",
	} {
		d := &diagram.Diagram{Name: "v", Nodes: []diagram.Node{{Address: "component.a", Type: "component", Title: "A", Group: -1, Link: link}}}
		href := ""
		for _, e := range elementsOf(t, draw(t, d)) {
			if e.name == "a" {
				href = e.attr("href")
			}
		}
		require.Equal(t, want, href, "%q", link)
	}
}

type read struct {
	name  string
	attrs []xml.Attr
	text  string
}

func (r read) attr(name string) string {
	for _, a := range r.attrs {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// elementsOf reads a picture with the standard library's reader and holds it to the closed lists.
func elementsOf(t testing.TB, svg []byte) []read {
	var out []read
	var open []int
	d := xml.NewDecoder(bytes.NewReader(svg))
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		require.NoError(t, err, "%s", svg)
		switch token := token.(type) {
		case xml.StartElement:
			require.True(t, slices.Contains(elements, token.Name.Local), token.Name.Local)
			require.True(t, slices.IsSortedFunc(token.Attr, func(a, b xml.Attr) int { return strings.Compare(a.Name.Local, b.Name.Local) }), "%v", token)
			for _, a := range token.Attr {
				require.True(t, slices.Contains(attributes, a.Name.Local), a.Name.Local)
			}
			open = append(open, len(out))
			out = append(out, read{name: token.Name.Local, attrs: slices.Clone(token.Attr)})
		case xml.EndElement:
			open = open[:len(open)-1]
		case xml.CharData:
			if len(open) > 0 {
				out[open[len(open)-1]].text += string(token)
			}
		default:
			require.Fail(t, "neither element nor text", "%T", token)
		}
	}
	return out
}

var number = regexp.MustCompile(`^-?(0|[1-9][0-9]*)(\.[0-9]{1,2})?$`)

// requireHarmless holds one picture to all that is promised of any.
func requireHarmless(t testing.TB, svg []byte) {
	for _, e := range elementsOf(t, svg) {
		for _, a := range e.attrs {
			switch a.Name.Local {
			case "x", "y", "width", "height", "rx", "font-size", "stroke-width", "textLength":
				require.True(t, number.MatchString(a.Value) && a.Value != "-0", a.Value)
			case "d":
				for _, n := range strings.FieldsFunc(a.Value, func(r rune) bool { return strings.ContainsRune("MLCAZHV ", r) }) {
					require.True(t, number.MatchString(n) && n != "-0", a.Value)
				}
			case "href":
				scheme, _, found := strings.Cut(a.Value, ":")
				require.True(t, !found || strings.ContainsAny(scheme, "/?#") || slices.Contains([]string{"http", "https", "mailto"}, scheme), a.Value)
			}
		}
		if e.name == "style" {
			require.NotContains(t, e.text, "url(")
			require.NotContains(t, e.text, "@import")
		}
	}
}

func TestSampleIsHarmless(t *testing.T) { requireHarmless(t, draw(t, sample())) }

// Whatever is written in a diagram's fields, the picture has the same elements from the closed list, is well formed,
// and holds no script, no handler, no link that runs, and finite numbers only.
func FuzzPaint(f *testing.F) {
	for i, s := range []string{
		"Checkout", "", "<script>alert(1)</script>", "]]>", "</text><script>", `" onload="alert(1)`, "javascript:alert(1)",
		"&lt;b&gt; &#x41;", "\x00\x01\x1b[31m", "\ufffe\uffff", "\xff\xfe", "\u202etxt.exe", "a\nb\tc\r", "注文🚀", strings.Repeat("W", 300),
		"<!-- -->", "<![CDATA[x]]>", "${7*7} {{7*7}}", "person", "cylinder", "red", "data-sum=\"0000000000000000\"",
	} {
		f.Add(s, strconv.Itoa(i), s)
	}
	f.Fuzz(func(t *testing.T, a, b, c string) {
		d := hostile(a, b, c)
		svg := draw(t, d)
		requireHarmless(t, svg)
		_, ok := stamp.Read(svg)
		require.True(t, ok)
		plain := len(elementsWithoutText(t, draw(t, hostile("x", "x", "x"))))
		require.Equal(t, plain, len(elementsWithoutText(t, svg)))
	})
}

// elementsWithoutText leaves out what depends on the length of the words: lines, chips, links and legend.
func elementsWithoutText(t testing.TB, svg []byte) []read {
	return slices.DeleteFunc(elementsOf(t, svg), func(e read) bool {
		structural := e.attr("data-address") != "" || e.attr("data-from") != "" || e.name == "svg" || e.name == "style" || e.name == "desc"
		return !structural
	})
}

// hostile writes three strings into every field there is.
func hostile(a, b, c string) *diagram.Diagram {
	d := &diagram.Diagram{
		Name: a, Kind: b, Title: c, Description: a, Architecture: b, Version: c, Direction: a, Drift: len(a)%2 == 0,
		Badges: []diagram.Badge{{Title: a}, {Title: b}},
		Groups: []diagram.Group{{Address: a + "g", Parent: -1, Type: b, Kind: a, Title: c, Owner: a, Link: b, Status: c}, {Address: b + "g", Parent: 0, Type: "set", Title: a}},
	}
	for i, s := range []string{a, b, c} {
		d.Nodes = append(d.Nodes, diagram.Node{
			Address: s + "n", Group: i - 1, Type: a, Title: b, Technology: c, Description: s, Owner: s, Tags: []string{s}, Status: b,
			Shape: c, Icon: s, Kind: a, Look: diagram.Look{Color: s, Line: c}, Badges: []int{0, 1}, Link: s,
		})
	}
	d.Edges = []diagram.Edge{
		{From: 0, To: 1, Labels: []string{a, b}, Technology: c, Status: a, Verdict: "divergence", Count: len(a), Evidence: []string{a, b}},
		{From: 1, To: 2, Labels: []string{c}, Verdict: b, Async: true},
	}
	return d
}

func bench() *diagram.Diagram {
	d := &diagram.Diagram{Name: "bench", Title: "Fifty nodes", Direction: "down"}
	for i := range 50 {
		d.Nodes = append(d.Nodes, diagram.Node{
			Address: fmt.Sprintf("component.n%02d", i), Type: "component", Title: fmt.Sprintf("Service number %d", i), Group: -1,
			Technology: "Go", Description: "Turns a cart into a paid order and mails the receipt to the customer", Owner: "Payments",
		})
	}
	for i := range 80 {
		d.Edges = append(d.Edges, diagram.Edge{From: i % 50, To: (i * 7) % 50, Labels: []string{"asks for the prices of all goods"}, Technology: "gRPC", Verdict: "declared"})
	}
	return d
}

func BenchmarkSetAndPaint(b *testing.B) {
	d := bench()
	for b.Loop() {
		draw(b, d)
	}
}
