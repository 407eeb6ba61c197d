package phrase

import (
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func TestCount(t *testing.T) {
	require.Equal(t, []string{"0 edges", "1 edge", "2 edges"}, []string{Count(0, "edge"), Count(1, "edge"), Count(2, "edge")})
}

func TestChoice(t *testing.T) {
	require.Equal(t, []string{"", "a", "a or b", "a, b or c"}, []string{Choice(nil), Choice([]string{"a"}), Choice([]string{"a", "b"}), Choice([]string{"a", "b", "c"})})
}

func TestNearest(t *testing.T) {
	commands := strings.Fields("check fmt init render show validate version watch quiet Checkout")
	for word, want := range map[string]string{
		"chekc": "check", "ceck": "check", "CHECK": "check", "vers": "version", "va": "validate", "fm": "fmt", "quite": "quiet",
		"Chekout": "Checkout", "x": "", "": "", "nothing": "", strings.Repeat("check", 40): "",
	} {
		require.Equal(t, want, Nearest(word, commands), word)
	}
	require.Equal(t, "did you mean render?", DidYouMean("rendr", commands))
	require.Empty(t, DidYouMean("nothing", commands))
	require.Equal(t, "./services/cart", guess("./servces/cart", 4, "./services", "./services/cart", "./services/card"))
	require.Empty(t, guess("./servces/cart", 0, "./services/cart"))
}

func guess(word string, most int, candidates ...string) string {
	g := NewGuess(word, most)
	for _, c := range candidates {
		g.Consider(c)
	}
	return g.Best()
}

// The order of the candidates is of no matter, and who asks for them one by one gets the same.
func TestNearestIsAlwaysTheSame(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		word := rapid.StringMatching(`[abAB]{0,9}`)
		typed, candidates := word.Draw(t, "typed"), rapid.SliceOfN(word, 0, 9).Draw(t, "candidates")
		near := Nearest(typed, candidates)
		if one := guess(typed, tolerance(typed), candidates...); one != "" {
			require.Equal(t, one, near)
		}
		rand.Shuffle(len(candidates), func(i, j int) { candidates[i], candidates[j] = candidates[j], candidates[i] })
		require.Equal(t, near, Nearest(typed, candidates))
	})
}

// The distance is one of a metric's: none to itself, as far there as back, and never less than the gap of the lengths.
func TestDistance(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := rapid.StringN(0, 20, -1).Draw(t, "a"), rapid.StringN(0, 20, -1).Draw(t, "b")
		require.Zero(t, distance(a, a))
		require.Equal(t, distance(a, b), distance(b, a))
		require.GreaterOrEqual(t, distance(a, b), NewGuess(a, 0).gap(b))
		require.LessOrEqual(t, distance(a, b), max(len(a), len(b)))
	})
}
