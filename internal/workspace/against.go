package workspace

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path/filepath"
	"slices"
	"strings"

	"github.com/asbuilt/asbuilt/internal/baseline"
	"github.com/asbuilt/asbuilt/internal/check"
	"github.com/asbuilt/asbuilt/internal/compare"
	"github.com/asbuilt/asbuilt/internal/config"
	"github.com/asbuilt/asbuilt/internal/policy"
	"github.com/asbuilt/asbuilt/pkg/arch"
	"github.com/asbuilt/asbuilt/pkg/evidence"
	"github.com/asbuilt/asbuilt/pkg/finding"
	"github.com/asbuilt/asbuilt/pkg/source"
)

// Against judges the elements, edges and code of the project by the policy of a commit, and says what the
// change adds and where it loosens that policy. The commit's files are read from git's objects.
func (s *Snapshot) Against(ref string) ([]finding.Finding, *finding.Against, error) {
	p, err := s.w.openPast(s.ctx, ref)
	if err != nil {
		return nil, nil, fmt.Errorf("--against %s: %w", ref, err)
	}
	defer p.repo.Close()
	about := &finding.Against{Ref: ref, Commit: p.commit, Moved: []finding.Move{}, Free: []finding.Free{}}
	_, told, err := s.Model()
	if err != nil || Broken(told) {
		return told, about, err
	}
	var out []finding.Finding
	if p.tree == nil || p.root != s.w.place() {
		out, err = s.ungoverned(p, about)
	} else {
		out, err = s.governed(p, about)
	}
	if err != nil {
		return told, about, fmt.Errorf("--against %s: %w", ref, err)
	}
	out = append(slices.Clone(told), out...)
	finding.Sort(out)
	return out, about, nil
}

// place is the project root relative to the work tree around it, "." for its top.
func (w *Workspace) place() string {
	rel, err := filepath.Rel(workTree(w.root.Abs()), w.root.Abs())
	if err != nil {
		return "."
	}
	return filepath.ToSlash(rel)
}

// ungoverned judges by the project's own policy, since the commit has none that would hold here. That is right
// for a first architecture, and a finding where the change has put the old one away.
func (s *Snapshot) ungoverned(p *past, about *finding.Against) ([]finding.Finding, error) {
	about.Added, about.Removed = policy.Difference(arch.New(arch.Model{}), s.model)
	away, file := "", "" // the folder of the architecture that held before, and its first file
	if p.tree != nil {
		away, file = p.tree.Name(p.home), p.files[0].Name
		about.Note = fmt.Sprintf("in %s the architecture of %s holds here; its policy is about another root, so that the change's own judged", p.ref, folderInWords(away))
	} else {
		folders, err := p.elsewhere()
		if err != nil {
			return nil, err
		}
		for _, f := range folders {
			if !holdsArchitecture(workTree(s.w.root.Abs()), filepath.FromSlash(f)) {
				away = f
			}
		}
		if away != "" {
			file = p.first(away)
		}
		about.Note = fmt.Sprintf("%s has no architecture here; the change's own policy judged", p.ref)
	}
	var weakened []finding.Finding
	if away != "" {
		weakened = append(weakened, finding.Finding{
			Rule: "gate/weakened", At: s.first(), Subject: finding.Subject{Path: away},
			Message: fmt.Sprintf("the architecture that judged this code stood in %s; %s takes its place, with a policy of its own", folderInWords(away), s.w.Where()),
			Related: []finding.Related{{Message: fmt.Sprintf("%s:%s: the policy that held", p.ref, file), At: source.Range{File: file}}},
			Fix:     &finding.Fix{Message: "move the architecture in a change of its own, without other edits, and have who answers for it agree"},
		})
	}
	in, err := s.brief()
	if err != nil {
		return nil, err
	}
	var unread []finding.Finding
	if in.Pictures, unread, err = s.standing(); err != nil {
		return nil, err
	}
	in.Weakened = weakened
	in.Model = s.model.With(func(m *arch.Model) { // nobody softens what is said about the move
		levels := maps.Clone(m.Architecture.Severity)
		delete(levels, "gate/weakened")
		m.Architecture.Severity = levels
	})
	return append(check.Findings(in), unread...), nil
}

