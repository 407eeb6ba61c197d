// Package house checks the laws of how the code stands, from `go list` and the source text alone,
// independently of asbuilt itself. docs/architecture.md says why each law is.
package house

import (
	"encoding/json"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

const module = "github.com/asbuilt/asbuilt/"

type pkg struct {
	ImportPath string
	Dir        string
	Standard   bool
	GoFiles    []string
	Imports    []string
}

func (p pkg) room() string { return strings.TrimPrefix(p.ImportPath, module) }

// packages lists the project's packages without their tests.
func packages(t *testing.T) []pkg {
	t.Helper()
	cmd := exec.Command("go", "list", "-json=ImportPath,Dir,GoFiles,Imports", "./...")
	cmd.Dir = "../.."
	out, err := cmd.Output()
	require.NoError(t, err)
	var all []pkg
	for dec := json.NewDecoder(strings.NewReader(string(out))); dec.More(); {
		var p pkg
		require.NoError(t, dec.Decode(&p))
		if len(p.GoFiles) > 0 {
			all = append(all, p)
		}
	}
	require.Greater(t, len(all), 15, "go list found the project")
	return all
}

// Rooms on the ground: tools that any phase may use.
var ground = []string{
	"internal/baseline", "internal/budget", "internal/builds", "internal/catalog", "internal/collector", "internal/console", "internal/digraph",
	"internal/enginehome", "internal/files", "internal/font", "internal/geometry", "internal/git", "internal/hcltext", "internal/icon", "internal/lock", "internal/markup", "internal/palette", "internal/pattern", "internal/pdf", "internal/phrase",
	"internal/process", "internal/raster", "internal/sheet", "internal/stamp", "internal/viewer",
}

// Rooms above the phases.
var above = []string{"internal/workspace", "internal/web", "internal/cli"}

func isOur(importPath string) bool { return strings.HasPrefix(importPath, module) }

func isGround(room string) bool {
	return slices.ContainsFunc(ground, func(g string) bool { return room == g || strings.HasPrefix(room, g+"/") })
}

func isPhase(room string) bool {
	return strings.HasPrefix(room, "internal/") && !isGround(room) && !slices.Contains(above, room) && room != "internal/house"
}

func sameRoom(a, b string) bool {
	return a == b || strings.HasPrefix(a, b+"/") || strings.HasPrefix(b, a+"/")
}

func TestImports(t *testing.T) {
	for _, p := range packages(t) {
		room := p.room()
		for _, imported := range p.Imports {
			to := strings.TrimPrefix(imported, module)
			switch {
			case strings.HasPrefix(room, "pkg/"):
				standard := !strings.Contains(strings.Split(imported, "/")[0], ".")
				require.True(t, standard || strings.HasPrefix(to, "pkg/"), "L1: %s imports %s: pkg imports the standard library and pkg only", room, imported)
			case !isOur(imported):
			case isPhase(room) && isPhase(to):
				require.True(t, sameRoom(room, to), "L2: %s imports %s: no phase imports a phase", room, to)
			case isPhase(to):
				require.Equal(t, "internal/workspace", room, "L3: %s imports %s: the conductor alone imports phases", room, to)
			case to == "internal/workspace":
				require.Contains(t, []string{"internal/cli", "internal/web"}, room, "L4: only doors import the conductor")
			case to == "internal/web":
				require.Equal(t, "internal/cli", room, "L4: the command line alone starts doors")
			case to == "internal/cli":
				require.Equal(t, "cmd/asbuilt", room, "L5: cmd alone starts the command line")
			}
			require.False(t, strings.HasPrefix(to, "cmd/") && isOur(imported), "L5: nothing imports cmd: %s does", room)
			if strings.HasPrefix(room, "cmd/") && isOur(imported) {
				require.Contains(t, []string{"internal/cli", "internal/enginehome"}, to, "L5: cmd imports cli only")
			}
		}
	}
}

// doors says which rooms may import a dependency.
var doors = map[string][]string{
	"github.com/hashicorp/hcl":       {"internal/config", "internal/rewrite", "internal/budget"},
	"github.com/zclconf/go-cty":      {"internal/config", "internal/budget"},
	"github.com/goccy/go-graphviz":   {"internal/layout"},
	"golang.org/x/tools/go/packages": {"internal/observe/golang"},
	"golang.org/x/mod/modfile":       {"internal/observe/golang"},
	"golang.org/x/mod/module":        {"internal/observe/golang"},
	"golang.org/x/mod/semver":        {"internal/config", "internal/observe/golang"},
	"github.com/spf13/cobra":         {"internal/cli"},
	"github.com/spf13/pflag":         {"internal/cli"},
	"charm.land/lipgloss":            {"internal/console"},
	"golang.org/x/image":             {"internal/font"},
	"golang.org/x/text":              {"internal/font", "internal/hcltext"},
	"codeberg.org/go-pdf/fpdf":       {"internal/pdf"},
	"github.com/go-fonts/liberation": {"internal/font"},
	"github.com/fsnotify/fsnotify":   {"internal/workspace"},
	"github.com/bmatcuk/doublestar":  {"internal/files"},
	"os/exec":                        {"internal/process", "internal/observe/golang"},
	"go.yaml.in/yaml":                {"internal/foreign"},
	"github.com/hmarr/codeowners":    {"internal/foreign"},
	"net/http":                       {"internal/web"},
	"unsafe":                         {},
	"C":                              {},
}

func TestOneDoorADependency(t *testing.T) {
	for _, p := range packages(t) {
		for _, imported := range p.Imports {
			for dependency, rooms := range doors {
				if imported == dependency || strings.HasPrefix(imported, dependency+"/") {
					require.True(t, slices.ContainsFunc(rooms, func(r string) bool { return sameRoom(r, p.room()) }),
						"L6: %s imports %s; its doors are %v", p.room(), imported, rooms)
				}
			}
		}
	}
}

// choked are calls that only a choke point may make.
var choked = map[string][]string{
	"os.Open": {}, "os.OpenFile": {}, "os.Create": {}, "os.ReadFile": {}, "os.WriteFile": {}, "os.ReadDir": {}, "os.OpenRoot": {"internal/files"},
	"os.Remove": {"internal/enginehome"}, "os.RemoveAll": {}, "os.Rename": {}, "os.Mkdir": {"internal/enginehome"},
	"os.MkdirAll": {"internal/files", "internal/enginehome"},
	"fmt.Print":   {}, "fmt.Printf": {}, "fmt.Println": {},
	"exec.Command": {"internal/process"}, "exec.CommandContext": {"internal/process"},
	"os.Exit":   {"cmd/asbuilt"},
	"os.Stdout": {"internal/cli"}, "os.Stderr": {"internal/cli"},
	"os.Getenv": {"internal/cli", "internal/enginehome"}, "os.LookupEnv": {"internal/process", "internal/enginehome"},
	"os.Setenv": {"internal/enginehome"},
	"time.Now":  {"internal/cli"},
}

func TestChokePoints(t *testing.T) {
	each(t, func(room, name string, file *ast.File, _ *token.FileSet) {
		ast.Inspect(file, func(n ast.Node) bool {
			sel, ok := n.(*ast.SelectorExpr)
			if !ok {
				return true
			}
			x, ok := sel.X.(*ast.Ident)
			if !ok || x.Obj != nil { // a local name hides the package
				return true
			}
			call := x.Name + "." + sel.Sel.Name
			if rooms, ok := choked[call]; ok {
				require.Contains(t, rooms, room, "L7: %s/%s uses %s", room, name, call)
			}
			return true
		})
	})
}

func TestNoInitNoMutableState(t *testing.T) {
	each(t, func(room, name string, file *ast.File, _ *token.FileSet) {
		for _, d := range file.Decls {
			f, ok := d.(*ast.FuncDecl)
			if ok && f.Recv == nil && f.Name.Name == "init" {
				// The engine's private folder must be named before the engine's own init looks for it.
				require.Equal(t, "internal/enginehome", room, "L8: %s/%s has an init", room, name)
			}
		}
	})
}

// Sizes beyond which a file or a parameter list wants a reason.
const (
	mostLines      = 500
	mostParameters = 5
)

func TestSizes(t *testing.T) {
	each(t, func(room, name string, file *ast.File, set *token.FileSet) {
		lines := set.Position(file.End()).Line
		require.LessOrEqual(t, lines, mostLines, "L9: %s/%s", room, name)
		for _, d := range file.Decls {
			if f, ok := d.(*ast.FuncDecl); ok {
				require.LessOrEqual(t, f.Type.Params.NumFields(), mostParameters, "L9: %s/%s: %s", room, name, f.Name.Name)
			}
		}
	})
}

// TestGoldensAreRead fails for a testdata folder beside no test.
func TestGoldensAreRead(t *testing.T) {
	root := filepath.Join("..", "..")
	for _, top := range []string{"internal", "pkg"} {
		err := filepath.WalkDir(filepath.Join(root, top), func(p string, d os.DirEntry, err error) error {
			require.NoError(t, err)
			if d.IsDir() && d.Name() == "testdata" {
				tests, err := filepath.Glob(filepath.Join(filepath.Dir(p), "*_test.go"))
				require.NoError(t, err)
				require.NotEmpty(t, tests, "%s is read by no test", p)
				return filepath.SkipDir
			}
			return nil
		})
		require.NoError(t, err)
	}
}

// each parses every source file that is no test.
func each(t *testing.T, visit func(room, name string, file *ast.File, set *token.FileSet)) {
	t.Helper()
	for _, p := range packages(t) {
		set := token.NewFileSet()
		for _, name := range p.GoFiles {
			file, err := parser.ParseFile(set, filepath.Join(p.Dir, name), nil, 0)
			require.NoError(t, err)
			visit(p.room(), path.Base(name), file, set)
		}
	}
}
