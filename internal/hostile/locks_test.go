//go:build unix

package hostile

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/stretchr/testify/require"
)

// locks are files of places that no asbuilt wrote.
func locks() []attack {
	const (
		first = "format = 1\n"
		a     = `node "v" "component.a" "" { place = [%s] }` + "\n"
	)
	line := func(numbers string) string { return first + fmt.Sprintf(a, numbers) }
	var out []attack
	add := func(name, text string, status int, says string) {
		for _, args := range [][]string{{"check"}, {"render", "--check"}, {"render", "--out", "-", "--format", "dot"}} {
			of := status
			switch {
			case status == 0 && args[0] == "render" && args[1] == "--check":
				of = 1 // there is no picture
			case status == 0:
			case args[1:] != nil && len(args) > 2 && strings.HasPrefix(says, "merge"):
				of = 0
			}
			out = append(out, attack{
				name: "locks/" + name + "-" + strings.Join(args, "-"), args: args, status: of, says: strings.TrimPrefix(says, "merge: "),
				files: map[string]string{
					"go.mod": goMod, "a.go": "package a\n", "asbuilt.lock.hcl": text,
					"m.arch.hcl": plainArch + "view \"landscape\" \"v\" {\n  include = components()\n}\n",
				},
			})
		}
	}
	const damaged = "a line that is not as asbuilt writes it"
	add("beyond", line("1e999, 0, 168, 60, 0"), 2, damaged)
	add("nan", line("NaN, 0, 168, 60, 0"), 2, damaged)
	add("infinite", line("-Infinity, 0, 168, 60, 0"), 2, damaged)
	add("hex", line("0x7fffffffffffffff, 0, 168, 60, 0"), 2, damaged)
	add("huge", line("99999999999999999999999999, 0, 168, 60, 0"), 2, damaged)
	add("million digits", line(strings.Repeat("9", 1_000_000)+", 0, 168, 60, 0"), 2, damaged)
	add("far", line("1000001, 0, 168, 60, 0"), 2, damaged)
	add("giant", line("0, 0, 99999, 99999, 0"), 2, damaged)
	add("nothing", line("0, 0, 0, 0, 0"), 2, damaged)
	add("late", line("0, 0, 168, 60, 1000001"), 2, damaged)
	add("call", line("file(\"../secret.go\"), 0, 168, 60, 0"), 2, damaged)
	add("control", first+"node \"v\" \"\x1b[2J\" \"\" { place = [0, 0, 168, 60, 0] }\n", 2, damaged)
	add("workflow", first+"::error::x\n", 2, damaged)
	add("deep", first+strings.Repeat("[", 100_000)+"\n", 2, damaged)
	add("long", first+strings.Repeat("junk\n", 1_000_000), 2, damaged)
	add("empty", "", 2, "the first line names no format")
	add("binary", "\x00\x01\xff", 2, "the first line names no format")
	add("newer", "format = 2\n", 2, "format 2")
	add("markers", "<<<<<<< ::error::x\n"+line("0, 0, 168, 60, 0")+"=======\n>>>>>>>\n", 2, "merge: a merge conflict stands here")
	add("twice", line("0, 0, 168, 60, 0")+fmt.Sprintf(a, "5, 5, 168, 60, 0"), 2, "merge: two places")
	add("unknown views", first+"view \"\\u202egone\" { direction = \"up\" }\n"+strings.ReplaceAll(fmt.Sprintf(a, "0, 0, 168, 60, 0"), `"v"`, `"nowhere"`), 0, "")
	add("edge of the plane", line("1000000, -1000000, 10000, 10000, 1000000"), 0, "")
	out = append(out, attack{
		name: "locks/fifo", status: 2, says: "not a regular file", files: map[string]string{"go.mod": goMod, "a.go": "package a\n", "m.arch.hcl": plainArch},
		setup: func(t *testing.T, dir string) {
			require.NoError(t, syscall.Mkfifo(filepath.Join(dir, "asbuilt.lock.hcl"), 0o644))
		},
	}, attack{
		name: "locks/link out", status: 2, says: "asbuilt.lock.hcl", files: map[string]string{"go.mod": goMod, "a.go": "package a\n", "m.arch.hcl": plainArch},
		setup: func(t *testing.T, dir string) {
			require.NoError(t, os.Symlink("../secret.go", filepath.Join(dir, "asbuilt.lock.hcl")))
		},
	})
	return out
}
