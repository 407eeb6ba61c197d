package golang

import (
	"bytes"
	"go/token"
	"unicode/utf8"
)

// outcome is how far a scan came.
type outcome int

const (
	scanned outcome = iota // the header is known
	short                  // the text ended before the header did
	unusual                // something that go/parser must judge
)

// scan reads a header without allocating more than its strings. It takes the plain forms that nearly
// all files use, and leaves everything else to parseHeader: when it says scanned, parseHeader accepts
// the text with the same result. whole tells whether src is the whole file.
func (h *header) scan(src []byte, whole bool, names *interner) outcome {
	*h = header{imports: h.imports[:0]}
	s := headerScanner{src: src, line: 1, whole: whole, header: h}
	if bytes.HasPrefix(src, byteOrderMark) {
		s.at = len(byteOrderMark)
	}
	s.preamble(h)
	packageLine := s.line
	s.keyword("package")
	h.preamble = s.at
	s.gap()
	h.name = names.intern(s.identifier())
	s.end(false)
	for s.state == scanned && s.imports(h, names) {
	}
	if s.state == scanned && !plainText(src, s.at) {
		return unusual
	}
	h.endOfImports(packageLine)
	return s.state
}

var byteOrderMark = []byte{0xEF, 0xBB, 0xBF}

// headerScanner walks over a header. Its first state other than scanned stays.
type headerScanner struct {
	src   []byte
	at    int
	line  int
	whole bool
	state outcome

	header *header
	inside bool // in the parentheses of an import declaration
}

func (s *headerScanner) stop(o outcome) {
	if s.state == scanned {
		s.state = o
	}
}

// peek returns the next byte, or 0 at the end of the text or after a stop. A 0 in the text is unusual.
func (s *headerScanner) peek() byte {
	if s.state != scanned {
		return 0
	}
	if s.at < len(s.src) {
		return s.src[s.at]
	}
	if !s.whole {
		s.state = short
	}
	return 0
}

// preamble skips white space and comments before the package clause, and notes what they say.
func (s *headerScanner) preamble(h *header) {
	for {
		comment := s.blank()
		if comment == nil {
			return
		}
		text, ok := bytes.CutPrefix(comment, []byte("//"))
		if !ok {
			if bytes.Contains(comment, []byte("// Code generated ")) {
				s.stop(unusual) // the mark may stand inside
			}
			continue
		}
		text = bytes.TrimRight(text, "\r")
		if bytes.IndexByte(text, '\r') >= 0 {
			s.stop(unusual)
		}
		h.tagged = h.tagged || bytes.HasPrefix(text, []byte("go:build")) ||
			bytes.HasPrefix(bytes.TrimSpace(text), []byte("+build"))
		h.generated = h.generated || isGeneratedMark(text)
	}
}

// isGeneratedMark judges the text of a line comment, without its slashes.
func isGeneratedMark(text []byte) bool {
	text, ok := bytes.CutPrefix(text, []byte(" Code generated "))
	return ok && bytes.HasSuffix(text, []byte(" DO NOT EDIT."))
}

// gap skips white space and comments.
func (s *headerScanner) gap() {
	for s.blank() != nil {
	}
}

// blank skips white space up to and with the next comment, which it returns; nil where there is none.
func (s *headerScanner) blank() []byte {
	for {
		switch s.peek() {
		case '\n':
			s.line++
			s.at++
		case ' ', '\t', '\r':
			s.at++
		case '/':
			return s.comment()
		default:
			return nil
		}
	}
}

// comment skips a comment, without the line end after it.
func (s *headerScanner) comment() []byte {
	rest := s.src[s.at:]
	if len(rest) < len("//line ") && !s.whole {
		s.stop(short)
		return nil
	}
	var size int
	switch {
	case bytes.HasPrefix(rest, []byte("//line ")), bytes.HasPrefix(rest, []byte("/*line ")):
		s.stop(unusual) // a line directive can be malformed
		return nil
	case bytes.HasPrefix(rest, []byte("//")):
		size = bytes.IndexByte(rest, '\n')
		if size < 0 && s.whole {
			size = len(rest)
		}
	case bytes.HasPrefix(rest, []byte("/*")):
		if size = bytes.Index(rest[2:], []byte("*/")); size >= 0 {
			size += 4
		} else if s.whole {
			s.stop(unusual)
			return nil
		}
	default:
		s.stop(unusual)
		return nil
	}
	if size < 0 {
		s.stop(short)
		return nil
	}
	if c, ok := readComment(rest[:size]); ok {
		c.line, c.inside = s.line, s.inside
		s.header.comments = append(s.header.comments, c)
	}
	s.at += size
	s.line += bytes.Count(rest[:size], []byte{'\n'})
	return rest[:size]
}

