package rewrite

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/rogpeppe/go-internal/txtar"
	"github.com/stretchr/testify/require"

	"github.com/asbuilt/asbuilt/internal/cases"
	"github.com/asbuilt/asbuilt/pkg/finding"
	"github.com/asbuilt/asbuilt/pkg/source"
)

// TestFormat runs the cases of testdata: `before` must become `after`.
func TestFormat(t *testing.T) {
	cases.Run(t, "testdata/*.txtar", func(t *testing.T, name string, archive *txtar.Archive) {
		require.Len(t, archive.Files, 2)
		before, after := archive.Files[0].Data, archive.Files[1].Data
		got, told := Format("a.arch.hcl", before)
		require.Empty(t, told)
		require.Equal(t, string(after), string(got))
		got, told = Format("a.arch.hcl", onWindows(before))
		require.Empty(t, told)
		require.Equal(t, string(onWindows(after)), string(got), "a byte order mark and CRLF line ends stay")
	})
}

// onWindows is a text as editors of Windows store it.
func onWindows(text []byte) []byte {
	return append([]byte("\ufeff"), bytes.ReplaceAll(text, []byte("\n"), []byte("\r\n"))...)
}

func TestFormatEnds(t *testing.T) {
	for _, c := range []struct{ name, before, after string }{
		{"nothing", "", ""},
		{"blank lines alone", "\n\n\r\n", ""},
		{"no line end", "a = 1", "a = 1\n"},
		{"many line ends", "\n\na = 1\n\n\n", "a = 1\n"},
		{"spaces on the last line", "a = 1\n   ", "a = 1\n"},
		{"spaces on the first line", "  \na = 1\n", "a = 1\n"},
		{"a comment without line end", "# a", "# a\n"},
		{"a byte order mark", "\ufeffa=1\n", "\ufeffa = 1\n"},
		{"line ends of Windows", "a=1\r\nb=2", "a = 1\r\nb = 2\r\n"},
		{"the first line end of several decides", "a=1\r\nb=2\n\n", "a = 1\r\nb = 2\r\n"},
		{"the first line end of others decides", "a=1\nb=2\r\n", "a = 1\nb = 2\n"},
		{"a heredoc with line ends of Windows", "a=<<E\r\n x\r\nE\r\n", "a = <<E\r\n x\r\nE\r\n"},
		{"an attribute set twice", "a=1\na=2\n", "a = 1\na = 2\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, told := Format("a.arch.hcl", []byte(c.before))
			require.Empty(t, told)
			require.Equal(t, c.after, string(got))
		})
	}
}

func TestFormatRefuses(t *testing.T) {
	for _, c := range []struct{ name, text, rule, at string }{
		{"an unclosed block", "a = 1\ncomponent \"x\" {\n  in =\n}\n", "language/syntax", "a.arch.hcl:3:7"},
		{"columns count bytes", "x \"日本\" { a = }\n", "language/syntax", "a.arch.hcl:1:18"},
		{"two attributes on a line", "a = 1 b = 2\n", "language/syntax", "a.arch.hcl:1:7"},
		{"no UTF-8", "a = \"\xff\"\n", "language/syntax", "a.arch.hcl:1:6"},
		{"a heredoc that the file ends", "b = 1\na = <<E\nE", "language/syntax", "a.arch.hcl:3:2"},
		{"too deep", "a = " + strings.Repeat("[", 1000) + strings.Repeat("]", 1000) + "\n", "language/budget", "a.arch.hcl:1:205"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, told := Format("a.arch.hcl", []byte(c.text))
			require.Equal(t, c.text, string(got), "the text is returned as it came")
			require.NotEmpty(t, told)
			require.Equal(t, c.rule, told[0].Rule)
			require.Equal(t, finding.Error, told[0].Severity)
			require.Equal(t, finding.Subject{Path: "a.arch.hcl"}, told[0].Subject)
			require.NotEmpty(t, told[0].Message)
			require.Equal(t, c.at, told[0].At.String())
		})
	}
}

func TestPositionBounds(t *testing.T) {
	require.Equal(t, source.Pos{Line: 2, Column: 1}, position([]byte("a\n"), 99))
	require.Equal(t, source.Pos{Line: 1, Column: 1}, position(nil, -1))
}

func TestDiff(t *testing.T) {
	require.Equal(t, "--- a/x.arch.hcl\n+++ b/x.arch.hcl\n@@ -1,2 +1,2 @@\n-a=1\n+a = 1\n b = 2\n",
		Diff("x.arch.hcl", []byte("a=1\nb = 2\n"), []byte("a = 1\nb = 2\n")))
	require.Empty(t, Diff("x.arch.hcl", []byte("a = 1\n"), []byte("a = 1\n")))
}

// FuzzFormat holds Format against its promise: what it returns it returns again, and only spaces and line
// ends differ.
func FuzzFormat(f *testing.F) {
	cases, err := filepath.Glob("testdata/*.txtar")
	require.NoError(f, err)
	for _, name := range cases {
		archive, err := txtar.ParseFile(name)
		require.NoError(f, err)
		f.Add(archive.Files[0].Data)
	}
	for _, s := range []string{
		"", "a", "a=<<E\nE", "a=<<E\nE\n  ", "a=-1-- -1\n", "a=b[0].c[*].d\nb=c.*.d\n", "a=\"${ {b=1} }\"\n", "a=<<-E\n  ${b}\n  E\n",
		"a={b=1,c:2}\n", "a=[for x in[y]:x if!z]\n", "a=b::c(d...)\n", "a=\"%{if b~} c %{~endif}\"//d\nb=1/*x*/+2\n",
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, src []byte) {
		once, told := Format("x", src)
		if len(told) > 0 {
			require.Equal(t, src, once, "what is refused is not changed")
			return
		}
		twice, told := Format("x", once)
		require.Empty(t, told, "what was formatted is accepted")
		require.Equal(t, string(once), string(twice))
		require.Contains(t, []int{0, strings.Count(string(once), "\n")}, strings.Count(string(once), "\r\n"), "line ends of one kind")
		require.Equal(t, content(src), content(once))
	})
}

// content lists a text's tokens without line ends and the spaces around a heredoc's end.
func content(src []byte) []string {
	all, _ := hclsyntax.LexConfig(bytes.ReplaceAll(src, []byte("\r\n"), []byte("\n")), "x", hcl.InitialPos)
	var out []string
	for _, t := range all {
		switch t.Type {
		case hclsyntax.TokenNewline:
		case hclsyntax.TokenComment, hclsyntax.TokenCHeredoc:
			out = append(out, string(t.Type)+strings.TrimSpace(string(t.Bytes)))
		default:
			out = append(out, string(t.Type)+string(t.Bytes))
		}
	}
	return out
}

// TestCasesOfTheLanguage formats every file of the language's own cases that parses.
func TestCasesOfTheLanguage(t *testing.T) {
	cases, err := filepath.Glob("../config/testdata/*.txtar")
	require.NoError(t, err)
	formatted := 0
	for _, name := range cases {
		data, err := os.ReadFile(name)
		require.NoError(t, err)
		for _, file := range txtar.Parse(data).Files {
			once, told := Format(file.Name, file.Data)
			if !strings.HasSuffix(file.Name, ".hcl") || len(told) > 0 {
				continue
			}
			twice, told := Format(file.Name, once)
			require.Empty(t, told)
			require.Equal(t, string(once), string(twice), "%s in %s", file.Name, name)
			require.Equal(t, content(file.Data), content(once), "%s in %s", file.Name, name)
			formatted++
		}
	}
	require.Greater(t, formatted, 10)
}
