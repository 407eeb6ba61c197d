package report

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/asbuilt/asbuilt/internal/console"
	"github.com/asbuilt/asbuilt/pkg/finding"
	"github.com/asbuilt/asbuilt/pkg/source"
)

func place(file string, line, from, to int) source.Range {
	return source.Range{File: file, Start: source.Pos{Line: line, Column: from}, End: source.Pos{Line: line, Column: to}}
}

func sources(file string) ([]byte, bool) {
	text, ok := map[string]string{
		"m.arch.hcl": "component \"a\" {\n}\n",
		"a.go":       "package a\n\nimport (\n\t\"m/b\"\n\t\"m/c\"\n\t\"m/d\"\n\t\"m/e\"\n)\n",
		"wide.hcl":   "\ttitle = \"日本語\" + nonsense\n",
		"long.hcl":   strings.Repeat("x", 300) + " here " + strings.Repeat("y", 300) + "\n",
	}[file]
	return []byte(text), ok
}

func drift(to string, line int) finding.Finding {
	return finding.Finding{
		Rule: "code/undeclared", Severity: finding.Error, At: place("m.arch.hcl", 1, 1, 14),
		Message: "component.a uses component.b, which it does not declare: m/a imports " + to,
		Subject: finding.Subject{From: "go:m/a", To: "go:" + to}, Between: &finding.Pair{From: "component.a", To: "component.b"},
		Related: []finding.Related{{Message: "imports " + to, At: source.At("a.go", line)}},
		Fix:     &finding.Fix{Message: "remove the import, or declare the edge in component.a", Patch: "depends_on = [component.b]"},
	}
}

func told(findings []finding.Finding, o Options) string {
	var b bytes.Buffer
	o.Source = sources
	finding.Sort(findings)
	Text(console.NewPrinter(&b, false), findings, o)
	return b.String()
}

func TestTextShowsBothPlacesAndTellsAPairTogether(t *testing.T) {
	got := told([]finding.Finding{drift("m/b", 4), drift("m/c", 5), drift("m/d", 6), drift("m/e", 7)}, Options{})
	require.Equal(t, `error[code/undeclared] component.a uses component.b, which it does not declare: m/a imports m/b (and 3 more between the two)
   --> m.arch.hcl:1:1
     1 | component "a" {
         ^^^^^^^^^^^^^
   --> a.go:4  imports m/b
     4 | "m/b"
   --> a.go:5  imports m/c
     5 | "m/c"
   --> a.go:6  imports m/d
     6 | "m/d"
   … 1 more place: --format json lists all
   fix: remove the import, or declare the edge in component.a
        depends_on = [component.b]

4 errors, 0 warnings
`, got)
}

func TestNotesAreForTheVerboseAndWaivedOnesAreCounted(t *testing.T) {
	note := finding.Finding{Rule: "code/variant", Severity: finding.Note, Message: "a note", At: source.At("a.go", 1)}
	waived := drift("m/b", 4)
	waived.Waived = &finding.Waived{By: "waiver.w", Expires: "2027-01-01"}
	quiet := told([]finding.Finding{note, waived}, Options{})
	require.Equal(t, "0 errors, 0 warnings, 1 note (-v shows them), 1 waived\n", quiet)
	require.Contains(t, told([]finding.Finding{note, waived}, Options{Verbose: true}), "note[code/variant] a note")
}

func TestCaretsPointRightUnderWideCharacters(t *testing.T) {
	line, _ := sources("wide.hcl")
	column := strings.Index(string(line), "nonsense") + 1
	got := told([]finding.Finding{{Rule: "language/unknown", Severity: finding.Error, Message: "m", At: place("wide.hcl", 1, column, column+8)}}, Options{})
	rows := strings.Split(got, "\n")
	require.Contains(t, rows[2], "nonsense")
	before := rows[2][:strings.Index(rows[2], "nonsense")]
	require.Equal(t, console.Width(before), strings.Index(rows[3], "^"))
	require.Equal(t, 8, strings.Count(rows[3], "^"))
}

// Whatever stands before the place – wide, combining, joined, a tab – and however the file is called.
func TestCaretsPointRightUnderEveryScript(t *testing.T) {
	for _, before := range []string{"", "\t", "日本語 ", "e\u0301e\u0301 ", "👩\u200d💻 🎉 ", "क्षि ", "\u202e", "\x1b[31m", "한국\t日 "} {
		line := before + "nonsense" + " 日本"
		o := Options{Source: func(string) ([]byte, bool) { return []byte(line + "\n"), true }}
		var out bytes.Buffer
		Text(console.NewPrinter(&out, false), []finding.Finding{{
			Rule: "x/y", Severity: finding.Error, Message: "m", At: place("日本/e\u0301/🎉.arch.hcl", 1, len(before)+1, len(before)+9),
		}}, o)
		rows := strings.Split(out.String(), "\n")
		require.Contains(t, rows[1], "日本/e\u0301/🎉.arch.hcl:1:", "%q", before)
		stands := strings.Index(rows[2], "nonsense")
		require.Positive(t, stands, "%q", before)
		require.Equal(t, console.Width(rows[2][:stands]), strings.Index(rows[3], "^"), "%q", before)
		require.Equal(t, 8, strings.Count(rows[3], "^"), "%q", before)
	}
}

func TestLongLinesAreCutAroundThePlace(t *testing.T) {
	got := told([]finding.Finding{{Rule: "language/unknown", Severity: finding.Error, Message: "m", At: place("long.hcl", 1, 302, 306)}}, Options{})
	rows := strings.Split(got, "\n")
	require.LessOrEqual(t, console.Width(rows[2]), widest+12)
	at := strings.Index(rows[3], "^")
	cells := []rune(rows[2])
	require.Equal(t, "here", string(cells[at:at+4]))
}

func TestPlacesOutsideTheFileDoNoHarm(t *testing.T) {
	for _, at := range []source.Range{place("a.go", 999, 1, 2), place("a.go", 1, 999, 1000), place("gone", 1, 1, 1), {File: "a.go"}, {}, place("a.go", 4, 9, 3)} {
		require.Contains(t, told([]finding.Finding{{Rule: "x/y", Severity: finding.Error, Message: "message", At: at}}, Options{}), "message")
	}
}

func TestJSON(t *testing.T) {
	var b bytes.Buffer
	findings := []finding.Finding{drift("m/b", 4)}
	finding.Sort(findings)
	JSON(console.NewPrinter(&b, false), findings, Options{})
	var got map[string]any
	require.NoError(t, json.Unmarshal(b.Bytes(), &got))
	require.EqualValues(t, 1, got["schema_version"])
	f := got["findings"].([]any)[0].(map[string]any)
	require.Equal(t, map[string]any{"file": "m.arch.hcl", "line": 1.0, "column": 1.0}, f["at"])
	require.Equal(t, map[string]any{"from": "go:m/a", "to": "go:m/b"}, f["subject"])
	require.Equal(t, map[string]any{"file": "a.go", "line": 4.0}, f["related"].([]any)[0].(map[string]any)["at"])
	require.Equal(t, finding.Fingerprint("code/undeclared", "", finding.Subject{From: "go:m/a", To: "go:m/b"}), f["fingerprint"])
	require.Equal(t, map[string]any{"error": 1.0, "warning": 0.0, "note": 0.0, "waived": 0.0, "baselined": 0.0}, got["summary"])

	b.Reset()
	JSON(console.NewPrinter(&b, false), nil, Options{})
	require.Contains(t, b.String(), `"findings": []`)
}
