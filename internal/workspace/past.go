package workspace

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/asbuilt/asbuilt/internal/config"
	"github.com/asbuilt/asbuilt/internal/git"
)

// past is an architecture as a commit has it.
type past struct {
	ref, commit string
	repo        *git.Repository
	whole       *git.Tree // the commit
	tree        *git.Tree // the project root; nil when the commit has no architecture that would be found from here
	root        string    // the project root relative to the work tree, "." for the top
	home        string    // the folder of the HCL files relative to it
	files       []config.File
}

// openPast finds the architecture of a commit as find does in the work tree: from the working folder upwards.
func (w *Workspace) openPast(ctx context.Context, ref string) (*past, error) {
	top := workTree(w.root.Abs())
	if top == "" {
		return nil, errors.New("no git repository holds this project, so that there is no older policy to judge by; run it in a clone, or without --against")
	}
	repo, err := git.Open(ctx, top)
	if err != nil {
		return nil, err
	}
	p := &past{ref: ref, repo: repo}
	if err := p.open(top, w.env.Dir); err != nil {
		repo.Close()
		return nil, err
	}
	return p, nil
}

func (p *past) open(top, dir string) (err error) {
	if p.commit, err = p.repo.Commit(p.ref); err != nil {
		return err
	}
	if p.whole, err = p.repo.Tree(p.commit, "."); err != nil {
		return err
	}
	rel, err := filepath.Rel(top, dir)
	if err != nil || !filepath.IsLocal(rel) {
		rel = "."
	}
	for at := filepath.ToSlash(rel); ; at = path.Dir(at) {
		found, err := p.look(at)
		if err != nil || found {
			return err
		}
		if at == "." {
			return nil
		}
	}
}

// look looks for an architecture in the homes of one folder.
func (p *past) look(folder string) (bool, error) {
	tree, err := p.repo.Tree(p.commit, folder)
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	for _, home := range homes {
		names, err := tree.Entries(home)
		switch {
		case errors.Is(err, fs.ErrNotExist):
			continue
		case err != nil:
			return false, fmt.Errorf("%s in %s: %s", tree.Name(home), p.ref, reason(err))
		}
		for _, name := range names {
			if !isArchitecture(name) {
				continue
			}
			at := path.Join(home, name)
			data, err := tree.Read(at, hclLimit)
			if err != nil {
				return false, fmt.Errorf("%s in %s: the file was not read: %s", tree.Name(at), p.ref, reason(err))
			}
			p.files = append(p.files, config.File{Name: tree.Name(at), Data: data})
		}
		if len(p.files) > 0 {
			p.tree, p.root, p.home = tree, folder, home
			return true, nil
		}
	}
	return false, nil
}

// elsewhere lists the folders of the commit that hold an architecture.
func (p *past) elsewhere() ([]string, error) {
	var out []string
	err := p.whole.Walk(func(folder string, names []string) {
		for _, name := range names {
			if isArchitecture(name) {
				out = append(out, folder)
				return
			}
		}
	})
	return out, err
}

// first is the first file of the architecture in a folder of the commit.
func (p *past) first(folder string) (file string) {
	_ = p.whole.Walk(func(at string, names []string) { // it was walked before
		i := slices.IndexFunc(names, isArchitecture)
		if at == folder && i >= 0 {
			file = path.Join(folder, names[i])
		}
	})
	return file
}

// lines reads the lines of a file of the commit, by its printed name; none when it is not there.
func (p *past) lines(name string) []string {
	data, err := p.whole.Read(name, frameLimit)
	if err != nil {
		return nil
	}
	return trimmed(data)
}

// trimmed are the lines of a text without the space around each.
func trimmed(data []byte) []string {
	lines := strings.Split(string(data), "\n")
	for i := range lines {
		lines[i] = strings.TrimSpace(lines[i])
	}
	return lines
}
