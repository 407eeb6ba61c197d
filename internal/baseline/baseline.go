// Package baseline is the file of findings that a team accepts as they stand: one a line, by fingerprint,
// sorted, without line numbers, so that it survives edits and merges as text.
package baseline

import (
	"bytes"
	"cmp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/asbuilt/asbuilt/pkg/finding"
	"github.com/asbuilt/asbuilt/pkg/source"
)

// DefaultFile is the name of a baseline that no block names yet.
const DefaultFile = "asbuilt.baseline"

// Limit is the size in bytes of the largest baseline that is read.
const Limit = 32 << 20

// File is a baseline as it was read.
type File struct {
	Name     string // printed
	Entries  []Entry
	Problems []Problem
}

// Entry is one accepted finding.
type Entry struct {
	Rule    string
	By      string // the declared rule that was broken
	Subject finding.Subject
	At      source.Range // its line; zero until it stands in a file
}

// Of is the entry that accepts a finding.
func Of(f *finding.Finding) Entry {
	s := f.Subject
	s.Path = strings.ReplaceAll(s.Path, `\`, "/")
	return Entry{Rule: f.Rule, By: f.By, Subject: s}
}

// Fingerprint is that of the finding.
func (e Entry) Fingerprint() string { return finding.Fingerprint(e.Rule, e.By, e.Subject) }

// word is a part of an entry with the keyword before it.
type word struct {
	key   string
	value *string
}

// words are the parts of an entry in the order of a line.
func (e *Entry) words() [5]word {
	return [...]word{
		{"by", &e.By},
		{"from", &e.Subject.From},
		{"to", &e.Subject.To},
		{"element", &e.Subject.Element},
		{"path", &e.Subject.Path},
	}
}

// String is the entry's line: the fingerprint, and in words what it stands for.
func (e Entry) String() string {
	return e.Fingerprint() + " " + e.Words()
}

// Words say what an entry accepts.
func (e Entry) Words() string {
	var b strings.Builder
	b.WriteString(quoted(e.Rule))
	for _, w := range e.words() {
		if *w.value != "" {
			b.WriteString(" " + w.key + " " + quoted(*w.value))
		}
	}
	return b.String()
}

// quoted is a value as one word of a line.
func quoted(s string) string {
	plain := s != "" && s[0] != '"' && utf8.ValidString(s) &&
		!strings.ContainsFunc(s, func(r rune) bool { return r == ' ' || !strconv.IsPrint(r) })
	if plain {
		return s
	}
	return strconv.Quote(s)
}

const header = `# Findings that asbuilt check accepts as they stand: fingerprint, rule and subject, one a line, sorted.
# Written by: asbuilt check --write-baseline. A line whose finding is gone fails the check until it is removed.
`

// Format writes a file: sorted, each entry once.
func Format(entries []Entry) []byte {
	lines := make([]string, 0, len(entries))
	for _, e := range entries {
		lines = append(lines, e.String())
	}
	slices.Sort(lines)
	var b bytes.Buffer
	b.WriteString(header)
	for _, l := range slices.Compact(lines) {
		b.WriteString(l + "\n")
	}
	return b.Bytes()
}

// Delta is what a new version of a file adds and removes.
type Delta struct {
	Added, Removed []Entry // sorted by rule, then by what they accept
}

// Diff compares two versions of a file.
func Diff(before, after []Entry) Delta {
	return Delta{Added: without(after, before), Removed: without(before, after)}
}

// without lists the entries, each once, that others do not hold.
func without(entries, others []Entry) []Entry {
	seen := make(map[string]bool, len(others))
	for _, e := range others {
		seen[e.Fingerprint()] = true
	}
	var out []Entry
	for _, e := range entries {
		if print := e.Fingerprint(); !seen[print] {
			seen[print] = true
			out = append(out, e)
		}
	}
	slices.SortFunc(out, func(a, b Entry) int { return cmp.Or(cmp.Compare(a.Rule, b.Rule), cmp.Compare(a.Words(), b.Words())) })
	return out
}

// Change counts what a delta does to one rule.
type Change struct {
	Rule           string
	Added, Removed int
}

// ByRule counts a delta, sorted by rule.
func (d Delta) ByRule() []Change {
	var out []Change
	count := func(entries []Entry, added, removed int) {
		for _, e := range entries {
			i, found := slices.BinarySearchFunc(out, e.Rule, func(c Change, rule string) int { return cmp.Compare(c.Rule, rule) })
			if !found {
				out = slices.Insert(out, i, Change{Rule: e.Rule})
			}
			out[i].Added += added
			out[i].Removed += removed
		}
	}
	count(d.Added, 1, 0)
	count(d.Removed, 0, 1)
	return out
}
