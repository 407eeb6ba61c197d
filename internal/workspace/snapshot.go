package workspace

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"sync"

	"github.com/asbuilt/asbuilt/internal/baseline"
	"github.com/asbuilt/asbuilt/internal/check"
	"github.com/asbuilt/asbuilt/internal/compare"
	"github.com/asbuilt/asbuilt/internal/config"
	"github.com/asbuilt/asbuilt/internal/files"
	"github.com/asbuilt/asbuilt/internal/lock"
	"github.com/asbuilt/asbuilt/internal/observe/golang"
	"github.com/asbuilt/asbuilt/pkg/arch"
	"github.com/asbuilt/asbuilt/pkg/diagram"
	"github.com/asbuilt/asbuilt/pkg/evidence"
	"github.com/asbuilt/asbuilt/pkg/finding"
	"github.com/asbuilt/asbuilt/pkg/reflexion"
	"github.com/asbuilt/asbuilt/pkg/source"
)

// ErrNothingObserved means that a check has nothing to compare the declaration with.
var ErrNothingObserved = errors.New(`nothing is observed: no observe block, and no go.mod or go.work at the root; add observe "go" { roots = [...] }`)

// Snapshot is one state of the project: each stage runs once, from the one before, when it is pulled.
type Snapshot struct {
	w     *Workspace
	ctx   context.Context
	given *texts // nil: they are read when they are asked for

	load    sync.Once
	model   *arch.Model
	told    []finding.Finding // by the language
	loadErr error
	hasGo   bool // at the root of the code

	depict sync.Once
	icons  map[string]diagram.Icon // the files that the model names, by path
	faded  []finding.Finding       // what is wrong with those

	observe sync.Once
	sight
	observed   bool
	observeErr error

	compare sync.Once
	result  *reflexion.Result

	rawOnce  sync.Once
	rawFound []finding.Finding // what the comparison says, before it is weighed

	judge sync.Once
	drift []finding.Finding // what views with drift show

	judgeSteps sync.Once
	steps      []finding.Finding // what sequences show

	readLock sync.Once
	locked   *lock.Lock
	torn     []finding.Finding // what is wrong with the lock
	mended   bool              // it can be used all the same, and writing it mends it
}

// Model is the declared architecture and what is wrong with its text. The model is nil when it could
// not be built; it must not be judged or drawn while Broken reports true of the findings.
func (s *Snapshot) Model() (*arch.Model, []finding.Finding, error) {
	s.load.Do(func() {
		if s.given == nil {
			s.given, s.loadErr = s.w.readTexts()
		}
		if s.loadErr == nil {
			s.hasGo = s.w.hasGo()
			s.model, s.told = s.w.loadModel(s.given)
		}
	})
	if s.model == nil {
		return nil, s.told, s.loadErr
	}
	s.depict.Do(func() { s.icons, s.faded = s.w.icons(s.model) })
	if len(s.faded) == 0 {
		return s.model, s.told, s.loadErr
	}
	told := slices.Concat(s.told, s.faded)
	finding.Sort(told)
	return s.model, told, s.loadErr
}

// Again is the project as its files stand now.
func (s *Snapshot) Again() *Snapshot { return s.w.Snapshot(s.ctx) }

// Broken reports whether findings mean that nothing can be judged or drawn.
func Broken(findings []finding.Finding) bool { return check.Status(findings, "") == 2 }

// hclLimit is the size of the largest HCL file that is handed to the language; its own budget is lower.
const hclLimit = 2 << 20

// texts are the HCL files of the architecture, by name, and which of them could not be read.
type texts struct {
	files []config.File
	blind []finding.Finding
}

// add takes a file as it was read.
func (t *texts) add(name string, data []byte, err error) {
	if err != nil {
		t.blind = append(t.blind, unread(name, err))
		return
	}
	t.files = append(t.files, config.File{Name: name, Data: data})
}

func (w *Workspace) readTexts() (*texts, error) {
	entries, err := w.root.Entries(w.home)
	if err != nil {
		return nil, fmt.Errorf("the architecture in %s was not read: %s; put its files there, or work in their own folder (-C) with --code", w.root.Name(w.home), reason(err))
	}
	var out texts
	for _, e := range entries {
		if !isArchitecture(e.Name()) {
			continue
		}
		p := path.Join(w.home, e.Name())
		data, err := w.root.Read(p, hclLimit)
		out.add(w.root.Name(p), data, err)
	}
	finding.Sort(out.blind)
	return &out, nil
}

