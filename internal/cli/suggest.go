package cli

import "github.com/agext/levenshtein"

// alike reports whether a mistyped word probably meant another.
func alike(typed, meant string) bool {
	return levenshtein.Distance(typed, meant, nil) <= max(1, len(meant)/3)
}
