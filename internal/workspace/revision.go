package workspace

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/asbuilt/asbuilt/internal/baseline"
	"github.com/asbuilt/asbuilt/internal/check"
	"github.com/asbuilt/asbuilt/internal/compare"
	"github.com/asbuilt/asbuilt/internal/config"
	"github.com/asbuilt/asbuilt/internal/rewrite"
	"github.com/asbuilt/asbuilt/internal/scaffold"
	"github.com/asbuilt/asbuilt/pkg/arch"
	"github.com/asbuilt/asbuilt/pkg/finding"
)

// Revision is a new version of the architecture's files that is not written yet.
type Revision struct {
	Changes []arch.Change // those that are in the text
	Files   []rewrite.Edited
	ByHand  []rewrite.Left    // those that have no literal to edit
	Stale   int               // lines that leave the baseline
	Unnamed []string          // folders of packages that no pattern can name, printed
	Left    []finding.Finding // errors and warnings of the code that it leaves
}

// Diff is the unified difference of all files.
func (r *Revision) Diff() string {
	var b strings.Builder
	for _, f := range r.Files {
		b.WriteString(rewrite.Diff(f.Name, f.Before, f.After))
	}
	return b.String()
}

// Fix takes out what is declared and not so: absent edges, stale waivers, stale lines of the baseline. Findings that
// mean that nothing can be judged are returned instead.
func (s *Snapshot) Fix() (*Revision, []finding.Finding, error) {
	findings, err := s.Findings()
	if err != nil || Broken(findings) {
		return nil, findings, err
	}
	in, err := s.brief()
	if err != nil {
		return nil, nil, err
	}
	r, err := s.revise(check.Pruned(in, findings), "")
	if err != nil {
		return nil, nil, err
	}
	return r, nil, s.pruneBaseline(r, findings)
}

// Adopt declares what the code does: components for packages that no element owns, and the edges that nobody declared.
// With a part, it adopts what a check of that part reports.
func (s *Snapshot) Adopt(part *finding.Part) (*Revision, []finding.Finding, error) {
	findings, err := s.Findings()
	if err != nil || Broken(findings) {
		return nil, findings, err
	}
	in, err := s.brief()
	if err != nil {
		return nil, nil, err
	}
	of := func(findings []finding.Finding) []finding.Finding {
		if part == nil {
			return findings
		}
		return check.Partial(in, findings, part)
	}
	extension := scaffold.Extend(in.Model, s.graph, check.Unowned(in, of(findings)))
	var changes []arch.Change
	for _, e := range extension.Components {
		changes = append(changes, arch.Change{Action: arch.Add, Element: e})
	}
	in.Model = in.Model.Apply(changes...)
	in.Result = compare.Reflexion(in.Model, s.judged...)
	in.Baseline = s.w.accepted(in.Model)
	changes = append(changes, check.Adopted(in, of(check.Drift(in)))...)
	r, err := s.revise(changes, extension.File)
	if err != nil {
		return nil, nil, err
	}
	for _, dir := range extension.Unnamed {
		r.Unnamed = append(r.Unnamed, s.w.code.Name(dir))
	}
	in.Model = s.model.Apply(r.Changes...)
	in.Result = compare.Reflexion(in.Model, s.judged...)
	r.Left = slices.DeleteFunc(check.Remaining(of(check.Findings(in))), r.isByHand)
	return r, nil, nil
}

// isByHand reports a finding that is said already, by the change that someone must make.
func (r *Revision) isByHand(f finding.Finding) bool {
	return f.Rule == "code/undeclared" && f.Between != nil && slices.ContainsFunc(r.ByHand, func(l rewrite.Left) bool {
		return l.Change.Edge != nil && l.Change.Edge.From == f.Between.From && l.Change.Edge.To == f.Between.To
	})
}

// revise plans changes, and loads what the text would be: it must say exactly the model with the changes. A change
// that the text cannot make, because something else says the same, is left to the user.
func (s *Snapshot) revise(changes []arch.Change, home string) (*Revision, error) {
	texts, err := s.w.readTexts()
	if err != nil {
		return nil, err
	}
	in := make([]rewrite.File, len(texts.files))
	for i, t := range texts.files {
		in[i] = rewrite.File{Name: t.Name, Data: t.Data}
	}
	out := &Revision{}
	for range 2 {
		plan, told := rewrite.Apply(in, home, changes)
		if len(told) > 0 {
			return nil, fmt.Errorf("%s: %s", told[0].At, told[0].Message)
		}
		made := slices.DeleteFunc(slices.Clone(changes), func(c arch.Change) bool {
			return slices.ContainsFunc(plan.Left, func(l rewrite.Left) bool { return l.Change == c })
		})
		got, told := config.Load(revised(texts.files, plan.Files), s.w.loadOptions())
		if Broken(told) {
			finding.Sort(told)
			return nil, fmt.Errorf("the text with the changes would be wrong at %s: %s; nothing was written", told[0].At, told[0].Message)
		}
		stays := func(c arch.Change) bool {
			return c.Action == arch.Remove && c.Edge != nil && edgeIn(got, c.Edge) != nil
		}
		out.ByHand = append(out.ByHand, plan.Left...)
		if slices.ContainsFunc(made, stays) {
			for _, c := range made {
				if stays(c) {
					out.ByHand = append(out.ByHand, rewrite.Left{Change: c, At: edgeIn(got, c.Edge).At, Reason: "the edge comes from an expression too: change it at its place"})
				}
			}
			changes = slices.DeleteFunc(made, stays)
			continue
		}
		if err := sameModel(s.model.Apply(made...), got); err != nil {
			return nil, err
		}
		out.Changes, out.Files = made, plan.Files
		return out, nil
	}
	return nil, errors.New("the changes could not be planned; nothing was written")
}

