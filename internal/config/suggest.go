package config

import (
	"maps"
	"slices"
	"strings"
)

// nearest returns the candidate most similar to a mistyped word, or "" when none is near.
func nearest(word string, candidates []string) string {
	const longest = 100 // a longer word is no typo, and distance costs the product of both lengths
	if len(word) > longest {
		return ""
	}
	best, bestDistance := "", tolerance(word)+1
	lower := strings.ToLower(word)
	for gap := 0; gap < bestDistance; gap++ { // similar length first: most others need no comparison then
		for _, c := range candidates {
			if len(c) > longest || lengthGap(word, c) != gap {
				continue
			}
			d := distance(lower, strings.ToLower(c))
			if d < bestDistance || d == bestDistance && best != "" && lengthGap(word, best) == gap && c < best {
				best, bestDistance = c, d
			}
		}
	}
	return best
}

// tolerance is how many typing mistakes a word of its length may hold.
func tolerance(word string) int {
	if len(word) < 4 {
		return len(word) / 2
	}
	return 2 + (len(word)-4)/6
}

// distance counts the insertions, deletions, replacements and swaps of neighbours that make a of b: the
// optimal string alignment distance.
func distance(a, b string) int {
	var near [3 * 101]int // enough for what nearest asks
	rows, n := near[:], len(b)+1
	if 3*n > len(rows) {
		rows = make([]int, 3*n)
	}
	before, last, row := rows[:n], rows[n:2*n], rows[2*n:3*n]
	for j := range last {
		last[j] = j
	}
	for i := 1; i <= len(a); i++ {
		row[0] = i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			row[j] = min(last[j]+1, row[j-1]+1, last[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
		}
		before, last, row = last, row, before
	}
	return last[len(b)]
}

func lengthGap(a, b string) int {
	if len(a) > len(b) {
		return len(a) - len(b)
	}
	return len(b) - len(a)
}

// suggester bounds the work of a run in which thousands of names are mistyped.
type suggester struct{ compared int }

const maxCompared = 400_000

// among is didYouMean for the last word of a reference, of the keys of a map: the words before it are certain.
func among[V any](s *suggester, prefix, word string, candidates map[string]V) string {
	if s.compared+len(candidates) > maxCompared { // the keys cost, too
		return ""
	}
	return s.in(prefix, word, slices.Collect(maps.Keys(candidates)))
}

// in is among for a list.
func (s *suggester) in(prefix, word string, candidates []string) string {
	s.compared += len(candidates)
	if s.compared > maxCompared {
		return ""
	}
	if n := nearest(word, candidates); n != "" {
		return "did you mean " + prefix + n + "?"
	}
	return ""
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
