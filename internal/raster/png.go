package raster

import (
	"bytes"
	"compress/flate"
	"encoding/binary"
	"fmt"
	"hash/adler32"
	"hash/crc32"
	"io"
	"math"

	"github.com/asbuilt/asbuilt/internal/geometry"
)

// MostDots is the size of the largest picture: what programs that show pictures still open.
const MostDots = 100_000_000

// TooLargeError is a picture of more dots than can be shown.
type TooLargeError struct{ Width, Height int }

func (e *TooLargeError) Error() string {
	return fmt.Sprintf("%d × %d dots are more than a PNG may have (%d million): choose a smaller --scale, or narrow the view with include or exclude",
		e.Width, e.Height, MostDots/1_000_000)
}

// Fits reports a picture that would be too large.
func Fits(size geometry.Size, scale float64) error {
	if size.W*scale*size.H*scale > MostDots {
		return &TooLargeError{dots(size.W, scale), dots(size.H, scale)}
	}
	return nil
}

// PNG writes the picture, with words of ours about it in a text chunk before the dots. Go's own encoder tries
// five filters on every row; rows of diagrams are most often the one above once more, so one filter is enough.
func (m *Image) PNG(about string) ([]byte, error) {
	var out bytes.Buffer
	out.WriteString("\x89PNG\r\n\x1a\n")
	header := binary.BigEndian.AppendUint32(nil, uint32(m.width))
	header = binary.BigEndian.AppendUint32(header, uint32(m.height))
	chunk(&out, "IHDR", append(header, 8, 2, 0, 0, 0)) // eight bits, three colours
	perMeter := uint32(math.Round(96 * m.scale / 0.0254))
	size := binary.BigEndian.AppendUint32(nil, perMeter)
	chunk(&out, "pHYs", append(binary.BigEndian.AppendUint32(size, perMeter), 1))
	chunk(&out, "tEXt", []byte("Comment\x00"+about))
	data, err := m.compressed()
	if err != nil {
		return nil, err
	}
	chunk(&out, "IDAT", data)
	chunk(&out, "IEND", nil)
	return out.Bytes(), nil
}

func (m *Image) compressed() ([]byte, error) {
	var out bytes.Buffer
	out.WriteString("\x78\x01") // the head of a zlib stream
	z, err := flate.NewWriter(&out, flate.BestSpeed)
	if err != nil {
		return nil, err
	}
	sum := uint32(1)
	above, line := make([]byte, 3*m.width), make([]byte, 3*m.width+1)
	m.rows(func(row []byte) {
		if err != nil {
			return
		}
		changed := difference(line, row, above)
		if changed {
			copy(above, row)
		}
		sum = joined(sum, line, !changed)
		_, err = z.Write(line)
	})
	if err != nil {
		return nil, err
	}
	if err := z.Close(); err != nil {
		return nil, err
	}
	return binary.BigEndian.AppendUint32(out.Bytes(), sum), nil
}

// joined is the Adler-32 of what has a sum and of a line after it, where the line is known to be the filter's number
// and zeros or not: those need not be looked at.
func joined(sum uint32, line []byte, zeros bool) uint32 {
	const modulus = 65521
	n := uint64(len(line)) % modulus
	var a, b uint64
	if zeros {
		a = 1 + uint64(line[0])
		b = n * a % modulus
	} else {
		own := adler32.Checksum(line)
		a, b = uint64(own&0xffff), uint64(own>>16)
	}
	a1, b1 := uint64(sum&0xffff), uint64(sum>>16)
	return uint32((b1+b+n*(a1+modulus-1))%modulus<<16 | (a1+a+modulus-1)%modulus)
}

// difference is a row less the one above it, with the filter's number before it. It reports whether there is any.
func difference(line, row, above []byte) bool {
	line[0] = 2 // up
	rest := line[1:]
	if bytes.Equal(row, above) {
		clear(rest)
		return false
	}
	i := 0
	const high = 0x8080808080808080
	for ; i+8 <= len(rest); i += 8 { // eight bytes at a time: no byte borrows from the next
		a, b := binary.LittleEndian.Uint64(row[i:]), binary.LittleEndian.Uint64(above[i:])
		binary.LittleEndian.PutUint64(rest[i:], ((a|high)-(b&^high))^((a^b^high)&high))
	}
	for ; i < len(rest); i++ {
		rest[i] = row[i] - above[i]
	}
	return true
}

func chunk(out io.Writer, kind string, data []byte) {
	head := binary.BigEndian.AppendUint32(nil, uint32(len(data)))
	body := append([]byte(kind), data...)
	out.Write(head)
	out.Write(body)
	out.Write(binary.BigEndian.AppendUint32(nil, crc32.ChecksumIEEE(body)))
}
