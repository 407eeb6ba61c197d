// Package stamp is the mark that every generated file carries: which view it shows, at which version,
// the digest of the diagram it was made from, and a checksum of the file itself. From the mark alone a
// reader tells a stale picture (another digest) from one that was edited by hand (another checksum).
//
// The mark stands where each format has room for it:
//
//	SVG            attributes of the root element: data-view data-version data-digest data-places data-sum
//	JSON           fields of the top object: "view" "version" "digest" "sum"
//	PNG            the text chunk "Comment", which comes before the dots
//	PDF            the second line, a comment
//	anything else  the first line, a comment: <sigil> asbuilt view=V version=V digest=HEX sum=HEX
//
// A sigil is up to a dozen characters of punctuation and spaces: "//", "%%", "#", "'", "<!--". In a
// comment, view and version are percent-encoded, so that no name can end the line or the comment.
//
// What is painted says also places=HEX and painter=WORD, before the checksum.
//
// The checksum is the first 16 hexadecimal digits of the SHA-256 of the file with the checksum itself
// written as zeros, and without the checksum that PNG has over the mark. CR LF counts as LF, because git may rewrite line ends on checkout.
package stamp

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"encoding/xml"
	"net/url"
	"regexp"
)

// Unsealed stands in a file for the checksum until Seal fills it in.
const Unsealed = "0000000000000000"

// Mark is what a generated file says about itself.
type Mark struct {
	View, Version string
	Digest        string // diagram.Diagram.Digest
	Places        string // lock.Digest of where the cards stand; "" where the format has no places
	Painter       string // how it was painted; "" where the format is not painted
	Sum           string
	Intact        bool // Sum is the file's: nobody edited it since
	Torn          bool // a merge left its markers in the file; the mark is that of the first side
}

// Line is the text of a mark for a comment, without the comment's sigil, unsealed.
func Line(view, version, digest string) string {
	return "asbuilt view=" + url.PathEscape(view) + " version=" + url.PathEscape(version) +
		" digest=" + digest + " sum=" + Unsealed
}

// Picture is the text of a mark of a painted file, unsealed.
func Picture(view, version, digest, places, painter string) string {
	return "asbuilt view=" + url.PathEscape(view) + " version=" + url.PathEscape(version) + " digest=" + digest +
		" places=" + places + " painter=" + painter + " sum=" + Unsealed
}

// Seal fills the checksum into the mark of a finished file, in place, and returns the file. A file
// without a mark is returned as it is.
func Seal(data []byte) []byte {
	if _, at, ok := find(data); ok {
		copy(data[at:], Unsealed)
		copy(data[at:], sum(data, at))
		if _, end, ok := pngText(data); ok {
			copy(data[end:], pngSum(data, end))
		}
	}
	return data
}

// Read finds the mark of a file; ok is false when it has none: then the file is not ours. A file in which a merge left its
// markers is ours when both sides of it are, of the same view.
func Read(data []byte) (m Mark, ok bool) {
	if first, second, torn := sides(data); torn {
		m, _, ok = find(first)
		other, _, also := find(second)
		m.Torn = true
		return m, ok && also && m.View == other.View
	}
	m, at, ok := find(data)
	if !ok {
		return Mark{}, false
	}
	m.Intact = m.Sum == sum(data, at)
	if _, end, ok := pngText(data); ok {
		m.Intact = m.Intact && bytes.HasPrefix(data[end:], pngSum(data, end))
	}
	return m, true
}

// sum is the checksum of a file whose checksum stands at a byte offset.
func sum(data []byte, at int) string {
	if _, end, ok := pngText(data); ok { // the chunk's own checksum depends on ours
		data = append(bytes.Clone(data[:end]), data[end+4:]...)
	}
	h := sha256.New()
	h.Write(unixLines(data[:at]))
	h.Write([]byte(Unsealed))
	h.Write(unixLines(data[at+len(Unsealed):]))
	return hex.EncodeToString(h.Sum(nil)[:len(Unsealed)/2])
}

