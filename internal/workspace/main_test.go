package workspace_test

import (
	"os"
	"testing"

	"github.com/asbuilt/asbuilt/internal/enginehome"
	"github.com/asbuilt/asbuilt/internal/process"
	"github.com/asbuilt/asbuilt/internal/workspace"
)

// TestMain lets the test binary be its own layout worker.
func TestMain(m *testing.M) {
	enginehome.Restore()
	if len(os.Args) > 1 && os.Args[1] == "layout-worker" {
		if workspace.ServeLayout(os.Stdin, os.Stdout) != nil {
			os.Exit(2)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// worker starts the test binary as a layout worker.
func worker() (process.Command, error) {
	self, err := os.Executable()
	return process.Command{Path: self, Args: []string{"layout-worker"}, Keep: []string{"XDG_CACHE_HOME"}}, err
}
