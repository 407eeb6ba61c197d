//go:build peers

package foreign_test

import (
	"context"
	"encoding/json"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"
	"github.com/stretchr/testify/require"

	"github.com/asbuilt/asbuilt/internal/cases"
	"github.com/asbuilt/asbuilt/internal/workspace"
)

// bin is where make test-peers builds the other tools.
const bin = "../../bin/peers"

// verdict is what a tool says of a tree, without its words.
type verdict struct {
	pairs     []string // "package -> package" that must not be
	unmatched []string // folders that nothing owns
	refused   bool     // it checked nothing
}

// TestPeers runs the real tools on the cases and holds what import and check make of them against what they say.
func TestPeers(t *testing.T) {
	cases.Run(t, "testdata/*-*_*.txtar", func(t *testing.T, name string, archive *txtar.Archive) {
		dir := t.TempDir()
		unpack(t, dir, archive)
		tool := toolOf(t, name)
		theirs := peer(t, tool.Name, dir)
		w, made := imported(t, dir, tool)
		require.NoError(t, w.WriteImported(made, false))
		if theirs.refused {
			require.NotEmpty(t, made.Findings, "what the tool refuses is said")
			return
		}
		ours := checked(t, valid(t, dir))
		require.Equal(t, theirs, ours)
		t.Logf("%s: %d violations, %d folders without an owner", tool.Name, len(ours.pairs), len(ours.unmatched))
	})
}

func peer(t *testing.T, tool, dir string) verdict {
	t.Helper()
	module := "shop.example/m"
	if tool == "go-arch-lint" {
		return goArchLint(t, dir, module)
	}
	return archGo(t, dir)
}

func run(t *testing.T, dir, tool string, args ...string) []byte {
	t.Helper()
	self, err := filepath.Abs(filepath.Join(bin, tool))
	require.NoError(t, err)
	cmd := exec.Command(self, args...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "GOFLAGS=-mod=mod", "GOPROXY=off")
	out, err := cmd.Output()
	if _, failed := err.(*exec.ExitError); err != nil && !failed {
		t.Fatalf("%s: %v; run make test-peers", tool, err)
	}
	return out
}

func goArchLint(t *testing.T, dir, module string) verdict {
	t.Helper()
	var answer struct {
		Payload struct {
			ExecutionWarnings      []struct{ Text string }
			ArchWarningsDeps       []struct{ FileRelativePath, ResolvedImportName string }
			ArchWarningsNotMatched []struct{ FileRelativePath string }
			OmittedCount           int
		}
	}
	require.NoError(t, json.Unmarshal(run(t, dir, "go-arch-lint", "check", "--json", "--max-warnings", "30000"), &answer))
	require.Zero(t, answer.Payload.OmittedCount)
	v := verdict{refused: len(answer.Payload.ExecutionWarnings) > 0}
	for _, d := range answer.Payload.ArchWarningsDeps {
		from := path.Join(module, path.Dir(d.FileRelativePath))
		if from != d.ResolvedImportName { // tests of a package import it
			v.pairs = append(v.pairs, from+" -> "+d.ResolvedImportName)
		}
	}
	for _, d := range answer.Payload.ArchWarningsNotMatched {
		v.unmatched = append(v.unmatched, strings.TrimPrefix(path.Dir(d.FileRelativePath), "/"))
	}
	return v.sorted()
}

func archGo(t *testing.T, dir string) verdict {
	t.Helper()
	out := run(t, dir, "arch-go", "--json", "--color", "no")
	text, err := os.ReadFile(filepath.Join(dir, ".arch-go", "report.json"))
	if err != nil {
		require.Contains(t, string(out), "deprecated", "arch-go says why it does not check: %s", out)
		return verdict{refused: true}
	}
	var answer struct {
		Compliance struct {
			Details struct {
				DependenciesRules struct {
					Details []struct {
						PackageDetails []struct {
							Package string
							Details []string
						}
					}
				}
			}
		}
	}
	require.NoError(t, json.Unmarshal(text, &answer))
	var v verdict
	for _, rule := range answer.Compliance.Details.DependenciesRules.Details {
		for _, p := range rule.PackageDetails {
			for _, d := range p.Details {
				_, to, ok := strings.Cut(d, "imported package '")
				require.True(t, ok, d)
				v.pairs = append(v.pairs, p.Package+" -> "+strings.TrimSuffix(to, "'"))
			}
		}
	}
	return v.sorted()
}

// checked is what check says: every import that is an error, and every folder that nobody owns.
func checked(t *testing.T, w *workspace.Workspace) verdict {
	t.Helper()
	findings, err := w.Snapshot(context.Background()).Findings()
	require.NoError(t, err)
	var v verdict
	for _, f := range findings {
		switch {
		case f.Rule == "map/unassigned":
			v.unmatched = append(v.unmatched, f.Subject.Path)
		case f.Severity != "note" && f.Subject.From != "":
			v.pairs = append(v.pairs, strings.TrimPrefix(f.Subject.From, "go:")+" -> "+strings.TrimPrefix(f.Subject.To, "go:"))
		case f.Severity != "note":
			t.Errorf("check says more than the other tool: %s %s: %s", f.At, f.Rule, f.Message)
		}
	}
	return v.sorted()
}

func (v verdict) sorted() verdict {
	slices.Sort(v.pairs)
	slices.Sort(v.unmatched)
	v.pairs, v.unmatched = slices.Compact(v.pairs), slices.Compact(v.unmatched)
	return v
}
