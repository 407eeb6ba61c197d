package enginehome

import (
	"encoding/binary"
	"hash/crc32"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// sweep takes away kept machine code that is damaged, so that the engine compiles it again: it would panic on
// it before main. It reports whether some is left.
func sweep(dir string) bool {
	fsys := os.DirFS(dir)
	kept, err := fs.Glob(fsys, "go-graphviz/*/*")
	if err != nil {
		return false
	}
	left := false
	for _, name := range kept {
		if sound(fsys, name) {
			left = true
			continue
		}
		os.Remove(filepath.Join(dir, filepath.FromSlash(name))) // when it fails, the engine says why
	}
	return left
}

const (
	mostFunctions = 1 << 20
	mostCode      = 1 << 30
)

// sound reports whether a file of machine code is whole: as the engine (wazero, internal/engine/wazevo,
// serializeCompiledModule) writes it, it is magic, the length of the version and the version, the number of
// functions and an offset for each, the length of the code and the code with its checksum, and a source map.
// All numbers are little-endian. It takes 2 ms.
func sound(fsys fs.FS, name string) bool {
	f, err := fsys.Open(name)
	if err != nil {
		return false
	}
	defer f.Close()
	r := &reader{from: f}
	if string(r.take(6)) != "WAZEVO" {
		return false
	}
	r.skip(int64(r.number(1)))
	functions := r.number(4)
	if functions > mostFunctions {
		return false
	}
	r.skip(8 * int64(functions))
	size := r.number(8)
	if size > mostCode {
		return false
	}
	if size > 0 {
		sum := crc32.New(crc32.MakeTable(crc32.Castagnoli))
		_, err := io.CopyN(sum, f, int64(size))
		if err != nil || uint64(sum.Sum32()) != r.number(4) {
			return false
		}
	}
	if mapped := r.number(1); mapped > 1 || r.failed {
		return false
	} else if mapped == 1 {
		entries := r.number(8)
		if entries > mostCode {
			return false
		}
		r.skip(16 * int64(entries))
	}
	return !r.failed
}

// reader reads until it fails; then it gives zeros.
type reader struct {
	from   io.Reader
	failed bool
}

func (r *reader) take(n int) []byte {
	b := make([]byte, n)
	if _, err := io.ReadFull(r.from, b); err != nil {
		r.failed = true
		return make([]byte, n)
	}
	return b
}

func (r *reader) number(bytesWide int) uint64 {
	var b [8]byte
	copy(b[:], r.take(bytesWide))
	return binary.LittleEndian.Uint64(b[:])
}

func (r *reader) skip(n int64) {
	if _, err := io.CopyN(io.Discard, r.from, n); err != nil {
		r.failed = true
	}
}
