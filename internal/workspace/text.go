package workspace

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"

	"github.com/asbuilt/asbuilt/internal/files"
	"github.com/asbuilt/asbuilt/internal/layout"
	"github.com/asbuilt/asbuilt/internal/observe/golang"
	"github.com/asbuilt/asbuilt/internal/rewrite"
	"github.com/asbuilt/asbuilt/internal/scaffold"
	"github.com/asbuilt/asbuilt/pkg/evidence"
	"github.com/asbuilt/asbuilt/pkg/finding"
)

// Formatted is one HCL file as it stands and as it should.
type Formatted struct {
	Name          string // printed
	Before, After []byte
}

// Changed reports whether the file is not in the one form.
func (f Formatted) Changed() bool { return string(f.Before) != string(f.After) }

// Diff is the unified difference of the two forms.
func (f Formatted) Diff() string { return rewrite.Diff(f.Name, f.Before, f.After) }

// Format brings every HCL file of the architecture into the one form, without writing.
func (w *Workspace) Format() ([]Formatted, []finding.Finding, error) {
	texts, err := w.readTexts()
	if err != nil {
		return nil, nil, err
	}
	told := texts.blind
	var out []Formatted
	for _, text := range texts.files {
		f, wrong := FormatText(text.Name, text.Data)
		told = append(told, wrong...)
		if len(wrong) == 0 {
			out = append(out, f)
		}
	}
	finding.Sort(told)
	return out, told, nil
}

// FormatText formats text that stands in no file.
func FormatText(name string, data []byte) (Formatted, []finding.Finding) {
	after, told := rewrite.Format(name, data)
	finding.Sort(told)
	return Formatted{Name: name, Before: data, After: after}, told
}

// WriteFormatted puts a formatted file in place.
func (w *Workspace) WriteFormatted(f Formatted) error {
	p, ok := w.root.Path(f.Name)
	if !ok {
		return fmt.Errorf("%s is outside the project", f.Name)
	}
	return w.root.Write(p, f.After)
}

// StarterFile is the file that init writes.
const StarterFile = "asbuilt" + Suffix

// ErrExists means that init would overwrite an architecture.
var ErrExists = errors.New("there is an architecture already; --force writes a new " + StarterFile)

// Starter is a proposed architecture.
type Starter struct {
	Name     string // printed name of the file
	Text     []byte
	Packages int
	Ignored  []string       // patterns of packages that git ignores: they are excluded
	Gaps     []evidence.Gap // what was not read: check will say so, too
}

// Propose observes the Go code of a folder, or that which Code names, and proposes an architecture for it, without writing.
func Propose(ctx context.Context, env Env, force bool) (Starter, *files.Tree, error) {
	tree, err := openNamed(env.Dir)
	if err != nil {
		return Starter{}, nil, err
	}
	s, err := propose(ctx, env, tree, force)
	if err != nil {
		return Starter{}, nil, errors.Join(err, tree.Close())
	}
	return s, tree, nil
}

func propose(ctx context.Context, env Env, tree *files.Tree, force bool) (Starter, error) {
	if !force {
		if err := standsAlone(tree); err != nil {
			return Starter{}, err
		}
		for _, home := range homes {
			if holdsArchitecture(env.Dir, home) {
				return Starter{}, ErrExists
			}
		}
	}
	code := tree
	if env.Code != "" {
		var err error
		if code, err = env.openCode(); err != nil {
			return Starter{}, err
		}
		defer code.Close()
	}
	graph, err := observeGo(ctx, code, golang.Options{})
	if err != nil {
		return Starter{}, err
	}
	if packagesOf(graph) == 0 {
		return Starter{}, nothingToPropose(graph.Gaps)
	}
	skipped, _ := ignored(ctx, code.Abs(), graph)
	if len(skipped) > 0 { // check will not read them, nor what only they lead to
		if graph, err = observeGo(ctx, code, golang.Options{Exclude: skipped}); err != nil {
			return Starter{}, err
		}
		skipped = excludedFrom(graph)
	}
	text := scaffold.Propose(scaffold.Input{Graph: graph, ModuleName: path.Base(code.Abs()), Ignored: skipped})
	return Starter{Name: tree.Name(StarterFile), Text: text, Packages: packagesOf(graph), Ignored: skipped, Gaps: graph.Gaps}, nil
}

func packagesOf(g evidence.Graph) int {
	n := 0
	for _, c := range g.Coverage {
		n += c.Packages
	}
	return n
}

// excludedFrom lists the patterns that took a package out of what one root gave: check wants no other.
func excludedFrom(g evidence.Graph) []string {
	var out []string
	for _, x := range g.Coverage[0].Excluded {
		if x.Packages > 0 {
			out = append(out, x.Pattern)
		}
	}
	return out
}

// standsAlone is an error where the new file would be merged with others: both would declare the same code.
func standsAlone(tree *files.Tree) error {
	entries, err := tree.Entries(".")
	if err != nil {
		return err
	}
	for _, e := range entries {
		if isArchitecture(e.Name()) && e.Name() != StarterFile {
			return fmt.Errorf("%s holds an architecture already, and %s would be merged with it: remove or rename it first", tree.Name(e.Name()), StarterFile)
		}
	}
	return nil
}

// nothingToPropose says why there is no architecture to propose.
func nothingToPropose(gaps []evidence.Gap) error {
	if len(gaps) == 0 {
		return errors.New("there is no Go package here: run asbuilt init where the go.mod is")
	}
	return fmt.Errorf("nothing to propose from: %s: %s", gaps[0].At, gaps[0].Reason)
}

// WriteStarter puts a proposed architecture in place.
func WriteStarter(tree *files.Tree, s Starter, force bool) error {
	if err := standsAlone(tree); err != nil {
		return err
	}
	if _, err := tree.Lstat(StarterFile); err == nil && !force {
		return ErrExists
	} else if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("%s: %s", s.Name, reason(err))
	}
	return tree.Write(StarterFile, s.Text)
}

// ServeLayout is a layout worker's life: requests in, plans out, until the input ends.
func ServeLayout(in io.Reader, out io.Writer) error { return layout.Serve(in, out) }

// GraphvizVersion is the version of the layout engine that is linked in.
const GraphvizVersion = "12.1.2"
