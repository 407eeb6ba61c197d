package workspace

import (
	"cmp"
	"fmt"
	"maps"
	"path"
	"path/filepath"

	"github.com/asbuilt/asbuilt/internal/baseline"
	"github.com/asbuilt/asbuilt/internal/check"
	"github.com/asbuilt/asbuilt/internal/config"
	"github.com/asbuilt/asbuilt/internal/debt"
	"github.com/asbuilt/asbuilt/internal/files"
	"github.com/asbuilt/asbuilt/internal/git"
	"github.com/asbuilt/asbuilt/internal/observe/golang"
)

// ages reads from git's objects how long what is accepted has stood. The note says what is not known.
func (s *Snapshot) ages(in check.Input) (ages map[debt.Key]debt.Age, note string) {
	policy, code := s.w.policyPlaces(in), codePlaces(in)
	if s.w.code == s.w.root {
		return s.agesIn(s.w.root, append(policy, code...))
	}
	ages, note = s.agesIn(s.w.root, policy)
	more, other := s.agesIn(s.w.code, code) // another tree may be of another repository
	maps.Copy(more, ages)
	return more, cmp.Or(note, other)
}

// agesIn goes back through the history of the repository that holds a tree.
func (s *Snapshot) agesIn(tree *files.Tree, places []debt.Place) (map[debt.Key]debt.Age, string) {
	const unknown = "how long they have stood is not known: "
	none := map[debt.Key]debt.Age{}
	if len(places) == 0 {
		return none, ""
	}
	top := workTree(tree.Abs())
	if top == "" {
		return none, unknown + "no git repository holds them"
	}
	repo, err := git.Open(s.ctx, top)
	if err != nil {
		return none, unknown + err.Error()
	}
	defer repo.Close()
	head, err := repo.Commit("HEAD")
	if err != nil {
		return none, unknown + "HEAD: " + err.Error()
	}
	ages, end, err := debt.Ages(repo, head, debt.MostCommits, places)
	switch {
	case err != nil:
		return ages, "how long they have stood is not known to the end: " + err.Error()
	case end == git.Absent:
		return ages, "this clone is shallow: what stood at its end may be older; git fetch --unshallow brings the rest"
	case end == git.Far:
		return ages, fmt.Sprintf("%d commits were read: what stood in the last of them may be older", debt.MostCommits)
	}
	return ages, ""
}

// policyPlaces are the files of the architecture, together, and the baseline.
func (w *Workspace) policyPlaces(in check.Input) []debt.Place {
	var out []debt.Place
	if len(in.Model.Waivers) > 0 {
		var names []string
		for _, waiver := range in.Model.Waivers {
			names = append(names, debt.WaiverKey(waiver).Word)
		}
		out = append(out, debt.Place{Files: w.pastFiles, Words: config.WaiverNames, Limit: hclLimit, Want: names})
	}
	if in.Baseline != nil && len(in.Baseline.Entries) > 0 {
		var prints []string
		for _, e := range in.Baseline.Entries {
			prints = append(prints, e.Fingerprint())
		}
		out = append(out, debt.Place{
			Name: in.Baseline.Name, Files: only(in.Baseline.Name), Words: baseline.Fingerprints, Limit: baseline.Limit, Want: prints,
		})
	}
	return out
}

// pastFiles are the files of the architecture in a commit.
func (w *Workspace) pastFiles(t *git.Tree) ([]string, error) {
	home := filepath.ToSlash(filepath.Join(w.place(), w.home))
	names, err := t.Entries(home)
	var out []string
	for _, name := range names {
		if isArchitecture(name) {
			out = append(out, path.Join(home, name))
		}
	}
	return out, err
}

// codePlaces are the sources with comments that accept something.
func codePlaces(in check.Input) []debt.Place {
	var out []debt.Place
	at := map[string]int{}
	for i := range in.Graph.Waivers {
		key := debt.CommentKey(in.Graph.Waivers[i].At.File, &in.Graph.Waivers[i])
		n, known := at[key.Place]
		if !known {
			n = len(out)
			at[key.Place] = n
			out = append(out, debt.Place{Name: key.Place, Files: only(key.Place), Words: commentsOf, Limit: frameLimit})
		}
		out[n].Want = append(out[n].Want, key.Word)
	}
	return out
}

func commentsOf(text []byte) []string {
	var out []string
	for _, w := range golang.Waivers(text) {
		out = append(out, debt.CommentKey("", &w).Word)
	}
	return out
}

func only(name string) func(*git.Tree) ([]string, error) {
	return func(*git.Tree) ([]string, error) { return []string{name}, nil }
}
