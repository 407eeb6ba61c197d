package raster

import (
	"hash/adler32"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
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
		require.Equal(t, adler32.Checksum(append(before[:len(before):len(before)], line...)), joined(adler32.Checksum(before), line, !changed))
	})
}
