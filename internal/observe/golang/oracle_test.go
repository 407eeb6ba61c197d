package golang

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"go/build/constraint"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/asbuilt/asbuilt/internal/builds"
	"github.com/asbuilt/asbuilt/internal/files"
	"github.com/asbuilt/asbuilt/pkg/evidence"
)

// goroot is the standard library's source folder: some thousand real files on every machine with Go.
func goroot(t testing.TB) string {
	t.Helper()
	out, err := exec.Command("go", "env", "GOROOT").Output()
	require.NoError(t, err)
	return filepath.Join(strings.TrimSpace(string(out)), "src")
}

func openTree(t testing.TB, dir string) *files.Tree {
	t.Helper()
	tree, err := files.Open(dir, "")
	require.NoError(t, err)
	t.Cleanup(func() { tree.Close() })
	return tree
}

// platform is one build that the go command is asked about.
type platform struct {
	system string
	cgo    bool
	tags   []string // what the toolchain sets of itself
}

// holds reports whether the platform satisfies a tag, by go/build's rules for the three systems here.
func (p platform) holds(tag string) bool {
	switch tag {
	case p.system, runtime.GOARCH, "gc":
		return true
	case "unix":
		return p.system != "windows"
	case "cgo":
		return p.cgo
	}
	n, release := builds.ReleaseTag(tag)
	return release && n <= releaseOf(runtime.Version()) || slices.Contains(p.tags, tag)
}

func releaseOf(version string) int { return minorVersion(strings.TrimPrefix(version, "go")) }

// importPair is an edge without its condition.
type importPair struct {
	from, to string
	scope    evidence.Scope
}

type listedPackage struct {
	ImportPath                         string
	Imports, TestImports, XTestImports []string
}

func goCommand(t *testing.T, dir string, p platform, args ...string) []byte {
	t.Helper()
	cmd := exec.Command("go", args...)
	cmd.Dir = dir
	cgo := "CGO_ENABLED=0"
	if p.cgo {
		cgo = "CGO_ENABLED=1"
	}
	cmd.Env = append(os.Environ(), "GOOS="+p.system, "GOARCH="+runtime.GOARCH, cgo, "GOFLAGS=", "GOWORK=off")
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	require.NoError(t, err)
	return out
}

// listImports asks the go command for the import edges of a module.
func listImports(t *testing.T, dir string, p platform, into map[importPair]bool) {
	t.Helper()
	out := goCommand(t, dir, p, "list", "-e", "-pgo=off", "-json=ImportPath,Imports,TestImports,XTestImports", "./...")
	for d := json.NewDecoder(bytes.NewReader(out)); ; {
		var pkg listedPackage
		err := d.Decode(&pkg)
		if errors.Is(err, io.EOF) {
			return
		}
		require.NoError(t, err)
		add := func(paths []string, scope evidence.Scope) {
			for _, to := range paths {
				if to != "C" && to != pkg.ImportPath {
					into[importPair{nodeID(pkg.ImportPath), nodeID(to), scope}] = true
				}
			}
		}
		add(pkg.Imports, evidence.Code)
		add(pkg.TestImports, evidence.Test)
		add(pkg.XTestImports, evidence.Test)
	}
}

// exists evaluates an edge's variants under a platform.
func exists(t *testing.T, e evidence.Edge, p platform) bool {
	for _, v := range e.Variants {
		x, err := constraint.Parse("//go:build " + v)
		require.NoError(t, err, v)
		if x.Eval(p.holds) {
			return true
		}
	}
	return len(e.Variants) == 0
}

// TestOracle compares the edges of the whole toolchain with what the go command lists on six platforms.
func TestOracle(t *testing.T) {
	src := goroot(t)
	graph, err := Observe(context.Background(), openTree(t, src), Options{})
	require.NoError(t, err)
	require.Empty(t, graph.Gaps)

	onAll := map[importPair]int{}
	var platforms []platform
	for _, system := range []string{"linux", "windows", "darwin"} {
		for _, cgo := range []bool{false, true} {
			platforms = append(platforms, platform{system: system, cgo: cgo})
		}
	}
	for _, p := range platforms {
		p.tags = strings.Fields(strings.Trim(string(goCommand(t, src, p, "list", "-f", "{{context.ToolTags}}", "unsafe")), "[]\n"))
		want := map[importPair]bool{}
		listImports(t, src, p, want)
		listImports(t, filepath.Join(src, "cmd"), p, want)

		have := map[importPair]bool{}
		for _, e := range graph.Edges {
			if e.Scope != evidence.Ignored && exists(t, e, p) {
				have[importPair{e.From, e.To, e.Scope}] = true
			}
		}
		var missing, extra []importPair
		for edge := range want {
			onAll[edge]++
			if !have[edge] {
				missing = append(missing, edge)
			}
		}
		for edge := range have {
			if !want[edge] {
				extra = append(extra, edge)
			}
		}
		t.Logf("%s cgo=%v: %d edges, %d missing, %d extra", p.system, p.cgo, len(want), len(missing), len(extra))
		require.Empty(t, missing, "%s cgo=%v: the go command lists them", p.system, p.cgo)
		require.Empty(t, extra, "%s cgo=%v: the go command does not list them", p.system, p.cgo)
	}

	everywhere, unconditional := 0, 0
	for _, e := range graph.Edges {
		if onAll[importPair{e.From, e.To, e.Scope}] == len(platforms) {
			everywhere++
			if len(e.Variants) == 0 {
				unconditional++
			}
		}
	}
	t.Logf("%d edges on all platforms, %d of them unconditional (%.2f %%)",
		everywhere, unconditional, 100*float64(unconditional)/float64(everywhere))
	require.GreaterOrEqual(t, float64(unconditional), 0.95*float64(everywhere))
}
