package workspace

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/asbuilt/asbuilt/internal/files"
)

// Suffix is how the files of an architecture end.
const Suffix = ".arch.hcl"

// homes are the folders, relative to a project root, that may hold its architecture, in this order.
var homes = [...]string{".", "architecture", "arch", "docs/architecture"}

// ErrNotFound means that no folder from here up to the repository's root holds an architecture.
var ErrNotFound = errors.New("no *.arch.hcl file found")

// place is where an architecture was found.
type place struct {
	root string // the project root, absolute
	home string // the folder of the HCL files relative to it
}

// find looks for an architecture in a folder, then in its parents up to the repository's root; without
// a repository it looks in the folder alone.
func find(dir string) (place, error) {
	top := workTree(dir)
	for d := dir; ; d = filepath.Dir(d) {
		for _, home := range homes {
			if holdsArchitecture(d, home) {
				return outermost(place{d, home}, top), nil
			}
		}
		if top == "" || d == top {
			break
		}
	}
	where := "in " + filepath.Base(dir) + ", architecture/, arch/ or docs/architecture/"
	if top != "" && top != dir {
		where += ", nor in its parents up to the repository's root"
	}
	return place{}, fmt.Errorf("%w %s; start one with: asbuilt init", ErrNotFound, where)
}

// outermost is the project whose architecture was found from a folder below its root: the root must not depend on where
// the command is given. A folder with a module of its own is a project of its own.
func outermost(at place, top string) place {
	if top == "" || hasFile(at.root, "go.mod") || hasFile(at.root, "go.work") {
		return at
	}
	found := filepath.Join(at.root, at.home)
	for i, home := range slices.Backward(homes[1:]) {
		root, ok := strings.CutSuffix(found, string(filepath.Separator)+filepath.FromSlash(home))
		if !ok || len(root) < len(top) || root == at.root {
			continue
		}
		if !slices.ContainsFunc(homes[:i+1], func(before string) bool { return holdsArchitecture(root, before) }) {
			return place{root, home}
		}
	}
	return at
}

func hasFile(dir, name string) bool {
	_, err := os.Lstat(filepath.Join(dir, name))
	return err == nil
}

// Unread lists the folders beside the project's architecture that could hold it, and hold one that is not read.
func (w *Workspace) Unread() []string {
	var out []string
	for _, home := range homes {
		if home != w.home && holdsArchitecture(w.root.Abs(), home) {
			out = append(out, w.root.Name(home))
		}
	}
	return out
}

// workTree is the nearest folder, upwards, that holds a .git; "" when there is none.
func workTree(dir string) string {
	for {
		if _, err := os.Lstat(filepath.Join(dir, ".git")); err == nil {
			return dir
		}
		parent := filepath.Dir(dir)
		if parent == dir {
			return ""
		}
		dir = parent
	}
}

func holdsArchitecture(dir, home string) bool {
	tree, err := files.Open(filepath.Join(dir, home), "")
	if err != nil {
		return false
	}
	defer tree.Close()
	entries, err := tree.Entries(".")
	if err != nil {
		return false
	}
	for _, e := range entries {
		if isArchitecture(e.Name()) {
			return true
		}
	}
	return false
}

// isArchitecture reports whether a file name is one of an architecture; an editor's leftovers are not.
func isArchitecture(name string) bool {
	return strings.HasSuffix(name, Suffix) && !strings.HasPrefix(name, ".")
}

// openNamed opens a folder with the names that are printed: relative to the work tree around it, else to itself.
func openNamed(dir string) (*files.Tree, error) {
	prefix := ""
	if top := workTree(dir); top != "" {
		rel, err := filepath.Rel(top, dir)
		if err != nil {
			return nil, err
		}
		if rel != "." {
			prefix = filepath.ToSlash(rel)
		}
	}
	return files.Open(dir, prefix)
}
