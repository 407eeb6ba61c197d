package pdf

import (
	"bytes"
	"errors"
	"fmt"
	"strconv"
)

// timeless takes out the dates, which no file of ours has. What is left are blanks: nothing moves.
func timeless(file []byte) []byte {
	for _, date := range []string{"/CreationDate (D:19700101000000)", "/ModDate (D:19700101000000)"} {
		if at := bytes.LastIndex(file, []byte(date)); at >= 0 {
			copy(file[at:], bytes.Repeat([]byte(" "), len(date)))
		}
	}
	return file
}

var errForm = errors.New("the PDF has not the form that a comment can be put into")

// commented puts a comment on the second line, and counts what stands where anew. A file ends with the offsets of its
// objects, ten digits each, and the offset of that table.
func commented(file []byte, about string) ([]byte, error) {
	const tail = "startxref\n"
	head := bytes.IndexByte(file, '\n') + 1
	end := bytes.LastIndex(file, []byte(tail))
	if head == 0 || end < 0 {
		return nil, errForm
	}
	number, _, _ := bytes.Cut(file[end+len(tail):], []byte("\n"))
	table, err := strconv.Atoi(string(number))
	if err != nil || table < head || table > end || !bytes.HasPrefix(file[table:], []byte("xref\n0 ")) {
		return nil, errForm
	}
	comment := "%" + about + "\n"
	out := append(append(make([]byte, 0, len(file)+len(comment)), file[:head]...), comment...)
	out = append(out, file[head:table]...)
	for line := range bytes.Lines(file[table:end]) {
		if rest, ok := bytes.CutSuffix(line, []byte(" 00000 n \n")); ok {
			offset, err := strconv.Atoi(string(rest))
			if err != nil {
				return nil, errForm
			}
			line = fmt.Appendf(nil, "%010d 00000 n \n", offset+len(comment))
		}
		out = append(out, line...)
	}
	return fmt.Appendf(out, "%s%d\n%%%%EOF\n", tail, table+len(comment)), nil
}
