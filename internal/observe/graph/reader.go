package graph

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"slices"
	"strconv"
	"unicode/utf8"

	"github.com/asbuilt/asbuilt/pkg/evidence"
	"github.com/asbuilt/asbuilt/pkg/source"
)

// reader reads JSON value by value, and knows where it stands. After text that is no JSON it reads nothing more.
type reader struct {
	file   string // printed
	data   []byte
	dec    *json.Decoder
	broken bool
	gaps   []evidence.Gap

	counted int // bytes whose lines are counted
	line    int
	start   int // of the line
}

func newReader(file string, data []byte) *reader {
	r := &reader{file: file, data: data, dec: json.NewDecoder(bytes.NewReader(data)), line: 1}
	r.dec.UseNumber()
	return r
}

// text reports whether the bytes are text at all.
func (r *reader) text() bool {
	if utf8.Valid(r.data) {
		return true
	}
	valid := 0
	for valid < len(r.data) {
		c, size := utf8.DecodeRune(r.data[valid:])
		if c == utf8.RuneError && size == 1 {
			break
		}
		valid += size
	}
	r.wrong(valid, "this is not UTF-8", "write it in UTF-8")
	r.broken = true
	return false
}

// at is a place, of an offset not before the last one that was asked about.
func (r *reader) at(offset int) source.Range {
	if offset < r.counted {
		r.counted, r.line, r.start = 0, 1, 0
	}
	for {
		i := bytes.IndexByte(r.data[r.counted:offset], '\n')
		if i < 0 {
			break
		}
		r.counted += i + 1
		r.line++
		r.start = r.counted
	}
	p := source.Pos{Line: r.line, Column: offset - r.start + 1}
	return source.Range{File: r.file, Start: p, End: p}
}

// here is the offset of the next value.
func (r *reader) here() int {
	i := int(r.dec.InputOffset())
	for i < len(r.data) && bytes.IndexByte([]byte(" \t\r\n,:"), r.data[i]) >= 0 {
		i++
	}
	return min(i, len(r.data))
}

// wrong notes a mistake.
func (r *reader) wrong(offset int, reason, fix string) {
	switch {
	case len(r.gaps) < maxGaps:
		r.gaps = append(r.gaps, evidence.Gap{At: r.at(offset), Reason: "evidence: " + reason, Fix: fix})
	case len(r.gaps) == maxGaps:
		r.gaps = append(r.gaps, evidence.Gap{At: source.At(r.file, 0), Reason: "evidence: there are more mistakes", Fix: "repair these first"})
	}
}

// next is the next token; nil, too, when there is none.
func (r *reader) next() json.Token {
	if r.broken {
		return nil
	}
	at := r.here()
	t, err := r.dec.Token()
	if err == nil {
		return t
	}
	r.broken = true
	reason := "the file ends too early"
	if syntax := (*json.SyntaxError)(nil); errors.As(err, &syntax) {
		reason, at = "this is not JSON: "+syntax.Error(), max(at, min(int(syntax.Offset)-1, len(r.data)))
	} else if !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
		reason = "this is not JSON: " + err.Error()
	}
	r.wrong(at, reason, "let the tool write it again")
	return nil
}

// skip takes the rest of a value whose first token is given.
func (r *reader) skip(first json.Token) {
	depth := 0
	for t := first; ; t = r.next() {
		switch t {
		case json.Delim('{'), json.Delim('['):
			depth++
		case json.Delim('}'), json.Delim(']'):
			depth--
		}
		if depth > maxDepth {
			r.wrong(r.here(), "this nests deeper than "+strconv.Itoa(maxDepth)+" values", "write it flat")
			r.broken = true
		}
		if depth == 0 || r.broken {
			return
		}
	}
}

// object reads an object: field is called before each value, and takes it; it returns false for a name that it
// does not know.
func (r *reader) object(what string, field func(name string) bool) bool {
	at := r.here()
	switch t := r.next(); {
	case r.broken:
		return false
	case t != json.Delim('{'):
		r.mistyped(at, what, "an object", t)
		return false
	}
	var seen []string
	for !r.broken && r.dec.More() {
		at := r.here()
		name, ok := r.next().(string)
		if !ok {
			break
		}
		if slices.Contains(seen, name) {
			r.wrong(at, what+" says "+strconv.Quote(name)+" twice", "say it once")
		}
		seen = append(seen, name)
		if !field(name) {
			r.skip(r.next())
		}
	}
	r.next()
	return !r.broken
}

// list reads a list, or null: item takes each value.
func (r *reader) list(what string, item func()) {
	at := r.here()
	switch t := r.next(); {
	case r.broken, t == nil:
		return
	case t != json.Delim('['):
		r.mistyped(at, what, "a list", t)
		return
	}
	for !r.broken && r.dec.More() {
		item()
	}
	r.next()
}

func (r *reader) mistyped(at int, what, want string, got json.Token) {
	r.wrong(at, what+" is not "+want, "write "+want)
	r.skip(got)
}

// str reads a string.
func (r *reader) str(what string) (string, bool) {
	at := r.here()
	t := r.next()
	s, ok := t.(string)
	if !ok && !r.broken {
		r.mistyped(at, what, "a string", t)
	}
	return s, ok
}

// count reads a number of things.
func (r *reader) count(what string) int {
	at := r.here()
	t := r.next()
	if n, ok := t.(json.Number); ok {
		if i, err := strconv.ParseInt(n.String(), 10, 32); err == nil && i >= 0 {
			return int(i)
		}
	}
	if !r.broken {
		r.mistyped(at, what, "a whole number, 0 or more", t)
	}
	return 0
}

func (r *reader) flag(what string) bool {
	at := r.here()
	t := r.next()
	b, ok := t.(bool)
	if !ok && !r.broken {
		r.mistyped(at, what, "true or false", t)
	}
	return b
}
