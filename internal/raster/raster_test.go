package raster

import (
	"bytes"
	"image/color"
	"image/png"
	"math"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/asbuilt/asbuilt/internal/font"
	"github.com/asbuilt/asbuilt/internal/geometry"
)

var (
	black = color.RGBA{A: 255}
	white = color.RGBA{255, 255, 255, 255}
)

func page(w, h, scale float64) *Image {
	m := New(geometry.Size{W: w, H: h}, scale)
	m.Fill(box(geometry.Rect{W: w, H: h}, 0), white)
	return m
}

func box(r geometry.Rect, radius float64) geometry.Path {
	var p geometry.Path
	p.Box(r, radius)
	return p
}

// ink is how many dots are black, in the sum of their parts, read by the standard library.
func ink(t require.TestingT, m *Image) float64 {
	data, err := m.PNG("")
	require.NoError(t, err)
	read, err := png.Decode(bytes.NewReader(data))
	require.NoError(t, err)
	sum := 0.0
	for y := range read.Bounds().Dy() {
		for x := range read.Bounds().Dx() {
			r, g, b, a := read.At(x, y).RGBA()
			require.Equal(t, [3]uint32{r, r, 0xffff}, [3]uint32{g, b, a})
			sum += 1 - float64(r)/0xffff
		}
	}
	return sum
}

// An area covers as many dots as geometry says, wherever it lies.
func TestAreas(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		number := func(name string, lo, hi float64) float64 { return rapid.Float64Range(lo, hi).Draw(t, name) }
		r := geometry.Rect{X: number("x", 1, 20), Y: number("y", 1, 20), W: number("w", 0.1, 30), H: number("h", 0.1, 30)}
		radius := min(number("radius", 0, 15), r.W/2, r.H/2)
		m := page(60, 60, 1)
		m.Fill(box(r, radius), black)
		rounding := (r.W+r.H+4)/100 + 2*math.Pi*radius*flatness
		require.InDelta(t, r.W*r.H-(4-math.Pi)*radius*radius, ink(t, m), rounding)
	})
}

// A line covers its length times its width, with what its ends add.
func TestLines(t *testing.T) {
	line := func(points ...geometry.Point) (p geometry.Path) {
		p.Move(points[0])
		for _, to := range points[1:] {
			p.Line(to)
		}
		return p
	}
	a, b, c := geometry.Point{X: 20, Y: 20}, geometry.Point{X: 60, Y: 50}, geometry.Point{X: 60, Y: 80}
	closed := box(geometry.Rect{X: 20, Y: 20, W: 40, H: 30}, 0)
	for _, example := range []struct {
		name string
		path geometry.Path
		pen  geometry.Pen
		want float64
	}{
		{"flat ends", line(a, b), geometry.Pen{Width: 6}, 50 * 6},
		{"round ends", line(a, b), geometry.Pen{Width: 6, RoundCap: true}, 50*6 + 9*math.Pi},
		{"a box with points", closed, geometry.Pen{Width: 4}, 44*34 - 36*26},
		{"a box with round corners", closed, geometry.Pen{Width: 4, RoundJoin: true}, 44*34 - 36*26 - (4-math.Pi)*4},
		{"dashes", line(a, b), geometry.Pen{Width: 6, Dash: []float64{10, 5}}, 35 * 6}, // 10 10 10 5
		{"dots", line(a, b), geometry.Pen{Width: 4, Dash: []float64{0.01, 11.99}, RoundCap: true}, 5 * 4 * math.Pi},
		{"a corner", line(a, b, c), geometry.Pen{Width: 2}, 50*2 + 30*2},
	} {
		m := page(100, 100, 1)
		m.Stroke(example.path, example.pen, black)
		require.InDelta(t, example.want, ink(t, m), 2.5, example.name)
	}
}

// Outside of the picture nothing is drawn, and what reaches into it is drawn as if the rest were there.
func TestBorders(t *testing.T) {
	for _, c := range []struct {
		at   geometry.Rect
		want float64
	}{
		{geometry.Rect{X: -10, Y: -10, W: 15, H: 15}, 25},
		{geometry.Rect{X: 15, Y: 15, W: 30, H: 30}, 25},
		{geometry.Rect{X: -10, Y: 5, W: 100, H: 2}, 40},
		{geometry.Rect{X: 5, Y: -10, W: 2, H: 100}, 40},
		{geometry.Rect{X: -30, Y: -30, W: 10, H: 10}, 0},
		{geometry.Rect{X: 50, Y: 5, W: 10, H: 10}, 0},
	} {
		m := page(20, 20, 1)
		m.Fill(box(c.at, 0), black)
		require.InDelta(t, c.want, ink(t, m), 0.01, "%v", c.at)
	}
}

// Twice the scale is four times the dots, and text grows with it.
func TestScale(t *testing.T) {
	at := func(scale float64) float64 {
		m := page(80, 20, scale)
		require.NoError(t, m.Write(font.Style{Size: 14, Bold: true}, geometry.Point{X: 2, Y: 15}, "Checkout", black))
		return ink(t, m)
	}
	require.InDelta(t, 4*at(1), at(2), 0.03*at(2))
	require.InDelta(t, 9*at(1), at(3), 0.03*at(3))
}

// What the font lacks is a box as wide as was measured.
func TestMissingCharacters(t *testing.T) {
	m := page(40, 20, 1)
	require.NoError(t, m.Write(font.Style{Size: 16}, geometry.Point{X: 4, Y: 16}, "注", black))
	require.InDelta(t, 2*1.12*(14.08+9.2), ink(t, m), 2)
}

func TestTooLarge(t *testing.T) {
	require.NoError(t, Fits(geometry.Size{W: 10000, H: 10000}, 1))
	err := Fits(geometry.Size{W: 10000, H: 10000}, 2)
	var large *TooLargeError
	require.ErrorAs(t, err, &large)
	require.ErrorContains(t, err, "20000 × 20000")
}

func TestWordsAboutIt(t *testing.T) {
	data, err := page(2, 2, 1).PNG("asbuilt view=shop")
	require.NoError(t, err)
	require.True(t, strings.Contains(string(data), "Comment\x00asbuilt view=shop"))
}
