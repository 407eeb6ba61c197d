package budget

import (
	"bytes"
	"fmt"
	"math/big"
	"unicode/utf8"

	"github.com/hashicorp/hcl/v2/hclsyntax"

	"github.com/asbuilt/asbuilt/pkg/finding"
	"github.com/asbuilt/asbuilt/pkg/source"
)

// Scan looks at the bytes of a file before the parser does. It returns nil when lexing and parsing
// them is safe and quick, else the first excess with its place. Its rule is Rule, or Syntax for what
// no parser could read: broken UTF-8, and brackets and comments that do not close.
func Scan(name string, src []byte) *finding.Finding {
	s := &scanner{name: name, src: src, lexer: newLexer(src), nesting: newNesting()}
	if f := s.bytes(); f != nil {
		return f
	}
	for {
		t := s.lexer.next()
		if t.kind == hclsyntax.TokenEOF {
			return nil
		}
		if f := s.token(t); f != nil {
			return f
		}
	}
}

type scanner struct {
	name    string
	src     []byte
	lexer   *lexer
	nesting *nesting
	tokens  int
	literal int // bytes of the template's literal text so far
	melded  int // bytes that joining literal text has copied
}

// bytes checks what needs no tokens.
func (s *scanner) bytes() *finding.Finding {
	if len(s.src) > MaxBytes {
		return s.excess(MaxBytes, "the file is larger than %d bytes", "split it into several *.arch.hcl files", MaxBytes)
	}
	if i := bytes.IndexByte(s.src, 0); i >= 0 {
		return s.malformed(i, "the file holds a NUL byte", "save it as UTF-8 text")
	}
	if !utf8.Valid(s.src) {
		return s.malformed(invalidUTF8(s.src), "the file is not UTF-8 text", "save it as UTF-8 text")
	}
	for i := bytes.IndexByte(s.src, '\r'); i >= 0; {
		if i+1 == len(s.src) || s.src[i+1] != '\n' {
			return s.malformed(i, "a carriage return stands without a line feed", "save the file with LF or CRLF line ends")
		}
		next := bytes.IndexByte(s.src[i+1:], '\r')
		if next < 0 {
			break
		}
		i += 1 + next
	}
	return nil
}

func invalidUTF8(src []byte) int {
	i := 0
	for i < len(src) {
		r, size := utf8.DecodeRune(src[i:])
		if r == utf8.RuneError && size <= 1 {
			break
		}
		i += size
	}
	return i
}

func (s *scanner) token(t token) *finding.Finding {
	s.tokens++
	if s.tokens > MaxTokens {
		return s.excess(t.start, "the file has more than %d tokens", "split it into several *.arch.hcl files", MaxTokens)
	}
	switch t.kind {
	case hclsyntax.TokenNil:
		return s.unreadable(t)
	case hclsyntax.TokenIdent:
		if t.end-t.start > maxName {
			return s.excess(t.start, "the name is longer than %d bytes", "shorten it", maxName)
		}
	case hclsyntax.TokenQuotedLit:
		if i := badEscape(s.src[t.start:t.end]); i >= 0 {
			return s.malformed(t.start+i, "this is no escape sequence", `write \\ for a backslash; the sequences are \n \r \t \" \\ \uNNNN \UNNNNNNNN`)
		}
	case hclsyntax.TokenNumberLit:
		if !numberFits(s.src[t.start:t.end]) {
			return s.excess(t.start, "the number is beyond ±1e308 or has more than %d digits", "write it as a string", MaxDigits)
		}
	}
	if f := s.meld(t); f != nil {
		return f
	}
	if !s.nesting.add(t, s.src) {
		return s.mismatch(t)
	}
	if s.nesting.depth() > maxUnits {
		return s.excess(t.start, "this nests more than %d levels deep", "name the inner parts in a locals block", MaxDepth)
	}
	return nil
}

func (s *scanner) unreadable(t token) *finding.Finding {
	if s.src[t.start] == '/' {
		return s.malformed(t.start, "the comment that begins here is never closed", "close it with */")
	}
	return s.malformed(t.start, "a heredoc's marker holds a letter outside ASCII", "use a marker such as EOT")
}

