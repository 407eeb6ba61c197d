//go:build mutants

package mutants

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/asbuilt/asbuilt/internal/workspace"
	"github.com/asbuilt/asbuilt/pkg/finding"
)

// rounds is how often each kind mutates the trees, in turn.
const rounds = 36

// one names the only kind to run; "" runs all.
var one = flag.String("kind", "", "run mutants of this kind only")

// judged is what the gate says of the tree.
func (s *tree) judged(w *workspace.Workspace, against string) ([]finding.Finding, error) {
	snapshot := w.Snapshot(context.Background())
	if against == "" {
		return snapshot.Findings()
	}
	findings, _, err := snapshot.Against(against)
	return findings, err
}

// TestMutants prints, for each kind, how many mutants were caught and how many clean twins were not left alone.
// Caught means that the exit status is not 0.
func TestMutants(t *testing.T) {
	root, err := exec.Command("go", "env", "GOROOT").Output()
	require.NoError(t, err)
	trees := []*tree{
		plant(t, "asbuilt", "../..", func(dir string) {
			for _, gone := range []string{".git", "bin", "internal/mutants", "docs/architecture"} {
				require.NoError(t, os.RemoveAll(filepath.Join(dir, gone)))
			}
		}),
		plant(t, "shop", "../../examples/shop", func(dir string) {
			require.NoError(t, os.RemoveAll(filepath.Join(dir, "docs/architecture"))) // pictures would tell of many a mutant too
		}),
		plant(t, "goroot", filepath.Join(strings.TrimSpace(string(root)), "src"), propose),
	}
	kinds := append(append([]kind{}, codeKinds...), policyKinds...)
	fmt.Printf("%-32s %8s %8s %12s\n", "kind", "mutants", "caught", "false alarms")
	mutants, twins := 0, 0
	for _, k := range kinds {
		if *one != "" && k.name != *one {
			continue
		}
		caught, alarms := 0, 0
		for i := range rounds {
			against := ""
			if k.against {
				against = "HEAD"
			}
			s, what := change(trees, i, k.mutant)
			if status, _ := s.check(against); status != 0 {
				caught++
			} else {
				t.Errorf("%s: %s: not caught: %s", k.name, s.name, what)
			}
			s.restore()
			s, what = change(trees, i, k.twin)
			if status, said := s.check(against); status != 0 {
				alarms++
				t.Errorf("%s: %s: a false alarm: %s: %s", k.name, s.name, what, said)
			}
			s.restore()
		}
		fmt.Printf("%-32s %8d %8d %12d\n", k.name, rounds, caught, alarms)
		mutants, twins = mutants+caught, twins+alarms
	}
	fmt.Printf("%d mutants in %d kinds over %d trees: %d caught, %d false alarms on as many clean twins\n",
		rounds*len(kinds), len(kinds), len(trees), mutants, twins)
	require.GreaterOrEqual(t, rounds*len(kinds), 500)
}

// change mutates the next tree in turn that has a place for it.
func change(trees []*tree, i int, how func(*tree, int) string) (*tree, string) {
	for shift := range trees {
		s := trees[(i+shift)%len(trees)]
		if what := how(s, i/len(trees)); what != "" {
			return s, what
		}
		s.restore()
	}
	panic("no tree has a place for it")
}

// propose lets the program write the architecture of a tree that has none.
func propose(dir string) {
	starter, tree, err := workspace.Propose(context.Background(), workspace.Env{Dir: dir, Today: today}, false)
	if err != nil {
		panic(err)
	}
	defer tree.Close()
	if err := workspace.WriteStarter(tree, starter, false); err != nil {
		panic(err)
	}
}
