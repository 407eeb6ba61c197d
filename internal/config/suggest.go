package config

import (
	"maps"
	"slices"

	"github.com/asbuilt/asbuilt/internal/phrase"
)

// suggester bounds the work of a run in which thousands of names are mistyped.
type suggester struct{ compared int }

const maxCompared = 400_000

// among is phrase.DidYouMean for the last word of a reference, of the keys of a map: the words before it are certain.
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
	if n := phrase.Nearest(word, candidates); n != "" {
		return "did you mean " + prefix + n + "?"
	}
	return ""
}
