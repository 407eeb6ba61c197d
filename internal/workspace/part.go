package workspace

import (
	"fmt"
	"path/filepath"

	"github.com/asbuilt/asbuilt/internal/check"
	"github.com/asbuilt/asbuilt/pkg/arch"
	"github.com/asbuilt/asbuilt/pkg/finding"
)

// Part is what a team and a place stand for: the place is an element's address, or a file or folder as it is called
// from the working folder. Either may be "". It is nil when the text of the architecture is broken: then there are no
// parts, and everything is said.
func (s *Snapshot) Part(owner, only string) (*finding.Part, error) {
	model, told, err := s.Model()
	if err != nil || Broken(told) {
		return nil, err
	}
	part := &finding.Part{}
	if owner != "" {
		team := model.Team(owner)
		if team == nil {
			team = model.Team("team." + owner)
		}
		if team == nil {
			return nil, &UnknownError{Flag: "--owner", Name: owner, What: "no team", Known: Teams(model)}
		}
		part.Owner = team.Address
	}
	switch {
	case only == "":
	case model.Element(only) != nil:
		part.Element = only
	default:
		name, ok := s.w.named(only)
		if !ok {
			return nil, &UnknownError{Flag: "--only", Name: only, What: "no element and no file or folder", Known: Addresses(model)}
		}
		part.Path = name
	}
	return part, nil
}

// UnknownError is a name that stands for nothing in the model.
type UnknownError struct {
	Flag, Name, What string
	Known            []string // what it might have been
}

func (e *UnknownError) Error() string {
	return fmt.Sprintf("%s %s: there is %s of that name", e.Flag, e.Name, e.What)
}

// Teams lists the addresses of all teams.
func Teams(m *arch.Model) []string {
	out := make([]string, len(m.Teams))
	for i, t := range m.Teams {
		out[i] = t.Address
	}
	return out
}

// Addresses lists those of all elements.
func Addresses(m *arch.Model) []string {
	out := make([]string, len(m.Elements))
	for i, e := range m.Elements {
		out[i] = e.Address
	}
	return out
}

// named is the printed name of a file or folder that the user named from the working folder.
func (w *Workspace) named(name string) (string, bool) {
	if !filepath.IsAbs(name) {
		name = filepath.Join(w.env.Dir, name)
	}
	for _, tree := range w.trees() {
		rel, err := filepath.Rel(tree.Abs(), name)
		if err != nil || !filepath.IsLocal(rel) {
			continue
		}
		p := filepath.ToSlash(rel)
		if _, err := tree.Stat(p); err == nil {
			return tree.Name(p), true
		}
	}
	return "", false
}

// Partial keeps the findings of a part, and counts in it what it leaves out. A nil part is all of them.
func (s *Snapshot) Partial(findings []finding.Finding, part *finding.Part) ([]finding.Finding, error) {
	if part == nil {
		return findings, nil
	}
	in, err := s.brief()
	if err != nil {
		return findings, err
	}
	return check.Partial(in, findings, part), nil
}
