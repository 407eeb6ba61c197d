package workspace

import (
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"github.com/asbuilt/asbuilt/internal/check"
	"github.com/asbuilt/asbuilt/internal/view"
	"github.com/asbuilt/asbuilt/pkg/arch"
	"github.com/asbuilt/asbuilt/pkg/diagram"
	"github.com/asbuilt/asbuilt/pkg/finding"
)

// ErrNoViews means that there is nothing to draw.
var ErrNoViews = errors.New(`no view is declared; add one, for example: view "landscape" "overview" {}, or auto = true in the architecture block`)

// Diagram is the picture of one view before layout, with findings about the view itself. dir is the folder
// of the picture relative to the project root: links are made relative to it.
func (s *Snapshot) Diagram(v *arch.View, dir string) (*diagram.Diagram, []finding.Finding, error) {
	in := view.Input{Model: s.model, View: v, Icons: s.icons, Links: func(docs string) string { return relink(dir, docs) }}
	if len(v.Steps) > 0 {
		s.judgeSteps.Do(func() {
			s.steps = check.Steps(check.Input{Model: s.model, Baseline: s.w.accepted(s.model), Today: s.w.env.Today})
		})
		in.Findings = s.steps
	}
	if view.Reads(v) {
		brief, err := s.brief()
		if err != nil && (v.Drift || !errors.Is(err, ErrNothingObserved)) {
			return nil, nil, err
		}
		if err != nil {
			return drawn(in)
		}
		s.judge.Do(func() {
			brief.Baseline, brief.Raw = s.w.accepted(s.model), s.raw(brief)
			s.drift = check.Drift(brief)
		})
		in.Result, in.Findings, in.Graph = brief.Result, s.drift, brief.Graph
	}
	return drawn(in)
}

func drawn(in view.Input) (*diagram.Diagram, []finding.Finding, error) {
	d, told := view.Build(in)
	return d, told, nil
}

// relink turns a path relative to the project root, or a full address, into a link from a folder.
func relink(dir, docs string) string {
	if docs == "" || strings.Contains(docs, "://") || strings.HasPrefix(docs, "mailto:") || strings.HasPrefix(docs, "#") {
		return docs
	}
	rel, err := filepath.Rel(filepath.FromSlash(dir), filepath.FromSlash(docs))
	if err != nil {
		return docs
	}
	return filepath.ToSlash(rel)
}

// Views are the declared views of the given names, in order of name; all when none is named.
func (s *Snapshot) Views(names []string) ([]*arch.View, error) {
	if _, _, err := s.Model(); err != nil {
		return nil, err
	}
	if s.model == nil {
		return nil, ErrNoViews
	}
	if len(s.model.Views) == 0 {
		return nil, ErrNoViews
	}
	if len(names) == 0 {
		return s.model.Views, nil
	}
	var out []*arch.View
	for _, name := range names {
		i := slices.IndexFunc(s.model.Views, func(v *arch.View) bool { return v.Name == name })
		if i < 0 {
			return nil, fmt.Errorf("no view is named %q; there are: %s", name, strings.Join(viewNames(s.model), ", "))
		}
		if !slices.Contains(out, s.model.Views[i]) {
			out = append(out, s.model.Views[i])
		}
	}
	return out, nil
}

func viewNames(m *arch.Model) []string {
	var names []string
	for _, v := range m.Views {
		names = append(names, v.Name)
	}
	return names
}
