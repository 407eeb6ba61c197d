package report

import (
	"bytes"
	"cmp"
	"compress/gzip"
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/asbuilt/asbuilt/internal/catalog"
	"github.com/asbuilt/asbuilt/internal/console"
	"github.com/asbuilt/asbuilt/internal/phrase"
	"github.com/asbuilt/asbuilt/pkg/finding"
	"github.com/asbuilt/asbuilt/pkg/source"
)

// What GitHub's code scanning stores of a file. Up to five times as many results are taken and the rest is
// dropped without a word, so that these are the limits that matter.
const (
	sarifResults = 5000       // of a run
	sarifPlaces  = 100        // of a result
	sarifSteps   = 1000       // of a code flow
	sarifBytes   = 10_000_000 // compressed with gzip
	sarifWords   = 8000       // bytes of a message: our own bound, so that no single finding fills the file
)

// sarifCut is the rule of the result that says what was cut. No finding has it.
const sarifCut = "report/cut"

// SARIF writes a SARIF 2.1.0 log inside the limits of GitHub's code scanning. What does not fit is left out, the
// lightest first, and said in a notification and in a last result.
func SARIF(p *console.Printer, findings []finding.Finding, o Options) {
	p.Bytes(fitted(findings, o, sarifBytes))
}

// fitted is a log that takes at most limit bytes in an upload.
func fitted(findings []finding.Finding, o Options, limit int) []byte {
	for keep := sarifResults; ; {
		var text bytes.Buffer
		console.NewPrinter(&text, false).JSON(newSARIF(findings, o, keep))
		if text.Len() <= limit || keep <= 1 { // no need to compress it
			return text.Bytes()
		}
		size := zipped(text.Bytes())
		if size <= limit {
			return text.Bytes()
		}
		keep = max(1, min(keep, len(findings))*limit/size*9/10)
	}
}

// zipped is how many bytes an upload takes.
func zipped(text []byte) int {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	_, err := w.Write(text)
	if err = cmp.Or(err, w.Close()); err != nil {
		panic(err) // a buffer takes everything
	}
	return b.Len()
}

// sarifWriter makes one log.
type sarifWriter struct {
	frames *frames
	home   string
	rules  []string
	seen   map[string]int // fingerprints
	short  int            // findings of which something was left out
}

// newSARIF makes a log of at most keep results.
func newSARIF(findings []finding.Finding, o Options, keep int) sarifLog {
	w := &sarifWriter{frames: newFrames(o), home: o.home(), seen: map[string]int{}}
	kept := heaviest(findings, keep)
	for i := range kept {
		w.rules = append(w.rules, kept[i].Rule)
	}
	cut := len(findings) - len(kept)
	if cut > 0 {
		w.rules = append(w.rules, sarifCut)
	}
	slices.Sort(w.rules)
	w.rules = slices.Compact(w.rules)
	run := sarifRun{
		ColumnKind: "utf16CodeUnits",
		Bases:      map[string]sarifArtifact{sarifRoot: {Description: &sarifText{"the root of the git work tree, else of the project"}}},
		Results:    []sarifResult{},
	}
	run.Tool.Driver = sarifDriver{Name: "asbuilt", Version: o.Version, Information: "https://github.com/asbuilt/asbuilt", Rules: []sarifRule{}}
	blind := o.Failure != ""
	for i := range kept {
		f := &kept[i]
		rule, _ := catalog.Lookup(f.Rule)
		blind = blind || rule.Fatal && f.Active()
		run.Results = append(run.Results, w.result(f))
	}
	for _, id := range w.rules {
		run.Tool.Driver.Rules = append(run.Tool.Driver.Rules, newSARIFRule(id))
	}
	call := sarifInvocation{Successful: !blind, Notes: []sarifNote{}}
	if o.Failure != "" {
		call.Notes = append(call.Notes, sarifNote{"error", sarifText{"no verdict: " + plain(o.Failure)}})
	}
	if cut > 0 {
		text := fmt.Sprintf("%d of %d findings are not in this report, the lightest: code scanning shows %d results, of at most %d MB. "+
			"asbuilt check --format json lists all", cut, len(findings), sarifResults, sarifBytes/1_000_000)
		call.Notes = append(call.Notes, sarifNote{"warning", sarifText{text}})
		run.Results = append(run.Results, w.cutResult(text, kept))
	}
	if w.short > 0 {
		call.Notes = append(call.Notes, sarifNote{"warning", sarifText{fmt.Sprintf(
			"%s: places beyond %d, or words beyond %d bytes, are not in this report", phrase.Count(w.short, "finding"), sarifPlaces, sarifWords)}})
	}
	run.Invocations = []sarifInvocation{call}
	return sarifLog{Schema: sarifSchema, Version: "2.1.0", Runs: []sarifRun{run}}
}

// heaviest picks what fits beside the result that says what was cut: errors before warnings before notes before
// accepted ones. The order stays.
func heaviest(findings []finding.Finding, keep int) []finding.Finding {
	if len(findings) <= keep {
		return findings
	}
	weight := func(f *finding.Finding) int {
		if !f.Active() {
			return 0
		}
		return f.Severity.Rank()
	}
	order := make([]int, len(findings))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(weight(&findings[b]), weight(&findings[a])) })
	order = order[:max(0, keep-1)]
	slices.Sort(order)
	out := make([]finding.Finding, len(order))
	for i, at := range order {
		out[i] = findings[at]
	}
	return out
}

