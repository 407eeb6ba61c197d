package workspace

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"

	"github.com/asbuilt/asbuilt/internal/files"
	"github.com/asbuilt/asbuilt/internal/stamp"
	"github.com/asbuilt/asbuilt/pkg/finding"
)

// Output is the folder that pictures are written to.
type Output struct {
	ctx     context.Context
	tree    *files.Tree
	dir     string // relative to the project root, for links; it may begin with ..
	version string // of the architecture
}

// Output opens the output folder: the declared one, or the one named by the user relative to the
// working folder. Without create, a missing folder is fs.ErrNotExist.
func (s *Snapshot) Output(named string, create bool) (*Output, error) {
	if named == "" {
		dir := s.model.Architecture.Out
		tree, err := s.w.root.Sub(dir, create)
		if err != nil && (create || !errors.Is(err, fs.ErrNotExist)) {
			return nil, s.noFolder(err)
		}
		if err != nil {
			return nil, err
		}
		return &Output{s.ctx, tree, dir, s.model.Architecture.Version}, nil
	}
	shown := filepath.ToSlash(filepath.Clean(named))
	if !filepath.IsAbs(named) {
		named = filepath.Join(s.w.env.Dir, named)
	}
	tree, err := files.Create(named, shown, create)
	if err != nil {
		return nil, fmt.Errorf("--out %s: %w", shown, bare(err))
	}
	dir, err := filepath.Rel(s.w.root.Abs(), named)
	if err != nil {
		dir = "."
	}
	return &Output{s.ctx, tree, filepath.ToSlash(dir), s.model.Architecture.Version}, nil
}

// noFolder is a declared output folder that cannot be had: a finding where it is declared, as an error where that is
// all there is to say.
type noFolder struct{ finding.Finding }

func (e noFolder) Error() string { return e.At.String() + ": " + e.Message + "; " + e.Fix.Message }

func (s *Snapshot) noFolder(err error) error {
	a := s.model.Architecture
	at := a.OutAt
	if at.IsZero() {
		at = s.first()
	}
	return noFolder{finding.Finding{
		Rule: "gate/blind", Severity: finding.Error, At: at, Subject: finding.Subject{Path: s.w.root.Name(a.Out)},
		Message: fmt.Sprintf("%s cannot be the folder of the pictures: %s", s.w.root.Name(a.Out), reason(err)),
		Fix:     &finding.Fix{Message: "make it a folder inside the project, or name another one with out"},
	}}
}

// linkBase is the folder, relative to the project root, that links of pictures start from.
func (s *Snapshot) linkBase(out string) string {
	if out == "" || out == "-" {
		return s.model.Architecture.Out
	}
	if !filepath.IsAbs(out) {
		out = filepath.Join(s.w.env.Dir, out)
	}
	rel, err := filepath.Rel(s.w.root.Abs(), out)
	if err != nil {
		return s.model.Architecture.Out
	}
	return filepath.ToSlash(rel)
}

// Close releases the folder.
func (o *Output) Close() error { return o.tree.Close() }

// Outcome says what became of a product.
type Outcome string

// The outcomes.
const (
	Written   Outcome = "written"
	Unchanged Outcome = "unchanged"
)

// ErrForeign is a file in the way that we did not write, or that was changed by hand.
var ErrForeign = errors.New("stands in the way")

// Write puts a product in place. A file that is not ours, or was edited, is overwritten only by force.
func (o *Output) Write(p Product, force bool) (name string, out Outcome, err error) {
	name = o.tree.Name(p.File)
	if err := o.ctx.Err(); err != nil {
		return name, "", err
	}
	if out, err = o.May(p, force); err != nil || out == Unchanged {
		return name, out, err
	}
	return name, Written, o.tree.Write(p.File, p.Data)
}

// May says what would become of a product, or what stands in its way.
func (o *Output) May(p Product, force bool) (Outcome, error) {
	name := o.tree.Name(p.File)
	old, err := o.tree.Read(p.File, pictureLimit)
	switch {
	case err == nil && string(old) == string(p.Data):
		return Unchanged, nil
	case err == nil && !force:
		if why := o.foreign(old); why != "" {
			return "", fmt.Errorf("%s %w: %s; --force overwrites it", name, ErrForeign, why)
		}
	case err != nil && !errors.Is(err, fs.ErrNotExist):
		return "", fmt.Errorf("%s: %s", name, reason(err))
	}
	return Written, nil
}

// foreign says why a file that stands there must not be overwritten; "" when it may be.
func (o *Output) foreign(old []byte) string {
	mark, ours := stamp.Read(old)
	switch {
	case !ours:
		return "it was not made by asbuilt"
	case !mark.Intact && !mark.Torn: // what a merge has torn is drawn again
		return "it was changed by hand"
	case mark.Version != o.version:
		return fmt.Sprintf("it shows version %q of the architecture, this is %q (out = \"…/{version}\" keeps both)", mark.Version, o.version)
	}
	return ""
}

// pictureLimit is the size in bytes of the largest rendered file that is read back.
const pictureLimit = 64 << 20