// folderInWords is the name of a folder in a sentence.
func folderInWords(name string) string {
	if name == "." {
		return "the repository's own folder"
	}
	return name
}

// first is the first file of the architecture.
func (s *Snapshot) first() source.Range {
	if at := s.model.Architecture.At; !at.IsZero() {
		return at
	}
	return source.Range{File: s.w.anchor()}
}

// governed judges by the policy of the commit.
func (s *Snapshot) governed(p *past, about *finding.Against) ([]finding.Finding, error) {
	old, err := p.understood(config.Load(p.files, s.w.pastOptions(p)))
	if err != nil {
		return nil, err
	}
	over, err := p.understood(config.LoadPolicy(p.files, s.w.pastOptions(p), s.model))
	if err != nil {
		return nil, err
	}
	accepted, err := p.baseline(old.Baseline)
	if err != nil {
		return nil, err
	}
	about.Added, about.Removed = policy.Difference(old, s.model)
	in := policy.Input{
		Ref: p.ref, Old: old, New: s.model, Rules: over.Rules,
		Gone: func(folder string) bool { return !s.w.code.IsDir(folder) },
	}
	if accepted != nil {
		in.Accepted.Old = accepted.Entries
	}
	if now := s.w.accepted(s.model); now != nil {
		in.Accepted.New = now.Entries
	}
	own, err := s.Findings()
	if err != nil {
		return nil, err
	}
	seen := s.sight
	judge := policy.Judge(in) // names followed by moved blocks alone: enough to know what the old policy reads
	if !slices.EqualFunc(judge.Observers, s.model.Observers, sameObserver) {
		if seen, err = s.w.look(s.ctx, judge.Observers); err != nil {
			return nil, err
		}
	}
	in.Before, in.After = compare.Reflexion(old, seen.judged...).Owners, compare.Reflexion(s.model, seen.judged...).Owners
	about.Moved, about.Free = policy.Moved(in), policy.Free(in)
	in.Comments = s.newComments(p, seen.graph.Waivers)
	judge = policy.Judge(in)
	brief, err := s.brief()
	if err != nil {
		return nil, err
	}
	brief.Model, brief.Result = judge, compare.Reflexion(judge, seen.judged...)
	brief.Coverage, brief.Unmatched, brief.Graph = seen.graph.Coverage, seen.unmatched, evidence.Merge(seen.judged...)
	brief.Graph.Waivers = slices.DeleteFunc(brief.Graph.Waivers, func(w evidence.Waiver) bool { return slices.Contains(in.Comments, w) })
	brief.Baseline, brief.Weakened = accepted, policy.Weakened(in)
	if hidden := s.hidden(p); hidden != nil {
		brief.Weakened = append(brief.Weakened, *hidden)
	}
	if brief.Pictures, _, err = s.standing(); err != nil { // what is unread is among its own
		return nil, err
	}
	// What is wrong with a policy in itself – a waiver that matches nothing – is asked of the change's own: the old
	// one cannot be mended any more.
	out := slices.DeleteFunc(check.Findings(brief), ofPolicy)
	said := map[string]bool{}
	for _, f := range out {
		said[f.Fingerprint] = true
	}
	for _, f := range own {
		if ofPolicy(f) || f.Rule == "gate/blind" && !said[f.Fingerprint] {
			out = append(out, f)
		}
	}
	return out, nil
}

// ofPolicy reports whether a finding is about the text of a policy, not about code or model.
func ofPolicy(f finding.Finding) bool {
	return strings.HasPrefix(f.Rule, "waiver/") || f.Rule == "baseline/stale" || f.Rule == "gate/vacuous"
}

