package rewrite

import "bytes"

// dress is how an editor stores a text. It says nothing, so it stays as it is.
type dress struct {
	mark bool // a byte order mark before the text
	crlf bool // lines end with CR LF
}

// undress is a text with LF line ends and without a byte order mark, and how it was stored. Where line ends differ,
// the first decides.
func undress(src []byte) ([]byte, dress) {
	var d dress
	text, mark := bytes.CutPrefix(src, []byte("\ufeff"))
	first := bytes.IndexByte(text, '\n')
	d.mark, d.crlf = mark, first > 0 && text[first-1] == '\r'
	return bytes.ReplaceAll(text, []byte("\r\n"), []byte("\n")), d
}

// on stores a text in that way.
func (d dress) on(text []byte) []byte {
	if d.crlf {
		text = bytes.ReplaceAll(text, []byte("\n"), []byte("\r\n"))
	}
	if d.mark {
		text = append([]byte("\ufeff"), text...)
	}
	return text
}
