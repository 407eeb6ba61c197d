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
	"runtime"
	"sync"

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

// bandBytes is about how much a band holds before it is compressed. Bands are the same on every machine, so their
// bytes are, too.
const bandBytes = 4 << 20

// band is rows that are compressed by themselves, while other processors are at others.
type band struct {
	from, to int // rows
	last     bool
	data     bytes.Buffer
	sum      uint32
	err      error
}

func (m *Image) bands() []*band {
	height := max(1, bandBytes/(3*m.width+1))
	var out []*band
	for y := 0; y < m.height; y += height {
		out = append(out, &band{from: y, to: min(y+height, m.height)})
	}
	if len(out) > 0 {
		out[len(out)-1].last = true
	}
	return out
}

func (m *Image) compressed() ([]byte, error) {
	dots := m.sorted()
	bands := m.bands()
	var wait sync.WaitGroup
	turn := make(chan struct{}, runtime.GOMAXPROCS(0))
	for _, b := range bands {
		turn <- struct{}{}
		wait.Go(func() {
			defer func() { <-turn }()
			b.err = m.compress(b, dots)
		})
	}
	wait.Wait()
	out := []byte("\x78\x01") // the head of a zlib stream
	sum := uint32(1)
	for _, b := range bands {
		if b.err != nil {
			return nil, b.err
		}
		out = append(out, b.data.Bytes()...)
		sum = joined(sum, b.sum, (b.to-b.from)*(3*m.width+1))
	}
	return binary.BigEndian.AppendUint32(out, sum), nil
}

// compress writes the rows of a band so that those of the next can follow.
func (m *Image) compress(b *band, dots ordered) error {
	z, err := flate.NewWriter(&b.data, flate.BestSpeed)
	if err != nil {
		return err
	}
	b.sum = 1
	row, above, line := make([]byte, 3*m.width), make([]byte, 3*m.width), make([]byte, 3*m.width+1)
	if b.from > 0 {
		m.paint(above, dots.row(b.from-1))
	}
	for y := b.from; y < b.to; y++ {
		clear(row)
		m.paint(row, dots.row(y))
		changed := difference(line, row, above)
		b.sum = joined(b.sum, checksum(line, !changed), len(line))
		if _, err := z.Write(line); err != nil {
			return err
		}
		row, above = above, row
	}
	if b.last {
		return z.Close()
	}
	return z.Flush()
}

// checksum is the Adler-32 of a line, which is known to be the filter's number and zeros or not: those need not be
// looked at.
func checksum(line []byte, zeros bool) uint32 {
	if !zeros {
		return adler32.Checksum(line)
	}
	a := 1 + uint32(line[0])
	return uint32(uint64(len(line))*uint64(a)%adler)<<16 | a
}

const adler = 65521 // what sums are taken by

// joined is the Adler-32 of two texts, one after the other, of which the second has a length.
func joined(first, second uint32, length int) uint32 {
	n := uint64(length) % adler
	a1, b1, a2, b2 := uint64(first&0xffff), uint64(first>>16), uint64(second&0xffff), uint64(second>>16)
	return uint32((b1+b2+n*(a1+adler-1))%adler<<16 | (a1+a2+adler-1)%adler)
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
