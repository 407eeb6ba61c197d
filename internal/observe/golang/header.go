package golang

import (
	"bytes"
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/scanner"
	"go/token"
	"slices"
	"strconv"
	"strings"
	"unicode"
)

// header is what the top of a Go file says: the package clause and the imports.
type header struct {
	name      string
	imports   []importSpec
	preamble  int       // offset after the word package: build constraints stand before it
	tagged    bool      // the preamble holds something like a build constraint
	generated bool      // https://go.dev/s/generatedcode
	comments  []comment // waivers, up to the last import
}

// importSpec is one import path, unquoted, with its physical line.
type importSpec struct {
	path string
	line int
}

// syntaxError is what is wrong with a header.
type syntaxError struct {
	line    int
	message string
}

func (e *syntaxError) Error() string { return e.message }

// cutMark follows the last full line of the beginning of a file: a parser that gets so far finds an error.
const cutMark = "\nimport 0\n"

// parseHeader reads a header with go/parser: the judge of everything that the scanner leaves open.
// Lines are physical ones, whatever line directives say. When src is only the beginning of a file, the
// imports must end within it.
func parseHeader(src []byte, whole bool) (header, error) {
	if !whole {
		h, err := parseHeader(slices.Concat(src[:bytes.LastIndexByte(src, '\n')+1], []byte(cutMark)), true)
		if err != nil {
			return h, &syntaxError{1, fmt.Sprintf("the imports do not parse, or do not end within %d bytes", len(src))}
		}
		return h, nil
	}
	fset := token.NewFileSet()
	f, err := parser.ParseFile(fset, "", src, parser.ImportsOnly|parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		if list := scanner.ErrorList(nil); errors.As(err, &list) && len(list) > 0 {
			return header{}, &syntaxError{list[0].Pos.Line, list[0].Msg}
		}
		return header{}, &syntaxError{1, err.Error()}
	}
	h := header{
		name:      f.Name.Name,
		preamble:  fset.PositionFor(f.Package, false).Offset + len("package"),
		tagged:    true,
		generated: ast.IsGenerated(f),
	}
	for _, spec := range f.Imports {
		line := fset.PositionFor(spec.Path.Pos(), false).Line
		path, err := strconv.Unquote(spec.Path.Value)
		if err != nil {
			return header{}, &syntaxError{line, "the import path is not a string"}
		}
		h.imports = append(h.imports, importSpec{path, line})
	}
	for _, group := range f.Comments {
		for _, c := range group.List {
			if read, ok := readComment([]byte(c.Text)); ok {
				read.line, read.inside = fset.PositionFor(c.Pos(), false).Line, inParentheses(f, c.Pos())
				h.comments = append(h.comments, read)
			}
		}
	}
	h.endOfImports(fset.PositionFor(f.Package, false).Line)
	return h, nil
}

// inParentheses reports whether a place is in those of an import declaration.
func inParentheses(f *ast.File, at token.Pos) bool {
	return slices.ContainsFunc(f.Decls, func(d ast.Decl) bool {
		g, ok := d.(*ast.GenDecl)
		return ok && g.Lparen.IsValid() && g.Lparen < at && at < g.Rparen
	})
}

// invalidImport returns what the go command finds wrong with the form of an import path, or "".
func invalidImport(path string) string {
	const illegal = `!"#$%&'()*,:;<=>?[\]^{|}` + "`\uFFFD"
	switch {
	case path == "":
		return "is empty"
	case strings.ContainsFunc(path, func(r rune) bool {
		return !unicode.IsGraphic(r) || unicode.IsSpace(r) || strings.ContainsRune(illegal, r)
	}):
		return "has a character that no import path may have"
	case path == "." || path == ".." || strings.HasPrefix(path, "./") || strings.HasPrefix(path, "../"):
		return "is relative"
	case strings.HasPrefix(path, "/"):
		return "is absolute"
	case strings.Contains(path, "//") || strings.HasSuffix(path, "/"):
		return "has an empty element"
	case strings.Contains(path+"/", "/./") || strings.Contains(path+"/", "/../"):
		return "has a dot element"
	}
	return ""
}
