//go:build unix

package enginehome_test

import (
	"bufio"
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/asbuilt/asbuilt/internal/enginehome"
)

const reportEnv = "ENGINEHOME_TEST_REPORT"

// TestMain, asked by the environment, is a program that says where the engine would have looked, and
// what is left of that after Restore.
func TestMain(m *testing.M) {
	if os.Getenv(reportEnv) == "" {
		os.Exit(m.Run())
	}
	fmt.Println(os.Getenv("TMPDIR"))
	enginehome.Restore()
	for _, name := range []string{"TMPDIR", "TMP", "TEMP"} {
		value, set := os.LookupEnv(name)
		fmt.Println(name, set, value)
	}
}

// report runs the program above with an environment of exactly env.
func report(t *testing.T, env ...string) []string {
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(env, reportEnv+"=1")
	out, err := cmd.Output()
	require.NoError(t, err)
	var lines []string
	for s := bufio.NewScanner(bytes.NewReader(out)); s.Scan(); {
		lines = append(lines, s.Text())
	}
	require.Len(t, lines, 4)
	return lines
}

func TestChoice(t *testing.T) {
	const inHome, inTemp, nowhere = "home", "temp", "nowhere"
	uid := "asbuilt-" + strconv.Itoa(os.Geteuid())
	mkdir := func(t *testing.T, mode os.FileMode, parts ...string) string {
		dir := filepath.Join(parts...)
		require.NoError(t, os.MkdirAll(dir, 0o755))
		require.NoError(t, os.Chmod(dir, mode))
		return dir
	}
	for name, c := range map[string]struct {
		prepare func(t *testing.T, cache, temp string)
		home    string // "" for the prepared one
		want    string
	}{
		"first use": {want: inHome},
		"used before": {
			prepare: func(t *testing.T, cache, _ string) { mkdir(t, 0o700, cache, "asbuilt", "engine") },
			want:    inHome,
		},
		"no home":        {home: "unset", want: inTemp},
		"home is a file": {home: os.Args[0], want: inTemp},
		"engine folder open to readers": {
			prepare: func(t *testing.T, cache, _ string) { mkdir(t, 0o755, cache, "asbuilt", "engine") },
			want:    inTemp,
		},
		"outer folder open to writers": {
			prepare: func(t *testing.T, cache, _ string) { mkdir(t, 0o777, cache, "asbuilt") },
			want:    inTemp,
		},
		"cache folder open to writers": {
			prepare: func(t *testing.T, cache, _ string) { mkdir(t, 0o777, cache) },
			want:    inTemp,
		},
		"engine folder is a link": {
			prepare: func(t *testing.T, cache, temp string) {
				mkdir(t, 0o700, cache, "asbuilt")
				require.NoError(t, os.Symlink(mkdir(t, 0o700, temp, "theirs"), filepath.Join(cache, "asbuilt", "engine")))
			},
			want: inTemp,
		},
		"engine folder is a file": {
			prepare: func(t *testing.T, cache, _ string) {
				mkdir(t, 0o700, cache, "asbuilt")
				require.NoError(t, os.WriteFile(filepath.Join(cache, "asbuilt", "engine"), nil, 0o600))
			},
			want: inTemp,
		},
		"no home, temporary folder without sticky bit": {
			prepare: func(t *testing.T, _, temp string) { mkdir(t, 0o777, temp) },
			home:    "unset", want: nowhere,
		},
		"no home, someone was there first": {
			prepare: func(t *testing.T, _, temp string) { mkdir(t, 0o777, temp, uid) },
			home:    "unset", want: nowhere,
		},
	} {
		t.Run(name, func(t *testing.T) {
			home, temp := t.TempDir(), mkdir(t, 0o777|os.ModeSticky, t.TempDir())
			cache := cacheFolder(t, home)
			if c.prepare != nil {
				c.prepare(t, cache, temp)
			}
			env := []string{"TMPDIR=" + temp, "HOME=" + home}
			switch c.home {
			case "":
			case "unset":
				env = env[:1]
			default:
				env[1] = "HOME=" + c.home
			}
			want := map[string]string{
				inHome:  filepath.Join(cache, "asbuilt", "engine"),
				inTemp:  filepath.Join(temp, uid, "engine"),
				nowhere: os.DevNull,
			}[c.want]
			require.Equal(t, want, report(t, env...)[0])
			if c.want == nowhere {
				return
			}
			info, err := os.Lstat(want)
			require.NoError(t, err)
			require.Equal(t, os.ModeDir|0o700, info.Mode())
			left, err := os.ReadDir(want)
			require.NoError(t, err)
			require.Empty(t, left, "the probe is gone")
		})
	}
}

