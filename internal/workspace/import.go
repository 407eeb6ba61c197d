package workspace

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"path/filepath"
	"strings"

	"github.com/asbuilt/asbuilt/internal/files"
	"github.com/asbuilt/asbuilt/internal/foreign"
	"github.com/asbuilt/asbuilt/internal/observe/golang"
	"github.com/asbuilt/asbuilt/internal/rewrite"
	"github.com/asbuilt/asbuilt/pkg/finding"
)

// Tool is a tool whose rules can be imported.
type Tool struct {
	Name  string
	Title string   // its configuration, in words
	Files []string // where its configuration is looked for
	read  func(foreign.Input) foreign.Output
	owns  bool // it is about who owns files, and adds to an architecture
}

// Tools lists them.
func Tools() []Tool {
	return []Tool{
		{"go-arch-lint", "the components and deps of go-arch-lint", []string{".go-arch-lint.yml"}, foreign.GoArchLint, false},
		{"arch-go", "the dependency rules of arch-go", []string{"arch-go.yml"}, foreign.ArchGo, false},
		{"depguard", "the depguard rules of golangci-lint", []string{".golangci.yml", ".golangci.yaml"}, foreign.Depguard, false},
		{"codeowners", "the owners of files, as teams", []string{"CODEOWNERS", ".github/CODEOWNERS", ".gitlab/CODEOWNERS", "docs/CODEOWNERS"}, foreign.Codeowners, true},
	}
}

// foreignLimit is the size in bytes of the largest foreign file that is read; what reads it has its own limit.
const foreignLimit = 6 << 20

// Imported is a translated configuration.
type Imported struct {
	Text     []byte // nil when it was not understood
	Name     string // printed name of the file it is for
	Findings []finding.Finding
	path     string
	others   bool // there is an architecture besides that file
}

// ErrInTheWay means that a file would be overwritten.
var ErrInTheWay = errors.New("is there already; --force overwrites it, --dry-run prints what it would be")

// OpenForImport finds the project around env.Dir; a folder without an architecture will do.
func OpenForImport(env Env) (*Workspace, error) {
	at, err := find(env.Dir)
	if errors.Is(err, ErrNotFound) {
		at, err = place{env.Dir, "."}, nil
	}
	if err != nil {
		return nil, err
	}
	return open(env, at)
}

// Import translates a configuration. file is relative to the working folder; "" looks where the tool does.
func (w *Workspace) Import(ctx context.Context, tool Tool, file string) (Imported, error) {
	p, err := w.foreignFile(tool, file)
	if err != nil {
		return Imported{}, err
	}
	text, err := w.root.Read(p, foreignLimit)
	if errors.Is(err, fs.ErrNotExist) {
		return Imported{}, fmt.Errorf("there is no file %s; without a name, import looks for %s", w.root.Name(p), strings.Join(tool.Files, ", "))
	}
	if err != nil {
		return Imported{}, fmt.Errorf("%s: %s", w.root.Name(p), reason(err))
	}
	out := path.Join(w.home, tool.Name+Suffix)
	in := foreign.Input{Name: w.root.Name(p), Text: text, Title: path.Base(filepath.ToSlash(w.root.Abs()))}
	if in.Files, err = listFiles(w.code, ".", nil); err != nil {
		return Imported{}, err
	}
	if tool.owns {
		in.Owned, err = w.owned(ctx, w.root.Name(out))
	} else {
		in.Base = w.moduleOf(path.Dir(p))
		in.Graph, err = observeGo(ctx, w.code, golang.Options{Roots: []string{in.Base}})
	}
	if err != nil {
		return Imported{}, err
	}
	made := tool.read(in)
	imported := Imported{Name: w.root.Name(out), Findings: made.Findings, path: out}
	if Broken(made.Findings) {
		return imported, nil
	}
	formatted, wrong := rewrite.Format(imported.Name, made.HCL)
	if len(wrong) > 0 {
		return imported, fmt.Errorf("the translation of %s is no HCL: %s; please report it", w.root.Name(p), wrong[0].Message)
	}
	imported.Text = formatted
	if !tool.owns {
		imported.others, err = w.hasOthers(out)
	}
	return imported, err
}