func edgeIn(m *arch.Model, e *arch.Edge) *arch.Edge {
	for _, x := range m.EdgesBetween(e.From, e.To) {
		if x.Kind == e.Kind && x.Label == e.Label {
			return x
		}
	}
	return nil
}

// revised are the files with their new text.
func revised(texts []config.File, edited []rewrite.Edited) []config.File {
	out := slices.Clone(texts)
	for i := range out {
		for _, e := range edited {
			if e.Name == out[i].Name {
				out[i].Data = e.After
			}
		}
	}
	return out
}

// sameModel holds what the new text says against what it was to say.
func sameModel(want, got *arch.Model) error {
	a, b := outline(want), outline(got)
	for i := range max(len(a), len(b)) {
		switch {
		case i >= len(a) || i < len(b) && b[i] < a[i]:
			return fmt.Errorf("the text with the changes would say more than it should: %s; nothing was written", b[i])
		case i >= len(b) || a[i] < b[i]:
			return fmt.Errorf("the text with the changes would not say: %s; nothing was written", a[i])
		}
	}
	return nil
}

// outline lists what changes can touch, sorted.
func outline(m *arch.Model) []string {
	var out []string
	for _, e := range m.Elements {
		line := fmt.Sprintf("%s in %q owner %q title %q", e.Address, e.Parent, e.Owner, e.Title)
		if e.Code != nil {
			for _, p := range e.Code.Go {
				line += " " + p.Text
			}
		}
		out = append(out, line)
	}
	for _, e := range m.Edges {
		out = append(out, fmt.Sprintf("%s -> %s %s %q", e.From, e.To, e.Kind, e.Label))
	}
	for _, w := range m.Waivers {
		out = append(out, "waiver."+w.Name)
	}
	slices.Sort(out)
	return out
}

// pruneBaseline takes the stale lines out of the baseline, and leaves the others as they are.
func (s *Snapshot) pruneBaseline(r *Revision, findings []finding.Finding) error {
	numbers := map[int]bool{}
	for i := range findings {
		if f := &findings[i]; f.Rule == "baseline/stale" {
			numbers[f.At.Start.Line] = true
		}
	}
	if len(numbers) == 0 {
		return nil
	}
	before, err := s.w.root.Read(s.model.Baseline.File, baseline.Limit)
	if err != nil {
		return err
	}
	r.Files = append(r.Files, rewrite.Edited{
		Name: s.w.root.Name(s.model.Baseline.File), Before: before, After: baseline.Without(before, numbers),
	})
	r.Stale = len(numbers)
	return nil
}

// WriteRevision puts all files in place, or none: a file that changed meanwhile or cannot be written leaves the
// others as they were.
func (s *Snapshot) WriteRevision(r *Revision) error {
	if err := s.ctx.Err(); err != nil {
		return err
	}
	for i, f := range r.Files {
		err := s.w.exchange(f.Name, f.Before, f.After)
		if err == nil {
			continue
		}
		for _, done := range r.Files[:i] {
			err = errors.Join(err, s.w.exchange(done.Name, done.After, done.Before))
		}
		return fmt.Errorf("nothing was written: %w", err)
	}
	return nil
}

// exchange replaces a file that still says what it said.
func (w *Workspace) exchange(name string, before, after []byte) error {
	p, ok := w.root.Path(name)
	if !ok {
		return fmt.Errorf("%s is outside the project", name)
	}
	standing, err := w.root.Read(p, baseline.Limit)
	switch {
	case err != nil:
		return fmt.Errorf("%s: %s", name, reason(err))
	case !bytes.Equal(standing, before):
		return fmt.Errorf("%s changed meanwhile", name)
	}
	if err := w.root.Write(p, after); err != nil {
		return fmt.Errorf("%s: %s", name, reason(err))
	}
	return nil
}
