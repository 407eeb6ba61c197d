// Package finding is what the program says about the user's files. What is wrong with the
// program's own run is an error, never a finding.
package finding

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"

	"github.com/asbuilt/asbuilt/pkg/source"
)

// Severity is how much a finding weighs.
type Severity string

// The severities.
const (
	Error   Severity = "error"
	Warning Severity = "warning"
	Note    Severity = "note"
)

// Rank orders severities: error 3, warning 2, note 1, anything else 0.
func (s Severity) Rank() int {
	switch s {
	case Error:
		return 3
	case Warning:
		return 2
	case Note:
		return 1
	}
	return 0
}

// Finding is one thing to know about the user's files.
type Finding struct {
	Rule        string       `json:"rule"` // family/name
	Severity    Severity     `json:"severity"`
	By          string       `json:"by,omitempty"` // the declared rule that was broken: rule.layers
	Message     string       `json:"message"`
	Because     string       `json:"because,omitempty"` // why that rule is there, in its author's words
	At          source.Range `json:"at"`                // the declared place, or where a declaration is missing
	Related     []Related    `json:"related"`           // the evidence, then whatever helps
	Subject     Subject      `json:"subject"`
	Between     *Pair        `json:"between,omitempty"` // the elements at both ends, where the subject is a pair of packages
	Way         []string     `json:"-"`                 // from end to end, where the subject is a way of several steps: ids, or addresses
	Fix         *Fix         `json:"fix,omitempty"`
	Waived      *Waived      `json:"waived,omitempty"`
	Baselined   bool         `json:"baselined,omitempty"`
	Fingerprint string       `json:"fingerprint"`
}

// Related is a further place that belongs to a finding.
type Related struct {
	Message string       `json:"message"`
	At      source.Range `json:"at"`
	Hop     int          `json:"hop,omitempty"` // the step that it shows, from 1, where the evidence is a way of several steps
}

// Subject is what a finding is about: a pair, an element or a path. It holds no line number and no
// operating system's path separator, so that rule and subject together identify a finding for years.
type Subject struct {
	From    string `json:"from,omitempty"`
	To      string `json:"to,omitempty"`
	Element string `json:"element,omitempty"`
	Path    string `json:"path,omitempty"`
}

// Pair is two element addresses.
type Pair struct {
	From string `json:"from"`
	To   string `json:"to"`
}

// Fix is the next step.
type Fix struct {
	Message string `json:"message"`
	// Patch is HCL to add at Place, where an edit can be offered.
	Patch string        `json:"patch,omitempty"`
	Place *source.Range `json:"place,omitempty"`
}

// Waived says which waiver accepts a finding.
type Waived struct {
	By      string `json:"by"` // waiver.legacy_retry
	Expires string `json:"expires"`
	Reason  string `json:"reason,omitempty"` // in its author's words
}

// Active reports whether a finding counts: it is neither waived nor in the baseline.
func (f *Finding) Active() bool { return f.Waived == nil && !f.Baselined }

// Fingerprint identifies rule and subject: 16 hexadecimal digits of a SHA-256. by is the declared rule
// that was broken, "" for a built-in one alone.
func Fingerprint(rule, by string, s Subject) string {
	h := sha256.New()
	parts := []string{rule, s.From, s.To, s.Element, strings.ReplaceAll(s.Path, `\`, "/")}
	if by != "" {
		parts = append(parts, by)
	}
	for _, part := range parts {
		h.Write([]byte(part))
		h.Write([]byte{0})
	}
	return hex.EncodeToString(h.Sum(nil)[:8])
}

// Sort orders findings for reports: by place, rule, subject and message. It sets missing
// fingerprints and turns nil lists into empty ones.
func Sort(findings []Finding) {
	for i := range findings {
		f := &findings[i]
		if f.Fingerprint == "" {
			f.Fingerprint = Fingerprint(f.Rule, f.By, f.Subject)
		}
		if f.Related == nil {
			f.Related = []Related{}
		}
	}
	slices.SortStableFunc(findings, func(a, b Finding) int {
		return cmp.Or(source.Compare(a.At, b.At), cmp.Compare(a.Rule, b.Rule), cmp.Compare(a.By, b.By),
			cmp.Compare(a.Subject.From, b.Subject.From), cmp.Compare(a.Subject.To, b.Subject.To),
			cmp.Compare(a.Subject.Element, b.Subject.Element), cmp.Compare(a.Subject.Path, b.Subject.Path),
			cmp.Compare(a.Message, b.Message))
	})
}

// Summary counts findings.
type Summary struct {
	Error     int `json:"error"`
	Warning   int `json:"warning"`
	Note      int `json:"note"`
	Waived    int `json:"waived"`
	Baselined int `json:"baselined"`
}

// Summarize counts findings; a waived or baselined one counts as that alone.
func Summarize(findings []Finding) Summary {
	var s Summary
	for i := range findings {
		f := &findings[i]
		switch {
		case f.Waived != nil:
			s.Waived++
		case f.Baselined:
			s.Baselined++
		case f.Severity == Error:
			s.Error++
		case f.Severity == Warning:
			s.Warning++
		default:
			s.Note++
		}
	}
	return s
}
