package report

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"go/ast"
	"go/parser"
	"go/token"
	"html"
	"io"
	"net/url"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"testing"
	"unicode/utf8"

	"github.com/owenrumney/go-sarif/v3/pkg/report/v210/sarif"
	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/stretchr/testify/require"
	"github.com/yuin/goldmark"
	gast "github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	gtext "github.com/yuin/goldmark/text"

	"github.com/asbuilt/asbuilt/internal/console"
	"github.com/asbuilt/asbuilt/pkg/finding"
)

// written is a report as bytes.
func written(format string, findings []finding.Finding, o Options) string {
	var b bytes.Buffer
	for _, f := range Formats() {
		if f.Name == format {
			f.Write(console.NewPrinter(&b, false), findings, o)
		}
	}
	return b.String()
}

// unsafe is what no report may hold: controls, and what turns the reading around.
var unsafe = regexp.MustCompile(`[\x00-\x08\x0b-\x1f\x7f\x{80}-\x{9f}\x{200e}\x{200f}\x{202a}-\x{202e}\x{2066}-\x{2069}]`)

// requireHarmless holds for every format.
func requireHarmless(t *testing.T, format, out string) {
	t.Helper()
	require.True(t, utf8.ValidString(out), format)
	require.False(t, unsafe.MatchString(out), "%s: %q", format, out)
	require.NotRegexp(t, `##[A-Za-z]*\[`, out, format)
	for line := range strings.Lines(out) {
		if format == "github" && command.MatchString(line) {
			continue
		}
		require.False(t, strings.HasPrefix(strings.TrimSpace(line), "::"), "%s: %q", format, line)
	}
}

// ---------------------------------------------------------------- SARIF

// sarifSchemaText is the schema of the standard, as a module carries it in its source.
var sarifSchemaText = sync.OnceValues(func() (*jsonschema.Schema, error) {
	out, err := exec.Command("go", "list", "-f", "{{.Dir}}", "github.com/owenrumney/go-sarif/v3/pkg/report/v210/sarif").Output()
	if err != nil {
		return nil, err
	}
	file, err := parser.ParseFile(token.NewFileSet(), filepath.Join(strings.TrimSpace(string(out)), "schema.go"), nil, 0)
	if err != nil {
		return nil, err
	}
	source := ""
	ast.Inspect(file, func(n ast.Node) bool {
		if lit, ok := n.(*ast.BasicLit); ok && lit.Kind == token.STRING {
			source, err = strconv.Unquote(lit.Value)
		}
		return true
	})
	if err != nil {
		return nil, err
	}
	doc, err := jsonschema.UnmarshalJSON(strings.NewReader(source))
	if err != nil {
		return nil, err
	}
	c := jsonschema.NewCompiler()
	c.AssertFormat()
	if err := c.AddResource("sarif.json", doc); err != nil {
		return nil, err
	}
	return c.Compile("sarif.json")
})

// readSARIF validates a log against the standard's schema and reads it with another program's types.
func readSARIF(t *testing.T, out string) *sarif.Run {
	t.Helper()
	schema, err := sarifSchemaText()
	require.NoError(t, err)
	doc, err := jsonschema.UnmarshalJSON(strings.NewReader(out))
	require.NoError(t, err)
	require.NoError(t, schema.Validate(doc))
	log, err := sarif.FromString(out)
	require.NoError(t, err)
	require.Len(t, log.Runs, 1)
	require.Equal(t, "utf16CodeUnits", *log.Runs[0].ColumnKind)
	for _, r := range log.Runs[0].Results {
		require.Equal(t, *r.RuleID, *log.Runs[0].Tool.Driver.Rules[r.RuleIndex].ID)
		require.NotEmpty(t, r.Locations, "code scanning wants a place")
		require.Equal(t, "%SRCROOT%", *r.Locations[0].PhysicalLocation.ArtifactLocation.URIBaseID)
	}
	return log.Runs[0]
}

