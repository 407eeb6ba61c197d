package golang

import (
	"context"
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/tools/go/packages"

	"github.com/asbuilt/asbuilt/pkg/evidence"
)

// TestMain lets the test binary be a build system's driver: it is one when it is started the way
// go/packages starts drivers. It then answers with the file driver.json of its working folder.
func TestMain(m *testing.M) {
	if len(os.Args) == 2 && os.Args[1] == "./..." {
		os.Exit(drive())
	}
	os.Exit(m.Run())
}

func drive() int {
	if _, err := io.Copy(io.Discard, os.Stdin); err != nil {
		return 1
	}
	answer, err := os.ReadFile("driver.json")
	if err != nil {
		return 1
	}
	if wd, err := os.Getwd(); err == nil {
		answer = []byte(strings.ReplaceAll(string(answer), "$WD", filepath.ToSlash(wd)))
	}
	if _, err := os.Stdout.Write(answer); err != nil {
		return 1
	}
	return 0
}

var exactTree = map[string]string{
	"go.work":                "go 1.26\n\nuse (\n\t./app\n\t./lib\n)\n",
	"app/go.mod":             "module example.com/app\n\ngo 1.26\n\nrequire example.com/original v1.0.0\n\nreplace example.com/original => ../fork\n",
	"app/main.go":            "package main\n\nimport (\n\t\"fmt\"\n\n\t_ \"example.com/app/testdata/deep\"\n\t_ \"example.com/lib/a\"\n)\n\nfunc main() { fmt.Println() }\n",
	"app/main_test.go":       "package main_test\n\nimport \"testing\"\n\nfunc Test(t *testing.T) {}\n",
	"app/testdata/deep/x.go": "package deep\n\nimport _ \"os/exec\"\n",
	"app/win/x_windows.go":   "package win\n\nimport _ \"example.com/lib/a\"\n",
	"app/freebsd/x.go":       "//go:build freebsd\n\npackage freebsd\n\nimport _ \"example.com/lib/a\"\n",
	"app/native/x.go":        "package native\n\nimport \"C\"\n\nimport _ \"example.com/lib/a\"\n",
	"app/forked/x.go":        "package forked\n\nimport _ \"example.com/original/pkg\"\n",
	"fork/go.mod":            "module example.com/fork\n\ngo 1.26\n",
	"fork/pkg/x.go":          "package pkg\n\nimport _ \"os/exec\"\n",
	"lib/go.mod":             "module example.com/lib\n\ngo 1.26\n",
	"lib/a/a.go":             "package a\n",
}

func writeExactTree(t *testing.T, extra map[string]string) string {
	t.Helper()
	all := map[string]string{}
	for _, m := range []map[string]string{exactTree, extra} {
		for name, content := range m {
			if !strings.HasSuffix(name, "/") {
				all[name] = content
			}
		}
	}
	return writeTree(t, all)
}

// TestExactAgrees: where the go command can load everything, both modes say the same.
func TestExactAgrees(t *testing.T) {
	dir := writeExactTree(t, nil)
	plain, err := Observe(context.Background(), openTree(t, dir), Options{})
	require.NoError(t, err)
	require.Empty(t, plain.Gaps)
	exact, err := Observe(context.Background(), openTree(t, dir), Options{Exact: true})
	require.NoError(t, err)
	require.Equal(t, lines(t, plain), lines(t, exact))
}

// TestExactGaps: what the go command cannot resolve is a gap, without a path of the machine.
func TestExactGaps(t *testing.T) {
	dir := writeExactTree(t, map[string]string{"app/third.go": "package main\n\nimport _ \"example.org/third/party\"\n"})
	g, err := Observe(context.Background(), openTree(t, dir), Options{Exact: true})
	require.NoError(t, err)
	require.NotEmpty(t, g.Gaps)
	require.Contains(t, g.Gaps[0].Reason, "example.org/third/party")
	require.Equal(t, "app/third.go:3", g.Gaps[0].At.String())
	text := lines(t, g)
	require.NotContains(t, text, dir)
	require.NotContains(t, text, filepath.Dir(goroot(t)))
}

func TestExactNeedsGo(t *testing.T) {
	dir := writeExactTree(t, nil)
	t.Setenv("PATH", t.TempDir())
	_, err := Observe(context.Background(), openTree(t, dir), Options{Exact: true})
	require.ErrorIs(t, err, ErrNoGo)
}

