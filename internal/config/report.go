package config

import (
	"cmp"
	"fmt"
	"slices"
	"sort"

	"github.com/hashicorp/hcl/v2"

	"github.com/asbuilt/asbuilt/pkg/finding"
	"github.com/asbuilt/asbuilt/pkg/source"
)

const (
	maxFindings = 100  // how many are printed before a count
	maxCounted  = 1000 // how many are looked for: then reading ends
)

// report gathers findings and knows the files, so that it can give every place.
type report struct {
	files    map[string]*text
	findings []finding.Finding
	seen     map[seenKey]bool
}

// seenKey makes one finding of a mistake that every instance of a for_each block repeats.
type seenKey struct {
	rule string
	at   source.Range
	path string // where there is no place, only the subject tells findings apart
}

// text is a file's bytes with the offsets of its lines.
type text struct {
	data  []byte
	lines []int
}

func newReport(files []File) *report {
	r := &report{files: make(map[string]*text, len(files)), seen: map[seenKey]bool{}}
	for _, f := range files {
		t := &text{data: f.Data, lines: []int{0}}
		for i, c := range f.Data {
			if c == '\n' {
				t.lines = append(t.lines, i+1)
			}
		}
		r.files[f.Name] = t
	}
	return r
}

// place turns HCL's range, whose columns count grapheme clusters, into ours, whose columns count bytes.
func (r *report) place(h hcl.Range) source.Range {
	t := r.files[h.Filename]
	if t == nil {
		return source.Range{File: h.Filename}
	}
	return source.Range{File: h.Filename, Start: t.pos(h.Start.Byte), End: t.pos(h.End.Byte)}
}

func (t *text) pos(offset int) source.Pos {
	offset = min(max(offset, 0), len(t.data))
	line := sort.SearchInts(t.lines, offset+1)
	return source.Pos{Line: line, Column: offset - t.lines[line-1] + 1}
}

// source returns the text of a range as it was written.
func (r *report) source(h hcl.Range) string {
	t := r.files[h.Filename]
	if t == nil || h.Start.Byte < 0 || h.End.Byte > len(t.data) || h.Start.Byte > h.End.Byte {
		return ""
	}
	return string(t.data[h.Start.Byte:h.End.Byte])
}

// subject is what findings in a file are about while no element is known.
func fileSubject(h hcl.Range) finding.Subject { return finding.Subject{Path: h.Filename} }

// note is one finding under construction.
type note struct {
	rule    string
	at      hcl.Range
	subject finding.Subject // zero: the file
	message string
	fix     string
	related []related
}

type related struct {
	message string
	at      hcl.Range
}

func (r *report) add(n note) {
	if n.subject == (finding.Subject{}) {
		n.subject = fileSubject(n.at)
	}
	f := finding.Finding{
		Rule: n.rule, Severity: finding.Error, Message: n.message,
		At: r.place(n.at), Subject: n.subject,
	}
	if n.fix != "" {
		f.Fix = &finding.Fix{Message: n.fix}
	}
	for _, x := range n.related {
		f.Related = append(f.Related, finding.Related{Message: x.message, At: r.place(x.at)})
	}
	r.addFinding(f)
}

func (r *report) addFinding(f finding.Finding) {
	key := seenKey{rule: f.Rule, at: f.At}
	if f.At.Start.Line == 0 {
		key.path = f.Message
	}
	if r.seen[key] {
		return
	}
	r.seen[key] = true
	if r.full() && f.Rule != ruleBudget {
		return
	}
	r.findings = append(r.findings, f)
}

// full reports whether there is more than anybody reads.
func (r *report) full() bool { return len(r.findings) >= maxCounted }

// sorted returns what was found, the first maxFindings and a count of the rest.
func (r *report) sorted() []finding.Finding {
	finding.Sort(r.findings)
	if len(r.findings) <= maxFindings {
		return r.findings
	}
	// What stops everything else is never the one that is left out.
	stops := slices.IndexFunc(r.findings, func(f finding.Finding) bool { return f.Rule == ruleBudget })
	out := slices.Clone(r.findings[:maxFindings])
	if stops >= maxFindings {
		out[maxFindings-1] = r.findings[stops]
	}
	last := out[maxFindings-1]
	more := fmt.Sprintf("and %d more mistakes", len(r.findings)-maxFindings)
	if r.full() {
		more = fmt.Sprintf("and more than %d others", maxCounted-maxFindings-1)
	}
	out = append(out, finding.Finding{
		Rule: ruleMore, Severity: finding.Error, At: last.At, Subject: last.Subject,
		Message: more,
		Fix:     &finding.Fix{Message: "fix these first, then run again"},
	})
	finding.Sort(out)
	return out
}

// compareRanges orders places as they stand in the files.
func compareRanges(a, b hcl.Range) int {
	return cmp.Or(cmp.Compare(a.Filename, b.Filename), cmp.Compare(a.Start.Byte, b.Start.Byte))
}
