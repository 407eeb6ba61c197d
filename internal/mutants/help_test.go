//go:build mutants

package mutants

import (
	"context"
	"os"
	"path"
	"strings"

	"github.com/stretchr/testify/require"

	"github.com/asbuilt/asbuilt/internal/workspace"
	"github.com/asbuilt/asbuilt/pkg/evidence"
)

// module is where a package's module begins.
type module struct{ dir, path string }

// modulePrefix finds the folder and path of a package's module.
func (s *tree) modulePrefix(n *evidence.Node) module {
	p := importPath(n)
	if n.Module == "std" { // its packages have no prefix
		return module{".", ""}
	}
	rest := strings.TrimPrefix(strings.TrimPrefix(p, n.Module), "/")
	dir := strings.TrimSuffix(strings.TrimSuffix(n.Dir, rest), "/")
	if dir == "" {
		dir = "."
	}
	return module{dir, n.Module}
}

// ownsBelow reports whether the element of a package owns what is put below its folder.
func (s *tree) ownsBelow(n *evidence.Node) bool {
	e := s.model.Element(s.result.Owners[n.ID])
	for _, p := range e.Code.Go {
		folder, here := strings.CutPrefix(p.Text, "./") // an import path would not own another module
		base, all := strings.CutSuffix(folder, "/...")
		if here && all && (n.Dir == base || strings.HasPrefix(n.Dir, base+"/")) {
			return true
		}
	}
	return false
}

// ownsAbove reports whether a package lies truly below a pattern of its element.
func (s *tree) ownsAbove(n *evidence.Node) bool {
	e := s.model.Element(s.result.Owners[n.ID])
	for _, p := range e.Code.Go {
		base, all := strings.CutSuffix(strings.TrimPrefix(p.Text, "./"), "/...")
		if all && strings.HasPrefix(n.Dir, base+"/") {
			return true
		}
	}
	return false
}

func (s *tree) hasChildren(n *evidence.Node) bool {
	entries, err := os.ReadDir(s.path(n.Dir))
	if err != nil {
		return true
	}
	for _, e := range entries {
		if e.IsDir() {
			return true
		}
	}
	return false
}

// namedByHCL reports whether the architecture's text names a folder.
func (s *tree) namedByHCL(n *evidence.Node) bool {
	for _, f := range s.texts() {
		if strings.Contains(s.text(f), "/"+path.Base(n.Dir)) {
			return true
		}
	}
	return false
}

// texts are the HCL files.
func (s *tree) texts() []string {
	entries, err := os.ReadDir(s.dir)
	if err != nil {
		s.Fatal(err)
	}
	var out []string
	for _, e := range entries {
		if strings.HasSuffix(e.Name(), ".arch.hcl") {
			out = append(out, e.Name())
		}
	}
	return out
}

// baselineFile accepts what tests of the project do already.
const baselineFile = "zz_baseline.txt"

// enforceTests makes edges of tests count as any other, but those that are there already.
func (s *tree) enforceTests() {
	s.Helper()
	for _, f := range s.texts() {
		text := s.text(f)
		if before, after, found := strings.Cut(text, `observe "go" {`); found {
			s.write(f, before+`observe "go" {`+"\n  tests = \"enforce\"\n"+after)
			s.write("zz_baseline.arch.hcl", "baseline {\n  file = \""+baselineFile+"\"\n}\n")
			s.write(baselineFile, s.accepted)
			return
		}
	}
	s.Fatal("no observe block")
}

// acceptTests is the baseline of the project with its tests enforced.
func (s *tree) acceptTests() string {
	s.Helper()
	s.enforceTests()
	w := s.open()
	defer w.Close()
	accept(s, w)
	text := s.text(baselineFile)
	s.restore()
	return text
}

// accept writes a baseline.
func accept(s *tree, w *workspace.Workspace) {
	s.Helper()
	now := w.Snapshot(context.Background())
	made, _, err := now.Rebase()
	require.NoError(s, err)
	require.NoError(s, now.WriteBaseline(made))
}

// writeBaseline accepts everything that is found now.
func (s *tree) writeBaseline() {
	s.Helper()
	s.write(baselineFile, "")
	w := s.open()
	defer w.Close()
	accept(s, w)
}
