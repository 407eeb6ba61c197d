package config

import (
	"cmp"
	"slices"
	"strings"

	"github.com/agext/levenshtein"
)

// nearest returns the candidate most similar to a mistyped word, or "" when none is near.
func nearest(word string, candidates []string) string {
	const longest = 100 // a longer word is no typo, and distance costs the product of both lengths
	if len(word) > longest {
		return ""
	}
	best, bestDistance := "", max(1, len(word)/3)+1
	for _, c := range slices.SortedFunc(slices.Values(candidates), byLength(word)) {
		if len(c) > longest || lengthGap(word, c) >= bestDistance {
			continue
		}
		if d := levenshtein.Distance(strings.ToLower(word), strings.ToLower(c), nil); d < bestDistance {
			best, bestDistance = c, d
		}
	}
	return best
}

// byLength puts candidates of similar length first, so that most others need no comparison.
func byLength(word string) func(a, b string) int {
	return func(a, b string) int {
		return cmp.Or(cmp.Compare(lengthGap(word, a), lengthGap(word, b)), strings.Compare(a, b))
	}
}

func lengthGap(a, b string) int {
	if len(a) > len(b) {
		return len(a) - len(b)
	}
	return len(b) - len(a)
}

// didYouMean is the next step for a mistyped word, or "".
func didYouMean(word string, candidates []string) string {
	if n := nearest(word, candidates); n != "" {
		return "did you mean " + n + "?"
	}
	return ""
}

// oneOf writes a list of words as a choice: `a, b or c`.
func oneOf(words []string) string {
	switch len(words) {
	case 0:
		return ""
	case 1:
		return words[0]
	}
	last := len(words) - 1
	return strings.Join(words[:last], ", ") + " or " + words[last]
}