func (w *sarifWriter) result(f *finding.Finding) sarifResult {
	at, rest := spot(f)
	index := slices.Index(w.rules, f.Rule)
	r := sarifResult{
		Rule: console.Clean(f.Rule), Index: index, Level: string(f.Severity),
		Message:      sarifText{w.words(strings.Join(said(f), "\n"))},
		Locations:    []sarifLocation{{Physical: w.physical(at), Logical: logical(f)}},
		Fingerprints: map[string]string{"asbuilt/v1": f.Fingerprint, "primaryLocationLineHash": w.numbered(f.Fingerprint)},
	}
	if len(rest) > sarifPlaces-1 {
		rest = rest[:sarifPlaces-1]
		w.short++
	}
	for i, place := range rest {
		r.Related = append(r.Related, sarifLocation{
			ID: i + 1, Message: &sarifText{w.words(console.Clean(place.Message))}, Physical: w.physical(place.At),
		})
	}
	if steps := w.chain(f); len(steps) > 1 {
		r.Flows = []sarifFlow{{[]sarifThread{{steps}}}}
	}
	if why := accepted(f); why != "" {
		kind := "external"
		if f.Waived != nil && inSource(f.Waived) {
			kind = "inSource"
		}
		r.Suppressions = []sarifSuppression{{kind, "accepted", w.words(why)}}
	}
	return r
}

// numbered is a fingerprint as code scanning wants it: with a number, should two results share one.
func (w *sarifWriter) numbered(fingerprint string) string {
	w.seen[fingerprint]++
	return fingerprint + ":" + strconv.Itoa(w.seen[fingerprint])
}

// chain is a way of several steps, a place for each. Further places of one step say the same.
func (w *sarifWriter) chain(f *finding.Finding) []sarifStep {
	var steps []sarifStep
	hop := 0
	for _, r := range f.Related {
		if r.Hop > hop && len(steps) < sarifSteps {
			hop = r.Hop
			steps = append(steps, sarifStep{sarifLocation{Message: &sarifText{w.words(console.Clean(r.Message))}, Physical: w.physical(r.At)}})
		}
	}
	return steps
}

// cutResult says in the list of results what is not there.
func (w *sarifWriter) cutResult(text string, kept []finding.Finding) sarifResult {
	at := source.Range{File: w.home}
	if len(kept) > 0 {
		at = source.Range{File: cmp.Or(kept[0].At.File, w.home)}
	}
	fingerprint := finding.Fingerprint(sarifCut, "", finding.Subject{})
	return sarifResult{
		Rule: sarifCut, Index: slices.Index(w.rules, sarifCut), Level: "warning", Message: sarifText{text},
		Locations:    []sarifLocation{{Physical: w.physical(at)}},
		Fingerprints: map[string]string{"asbuilt/v1": fingerprint, "primaryLocationLineHash": fingerprint + ":1"},
	}
}

// physical is a place in a file. Code scanning wants a line in each.
func (w *sarifWriter) physical(at source.Range) *sarifPhysical {
	r := w.frames.region(at)
	return &sarifPhysical{
		Artifact: sarifArtifact{URI: uri(cmp.Or(at.File, w.home)), Base: sarifRoot},
		Region:   sarifRegion{Line: max(1, r.line), Column: r.column, EndLine: r.endLine, EndColumn: r.endColumn},
	}
}

// uri is a printed name as a relative reference: no character of it is read as more than a path.
func uri(name string) string {
	parts := strings.Split(name, "/")
	for i, part := range parts {
		parts[i] = strings.ReplaceAll(url.PathEscape(part), ":", "%3A")
	}
	return strings.Join(parts, "/")
}

func logical(f *finding.Finding) []sarifLogical {
	var out []sarifLogical
	if f.Between != nil {
		out = append(out, sarifLogical{console.Clean(f.Between.From)}, sarifLogical{console.Clean(f.Between.To)})
	} else if f.Subject.Element != "" {
		out = append(out, sarifLogical{console.Clean(f.Subject.Element)})
	}
	return slices.Compact(out) // the schema wants them to differ
}

// words bounds a message and makes it plain.
func (w *sarifWriter) words(s string) string {
	if len(s) > sarifWords {
		w.short++
		s = s[:snap(s, sarifWords)] + "…"
	}
	return plain(s)
}

// placeholder is what a SARIF message fills with an argument.
var placeholder = regexp.MustCompile(`\{([0-9]+)\}`)

// plain keeps words from being read as a link or a placeholder of a SARIF message.
func plain(s string) string {
	return placeholder.ReplaceAllString(strings.ReplaceAll(s, "](", "] ("), "{ $1 }")
}

// newSARIFRule describes a rule by its page in the catalogue.
func newSARIFRule(id string) sarifRule {
	rule, known := catalog.Lookup(id)
	if id == sarifCut {
		rule = catalog.Rule{Severity: finding.Warning, Summary: "a report that does not hold all findings"}
	} else if !known {
		rule = catalog.Rule{Severity: finding.Error, Summary: console.Clean(id)}
	}
	page, ok := catalog.Page(id)
	if !ok {
		page = rule.Summary
	}
	family, _, _ := strings.Cut(id, "/")
	out := sarifRule{
		ID: console.Clean(id), Short: sarifText{rule.Summary}, Full: sarifText{rule.Summary},
		Help: sarifHelp{page, page}, Configuration: sarifConfiguration{string(rule.Severity)},
	}
	out.Properties.Tags = []string{"architecture", console.Clean(family)}
	return out
}
