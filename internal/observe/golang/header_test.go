package golang

import (
	"bytes"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// summary is what both readers must agree on.
type summary struct {
	Name      string
	Imports   []importSpec
	Preamble  int
	Generated bool
}

// reference reads a file with go/parser alone; ok is false when it does not accept the file.
func reference(t testing.TB, src []byte) (summary, bool) {
	fset := token.NewFileSet()
	f, err := parser.ParseFile(fset, "", src, parser.ImportsOnly|parser.ParseComments)
	if err != nil {
		return summary{}, false
	}
	s := summary{Name: f.Name.Name, Preamble: fset.PositionFor(f.Package, false).Offset + 7, Generated: ast.IsGenerated(f)}
	for _, spec := range f.Imports {
		path, err := strconv.Unquote(spec.Path.Value)
		require.NoError(t, err)
		s.Imports = append(s.Imports, importSpec{path, fset.PositionFor(spec.Path.Pos(), false).Line})
	}
	return s, true
}

func summarize(h header) summary {
	s := summary{Name: h.name, Preamble: h.preamble, Generated: h.generated}
	s.Imports = append(s.Imports, h.imports...)
	return s
}

// checkHeader holds the scanner against go/parser, on the whole text and on beginnings of it.
func checkHeader(t testing.TB, src []byte) (byScanner bool) {
	want, accepted := reference(t, src)
	parsed, err := parseHeader(src, true)
	var h header
	names := newInterner()
	byScanner = h.scan(src, true, names) == scanned
	if byScanner {
		require.True(t, accepted, "the scanner takes what go/parser refuses:\n%q", src)
		require.Equal(t, want, summarize(h), "%q", src)
		require.ElementsMatch(t, parsed.comments, h.comments, "%q", src)
		if hasConstraint(src[:h.preamble]) {
			require.True(t, h.tagged, "%q", src)
		}
	}
	for cut := 1; cut < len(src); cut += 1 + cut/8 {
		if h.scan(src[:cut], false, names) == scanned {
			require.True(t, accepted, "%q cut at %d", src, cut)
			require.Equal(t, want, summarize(h), "%q cut at %d", src, cut)
			require.ElementsMatch(t, parsed.comments, h.comments, "%q cut at %d", src, cut)
		}
		if parsed, err := parseHeader(src[:cut], false); err == nil {
			require.True(t, accepted, "%q cut at %d", src, cut)
			require.Equal(t, want, summarize(parsed), "%q cut at %d", src, cut)
		}
	}
	require.Equal(t, accepted, err == nil, "%q", src)
	if accepted {
		require.Equal(t, want, summarize(parsed))
	}
	return byScanner
}

func hasConstraint(preamble []byte) bool {
	parts, err := constraints(bytes.TrimPrefix(preamble, byteOrderMark))
	return err != nil || len(parts) > 0
}

// TestHeaderOfEveryFile reads every Go file of the toolchain, broken ones of its test data included.
func TestHeaderOfEveryFile(t *testing.T) {
	count, byScanner := 0, 0
	require.NoError(t, filepath.WalkDir(goroot(t), func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") {
			return err
		}
		src, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		want, accepted := reference(t, src)
		var h header
		for _, whole := range []bool{false, true} {
			text := src
			if !whole {
				text = src[:min(len(src), headSize)]
			}
			if h.scan(text, whole, newInterner()) == scanned {
				require.True(t, accepted, path)
				require.Equal(t, want, summarize(h), path)
				if whole {
					byScanner++
				}
			}
		}
		count++
		return nil
	}))
	t.Logf("%d files, %d by the scanner alone (%.1f %%)", count, byScanner, 100*float64(byScanner)/float64(count))
	require.Greater(t, count, 5000)
	require.Greater(t, float64(byScanner), 0.95*float64(count))
}

// headerSeeds are forms that a reader of imports can get wrong.
var headerSeeds = []string{
	"package p",
	"package p\n",
	"package p;import\"a\";import`b`",
	"package p\nimport (\n\t\"a\" ; \"b\"\n\t_ \"c\"; . \"d\"\n\te \"f\")\nfunc main() {}",
	"package p\nimport ()\nvar x int",
	"package p // import \"x\"\n\nimport \"y\" // z\n\ntype T int",
	"/* package q */ package p /* c */ \nimport /* d */ \"a\"\n",
	"/*\n*/package p\nimport\n\"a\"",
	"\xef\xbb\xbfpackage p\nimport \"a\"\n",
	"package p\n\xef\xbb\xbfimport \"a\"\n",
	"package p\nimport \"\\x61\"\n",
	"package p\nimport \"a\nb\"\n",
	"package p\nimport 'a'\n",
	"package p\nimport \"a\" \"b\"\n",
	"package p\nimport x\n\"a\"\n",
	"package p import \"a\"",
	"package _\n",
	"package func\n",
	"package p\nimport func \"a\"\n",
	"package é\nimport \"é\"\n",
	"package p\nimport \"\xff\"\n",
	"package p\n// \xff\nimport \"a\"\n",
	"package p\n// \x00\nimport \"a\"\n",
	"package p\nimport \"a\"\n\x00",
	"package p\nimport \"a\"\nfunc\x00",
	"package p\nimport \"a\"\nfuncé()",
	"package p\nimport \"a\"\nfuncs",
	"package p\nimport \"a\"\n/* open",
	"package p\nimport \"a",
	"package p\nimport `a\r\nb`\n",
	"package p\r\nimport \"a\"\r\nvar x int\r\n",
	"//line x.go:10\npackage p\nimport \"a\"\n",
	"/*line :99:1*/package p\nimport \"a\"\n",
	"//line x.go:0\npackage p\n",
	"//go:build linux\n\npackage p\n",
	"// +build linux\n\npackage p\n",
	"//\t+build a\n\npackage p",
	"// Code generated by x. DO NOT EDIT.\npackage p\n",
	"// Code generated by x. DO NOT EDIT.\r\npackage p\r\n",
	"// Code gen\rerated by x. DO NOT EDIT.\npackage p\n",
	"/*\n// Code generated by x. DO NOT EDIT.\n*/\npackage p\n",
	"// Code generated DO NOT EDIT.\npackage p\n// Code generated by y. DO NOT EDIT.\n",
	"package p\nfunc f() {}\nimport \"late\"\n",
	"package p\nimport (\"a\"\n",
	"package p\nimport (;)\n",
	"package p;;import \"a\"\n",
	"\fpackage p\n",
	"", "\n", "//", "/", "pack", "package", "package p\nimport",
}

func TestHeader(t *testing.T) {
	for _, src := range headerSeeds {
		checkHeader(t, []byte(src))
	}
}

// FuzzImports: what the scanner reads, in one piece or from the beginning alone, go/parser reads as well.
func FuzzImports(f *testing.F) {
	for _, src := range headerSeeds {
		f.Add([]byte(src))
	}
	f.Fuzz(func(t *testing.T, src []byte) { checkHeader(t, src) })
}