// TestExactEnvironment: nothing in the caller's environment makes exact mode run a program or change its answer.
func TestExactEnvironment(t *testing.T) {
	dir := writeExactTree(t, nil)
	want, err := Observe(context.Background(), openTree(t, dir), Options{Exact: true})
	require.NoError(t, err)

	evil := t.TempDir()
	mark := filepath.Join(evil, "ran")
	program := filepath.Join(evil, "gopackagesdriver")
	require.NoError(t, os.WriteFile(program, []byte("#!/bin/sh\ntouch "+mark+"\n"), 0o755))
	t.Setenv("PATH", evil+string(filepath.ListSeparator)+os.Getenv("PATH"))
	t.Setenv("GOPACKAGESDRIVER", program)
	t.Setenv("GOFLAGS", "-tags=evil -toolexec="+program)
	t.Setenv("CC", program)
	t.Setenv("CGO_ENABLED", "1")
	t.Setenv("GOOS", "plan9")
	t.Setenv("GOWORK", "off")
	got, err := Observe(context.Background(), openTree(t, dir), Options{Exact: true})
	require.NoError(t, err)
	require.Equal(t, lines(t, want), lines(t, got))
	require.NoFileExists(t, mark)
}

// TestDriver: a build system names packages that have no go.mod, and files that are not in the tree.
func TestDriver(t *testing.T) {
	self, err := os.Executable()
	require.NoError(t, err)
	std := func(path string) *packages.Package { return &packages.Package{ID: path, PkgPath: path, Name: path} }
	answer, err := json.Marshal(packages.DriverResponse{
		Roots: []string{"//shop", "//db"},
		Packages: []*packages.Package{
			{
				ID: "//shop", Name: "main", PkgPath: "corp/shop",
				GoFiles: []string{"$WD/shop/main.go", "/elsewhere/bin/shop/gen.pb.go"},
				Imports: map[string]*packages.Package{
					"corp/db": {ID: "//db"}, "fmt": {ID: "fmt"}, "corp/proto": {ID: "@proto"}, "alias": {ID: "//db"},
				},
			},
			{
				ID: "//db", Name: "db", PkgPath: "corp/db", GoFiles: []string{"$WD/db/db.go"},
				Errors: []packages.Error{{Pos: "$WD/db/db.go:3:8", Msg: "no such target: /elsewhere/out/x", Kind: packages.ListError}},
			},
			{ID: "@proto", Name: "proto", PkgPath: "corp/proto", GoFiles: []string{"/elsewhere/external/proto/x.go"}},
			std("fmt"),
		},
	})
	require.NoError(t, err)
	dir := writeTree(t, map[string]string{
		"driver.json":  string(answer),
		"shop/main.go": "package main\n\nimport (\n\t_ \"alias\"\n\t_ \"corp/db\"\n\t_ \"fmt\"\n)\n",
		"db/db.go":     "package db\n",
		"stray/x.go":   "package stray\n\nimport _ \"corp/db\"\n",
	})
	g, err := Observe(context.Background(), openTree(t, dir), Options{Exact: true, Driver: self})
	require.NoError(t, err)
	requireSound(t, g)
	check(t, g, "edge go:corp/shop go:corp/db")
	check(t, g, "edge go:corp/shop go:fmt")
	check(t, g, "edge go:corp/shop go:corp/proto")
	check(t, g, "node go:corp/db package")
	check(t, g, "node go:corp/proto third-party")
	check(t, g, "node go:./stray package")
	require.Len(t, g.Gaps, 1)
	require.Equal(t, "db/db.go:3", g.Gaps[0].At.String())
	require.NotContains(t, g.Gaps[0].Reason, "elsewhere")
	for _, e := range g.Edges {
		if e.To == "go:corp/proto" {
			require.Equal(t, []evidence.Witness{{File: "shop"}}, e.Witnesses)
		}
	}
}

// TestDriverInsideTheTree: whoever can change the tree must not be able to have a program run.
func TestDriverInsideTheTree(t *testing.T) {
	dir := writeExactTree(t, map[string]string{"tools/driver.sh": "#!/bin/sh\n"})
	inside := filepath.Join(dir, "tools", "driver.sh")
	require.NoError(t, os.Chmod(inside, 0o755))
	link := filepath.Join(t.TempDir(), "link")
	require.NoError(t, os.Symlink(inside, link))
	for _, driver := range []string{inside, link, filepath.Join(dir, "..", filepath.Base(dir), "tools", "driver.sh")} {
		_, err := Observe(context.Background(), openTree(t, dir), Options{Exact: true, Driver: driver})
		require.ErrorContains(t, err, "lies inside the observed tree")
	}
	_, err := Observe(context.Background(), openTree(t, dir), Options{Exact: true, Driver: "no-such-driver"})
	require.ErrorContains(t, err, "cannot be run")
}
