package golang

import (
	"bytes"
	"path"
	"slices"
	"strings"
	"time"

	"github.com/asbuilt/asbuilt/pkg/evidence"
	"github.com/asbuilt/asbuilt/pkg/source"
)

// waiverMark begins a comment that accepts a finding: //asbuilt:waive RULE until 2027-01-31: reason
var waiverMark = []byte("//asbuilt:waive")

// dateLayout is how the last day of a waiver is written.
const dateLayout = "2006-01-02"

// comment is a waiver's comment in a header, or one that looks like it.
type comment struct {
	text   string // after the mark
	wrong  string // what stands in the place of the mark
	line   int
	inside bool // in the parentheses of an import declaration
}

// readComment reports whether a comment is a waiver, or means to be one: //asbuilt:wave, // asbuilt:waive.
func readComment(text []byte) (comment, bool) {
	const name = "asbuilt:"
	body := text[2:]
	for len(body) > 0 && (body[0] == ' ' || body[0] == '\t') {
		body = body[1:]
	}
	if len(body) < len(name) || body[len(name)-1] != ':' || !strings.EqualFold(string(body[:len(name)]), name) { // nearly all
		return comment{}, false
	}
	if rest, ok := waiverText(text); ok {
		return comment{text: rest}, true
	}
	after := bytes.TrimSpace(bytes.TrimSuffix(body[len(name):], []byte("*/")))
	word, _, _ := strings.Cut(string(after), " ")
	if len(word) == 0 || body[len(name)] != word[0] && !strings.EqualFold(word, "waive") { // words that begin with our name
		return comment{}, false
	}
	begin := len(text) - len(body) + len(name) + bytes.Index(body[len(name):], []byte(word)) + len(word)
	return comment{wrong: string(text[:min(begin, 60)])}, true
}

// waiverText is the text of a waiver's comment after the mark.
func waiverText(text []byte) (string, bool) {
	rest, ok := bytes.CutPrefix(text, waiverMark)
	if !ok || len(rest) > 0 && rest[0] != ' ' && rest[0] != '\t' {
		return "", false
	}
	return string(bytes.TrimSpace(rest)), true
}

// endOfImports drops the comments that stand after the last import: whoever reads headers alone sees some of them
// and not others.
func (h *header) endOfImports(packageLine int) {
	last := packageLine
	if n := len(h.imports); n > 0 {
		last = h.imports[n-1].line
	}
	h.comments = slices.DeleteFunc(h.comments, func(c comment) bool { return c.line > last })
}

// waivers says which import each comment is about: that of its own line, or of the line after it; 0 for all imports
// of the file where it stands above their declaration. One that stands alone among the imports is about its own
// line, where nothing is imported.
func (h *header) waivers() []evidence.Waiver {
	imported := map[int]bool{}
	for _, spec := range h.imports {
		imported[spec.line] = true
	}
	out := make([]evidence.Waiver, len(h.comments))
	for i, c := range slices.Backward(h.comments) {
		line := 0
		switch {
		case imported[c.line]:
			line = c.line
		case imported[c.line+1]:
			line = c.line + 1
		case i+1 < len(out) && h.comments[i+1].line == c.line+1: // several above one import
			line = out[i+1].Line
		case c.inside:
			line = c.line
		}
		if out[i] = (evidence.Waiver{Written: c.wrong}); c.wrong == "" {
			out[i] = parseWaiver(c.text)
		}
		out[i].Line, out[i].At = line, source.At("", c.line)
	}
	return out
}

// parseWaiver reads RULE until DATE: REASON. What is missing, or no date, is empty.
func parseWaiver(text string) evidence.Waiver {
	head, reason, _ := strings.Cut(text, ":")
	w := evidence.Waiver{Reason: strings.TrimSpace(reason)}
	words := strings.Fields(head)
	if len(words) > 0 {
		w.Rule = words[0]
	}
	if len(words) == 3 && words[1] == "until" {
		if _, err := time.Parse(dateLayout, words[2]); err == nil {
			w.Until = words[2]
		}
	}
	return w
}

// Waivers are the comments in a text that look like waivers, wherever they stand, with their lines: what an older
// version of a file said. Rule and reason tell which one it is; its day may have been put off.
func Waivers(src []byte) []evidence.Waiver {
	var out []evidence.Waiver
	for n, line := 1, []byte(nil); len(src) > 0; n++ {
		line, src, _ = bytes.Cut(src, []byte("\n"))
		if i := bytes.Index(line, waiverMark); i >= 0 {
			if text, ok := waiverText(line[i:]); ok {
				w := parseWaiver(text)
				w.At = source.At("", n)
				out = append(out, w)
			}
		}
	}
	return out
}

// waivers lists the comments of all files that were read, by place.
func (s *survey) waivers() []evidence.Waiver {
	var out []evidence.Waiver
	for _, f := range s.done {
		for i := range f.files {
			if f.foreign || f.files[i].isIgnored() {
				continue
			}
			for _, w := range f.files[i].waivers {
				w.Node, w.At.File = f.id, s.tree.Name(path.Join(f.dir, f.entries[i].name))
				out = append(out, w)
			}
		}
	}
	slices.SortStableFunc(out, func(a, b evidence.Waiver) int { return source.Compare(a.At, b.At) })
	return out
}
