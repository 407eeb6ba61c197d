package report

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/asbuilt/asbuilt/internal/console"
	"github.com/asbuilt/asbuilt/pkg/finding"
	"github.com/asbuilt/asbuilt/pkg/source"
)

var update = flag.Bool("update", false, "write the goldens anew")

// sample has one of each: two imports of one pair, a chain broken by a rule of the user, an absent edge, an element,
// a path without a line, a note, a waived and a baselined finding.
func sample() []finding.Finding {
	chain := drift("m/d", 6)
	chain.Rule, chain.By, chain.Because = "code/denied", "rule.no_stores", "web pages know no stores"
	chain.Message = "component.a reaches component.d: m/a imports m/d through m/c"
	chain.Between.To = "component.d"
	chain.Related = []finding.Related{
		{Message: "m/a imports m/c", At: source.At("a.go", 5), Hop: 1},
		{Message: "m/c imports m/d", At: source.At("a.go", 6), Hop: 2},
		{Message: "m/c imports m/d", At: source.At("a.go", 7), Hop: 2},
		{Message: "rule.no_stores", At: place("m.arch.hcl", 1, 1, 10)},
	}
	waived, held, comment := drift("m/x", 4), drift("m/y", 4), drift("m/z", 4)
	comment.Waived = &finding.Waived{By: "a.go", Expires: "2027-01-31", Reason: "see #12"}
	waived.Waived = &finding.Waived{By: "waiver.old", Expires: "2027-01-31", Reason: "moves with <b>billing</b>"}
	held.Baselined = true
	all := []finding.Finding{
		drift("m/b", 4), drift("m/e", 7), chain, waived, held, comment,
		{
			Rule: "code/absent", Severity: finding.Error, At: place("m.arch.hcl", 1, 11, 14), Message: "component.a declares that it uses component.c, and no import shows it",
			Subject: finding.Subject{From: "component.a", To: "component.c"}, Between: &finding.Pair{From: "component.a", To: "component.c"},
		},
		{
			Rule: "map/empty", Severity: finding.Warning, At: place("wide.hcl", 1, 20, 28), Message: `"./nowhere" matches no package; the nearest is ./now|here`,
			Subject: finding.Subject{Element: "component.a"}, Fix: &finding.Fix{Message: "correct it"},
		},
		{Rule: "docs/stale", Severity: finding.Error, At: source.Range{File: "docs/a b.svg"}, Message: "it no longer shows the architecture", Subject: finding.Subject{Path: "docs/a b.svg"}},
		{Rule: "code/variant", Severity: finding.Note, At: place("m.arch.hcl", 1, 1, 14), Message: "only under windows", Subject: finding.Subject{From: "component.a", To: "component.b"}},
	}
	finding.Sort(all)
	return all
}

func options() Options {
	return Options{Source: sources, Home: "m.arch.hcl", Version: "v1.2.3"}
}

// rulePage is the page of a rule in SARIF: it has tests of its own.
var rulePage = regexp.MustCompile(`("(?:text|markdown)": )"# [^\n]*"`)

// TestGoldens: one input, one golden a format, each read by a second reader.
func TestGoldens(t *testing.T) {
	endings := map[string]string{"text": "txt", "json": "json", "sarif": "sarif", "github": "log", "gitlab": "gitlab.json", "junit": "xml", "markdown": "md"}
	for _, f := range Formats() {
		t.Run(f.Name, func(t *testing.T) {
			out := written(f.Name, sample(), options())
			requireHarmless(t, f.Name, out)
			again := written(f.Name, sample(), options())
			require.Equal(t, out, again, "the same bytes twice")
			out = rulePage.ReplaceAllString(out, `$1"(the page)"`)
			name := filepath.Join("testdata", "report."+endings[f.Name])
			if *update {
				require.NoError(t, os.WriteFile(name, []byte(out), 0o644))
			}
			want, err := os.ReadFile(name)
			require.NoError(t, err)
			require.Equal(t, string(want), out, "go test ./internal/report -update writes it anew")
		})
	}
	entries, err := os.ReadDir("testdata")
	require.NoError(t, err)
	goldens := 0
	for _, e := range entries {
		if !e.IsDir() {
			goldens++
		}
	}
	require.Equal(t, len(endings), goldens, "a golden that no test reads")
}

