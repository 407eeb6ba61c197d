package files

import (
	"io/fs"
	"syscall"
)

// complete adds what the system alone tells.
func (s *Stamp) complete(info fs.FileInfo) bool {
	stat, ok := info.Sys().(*syscall.Stat_t)
	if ok {
		s.device, s.inode, s.changed = stat.Dev, stat.Ino, stat.Ctim.Nano()
	}
	return ok
}
