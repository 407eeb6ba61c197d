package main

import (
	"bytes"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestNoNetwork runs the commands in a network namespace without any interface: each gives the same bytes and the same
// status as outside. Where the system grants no namespace, they are compared with a second run.
func TestNoNetwork(t *testing.T) {
	self, err := os.Executable()
	require.NoError(t, err)
	shop := t.TempDir()
	require.NoError(t, os.CopyFS(shop, os.DirFS(filepath.Join("..", "..", "examples", "shop"))))
	empty := &syscall.SysProcAttr{
		Cloneflags:  syscall.CLONE_NEWUSER | syscall.CLONE_NEWNET,
		UidMappings: []syscall.SysProcIDMap{{ContainerID: os.Getuid(), HostID: os.Getuid(), Size: 1}},
		GidMappings: []syscall.SysProcIDMap{{ContainerID: os.Getgid(), HostID: os.Getgid(), Size: 1}},
	}
	probe := exec.Command(self, "version")
	probe.Env, probe.SysProcAttr = append(os.Environ(), asProgram+"=1"), empty
	if err := probe.Run(); err != nil {
		t.Logf("no namespace without a network: %v", err)
		empty = nil
	}
	for _, args := range [][]string{
		{"check", "--format", "json"},
		{"validate"},
		{"render", "--out", "-"},
		{"render", "--check"},
		{"prove", "--format", "json"},
		{"observe", "--format", "json"},
		{"why", "component.checkout", "component.payments"},
		{"stats"},
		{"debt"},
		{"adopt", "--diff"},
		{"version", "--json"},
	} {
		run := func(attr *syscall.SysProcAttr) (string, string, int) {
			var out, errs bytes.Buffer
			cmd := exec.Command(self, args...)
			cmd.Dir, cmd.Stdout, cmd.Stderr = shop, &out, &errs
			cmd.Env, cmd.SysProcAttr = append(os.Environ(), asProgram+"=1"), attr
			err := cmd.Run()
			var exit *exec.ExitError
			require.True(t, err == nil || errors.As(err, &exit), "%v: %v", args, err)
			return out.String(), errs.String(), cmd.ProcessState.ExitCode()
		}
		out, errs, status := run(nil)
		require.NotEqual(t, 2, status, "%v: %s", args, errs)
		alone, aloneErrs, aloneStatus := run(empty)
		require.Equal(t, status, aloneStatus, "%v: %s", args, aloneErrs)
		require.Equal(t, out, alone, "%v", args)
		require.Equal(t, errs, aloneErrs, "%v", args)
	}
}