func unixLines(b []byte) []byte { return bytes.ReplaceAll(b, []byte("\r\n"), []byte("\n")) }

// find returns the mark and the offset of its checksum.
func find(data []byte) (m Mark, at int, ok bool) {
	if begin, end, ok := pngText(data); ok {
		return findComment(data[:end], begin)
	}
	if m, at, ok = findComment(data, len(pdfLine(data))); ok {
		return m, at, true
	}
	switch start := bytes.TrimLeft(data, " \t\r\n"); {
	case bytes.HasPrefix(start, []byte("<")):
		return findXML(data)
	case bytes.HasPrefix(start, []byte("{")):
		return findJSON(data)
	}
	return Mark{}, 0, false
}

var (
	commentMark = regexp.MustCompile(`^[^\w\n]{1,12}asbuilt view=(\S*) version=(\S*) digest=([0-9a-f]{16})(?: places=([0-9a-f]*) painter=(\w+))? sum=([0-9a-f]{16})\b`)
	xmlSum      = regexp.MustCompile(`\sdata-sum="([0-9a-f]{16})"`)
	jsonSum     = regexp.MustCompile(`"sum": "([0-9a-f]{16})"`)
)

// findComment reads the line that begins at an offset.
func findComment(data []byte, begin int) (Mark, int, bool) {
	line, _, _ := bytes.Cut(data[begin:], []byte("\n"))
	loc := commentMark.FindSubmatchIndex(line)
	if loc == nil {
		return Mark{}, 0, false
	}
	field := func(i int) string {
		if loc[2*i] < 0 {
			return ""
		}
		return string(line[loc[2*i]:loc[2*i+1]])
	}
	view, err := url.PathUnescape(field(1))
	if err != nil {
		return Mark{}, 0, false
	}
	version, err := url.PathUnescape(field(2))
	if err != nil {
		return Mark{}, 0, false
	}
	return Mark{View: view, Version: version, Digest: field(3), Places: field(4), Painter: field(5), Sum: field(6)}, begin + loc[12], true
}

// findXML reads the root element only: what stands deeper is words of the user.
func findXML(data []byte) (m Mark, at int, ok bool) {
	d := xml.NewDecoder(bytes.NewReader(data))
	root, begin, ok := firstElement(d)
	if !ok {
		return Mark{}, 0, false
	}
	for _, a := range root.Attr {
		switch a.Name.Local {
		case "data-view":
			m.View = a.Value
		case "data-version":
			m.Version = a.Value
		case "data-digest":
			m.Digest = a.Value
		case "data-places":
			m.Places = a.Value
		case "data-painter":
			m.Painter = a.Value
		case "data-sum":
			m.Sum = a.Value
		}
	}
	return locate(m, data[begin:d.InputOffset()], begin, xmlSum)
}

// firstElement returns the root element and the offset where it begins.
func firstElement(d *xml.Decoder) (xml.StartElement, int, bool) {
	for {
		begin := int(d.InputOffset())
		token, err := d.RawToken()
		if err != nil {
			return xml.StartElement{}, 0, false
		}
		if root, ok := token.(xml.StartElement); ok {
			return root, begin, true
		}
	}
}

func findJSON(data []byte) (Mark, int, bool) {
	var top struct{ View, Version, Digest, Sum string }
	if err := json.Unmarshal(data, &top); err != nil {
		return Mark{}, 0, false
	}
	m := Mark{View: top.View, Version: top.Version, Digest: top.Digest, Sum: top.Sum}
	return locate(m, data, 0, jsonSum)
}

// locate finds where in a text the checksum of a mark is written. A quote inside a value is escaped
// in both formats, so the first match is the mark's own.
func locate(m Mark, text []byte, offset int, pattern *regexp.Regexp) (Mark, int, bool) {
	loc := pattern.FindSubmatchIndex(text)
	if loc == nil || m.Digest == "" || string(text[loc[2]:loc[3]]) != m.Sum {
		return Mark{}, 0, false
	}
	return m, offset + loc[2], true
}
