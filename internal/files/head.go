package files

import (
	"io"
	"io/fs"
	"os"
	"syscall"
)

// ReadHead reads the beginning of a regular file in the folder into buf and returns its length; whole
// tells that the file ends there. A file of more than limit bytes is an error, as in Read.
func (d *Dir) ReadHead(name string, buf []byte, limit int64) (n int, whole bool, err error) {
	f, err := d.root.OpenFile(name, os.O_RDONLY|syscall.O_NONBLOCK, 0)
	if err != nil {
		return 0, false, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return 0, false, err
	}
	if !info.Mode().IsRegular() {
		return 0, false, &fs.PathError{Op: "read", Path: name, Err: ErrNotRegular}
	}
	if info.Size() > limit {
		return 0, false, &fs.PathError{Op: "read", Path: name, Err: tooLarge(limit)}
	}
	n, err = io.ReadFull(f, buf[:min(int64(len(buf)), info.Size())])
	if err == io.EOF || err == io.ErrUnexpectedEOF { // it shrank meanwhile
		return n, true, nil
	}
	return n, int64(n) == info.Size(), err
}
