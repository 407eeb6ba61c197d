package baseline

import (
	"bytes"
	"regexp"
	"strconv"
	"strings"

	"github.com/asbuilt/asbuilt/pkg/source"
)

// Problem is a line that is no entry.
type Problem struct {
	At      source.Range
	Message string // one clause
	Fix     string
}

// mostProblems is how many are told: after a torn merge every further line says the same.
const mostProblems = 5

// Parse reads a file. Lines may stand in any order and twice, as a merge leaves them; each must be exactly what
// Format writes, so that its words cannot say something else than its fingerprint accepts. With problems the
// entries are those of the other lines.
func Parse(name string, data []byte) ([]Entry, []Problem) {
	var entries []Entry
	var problems []Problem
	number := 0
	for line := range strings.Lines(strings.TrimPrefix(string(data), "\ufeff")) {
		number++
		line = strings.TrimSuffix(strings.TrimSuffix(line, "\n"), "\r")
		if strings.Trim(line, " \t") == "" || line[0] == '#' {
			continue
		}
		e, wrong := parse(line)
		if wrong == nil {
			e.At = source.At(name, number)
			entries = append(entries, e)
			continue
		}
		wrong.At = source.At(name, number)
		problems = append(problems, *wrong)
		if len(problems) == mostProblems {
			break
		}
	}
	return entries, problems
}

var fingerprint = regexp.MustCompile(`^[0-9a-f]{16}$`)

// Fingerprints are those at the beginnings of lines, whatever stands behind them: what an older version of a file
// accepted.
func Fingerprints(data []byte) []string {
	var out []string
	for line := range strings.Lines(strings.TrimPrefix(string(data), "\ufeff")) {
		if first, _, _ := strings.Cut(strings.TrimRight(line, "\r\n"), " "); fingerprint.MatchString(first) {
			out = append(out, first)
		}
	}
	return out
}

// parse reads one line.
func parse(line string) (Entry, *Problem) {
	if marker(line) {
		return Entry{}, &Problem{
			Message: "a merge conflict stands here",
			Fix:     "keep the lines of both sides and remove the markers, then run: asbuilt check --write-baseline",
		}
	}
	const rewrite = "remove the line, then run: asbuilt check --write-baseline"
	fields, ok := split(line)
	if !ok || len(fields) < 2 || len(fields)%2 != 0 || !fingerprint.MatchString(fields[0]) {
		return Entry{}, &Problem{Message: "a line that is no entry: fingerprint, rule, subject", Fix: rewrite}
	}
	e := Entry{Rule: fields[1]}
	for i := 2; i < len(fields); i += 2 {
		for _, w := range e.words() {
			if w.key == fields[i] {
				*w.value = fields[i+1]
			}
		}
	}
	switch {
	case e.String() == line:
		return e, nil
	case fields[0]+" "+e.Words() == line:
		return Entry{}, &Problem{Message: "the fingerprint is not that of what the line says", Fix: rewrite}
	}
	return Entry{}, &Problem{Message: "a line that is not as asbuilt writes it", Fix: rewrite}
}

// marker reports whether a line was left by a merge.
func marker(line string) bool {
	for _, m := range [...]string{"<<<<<<<", "=======", ">>>>>>>", "|||||||"} {
		if strings.HasPrefix(line, m) {
			return true
		}
	}
	return false
}

// split divides a line at its spaces; a quoted word may hold some.
func split(line string) ([]string, bool) {
	var out []string
	for {
		var field string
		if strings.HasPrefix(line, `"`) {
			prefix, err := strconv.QuotedPrefix(line)
			if err != nil {
				return nil, false
			}
			if field, err = strconv.Unquote(prefix); err != nil {
				return nil, false
			}
			line = line[len(prefix):]
		} else {
			n := strings.IndexByte(line, ' ')
			if n < 0 {
				n = len(line)
			}
			field, line = line[:n], line[n:]
		}
		out = append(out, field)
		if line == "" {
			return out, true
		}
		var spaced bool
		if line, spaced = strings.CutPrefix(line, " "); !spaced {
			return nil, false
		}
	}
}

// Without is a file without the entries of some lines, wherever they stand; all else stays as it is.
func Without(data []byte, numbers map[int]bool) []byte {
	entry := func(line []byte) string { return string(bytes.TrimRight(line, "\r\n")) }
	gone := map[string]bool{}
	number := 0
	for line := range bytes.Lines(data) {
		if number++; numbers[number] {
			gone[entry(line)] = true
		}
	}
	var out bytes.Buffer
	for line := range bytes.Lines(data) {
		if !gone[entry(line)] {
			out.Write(line)
		}
	}
	return out.Bytes()
}
