package files

import (
	"io/fs"
	"time"
)

// Stamp tells one state of a file or folder from another: which one it is, and when it last changed in whatever way. The
// time of the change is the system's own, which no program sets. The zero value is no stamp.
type Stamp struct {
	device, inode     uint64
	size              int64
	modified, changed int64 // nanoseconds
	mode              fs.FileMode
}

// fresh is how long after a change another one may leave the same times.
const fresh = 2 * time.Second

// StampOf is the stamp of what was described; zero where the system tells too little.
func StampOf(info fs.FileInfo) Stamp {
	s := Stamp{size: info.Size(), modified: info.ModTime().UnixNano(), mode: info.Mode()}
	if !s.complete(info) {
		return Stamp{}
	}
	return s
}

// Holds reports whether what had this stamp at a time, and has it again, is the same: it was no longer fresh then.
func (s Stamp) Holds(at time.Time) bool {
	return s != Stamp{} && at.Sub(time.Unix(0, max(s.modified, s.changed))) > fresh
}

// IsDir reports whether it is of a folder.
func (s Stamp) IsDir() bool { return s.mode.IsDir() }

// IsRegular reports whether it is of a regular file.
func (s Stamp) IsRegular() bool { return s.mode.IsRegular() }
