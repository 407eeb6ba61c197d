package cli

import (
	"fmt"
	"slices"
	"strings"

	"github.com/agext/levenshtein"
)

// nearest is the word that was probably meant; "" when none is alike. Of two, it is the first of the nearer ones.
func nearest(typed string, words ...string) string {
	best, least := "", 0
	for _, word := range words {
		if d := distance(typed, word); d < len(word) && d <= max(1, len(word)/3) && (best == "" || d < least) {
			best, least = word, d
		}
	}
	return best
}

// distance counts what was mistyped; letters that changed places, as in "quite" for "quiet", are one mistake, and so
// is a word that was not written to its end.
func distance(typed, meant string) int {
	d := levenshtein.Distance(typed, meant, nil)
	if d == 2 && sorted(typed) == sorted(meant) || len(typed) > 1 && d > 0 && strings.HasPrefix(meant, typed) {
		return 1
	}
	return d
}

func sorted(word string) string {
	letters := []rune(word)
	slices.Sort(letters)
	return string(letters)
}

// meant is a hint to append, "did you mean …?", or else what to do instead.
func meant(typed, otherwise string, words ...string) string {
	if near := nearest(typed, words...); near != "" {
		return fmt.Sprintf("did you mean %s?", near)
	}
	return otherwise
}
