package rewrite

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/rogpeppe/go-internal/txtar"
	"github.com/stretchr/testify/require"

	"github.com/asbuilt/asbuilt/internal/cases"
	"github.com/asbuilt/asbuilt/pkg/arch"
	"github.com/asbuilt/asbuilt/pkg/source"
)

var update = flag.Bool("update", false, "rewrite what the changes give")

// TestChanges runs the cases of testdata/changes: with the changes, `before` must become `after`, and what has no
// literal must be left.
func TestChanges(t *testing.T) {
	cases.Run(t, "testdata/changes/*.txtar", func(t *testing.T, name string, archive *txtar.Archive) {
		require.Len(t, archive.Files, 4)
		before, changes := archive.Files[0].Data, parseChanges(t, string(archive.Files[1].Data))
		after, left := applied(t, before, changes)
		if *update {
			archive.Files[2].Data, archive.Files[3].Data = []byte(after), []byte(left)
			require.NoError(t, os.WriteFile(name, txtar.Format(archive), 0o644))
		}
		require.Equal(t, string(archive.Files[2].Data), after)
		require.Equal(t, string(archive.Files[3].Data), left)

		again, _ := applied(t, onWindows(bytes.TrimSuffix(before, []byte("\n"))), changes)
		require.Equal(t, string(onWindows([]byte(after))), again, "with a byte order mark, CRLF line ends and no line end at the end")
	})
}

func applied(t *testing.T, before []byte, changes []arch.Change) (after, left string) {
	t.Helper()
	plan, told := Apply([]File{{"a.arch.hcl", before}, {"b.arch.hcl", []byte("x=1\n")}}, "a.arch.hcl", changes)
	require.Empty(t, told)
	after = string(before)
	for _, f := range plan.Files {
		require.Equal(t, "a.arch.hcl", f.Name, "files without a change are not touched")
		after = string(f.After)
	}
	form, told := Format("a.arch.hcl", []byte(after))
	require.Empty(t, told)
	if len(plan.Files) > 0 {
		require.Equal(t, string(form), after, "the text is in the one form")
	}
	var b strings.Builder
	for _, l := range plan.Left {
		fmt.Fprintf(&b, "%s: %s: %s\n", l.At, l.Change, l.Reason)
	}
	return string(form), b.String()
}

// parseChanges reads changes as they are printed, with a few more words.
func parseChanges(t *testing.T, text string) []arch.Change {
	var out []arch.Change
	for line := range strings.Lines(text) {
		words := strings.Fields(line)
		c := arch.Change{Action: arch.Action(words[0])}
		elementType, name, _ := strings.Cut(words[1], ".")
		switch {
		case elementType == "waiver":
			c.Waiver = &arch.Waiver{Name: name, At: source.At("a.arch.hcl", 1)}
		case len(words) > 2 && words[2] == "->":
			c.Edge = &arch.Edge{From: words[1], To: words[3], Literal: true, At: source.At("a.arch.hcl", 1)}
			if len(words) > 4 {
				c.Edge.Kind = arch.EdgeKind(strings.Trim(words[4], "()"))
			}
		default:
			require.Equal(t, []string{"in", "code", "title"}, []string{words[2], words[4], words[6]})
			_, title, _ := strings.Cut(strings.TrimSpace(line), " title ")
			c.Element = &arch.Element{
				Address: words[1], Type: elementType, Name: name, Parent: words[3], Title: title,
				Code: &arch.Code{Go: []arch.Pattern{{Text: words[5]}}},
			}
		}
		require.True(t, strings.HasPrefix(line, c.String()), "%s is printed as %s", line, c)
		out = append(out, c)
	}
	return out
}

func TestChangesOfTextThatDoesNotParseAreRefused(t *testing.T) {
	plan, told := Apply([]File{{"a.arch.hcl", []byte("component \"a\" {}\n")}, {"b.arch.hcl", []byte("x = \n")}}, "a.arch.hcl",
		[]arch.Change{{Action: arch.Add, Edge: &arch.Edge{From: "component.a", To: "component.b"}}})
	require.Empty(t, plan.Files, "all files are read before one is planned")
	require.Equal(t, "language/syntax", told[0].Rule)
}

// FuzzApply adds an edge to whatever text has the block for it: what comes out parses, is in the one form, and lost no
// comment; or the text is as it was and the change is left.
func FuzzApply(f *testing.F) {
	cases, err := filepath.Glob("testdata/changes/*.txtar")
	require.NoError(f, err)
	for _, name := range cases {
		archive, err := txtar.ParseFile(name)
		require.NoError(f, err)
		for _, block := range strings.SplitAfter(string(archive.Files[0].Data), "\n}\n") {
			_, rest, _ := strings.Cut(block, "\" {")
			f.Add([]byte("component \"a\" {" + rest))
		}
	}
	for _, s := range []string{
		"component a{}", "component a {depends_on=[b,/*]*/]}", "component a {\ndepends_on=[[b],#x\n[c]//y\n]\n}", "component a {\nx=<<-E\n  ]\n  E\n}#z",
		"component a {\n  x = (1 + /* \n */ 2) /* y */ # z\n}", "component a {\n  depends_on = [\n    b\n    , # c\n  ]\n}",
	} {
		f.Add([]byte(s))
	}
	edge := arch.Change{Action: arch.Add, Edge: &arch.Edge{From: "component.a", To: "component.added"}}
	f.Fuzz(func(t *testing.T, src []byte) {
		plan, told := Apply([]File{{"x", src}}, "x", []arch.Change{edge})
		if len(told) > 0 {
			require.Empty(t, plan.Files)
			return
		}
		require.Equal(t, 1, len(plan.Files)+len(plan.Left), "it is made or left")
		if len(plan.Files) == 0 {
			return
		}
		after := plan.Files[0].After
		again, told := Format("x", after)
		require.Empty(t, told)
		require.Equal(t, string(again), string(after))
		require.Equal(t, comments(src), comments(after))
		require.Contains(t, string(after), "component.added")
	})
}

// comments lists a text's comments without the spaces around them.
func comments(src []byte) []string {
	var out []string
	for _, c := range content(bytes.TrimPrefix(src, []byte("\ufeff"))) {
		if strings.HasPrefix(c, string(hclsyntax.TokenComment)) {
			out = append(out, strings.TrimSpace(c))
		}
	}
	return out
}
