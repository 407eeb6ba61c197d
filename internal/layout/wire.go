package layout

import (
	"encoding/binary"
	"encoding/json"
	"fmt"
	"io"

	"github.com/asbuilt/asbuilt/internal/geometry"
)

// A question and its answer are frames: their length in four bytes, big endian, then JSON, whose numbers
// read back exactly.

const frameLimit = 64 << 20

type question struct {
	Request geometry.Request
	Manner  int // index into manners
}

type answer struct {
	Plan  geometry.Plan
	Fault string `json:",omitempty"` // why there is no plan
}

func send(w io.Writer, message any) error {
	text, err := json.Marshal(message)
	if err != nil {
		return err
	}
	frame := append(binary.BigEndian.AppendUint32(nil, uint32(len(text))), text...)
	_, err = w.Write(frame)
	return err
}

// receive reads one frame. Its error is io.EOF when there is none.
func receive(r io.Reader, message any) error {
	var head [4]byte
	if _, err := io.ReadFull(r, head[:]); err != nil {
		return err
	}
	size := binary.BigEndian.Uint32(head[:])
	if size > frameLimit {
		return fmt.Errorf("a message of %d bytes", size)
	}
	text, err := io.ReadAll(io.LimitReader(r, int64(size)))
	if err != nil {
		return err
	}
	if len(text) < int(size) {
		return io.ErrUnexpectedEOF
	}
	return json.Unmarshal(text, message)
}
