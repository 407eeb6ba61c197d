package font

import (
	"strings"
	"testing"

	"github.com/rivo/uniseg"
	"github.com/stretchr/testify/require"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
	"pgregory.net/rapid"

	"github.com/go-fonts/liberation/liberationsansregular"
)

var body = Style{Size: 12}

func TestWidth(t *testing.T) {
	for _, c := range []struct {
		text   string
		style  Style
		want   float64
		native bool
	}{
		{"", body, 0, true},
		{"Checkout", Style{Size: 2048}, 1479 + 1139 + 1139 + 1024 + 1024 + 1139 + 1139 + 569, true},
		{"Checkout", Style{Size: 2048, Bold: true}, 1479 + 1251 + 1139 + 1139 + 1139 + 1251 + 1251 + 682, true},
		{"é", Style{Size: 2048}, 1139, true},
		{"e\u0301", Style{Size: 2048}, 1139, false}, // a mark has no width of its own
		{"ж…–", Style{Size: 2048}, 1370 + 2048 + 1139, true},
		{"注", body, 12, false},
		{"注文", body, 24, false},
		{"👩🏽‍🚀", body, 12, false}, // one cluster of four characters
		{"❤️", body, 12, false},
		{"ก", Style{Size: 16}, 10, false},
	} {
		require.InDelta(t, c.want, Width(c.style, c.text), 1e-9, "%q", c.text)
		require.Equal(t, c.native, Native(c.text), "%q", c.text)
	}
}

// The font itself is the second witness: every text in its characters is as wide as its glyphs together.
func TestWidthIsTheFonts(t *testing.T) {
	f, err := sfnt.Parse(liberationsansregular.TTF)
	require.NoError(t, err)
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringOfN(rapid.RuneFrom([]rune("abcXYZ 0189.,-/()&ÄößéŁЖЯ€—")), 0, 40, -1).Draw(t, "text")
		var buf sfnt.Buffer
		sum := 0
		for _, r := range text {
			i, err := f.GlyphIndex(&buf, r)
			require.NoError(t, err)
			a, err := f.GlyphAdvance(&buf, i, fixed.I(2048), 0)
			require.NoError(t, err)
			sum += a.Round()
		}
		require.Equal(t, float64(sum), Width(Style{Size: 2048}, text))
	})
}

func TestWrap(t *testing.T) {
	for _, c := range []struct {
		name  string
		text  string
		width float64
		lines int
		want  []string
		cut   bool
	}{
		{"empty", "", 100, 3, nil, false},
		{"spaces only", "  \n ", 100, 3, nil, false},
		{"fits", "Turns a cart", 100, 3, []string{"Turns a cart"}, false},
		{"after words", "Turns a cart into a paid order", 100, 3, []string{"Turns a cart into a", "paid order"}, false},
		{"a hyphen", "order-processing", 60, 3, []string{"order-", "processing"}, false},
		{"camel case", "OrderFulfillmentController", 90, 3, []string{"OrderFulfillment", "Controller"}, false},
		{"a dotted name", "com.example.orders.v1", 60, 3, []string{"com.", "example.", "orders.v1"}, false},
		{"a word without joints", "aaaaaaaaaaaaaaaaaaaa", 60, 3, []string{"aaaaaaaa", "aaaaaaaa", "aaaa"}, false},
		{"cut at a word", "Turns a cart into a paid order", 100, 1, []string{"Turns a cart…"}, true},
		{"cut inside a long word", "aaaaaaaaaaaaaaaaaaaa", 60, 1, []string{"aaaaaaa…"}, true},
		{"cut on the second line", "Turns a cart into a paid order and mails it", 100, 2, []string{"Turns a cart into a", "paid order and…"}, true},
		{"line breaks are spaces", "one\ntwo", 100, 3, []string{"one two"}, false},
		{"Chinese between any two", "订单处理服务", 36, 3, []string{"订单处", "理服务"}, false},
		{"clusters stay whole", "👩🏽‍🚀👩🏽‍🚀👩🏽‍🚀", 24, 3, []string{"👩🏽‍🚀👩🏽‍🚀", "👩🏽‍🚀"}, false},
		{"no line at all", "word", 100, 0, nil, true},
	} {
		lines, cut := Wrap(body, c.text, c.width, c.lines)
		require.Equal(t, c.want, lines, c.name)
		require.Equal(t, c.cut, cut, c.name)
	}
}

func TestWrapBalanced(t *testing.T) {
	lines, cut := WrapBalanced(body, "charges the card of the buyer", 150, 2)
	require.Equal(t, []string{"charges the card", "of the buyer"}, lines)
	require.False(t, cut)
}

// Whatever the text: no line is wider than asked unless it is one cluster, none is empty, all clusters stand
// in order, and nothing is lost unless cut says so.
func FuzzWrap(f *testing.F) {
	for _, s := range []string{"", "Turns a cart into a paid order", "订单处理 service", "👩🏽‍🚀 e\u0301\u0301", "a\u200db", "ффф-ффф/ффф"} {
		f.Add(s, uint16(60), uint8(3))
	}
	f.Fuzz(func(t *testing.T, text string, width uint16, maxLines uint8) {
		limit := float64(width%400) + 20
		n := int(maxLines % 5)
		lines, cut := Wrap(body, text, limit, n)
		require.LessOrEqual(t, len(lines), n)
		for _, l := range lines {
			require.NotEmpty(t, l)
			require.True(t, Width(body, l) <= limit || uniseg.GraphemeClusterCount(l) <= 2, "%q is %v wide", l, Width(body, l))
		}
		if !cut {
			require.Equal(t, compact(text), compact(strings.Join(lines, "")))
		} else if len(lines) > 0 {
			require.True(t, strings.HasSuffix(lines[len(lines)-1], Ellipsis))
		}
	})
}

func compact(s string) string { return strings.Join(strings.Fields(s), "") }

func BenchmarkWidth(b *testing.B) {
	for b.Loop() {
		Width(body, "Turns a cart into a paid order and mails the receipt")
	}
}

func BenchmarkWrap(b *testing.B) {
	for b.Loop() {
		Wrap(body, "Turns a cart into a paid order and mails the receipt to the customer", 160, 3)
	}
}
