package pattern_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/asbuilt/asbuilt/internal/pattern"
)

func TestPattern(t *testing.T) {
	for _, c := range []struct {
		pattern, dir, importPath string
		want                     bool
	}{
		{"a/...", "a", "m/a", true},
		{"a/...", "a/b/c", "m/a/b/c", true},
		{"a/...", "ab", "m/ab", false},
		{"./a", "a", "m/a", true},
		{"./a", "a/b", "m/a/b", false},
		{"./a/", "a", "m/a", true},
		{"m/a/...", "a/b", "m/a/b", true},
		{"./m/a/...", "a/b", "m/a/b", false},
		{".", ".", "m", true},
		{".", "a", "m/a", false},
		{"...", ".", "m", true},
		{"./...", "a/b", "m/a/b", true},
		{"...pb", "gen/ordersv1pb", "m/gen/ordersv1pb", true},
		{"...pb", "gen/pbx", "m/gen/pbx", false},
		{"a.../b.../c", "ax/y/bz/c", "", true},
		{"a.../b.../c", "a/b/c", "", true},
		{"a.../b.../c", "a/c", "", false},
		{"a...a", "a", "", false},
		{"a.b", "axb", "", false},
		{"x\x80y/...", "x\x80y", "", true},
	} {
		require.Equal(t, c.want, pattern.New(c.pattern).Covers(c.dir, c.importPath), "%q %s", c.pattern, c.dir)
	}
}

func TestMeans(t *testing.T) {
	for _, c := range []struct {
		pattern, dir, importPath string
		want                     bool
	}{
		{"./a/...", "a/b", "m/a/b", true},
		{"./...", "", "fmt", false},
		{"./...", ".", "m", true},
		{"a/...", "a", "m/a", false},
		{"net/...", "", "net/http", true},
		{"net/...", "", "net", true},
		{"net/...", "", "network", false},
		{"example.com/foo", "", "example.com/foobar", false},
		{"example.com/foo/...", "", "example.com/foobar", false},
	} {
		require.Equal(t, c.want, pattern.New(c.pattern).Means(c.dir, c.importPath), "%q %s %s", c.pattern, c.dir, c.importPath)
	}
}

func TestUnderIsBySegments(t *testing.T) {
	require.True(t, pattern.Under("example.com/foo", "example.com/foo"))
	require.True(t, pattern.Under("example.com/foo/v2", "example.com/foo"))
	require.False(t, pattern.Under("example.com/foobar", "example.com/foo"))
	require.Equal(t, "net", pattern.New("net/...").Base())
	require.Equal(t, "a/b", pattern.New("./a/b/").Base())
	require.Empty(t, pattern.New("./...").Base())
}
