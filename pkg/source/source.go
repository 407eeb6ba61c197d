// Package source is the one coordinate system of the program: places in files.
//
// A file is named the way it is printed: relative to the git work tree that holds the project
// root (else to the root itself), with slashes. Whoever reads a file names it so once, and every
// value made from it carries that name along.
package source

import (
	"cmp"
	"encoding/json"
	"strconv"
)

// Pos is a point in a file. Line and Column count from 1; Column counts bytes. A Column of 0
// means that only the line is known, a Line of 0 that only the file is.
type Pos struct {
	Line   int
	Column int
}

// Range is a stretch of a file, End exclusive. The zero Range means "no place".
type Range struct {
	File       string
	Start, End Pos
}

// At returns the place of a line, with no column.
func At(file string, line int) Range {
	return Range{File: file, Start: Pos{Line: line}, End: Pos{Line: line}}
}

// IsZero reports whether the range names no place.
func (r Range) IsZero() bool { return r.File == "" }

// String writes file:line:column, leaving out what is not known.
func (r Range) String() string {
	s := r.File
	if r.Start.Line > 0 {
		s += ":" + strconv.Itoa(r.Start.Line)
		if r.Start.Column > 0 {
			s += ":" + strconv.Itoa(r.Start.Column)
		}
	}
	return s
}

// Compare orders ranges by file, then start, then end.
func Compare(a, b Range) int {
	return cmp.Or(cmp.Compare(a.File, b.File), comparePos(a.Start, b.Start), comparePos(a.End, b.End))
}

func comparePos(a, b Pos) int {
	return cmp.Or(cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column))
}

// place is how a Range is written for scripts: its start, which is what they look for.
type place struct {
	File   string `json:"file"`
	Line   int    `json:"line,omitempty"`
	Column int    `json:"column,omitempty"`
}

// MarshalJSON writes {"file","line","column"} of the start; what is not known is left out.
func (r Range) MarshalJSON() ([]byte, error) {
	return json.Marshal(place{r.File, r.Start.Line, r.Start.Column})
}
