package golang

import (
	_ "embed"
	"strings"
	"sync"
)

// standardList holds one import path a line: every package of the Go toolchain's own src folder, those
// of other platforms, experiments and its vendor folder included. TestStandardList keeps it fresh.
//
//go:embed std.txt
var standardList string

// standardMinor is the N of the Go 1.N that the list is of.
const standardMinor = 26

var standardSet = sync.OnceValue(func() map[string]struct{} {
	set := make(map[string]struct{}, strings.Count(standardList, "\n"))
	for path := range strings.Lines(standardList) {
		set[strings.TrimSuffix(path, "\n")] = struct{}{}
	}
	return set
})

// Standard lists the packages of the standard library, sorted.
func Standard() []string { return strings.Fields(standardList) }

// IsStandard reports whether an import path belongs to the standard library. It asks a list, for
// module paths without a dot exist, and the toolchain may be missing where this runs.
func IsStandard(path string) bool {
	_, ok := standardSet()[path]
	return ok
}
