// Package enginehome gives the layout engine a private folder for its native code.
//
// The engine (github.com/goccy/go-graphviz) compiles its WebAssembly while its package is
// initialised and keeps the machine code in $TMPDIR/go-graphviz: a predictable place that another user
// of the machine could fill with code of their own. The only lever that the engine leaves is the
// temporary folder, so the initialisation of this package – the one exception to the law that nothing
// happens before main – points it at a private folder before the engine looks, and Restore, the first
// line of main, puts it back.
//
// That this package comes first is by the Go specification (Program initialization): packages sorted by
// import path, each as soon as its imports are initialised. github.com/asbuilt sorts before
// github.com/goccy, and this package imports only what the engine imports too; a test holds it to that.
//
// The folder is asbuilt/engine in the user's cache folder, else asbuilt-UID/engine in the temporary
// folder. It must belong to the user and be closed to others. When neither can be had (a read-only or
// full disk, a folder that someone else made), the engine keeps nothing and compiles in each process. Machine code
// that is damaged is taken away: the engine would panic on it before main.
//
// What it costs each process that links the engine, on an amd64 of 2 cores: 23 ms and 4 MB of memory
// when the machine code is kept, 540 ms and 38 MB when it must be compiled. Commands that never lay out
// pay it too: the engine offers no way to start later.
package enginehome

import (
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
)

// room is the space that must be free before the engine first writes its machine code (6 MB at v0.2.10):
// it panics on a full disk.
const room = 8 << 20

// variable is an environment variable as the caller of the program set it.
type variable struct {
	name, value string
	set         bool
}

// original is what the caller set of the variables that os.TempDir reads: TMPDIR, on Windows TMP and TEMP.
var original = redirect("TMPDIR", "TMP", "TEMP")

// Restore gives the temporary folder back to the program. It is the first line of main.
func Restore() {
	for _, v := range original {
		if v.set {
			os.Setenv(v.name, v.value)
		} else {
			os.Unsetenv(v.name)
		}
	}
}

// home is the folder that was chosen; "" when there is none.
var home = choose()

// Home is where the engine keeps its machine code; "" when it keeps none.
func Home() string {
	if home == os.DevNull {
		return ""
	}
	return home
}

func redirect(names ...string) []variable {
	var before []variable
	for _, name := range names {
		value, set := os.LookupEnv(name)
		before = append(before, variable{name, value, set})
		os.Setenv(name, home)
	}
	return before
}

// choose returns a private folder, or a place where no folder can be made: the engine then keeps nothing.
func choose() string {
	if cache, err := os.UserCacheDir(); err == nil && os.MkdirAll(cache, 0o700) == nil {
		if dir, ok := private(cache, "asbuilt"); ok {
			return dir
		}
	}
	if uid := os.Geteuid(); uid >= 0 {
		if dir, ok := private(os.TempDir(), "asbuilt-"+strconv.Itoa(uid)); ok {
			return dir
		}
	}
	return os.DevNull
}

// private makes base/name/engine. ok is false unless nobody but the user can put anything there.
func private(base, name string) (dir string, ok bool) {
	info, err := os.Stat(base)
	if err != nil || open(info) && info.Mode()&fs.ModeSticky == 0 {
		return "", false
	}
	outer := filepath.Join(base, name)
	dir = filepath.Join(outer, "engine")
	return dir, own(outer, 0o022) && own(dir, 0o077) && ready(dir)
}

// open reports whether anybody may write in a folder. Windows guards folders by lists that the mode
// does not show; there the user's cache folder is the user's own.
func open(info fs.FileInfo) bool { return guarded && info.Mode().Perm()&0o002 != 0 }

// own makes a folder, and reports whether it is a real one of the user's that grants others none of
// the denied permissions.
func own(dir string, denied fs.FileMode) bool {
	os.Mkdir(dir, 0o700) // when it fails, what stands there decides
	info, err := os.Lstat(dir)
	return err == nil && info.IsDir() && (!guarded || owned(info) && info.Mode().Perm()&denied == 0)
}

// ready reports whether the engine will find its machine code, or can write it.
func ready(dir string) bool {
	if sweep(dir) {
		return true
	}
	probe, err := os.CreateTemp(dir, "probe-")
	if err != nil {
		return false
	}
	defer os.Remove(probe.Name())
	_, err = probe.Write(make([]byte, room))
	return probe.Close() == nil && err == nil
}
