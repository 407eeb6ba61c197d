//go:build mutants

package mutants

import (
	"context"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/asbuilt/asbuilt/internal/workspace"
	"github.com/asbuilt/asbuilt/pkg/arch"
	"github.com/asbuilt/asbuilt/pkg/evidence"
	"github.com/asbuilt/asbuilt/pkg/finding"
	"github.com/asbuilt/asbuilt/pkg/reflexion"
)

// today is when everything is judged.
var today = time.Date(2026, time.June, 1, 0, 0, 0, 0, time.UTC)

// tree is a copy of a real project, which mutants change and put back.
type tree struct {
	*testing.T
	name     string
	dir      string
	rules    string // the file with the rules that the mutants of policy change
	model    *arch.Model
	graph    evidence.Graph
	result   *reflexion.Result
	random   *rand.Rand
	accepted string // the baseline of the project with its tests enforced

	owned   map[string][]*evidence.Node // by element: packages that were read
	byID    map[string]*evidence.Node
	imports map[[2]string]*evidence.Edge // between packages, code before tests
	undo    []func()
}

// plant copies a project, adds rules that hold, and commits it: the state that every mutant starts from.
func plant(t *testing.T, name, from string, prepare func(dir string)) *tree {
	t.Helper()
	dir := filepath.Join(t.TempDir(), name)
	require.NoError(t, os.CopyFS(dir, os.DirFS(from)))
	prepare(dir)
	s := &tree{T: t, name: name, dir: dir, rules: "zz_rules.arch.hcl", random: rand.New(rand.NewPCG(1, 2))}
	s.read()
	require.NoError(t, os.WriteFile(filepath.Join(dir, s.rules), []byte(s.someRules()), 0o644))
	status, said := s.check("")
	require.Equal(t, 0, status, "%s is clean to begin with: %s", name, said)
	for _, args := range [][]string{{"init", "-q"}, {"add", "-A", "-f"}, {"commit", "-q", "-m", "base"}} {
		git(t, dir, args...)
	}
	s.read()
	s.accepted = s.acceptTests()
	return s
}

func git(t *testing.T, dir string, args ...string) {
	t.Helper()
	cmd := exec.Command("git", append([]string{"-c", "user.name=m", "-c", "user.email=m@example.com", "-c", "core.autocrlf=false", "-c", "commit.gpgsign=false", "-c", "gc.auto=0", "-c", "maintenance.auto=false"}, args...)...)
	cmd.Dir = dir
	out, err := cmd.CombinedOutput()
	require.NoError(t, err, "git %v: %s", args, out)
}

func (s *tree) open() *workspace.Workspace {
	s.Helper()
	w, err := workspace.Open(workspace.Env{Dir: s.dir, Today: today})
	require.NoError(s, err)
	return w
}

// read looks at the project as it stands.
func (s *tree) read() {
	s.Helper()
	w := s.open()
	defer w.Close()
	snapshot := w.Snapshot(context.Background())
	var told []finding.Finding
	var err error
	s.model, told, err = snapshot.Model()
	require.NoError(s, err)
	require.Empty(s, told)
	s.graph, err = snapshot.Evidence()
	require.NoError(s, err)
	s.result, err = snapshot.Reflexion()
	require.NoError(s, err)
	s.owned, s.byID = map[string][]*evidence.Node{}, map[string]*evidence.Node{}
	s.imports = map[[2]string]*evidence.Edge{}
	for i := range s.graph.Nodes {
		n := &s.graph.Nodes[i]
		s.byID[n.ID] = n
		if owner := s.result.Owners[n.ID]; owner != "" && n.Kind == evidence.Package && !strings.Contains(n.Dir, "vendor") && n.ID != "go:builtin" { // builtin is documentation, and read by no build
			s.owned[owner] = append(s.owned[owner], n)
		}
	}
	for i := range s.graph.Edges {
		e := &s.graph.Edges[i]
		if key := [2]string{e.From, e.To}; e.Scope == evidence.Code || s.imports[key] == nil {
			s.imports[key] = e
		}
	}
}

// check judges the project as it stands, or with the policy of a revision. It returns the exit status and what was said.
func (s *tree) check(against string) (int, string) {
	s.Helper()
	w := s.open()
	defer w.Close()
	findings, err := s.judged(w, against)
	var said strings.Builder
	for _, f := range findings {
		if f.Active() && f.Severity != finding.Note && said.Len() < 600 {
			said.WriteString(f.Rule + " " + f.At.String() + ": " + f.Message + "\n")
		}
	}
	if err != nil {
		return 2, err.Error()
	}
	return workspace.Status(findings, finding.Error), said.String()
}

// restore takes back what the last mutant did.
func (s *tree) restore() {
	for _, f := range slices.Backward(s.undo) {
		f()
	}
	s.undo = nil
}

func (s *tree) path(name string) string { return filepath.Join(s.dir, filepath.FromSlash(name)) }

func (s *tree) text(name string) string {
	s.Helper()
	data, err := os.ReadFile(s.path(name))
	require.NoError(s, err)
	return string(data)
}

// write puts a file in place.
func (s *tree) write(name, text string) {
	s.Helper()
	p := s.path(name)
	old, err := os.ReadFile(p)
	if err == nil {
		s.undo = append(s.undo, func() { require.NoError(s, os.WriteFile(p, old, 0o644)) })
	} else {
		var made []string
		for dir := filepath.Dir(p); ; dir = filepath.Dir(dir) {
			if _, err := os.Stat(dir); err == nil {
				break
			}
			made = append(made, dir)
		}
		require.NoError(s, os.MkdirAll(filepath.Dir(p), 0o755))
		s.undo = append(s.undo, func() {
			require.NoError(s, os.Remove(p))
			for _, dir := range made {
				require.NoError(s, os.Remove(dir))
			}
		})
	}
	require.NoError(s, os.WriteFile(p, []byte(text), 0o644))
}

func (s *tree) rename(from, to string) {
	s.Helper()
	require.NoError(s, os.Rename(s.path(from), s.path(to)))
	s.undo = append(s.undo, func() { require.NoError(s, os.Rename(s.path(to), s.path(from))) })
}

func (s *tree) remove(name string) {
	s.Helper()
	old := s.text(name)
	require.NoError(s, os.Remove(s.path(name)))
	s.undo = append(s.undo, func() { require.NoError(s, os.WriteFile(s.path(name), []byte(old), 0o644)) })
}

func (s *tree) link(name, target string) {
	s.Helper()
	require.NoError(s, os.Symlink(target, s.path(name)))
	s.undo = append(s.undo, func() { require.NoError(s, os.Remove(s.path(name))) })
}