// fileOf is the path that a location means.
func fileOf(t *testing.T, l *sarif.Location) string {
	t.Helper()
	u, err := url.Parse(*l.PhysicalLocation.ArtifactLocation.URI)
	require.NoError(t, err)
	require.Empty(t, u.Scheme+u.Host+u.RawQuery+u.Fragment)
	return u.Path
}

// ---------------------------------------------------------------- GitHub

// note is an annotation as a runner reads it.
type note struct {
	kind       string
	properties map[string]string
	message    string
}

var command = regexp.MustCompile(`^::(error|warning|notice) ([^:]*)::(.*)\n$`)

// readGitHub follows the runner: a command ends at the first "::" after its properties; escapes are undone with
// the percent sign last.
func readGitHub(t *testing.T, out string) (notes []note, rest []string) {
	t.Helper()
	undo := func(s string, of ...string) string {
		for i := 0; i < len(of); i += 2 {
			s = strings.ReplaceAll(s, of[i], of[i+1])
		}
		return strings.ReplaceAll(s, "%25", "%")
	}
	for line := range strings.Lines(out) {
		m := command.FindStringSubmatch(line)
		if m == nil {
			rest = append(rest, strings.TrimSuffix(line, "\n"))
			continue
		}
		n := note{kind: m[1], properties: map[string]string{}, message: undo(m[3], "%0D", "\r", "%0A", "\n")}
		for set := range strings.SplitSeq(m[2], ",") {
			name, value, ok := strings.Cut(set, "=")
			require.True(t, ok, line)
			n.properties[name] = undo(value, "%0D", "\r", "%0A", "\n", "%3A", ":", "%2C", ",")
		}
		notes = append(notes, n)
	}
	return notes, rest
}

// ---------------------------------------------------------------- GitLab, JUnit

func readGitLab(t *testing.T, out string) []gitlabIssue {
	t.Helper()
	dec := json.NewDecoder(strings.NewReader(out))
	dec.DisallowUnknownFields()
	var issues []gitlabIssue
	require.NoError(t, dec.Decode(&issues))
	seen := map[string]bool{}
	for _, i := range issues {
		require.False(t, seen[i.Fingerprint], "GitLab merges issues of one fingerprint")
		seen[i.Fingerprint] = true
		require.Contains(t, []string{"info", "minor", "major", "critical", "blocker"}, i.Severity)
		require.Positive(t, i.Location.Lines.Begin)
		require.NotEmpty(t, i.Location.Path)
	}
	return issues
}

// readJUnit reads the document twice: token by token, strictly to its end, and into values whose counts must add up.
func readJUnit(t *testing.T, out string) junitSuites {
	t.Helper()
	dec := xml.NewDecoder(strings.NewReader(out))
	dec.Strict = true
	for {
		tok, err := dec.Token()
		if err == io.EOF {
			break
		}
		require.NoError(t, err)
		if start, ok := tok.(xml.StartElement); ok {
			require.Contains(t, []string{"testsuites", "testsuite", "testcase", "failure", "error", "skipped", "system-out"}, start.Name.Local)
		}
	}
	var all junitSuites
	require.NoError(t, xml.Unmarshal([]byte(out), &all))
	var sum junitSuites
	for _, s := range all.Suites {
		require.Len(t, s.Cases, s.Tests)
		sum.Tests += s.Tests
		sum.Failures += s.Failures
		sum.Errors += s.Errors
		sum.Skipped += s.Skipped
	}
	require.Equal(t, [4]int{all.Tests, all.Failures, all.Errors, all.Skipped}, [4]int{sum.Tests, sum.Failures, sum.Errors, sum.Skipped})
	return all
}

// xmlText is a string as XML can hold it.
func xmlText(s string) string {
	return strings.Map(func(r rune) rune {
		if r == 0xfffe || r == 0xffff {
			return utf8.RuneError
		}
		return r
	}, s)
}

