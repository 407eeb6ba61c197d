package builds

import (
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func TestAny(t *testing.T) {
	for _, c := range []struct {
		lists [][]string
		want  []string
	}{
		{[][]string{{"linux"}, {"!linux"}}, nil},
		{[][]string{{"linux"}, {}}, nil},
		{[][]string{{"linux", "darwin"}, {"linux && cgo"}}, []string{"darwin", "linux"}},
		{[][]string{{"cgo"}, {"!cgo && windows"}, {"!windows"}}, nil},
		{[][]string{{"linux"}}, []string{"linux"}},
		{[][]string{{"region == eu"}, {"linux"}}, []string{"linux", "region == eu"}},
		{[][]string{{"linux && windows"}}, []string{"linux && windows"}},
	} {
		require.Equal(t, c.want, Any(c.lists...), "%v", c.lists)
	}
}

func TestAll(t *testing.T) {
	for _, c := range []struct {
		lists [][]string
		want  []string
	}{
		{nil, nil},
		{[][]string{{}, {}}, nil},
		{[][]string{{"linux"}, {}}, []string{"linux"}},
		{[][]string{{"linux"}, {"linux"}}, []string{"linux"}},
		{[][]string{{"linux", "windows"}, {"windows", "darwin"}}, []string{"windows"}},
		{[][]string{{"linux"}, {"cgo"}}, []string{"linux && cgo"}},
		{[][]string{{"linux"}, {"windows"}}, []string{"linux && windows"}},
		{[][]string{{"region == eu"}, {"linux"}}, []string{"linux", "region == eu"}},
	} {
		require.Equal(t, c.want, All(c.lists...), "%v", c.lists)
	}
}

// What is joined in parts, in any order, is what is joined at once.
func TestJoiningInParts(t *testing.T) {
	word := rapid.SampledFrom([]string{"linux", "windows", "!linux", "cgo", "!cgo && unix", "amd64", "race && darwin"})
	rapid.Check(t, func(t *rapid.T) {
		lists := rapid.SliceOfN(rapid.SliceOfN(word, 0, 3), 2, 5).Draw(t, "lists")
		cut := rapid.IntRange(1, len(lists)-1).Draw(t, "cut")
		whole := Any(lists...)
		require.Equal(t, whole, Any(Any(lists[cut:]...), Any(lists[:cut]...)))
		require.Equal(t, whole, Any(whole))
	})
}
