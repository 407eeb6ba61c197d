package paint_test

import (
	"bytes"
	"crypto/sha256"
	"flag"
	"fmt"
	"image"
	"image/png"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/asbuilt/asbuilt/internal/geometry"
	"github.com/asbuilt/asbuilt/internal/paint"
	"github.com/asbuilt/asbuilt/internal/raster"
	"github.com/asbuilt/asbuilt/internal/stamp"
	"github.com/asbuilt/asbuilt/internal/typeset"
	"github.com/asbuilt/asbuilt/pkg/diagram"
)

var update = flag.Bool("update", false, "write what the pictures of this version look like")

func drawPNG(t testing.TB, d *diagram.Diagram, scale int) ([]byte, image.Image) {
	words := typeset.Set(d, nil)
	data, err := paint.PNG(d, words, grid(words.Request()), scale)
	require.NoError(t, err)
	read, err := png.Decode(bytes.NewReader(data))
	require.NoError(t, err)
	return data, read
}

func drawPDF(t testing.TB, d *diagram.Diagram) []byte {
	words := typeset.Set(d, nil)
	data, err := paint.PDF(d, words, grid(words.Request()))
	require.NoError(t, err)
	return data
}

func drawFragment(t testing.TB, d *diagram.Diagram) []byte {
	words := typeset.Set(d, nil)
	svg, err := paint.Fragment(d, words, grid(words.Request()))
	require.NoError(t, err)
	return svg
}

// Pictures that stand are not drawn again by the version that drew them: who changes what they look like, on any
// machine, counts paint.Version up, and runs this with -update.
func TestVersion(t *testing.T) {
	_, dots := drawPNG(t, sample(), 2)
	pixels := sha256.New()
	for y := range dots.Bounds().Dy() {
		for x := range dots.Bounds().Dx() {
			r, g, b, _ := dots.At(x, y).RGBA()
			pixels.Write([]byte{byte(r >> 8), byte(g >> 8), byte(b >> 8)})
		}
	}
	got := fmt.Sprintf("version %d\nsvg %x\ninline.svg %x\npng %x\n", paint.Version,
		sha256.Sum256(draw(t, sample())), sha256.Sum256(drawFragment(t, sample())), pixels.Sum(nil))
	const file = "testdata/version.txt"
	if *update {
		require.NoError(t, os.WriteFile(file, []byte(got), 0o644))
	}
	want, err := os.ReadFile(file)
	require.NoError(t, err)
	require.Equal(t, string(want), got)
}

func TestPNG(t *testing.T) {
	d := sample()
	data, dots := drawPNG(t, d, 1)
	mark, ok := stamp.Read(data)
	require.True(t, ok)
	require.Equal(t, stamp.Mark{View: "shop", Version: "1.4.0", Digest: d.Digest(), Places: mark.Places, Painter: paint.PNGPainter(1), Sum: mark.Sum, Intact: true}, mark)
	svg, _ := stamp.Read(draw(t, d))
	require.Equal(t, svg.Places, mark.Places)
	_, large := drawPNG(t, d, 3)
	require.Equal(t, dots.Bounds().Max.Mul(3), large.Bounds().Max)
	again, _ := drawPNG(t, d, 1)
	require.Equal(t, data, again)

	words := typeset.Set(d, nil)
	plan := grid(words.Request())
	plan.Size.W = 200_000
	_, err := paint.PNG(d, words, plan, 2)
	var large2 *raster.TooLargeError
	require.ErrorAs(t, err, &large2)
}

// A PDF has the words of the SVG's picture, its links where they are safe, and the same mark.
func TestPDF(t *testing.T) {
	d := sample()
	data := drawPDF(t, d)
	mark, ok := stamp.Read(data)
	require.True(t, ok)
	svg, _ := stamp.Read(draw(t, d))
	svg.Sum = mark.Sum
	require.Equal(t, svg, mark)
	require.Equal(t, data, drawPDF(t, d))
	links := regexp.MustCompile(`/URI \((.*?)\)`).FindAllStringSubmatch(string(data), -1)
	var got, want []string
	for _, l := range links {
		got = append(got, l[1])
	}
	for _, e := range elementsOf(t, draw(t, d)) {
		if e.name == "a" {
			want = append(want, e.attr("href"))
		}
	}
	require.NotEmpty(t, want)
	require.Equal(t, want, got)
}

// Whatever is written in a diagram, it can be drawn on paper.
func FuzzPDF(f *testing.F) {
	for _, s := range []string{"Checkout", "", "注文🚀", "שלום עולם", "\x00\xff\u202e", "e\u0301\u0301", "a(b)\\c", "endstream endobj", "javascript:alert(1)", strings.Repeat("W", 300)} {
		f.Add(s, s)
	}
	f.Fuzz(func(t *testing.T, a, b string) {
		data := drawPDF(t, hostile(a, b, a))
		mark, ok := stamp.Read(data)
		require.True(t, ok && mark.Intact)
		require.NotContains(t, string(data), "/URI (javascript")
	})
}