// ---------------------------------------------------------------- Markdown

// page is a Markdown report as GitHub's reader takes it.
type page struct {
	items   []string // the first paragraph of each finding
	places  []string // the further points of all findings
	headers []string // what stands over the groups
	hcl     []string
	mermaid string
}

var (
	summaryLine = regexp.MustCompile(`^<details><summary>(.*): [0-9]+ findings?</summary>\n$`)
	summaryCode = regexp.MustCompile(`^(<code>[^<>"]*</code>( → <code>[^<>"]*</code>)?|elsewhere|accepted)$`)
	harmless    = regexp.MustCompile(`^[A-Za-z0-9 ,.:;()-]*$`)
	drawn       = regexp.MustCompile(`^(flowchart LR|  n[0-9]+\["([\pL\pN ,./-]|#[0-9]+;)*"\]|  n[0-9]+ (-->|-\.->)\|"(absent|[0-9]+)"\| n[0-9]+|  linkStyle [0-9]+ stroke:#[0-9a-f]{6})$`)
)

// readMarkdown parses a report and refuses everything in it that is not the report's own: raw HTML, links, images,
// words outside code spans that GitHub could turn into a mention or a link.
func readMarkdown(t *testing.T, out string) page {
	t.Helper()
	src := []byte(out)
	doc := goldmark.New(goldmark.WithExtensions(extension.GFM)).Parser().Parse(gtext.NewReader(src))
	var p page
	err := gast.Walk(doc, func(n gast.Node, enter bool) (gast.WalkStatus, error) {
		if !enter {
			return gast.WalkContinue, nil
		}
		switch n := n.(type) {
		case *gast.HTMLBlock:
			block := string(n.Lines().Value(src))
			if m := summaryLine.FindStringSubmatch(block); m != nil {
				require.Regexp(t, summaryCode, m[1])
				p.headers = append(p.headers, html.UnescapeString(strings.NewReplacer("<code>", "", "</code>", "").Replace(m[1])))
			} else {
				require.Equal(t, "</details>\n", block)
			}
		case *gast.FencedCodeBlock:
			body := string(n.Lines().Value(src))
			switch language := string(n.Language(src)); language {
			case "mermaid":
				for line := range strings.Lines(body) {
					require.Regexp(t, drawn, strings.TrimSuffix(line, "\n"))
				}
				p.mermaid = body
			default:
				require.Equal(t, "hcl", language)
				p.hcl = append(p.hcl, strings.TrimSuffix(body, "\n"))
			}
		case *gast.CodeSpan:
			return gast.WalkSkipChildren, nil
		case *gast.Text:
			require.Regexp(t, harmless, string(n.Segment.Value(src)))
		case *gast.RawHTML, *gast.Link, *gast.AutoLink, *gast.Image, *gast.CodeBlock, *gast.Blockquote, *gast.ThematicBreak:
			require.Fail(t, "not ours", "%s in %q", n.Kind(), out)
		case *gast.ListItem:
			said := inline(n.FirstChild(), src)
			if n.Parent().Parent().Kind() == gast.KindDocument {
				p.items = append(p.items, said)
			} else {
				p.places = append(p.places, said)
			}
		}
		return gast.WalkContinue, nil
	})
	require.NoError(t, err)
	return p
}

// inline is the words of a block.
func inline(block gast.Node, src []byte) string {
	var b strings.Builder
	_ = gast.Walk(block, func(n gast.Node, enter bool) (gast.WalkStatus, error) {
		if t, ok := n.(*gast.Text); ok && enter {
			b.Write(t.Segment.Value(src))
		}
		return gast.WalkContinue, nil
	})
	return b.String()
}

// spaced is a sentence as Markdown keeps it: cleaned, with single blanks.
func spaced(s string) string { return strings.Join(strings.Fields(console.Clean(s)), " ") }