func TestSARIFReadBack(t *testing.T) {
	run := readSARIF(t, written("sarif", sample(), options()))
	require.Len(t, run.Results, 10)
	suppressed, flows := map[string]string{}, 0
	for _, r := range run.Results {
		for _, s := range r.Suppressions {
			suppressed[*s.Justification] = *s.Kind + " " + *s.Status
		}
		for _, f := range r.CodeFlows {
			flows++
			require.Len(t, f.ThreadFlows[0].Locations, 2, "m/c, then m/d")
			require.Contains(t, *r.Message.Text, "because of rule.no_stores: web pages know no stores")
		}
		if *r.RuleID == "map/empty" {
			at := r.Locations[0].PhysicalLocation.Region
			require.Equal(t, []int{1, 14, 22}, []int{*at.StartLine, *at.StartColumn, *at.EndColumn}, "bytes 20-28 are UTF-16 units 14-22 after three wide characters")
		}
		if *r.RuleID == "docs/stale" {
			require.Equal(t, "docs/a b.svg", fileOf(t, r.Locations[0]))
		}
	}
	require.Equal(t, map[string]string{
		"accepted by waiver.old until 2027-01-31: moves with <b>billing</b>": "external accepted",
		"accepted by a comment in a.go until 2027-01-31: see #12":            "inSource accepted", "held by the baseline": "external accepted",
	}, suppressed)
	require.Equal(t, 1, flows)
	for _, rule := range run.Tool.Driver.Rules {
		require.NotEmpty(t, *rule.Help.Text)
		require.LessOrEqual(t, len(rule.Properties.Tags), 10)
	}
}

func TestTheLineThatImportsComesFirstWhereCodeIsRead(t *testing.T) {
	findings := []finding.Finding{drift("m/b", 4)}
	finding.Sort(findings)
	run := readSARIF(t, written("sarif", findings, options()))
	require.Equal(t, "a.go", fileOf(t, run.Results[0].Locations[0]))
	require.Equal(t, "m.arch.hcl", fileOf(t, run.Results[0].RelatedLocations[0]))
	notes, _ := readGitHub(t, written("github", findings, options()))
	require.Equal(t, "a.go", notes[0].properties["file"])
	require.Equal(t, "a.go", readGitLab(t, written("gitlab", findings, options()))[0].Location.Path)
}

// A run that ended without a verdict looks like a pass in no format.
func TestNoVerdictIsSaidInEveryFormat(t *testing.T) {
	o := options()
	o.Failure = "nothing is observed"
	for _, f := range Formats() {
		out := written(f.Name, nil, o)
		requireHarmless(t, f.Name, out)
		if f.Name != "text" { // beside which standard error says why
			require.Contains(t, out, o.Failure, f.Name)
		} else {
			require.Contains(t, out, "no verdict, 0 errors", f.Name)
		}
	}
	run := readSARIF(t, written("sarif", nil, o))
	require.False(t, *run.Invocations[0].ExecutionSuccessful)
	require.Equal(t, 1, readJUnit(t, written("junit", nil, o)).Errors)
	require.Equal(t, "blocker", readGitLab(t, written("gitlab", nil, o))[0].Severity)
	notes, _ := readGitHub(t, written("github", nil, o))
	require.Len(t, notes, 1)
	readMarkdown(t, written("markdown", nil, o))

	blind := []finding.Finding{{Rule: "gate/blind", Severity: finding.Error, Message: "m", At: source.At("a.go", 1)}}
	finding.Sort(blind)
	require.False(t, *readSARIF(t, written("sarif", blind, options())).Invocations[0].ExecutionSuccessful)
}

func TestNothingToSay(t *testing.T) {
	run := readSARIF(t, written("sarif", nil, options()))
	require.Empty(t, run.Results)
	require.True(t, *run.Invocations[0].ExecutionSuccessful)
	all := readJUnit(t, written("junit", nil, options()))
	require.Equal(t, [2]int{1, 0}, [2]int{all.Tests, all.Failures}, "an empty report is a lost one to servers")
	require.Equal(t, "[]\n", written("gitlab", nil, options()))
	require.Equal(t, "0 errors, 0 warnings\n", written("github", nil, options()))
	require.Equal(t, "### Architecture: 0 errors, 0 warnings\n", written("markdown", nil, options()))
}

// TestThePageAboutReports: docs/reports.md names every format, and the limits are these.
func TestThePageAboutReports(t *testing.T) {
	data, err := os.ReadFile(filepath.Join("..", "..", "docs", "reports.md"))
	require.NoError(t, err)
	text := strings.Join(strings.Fields(string(data)), " ")
	for _, f := range Formats() {
		require.Contains(t, text, "| `"+f.Name+"` | ")
	}
	require.Contains(t, text, fmt.Sprintf("%d,000 results, %d places a result, %d,000 steps a chain, 10 tags a rule, %d MB compressed",
		sarifResults/1000, sarifPlaces, sarifSteps/1000, sarifBytes/1_000_000))
	require.Contains(t, text, fmt.Sprintf("At most %d,000 bytes", mostMarkdown/1000))
	require.Contains(t, text, fmt.Sprintf("%d arrows", mostArrows))
}

