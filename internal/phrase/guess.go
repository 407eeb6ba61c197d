package phrase

import "strings"

// longest is the length in bytes of what is compared: a longer word is no typo, and a comparison costs the product of both
// lengths.
const longest = 100

// Guess looks for the word that was probably meant by a mistyped one. Whatever the order of what it is given, it finds the
// same. The case of letters is no mistake.
type Guess struct {
	word, lower string
	best        string
	mistakes    int // fewer than these are wanted
}

// NewGuess allows for so many mistakes.
func NewGuess(word string, most int) *Guess {
	return &Guess{word: word, lower: strings.ToLower(word), mistakes: most + 1}
}

// Consider takes a word that may have been meant.
func (g *Guess) Consider(word string) {
	gap := g.gap(word)
	if gap > g.mistakes || gap == g.mistakes && g.best == "" || max(len(word), len(g.word)) > longest {
		return
	}
	n := distance(g.lower, strings.ToLower(word))
	if n < g.mistakes || n == g.mistakes && g.best != "" && g.sooner(word) {
		g.best, g.mistakes = word, n
	}
}

// sooner decides between two words with as many mistakes.
func (g *Guess) sooner(word string) bool {
	if a, b := g.gap(word), g.gap(g.best); a != b {
		return a < b
	}
	return word < g.best
}

// gap is how many letters one word has more than the other: as many mistakes there are at least.
func (g *Guess) gap(word string) int { return max(len(word)-len(g.word), len(g.word)-len(word)) }

// Best is the nearest word; "" when none is near.
func (g *Guess) Best() string { return g.best }

// tolerance is how many mistakes a word of its length may hold.
func tolerance(word string) int {
	if len(word) < 4 {
		return len(word) / 2
	}
	return 2 + (len(word)-4)/6
}

// Nearest is the candidate most similar to a mistyped word, or else the shortest that begins with it; "" when none does.
func Nearest(word string, candidates []string) string {
	g := NewGuess(word, tolerance(word))
	for gap := 0; gap < g.mistakes; gap++ { // similar length first: most others need no comparison then
		for _, c := range candidates {
			if g.gap(c) == gap {
				g.Consider(c)
			}
		}
	}
	if g.best != "" || len(word) < 2 {
		return g.best
	}
	for _, c := range candidates {
		if strings.HasPrefix(c, word) && (g.best == "" || g.sooner(c)) {
			g.best = c
		}
	}
	return g.best
}

// DidYouMean is the next step for a mistyped word, or "".
func DidYouMean(word string, candidates []string) string {
	if n := Nearest(word, candidates); n != "" {
		return "did you mean " + n + "?"
	}
	return ""
}

// distance counts the insertions, deletions, replacements and swaps of neighbours that make a of b: the
// optimal string alignment distance.
func distance(a, b string) int {
	var near [3 * (longest + 1)]int
	rows, n := near[:], len(b)+1
	if 3*n > len(rows) { // a letter's other case may be longer
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