// badEscape finds the first backslash of a quoted literal that begins no escape sequence, or -1. Hcl
// makes a diagnostic of each and copies them all at every level of nesting.
func badEscape(lit []byte) int {
	for i := bytes.IndexByte(lit, '\\'); i >= 0 && i+1 < len(lit); {
		size := 2
		switch lit[i+1] {
		case 'n', 'r', 't', '"', '\\':
		case 'u':
			size = 6
		case 'U':
			size = 10
		default:
			return i
		}
		if i+size > len(lit) || !isHex(lit[i+2:i+size]) {
			return i
		}
		next := bytes.IndexByte(lit[i+size:], '\\')
		if next < 0 {
			break
		}
		i += size + next
	}
	return -1
}

func isHex(digits []byte) bool {
	return len(bytes.Trim(digits, "0123456789abcdefABCDEF")) == 0
}

// meld counts the bytes that hcl copies when it joins the literal pieces of a template: each piece
// copies all before it.
func (s *scanner) meld(t token) *finding.Finding {
	if t.kind != hclsyntax.TokenStringLit && t.kind != hclsyntax.TokenQuotedLit {
		s.literal = 0
		return nil
	}
	s.literal += t.end - t.start
	s.melded += s.literal
	if s.melded > maxMelded {
		return s.excess(t.start, "the text of the templates in this file is too long in too many pieces (over %d bytes to join)", "keep long text in a file of its own", maxMelded)
	}
	return nil
}

func (s *scanner) mismatch(t token) *finding.Finding {
	closer := s.src[t.start:t.end]
	open := s.nesting.top()
	if len(s.nesting.levels) == 1 {
		return s.malformed(t.start, fmt.Sprintf("%q closes nothing", closer), "remove it, or open the bracket before it")
	}
	opener := bytes.TrimSpace(s.src[open.open.start:open.open.end])
	f := s.malformed(t.start, fmt.Sprintf("%q does not close the %q before it", closer, opener), "close the inner bracket first")
	f.Related = []finding.Related{{Message: "opened here", At: s.at(open.open.start)}}
	return f
}

func (s *scanner) excess(offset int, format, fix string, limit int) *finding.Finding {
	return s.finding(Rule, offset, fmt.Sprintf(format, limit), fix)
}

func (s *scanner) malformed(offset int, message, fix string) *finding.Finding {
	return s.finding(Syntax, offset, message, fix)
}

func (s *scanner) finding(rule string, offset int, message, fix string) *finding.Finding {
	return &finding.Finding{
		Rule: rule, Severity: finding.Error, Message: message, At: s.at(offset),
		Subject: finding.Subject{Path: s.name}, Fix: &finding.Fix{Message: fix},
	}
}

// at is the place of the byte at an offset.
func (s *scanner) at(offset int) source.Range {
	before := s.src[:offset]
	p := source.Pos{Line: 1 + bytes.Count(before, []byte("\n")), Column: offset - bytes.LastIndexByte(before, '\n')}
	return source.Range{File: s.name, Start: p, End: source.Pos{Line: p.Line, Column: p.Column + 1}}
}

// numberFits reports whether a text is quick to read as a number, and the number quick to print. What is
// no number at all fits when that is soon found out.
func numberFits(lit []byte) bool {
	if rest := bytes.TrimLeft(lit, "0123456789.+-eEpP"); len(rest) > 0 {
		return len(lit)-len(rest) <= maxName
	}
	mantissa, exponent := lit, []byte(nil)
	if i := bytes.IndexAny(lit, "eE"); i >= 0 {
		mantissa, exponent = lit[:i], bytes.TrimLeft(lit[i+1:], "+-")
	}
	if len(bytes.ReplaceAll(mantissa, []byte("."), nil)) > MaxDigits || len(exponent) > 3 {
		return false
	}
	f, _, err := big.ParseFloat(string(lit), 10, 64, big.ToNearestEven)
	return err != nil || inRange(f)
}

// inRange reports whether a number is within ±1e308 and, unless it is zero, not nearer to zero than
// 1e-308: printing needs a digit for every power of ten.
func inRange(f *big.Float) bool {
	if f.IsInf() {
		return false
	}
	const exponentOf1e308 = 1024 // in binary, rounded up
	return f.Sign() == 0 || f.MantExp(nil) <= exponentOf1e308 && f.MantExp(nil) >= -exponentOf1e308
}