// Whatever is written in a diagram, it can be drawn in dots.
func FuzzPNG(f *testing.F) {
	for _, s := range []string{"Checkout", "", "注文🚀", "שלום עולם", "\x00\xff\u202e", "e\u0301\u0301", "cylinder", strings.Repeat("W", 300)} {
		f.Add(s, s)
	}
	f.Fuzz(func(t *testing.T, a, b string) {
		data, _ := drawPNG(t, hostile(a, b, a), 1)
		mark, ok := stamp.Read(data)
		require.True(t, ok && mark.Intact)
	})
}

// A fragment has the elements of the picture but for the style sheet, no id, and colours that the page may set.
func TestFragment(t *testing.T) {
	whole, part := elementsOf(t, draw(t, sample())), elementsOf(t, drawFragment(t, sample()))
	require.Equal(t, len(whole), len(part)+1)
	whole = slices.DeleteFunc(whole, func(e read) bool { return e.name == "style" })
	for i, e := range part {
		require.Equal(t, whole[i].name, e.name)
		require.Equal(t, strings.TrimSpace(whole[i].text), strings.TrimSpace(e.text))
		for _, name := range []string{"d", "x", "y", "transform", "aria-label", "data-address", "href"} {
			require.Equal(t, whole[i].attr(name), e.attr(name))
		}
		for _, name := range []string{"fill", "stroke"} {
			value := e.attr(name)
			if light := whole[i].attr(name); light != "" && light != "none" {
				require.Regexp(t, `^var\(--asbuilt-[a-z0-9-]+,`+light+`\)$`, value)
			} else {
				require.Equal(t, light, value)
			}
		}
		require.NotContains(t, e.attr("class"), "ab-f-")
	}
	mark, ok := stamp.Read(drawFragment(t, sample()))
	require.True(t, ok && mark.Intact)
}

// Template engines and Markdown find nothing in a fragment, and a browser reads what was meant.
func FuzzFragment(f *testing.F) {
	for _, s := range []string{"{{7*7}}", "{process.env.HOME}", "${7*7}", "{% include x %}", "<%= 7*7 %>", "[[x]](y)", "`code` *em* _em_ ~s~", "a\n\nb", "@team #1 :+1:", "\\x", "Checkout"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		d := hostile(s, s, s)
		svg := drawFragment(t, d)
		requireHarmless(t, svg)
		require.NotRegexp(t, "[{}\\[\\]$%@`|\\\\]", string(svg))
		for _, line := range regexp.MustCompile(`<text [^>]*>([^<]*)</text>`).FindAllStringSubmatch(string(svg), -1) {
			require.NotRegexp(t, "[*_~^=!:]", line[1])
		}
		words := func(all []read) (out []string) {
			for _, e := range all {
				if e.name == "text" {
					out = append(out, e.text)
				}
			}
			return out
		}
		require.Equal(t, words(elementsOf(t, draw(t, d))), words(elementsOf(t, svg)))
	})
}

func BenchmarkPDF(b *testing.B) {
	d := bench()
	words := typeset.Set(d, nil)
	plan := ranks(words.Request(), 8)
	for b.Loop() {
		_, err := paint.PDF(d, words, plan)
		require.NoError(b, err)
	}
}

func BenchmarkPNG(b *testing.B) {
	d := bench()
	words := typeset.Set(d, nil)
	plan := ranks(words.Request(), 8)
	for b.Loop() {
		_, err := paint.PNG(d, words, plan, 2)
		require.NoError(b, err)
	}
}

// ranks puts the cards into rows, as far apart as Graphviz puts them.
func ranks(r geometry.Request, row int) geometry.Plan {
	p := grid(r)
	for i := range p.Nodes {
		p.Nodes[i].X, p.Nodes[i].Y = 40+float64(i%row)*300, 60+float64(i/row)*200
	}
	p.Size = geometry.Size{W: float64(row) * 300, H: float64((len(r.Nodes)-1)/row+1) * 200}
	for i, e := range r.Edges {
		a, b := p.Nodes[e.From], p.Nodes[e.To]
		from, to := geometry.Point{X: a.X + a.W/2, Y: a.Y + a.H}, geometry.Point{X: b.X + b.W/2, Y: b.Y}
		p.Edges[i].Points = []geometry.Point{from, {X: from.X, Y: from.Y + 60}, {X: to.X, Y: to.Y - 60}, to}
		p.Edges[i].Label.X, p.Edges[i].Label.Y = (from.X+to.X)/2, (from.Y+to.Y)/2
	}
	return p
}