// cacheFolder is os.UserCacheDir of another home.
func cacheFolder(t *testing.T, home string) string {
	t.Setenv("HOME", home)
	t.Setenv("XDG_CACHE_HOME", "")
	dir, err := os.UserCacheDir()
	require.NoError(t, err)
	return dir
}

func TestRestore(t *testing.T) {
	home, temp := t.TempDir(), t.TempDir()
	require.Equal(t,
		[]string{"TMPDIR true " + temp, "TMP true ", "TEMP false "},
		report(t, "HOME="+home, "TMPDIR="+temp, "TMP=")[1:])
	require.Equal(t,
		[]string{"TMPDIR false ", "TMP false ", "TEMP false "},
		report(t, "HOME="+home)[1:])
}

// With no import that the engine does not have as well, this package is ready whenever the engine is,
// and its import path sorts first: so it is initialised first, whatever else a program imports.
func TestInitialisedBeforeTheEngine(t *testing.T) {
	const self, engine = "github.com/asbuilt/asbuilt/internal/enginehome", "github.com/goccy/go-graphviz/internal/wasm"
	require.Less(t, self, engine)
	theirs := map[string]bool{self: true}
	for _, p := range dependencies(t, engine) {
		theirs[p] = true
	}
	for _, p := range dependencies(t, self) {
		require.True(t, theirs[p], "%s is not imported by the engine: it could be initialised after it", p)
	}
}

func dependencies(t *testing.T, pkg string) []string {
	out, err := exec.Command("go", "list", "-deps", pkg).Output()
	require.NoError(t, err)
	return strings.Fields(string(out))
}

// Whatever happens to kept machine code, the engine starts, and compiles again what was damaged.
func TestDamagedCode(t *testing.T) {
	home, program := t.TempDir(), filepath.Join(t.TempDir(), "asbuilt")
	built, err := exec.Command("go", "build", "-o", program, "github.com/asbuilt/asbuilt/cmd/asbuilt").CombinedOutput()
	require.NoError(t, err, "%s", built)
	version := func() {
		cmd := exec.Command(program, "version")
		cmd.Env = append(os.Environ(), "XDG_CACHE_HOME="+home)
		out, err := cmd.CombinedOutput()
		require.NoError(t, err, "%s", out)
	}
	kept := func() (string, []byte) {
		all, err := filepath.Glob(filepath.Join(home, "asbuilt", "engine", "go-graphviz", "*", "*"))
		require.NoError(t, err)
		require.Len(t, all, 1)
		data, err := os.ReadFile(all[0])
		require.NoError(t, err)
		return all[0], data
	}
	version()
	name, whole := kept()
	for says, damage := range map[string]func(b []byte) []byte{
		"empty":     func([]byte) []byte { return nil },
		"cut short": func(b []byte) []byte { return b[:len(b)/2] },
		"a bit off": func(b []byte) []byte { b[len(b)/3] ^= 1; return b },
		"many functions": func(b []byte) []byte {
			copy(b[6+1+int(b[6]):], "\xff\xff\xff\xff")
			return b
		},
	} {
		require.NoError(t, os.WriteFile(name, damage(bytes.Clone(whole)), 0o600))
		version()
		_, again := kept()
		require.Equal(t, len(whole), len(again), says)
	}
}