// hidden is the finding about the folder of the old architecture that still holds files, which nothing reads
// any more since another folder is found first.
func (s *Snapshot) hidden(p *past) *finding.Finding {
	if p.home == s.w.home || !holdsArchitecture(s.w.root.Abs(), p.home) {
		return nil
	}
	old := s.w.root.Name(p.home)
	return &finding.Finding{
		Rule: "gate/weakened", At: s.first(), Subject: finding.Subject{Path: old},
		Message: fmt.Sprintf("the architecture in %s is still there and nothing reads it any more: %s is found first", old, s.w.Where()),
		Related: []finding.Related{{Message: fmt.Sprintf("%s:%s: the policy that held", p.ref, old), At: source.Range{File: old}}},
		Fix:     &finding.Fix{Message: "keep the architecture in one folder: remove one of the two"},
	}
}

func sameObserver(a, b *arch.Observer) bool {
	return a.Kind == b.Kind && a.Tests == b.Tests && a.Exact == b.Exact && slices.Equal(written(a.Roots), written(b.Roots)) &&
		slices.Equal(written(a.Files), written(b.Files)) && slices.Equal(written(a.Exclude), written(b.Exclude))
}

// mostMistakes is how many mistakes of an older architecture are said.
const mostMistakes = 5

// understood is a model of the commit, or an error that says what is wrong with its text.
func (p *past) understood(model *arch.Model, told []finding.Finding) (*arch.Model, error) {
	if !Broken(told) {
		return model, nil
	}
	finding.Sort(told)
	wrong := []error{fmt.Errorf("the architecture of %s is not understood, so that it cannot judge; mend it there first, or name another commit", p.ref)}
	for _, f := range told[:min(len(told), mostMistakes)] {
		wrong = append(wrong, fmt.Errorf("%s:%s: %s", p.ref, f.At, f.Message))
	}
	if more := len(told) - mostMistakes; more > 0 {
		wrong = append(wrong, fmt.Errorf("and %d more", more))
	}
	return nil, errors.Join(wrong...)
}

// baseline is that of the commit; nil when it declares none. A file that is not there accepts nothing.
func (p *past) baseline(b *arch.Baseline) (*baseline.File, error) {
	if b == nil {
		return nil, nil
	}
	file := &baseline.File{Name: p.tree.Name(b.File)}
	data, err := p.tree.Read(b.File, baseline.Limit)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("%s in %s: the baseline was not read: %s", file.Name, p.ref, reason(err))
	}
	file.Entries, file.Problems = baseline.Parse(file.Name, data)
	if len(file.Problems) > 0 {
		problem := file.Problems[0]
		return nil, fmt.Errorf("%s:%s: %s; mend it there first, or name another commit", p.ref, problem.At, problem.Message)
	}
	return file, nil
}

func (w *Workspace) pastOptions(p *past) config.Options {
	hasGo := w.hasGo()
	if w.code == w.root {
		hasGo = p.tree.IsFile("go.mod") || p.tree.IsFile("go.work")
	}
	return config.Options{Vars: w.env.Vars, SpareVars: true, ToolVersion: w.env.Version, Rules: check.RuleIDs(), HasGo: hasGo}
}

// newComments are the waivers in code that the commit does not have: the lines from the comment to the import
// that it is about stand nowhere in the commit's file.
func (s *Snapshot) newComments(p *past, all []evidence.Waiver) []evidence.Waiver {
	var out []evidence.Waiver
	now, then := map[string][]string{}, map[string][]string{}
	for _, w := range all {
		name := w.At.File
		if w.Written != "" { // accepts nothing
			continue
		}
		if _, known := now[name]; !known {
			data, _ := s.w.Source(name)
			now[name], then[name] = trimmed(data), p.lines(name)
		}
		first, last := w.At.Start.Line, max(w.Line, w.At.Start.Line)
		if w.Line > 0 {
			first = min(first, w.Line)
		}
		if first < 1 || last > len(now[name]) || !stands(now[name][first-1:last], then[name]) {
			out = append(out, w)
		}
	}
	return out
}

// stands reports whether lines stand one after the other in others.
func stands(lines, in []string) bool {
	for i := range in {
		if len(in)-i >= len(lines) && slices.Equal(in[i:i+len(lines)], lines) {
			return true
		}
	}
	return false
}
