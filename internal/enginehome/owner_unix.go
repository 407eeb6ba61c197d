//go:build unix

package enginehome

import (
	"io/fs"
	"os"
	"syscall"
)

// guarded says that permissions and owners show in what the system tells of a file.
const guarded = true

func owned(info fs.FileInfo) bool {
	stat, ok := info.Sys().(*syscall.Stat_t)
	return ok && int(stat.Uid) == os.Geteuid()
}