func many(n int, message func(i int) string) []finding.Finding {
	out := make([]finding.Finding, n)
	for i := range out {
		out[i] = drift("m/p"+strconv.Itoa(i), 4)
		out[i].Message = message(i)
		out[i].Severity = []finding.Severity{finding.Note, finding.Warning, finding.Error}[i%3]
	}
	finding.Sort(out)
	return out
}

func gzipped(t *testing.T, s string) int {
	t.Helper()
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	_, err := w.Write([]byte(s))
	require.NoError(t, err)
	require.NoError(t, w.Close())
	return b.Len()
}

// TestSARIFLimits: 30,000 findings stay inside what GitHub takes and shows, and what was cut is said.
func TestSARIFLimits(t *testing.T) {
	findings := many(30_000, func(i int) string { return fmt.Sprintf("component.a uses component.b: m/a imports m/p%d", i) })
	for range 1500 {
		findings[0].Related = append(findings[0].Related, finding.Related{Message: "again", At: source.At("a.go", 4)})
	}
	findings[0].Severity = finding.Error
	out := written("sarif", findings, options())
	run := readSARIF(t, out)
	require.Len(t, run.Results, 5000)
	require.LessOrEqual(t, len(run.Tool.Driver.Rules), 25_000)
	require.LessOrEqual(t, gzipped(t, out), 10_000_000)
	for _, r := range run.Results {
		require.LessOrEqual(t, len(r.Locations)+len(r.RelatedLocations), 100)
	}
	last := run.Results[len(run.Results)-1]
	require.Equal(t, "report/cut", *last.RuleID)
	require.Contains(t, *last.Message.Text, "25001 of 30000 findings are not in this report")
	notes := run.Invocations[0].ToolExecutionNotifications
	require.Len(t, notes, 2)
	require.Equal(t, *last.Message.Text, *notes[0].Message.Text)
	require.Contains(t, *notes[1].Message.Text, "1 finding: places beyond 100")
	levels := map[string]int{}
	for _, r := range run.Results {
		levels[r.Level]++
	}
	require.Equal(t, map[string]int{"error": 4999, "warning": 1}, levels, "errors stay; the one warning says what was cut")
	t.Logf("%d bytes, %d with gzip", len(out), gzipped(t, out))
}

func TestSARIFBytes(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	findings := many(200, func(int) string {
		b := make([]byte, 5000)
		for i := range b {
			b[i] = '0' + byte(random.IntN(64))
		}
		return string(b)
	})
	const limit = 400_000
	require.Greater(t, gzipped(t, written("sarif", findings, options())), limit, "the words cannot be compressed away")
	out := string(fitted(findings, options(), limit))
	require.LessOrEqual(t, gzipped(t, out), limit)
	run := readSARIF(t, out)
	require.Greater(t, len(run.Results), 50)
	require.Contains(t, *run.Results[len(run.Results)-1].Message.Text, fmt.Sprintf("%d of 200 findings", 200-len(run.Results)+1))
}

func TestMarkdownFitsAComment(t *testing.T) {
	findings := many(3000, func(i int) string { return fmt.Sprintf("m/a imports m/p%d", i) })
	for i := range findings {
		findings[i].Between = &finding.Pair{From: "component.a", To: "component.c" + strconv.Itoa(i%70)}
	}
	out := written("markdown", findings, options())
	require.LessOrEqual(t, len(out), 65_536)
	p := readMarkdown(t, out)
	require.Contains(t, out, fmt.Sprintf("%d findings more did not fit in here", 2000-len(p.items)))
	require.Contains(t, out, "30 arrows more not drawn.")
	require.Equal(t, 40, strings.Count(p.mermaid, "-->"))
}

func TestGitHubSaysWhatItWillNotShow(t *testing.T) {
	notes, rest := readGitHub(t, written("github", many(39, strconv.Itoa), options()))
	require.Len(t, notes, 39)
	require.Equal(t, "error", notes[0].kind)
	require.Equal(t, []string{
		"13 errors, 13 warnings, 13 notes",
		"GitHub shows 10 annotations of a kind for a step: 3 errors, 3 warnings, 3 notices more stand in this log alone",
	}, rest)
}