func (w *Workspace) loadModel(t *texts) (*arch.Model, []finding.Finding) {
	how := w.loadOptions()
	how.Partial = len(t.blind) > 0
	model, told := config.Load(t.files, how)
	told = append(told, t.blind...)
	finding.Sort(told)
	return model, told
}

func (w *Workspace) loadOptions() config.Options {
	return config.Options{
		Vars: w.env.Vars, ToolVersion: w.env.Version, Rules: check.RuleIDs(),
		HasGo: w.hasGo(),
	}
}

func (w *Workspace) hasGo() bool { return w.code.IsFile("go.mod") || w.code.IsFile("go.work") }

// unread is the finding about a file that could not be read.
func unread(name string, err error) finding.Finding {
	return finding.Finding{
		Rule: "gate/blind", Severity: finding.Error,
		At: source.Range{File: name}, Subject: finding.Subject{Path: name},
		Message: "the file was not read: " + reason(err),
		Fix:     &finding.Fix{Message: "make it a readable regular file inside the project, or remove it"},
	}
}

// reason is an error without the paths of the machine.
func reason(err error) string {
	var perr *fs.PathError
	switch {
	case errors.Is(err, files.ErrNotRegular), errors.Is(err, files.ErrTooLarge):
		if errors.As(err, &perr) {
			return perr.Err.Error()
		}
	case errors.Is(err, fs.ErrNotExist):
		return "it leads nowhere"
	case files.Leaves(err):
		return "it leads out of the project"
	case errors.As(err, &perr):
		return perr.Err.Error()
	}
	return err.Error()
}

// bare is an error without its path, for messages that name the flag that it came from.
func bare(err error) error {
	var perr *fs.PathError
	if errors.As(err, &perr) {
		return perr.Err
	}
	return err
}

// Evidence is what the observers saw.
func (s *Snapshot) Evidence() (evidence.Graph, error) {
	s.observe.Do(func() {
		s.sight, s.observeErr = s.runObservers()
		s.observed = true
	})
	return s.graph, s.observeErr
}

// Reflexion is the comparison of model and evidence.
func (s *Snapshot) Reflexion() (*reflexion.Result, error) {
	if _, err := s.Evidence(); err != nil {
		return nil, err
	}
	s.compare.Do(func() { s.result = compare.Reflexion(s.model, s.judged...) })
	return s.result, nil
}

// Findings is everything there is to say: about the text alone when that is broken, else about the drift and,
// where pictures stand in the output folder, about those too.
func (s *Snapshot) Findings() ([]finding.Finding, error) {
	model, told, err := s.Model()
	if err != nil || Broken(told) {
		return told, err
	}
	return s.findings(s.w.accepted(model))
}

// findings judges a model that can be judged, with a baseline.
func (s *Snapshot) findings(accepted *baseline.File) ([]finding.Finding, error) {
	told := s.told
	in, err := s.brief()
	if err != nil {
		return told, err
	}
	in.Baseline, in.Raw = accepted, s.raw(in)
	var unread []finding.Finding
	if in.Pictures, unread, err = s.standing(); err != nil {
		return told, err
	}
	_, torn, err := s.lock()
	if err != nil {
		return told, err
	}
	out := slices.Concat(told, check.Findings(in), torn, unread)
	finding.Sort(out)
	return out, nil
}

// raw judges the comparison once, for the report and for the pictures that show drift.
func (s *Snapshot) raw(brief check.Input) []finding.Finding {
	s.rawOnce.Do(func() { s.rawFound = check.Raw(brief) })
	return s.rawFound
}

// brief is the case for the judge: the comparison with the code, without pictures.
func (s *Snapshot) brief() (check.Input, error) {
	result, err := s.Reflexion()
	if err != nil {
		return check.Input{}, err
	}
	return check.Input{
		Model: s.model, Result: result, Coverage: s.graph.Coverage, Graph: evidence.Merge(s.judged...),
		Unmatched: s.unmatched, Standard: golang.Standard(), Today: s.w.env.Today, Name: s.w.code.Name,
	}, nil
}