// owned is what there is that somebody may own.
func (w *Workspace) owned(ctx context.Context, written string) (foreign.Owned, error) {
	owned := foreign.Owned{Written: written}
	if !holdsArchitecture(w.root.Abs(), w.home) {
		return owned, nil
	}
	s := w.Snapshot(ctx)
	model, told, err := s.Model()
	if err != nil {
		return owned, err
	}
	if Broken(told) {
		return owned, errors.New("the architecture cannot be read; asbuilt validate says why")
	}
	owned.Model, owned.Dirs = model, map[string][]string{}
	result, err := s.Reflexion()
	if errors.Is(err, ErrNothingObserved) {
		return owned, nil
	}
	if err != nil {
		return owned, err
	}
	for _, n := range s.graph.Nodes {
		if address := result.Owners[n.ID]; address != "" && n.Dir != "" {
			owned.Dirs[address] = append(owned.Dirs[address], n.Dir)
		}
	}
	return owned, nil
}

// mostFiles bounds the files of a tree that is imported for.
const mostFiles = 500_000

// listFiles adds the files of a folder and below, but for git's own.
func listFiles(tree *files.Tree, dir string, all []string) ([]string, error) {
	entries, err := tree.Entries(dir)
	if err != nil {
		return all, err
	}
	for _, e := range entries {
		p := path.Join(dir, e.Name())
		switch {
		case e.IsDir() && e.Name() != ".git":
			if all, err = listFiles(tree, p, all); err != nil {
				return all, err
			}
		case !e.IsDir():
			all = append(all, p)
		}
		if len(all) > mostFiles {
			return all, fmt.Errorf("the tree holds more than %d files; import in a part of it, with -C", mostFiles)
		}
	}
	return all, nil
}

// foreignFile is the configuration's path in the project.
func (w *Workspace) foreignFile(tool Tool, file string) (string, error) {
	if file == "" {
		for _, name := range tool.Files {
			if p, err := w.inRoot(name); err == nil && w.root.IsFile(p) {
				return p, nil
			}
		}
		return "", fmt.Errorf("%s: there is no %s here; name the file: asbuilt import %s FILE", tool.Name, strings.Join(tool.Files, ", "), tool.Name)
	}
	return w.inRoot(file)
}

func (w *Workspace) inRoot(file string) (string, error) {
	abs := file
	if !filepath.IsAbs(abs) {
		abs = filepath.Join(w.env.Dir, file)
	}
	rel, err := filepath.Rel(w.root.Abs(), abs)
	if err != nil || !filepath.IsLocal(rel) {
		return "", fmt.Errorf("%s is outside the project; go to its folder with -C", filepath.ToSlash(file))
	}
	return filepath.ToSlash(rel), nil
}

// moduleOf is the nearest folder upwards that holds a go.mod; the root where there is none.
func (w *Workspace) moduleOf(dir string) string {
	for ; dir != "."; dir = path.Dir(dir) {
		if w.code.IsFile(path.Join(dir, "go.mod")) {
			return dir
		}
	}
	return "."
}

func (w *Workspace) hasOthers(out string) (bool, error) {
	entries, err := w.root.Entries(w.home)
	if err != nil {
		return false, err
	}
	for _, e := range entries {
		if isArchitecture(e.Name()) && path.Join(w.home, e.Name()) != out {
			return true, nil
		}
	}
	return false, nil
}

// WriteImported puts a translation in place.
func (w *Workspace) WriteImported(i Imported, force bool) error {
	if i.others {
		return fmt.Errorf("there is an architecture in %s already, and the imported one would say things twice: print it with --dry-run and take what you need", w.Where())
	}
	if _, err := w.root.Lstat(i.path); err == nil && !force {
		return fmt.Errorf("%s %w", i.Name, ErrInTheWay)
	} else if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("%s: %s", i.Name, reason(err))
	}
	return w.root.Write(i.path, i.Text)
}
