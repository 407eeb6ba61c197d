package builds

import (
	"go/build/constraint"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func parseConditions(t testing.TB, minor int, texts ...string) []*Condition {
	t.Helper()
	var out []*Condition
	for _, text := range texts {
		x, err := constraint.Parse("//go:build " + text)
		require.NoError(t, err, text)
		out = append(out, New(x, minor))
	}
	return out
}

func TestVariants(t *testing.T) {
	for _, c := range []struct {
		name  string
		files []string // the constraints of the files that show an edge, go1.26 required
		want  []string
	}{
		{"one platform", []string{"windows"}, []string{"windows"}},
		{"complementary", []string{"linux", "!linux"}, nil},
		{"every system", []string{"unix", "windows", "plan9", "js || wasip1"}, nil},
		{"all but one", []string{"unix", "windows", "js || wasip1"}, []string{"!plan9"}},
		{"every processor that is built", []string{
			"386 || amd64 || arm || arm64", "loong64 || mips || mips64 || mips64le || mipsle",
			"ppc64 || ppc64le || riscv64 || s390x || wasm",
		}, nil},
		{"every processor of one system", []string{"windows && amd64", "windows && 386", "windows && arm64"}, []string{"windows"}},
		{"with and without cgo", []string{"linux && cgo", "linux && !cgo"}, []string{"linux"}},
		{"cgo, then platforms", []string{"cgo && linux", "!cgo"}, []string{"!cgo", "linux"}},
		{"order of literals", []string{"!cgo && amd64 && linux && custom"}, []string{"linux && amd64 && !cgo && custom"}},
		{"android is linux", []string{"linux", "android"}, []string{"linux"}},
		{"linux without android", []string{"linux && !android"}, []string{"linux && !android"}},
		{"linux and android apart", []string{"linux && !android", "android"}, []string{"linux"}},
		{"ios is darwin, illumos is solaris", []string{"darwin", "ios", "solaris || illumos"}, []string{"darwin", "solaris"}},
		{"unix, spelled out", []string{"aix || android || darwin || dragonfly || freebsd || illumos || ios || linux || netbsd || openbsd || solaris"}, []string{"unix"}},
		{"exceptions", []string{"unix && !aix && !solaris"}, []string{"unix && !aix && !solaris"}},
		{"not windows", []string{"!windows"}, []string{"!windows"}},
		{"two of three", []string{"darwin", "windows"}, []string{"darwin", "windows"}},
		{"a processor or a system", []string{"linux", "arm64"}, []string{"arm64", "linux"}},
		{"implied processor", []string{"js && wasm"}, []string{"js"}},
		{"absorbed", []string{"linux && custom", "linux", "linux && race"}, []string{"linux"}},
		{"consensus", []string{"a && b", "!a && c", "b && c"}, []string{"!a && c", "a && b"}},
		{"one of two compilers", []string{"gc", "gccgo"}, nil},
		{"another compiler", []string{"gccgo"}, []string{"!gc"}},
		{"release that is certain", []string{"go1.20"}, nil},
		{"future release", []string{"go1.99"}, []string{"go1.99"}},
		{"before and after a release", []string{"go1.99", "!go1.99"}, nil},
		{"releases come in order", []string{"go1.98", "!go1.99"}, nil},
		{"custom tag on and off", []string{"enterprise", "!enterprise"}, nil},
		{"custom tag", []string{"enterprise"}, []string{"enterprise"}},
		{"old name", []string{"boringcrypto"}, []string{"goexperiment.boringcrypto"}},
		{"ignore alone is off", []string{"ignore || linux"}, []string{"linux"}},
		{"nothing builds for it", []string{"nacl"}, []string{"nacl"}},
		{"nothing builds for the pair", []string{"linux && wasm"}, []string{"linux && wasm"}},
		{"nothing builds for some", []string{"nacl", "windows"}, []string{"windows"}},
		{"many tags stay apart", []string{"a && b && c && d && e", "f && g && h && i && j", "linux || darwin"}, []string{
			"a && b && c && d && e", "darwin", "f && g && h && i && j", "linux",
		}},
		{"another platform's tag by hand", []string{"linux && windows", "gc && gccgo"}, []string{"gc && gccgo", "linux && windows"}},
		{"and an ordinary build", []string{"linux && windows", "darwin"}, []string{"darwin", "linux && windows"}},
		{"and all ordinary builds", []string{"linux && windows", "darwin", "!darwin"}, nil},
		{"too many tags in one", []string{"a&&b&&c&&d&&e&&f&&g&&h&&i", "k||!k"}, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			conditions := parseConditions(t, 26, c.files...)
			require.Equal(t, c.want, Variants(conditions))
			slices.Reverse(conditions)
			require.Equal(t, c.want, Variants(conditions), "in another order")
		})
	}
}

