package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestWatchAtTheLimits: where the system gives a user no watcher, or too few watches, that is said in one line, and saves
// are found all the same. Where it grants no namespace with limits of its own, nothing is to be said.
func TestWatchAtTheLimits(t *testing.T) {
	self, err := os.Executable()
	require.NoError(t, err)
	for limit, says := range map[string]string{
		"max_inotify_watches": "fs.inotify.max_user_watches", "max_inotify_instances": "fs.inotify.max_user_instances",
	} {
		t.Run(limit, func(t *testing.T) {
			dir := t.TempDir()
			write := func(name, text string) {
				require.NoError(t, os.MkdirAll(filepath.Dir(filepath.Join(dir, name)), 0o755))
				require.NoError(t, os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644))
			}
			write("go.mod", "module m.example\ngo 1.26\n")
			for _, name := range []string{"a", "b", "c", "d"} {
				write("deep/"+name+"/x.go", "package x\n")
			}
			write("m.arch.hcl", "component \"a\" {\n  code { go = [\"./deep/a\"] }\n}\ncomponent \"rest\" {\n  code { go = [\"./...\"] }\n}\nview \"landscape\" \"all\" {\n  drift = true\n}\n")
			own := &syscall.SysProcAttr{
				Cloneflags:  syscall.CLONE_NEWUSER,
				UidMappings: []syscall.SysProcIDMap{{ContainerID: 0, HostID: os.Getuid(), Size: 1}},
				GidMappings: []syscall.SysProcIDMap{{ContainerID: 0, HostID: os.Getgid(), Size: 1}},
			}
			lowered := "echo 2 > /proc/sys/user/" + limit
			if limit == "max_inotify_instances" {
				lowered = "echo 0 > /proc/sys/user/" + limit
			}
			probe := exec.Command("sh", "-c", lowered)
			probe.SysProcAttr = own
			if err := probe.Run(); err != nil {
				t.Logf("no namespace with its own limits: %v", err)
				own, lowered, says = nil, "true", ""
			}
			cmd := exec.Command("sh", "-c", lowered+` && exec "$0" "$@"`, self, "watch", "--format", "mermaid")
			cmd.Dir, cmd.SysProcAttr = dir, own
			p := launch(t, cmd)
			require.Equal(t, "built docs/architecture/all.mmd", p.out.next())
			require.True(t, strings.HasPrefix(p.out.next(), "watching .: "))
			write("deep/a/x.go", "package x\nimport _ \"m.example/deep/d\"\n")
			require.Equal(t, "built docs/architecture/all.mmd", p.out.next())
			status, _, words := p.interrupt()
			require.Zero(t, status)
			require.Equal(t, strings.Count(words, "\n"), strings.Count(words, "watch: no events: "), "one line: %s", words)
			require.Contains(t, words, says)
		})
	}
}
