//go:build unix

package golang

import (
	"syscall"
	"testing"
)

func mkfifo(path string) error { return syscall.Mkfifo(path, 0o644) }

// TestTreesWithLinks needs a system where anyone can make links and FIFOs.
func TestTreesWithLinks(t *testing.T) { runTrees(t, "testdata/unix/*.txtar") }
