package raster

import (
	"bytes"
	"cmp"
	"hash/adler32"
	"image"
	"image/png"
	"runtime"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/asbuilt/asbuilt/internal/geometry"
)

// A row is the one above it and their difference, byte by byte.
func TestDifference(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		row := rapid.SliceOfN(rapid.Byte(), 0, 40).Draw(t, "row")
		above := rapid.SliceOfN(rapid.Byte(), len(row), len(row)).Draw(t, "above")
		line := make([]byte, len(row)+1)
		changed := difference(line, row, above)
		require.EqualValues(t, 2, line[0])
		for i, d := range line[1:] {
			require.Equal(t, row[i], above[i]+d)
		}
		before := rapid.SliceOfN(rapid.Byte(), 0, 40).Draw(t, "before")
		require.Equal(t, adler32.Checksum(append(before[:len(before):len(before)], line...)), joined(adler32.Checksum(before), checksum(line, !changed), len(line)))
	})
}

// Dots of a row come into order and none is lost.
func TestSort(t *testing.T) {
	var s sorter
	rapid.Check(t, func(t *rapid.T) {
		var cells []cell
		for i, x := range rapid.SliceOf(rapid.Int32Range(0, 9)).Draw(t, "columns") {
			cells = append(cells, cell{x: x, cover: int32(i)})
		}
		want := slices.Clone(cells)
		slices.SortFunc(want, func(a, b cell) int { return cmp.Or(cmp.Compare(a.x, b.x), cmp.Compare(a.cover, b.cover)) })
		s.sort(cells)
		require.True(t, slices.IsSortedFunc(cells, func(a, b cell) int { return cmp.Compare(a.x, b.x) }))
		require.ElementsMatch(t, want, cells)
	})
}

// A picture of several bands is read as one by the standard library, and is the same bytes on any number of processors.
func TestBands(t *testing.T) {
	m := page(3000, 3000, 1)
	for i := range 30 {
		m.Fill(box(geometry.Rect{X: float64(i), Y: float64(100 * i), W: 10, H: 50}, 0), black)
	}
	require.Greater(t, len(m.bands()), 3)
	data, err := m.PNG("")
	require.NoError(t, err)
	read, err := png.Decode(bytes.NewReader(data))
	require.NoError(t, err)
	dark := 0
	for i, v := range read.(*image.RGBA).Pix {
		if i%4 == 0 && v == 0 {
			dark++
		}
	}
	require.Equal(t, 30*10*50, dark)
	for _, n := range []int{1, 8} {
		before := runtime.GOMAXPROCS(n)
		again, err := m.PNG("")
		runtime.GOMAXPROCS(before)
		require.NoError(t, err)
		require.True(t, bytes.Equal(data, again), "%d processors", n)
	}
}