// TestNever: every tag but ignore can be set with -tags, that of another platform too; none has two values.
func TestNever(t *testing.T) {
	for text, want := range map[string]bool{
		"ignore": true, "ignore && linux": true, "linux && windows": false, "amd64 && arm64": false,
		"!go1.18": true, "gc && gccgo": false, "unix && plan9": false, "!unix && linux": false, "a && !a": true,
		"linux && !linux": true, "linux && windows && !windows": true, "linux && windows && ignore": true,
		"boringcrypto && !goexperiment.boringcrypto": true, "tools": false, "linux && android": false,
		"ignore || tools": false, "!go1.99": false, "nacl": false,
		"ignore && a && b && c && d && e && f && g && h && i && j": true,
	} {
		c := parseConditions(t, 26, text)[0]
		require.Equal(t, want, c.never, text)
	}
}

// variantSeeds are constraints of files, one a line.
var variantSeeds = []string{
	"linux\n!linux", "linux && windows\ndarwin", "gc && gccgo\na", "unix\nwindows\nplan9", "linux && cgo\n!cgo || custom", "a && b\n!a && c\nb && c",
	"(linux || darwin) && (amd64 || arm64) && !cgo\nwindows && 386", "linux && !android && amd64\nandroid",
	"go1.99 && !go1.98\n!go1.99", "gccgo\ngc && race", "nacl && a\nlinux && wasm", "!hurd && !zos", "js\nwasip1\nwasm",
	"!ppc64 && !ppc64le && cgo\ncgo && !internal", "ignore || a\n!b",
}

// FuzzVariants: the variants hold in exactly those possible builds in which one of the files takes part,
// and saying it in another way changes nothing.
func FuzzVariants(f *testing.F) {
	for _, seed := range variantSeeds {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		var conditions []*Condition
		for line := range strings.SplitSeq(text, "\n") {
			x, err := constraint.Parse("//go:build " + line)
			if err != nil || len(line) > 200 || len(conditions) > 5 {
				return
			}
			if c := New(x, 26); c == nil || !c.never {
				conditions = append(conditions, c)
			}
		}
		if len(conditions) > 0 {
			checkVariants(t, conditions)
		}
	})
}

func checkVariants(t *testing.T, conditions []*Condition) {
	got := Variants(conditions)
	if slices.Contains(conditions, nil) {
		require.Empty(t, got)
		return
	}
	tags := freeTags(conditions...)
	if len(tags) > maxTags {
		return
	}
	want, have := newTable(tags), newTable(tags)
	for _, c := range conditions {
		want = want.combine(tabulate(c.expr, tags), cells.or)
	}
	if len(got) == 0 {
		have = have.complement()
	}
	var again []*Condition
	for _, v := range got {
		x, err := constraint.Parse("//go:build " + v)
		require.NoError(t, err, v)
		have = have.combine(tabulate(x, tags), cells.or)
		again = append(again, New(x, 26))
	}
	care := possible(tags)
	require.Equal(t, want.combine(care, cells.and), have.combine(care, cells.and), "%v", got)
	if len(got) == 0 {
		return
	}
	require.Equal(t, want.isEmpty(), have.isEmpty(), "%v", got)
	if !want.combine(care, cells.and).isEmpty() {
		require.Equal(t, got, Variants(again), "not a fixed point")
	}
}

// TestHostileConditions bounds the work that a stranger's constraints cost: the widest reasoning there is.
func TestHostileConditions(t *testing.T) {
	var files []string
	for i, system := range systems {
		var literals []string
		for tag := range maxTags {
			literal := string(rune('a' + tag))
			if (i*7+tag*3)%5 < 2 {
				literal = "!" + literal
			}
			literals = append(literals, literal)
		}
		files = append(files, system+" && ("+strings.Join(literals, " || ")+") && "+processors[i])
	}
	conditions := parseConditions(t, 26, files...)
	start := time.Now()
	checkVariants(t, conditions)
	t.Log(time.Since(start), len(Variants(conditions)))
}
