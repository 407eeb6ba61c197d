package golang

import (
	"bytes"
	"errors"
	"fmt"
	"go/build/constraint"

	"github.com/asbuilt/asbuilt/internal/builds"
)

// maxConstraint bounds the bytes of a file's build constraints: expressions are walked by recursion.
const maxConstraint = 4096

var (
	errManyConstraints = errors.New("more than one //go:build line")
	errLongConstraint  = fmt.Errorf("build constraints of more than %d bytes", maxConstraint)
)

// fileCondition combines what a file's name, its build constraints and an import of "C" ask for.
// preamble is the text before the package clause, nil when it holds no constraint. minor is the N of
// the go1.N that the module requires.
func fileCondition(name string, preamble []byte, cgo bool, minor int) (*builds.Condition, error) {
	parts, err := constraints(preamble)
	if err != nil {
		return nil, err
	}
	for _, tag := range builds.SuffixTags(name) {
		parts = append(parts, &constraint.TagExpr{Tag: tag})
	}
	if cgo {
		parts = append(parts, &constraint.TagExpr{Tag: "cgo"})
	}
	if len(parts) == 0 {
		return nil, nil
	}
	whole := parts[0]
	for _, part := range parts[1:] {
		whole = &constraint.AndExpr{X: whole, Y: part}
	}
	return builds.New(whole, minor), nil
}

// constraints parses the constraints of a preamble as go/build does: a //go:build line, which may stand
// anywhere in it, else the +build lines before its last blank line.
func constraints(preamble []byte) ([]constraint.Expr, error) {
	if preamble == nil {
		return nil, nil
	}
	plus, line, err := buildLines(preamble)
	if err != nil {
		return nil, err
	}
	if line != nil {
		if len(line) > maxConstraint {
			return nil, errLongConstraint
		}
		x, err := constraint.Parse(string(line))
		if err != nil {
			return nil, fmt.Errorf("a //go:build line that does not parse: %w", err)
		}
		return []constraint.Expr{x}, nil
	}
	return plusBuild(plus)
}

func plusBuild(text []byte) ([]constraint.Expr, error) {
	var parts []constraint.Expr
	size := 0
	for line := range bytes.Lines(text) {
		line = bytes.TrimSpace(line)
		if !constraint.IsPlusBuild(string(line)) {
			continue
		}
		if size += len(line); size > maxConstraint {
			return nil, errLongConstraint
		}
		if x, err := constraint.Parse(string(line)); err == nil { // go/build passes over the others, too
			parts = append(parts, x)
		}
	}
	return parts, nil
}

// buildLines returns the part of a preamble where +build lines count, and the //go:build line. It
// follows go/build's parseFileHeader.
func buildLines(text []byte) (plus, goBuild []byte, err error) {
	end, at := 0, 0
	ended, inComment := false, false
	for raw := range bytes.Lines(text) {
		at += len(raw)
		line := bytes.TrimSpace(raw)
		if len(line) == 0 && !ended {
			end = at
			continue
		}
		if !bytes.HasPrefix(line, []byte("//")) {
			ended = true
		}
		if !inComment && constraint.IsGoBuild(string(line)) {
			if goBuild != nil {
				return nil, nil, errManyConstraints
			}
			goBuild = line
		}
		var code bool
		if inComment, code = afterComments(line, inComment); code {
			break
		}
	}
	return text[:end], goBuild, nil
}

// afterComments reads one line. It reports whether a block comment is open at its end, and whether
// the line holds anything but comments.
func afterComments(line []byte, inComment bool) (open, code bool) {
	for len(line) > 0 {
		switch {
		case inComment:
			_, rest, closed := bytes.Cut(line, []byte("*/"))
			if !closed {
				return true, false
			}
			inComment, line = false, bytes.TrimSpace(rest)
		case bytes.HasPrefix(line, []byte("//")):
			return false, false
		case bytes.HasPrefix(line, []byte("/*")):
			inComment, line = true, bytes.TrimSpace(line[2:])
		default:
			return false, true
		}
	}
	return inComment, false
}