// FuzzFormats: any words, in every format, read back as the same fields and are read as nothing else.
func FuzzFormats(f *testing.F) {
	for _, s := range []string{
		"m/b", "\x1b[2Ja\u202eb", "\r\n::stop-commands::x", "##[error]x", "]]></failure><x>", "</script><script>alert(1)</script>", "``` x", "a`b``c", "|a|b|",
		"@team #12 https://x.example www.x.example a@b.example", "[x](javascript:alert(1)) {0} {{7*7}}", "\xff\xfe\ufffe", "a\nb\n\n- c\n# d", "deadbeef 1. - + > = ***x***", "%0A,:%25", "\"] --> n9\nclick n0", "</details>\n\n<img src=x>", "$a$ :smile: &lt;", "a b/c:d?e#f%41", "日本👩‍💻",
	} {
		f.Add(s, s, s, true)
		f.Add("component.a", s, "a.go", false)
	}
	f.Fuzz(func(t *testing.T, a, b, file string, code bool) {
		v := finding.Finding{
			Rule: "code/undeclared", Severity: finding.Error, By: a, Because: b, Message: b, At: source.At(file, 3),
			Subject: finding.Subject{From: "go:" + a, To: "go:" + b}, Between: &finding.Pair{From: a, To: b},
			Related: []finding.Related{{Message: a, At: source.At(file, 7)}}, Fix: &finding.Fix{Message: a, Patch: b},
		}
		if !code {
			v.Rule, v.Subject, v.Between = "map/empty", finding.Subject{Path: a}, nil
		}
		findings := []finding.Finding{v}
		finding.Sort(findings)
		requireReadBack(t, &findings[0])
		findings[0].Waived = &finding.Waived{By: a, Expires: b, Reason: a}
		o := options()
		o.Against = &finding.Against{Ref: a, Commit: b, Added: finding.Parts{Elements: []string{a, b}}, Removed: finding.Parts{Edges: []finding.Use{{From: a, To: b}}}, Moved: []finding.Move{{Element: a, To: b}, {Packages: []string{a, b}, From: b, To: a}}, Free: []finding.Free{{Element: a, Shared: true}, {Element: b, Shared: true, Root: true}, {Element: a, Root: true}}}
		for _, format := range Formats() {
			requireHarmless(t, format.Name, written(format.Name, findings, o))
		}
		readSARIF(t, written("sarif", findings, options()))
		readMarkdown(t, written("markdown", findings, o))
		require.Equal(t, 1, readJUnit(t, written("junit", findings, options())).Skipped)
	})
}

func requireReadBack(t *testing.T, f *finding.Finding) {
	t.Helper()
	out := map[string]string{}
	for _, format := range Formats() {
		out[format.Name] = written(format.Name, []finding.Finding{*f}, options())
		requireHarmless(t, format.Name, out[format.Name])
	}
	at, rest := spot(f)
	words := strings.Join(said(f), "\n")
	clean := console.Clean

	var doc struct {
		Findings []struct{ Rule, By, Because, Message string }
	}
	require.NoError(t, json.Unmarshal([]byte(out["json"]), &doc))
	valid := func(s string) string { return string([]rune(s)) }
	require.Equal(t, struct{ Rule, By, Because, Message string }{f.Rule, valid(f.By), valid(f.Because), valid(f.Message)}, doc.Findings[0])

	r := readSARIF(t, out["sarif"]).Results
	require.Len(t, r, 1)
	require.Equal(t, plain(words), *r[0].Message.Text)
	if at.File != "" {
		require.Equal(t, at.File, fileOf(t, r[0].Locations[0]))
		require.Equal(t, at.Start.Line, *r[0].Locations[0].PhysicalLocation.Region.StartLine)
	}
	require.Len(t, r[0].RelatedLocations, len(rest))

	notes, lines := readGitHub(t, out["github"])
	require.Len(t, notes, 1)
	require.Equal(t, words, notes[0].message)
	require.Equal(t, clean(at.File), notes[0].properties["file"])
	require.Equal(t, fmt.Sprintf("error[%s]", f.Rule), notes[0].properties["title"])
	require.Equal(t, []string{"1 error, 0 warnings"}, lines)

	issues := readGitLab(t, out["gitlab"])
	require.Len(t, issues, 1)
	require.Equal(t, gitlabIssue{words, f.Rule, f.Fingerprint, "major", issues[0].Location}, issues[0])

	all := readJUnit(t, out["junit"])
	require.Equal(t, [2]int{1, 1}, [2]int{all.Tests, all.Failures})
	require.Equal(t, xmlText(clean(topic(f))), all.Suites[0].Cases[0].Name)
	require.Equal(t, xmlText(clean(f.Message)), all.Suites[0].Cases[0].Failure.Message)
	require.Contains(t, all.Suites[0].Cases[0].Failure.Body, xmlText(words))

	p := readMarkdown(t, out["markdown"])
	require.Equal(t, []string{strings.TrimSpace("error " + f.Rule + ": " + spaced(f.Message))}, p.items)
	if lines := patch(f.Fix); lines != nil {
		for i, line := range lines {
			if strings.HasPrefix(strings.TrimSpace(line), "::") { // the printer lets no line begin so
				lines[i] = strings.Replace(line, "::", `\x3a:`, 1)
			}
		}
		require.Equal(t, []string{strings.Join(lines, "\n")}, p.hcl)
	}
	if f.Between != nil {
		require.Equal(t, []string{clean(f.Between.From) + " → " + clean(f.Between.To)}, p.headers)
		require.Equal(t, 1, strings.Count(p.mermaid, "-->"))
	}
}
