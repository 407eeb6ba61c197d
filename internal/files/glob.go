package files

import (
	"errors"
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/bmatcuk/doublestar/v4"
)

// ErrPattern means that a glob is none, or that it would match too much.
var ErrPattern = errors.New("not a pattern of files")

// mostBraces bounds the alternatives of a glob: each of them doubles the work at least.
const mostBraces = 4

// IsGlob reports whether a path holds something that stands for others.
func IsGlob(pattern string) bool { return strings.ContainsAny(pattern, `*?[{\`) }

// Glob lists the files that a pattern matches, sorted: * and ? stand for text without a slash, ** for folders,
// [a-z] for a character, {a,b} for either. Links to folders are not followed. More than so many files are an error.
func (t *Tree) Glob(pattern string, most int) ([]string, error) {
	pattern = path.Clean(pattern)
	if !doublestar.ValidatePattern(pattern) || strings.Count(pattern, "{") > mostBraces {
		return nil, ErrPattern
	}
	var out []string
	err := doublestar.GlobWalk(t.root.FS(), pattern, func(p string, _ fs.DirEntry) error {
		if out = append(out, p); len(out) > most {
			return &fs.PathError{Op: "match", Path: pattern, Err: ErrTooLarge}
		}
		return nil
	}, doublestar.WithFilesOnly(), doublestar.WithNoFollow())
	slices.Sort(out)
	return slices.Compact(out), err
}
