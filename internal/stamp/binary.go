package stamp

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
)

// pngText finds the mark in a PNG: what the chunk "Comment" says begins and ends where. A checksum of four bytes
// follows it.
func pngText(data []byte) (begin, end int, ok bool) {
	const signature = "\x89PNG\r\n\x1a\n"
	if !bytes.HasPrefix(data, []byte(signature)) {
		return 0, 0, false
	}
	for at := len(signature); len(data)-at >= 12; {
		size := int(binary.BigEndian.Uint32(data[at:]))
		if size > len(data)-at-12 {
			break
		}
		body := data[at+8 : at+8+size]
		if string(data[at+4:at+8]) == "tEXt" && bytes.HasPrefix(body, []byte(pngKey)) {
			// The zero byte before the mark is its sigil.
			return at + 8 + len(pngKey) - 1, at + 8 + size, true
		}
		at += 12 + size
	}
	return 0, 0, false
}

// pngKey begins the chunk.
const pngKey = "Comment\x00"

// pngSum is the chunk's checksum: over its kind and all it says.
func pngSum(data []byte, end int) []byte {
	begin, _, _ := pngText(data)
	return binary.BigEndian.AppendUint32(nil, crc32.ChecksumIEEE(data[begin-len(pngKey)+1-4:end]))
}

// pdfLine is the first line of a PDF; of another file nothing.
func pdfLine(data []byte) []byte {
	if !bytes.HasPrefix(data, []byte("%PDF-")) {
		return nil
	}
	if end := bytes.IndexByte(data, '\n'); end >= 0 {
		return data[:end+1]
	}
	return nil
}