// word returns the letters, digits and underscores that come next.
func (s *headerScanner) word() []byte {
	start := s.at
	for isWordByte(s.peek()) {
		s.at++
	}
	if s.state != scanned {
		return nil
	}
	return s.src[start:s.at]
}

func isWordByte(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_' || c >= 0x80
}

func (s *headerScanner) keyword(want string) {
	if string(s.word()) != want {
		s.stop(unusual)
	}
}

// identifier reads an ASCII name other than a keyword or _.
func (s *headerScanner) identifier() []byte {
	name := s.word()
	if len(name) == 0 || name[0] <= '9' || !isASCII(name) || string(name) == "_" || token.IsKeyword(string(name)) {
		s.stop(unusual)
		return nil
	}
	return name
}

// plainText reports whether go/scanner has nothing to say about the bytes up to end and the one after.
func plainText(src []byte, end int) bool {
	text := bytes.TrimPrefix(src[:min(end+1, len(src))], byteOrderMark)
	if bytes.IndexByte(text, 0) >= 0 {
		return false
	}
	return isASCII(text) || utf8.Valid(text) && !bytes.Contains(text, byteOrderMark)
}

func isASCII(b []byte) bool {
	for _, c := range b {
		if c >= 0x80 {
			return false
		}
	}
	return true
}

// end takes the end of a clause: a line end, a semicolon, the end of the file, or inside
// parentheses the closing one, which is left.
func (s *headerScanner) end(inParentheses bool) {
	for {
		switch s.peek() {
		case ' ', '\t', '\r':
			s.at++
		case '\n':
			s.line++
			s.at++
			return
		case ';':
			s.at++
			return
		case '/':
			if comment := s.comment(); bytes.HasPrefix(comment, []byte("/*")) {
				s.stop(unusual)
			}
		case ')':
			if !inParentheses {
				s.stop(unusual)
			}
			return
		case 0:
			if s.at < len(s.src) {
				s.stop(unusual)
			}
			return
		default:
			s.stop(unusual)
			return
		}
	}
}

// imports reads one import declaration. It returns false after the last one, having stopped unless
// the next word begins another declaration or the file ends: then no later text changes the header.
func (s *headerScanner) imports(h *header, names *interner) bool {
	s.gap()
	if s.peek() == 0 {
		if s.at < len(s.src) {
			s.stop(unusual)
		}
		return false
	}
	switch string(s.word()) {
	case "import":
	case "const", "func", "type", "var":
		s.peek() // go/parser has seen the byte after the word
		return false
	default:
		s.stop(unusual)
		return false
	}
	s.gap()
	if s.peek() != '(' {
		s.spec(h, names)
		s.end(false)
		return true
	}
	s.at++
	s.inside = true
	for {
		s.gap()
		switch s.peek() {
		case ')':
			s.at++
			s.inside = false
			s.end(false)
			return true
		case 0:
			s.stop(unusual)
			return false
		}
		s.spec(h, names)
		s.end(true)
	}
}

// spec reads an import path and the name before it.
func (s *headerScanner) spec(h *header, names *interner) {
	switch c := s.peek(); {
	case c == '.' || c == '_':
		s.at++
		s.spaces()
	case c != '"' && c != '`':
		s.identifier()
		s.spaces()
	}
	quote := s.peek()
	if quote != '"' && quote != '`' {
		s.stop(unusual)
		return
	}
	rest := s.src[s.at+1:]
	size := bytes.IndexByte(rest, quote)
	switch {
	case size < 0 && !s.whole:
		s.stop(short)
	case size < 0 || bytes.ContainsAny(rest[:size], "\\\r\n"):
		s.stop(unusual)
	default:
		h.imports = append(h.imports, importSpec{names.intern(rest[:size]), s.line})
		s.at += size + 2
	}
}

func (s *headerScanner) spaces() {
	for c := s.peek(); c == ' ' || c == '\t'; c = s.peek() {
		s.at++
	}
}

// interner keeps one string for equal bytes.
type interner struct{ strings map[string]string }

func newInterner() *interner { return &interner{make(map[string]string, 1024)} }

func (n *interner) intern(b []byte) string {
	if s, ok := n.strings[string(b)]; ok {
		return s
	}
	s := string(b)
	n.strings[s] = s
	return s
}
