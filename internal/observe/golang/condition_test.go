package golang

import (
	"bytes"
	"errors"
	"go/build"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/asbuilt/asbuilt/internal/builds"
)

// contexts are builds that go/build is asked about.
func contexts() []build.Context {
	var out []build.Context
	for _, port := range []string{"linux/amd64", "android/arm64", "ios/arm64", "illumos/amd64", "windows/386", "js/wasm", "plan9/arm"} {
		c := build.Default
		c.GOOS, c.GOARCH, _ = strings.Cut(port, "/")
		c.CgoEnabled = c.GOOS == "linux"
		c.BuildTags = []string{"custom", "race"}
		if c.GOOS == "linux" {
			c.BuildTags = append(c.BuildTags, "plan9") // a build may say so
		}
		c.ToolTags = []string{"goexperiment.boringcrypto"}
		c.ReleaseTags = []string{"go1.1", "go1.18", "go1.26"}
		out = append(out, c)
	}
	return out
}

// satisfies evaluates a condition as the documented rules of go/build do.
func satisfies(c *builds.Condition, ctx build.Context) bool {
	return c.Holds(func(tag string) bool {
		switch tag {
		case "cgo":
			return ctx.CgoEnabled
		case "gc", ctx.GOOS, ctx.GOARCH:
			return true
		case "linux":
			return ctx.GOOS == "android"
		case "darwin":
			return ctx.GOOS == "ios"
		case "solaris":
			return ctx.GOOS == "illumos"
		case "unix":
			return !slices.Contains([]string{"windows", "js", "plan9"}, ctx.GOOS)
		}
		return slices.Contains(slices.Concat(ctx.BuildTags, ctx.ToolTags, ctx.ReleaseTags), tag)
	})
}

// checkCondition compares with go/build, which is given the same file; tag ignore is off in both.
func checkCondition(t *testing.T, name string, src []byte) {
	h, err := parseHeader(src, true)
	if err != nil {
		return
	}
	c, err := fileCondition(name, bytes.TrimPrefix(src[:h.preamble], byteOrderMark), false, 0)
	if errors.Is(err, errLongConstraint) {
		return
	}
	for _, ctx := range contexts() {
		ctx.OpenFile = func(string) (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(src)), nil }
		match, buildErr := ctx.MatchFile("dir", name)
		require.Equal(t, buildErr != nil, err != nil, "%s: go/build says %v\n%q", name, buildErr, src)
		if err == nil {
			require.Equal(t, match, satisfies(c, ctx), "%s on %s/%s\n%q", name, ctx.GOOS, ctx.GOARCH, src[:h.preamble])
		}
	}
}

// TestConditionOfEveryFile compares with go/build on every file of the toolchain.
func TestConditionOfEveryFile(t *testing.T) {
	count := 0
	require.NoError(t, filepath.WalkDir(goroot(t), func(path string, d fs.DirEntry, err error) error {
		name := d.Name()
		if err != nil || d.IsDir() || !strings.HasSuffix(name, ".go") || name[0] == '_' || name[0] == '.' {
			return err
		}
		src, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		if builds.SuffixTags(name) != nil || bytes.Contains(src, []byte("build ")) {
			count++
			checkCondition(t, name, src)
		}
		return nil
	}))
	t.Logf("%d files with a condition", count)
	require.Greater(t, count, 1000)
}

var conditionSeeds = []struct{ name, src string }{
	{"a.go", "package p"},
	{"linux.go", "package p"},
	{"a_linux.go", "package p"},
	{"a_linux_test.go", "package p"},
	{"a_arm64.go", "package p"},
	{"a_windows_amd64.go", "package p"},
	{"a_linux_windows.go", "package p"},
	{"a_unix.go", "package p"},
	{"a_android.x.go", "package p"},
	{"a.go", "//go:build linux || custom\npackage p"},
	{"a.go", "//go:build linux\n//go:build windows\n\npackage p"},
	{"a.go", "//go:build (\n\npackage p"},
	{"a.go", "//go:build ignore\n\npackage p"},
	{"a.go", "//go:build !ignore && go1.18 && !go1.99\n\npackage p"},
	{"a.go", "//go:build boringcrypto && gc && !gccgo\n\npackage p"},
	{"a.go", "// +build linux,amd64 windows\n// +build !custom\n\npackage p"},
	{"a.go", "// +build linux\npackage p"},
	{"a.go", "// +build linux\n\n// Package p.\npackage p"},
	{"a.go", "/* x */ //go:build linux\n\npackage p"},
	{"a.go", "/*\n//go:build linux\n*/\n\npackage p"},
	{"a.go", "/* x */\n//go:build linux\n\npackage p"},
	{"a.go", "/**//*\n*/ /* */ package p\n//go:build linux\n"},
	{"a.go", "\xef\xbb\xbf//go:build linux\n\npackage p"},
	{"a.go", "//go:build linux\r\n\r\npackage p\r\n"},
	{"a.go", "//go:buildx linux\n\npackage p"},
	{"a.go", "//go:build\n\npackage p"},
	{"a.go", "// +build\n\npackage p"},
	{"a.go", "// +build !!x\n\npackage p"},
}

func TestCondition(t *testing.T) {
	for _, c := range conditionSeeds {
		checkCondition(t, c.name, []byte(c.src))
	}
}

// FuzzCondition: a file takes part in a build when go/build says so.
func FuzzCondition(f *testing.F) {
	for _, c := range conditionSeeds {
		f.Add(c.name, []byte(c.src))
	}
	f.Fuzz(func(t *testing.T, name string, src []byte) {
		if name == "" || name[0] == '_' || name[0] == '.' || strings.ContainsAny(name, "/\\\x00") || !strings.HasSuffix(name, ".go") {
			return
		}
		checkCondition(t, name, src)
	})
}

func TestLongConstraint(t *testing.T) {
	long := "//go:build " + strings.Repeat("a && ", maxConstraint) + "a\n\n"
	_, err := fileCondition("a.go", []byte(long), false, 0)
	require.ErrorIs(t, err, errLongConstraint)
	_, err = fileCondition("a.go", []byte(strings.Repeat("// +build a\n", maxConstraint)+"\n"), false, 0)
	require.ErrorIs(t, err, errLongConstraint)
}
