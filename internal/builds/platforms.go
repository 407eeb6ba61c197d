package builds

import (
	"strings"
	"sync"
)

// The operating systems and processors that a file name or a tag can name, past and future ones too, as in
// the toolchain's internal/syslist.
var (
	systems = [...]string{
		"aix", "android", "darwin", "dragonfly", "freebsd", "hurd", "illumos", "ios", "js", "linux", "nacl",
		"netbsd", "openbsd", "plan9", "solaris", "wasip1", "windows", "zos",
	}
	processors = [...]string{
		"386", "amd64", "amd64p32", "arm", "arm64", "arm64be", "armbe", "loong64", "mips", "mips64", "mips64le",
		"mips64p32", "mips64p32le", "mipsle", "ppc", "ppc64", "ppc64le", "riscv", "riscv64", "s390", "s390x",
		"sparc", "sparc64", "wasm",
	}
)

// ports are the pairs that the toolchain builds for (go tool dist list): an edge that exists on all of
// them is unconditional.
const ports = `aix/ppc64 android/386 android/amd64 android/arm android/arm64 darwin/amd64 darwin/arm64
dragonfly/amd64 freebsd/386 freebsd/amd64 freebsd/arm freebsd/arm64 freebsd/riscv64 illumos/amd64
ios/amd64 ios/arm64 js/wasm linux/386 linux/amd64 linux/arm linux/arm64 linux/loong64 linux/mips
linux/mips64 linux/mips64le linux/mipsle linux/ppc64 linux/ppc64le linux/riscv64 linux/s390x netbsd/386
netbsd/amd64 netbsd/arm netbsd/arm64 openbsd/386 openbsd/amd64 openbsd/arm openbsd/arm64 openbsd/ppc64
openbsd/riscv64 plan9/386 plan9/amd64 plan9/arm solaris/amd64 wasip1/wasm windows/386 windows/amd64
windows/arm64`

// systemSet and processorSet are sets of indices into systems and processors.
type (
	systemSet    uint32
	processorSet uint32
)

const (
	allSystems    = systemSet(1)<<len(systems) - 1
	allProcessors = processorSet(1)<<len(processors) - 1
)

// platformTags says what the tags mean that speak of platforms.
type platformTags struct {
	systems    map[string]systemSet
	processors map[string]processorSet
	// umbrella is, for each system, the one whose tag a build for it satisfies as well: linux for
	// android. It is the system itself for most.
	umbrella [len(systems)]int
}

// tagTable follows go/build: android satisfies linux, illumos solaris, ios darwin; and unix is on where
// internal/syslist says so.
var tagTable = sync.OnceValue(func() platformTags {
	t := platformTags{systems: map[string]systemSet{}, processors: map[string]processorSet{}}
	index := map[string]int{}
	for i, name := range systems {
		t.systems[name] |= 1 << i
		t.umbrella[i], index[name] = i, i
	}
	for i, name := range processors {
		t.processors[name] = 1 << i
	}
	for _, pair := range [...][2]string{{"android", "linux"}, {"illumos", "solaris"}, {"ios", "darwin"}} {
		t.systems[pair[1]] |= t.systems[pair[0]]
		t.umbrella[index[pair[0]]] = index[pair[1]]
	}
	for name := range strings.FieldsSeq("aix android darwin dragonfly freebsd hurd illumos ios linux netbsd openbsd solaris") {
		t.systems["unix"] |= 1 << index[name]
	}
	return t
})

// systemsOf returns the operating systems that satisfy a tag; none when it is no such tag.
func systemsOf(tag string) systemSet { return tagTable().systems[tag] }

// processorsOf returns the processor that a tag names; none when it is no such tag.
func processorsOf(tag string) processorSet { return tagTable().processors[tag] }

// SuffixTags returns the tags that a file name implies: name_linux.go, name_linux_arm64_test.go. The
// rule is go/build's: what stands before the first underscore never counts.
func SuffixTags(name string) []string {
	stem, _, _ := strings.Cut(name, ".")
	_, stem, ok := strings.Cut(stem, "_")
	if !ok {
		return nil
	}
	parts := strings.Split(stem, "_")
	if parts[len(parts)-1] == "test" {
		parts = parts[:len(parts)-1]
	}
	n := len(parts)
	if n >= 2 && isSystem(parts[n-2]) && processorsOf(parts[n-1]) != 0 {
		return parts[n-2:]
	}
	if n >= 1 && (isSystem(parts[n-1]) || processorsOf(parts[n-1]) != 0) {
		return parts[n-1:]
	}
	return nil
}

func isSystem(name string) bool { return name != "unix" && systemsOf(name) != 0 }
