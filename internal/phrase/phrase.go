// Package phrase says small things in one way everywhere: how many there are, which there are to choose from, and which was
// probably meant.
package phrase

import (
	"fmt"
	"strings"
)

// Count is a number with its noun: 1 edge, 3 edges.
func Count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

// Choice is a list of words of which one is to be taken: a, b or c.
func Choice(words []string) string {
	switch len(words) {
	case 0:
		return ""
	case 1:
		return words[0]
	}
	last := len(words) - 1
	return strings.Join(words[:last], ", ") + " or " + words[last]
}
