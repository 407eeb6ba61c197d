package workspace

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"

	"github.com/asbuilt/asbuilt/internal/baseline"
	"github.com/asbuilt/asbuilt/internal/check"
	"github.com/asbuilt/asbuilt/internal/rewrite"
	"github.com/asbuilt/asbuilt/pkg/arch"
	"github.com/asbuilt/asbuilt/pkg/finding"
)

// accepted is the declared baseline as it stands; nil when none is declared.
func (w *Workspace) accepted(m *arch.Model) *baseline.File {
	if m.Baseline == nil {
		return nil
	}
	file, err := w.readBaseline(m.Baseline.File)
	if err != nil {
		file.Problems = []baseline.Problem{unreadBaseline(m.Baseline, err)}
	}
	return file
}

func unreadBaseline(b *arch.Baseline, err error) baseline.Problem {
	p := baseline.Problem{At: b.At, Message: "the baseline " + b.File + " was not read: " + reason(err), Fix: "make it a readable regular file inside the project"}
	if errors.Is(err, fs.ErrNotExist) {
		p.Message = "the baseline " + b.File + " is not there"
		p.Fix = "write it with: asbuilt check --write-baseline, or remove the block"
	}
	return p
}

func (w *Workspace) readBaseline(p string) (*baseline.File, error) {
	file := &baseline.File{Name: w.root.Name(p)}
	data, err := w.root.Read(p, baseline.Limit)
	if err != nil {
		return file, err
	}
	file.Entries, file.Problems = baseline.Parse(file.Name, data)
	return file, nil
}

// Rebased is a baseline made anew that is not written yet.
type Rebased struct {
	File    string // printed; "" when there is nothing to accept
	Entries int
	Delta   baseline.Delta
	First   bool   // there was no such file before
	Block   string // HCL to add, when no block declares the file yet

	path          string
	before, after []byte
}

// Diff is the unified difference of the file.
func (r *Rebased) Diff() string { return rewrite.Diff(r.File, r.before, r.after) }

// Rebase makes a baseline of the findings as they stand: the declared one, else a new file that the architecture must
// still declare. When findings mean that nothing could be judged they are returned, and there is none.
func (s *Snapshot) Rebase() (*Rebased, []finding.Finding, error) {
	w := s.w
	model, told, err := s.Model()
	if err != nil || Broken(told) {
		return nil, told, err
	}
	target, block := baseline.DefaultFile, ""
	if model.Baseline != nil {
		target = model.Baseline.File
	} else {
		block = fmt.Sprintf("baseline {\n  file = %q\n}\n", target)
	}
	before, err := w.readBaseline(target)
	missing := errors.Is(err, fs.ErrNotExist)
	if err != nil && !missing {
		return nil, told, fmt.Errorf("the baseline %s was not read: %s", before.Name, reason(err))
	}
	findings, err := s.findings(before)
	if err != nil || Broken(findings) {
		return nil, findings, err
	}
	text := baseline.Format(check.Accept(findings))
	after, _ := baseline.Parse(before.Name, text)
	if missing && len(after) == 0 && block != "" {
		return &Rebased{}, nil, nil
	}
	standing, err := w.root.Read(target, baseline.Limit)
	if err != nil && !missing {
		return nil, nil, fmt.Errorf("the baseline %s was not read: %s", before.Name, reason(err))
	}
	return &Rebased{
		File: before.Name, Entries: len(after), Delta: baseline.Diff(before.Entries, after), First: missing, Block: block,
		path: target, before: standing, after: text,
	}, nil, nil
}

// WriteBaseline puts a baseline in place, unless it stands there already.
func (s *Snapshot) WriteBaseline(r *Rebased) error {
	if err := s.ctx.Err(); err != nil {
		return err
	}
	if r.File == "" || bytes.Equal(r.before, r.after) && !r.First {
		return nil
	}
	if err := s.w.root.Write(r.path, r.after); err != nil {
		return fmt.Errorf("the baseline %s was not written: %s", r.File, reason(err))
	}
	return nil
}
